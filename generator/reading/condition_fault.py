"""What is wrong with the text of one test, as a finding: the words for each reason, and what to write instead."""

from __future__ import annotations

import re

from generator.finding import Finding
from generator.reading import kon_value
from generator.reading import kon_words as kon
from generator.reading.tks import did_you_mean, listed
from generator.reading.yaml_tree import Node, ScalarNode
from rules.condition.fault import Fault, Reason
from rules.field import Field
from rules.kind import Kind
from rules.words import Words

_LIKE_A_DATE = re.compile(r"[12][0-9]{3}-[0-9]{2}-[0-9]{2}")
_ENTRIES = {
    Reason.UNKNOWN_OPTION: kon_value.UNKNOWN_OPTION,
    Reason.DECIMAL_COMMA: kon_value.DECIMAL_COMMA,
    Reason.OTHER_UNIT: kon_value.OTHER_UNIT,
    Reason.CURRENCY: kon_value.CURRENCY,
    Reason.NO_ORDER: kon_value.NO_ORDER,
    Reason.LIST_TESTED: kon.LIST_TESTED,
    Reason.NOT_A_NUMBER: kon_value.NOT_A_NUMBER,
    Reason.POINT_AMBIGUOUS: kon_value.POINT_AMBIGUOUS,
    Reason.NOT_WHOLE: kon_value.NOT_WHOLE,
    Reason.TOO_FINE: kon_value.TOO_FINE,
    Reason.TOO_LONG: kon_value.TOO_LONG,
    Reason.LEADING_NOUGHT: kon_value.LEADING_NOUGHT,
    Reason.NOT_A_DATE: kon_value.NOT_A_DATE,
    Reason.NOT_YES_NO: kon_value.NOT_YES_NO,
    Reason.EMPTY_RANGE: kon.EMPTY_RANGE,
    Reason.OPEN_RANGE: kon.OPEN_RANGE,
    Reason.NOT_TWO_SIDES: kon.NOT_TWO_SIDES,
    Reason.OPERATOR: kon.OPERATOR,
    Reason.NOTHING: kon.NOTHING,
    Reason.BRACKET: kon.BRACKET,
    Reason.QUOTE: kon.QUOTE,
    Reason.LEFT_OVER: kon.LEFT_OVER,
    Reason.NOT_WITHOUT_BRACKETS: kon.NOT_WITHOUT_BRACKETS,
    Reason.KEYWORD_IN_LIST: kon.KEYWORD_IN_LIST,
}
assert _ENTRIES.keys() == set(Reason)


def text_fault(node: ScalarNode, key: ScalarNode, field: Field, fault: Fault) -> Finding:
    """Make the finding for a fault in the text of `node`, which stands at `key`."""
    empty = not node.text.strip()
    place = key.place if empty else node.span(fault.start, fault.end)
    shown: dict[str, str | Words] = dict(fault.arguments)
    match fault.reason:
        case Reason.UNKNOWN_OPTION:
            shown["advice"] = _options(fault.arguments["text"], field)
        case Reason.NOT_A_DATE | Reason.NOT_YES_NO:
            shown["advice"] = _write_instead(fault)
        case Reason.NO_ORDER:
            shown["advice"] = _without_order(field)
        case Reason.OTHER_UNIT:
            own = fault.arguments["own"]
            shown |= _unit(own, fault.arguments["better"])
        case Reason.NOT_WHOLE:
            shown["advice"] = (
                Words("tulis rupiah bulat", "write whole rupiah")
                if field.kind is Kind.MONEY
                else Words(
                    "tulis bilangan bulat, atau ubah jenis isian itu menjadi `desimal`",
                    "write a whole number, or make that question `desimal`",
                )
            )
        case Reason.EMPTY_RANGE:
            shown |= _empty(fault.arguments["same"])
        case Reason.NOTHING:
            shown["what"] = f"`{field.code}`"
        case _:
            pass
    return _ENTRIES[fault.reason].at(place, **shown)


