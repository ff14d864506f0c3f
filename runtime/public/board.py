"""The board: figures worked out once for a while, and of open cases only those anew that have changed since."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from rules.case_state import Span
from rules.city import City
from rules.codec import decode
from runtime.cases.database import Database
from runtime.cases.journal_tables import case_file
from runtime.clock import Clock
from runtime.public.ended_cases import CityOf
from runtime.public.figures import Court, Figures, court_of, figures, together
from runtime.public.office_clock import Counted, OfficeClock
from runtime.public.satisfaction import quarters

FRESH = timedelta(minutes=10)
AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class _Known:
    """An open case as it was counted: by which event, and by whose calendar."""

    seq: int
    calendar: str
    counted: Counted


class Board:
    """The figures of the cities of one store."""

    def __init__(self, database: Database, clock: Clock, city_of: CityOf) -> None:
        """Read them from this database; `city_of` gives a city as it is in a release."""
        self._database = database
        self._clock = clock
        self._city_of = city_of
        self._said: dict[str, Figures] = {}
        self._known: dict[str, dict[str, _Known]] = {}
        self._clocks: dict[tuple[str, str], OfficeClock] = {}
        self._lock = asyncio.Lock()

    async def figures(self, city: City) -> Figures:
        """Return the figures of a city, at most ten minutes old; whoever asks first waits for them."""
        async with self._lock:
            now, said = self._clock(), self._said.get(city.code)
            if said is None or now - said.at >= FRESH:
                said = self._said[city.code] = await asyncio.to_thread(self.work_out, city, now)
            return said

    def work_out(self, city: City, now: datetime) -> Figures:
        """Work the figures out now, all as of one moment of the store. Blocking."""

        def query(connection: Connection) -> Figures:
            so_far = together(self._so_far(connection, city, now))
            return replace(figures(connection, city.code, now, so_far), quarters=quarters(connection, city, now))

        return self._database.snapshot(query)

    def _so_far(self, connection: Connection, city: City, now: datetime) -> Iterator[tuple[Court, int]]:
        """Yield the minutes of each open case at each court."""
        known = self._known[city.code] = self._open(connection, city)
        passed = {
            calendar: self._clock_of(city, calendar).passed(now) for calendar in {k.calendar for k in known.values()}
        }
        for case in known.values():
            at_court: dict[Court, int] = {}
            for holder, minutes in case.counted.until(passed[case.calendar]).items():
                court = court_of(holder.kind.value, holder.agency)
                at_court[court] = at_court.get(court, 0) + minutes
            yield from at_court.items()

    def _open(self, connection: Connection, city: City) -> dict[str, _Known]:
        """Return every open case, counting those that are new or have changed."""
        before = self._known.get(city.code, {})
        open_ = case_file.c.daerah == city.code, case_file.c.ended_at.is_(None)
        rows = connection.execute(select(case_file.c.nomor, case_file.c.seq).where(*open_))
        stands = {str(nomor): int(seq) for nomor, seq in rows}
        kept = {nomor: known for nomor, known in before.items() if stands.get(nomor) == known.seq}
        changed = sorted(stands.keys() - kept.keys())
        for first in range(0, len(changed), AT_ONCE):
            part = changed[first : first + AT_ONCE]
            states = select(case_file.c.nomor, case_file.c.seq, case_file.c.state).where(
                case_file.c.daerah == city.code, case_file.c.nomor.in_(part)
            )
            for nomor, seq, text in connection.execute(states):
                kept[nomor] = self._count(city, seq, text)
        return kept

    def _count(self, city: City, seq: int, text: str) -> _Known:
        """Count a case by its spans and its calendar alone: reading the rest of its state takes most of the time."""
        state = json.loads(text)
        calendar, spans = state["calendar"], decode(tuple[Span, ...], state["spans"])
        assert isinstance(spans, tuple)
        return _Known(seq, calendar, self._clock_of(city, calendar).counted(spans))

    def _clock_of(self, city: City, calendar: str) -> OfficeClock:
        key = city.code, calendar
        if key not in self._clocks:
            self._clocks[key] = OfficeClock(self._city_of(calendar, city.code) or city)
        return self._clocks[key]
