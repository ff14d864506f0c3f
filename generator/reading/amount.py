"""Numbers an officer writes: bounds, factors and tariffs, read with the same literals as the tests of conditions."""

from __future__ import annotations

import re
from decimal import Decimal

from generator.reading import tks_shape as tks
from generator.reading.opened import scalar
from generator.reading.sheet import Sheet
from generator.reading.yaml_tree import Node, ScalarNode
from rules.condition.fault import Fault
from rules.condition.literal import read_literal
from rules.field import Field
from rules.kind import NUMBERS, Kind, Scalar
from rules.words import Words

_KINDS = {
    Kind.DATE: Words("tanggal", "a date"),
    Kind.YES_NO: Words("`ya` atau `tidak`", "`ya` or `tidak`"),
    Kind.CHOICE: Words("pilihan isian ini", "an option of this field"),
    Kind.CHOICES: Words("pilihan isian ini", "an option of this field"),
    Kind.DECIMAL: Words("angka", "a number"),
    Kind.MONEY: Words("rupiah bulat", "whole rupiah"),
}
_WHOLE = Words("bilangan bulat", "a whole number")
_RUPIAH = Field("rupiah", Kind.MONEY, Words("Rupiah"), unit="rupiah")
_THREE_PLACES = re.compile(r"[0-9]{1,3}\.[0-9]{2}[1-9]")


def literal(sheet: Sheet, node: Node, field: Field) -> Scalar | None:
    """Read one value of a field's kind."""
    found = scalar(sheet, node)
    if found is None:
        return None
    value = read_literal(found.text.strip(), len(found.text) - len(found.text.lstrip()), field)
    if not isinstance(value, Fault):
        return value
    if field.kind in NUMBERS and sum(c.isdigit() for c in found.text) > 15:
        sheet.report(tks.TOO_EXACT.at(found.place, word=found.text))
        return None
    kind = _KINDS.get(field.kind, _WHOLE)
    sheet.report(tks.NOT_A_NUMBER.at(found.place, word=found.text, kind=kind, advice=_advice(value, field)))
    return None


def rupiah(sheet: Sheet, node: Node) -> int:
    """Read an amount of money in whole rupiah."""
    value = literal(sheet, node, _RUPIAH)
    return value if isinstance(value, int) else 0


def factor_value(sheet: Sheet, node: Node) -> Decimal:
    """Read a plain number of a fee or a tariff: at most nine places after the point.

    As in formulas, `1.135` is a decimal and `1.130` is asked about: only the latter looks like thousands.
    """
    written = node.text.strip() if isinstance(node, ScalarNode) and not node.block else ""
    if _THREE_PLACES.fullmatch(written):
        return Decimal(written)
    places = len(written.partition(".")[2].split(" ")[0]) if written.count(".") == 1 else 0
    kind = Kind.DECIMAL if places else Kind.INTEGER
    value = literal(sheet, node, Field("nilai", kind, Words("Nilai"), digits=min(places, 9)))
    return Decimal(value).normalize() + 0 if isinstance(value, int | Decimal) else Decimal(0)


def _advice(fault: Fault, field: Field) -> Words:
    better = fault.arguments.get("better", "")
    if not better and "thousands" in fault.arguments:
        thousands, decimal = fault.arguments["thousands"], fault.arguments["decimal"]
        return Words(
            f"tulis `{thousands}` (ribuan) atau `{decimal}` (desimal)",
            f"write `{thousands}` (thousands) or `{decimal}` (a decimal)",
        )
    if better:
        return Words(f"tulis `{better}`", f"write `{better}`")
    if field.kind is Kind.DECIMAL:
        return Words("tulis angka dengan titik desimal, misalnya `2.5`", "write a decimal point, such as `2.5`")
    if field.kind in (Kind.CHOICE, Kind.CHOICES):
        codes = ", ".join(f"`{option.code}`" for option in field.options[:20])
        return Words(f"pilih: {codes}", f"choose: {codes}")
    return Words("tulis angka bulat, misalnya `500`", "write a whole number, such as `500`")