def _options(text: str, field: Field) -> Words:
    by_label = {words.lower(): o.code for o in field.options for words in (o.label.id, o.label.en) if words}
    if (code := by_label.get(text.lower())) is not None:
        return Words(f"maksud Anda `{code}`?", f"did you mean `{code}`?")
    codes = [option.code for option in field.options]
    several = re.split(r" atau | dan |/| or ", text)
    if len(several) > 1 and all(each in codes for each in several):
        return Words(f"tulis `[{', '.join(several)}]`", f"write `[{', '.join(several)}]`")
    names = listed(codes)
    return did_you_mean(text, codes, Words(f"pilihannya: {names}", f"its options: {names}"))


def _write_instead(fault: Fault) -> Words:
    if better := fault.arguments["better"]:
        return Words(f"tulis `{better}`", f"write `{better}`")
    if fault.reason is Reason.NOT_A_DATE:
        if _LIKE_A_DATE.fullmatch(fault.arguments["text"]):
            return Words("tulis hari yang ada di kalender", "write a day of the calendar")
        return Words("tulis tahun-bulan-hari, misalnya `2026-03-15`", "write year-month-day, such as `2026-03-15`")
    return Words("tulis `ya` atau `tidak`", "write `ya` or `tidak`")


def _unit(own: str, better: str) -> dict[str, str | Words]:
    if not own:
        return {
            "own": Words("tanpa satuan", "it has no unit"),
            "advice": Words(f"tulis `{better}`, tanpa satuan", f"write `{better}`, with no unit"),
        }
    return {
        "own": Words(f"satuannya `{own}`", f"its unit is `{own}`"),
        "advice": Words(
            f"hitung angkanya dalam `{own}`, lalu tulis `… {own}`", f"convert the number to `{own}` and write `… {own}`"
        ),
    }


def _empty(same: str) -> dict[str, str | Words]:
    if not same:
        return {
            "why": Words("batas bawah melewati batas atas", "low bound passes high bound"),
            "advice": Words("tukar kedua batasnya", "swap its two bounds"),
        }
    return {
        "why": Words("kedua batas sama", "both bounds are one"),
        "advice": Words(f"tulis `{same}` untuk nilai itu saja", f"write `{same}` for that value alone"),
    }


def _without_order(field: Field) -> Words:
    if field.options:
        names = listed([option.code for option in field.options])
        return Words(f"tulis pilihannya saja: {names}", f"write the options alone: {names}")
    return Words(
        "tulis nilainya saja, atau ubah jenis isian itu menjadi `bilangan` atau `desimal`",
        "write the value alone, or make that question `bilangan` or `desimal`",
    )


def is_bare(node: Node) -> bool:
    """Tell whether it is a value without quotes."""
    return isinstance(node, ScalarNode) and bool(node.text) and not node.quoted


def is_half(key: ScalarNode, value: Node) -> bool:
    """Tell whether a key has no colon: in braces, the half of a value after its comma."""
    here, there = value.place, key.place
    empty = isinstance(value, ScalarNode) and not value.text and not value.quoted
    return empty and (here.line, here.column) == (there.end_line, there.end_column)


def comma_fault(before: ScalarNode, halves: list[ScalarNode]) -> Finding:
    """Make the finding for a value that its commas split."""
    first, last = before.place, halves[-1].place
    one_line = first.line == last.end_line
    place = first._replace(end_column=last.end_column) if one_line else first
    touching = one_line and first.end_column + 1 == halves[0].place.column
    word, rest = before.text.split()[-1], halves[0].text
    if touching and word[-1:].isdigit() and rest[:1].isdigit():
        return kon_value.DECIMAL_COMMA.at(
            place, text=f"{word},{rest}", decimal=f"{word}.{rest}", list=f"{word}, {rest}"
        )
    return kon.SPLIT_BY_COMMA.at(place, whole=", ".join([before.text, *(half.text for half in halves)]))
