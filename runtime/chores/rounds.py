"""The round of all chores of a city, once a minute, by whoever holds the lease.

A chore that fails is told in the log and called for, and the others go on.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

from sqlalchemy.exc import SQLAlchemyError

from runtime.cases.case_entry import ChangedError
from runtime.cases.casework import Casework
from runtime.cases.store import Store
from runtime.cases.store_fault import StoreUnavailableError
from runtime.chores.alarms import AlarmKind, call
from runtime.chores.clock_skew import compare
from runtime.chores.closing_days import close_money
from runtime.chores.lease import held
from runtime.chores.limit_sweep import sweep
from runtime.chores.moved_dates import move_dates
from runtime.chores.moved_versions import VersionMoves
from runtime.chores.pauses import end_pauses
from runtime.chores.running_out import end_notices, expire_repairs
from runtime.chores.stuck import call_for_stuck
from runtime.release import BrokenReleaseError, Release

EVERY = 60.0  # seconds
FAULTS = (ChangedError, StoreUnavailableError, BrokenReleaseError, SQLAlchemyError, OSError, LookupError)
_log = logging.getLogger("satupintu.chores")

Chore = Callable[[str], Awaitable[object]]


class Rounds:
    """The chores of one process."""

    def __init__(
        self, store: Store, casework: Casework, release: Callable[[], Release], more: Mapping[str, Chore] | None = None
    ) -> None:
        """Do these chores, and `more` by name, for every city of the release that is served."""
        self._store, self._casework, self._release = store, casework, release
        self._more = dict(more or {})
        self._moves = VersionMoves(store, casework)
        self._me = secrets.token_hex(8)

    async def forever(self, begin: float = 0.0) -> None:
        """Go round until cancelled, for the first time after so many seconds."""
        await asyncio.sleep(begin)
        while True:
            for daerah in self._release().cities:
                await self.once(daerah)
            await asyncio.sleep(EVERY)

    async def once(self, daerah: str) -> tuple[str, ...]:
        """Do every chore of a city once; return those that failed. Nothing is done while another process does it."""
        now = self._store.clock()
        try:
            await compare(self._store, self._casework, daerah)  # each process its own clock
            mine = await self._store.database.write(
                lambda connection: held(connection, daerah, "rounds", self._me, now)
            )
        except FAULTS as problem:
            _log.warning("chores of %s wait: %s", daerah, problem)
            return ("lease",)
        if not mine:
            return ()
        failed = []
        for name, chore in self._chores(now).items():
            try:
                await chore(daerah)
            except FAULTS as problem:
                _log.exception("chore %s of %s failed", name, daerah)
                failed.append(name)
                await self._call(daerah, name, problem, now)
        return tuple(failed)

    def _chores(self, now: datetime) -> Mapping[str, Chore]:
        database, casework, release = self._store.database, self._casework, self._release()
        return {  # dates first: no time runs out by a calendar that holds no more
            "dates": lambda city: move_dates(casework, database, city, release),
            "versions": lambda city: self._moves.all_of(city, release),
            "repairs": lambda city: expire_repairs(casework, database, city),
            "notices": lambda city: end_notices(casework, database, city),
            "pauses": lambda city: end_pauses(casework, database, city),
            "limits": lambda city: sweep(self._store, casework, release.cities[city].city, now),
            "money": lambda city: close_money(self._store, release.cities[city].city, now),
            "stuck": lambda city: call_for_stuck(self._store, city),
            **self._more,
        }

    async def _call(self, daerah: str, name: str, problem: BaseException, now: datetime) -> None:
        detail = {"fault": type(problem).__name__}
        try:
            await self._store.database.write(
                lambda connection: call(connection, daerah, AlarmKind.CHORE, name, detail, now)
            )
        except FAULTS:
            _log.warning("nobody could be called for chore %s of %s", name, daerah)
