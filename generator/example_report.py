"""A run of all examples of a catalog: what came of each, what they reach, and what is found about both."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from generator.coverage import Coverage, Sort, coverage_of
from generator.examination import not_accepted
from generator.examples import Compiled, CompiledCity, Outcome, confirmed
from generator.finding import Finding
from generator.model import Catalog, CityCatalog
from generator.reading.catalog_folder import in_order


@dataclass(frozen=True, slots=True)
class ExampleReport:
    """What came of the examples, and the coverage of every permit version."""

    outcomes: tuple[Outcome, ...]
    coverage: tuple[Coverage, ...]
    findings: tuple[Finding, ...]

    @property
    def failed(self) -> int:
        """Count the examples that did not come out as written."""
        return sum(bool(outcome.findings) for outcome in self.outcomes)

    def total(self, sort: Sort) -> tuple[int, int]:
        """Return how many of a sort are reached in all permits, of how many."""
        counts = [coverage.count(sort) for coverage in self.coverage]
        return sum(reached for reached, _ in counts), sum(there for _, there in counts)


Look = Callable[[Coverage, Compiled, CityCatalog], None]


def report_examples(release: Path, catalog: Catalog, look: Look | None = None) -> ExampleReport:
    """Run every example of a catalog on its release; `look` sees the coverage of each version while it is open."""
    outcomes: list[Outcome] = []
    coverage: list[Coverage] = []
    with ExitStack() as opened:
        for code in sorted(catalog.cities):
            city, compiled = catalog.cities[code], CompiledCity(release / code, opened)
            ran = [compiled.run(example) for example in confirmed(city.examples)]
            outcomes += ran
            for permit in sorted(city.permits):
                own = [outcome for outcome in ran if outcome.example.permit == permit]
                for version in city.permits[permit]:
                    since = version.permit.valid_from
                    mine = [outcome for outcome in own if outcome.version == since]
                    coverage.append(coverage_of(version, compiled.version(permit, since), mine))
                    if look is not None:
                        look(coverage[-1], compiled.version(permit, since), city)
    found = [*_against(outcomes), *(finding for each in coverage for finding in each.findings())]
    return ExampleReport(tuple(outcomes), tuple(coverage), in_order(not_accepted(catalog, found)))


def _against(outcomes: Sequence[Outcome]) -> Iterator[Finding]:
    for outcome in outcomes:
        yield from outcome.findings
