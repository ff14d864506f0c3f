"""A short queue for costly hashes, so that a flood of logins neither stalls the server nor fills its threads.

Two are made at a time (19 MiB and some 50 ms each); some may wait; whoever comes after those is told to try again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import ParamSpec, TypeVar

from runtime.cases.attempts import TooManyTriesError

T = TypeVar("T")
P = ParamSpec("P")

AT_ONCE = 2
WAITING = 40  # two seconds' worth
COME_BACK = timedelta(seconds=5)


class HashingQueue:
    """The queue of one server."""

    def __init__(self) -> None:
        """Begin with nobody waiting."""
        self._slots = asyncio.Semaphore(AT_ONCE)
        self._waiting = 0

    async def run(self, work: Callable[P, T], *given: P.args, **named: P.kwargs) -> T:
        """Do a costly work in a thread when its turn has come; TooManyTriesError when too many wait already."""
        if self._waiting >= WAITING:
            raise TooManyTriesError(COME_BACK)
        self._waiting += 1
        try:
            async with self._slots:
                return await asyncio.to_thread(work, *given, **named)
        finally:
            self._waiting -= 1
