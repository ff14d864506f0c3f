"""Slips in the law: what is cited, and from when to when it is in force."""

from __future__ import annotations

from collections.abc import Iterator

from generator.mutation.mutant import Mutant, Slip
from generator.mutation.source import Source
from generator.reading.tree_walk import part_at
from generator.reading.yaml_tree import MapNode, ScalarNode

LATER, EARLIER = "2199-01-01", "1999-12-31"


def of_law(source: Source) -> Iterator[Mutant]:
    """Yield every slip in a citation of a permit, or in the days of a law."""
    if source.permit is not None:
        yield from _cited(source)
    elif (named := part_at(source.tree, "peraturan")) is not None and isinstance(source.tree, MapNode):
        yield from _days(source, named.node)


def _cited(source: Source) -> Iterator[Mutant]:
    known = {law.code: law for law in source.city.regulations}
    for part in source.parts():
        if part.path[-1:] != ("peraturan",) or not isinstance(part.node, ScalarNode) or part.node.text not in known:
            continue
        if tuple(step for step in part.path if isinstance(step, str)) == ("retribusi", "dasar", "peraturan"):
            other = next((law.code for law in known.values() if law.kind not in ("perda", "uu", "pp")), None)
            if other is not None:
                yield source.replaced(Slip.LAW, part.node.place, other)
        yield source.replaced(Slip.LAW, part.node.place, f"{part.node.text}-lama")


def _days(source: Source, named: object) -> Iterator[Mutant]:
    """Yield the law in force too late, revoked too early, and revoked by another."""
    assert isinstance(source.tree, MapNode)
    assert isinstance(named, ScalarNode)
    for key, value in source.tree.entries:
        if key.text == "berlaku" and isinstance(value, ScalarNode):
            yield source.replaced(Slip.LAW_DATE, value.place, LATER)
    if part_at(source.tree, "dicabut") is None:
        end = source.lines.after(named.place, f"\ndicabut: {EARLIER}")
        yield source.mutant(Slip.LAW_DATE, end)
