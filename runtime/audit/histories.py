"""Histories: no gap, no change, no time that runs backwards, and a row that is what they come to (I2, I4, I9)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import timedelta
from itertools import pairwise

from sqlalchemy import select

from runtime.audit.audited import Audited, AuditedCase
from runtime.audit.breach import Breach
from runtime.cases.case_entry import Projection
from runtime.cases.case_rows import desk_row
from runtime.cases.comes_to import desk_rows, projection_of
from runtime.cases.journal_tables import case_file, desk, event
from runtime.cases.tables import submission

AHEAD = timedelta(seconds=2)


def of_case(audited: Audited, case: AuditedCase) -> Iterator[Breach]:
    """Look at one case."""
    daerah, nomor = case.key.daerah, case.key.nomor
    yield from (Breach("I2", daerah, nomor, found) for found in _numbers(case))
    yield from (Breach("I4", daerah, nomor, found) for found in _comes_to(audited, case))
    yield from (Breach("I9", daerah, nomor, found) for found in _times(audited, case))


def of_city(audited: Audited, daerah: str) -> Iterator[Breach]:
    """Look for applications without a case, cases without an application, and events of no case."""
    with_case = select(case_file.c.nomor).where(case_file.c.daerah == daerah)
    filed = select(submission.c.nomor).where(submission.c.daerah == daerah)
    told = select(event.c.nomor).where(event.c.daerah == daerah).distinct()
    cases, applications, histories = (
        {str(nomor) for (nomor,) in audited.rows(query)} for query in (with_case, filed, told)
    )
    for nomor in sorted(applications - cases):
        yield Breach("I2", daerah, nomor, "an application without a case")
    for nomor in sorted(cases - applications):
        yield Breach("I2", daerah, nomor, "a case without an application")
    for nomor in sorted(histories - cases):
        yield Breach("I2", daerah, nomor, "events without a case")


def _numbers(case: AuditedCase) -> Iterator[str]:
    seqs = [row["seq"] for row in case.rows]
    if seqs != list(range(1, len(seqs) + 1)):
        yield f"events are numbered {seqs}"
    if case.row.seq != len(seqs):
        yield f"the case is at {case.row.seq}, its last event is {len(seqs)}"


def _comes_to(audited: Audited, case: AuditedCase) -> Iterator[str]:
    if case.fault is not None:
        yield case.fault
        return
    if not case.states:
        yield "a case without events"
        return
    state = case.states[-1]
    kept, wanted = case.row.projection, projection_of(state)
    if kept != wanted:
        names = [one.name for one in fields(Projection) if getattr(kept, one.name) != getattr(wanted, one.name)]
        yield f"the row says otherwise than the events: {', '.join(names)}"
    query = select(desk).where(desk.c.daerah == case.key.daerah, desk.c.nomor == case.key.nomor)
    found = audited.store.database.read(lambda c: [dict(row) for row in c.execute(query).mappings()])
    expected = [desk_row(case.key, row) for row in desk_rows(state)]
    if sorted(found, key=_place) != sorted(expected, key=_place):
        yield "the desks are not those that the events come to"


def _place(row: Mapping[str, object]) -> tuple[str, int]:
    place = row["place"]
    assert isinstance(place, int)
    return str(row["stage"]), place


def _times(audited: Audited, case: AuditedCase) -> Iterator[str]:
    times = [one.at for one in case.stored]
    for number, (one, two) in enumerate(pairwise(times), 2):
        if two < one:
            yield f"event {number} is before the one before it"
    if times and times[-1] > audited.now + AHEAD:
        yield "the last event is in the future"
