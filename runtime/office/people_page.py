"""Who works here and at which post: seen by administrators and auditors, changed by two administrators."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.responses import Response

from runtime.citizen.fault import mark
from runtime.office.desk_visit import StaffVisit, desk_page
from runtime.office.staff_names import StaffNames
from runtime.office.way_back import asking
from runtime.office.when import said_moment
from runtime.people.accounts import Account
from runtime.people.act import Act
from runtime.people.actor import Post
from runtime.people.people_changes import (
    OF_A_POST,
    ChangeKind,
    ChangeStatus,
    Objection,
    PeopleChange,
    Wish,
    may_decline,
)
from runtime.people.posts import posts_of
from runtime.people.sign_in import read_nip

TITLE = mark("Orang dan jabatan")
HANDED = mark("Sandi sekali pakai")
SHOWN = 30
LONGEST_NAME, LONGEST_REASON = 120, 500
NOT_COMPLETE = mark("Usulan belum lengkap")
KINDS: Mapping[ChangeKind, str] = {
    ChangeKind.OPEN: mark("Buka akun baru"),
    ChangeKind.GIVE: mark("Tambah jabatan"),
    ChangeKind.TAKE: mark("Cabut jabatan"),
    ChangeKind.CLOSE: mark("Tutup akun"),
    ChangeKind.RESET: mark("Beri sandi sekali pakai baru"),
}
STATUSES: Mapping[ChangeStatus, str] = {
    ChangeStatus.PROPOSED: mark("menunggu admin lain"),
    ChangeStatus.DONE: mark("dilakukan"),
    ChangeStatus.DECLINED: mark("tidak dilakukan"),
}
OBJECTIONS: Mapping[Objection, str] = {
    Objection.EXISTS: mark("NIP ini sudah punya akun. Pilih «Tambah jabatan» bila itu yang dimaksud."),
    Objection.NO_ACCOUNT: mark("NIP ini belum punya akun. Periksa angkanya, atau pilih «Buka akun baru»."),
    Objection.HELD: mark("Orang ini sudah memegang jabatan itu."),
    Objection.NOT_HELD: mark("Orang ini tidak memegang jabatan itu."),
    Objection.CLOSED: mark("Akun ini sudah ditutup. Untuk membukanya lagi pilih «Beri sandi sekali pakai baru»."),
    Objection.PROPOSED: mark("Usulan yang sama sudah menunggu keputusan."),
    Objection.OWN: mark("Yang mengusulkan, dan orang yang bersangkutan, tidak boleh memutuskan. Mintalah admin lain."),
    Objection.DECIDED: mark("Usulan itu sudah diputuskan. Yang tampil sekarang adalah yang terbaru."),
}
NO_KIND = mark("Pilih apa yang hendak diubah.")
NO_NIP = mark("NIP terdiri dari 18 angka.")
NO_NAME = mark("Tulis nama lengkapnya.")
NO_POST = mark("Pilih jabatannya.")
NO_REASON = mark("Tulis dasarnya, misalnya nomor surat keputusan, agar dapat diperiksa kemudian.")

Faults = list[tuple[str, str]]


@desk_page
async def show(visit: StaffVisit) -> Response:
    """Show the people, what is proposed, and what was decided; an auditor who looks has seen it."""
    answer = _page(visit)
    if not visit.may(Act.APPROVE_PEOPLE):
        await visit.kit.people.changes.looked(visit.code, visit.nip)
    return answer


@desk_page
async def propose(visit: StaffVisit) -> Response:
    """Propose a change; what was typed stays where something is missing."""
    if (asked := visit.first_prove(Act.PROPOSE_PEOPLE, f"{visit.here}orang")) is not None:
        return asked
    sent = dict(await visit.sent())
    wish, faults = _wish(visit, sent)
    if wish is None:
        return _page(visit, NOT_COMPLETE, faults, sent)
    objection = await visit.kit.people.changes.propose(visit.code, wish, visit.nip)
    if objection is not None:
        return _page(visit, NOT_COMPLETE, [("nip", OBJECTIONS[objection])], sent)
    return visit.to(f"{visit.here}orang")


@desk_page
async def decide(visit: StaffVisit) -> Response:
    """Do what was proposed, or do not; a one-time password is shown once, to be handed over."""
    if (asked := visit.first_prove(Act.APPROVE_PEOPLE, f"{visit.here}orang")) is not None:
        return asked
    changes, which = visit.kit.people.changes, str(visit.request.path_params["change"])
    agreed = dict(await visit.sent()).get("putusan") == "setuju"
    change = changes.find(visit.code, which)
    done = await (changes.approve if agreed else changes.decline)(visit.code, which, visit.nip)
    if isinstance(done, Objection):
        return _page(visit, OBJECTIONS[done], status=409)
    if done.password and change is not None:
        handed = {"title": visit.voice.say(HANDED), "password": done.password, "nip": change.wish.nip}
        return visit.page("staff_handed.html", {**handed, "on": f"{visit.here}orang"})
    return visit.to(f"{visit.here}orang")


def _wish(visit: StaffVisit, sent: Mapping[str, str]) -> tuple[Wish | None, Faults]:
    kind = next((one for one in ChangeKind if one.value == sent.get("ubah")), None)
    nip, name = read_nip(sent.get("nip", "")), _line(sent.get("nama", ""), LONGEST_NAME)
    reason = _line(sent.get("dasar", ""), LONGEST_REASON)
    held = next((one for one in posts_of(visit.city.city) if _code(one) == sent.get("jabatan")), None)
    missing = [
        ("ubah", NO_KIND, kind is None),
        ("nip", NO_NIP, nip == "-"),
        ("nama", NO_NAME, kind is ChangeKind.OPEN and not name),
        ("jabatan", NO_POST, kind in OF_A_POST and held is None),
        ("dasar", NO_REASON, not reason),
    ]
    faults = [(field, why) for field, why, wrong in missing if wrong]
    if kind is None or faults:
        return None, faults
    opens = kind is ChangeKind.OPEN
    return Wish(kind, nip, reason, name if opens else "", held if kind in OF_A_POST else None), []


def _page(
    visit: StaffVisit,
    fault: str = "",
    faults: Faults | None = None,
    sent: Mapping[str, str] | None = None,
    status: int = 422,
) -> Response:
    people, say = visit.kit.people, visit.voice.say
    names = StaffNames(visit.city.city, people.accounts, visit.voice)
    context = {
        "title": say(TITLE),
        "fault": say(fault) if fault else "",
        "faults": [(field, say(why)) for field, why in faults or ()],
        "sent": sent or {"nip": visit.request.query_params.get("nip", "")[:18]},
        "may_change": visit.may(Act.PROPOSE_PEOPLE),
        "proof": "" if visit.proven else asking(f"{visit.here}bukti", f"{visit.here}orang"),
        "waiting": [_said_change(visit, one, names) for one in people.changes.open_ones(visit.code)],
        "decided": [_said_change(visit, one, names) for one in people.changes.decided(visit.code, SHOWN)],
        "people": [_said_account(visit, one) for one in people.accounts.list(visit.code)],
        "kinds": [(kind.value, say(words)) for kind, words in KINDS.items()],
        "posts": [(_code(one), visit.said_post(one)) for one in posts_of(visit.city.city)],
    }
    return visit.page("staff_people.html", context, status if fault else 200)


def _said_change(visit: StaffVisit, one: PeopleChange, names: StaffNames) -> dict[str, object]:
    wish = one.wish
    return {
        "id": one.id,
        "what": visit.voice.say(KINDS[wish.kind]),
        "who": wish.name or names.person(wish.nip),
        "nip": wish.nip,
        "post": "" if wish.post is None else visit.said_post(wish.post),
        "reason": wish.reason,
        "by": names.person(one.proposed_by),
        "at": said_moment(one.proposed_at, visit.city.city, visit.voice),
        "status": visit.voice.say(STATUSES[one.status]),
        "decided_by": "" if one.decided_by is None else names.person(one.decided_by),
        "decided_at": "" if one.decided_at is None else said_moment(one.decided_at, visit.city.city, visit.voice),
        "may_approve": visit.may(Act.APPROVE_PEOPLE) and visit.nip not in (one.proposed_by, wish.nip),
        "may_decline": visit.may(Act.APPROVE_PEOPLE) and may_decline(one, visit.nip),
    }


def _said_account(visit: StaffVisit, one: Account) -> dict[str, object]:
    return {
        "nip": one.nip,
        "name": one.name,
        "posts": [visit.said_post(held) for held in one.posts],
        "closed": one.ended_at is not None,
        "unpaired": not one.paired and one.ended_at is None,
    }


def _code(held: Post) -> str:
    return f"{held.agency}.{held.role}"


def _line(text: str, longest: int) -> str:
    """Return one line of text as it is kept, without signs that nobody sees."""
    return " ".join("".join(sign for sign in text if sign.isprintable() or sign.isspace()).split())[:longest]
