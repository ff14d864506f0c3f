"""What is announced to the public now, found by the state of the cases themselves: nothing of it is kept twice.

A notice has an address of its own that says nothing of its case. It is shown where its stage says what to show
(`umumkan`); a notice of a length alone is given elsewhere.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from rules.case_state import AtStage, CaseState, HolderKind
from rules.codec import decode
from rules.permit import Stage
from rules.workdays import Deadline, deadline
from runtime.cases.casework import Casework
from runtime.cases.journal_tables import case_file
from runtime.cases.open_case import OpenCase, ReleaseGoneError
from runtime.cases.store import Store
from runtime.vault import SealBrokenError

_MARK = '"notice_until":"'  # stands in the state of a case that is announced, and of no other


@dataclass(frozen=True, slots=True)
class Announced:
    """A case that is announced: under which id, at which of its stages, and until when."""

    id: str
    nomor: str
    state: CaseState
    position: AtStage
    until: datetime


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice, opened: the case and the stage that is announced, and how its end comes about."""

    announced: Announced
    case: OpenCase
    stage: Stage
    deadline: Deadline


class Notices:
    """The notices of one store."""

    def __init__(self, store: Store, casework: Casework) -> None:
        """Find them among these cases."""
        self._store, self._casework = store, casework

    def all(self, daerah: str) -> tuple[Announced, ...]:
        """Return what is announced in a city, the one that ends first at the head."""
        return self._store.database.read(lambda connection: self._all(connection, daerah))

    def find(self, daerah: str, id_: str) -> Notice | None:
        """Return the notice of this id, None where there is none any more."""
        found = next((one for one in self.all(daerah) if one.id == id_), None)
        return None if found is None else self.opened(daerah, found)

    def opened(self, daerah: str, announced: Announced) -> Notice | None:
        """Open what is announced; None where it shows nothing, or can not be read any more."""
        try:
            case = self._casework.open(daerah, announced.nomor)
        except (ReleaseGoneError, SealBrokenError):
            return None
        if case is None or case.state.position != announced.position:
            return None
        code = announced.position.stage
        stage = next((one for one in case.permit.permit.stages if one.code == code), None)
        if stage is None or stage.notice is None or not stage.announced or announced.position.since is None:
            return None
        city = self._casework.city(case.state.calendar, daerah)
        if city is None:
            return None
        return Notice(announced, case, stage, deadline(city, announced.position.since, stage.notice))

    def _all(self, connection: Connection, daerah: str) -> tuple[Announced, ...]:
        # Nobody is asked while a notice runs that people can object to, so that the door holds the case.
        rows = connection.execute(
            select(case_file.c.nomor, case_file.c.state)
            .where(case_file.c.daerah == daerah, case_file.c.holder_kind == HolderKind.FRONT_OFFICE.value)
            .where(case_file.c.state.contains(_MARK, autoescape=True))
        )
        found = (one for nomor, text in rows for one in self._announced(daerah, nomor, text))
        return tuple(sorted(found, key=lambda one: (one.until, one.id)))

    def _announced(self, daerah: str, nomor: str, text: str) -> Iterator[Announced]:
        state = decode(CaseState, json.loads(text))
        assert isinstance(state, CaseState)
        position = state.position
        if isinstance(position, AtStage) and position.notice_until is not None and position.since is not None:
            id_ = self._store.secret.digest("pengumuman", daerah, nomor, position.since.isoformat()).hex()[:24]
            yield Announced(id_, nomor, state, position, position.notice_until)
