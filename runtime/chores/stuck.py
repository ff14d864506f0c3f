"""Cases of which the engine concluded nothing: somebody is called for each, until it is decided."""

from __future__ import annotations

from functools import partial

from runtime.cases.store import Store
from runtime.chores.alarms import AlarmKind, call
from runtime.chores.open_cases import of_status

_KIND = AlarmKind.ENGINE


async def call_for_stuck(store: Store, daerah: str) -> int:
    """Call for a person where a case waits for one; return for how many that was new."""
    called, now = 0, store.clock()
    for nomor in of_status(store.database, daerah, "keputusan_orang"):
        called += await store.database.write(partial(call, daerah=daerah, kind=_KIND, subject=nomor, detail={}, at=now))
    return called
