"""What an inspection looks at: the store at one moment, and one case at a time with everything that belongs to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import Connection, Executable, select

from rules.case_event import Happened
from rules.case_fold import ImpossibleEventError, after
from rules.case_state import CaseState
from rules.city import City
from rules.codec import MalformedError
from runtime.cases.case_entry import CaseKey, CaseRow, StoredEvent
from runtime.cases.case_rows import event_of, found_case
from runtime.cases.comes_to import happened_of
from runtime.cases.journal_tables import case_file, event
from runtime.cases.store import Store
from runtime.product.statement_key import StatementKeys
from runtime.release import BrokenReleaseError, PermitRelease
from runtime.releases import Releases

Row = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Audited:
    """A store, the releases its cases were filed under, the moment it is, and the public key of checkpoints."""

    store: Store
    releases: Releases
    now: datetime
    key: Ed25519PublicKey
    statements: StatementKeys

    def rows(self, query: Executable) -> list[tuple[object, ...]]:
        """Return the rows of a query."""
        return self.store.database.read(lambda connection: [tuple(row) for row in connection.execute(query)])

    def cities(self) -> tuple[str, ...]:
        """Return the cities that have anything kept, or are served."""
        query = select(case_file.c.daerah).distinct()
        return tuple(sorted({*(str(city) for (city,) in self.rows(query)), *self.releases.current.cities}))

    def cases(self, daerah: str) -> Iterator[AuditedCase]:
        """Yield every case of a city."""
        query = select(case_file.c.nomor).where(case_file.c.daerah == daerah).order_by(case_file.c.nomor)
        for (nomor,) in self.rows(query):
            yield self.case(CaseKey(daerah, str(nomor)))

    def case(self, key: CaseKey) -> AuditedCase:
        """Return one case with its events, as they are kept and as they are meant."""
        return self.store.database.read(lambda connection: self._case(connection, key))

    def _case(self, connection: Connection, key: CaseKey) -> AuditedCase:
        row = found_case(connection, key)
        assert row is not None
        query = select(event).where(event.c.daerah == key.daerah, event.c.nomor == key.nomor).order_by(event.c.seq)
        rows = tuple(dict(one) for one in connection.execute(query).mappings())
        stored, happened, states, fault = [], [], [], None
        state: CaseState | None = None
        try:
            for one in rows:
                stored.append(event_of(one))
                happened.append(happened_of(stored[-1]))
                state = after(state, happened[-1])
                states.append(state)
        except (ImpossibleEventError, MalformedError, ValueError, AssertionError, KeyError) as problem:
            fault = f"event {len(states) + 1}: {type(problem).__name__}: {problem}"
        return AuditedCase(key, row, rows, tuple(stored), tuple(happened), tuple(states), fault)

    def permit(self, case: AuditedCase) -> PermitRelease | None:
        """Return the permit version a case follows, None where it is gone."""
        kept = case.row.projection
        return self.version(case.key.daerah, kept.release, kept.permit, kept.version)

    def permit_at(self, case: AuditedCase, state: CaseState) -> PermitRelease | None:
        """Return the permit version that a case followed in a state of its own, None where it is gone."""
        return self.version(case.key.daerah, state.release, state.permit, state.version)

    def version(self, daerah: str, release: str, permit: str, version: str) -> PermitRelease | None:
        """Return a permit version as it is in a release, None where it is gone."""
        try:
            city = self.releases.of(release).cities.get(daerah)
        except BrokenReleaseError:
            return None
        return None if city is None else city.version(permit, version)

    def calendar(self, daerah: str, release: str) -> City | None:
        """Return the city as it was in a release, None where that is gone."""
        try:
            city = self.releases.of(release).cities.get(daerah)
        except BrokenReleaseError:
            return None
        return None if city is None else city.city


@dataclass(frozen=True, slots=True)
class AuditedCase:
    """A case. `rows` are its events as they are stored, `happened` and `states` what they mean and come to; `fault`
    says why they come to nothing from some event on."""

    key: CaseKey
    row: CaseRow
    rows: tuple[Row, ...]
    stored: tuple[StoredEvent, ...]
    happened: tuple[Happened, ...]
    states: tuple[CaseState, ...]
    fault: str | None
