"""The lists of an office: by due date, what waits for whom; the first page of everybody who may see cases."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

from starlette.responses import Response

from runtime.cases.codes import nomor as written_nomor
from runtime.cases.codes import read_nomor
from runtime.cases.office_lists import PAGE, Asker, Line, ListName, OfficeLists
from runtime.cases.status_words import status_words
from runtime.citizen.fault import mark
from runtime.office.case_words import permit_names
from runtime.office.desk_visit import StaffVisit, desk_page
from runtime.office.staff_names import StaffNames
from runtime.office.when import said_moment, when
from runtime.people.act import Act
from runtime.people.actor import Role, role_of
from runtime.people.matrix import may_ever
from runtime.people.reach import reach

TITLES: Mapping[ListName, str] = {
    ListName.MINE: mark("Tugas saya"),
    ListName.COLLEAGUES: mark("Dipegang rekan"),
    ListName.LATE: mark("Terlambat"),
    ListName.WAITING: mark("Menunggu pihak lain"),
    ListName.OUTSIDE: mark("Menunggu instansi luar"),
    ListName.PERSON: mark("Gangguan sistem"),
    ListName.LIMIT: mark("Lewat batas hukum"),
    ListName.COLLECTION: mark("Diambil di loket"),
}
MINE_OF: Mapping[Role, str] = {
    Role.FRONT_OFFICE: mark("Periksa kelengkapan"),
    Role.DOOR_HEAD: mark("Untuk ditandatangani"),
}
EMPTY: Mapping[ListName, str] = {
    ListName.MINE: mark("Tidak ada yang menunggu Anda."),
    ListName.COLLEAGUES: mark("Tidak ada yang dipegang rekan Anda."),
    ListName.LATE: mark("Tidak ada yang terlambat."),
    ListName.WAITING: mark("Tidak ada yang sudah Anda jawab dan masih berjalan."),
    ListName.OUTSIDE: mark("Tidak ada yang menunggu instansi luar."),
    ListName.PERSON: mark("Tidak ada gangguan."),
    ListName.LIMIT: mark("Tidak ada yang lewat batas hukum."),
    ListName.COLLECTION: mark("Tidak ada surat yang menunggu diambil."),
}
HOME = mark("Meja kerja Anda")
NOT_FOUND = mark("Tidak ada berkas bernomor {nomor}")
NOT_FOUND_WHY = mark("Periksa lagi nomornya. Yang tampil di sini hanya berkas yang boleh Anda lihat.")
_AT_DESKS = (ListName.MINE, ListName.COLLEAGUES, ListName.LATE, ListName.WAITING)
_LISTS: Mapping[Role, tuple[ListName, ...]] = {
    Role.FRONT_OFFICE: (*_AT_DESKS, ListName.COLLECTION, ListName.OUTSIDE, ListName.PERSON, ListName.LIMIT),
    Role.BACK_OFFICE: (*_AT_DESKS, ListName.OUTSIDE),
    Role.VERIFIER: (*_AT_DESKS, ListName.OUTSIDE, ListName.PERSON, ListName.LIMIT),
    Role.REVIEWER: _AT_DESKS,
    Role.AGENCY_HEAD: _AT_DESKS,
    Role.DOOR_HEAD: (*_AT_DESKS, ListName.PERSON, ListName.LIMIT),
    Role.TREASURER: _AT_DESKS,
    Role.AUDITOR: (ListName.LATE, ListName.PERSON, ListName.LIMIT),
}
_CITY_WIDE = frozenset({Role.VERIFIER, Role.DOOR_HEAD, Role.AUDITOR})
_SHORT = 9  # digits of a number that somebody types without its head


@desk_page
async def home(visit: StaffVisit) -> Response:
    """Show the first page of the office: one's own list, where one works on cases."""
    if not visit.may(Act.LIST_CASES) or not lists_of(visit):
        return visit.page("staff_home.html", {"title": visit.voice.say(HOME)})
    return _page(visit, lists_of(visit)[0], 1)


@desk_page
async def show(visit: StaffVisit) -> Response:
    """Show one page of a list."""
    lists = lists_of(visit)
    asked = visit.request.query_params.get("daftar", "")
    which = next((one for one in lists if one.value == asked), lists[0] if lists else None)
    if which is None:
        return visit.to(visit.here)
    number = visit.request.query_params.get("hal", "1")
    return _page(visit, which, int(number) if number.isascii() and number.isdigit() and 0 < len(number) < 5 else 1)


