"""Who is given a desk: one of those who may, by a keyed hash of the case, so that nobody can choose or foresee it.

Only where there is a choice: a desk of which one person alone may answer is theirs anyway. Who stands in the
application, or has done another duty on it, is not among those who may (security, T30 and T31).
"""

from __future__ import annotations

import logging

from sqlalchemy import select

from rules.case_event import SYSTEM
from rules.case_state import AtStage, Desk
from rules.command import Assign
from rules.desk_work import LEADS
from rules.duty import another_duty, duty_at
from runtime.cases.case_change import Kept, Said
from runtime.cases.case_entry import ChangedError
from runtime.cases.casework import Casework, NoSuchCaseError
from runtime.cases.journal_tables import case_file, desk
from runtime.cases.open_case import OpenCase, ReleaseGoneError
from runtime.cases.store import Store
from runtime.people.accounts import Account, Accounts
from runtime.people.recusal import indexes_in, recused
from runtime.vault import SealBrokenError

LEFT = "Pemegang sebelumnya tidak lagi di jabatan ini."
_NOT_AT_RANDOM = LEADS | {"bendahara"}
_log = logging.getLogger("satupintu.chores")


class Assignment:
    """Gives out the desks of a store's cases."""

    def __init__(self, store: Store, casework: Casework, accounts: Accounts, demo: bool) -> None:
        """Choose among these accounts; those of a demonstration only where it is one."""
        self._store, self._casework, self._accounts, self._demo = store, casework, accounts, demo

    async def all_of(self, daerah: str) -> int:
        """Give out every open desk that nobody holds, or somebody who left; return how many."""
        people = self._people(daerah)
        query = (
            select(desk.c.nomor, desk.c.agency, desk.c.role, desk.c.person)
            .join(case_file, (case_file.c.daerah == desk.c.daerah) & (case_file.c.nomor == desk.c.nomor))
            .where(desk.c.daerah == daerah, desk.c.answered_at.is_(None), case_file.c.ended_at.is_(None))
        )
        rows = self._store.database.read(lambda connection: connection.execute(query).all())
        numbers = dict.fromkeys(
            str(row.nomor) for row in rows if _to_give(row.agency, row.role or None, row.person, people)
        )
        return sum([await self._left_for_later(daerah, nomor, people) for nomor in numbers])

    async def _left_for_later(self, daerah: str, nomor: str, people: tuple[Account, ...]) -> int:
        """Do as `of_case` does; a case that others keep changing, or that can not be opened, waits for another round
        and keeps no other case waiting."""
        try:
            return await self._of_case(daerah, nomor, people)
        except (NoSuchCaseError, ReleaseGoneError, ChangedError, SealBrokenError) as problem:
            _log.warning("no desk of %s was given out: %s: %s", nomor, type(problem).__name__, problem)
            return 0

    async def of_case(self, daerah: str, nomor: str) -> int:
        """Give out the open desks of one case; return how many."""
        return await self._of_case(daerah, nomor, self._people(daerah))

    async def _of_case(self, daerah: str, nomor: str, people: tuple[Account, ...]) -> int:
        case = self._casework.open(daerah, nomor)
        if case is None or not isinstance(case.state.position, AtStage) or case.state.position.outside:
            return 0
        given = 0
        for one in case.state.open_desks:
            person = self._chosen(case, one, people)
            if person is not None:
                said = Said(LEFT if one.person is not None else "")
                done = await self._casework.act(daerah, nomor, Assign(one.stage, one.place, person), SYSTEM, said)
                given += isinstance(done, Kept)
        return given

    def _chosen(self, case: OpenCase, asked: Desk, people: tuple[Account, ...]) -> str | None:
        """Return who is given a desk, None where nobody has to be."""
        if not _to_give(asked.agency, asked.role, asked.person, people):
            return None
        holders = _of_post(asked.agency, asked.role, people, _NOT_AT_RANDOM)
        may = [nip for nip in holders if self._may(case, asked, nip)]
        if not may:
            return None
        key = case.key
        drawn = self._store.secret.digest("penugasan", key.daerah, key.nomor, asked.stage, str(asked.place))
        return may[int.from_bytes(drawn[:8]) % len(may)]

    def _may(self, case: OpenCase, asked: Desk, nip: str) -> bool:
        if another_duty(case.state, nip, duty_at(case.state, asked.agency)) is not None:
            return False
        own = self._accounts.own(case.key.daerah, nip)
        if not own:
            return True
        fields = case.permit.permit.fields
        return not recused(own, indexes_in(self._store.vault, case.key.daerah, fields, case.answers))

    def _people(self, daerah: str) -> tuple[Account, ...]:
        known = self._accounts.list(daerah)
        return tuple(one for one in known if one.ended_at is None and (self._demo or not one.demo))


def _of_post(
    agency: str, role: str | None, people: tuple[Account, ...], but: frozenset[str] = frozenset()
) -> list[str]:
    """Return who works at a desk; one that names no role is everybody's of the agency but of these roles."""
    found = []
    for one in people:
        roles = {held.role for held in one.posts if held.agency == agency}
        if role in roles if role is not None else roles - but:
            found.append(one.nip)
    return sorted(found)


def _to_give(agency: str, role: str | None, person: str | None, people: tuple[Account, ...]) -> bool:
    """Tell whether somebody has to be chosen: there is a choice, and nobody who still may holds it."""
    choice = len(_of_post(agency, role, people, _NOT_AT_RANDOM)) > 1
    return choice and (person is None or person not in _of_post(agency, role, people))
