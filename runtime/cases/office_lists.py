"""The lists of an office: what waits for a post, what is late, what others hold. By SQL over the projection alone.

Gains lists that open no seal: they know numbers, dates and desks, and nobody's name. Loses every order but by date.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import assert_never

from sqlalchemy import ColumnElement, RowMapping, Select, and_, exists, func, null, or_, select

from rules.case_state import ISSUED, CaseState, HolderKind
from runtime.cases.comes_to import COLLECTION, read_state
from runtime.cases.database import Database
from runtime.cases.journal_tables import case_file, desk
from runtime.clock import as_text, from_text

PAGE = 20
LEFT_TO_PERSON = "keputusan_orang"
STOPPED = (HolderKind.APPLICANT.value, HolderKind.OUTSIDE.value)  # while they hold a case its clock stands still


class ListName(StrEnum):
    """A list; the value stands in its address."""

    MINE = "saya"
    COLLEAGUES = "rekan"
    LATE = "terlambat"
    WAITING = "menunggu"
    OUTSIDE = "instansi-luar"
    PERSON = "gangguan"
    LIMIT = "batas-hukum"
    COLLECTION = "pengambilan"


@dataclass(frozen=True, slots=True)
class Asker:
    """Whose lists: a person at a post, who sees what is late at all desks of the agency (`agency_wide`) or `city`."""

    daerah: str
    person: str
    agency: str
    role: str
    agency_wide: bool = False
    city: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A case in a list. `due` is what the list is ordered by: of the desk, or of the case; `since` is since when its
    holder has held it; `desk_agency` to `person` are of the desk where the list is one of desks."""

    nomor: str
    permit: str
    version: str
    status: str
    stage: str | None
    holder_kind: str
    holder_agency: str | None
    since: datetime | None
    filed_at: datetime
    promise: datetime | None
    legal: datetime | None
    deemed: bool
    due: datetime | None
    desk_agency: str | None
    desk_role: str | None
    person: str | None
    paused: bool = False  # a desk of it lets it wait


_CASE = (
    *(case_file.c[name] for name in ("nomor", "permit", "version", "state", "status", "stage", "holder_kind")),
    *(case_file.c[name] for name in ("holder_agency", "filed_at", "due_at", "legal_due_at")),
)
_DESK = (
    desk.c.due_at.label("desk_due"),
    desk.c.agency.label("desk_agency"),
    desk.c.role.label("desk_role"),
    desk.c.person,
)
_NO_DESK = tuple(null().label(name) for name in ("desk_due", "desk_agency", "desk_role", "person"))


class OfficeLists:
    """The lists over the cases of one database."""

    def __init__(self, database: Database) -> None:
        """Read from this database."""
        self._database = database

    def lines(self, which: ListName, asker: Asker, now: datetime, page: int = 1) -> tuple[Line, ...]:
        """Return one page of a list, what is due first first."""
        due = case_file.c.due_at if _of_cases(which) else desk.c.due_at
        ordered = _statement(which, asker, now).order_by(due.is_(None), due, case_file.c.nomor)
        part = ordered.limit(PAGE).offset(PAGE * (page - 1))
        rows = self._database.read(lambda connection: connection.execute(part).mappings().all())
        return tuple(_line(row) for row in rows)

    def states(self, asker: Asker) -> tuple[tuple[str, CaseState], ...]:
        """Return every case at whose desk of the post something is to be done, whoever it was given to."""
        joined = case_file.join(desk, and_(desk.c.daerah == case_file.c.daerah, desk.c.nomor == case_file.c.nomor))
        inside = case_file.c.holder_kind != HolderKind.OUTSIDE.value
        query = (
            select(case_file.c.nomor, case_file.c.state)
            .select_from(joined)
            .where(desk.c.daerah == asker.daerah, desk.c.answered_at.is_(None), _of_post(asker))
            .where(case_file.c.daerah == asker.daerah, case_file.c.ended_at.is_(None), inside)
            .distinct()
            .order_by(case_file.c.nomor)
        )
        rows = self._database.read(lambda connection: connection.execute(query).all())
        return tuple((str(row.nomor), read_state(str(row.state))) for row in rows)

    def counts(self, lists: Iterable[ListName], asker: Asker, now: datetime) -> Mapping[ListName, int]:
        """Return how long each list is."""
        wanted = {which: _statement(which, asker, now) for which in lists}
        return self._database.read(
            lambda connection: {
                which: connection.execute(statement.with_only_columns(func.count())).scalar_one()
                for which, statement in wanted.items()
            }
        )


