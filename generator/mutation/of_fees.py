"""Slips in what is to be paid: figures, formulas and tariffs, of the permit and of the files that permits share."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.mutation.mutant import Mutant, Slip
from generator.mutation.of_conditions import neighbours, slips_of_digits
from generator.mutation.source import Source
from generator.reading.yaml_tree import ScalarNode

_FIGURE = re.compile(r"[0-9][0-9_]*(?:\.[0-9]+)?")
_SIGN = re.compile(r"(?<= )[-+*/](?= )")
_OTHER_SIGN = {"+": "-", "-": "+", "*": "/", "/": "*"}
_CONSTANT = re.compile(r"(?<![\w.])[0-9]+(?:\.[0-9]+)?(?![\w.])")


def of_fees(source: Source) -> Iterator[Mutant]:
    """Yield every slip in `retribusi` and `turunan`, or in a file of `tarif/`."""
    for part in source.parts():
        node = part.node
        if not isinstance(node, ScalarNode) or not part.path:
            continue
        match part.path:
            case (("retribusi" | "turunan"), *_, "rumus"):
                yield from _in_formula(source, node)
            case ("retribusi", *_, "nilai" | "tetap" | "rupiah"):
                yield from _in_figure(source, Slip.FEE, node)
            case ("retribusi", *_, "tarif") if source.permit is not None:
                yield from _other_tariff(source, node)
            case ("nilai", *_, "nilai") if source.permit is None:
                yield from _in_figure(source, Slip.TARIFF, node)
            case _:
                pass


def _in_figure(source: Source, slip: Slip, node: ScalarNode) -> Iterator[Mutant]:
    found = _FIGURE.match(node.text)
    if found is None:
        return
    place = node.span(0, found.end())
    if place == node.place and found[0] != node.text:
        return
    for other in (*neighbours(found[0]), *slips_of_digits(found[0])):
        yield source.replaced(slip, place, other)


def _in_formula(source: Source, node: ScalarNode) -> Iterator[Mutant]:
    for found in _SIGN.finditer(node.text):
        if (place := node.span(found.start(), found.end())) != node.place:
            yield source.replaced(Slip.FORMULA, place, _OTHER_SIGN[found[0]])
    for found in _CONSTANT.finditer(node.text):
        if (place := node.span(found.start(), found.end())) != node.place:
            yield from (source.replaced(Slip.FORMULA, place, other) for other in neighbours(found[0]))


def _other_tariff(source: Source, node: ScalarNode) -> Iterator[Mutant]:
    known = [tariff.code for tariff in source.city.tariffs]
    if node.text in known and len(known) > 1:
        other = known[(known.index(node.text) + 1) % len(known)]
        yield source.replaced(Slip.TARIFF, node.place, other)
