"""`tarif/<kode>.yaml`: dated values with their legal basis."""

from __future__ import annotations

from generator.model import Path
from generator.reading.amount import factor_value
from generator.reading.expect import citation, date, name_code, named_as, one_of, text, words
from generator.reading.law_file import MARK, MARKS
from generator.reading.opened import entries, exactly_one, items
from generator.reading.sheet import Sheet
from generator.reading.unique import once
from generator.reading.yaml_tree import MapNode, Node
from rules.city import DatedValue, Tariff
from rules.words import Words

KEYS = ("tarif", "nama", "satuan", "nilai", "butir")


def tariff_file(sheet: Sheet, node: Node, named: str) -> Tariff:
    """Read the tree of one tariff."""
    opened = entries(sheet, node, (), KEYS, ("tarif", "nama"))
    way = exactly_one(sheet, opened, ("nilai", "butir"), node.place) if opened else None
    series: list[tuple[str | None, tuple[DatedValue, ...]]] = []
    if way == "nilai":
        series.append((None, _values(sheet, opened["nilai"], ("nilai",))))
    elif way == "butir":
        each = entries(sheet, opened["butir"], ("butir",), None)
        if isinstance(opened["butir"], MapNode):
            for key, _ in opened["butir"].entries:
                name_code(sheet, key)
        series.extend((code, _values(sheet, rows, ("butir", code))) for code, rows in each.items())
    return Tariff(
        named_as(sheet, opened, "tarif", named),
        words(sheet, opened["nama"], ("nama",)) if "nama" in opened else Words(""),
        text(sheet, opened["satuan"], 120) if "satuan" in opened else None,
        tuple(series),
    )


def _values(sheet: Sheet, node: Node, path: Path) -> tuple[DatedValue, ...]:
    found: list[DatedValue] = []
    for index, each in enumerate(items(sheet, node, path, at_least=1)):
        at = (*path, index)
        opened = entries(sheet, each, at, ("mulai", "nilai", "dasar", "bukti"), ("mulai", "nilai"))
        if "mulai" not in opened or "nilai" not in opened:
            continue
        start = once(sheet, opened["mulai"], date(sheet, opened["mulai"]), {value.valid_from for value in found})
        found.append(
            DatedValue(
                start,
                factor_value(sheet, opened["nilai"]),
                citation(sheet, opened["dasar"], (*at, "dasar")) if "dasar" in opened else None,
                (one_of(sheet, opened["bukti"], MARKS, MARK) if "bukti" in opened else None) or "A",
            )
        )
    return tuple(sorted(found, key=lambda value: value.valid_from))