def _of_cases(which: ListName) -> bool:
    return which in {ListName.WAITING, ListName.PERSON, ListName.LIMIT, ListName.COLLECTION}


def _statement(which: ListName, asker: Asker, now: datetime) -> Select[tuple[object, ...]]:
    if which is ListName.COLLECTION:
        issued = case_file.c.daerah == asker.daerah, case_file.c.status == ISSUED, case_file.c.stage == COLLECTION
        return select(*_CASE, *_NO_DESK).where(*issued)
    cases = case_file.c.daerah == asker.daerah, case_file.c.ended_at.is_(None)
    if _of_cases(which):
        statement = select(*_CASE, *_NO_DESK).where(*cases)
    else:
        joined = case_file.join(desk, and_(desk.c.daerah == case_file.c.daerah, desk.c.nomor == case_file.c.nomor))
        open_ = desk.c.daerah == asker.daerah, desk.c.answered_at.is_(None)
        statement = select(*_CASE, *_DESK).select_from(joined).where(*cases, *open_)
    outside = case_file.c.holder_kind == HolderKind.OUTSIDE.value
    match which:
        case ListName.MINE:
            mine = or_(desk.c.person.is_(None), desk.c.person == asker.person)
            return statement.where(_of_post(asker), mine, ~outside)
        case ListName.COLLEAGUES:
            return statement.where(_of_post(asker), desk.c.person != asker.person, ~outside)
        case ListName.LATE:
            if not asker.city:
                statement = statement.where(desk.c.agency == asker.agency if asker.agency_wide else _of_post(asker))
            return statement.where(desk.c.due_at < as_text(now))
        case ListName.OUTSIDE:
            return statement.where(outside)
        case ListName.WAITING:
            return statement.where(
                _has_desk(asker, desk.c.answered_at.is_not(None)), ~_has_desk(asker, desk.c.answered_at.is_(None))
            )
        case ListName.PERSON:
            return statement.where(case_file.c.status == LEFT_TO_PERSON)
        case ListName.LIMIT:
            runs = case_file.c.holder_kind.not_in(STOPPED)
            return statement.where(case_file.c.legal_due_at < as_text(now), runs)
        case _:
            assert_never(which)


def _of_post(asker: Asker) -> ColumnElement[bool]:
    return and_(desk.c.agency == asker.agency, desk.c.role.in_((asker.role, "")))


def _has_desk(asker: Asker, state: ColumnElement[bool]) -> ColumnElement[bool]:
    """Tell whether the case has a desk of the post in this state; asked of open cases alone, which are few."""
    here = (desk.c.daerah == case_file.c.daerah) & (desk.c.nomor == case_file.c.nomor)
    # Said so that no index on the agency is taken: a case has few desks, an agency has all it ever answered.
    of_post = (func.coalesce(desk.c.agency, "") == asker.agency) & func.coalesce(desk.c.role, "").in_((asker.role, ""))
    return exists().where(here, of_post, state)


def _line(row: RowMapping) -> Line:
    state = json.loads(row["state"])
    due = row["desk_due"] if row["desk_agency"] is not None else row["due_at"]
    return Line(
        nomor=row["nomor"],
        permit=row["permit"],
        version=row["version"],
        status=row["status"],
        stage=row["stage"],
        holder_kind=row["holder_kind"],
        holder_agency=row["holder_agency"],
        since=_since(state),
        filed_at=from_text(row["filed_at"]),
        promise=_moment(row["due_at"]),
        legal=_moment(row["legal_due_at"]),
        deemed=state.get("deemed") is not None,
        due=_moment(due),
        desk_agency=row["desk_agency"],
        desk_role=row["desk_role"],
        person=row["person"],
        paused=_paused(state),
    )


def _paused(state: Mapping[str, object]) -> bool:
    """Tell whether the clock stands still for a desk that has paused, as `rules.codec` writes it."""
    stops = state.get("stops")
    last = stops[-1] if isinstance(stops, list) and stops else None
    return isinstance(last, dict) and last.get("pause") is not None and last.get("end") is None


def _since(state: Mapping[str, object]) -> datetime | None:
    """Return since when the holder has held the case, from its state as `rules.codec` writes it."""
    spans = state.get("spans")
    last = spans[-1] if isinstance(spans, list) and spans else None
    since = last.get("since") if isinstance(last, dict) else None
    return datetime.fromisoformat(since) if isinstance(since, str) else None


def _moment(text: object) -> datetime | None:
    return None if text is None else from_text(str(text))
