"""Open cases that follow a new version of their permit from its first day on, where it says so (`peralihan: pindah`).

Each case moves by itself, in one transaction: who comes second finds it moved. A case that waits for a signature or for
a person follows later; one that the new version would refuse stays, and where the version did not foresee it somebody
is called.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from itertools import pairwise
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from rules.case_event import Moved
from rules.case_state import CaseState
from rules.command import Refusal, Stranded
from rules.release import Head
from rules.version_change import movable
from runtime.cases.case_change import Change, Kept
from runtime.cases.case_entry import ChangedError
from runtime.cases.casework import Casework, NoSuchCaseError
from runtime.cases.moving import Movement, Target, movement
from runtime.cases.open_case import OpenCase, ReleaseGoneError
from runtime.cases.store import Store
from runtime.chores.alarms import AlarmKind, call
from runtime.chores.open_states import numbers_of
from runtime.documents.file_rows import current
from runtime.release import CityRelease, Release
from runtime.vault import SealBrokenError

_log = logging.getLogger("satupintu.chores")


class VersionMoves:
    """The moves of a store's cases; remembers, as long as it lives, who stays."""

    def __init__(self, store: Store, casework: Casework) -> None:
        """Move these cases."""
        self._store, self._casework = store, casework
        self._stay: set[tuple[str, str, str]] = set()  # release, city and number

    async def all_of(self, daerah: str, release: Release) -> int:
        """Let the cases of every permit with a moving version follow it; return how many moved."""
        city = release.cities[daerah]
        today = self._casework.now().astimezone(ZoneInfo(city.city.zone)).date().isoformat()
        moved = 0
        for before, after in followed(city, today):
            to = city.version(after.code, after.valid_from)
            assert to is not None
            moved += await self._follow(daerah, before, Target(to, city.city, release.digest))
        return moved

    async def _follow(self, daerah: str, before: Head, to: Target) -> int:
        def wanted(state: CaseState) -> bool:
            return (state.permit, state.version) == (before.code, before.valid_from) and movable(state)

        numbers = await numbers_of(self._store.database, daerah, wanted)
        left = [nomor for nomor in numbers if (to.release, daerah, nomor) not in self._stay]
        return sum([await self._move(daerah, nomor, to) for nomor in left])

    async def _move(self, daerah: str, nomor: str, to: Target) -> bool:
        """Move one case; one that others keep changing, or that can not be opened, waits for another round."""
        try:
            done = await self._casework.move(daerah, nomor, lambda case: self._how(case, to), self._carry_draft)
        except (NoSuchCaseError, ReleaseGoneError, ChangedError, SealBrokenError) as problem:
            _log.warning("%s does not move: %s: %s", nomor, type(problem).__name__, problem)
            return False
        if isinstance(done, Stranded):
            self._stay.add((to.release, daerah, nomor))
            moving = to.permit.permit.moving
            if moving is None or not moving.refused_stay:
                await self._call(daerah, nomor, done)
        return isinstance(done, Kept)

    def _how(self, case: OpenCase, to: Target) -> Movement | Refusal:
        held = current(self._store.shelf.of_case(case.key.daerah, case.key.nomor))
        return movement(case, to, held)

    def _carry_draft(self, connection: Connection, change: Change) -> None:
        """Keep what the applicant has typed of a repair that goes on as another round."""
        before, after = change.case.state.rounds, change.state.rounds
        if any(isinstance(event, Moved) for event in change.events):
            self._store.repair_drafts.carry(connection, change.case.key, before, after)

    async def _call(self, daerah: str, nomor: str, why: Stranded) -> None:
        at, detail = self._casework.now(), {"reason": why.reason}
        await self._store.database.write(
            lambda connection: call(connection, daerah, AlarmKind.STRANDED, nomor, detail, at)
        )


def followed(city: CityRelease, today: str) -> Iterator[tuple[Head, Head]]:
    """Yield each version that has begun and takes the cases of the one before over, with that one, in their order."""
    for versions in city.versions:
        for before, after in pairwise(versions):
            if after.moves and after.valid_from <= today:
                yield before, after
