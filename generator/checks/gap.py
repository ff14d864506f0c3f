"""Applications for which a table has no row, and those for which it has two."""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.decided_table import Area, DecidedTable, tables_of
from generator.checks.exhibit import MOST_REGIONS, exhibited, regions
from generator.checks.versions import Seen, versions_of
from generator.checks.wording import Wording, plain
from generator.finding import Finding, Label
from generator.model import Catalog
from generator.proof.solver import two_of
from generator.proof.trial import trial
from rules.table import Policy

EARLIER = plain("baris ini juga", "this row too")


def gaps(catalog: Catalog, area: Area, wording: Wording) -> Iterator[Finding]:
    """Yield, for each table of an area, where no row holds though one must."""
    for seen in versions_of(catalog):
        proof = trial(seen.permit)
        for table in _of_area(seen, area):
            if table.otherwise is not None or table.policy is Policy.SUM:
                continue
            claim = table.none()
            if not proof.possible(table.view, proof.formula(table.view, claim)):
                continue
            for shown in regions(proof, table.view, claim):
                finding = wording.at(seen.at(table.path), table=table.name)
                yield exhibited(finding, proof, shown, table.items, table.key)


def overlaps(catalog: Catalog, area: Area, wording: Wording) -> Iterator[Finding]:
    """Yield, for each table of an area in which one row must hold, two that hold together."""
    for seen in versions_of(catalog):
        proof = trial(seen.permit)
        for table in _of_area(seen, area):
            view = table.view
            held = [view.holds(when) for _, when in table.rows]
            if table.policy is not Policy.UNIQUE or not proof.possible(view, two_of(*held)):
                continue
            yield from _pairs(seen, table, wording)


def _pairs(seen: Seen, table: DecidedTable, wording: Wording) -> Iterator[Finding]:
    proof = trial(seen.permit)
    found = 0
    for position, (index, when) in enumerate(table.rows):
        for before, other in table.rows[:position]:
            shown = proof.shown(table.view, table.both(other, when))
            if shown is None:
                continue
            first = Label(seen.at((*table.path, before, "bila"), table.path), EARLIER)
            at = seen.at((*table.path, index, "bila"), table.path)
            yield exhibited(wording.at(at, first, table=table.name), proof, shown, table.items)
            found += 1
            if found == MOST_REGIONS:
                return


def _of_area(seen: Seen, area: Area) -> Iterator[DecidedTable]:
    yield from (table for table in tables_of(seen.permit) if table.area is area)