@desk_page
async def find(visit: StaffVisit) -> Response:
    """Go to the file of a number, whole or only its last digits."""
    typed = visit.request.query_params.get("nomor", "")
    digits = typed.strip()
    short = digits.isascii() and digits.isdigit() and len(digits) < _SHORT
    nomor = written_nomor(visit.code, "", visit.today.year, int(digits)) if short else read_nomor(typed)
    if nomor and reach(visit.kit.store, visit.actor, visit.code, nomor) is not None:
        return visit.to(f"{visit.here}berkas/{quote(nomor)}")
    lists = lists_of(visit)
    return _page(visit, lists[0], 1, missing=nomor or typed[:40], status=404) if lists else visit.to(visit.here)


def lists_of(visit: StaffVisit) -> tuple[ListName, ...]:
    """Return the lists that a post has."""
    return _LISTS.get(role_of(visit.actor), ()) if may_ever(visit.actor, Act.LIST_CASES) else ()


def asker_of(visit: StaffVisit) -> Asker:
    """Return whose lists these are."""
    role, held = role_of(visit.actor), visit.post
    return Asker(
        visit.code,
        visit.nip,
        held.agency,
        held.role,
        agency_wide=role is Role.AGENCY_HEAD,
        city=role in _CITY_WIDE,
    )


def list_title(visit: StaffVisit, which: ListName) -> str:
    """Say what a list is called for whoever looks at it."""
    own = MINE_OF.get(role_of(visit.actor)) if which is ListName.MINE else None
    return visit.voice.say(own or TITLES[which])


def next_nomor(visit: StaffVisit, but: str) -> str | None:
    """Return the file of the own list that is due first, other than this one."""
    lines = OfficeLists(visit.kit.store.database).lines(ListName.MINE, asker_of(visit), visit.now)
    return next((line.nomor for line in lines if line.nomor != but), None)


def _page(visit: StaffVisit, which: ListName, number: int, missing: str = "", status: int = 200) -> Response:
    lists, asker, now = OfficeLists(visit.kit.store.database), asker_of(visit), visit.now
    counts = lists.counts(lists_of(visit), asker, now)
    names = StaffNames(visit.city.city, visit.kit.people.accounts, visit.voice)
    permits = permit_names(visit.city.heads, visit.lang)
    lines = lists.lines(which, asker, now, number)
    context = {
        "title": list_title(visit, which),
        "fault": visit.voice.say(NOT_FOUND, nomor=missing) if missing else "",
        "faults": [("nomor", visit.voice.say(NOT_FOUND_WHY))] if missing else [],
        "typed": missing,
        "lists": [
            (one.value, list_title(visit, one), counts[one], one is which)
            for one in lists_of(visit)
            if counts[one] or one is which or one in {ListName.MINE, ListName.LATE, ListName.WAITING}
        ],
        "which": which.value,
        "lines": [_said(visit, line, which, names, permits) for line in lines],
        "empty": visit.voice.say(EMPTY[which]),
        "pauses": f"{visit.here}jeda" if which is ListName.MINE and visit.may(Act.PAUSE) and _may_wait(visit) else "",
        "page": number,
        "pages": -(-counts[which] // PAGE),
    }
    return visit.page("office_list.html", context, status)


def _may_wait(visit: StaffVisit) -> bool:
    """Tell whether anything at the officer's post may wait for something that has run out."""
    held = visit.post
    return any(
        desk.pauses
        for head in visit.city.heads_on(visit.today)
        if (version := visit.city.version(head.code, head.valid_from)) is not None
        for stage in version.permit.stages
        for desk in stage.reviewers
        if desk.agency == held.agency and desk.role in (None, held.role)
    )


def _said(
    visit: StaffVisit, line: Line, which: ListName, names: StaffNames, permits: Mapping[str, str]
) -> dict[str, object]:
    city, voice = visit.city.city, visit.voice
    due = line.legal if which is ListName.LIMIT else line.due
    return {
        "link": f"{visit.here}berkas/{line.nomor}",
        "nomor": line.nomor,
        "permit": permits.get(line.permit, line.permit),
        "due": when(due, visit.now, city, voice),
        "status": status_words(line.status).to(voice.lang),
        "holder": names.holder(line.holder_kind, line.holder_agency),
        "since": "" if line.since is None else said_moment(line.since, city, voice),
        "desk": "" if line.desk_agency is None else names.desk(line.desk_agency, line.desk_role),
        "person": "" if line.person is None or line.person == visit.nip else names.person(line.person),
        "deemed": line.deemed,
        "paused": line.paused,
    }
