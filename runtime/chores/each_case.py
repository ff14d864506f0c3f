"""One command for many cases, one after the other: a case that can not be opened, or that others keep changing, is left
for the next round and keeps nobody else waiting."""

from __future__ import annotations

import logging
from collections.abc import Iterable

from rules.case_event import SYSTEM
from rules.city import City
from rules.command import Command
from runtime.cases.case_change import Effect, Kept
from runtime.cases.case_entry import ChangedError
from runtime.cases.casework import Casework, NoSuchCaseError
from runtime.cases.open_case import ReleaseGoneError
from runtime.vault import SealBrokenError

_log = logging.getLogger("satupintu.chores")


async def act_on_each(
    casework: Casework,
    daerah: str,
    numbers: Iterable[str],
    command: Command,
    *,
    during: Effect | None = None,
    calendar: City | None = None,
) -> tuple[Kept, ...]:
    """Try a command on each case as the system, and return what was kept: whoever's time has not come refuses."""
    done = []
    for nomor in numbers:
        try:
            kept = await casework.act(daerah, nomor, command, SYSTEM, during=during, calendar=calendar)
        except (NoSuchCaseError, ReleaseGoneError, ChangedError, SealBrokenError) as problem:
            _log.warning("%s of %s: %s: %s", type(command).__name__, nomor, type(problem).__name__, problem)
            continue
        if isinstance(kept, Kept):
            done.append(kept)
    return tuple(done)
