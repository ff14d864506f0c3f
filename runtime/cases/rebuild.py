"""Make of a case's events again what they come to, and say what the store has otherwise.

How events are folded is given: the store knows their rows and not their meaning.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from runtime.cases.case_entry import CaseKey, DeskRow, Projection, StoredEvent
from runtime.cases.case_rows import COMES_TO, desk_of, found_case, found_events
from runtime.cases.journal_tables import case_file, desk, event


@dataclass(frozen=True, slots=True)
class Folded:
    """What the events of a case come to."""

    projection: Projection
    desks: tuple[DeskRow, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """What the store has of a case otherwise than its events say: names of columns, `seq`, `changed_at`, `desks`."""

    key: CaseKey
    names: tuple[str, ...]


Fold = Callable[[Sequence[StoredEvent]], Folded]


def differences(connection: Connection, daerah: str, fold: Fold) -> Iterator[Difference]:
    """Yield every case of a city that is not what its events come to."""
    known = set(connection.execute(select(case_file.c.nomor).where(case_file.c.daerah == daerah)).scalars())
    known |= set(connection.execute(select(event.c.nomor).where(event.c.daerah == daerah).distinct()).scalars())
    for nomor in sorted(known):
        found = difference(connection, CaseKey(daerah, nomor), fold)
        if found is not None:
            yield found


def difference(connection: Connection, key: CaseKey, fold: Fold) -> Difference | None:
    """Fold a case's events again and compare; None where all is the same."""
    events, stands = found_events(connection, key), found_case(connection, key)
    if not events or stands is None:
        return Difference(key, ("case",) if events else ("event",))
    folded = fold(events)
    names = [name for name in COMES_TO if getattr(folded.projection, name) != getattr(stands.projection, name)]
    names += ["seq"] if events[-1].seq != stands.seq else []
    names += ["changed_at"] if events[-1].at != stands.changed_at else []
    names += ["desks"] if set(folded.desks) != set(_desks(connection, key)) else []
    return Difference(key, tuple(names)) if names else None


def _desks(connection: Connection, key: CaseKey) -> tuple[DeskRow, ...]:
    query = select(desk).where(desk.c.daerah == key.daerah, desk.c.nomor == key.nomor)
    return tuple(desk_of(dict(row)) for row in connection.execute(query).mappings())
