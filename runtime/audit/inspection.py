"""The whole inspection: every invariant, over every city and every case."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from runtime.audit import (
    checkpoints_kept,
    clocks,
    contents,
    database_file,
    files_kept,
    histories,
    money_kept,
    objections_kept,
    permits_issued,
    requests,
    sent,
    surveys_kept,
    ways,
    ways_again,
)
from runtime.audit.audited import Audited, AuditedCase
from runtime.audit.breach import Breach
from runtime.audit.requests import Acknowledged
from runtime.cases.checkpoint import Checkpoint

OfCase = Callable[[Audited, AuditedCase], Iterator[Breach]]
OfCity = Callable[[Audited, str], Iterator[Breach]]

OF_CASE: tuple[OfCase, ...] = (
    histories.of_case,
    contents.of_case,
    ways.of_case,
    ways_again.of_case,
    clocks.of_case,
    money_kept.of_case,
    objections_kept.of_case,
    permits_issued.of_case,
)
OF_CITY: tuple[OfCity, ...] = (
    histories.of_city,
    money_kept.of_city,
    permits_issued.of_city,
    sent.of_city,
    files_kept.of_city,
    requests.of_city,
    surveys_kept.of_city,
)
INVARIANTS = ("I1", "I2", "I3", "I4", "I5", "I6", "I7", "I8", "I9", "I10", "I11", "I13", "I14", "I15", "I17", "I18")


@dataclass(frozen=True, slots=True)
class Report:
    """What an inspection found, and how much it has looked at."""

    breaches: tuple[Breach, ...]
    looked_at: Mapping[str, int]

    @property
    def clean(self) -> bool:
        """Tell whether nothing is the matter."""
        return not self.breaches


def inspect(audited: Audited, book: Iterable[Acknowledged] = (), held: Sequence[Checkpoint] = ()) -> Report:
    """Look at everything; `book` is what clients were told, `held` are checkpoints that somebody else has kept."""
    found, cases, events = list(database_file.whole(audited)), 0, 0
    told = tuple(book)
    found += requests.of_book(audited, told)
    cities = audited.cities()
    for daerah in cities:
        found += checkpoints_kept.of_city(audited, daerah, held)
        for of_city in OF_CITY:
            found += of_city(audited, daerah)
        for case in audited.cases(daerah):
            cases, events = cases + 1, events + len(case.rows)
            for of_case in OF_CASE:
                found += of_case(audited, case)
    looked_at = {"cities": len(cities), "cases": cases, "events": events, "acknowledged": len(told)}
    return Report(tuple(sorted(set(found))), looked_at)
