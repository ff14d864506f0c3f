"""Each refusal of a command as one clear sentence, in both languages: what is so or has changed, and what to do now."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from rules.case_event import Target
from rules.command import (
    AnotherRound,
    BeyondTheList,
    CollectedAlready,
    DeskClosed,
    GivenToAnother,
    NeedsProduct,
    NoMorePauses,
    NoMoreRounds,
    NotAnsweredYet,
    NotHandedIn,
    NothingListed,
    NothingToDo,
    NoticeOver,
    NoticeRuns,
    NotNow,
    NotYourDesk,
    ObjectionsOpen,
    OneDutyEach,
    PaidAlready,
    PausedNow,
    PauseTooLong,
    RaisedTooLate,
    Refusal,
    Signing,
    Stranded,
    TimeLeft,
    TwoPeopleNeeded,
    UnknownLaw,
    VisitNotReported,
)
from rules.duty import RECEIVES, RECOMMENDS, SIGNS, VERIFIES
from rules.words import Lang, Words
from runtime.cases.status_words import status_words

_DUTIES: Mapping[str, Words] = {
    VERIFIES: Words("memeriksa kelengkapan", "the completeness check"),
    RECOMMENDS: Words("memberi rekomendasi", "a recommendation"),
    SIGNS: Words("menandatangani", "the signature"),
    RECEIVES: Words("menerima uang", "receiving the money"),
}


@dataclass(frozen=True, slots=True)
class Named:
    """How a page calls people, questions and moments, of which a refusal knows only the codes."""

    person: Callable[[str], str]
    target: Callable[[Target], str]
    question: Callable[[str], str]
    moment: Callable[[datetime, Lang], str]
    product: Callable[[str], str] = str


def refusal_words(refusal: Refusal, named: Named) -> Words:
    """Say why nothing was done, and what to do now."""
    match refusal:
        case NotNow(status):
            now = status_words(status)
            return Words(
                f"Itu tidak dapat dilakukan: berkas ini {now.id}. Lihat keadaannya di bawah.",
                f"That can not be done: the file is {now.to('en')}. See below how it stands.",
            )
        case DeskClosed(None):
            return Words(
                "Meja ini tidak diminta lagi: berkas sudah berjalan. Anda tidak perlu menjawab.",
                "This desk is no longer asked: the file has moved on. You need not answer.",
            )
        case DeskClosed(by):
            assert by is not None
            who = named.person(by)
            return Words(
                f"{who} sudah menjawab lebih dahulu untuk meja ini. Jawaban Anda tidak disimpan; "
                "bila Anda tidak setuju, bicarakan dengan rekan Anda.",
                f"{who} has already answered for this desk. Your answer was not kept; talk to your colleague if you "
                "disagree.",
            )
        case AnotherRound():
            return Words(
                "Pemohon memperbaiki berkas sejak Anda membukanya. Baca yang berubah, lalu putuskan lagi.",
                "The applicant has repaired the file since you opened it. Read what changed, then decide again.",
            )
        case NotYourDesk():
            return Words(
                "Meja ini milik instansi atau jabatan lain. Hanya mereka yang dapat menjawabnya.",
                "This desk belongs to another agency or post. Only they can answer.",
            )
        case GivenToAnother(person):
            who = named.person(person)
            return Words(
                f"Berkas ini dipegang {who}. Ambil alih dengan alasan, atau biarkan {who} menjawab.",
                f"{who} works on this file. Take it over with a reason, or let {who} answer.",
            )
        case OneDutyEach(duty):
            done = _DUTIES.get(duty, Words(duty))
            return Words(
                f"Anda sudah {done.id} pada berkas ini, dan satu orang hanya boleh satu tugas. "
                "Serahkan kepada rekan Anda.",
                f"You have already done {done.to('en')} on this file, and one person may do only one duty. "
                "Hand it to a colleague.",
            )
        case TwoPeopleNeeded():
            return Words(
                "Yang mengusulkan tidak boleh mengesahkan. Mintalah orang kedua.",
                "Whoever proposes may not confirm. Ask a second person.",
            )
        case VisitNotReported():
            return Words(
                "Berkas ini memerlukan peninjauan lapangan. Tulis laporannya dahulu, lalu beri rekomendasi.",
                "This file needs a visit on the spot. Write its report first, then recommend.",
            )
        case PausedNow(until):
            return Words(
                "Meja ini sedang menunggu (jeda). Lanjutkan dahulu, lalu jawab; paling lama jedanya sampai "
                f"{named.moment(until, 'id')}.",
                "This desk is waiting (paused). Let it go on first, then answer; the pause lasts until "
                f"{named.moment(until, 'en')} at most.",
            )
        case NoMorePauses(at_most):
            return Words(
                f"Alasan jeda ini sudah dipakai {at_most} kali untuk berkas ini, dan itu batasnya. "
                "Kerjakan berkasnya, atau bicarakan dengan atasan Anda.",
                f"This reason was used {at_most} times for this file, which is the limit. Work on the file, or talk to "
                "your head.",
            )
        case PauseTooLong(until):
            return Words(
                "Hari perkiraan lanjut harus hari ini atau sesudahnya, dan tidak lewat "
                f"{named.moment(until, 'id')}: selama itulah jeda ini boleh.",
                "The day on which it probably goes on must be today or later, and not after "
                f"{named.moment(until, 'en')}: that is how long this pause may last.",
            )
        case NotHandedIn(targets):
            what = _listed(map(named.target, targets))
            return Words(
                f"Surat belum dapat diserahkan: ini harus diserahkan dahulu, atau penggantinya: {what}.",
                f"The letter can not be handed over yet: this must be handed in first, or what counts instead: {what}.",
            )
        case CollectedAlready(by, at):
            who = named.person(by)
            return Words(
                f"Surat ini sudah diserahkan {who} pada {named.moment(at, 'id')}. Tidak perlu dicatat lagi.",
                f"{who} handed this letter over on {named.moment(at, 'en')}. It need not be recorded again.",
            )
        case NotAnsweredYet(fields):
            return Words(
                f"Isi dahulu pertanyaan petugas: {_listed(map(named.question, fields))}.",
                f"Answer the officer's questions first: {_listed(map(named.question, fields))}.",
            )
        case NoMoreRounds(at_most):
            return Words(
                f"Berkas ini sudah {at_most} kali dikembalikan, dan itu batasnya. Setujui atau tolak dengan pasal.",
                f"This file was returned {at_most} times, which is the limit. Approve it, or refuse it by an article.",
            )
        case RaisedTooLate(targets):
            what = _listed(map(named.target, targets))
            return Words(
                f"Ini seharusnya diminta pada pemeriksaan pertama dan tidak berubah sejak itu: {what}. "
                "Hapus tandanya, lalu kirim lagi.",
                f"This could have been raised at the first look and has not changed since: {what}. "
                "Take off its mark, then send again.",
            )
        case NothingListed():
            return Words(
                "Tandai paling sedikit satu jawaban atau dokumen yang harus diperbaiki.",
                "Mark at least one answer or document to be repaired.",
            )
        case BeyondTheList(targets):
            what = _listed(map(named.target, targets))
            return Words(
                f"Ini tidak ada dalam daftar perbaikan: {what}. Kembalikan seperti semula, lalu kirim lagi.",
                f"This is not in the list of repairs: {what}. Put it back as it was, then send again.",
            )
        case NoticeRuns(until):
            return Words(
                f"Pengumuman kepada masyarakat masih berjalan sampai {named.moment(until, 'id')}. Jawab sesudah itu.",
                f"The public notice still runs until {named.moment(until, 'en')}. Answer after that.",
            )
        case NoticeOver(None):
            return Words(
                "Tidak ada pengumuman yang terbuka untuk berkas ini.", "No public notice of this file is open."
            )
        case NoticeOver(until):
            assert until is not None
            return Words(
                f"Pengumuman sudah berakhir {named.moment(until, 'id')}; keberatan tidak diterima lagi.",
                f"The public notice ended {named.moment(until, 'en')}; objections are no longer taken.",
            )
        case ObjectionsOpen(numbers):
            what = _listed(str(number) for number in numbers)
            return Words(
                f"Jawab dahulu setiap keberatan warga (nomor {what}), lalu putuskan.",
                f"Answer each objection first (number {what}), then decide.",
            )
        case TimeLeft(until):
            return Words(
                f"Waktu perbaikan pemohon masih berjalan sampai {named.moment(until, 'id')}. Tunggu sampai lewat.",
                f"The applicant still has time to repair until {named.moment(until, 'en')}. Wait until it is over.",
            )
        case PaidAlready():
            return Words(
                "Pembayaran dengan nomor rujukan ini sudah tercatat. Tidak perlu dicatat lagi.",
                "A payment with this reference is recorded already. It need not be recorded again.",
            )
        case UnknownLaw():
            return Words(
                "Pasal itu bukan dasar hukum izin ini. Pilih pasal dari daftar.",
                "That article is not among those this permit rests on. Choose one from the list.",
            )
        case Signing():
            return Words(
                "Tanda tangan sudah diminta dan sedang diproses. Tunggu hasilnya; tidak perlu menekan lagi.",
                "The signature has been asked for and is under way. Wait for it; do not press again.",
            )
        case Stranded():
            return Words(
                "Permohonan ini tidak dapat mengikuti versi baru, jadi tetap pada versi saat diajukan.",
                "This application can not follow the new version, so it stays on the one it was filed under.",
            )
        case NeedsProduct(code):
            name = named.product(code)
            return Words(
                f"Yang akan ditandatangani memerlukan «{name}», yang belum terbit atau tidak berlaku lagi. "
                "Kembalikan atau tolak berkas ini dengan pasal.",
                f"What is to be signed needs «{name}», which is not issued or holds no more. "
                "Return this file, or refuse it by an article.",
            )
        case NothingToDo():
            return Words(
                "Tidak ada yang perlu dilakukan: sudah seperti itu.",
                "Nothing needs to be done: it is so already.",
            )
        case _:
            assert_never(refusal)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)
