"""What somebody has to be called for: in plain words, with what to do, until an officer says that they see to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.responses import Response

from runtime.chores.alarms import Alarm, AlarmKind, last_seen, seen, unseen
from runtime.citizen.fault import mark
from runtime.office.desk_visit import StaffVisit, desk_page
from runtime.office.staff_names import StaffNames
from runtime.office.when import said_moment
from runtime.people.act import Act
from runtime.people.reach import reach

TITLE = mark("Peringatan")
MOST_SEEN = 20
OF_A_CASE = frozenset({AlarmKind.DEEMED, AlarmKind.ENGINE, AlarmKind.STRANDED, AlarmKind.LETTER})


@dataclass(frozen=True, slots=True)
class AlarmWords:
    """What has happened, and what to do about it. Both may have holes: `subject`, and what the alarm's detail holds."""

    what: str
    step: str


WORDS: Mapping[AlarmKind, AlarmWords] = {
    AlarmKind.SWEEP_HALTED: AlarmWords(
        mark("Terlalu banyak berkas sekaligus lewat batas hukum: {would} dari {open} yang berjalan"),
        mark("Tidak satu pun ditandai. Periksa kalender dan jam server dahulu; bila benar, tangani tiap berkasnya."),
    ),
    AlarmKind.DEEMED: AlarmWords(
        mark("Permohonan lewat batas hukum (fiktif positif)"),
        mark("Putuskan segera: terbitkan, atau tolak dengan dasar hukumnya. Sistem tidak memutuskannya sendiri."),
    ),
    AlarmKind.ENGINE: AlarmWords(
        mark("Mesin aturan tidak dapat memutuskan jalan permohonan"),
        mark("Buka berkasnya dan pilih «Putuskan lagi». Bila berulang, hubungi admin: aturan izinnya perlu diperiksa."),
    ),
    AlarmKind.CLOCK: AlarmWords(
        mark("Jam server dan jam basis data berbeda {seconds} detik"),
        mark("Minta admin menyamakan jam (NTP). Bila selisihnya lebih dari 60 detik, tidak ada yang dapat diputuskan."),
    ),
    AlarmKind.CHORE: AlarmWords(
        mark("Pekerjaan berkala «{subject}» gagal ({fault})"),
        mark("Minta admin membaca catatan server. Pekerjaan ini dicoba lagi dengan sendirinya."),
    ),
    AlarmKind.PAUSE: AlarmWords(
        mark("Jeda «{reason}» untuk {permit} berakhir: waktu paling lamanya habis"),
        mark("Jamnya berjalan lagi. Kerjakan berkasnya, dan pastikan sebab jeda itu sudah teratasi."),
    ),
    AlarmKind.STRANDED: AlarmWords(
        mark("Permohonan tidak dapat mengikuti versi baru izinnya ({reason})"),
        mark("Permohonan tetap pada versi lama dan dapat diselesaikan. Beri tahu admin: `peralihan` perlu diperiksa."),
    ),
    AlarmKind.LETTER: AlarmWords(
        mark("Surat {letter} tidak dapat dibaca di tempat penyimpanannya"),
        mark("Minta admin memulihkan berkasnya dari cadangan. Pemohon sudah diberi tahu bahwa suratnya menyusul."),
    ),
}


@desk_page
async def show(visit: StaffVisit) -> Response:
    """Show what nobody sees to yet, and what was seen to lately."""
    return _page(visit)


@desk_page
async def take(visit: StaffVisit) -> Response:
    """Write down that this officer sees to it."""
    database, now = visit.kit.store.database, visit.now
    which = str(visit.request.path_params["alarm"])
    if await database.write(lambda connection: seen(connection, visit.code, which, visit.nip, now)):
        return visit.to(f"{visit.here}peringatan")
    return _page(visit, taken=True)


def _page(visit: StaffVisit, taken: bool = False) -> Response:
    database = visit.kit.store.database
    names = StaffNames(visit.city.city, visit.kit.people.accounts, visit.voice)
    context = {
        "title": visit.voice.say(TITLE),
        "taken": taken,
        "open": [_told(visit, one, names) for one in unseen(database, visit.code)],
        "seen": [_told(visit, one, names) for one in last_seen(database, visit.code, MOST_SEEN)],
        "may_answer": visit.may(Act.ANSWER_ALARM),
    }
    return visit.page("staff_alarms.html", context, 409 if taken else 200)


def _told(visit: StaffVisit, one: Alarm, names: StaffNames) -> dict[str, object]:
    words, city = WORDS[one.kind], visit.city.city
    holes = {**{name: str(value) for name, value in one.detail.items()}, "subject": one.subject}
    opens = one.kind in OF_A_CASE and reach(visit.kit.store, visit.actor, visit.code, one.subject, Act.READ_CASE)
    return {
        "id": one.id,
        "what": visit.voice.say(words.what, **holes),
        "step": visit.voice.say(words.step),
        "nomor": one.subject if one.kind in OF_A_CASE else "",
        "opens": bool(opens),
        "at": said_moment(one.at, city, visit.voice),
        "by": "" if one.seen is None else names.person(one.seen.by),
        "seen_at": "" if one.seen is None else said_moment(one.seen.at, city, visit.voice),
    }
