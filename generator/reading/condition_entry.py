"""A condition from its YAML: a map of tests, joined by `semua`, `salah_satu` and `bukan`.

Gains a `Condition`; loses its spelling. Every fault is reported with what to write instead, one per test; a condition
with a fault reads as `selalu`, and a file with a finding goes nowhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never

from generator.finding import Place
from generator.model import Path
from generator.reading import kon_words as kon
from generator.reading.expect import described
from generator.reading.sheet import Sheet
from generator.reading.tks import did_you_mean, listed
from generator.reading.yaml_tree import ListNode, MapNode, Node, ScalarNode
from rules.condition.fault import Fault, Reason
from rules.condition.grammar import parse_test, parse_values, union
from rules.condition.tree import ALWAYS, Condition, Every, Not, Some
from rules.field import Field
from rules.words import Words

_GROUPS = ("semua", "salah_satu", "bukan")
_MEANT = {
    "dan": "semua", "and": "semua", "all": "semua", "dan_juga": "semua",
    "atau": "salah_satu", "or": "salah_satu", "any": "salah_satu", "salah satu": "salah_satu",
    "not": "bukan", "tidak": "bukan", "kecuali": "bukan",
}  # fmt: skip
_THIS = Words("kondisi ini", "this condition")
_ENTRIES = {
    Reason.UNKNOWN_OPTION: kon.UNKNOWN_OPTION,
    Reason.DECIMAL_COMMA: kon.DECIMAL_COMMA,
    Reason.OTHER_UNIT: kon.OTHER_UNIT,
    Reason.CURRENCY: kon.CURRENCY,
    Reason.NO_ORDER: kon.NO_ORDER,
    Reason.LIST_TESTED: kon.LIST_TESTED,
    Reason.NOT_A_NUMBER: kon.NOT_A_NUMBER,
    Reason.POINT_AMBIGUOUS: kon.POINT_AMBIGUOUS,
    Reason.NOT_WHOLE: kon.NOT_WHOLE,
    Reason.TOO_FINE: kon.TOO_FINE,
    Reason.TOO_LONG: kon.TOO_LONG,
    Reason.LEADING_NOUGHT: kon.LEADING_NOUGHT,
    Reason.NOT_A_DATE: kon.NOT_A_DATE,
    Reason.NOT_YES_NO: kon.NOT_YES_NO,
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


def condition(
    sheet: Sheet, node: Node, path: Path, fields: Mapping[str, Field], subject: Words | str = _THIS
) -> Condition:
    """Read a condition over `fields`; `subject` is what depends on it, as a sentence names it («`amdal`»)."""
    match node:
        case ScalarNode(text="selalu"):
            return ALWAYS
        case MapNode(entries=entries) if entries:
            parts = [_entry(sheet, key, value, path, fields, subject) for key, value in entries]
            return parts[0] if len(parts) == 1 else Every(tuple(parts))
        case ScalarNode(text=""):
            sheet.report(kon.NOTHING.at(node.place, what=Words("kondisi ini", "this condition")))
        case ScalarNode() | ListNode() | MapNode():
            sheet.report(kon.NOT_A_CONDITION.at(_short(node), found=described(node), advice=_joined(node)))
        case _:
            assert_never(node)
    return ALWAYS


def _entry(
    sheet: Sheet, key: ScalarNode, value: Node, path: Path, fields: Mapping[str, Field], subject: Words | str
) -> Condition:
    match key.text:
        case "semua" | "salah_satu":
            if not isinstance(value, ListNode) or not value.items:
                advice = Words(
                    f"tulis sebagai daftar: `{key.text}: [{{…}}, {{…}}]`", f"write a list: `{key.text}: [{{…}}, {{…}}]`"
                )
                sheet.report(kon.NOT_A_CONDITION.at(_short(value, key), found=described(value), advice=advice))
                return ALWAYS
            parts = tuple(condition(sheet, item, path, fields, subject) for item in value.items)
            if len(parts) == 1:
                return parts[0]
            return Every(parts) if key.text == "semua" else Some(parts)
        case "bukan":
            return Not(condition(sheet, value, path, fields, subject))
        case _:
            pass
    field = fields.get(key.text)
    if field is None:
        if key.text not in sheet.broken:
            sheet.report(
                kon.UNKNOWN_FIELD.at(key.place, subject=subject, field=key.text, advice=_known(key.text, fields))
            )
        return ALWAYS
    sheet.mark((*path, key.text), value, key)
    return _test(sheet, value, key, field)


def _known(word: str, fields: Mapping[str, Field]) -> Words:
    if (meant := _MEANT.get(word.lower())) is not None:
        return Words(f"maksud Anda `{meant}`?", f"did you mean `{meant}`?")
    names = listed(tuple(fields))
    return did_you_mean(word, (*fields, *_GROUPS), Words(f"isian yang ada: {names}", f"questions there are: {names}"))


def _joined(node: Node) -> Words:
    if isinstance(node, ListNode):
        return Words(
            "tulis `semua: […]` bila semuanya harus berlaku, atau `salah_satu: […]`",
            "write `semua: […]` if all of them must hold, or `salah_satu: […]`",
        )
    return Words("tulis `{isian: uji}`, atau `selalu`", "write `{question: test}`, or `selalu`")


def _test(sheet: Sheet, node: Node, key: ScalarNode, field: Field) -> Condition:
    match node:
        case ScalarNode():
            return _scalar(sheet, node, key, field)
        case ListNode(items=items):
            if not items:
                sheet.report(kon.NOTHING.at(node.place, what=f"`{field.code}`"))
                return ALWAYS
            parts = [_item(sheet, item, key, field) for item in items]
            found = [part for part in parts if part is not None]
            return union(field, found) if len(found) == len(parts) else ALWAYS
        case MapNode(entries=((ScalarNode(text="bukan"), inner),)):
            return Not(_test(sheet, inner, key, field))
        case MapNode():
            sheet.report(kon.NOT_A_TEST.at(_short(node, key), found=described(node), field=field.code))
            return ALWAYS
        case _:
            assert_never(node)


def _scalar(sheet: Sheet, node: ScalarNode, key: ScalarNode, field: Field) -> Condition:
    if node.block:
        # `luas: >` and the number on the next line: YAML has eaten the sign
        text = " ".join(node.text.split())
        sheet.report(kon.UNQUOTED_OPERATOR.at(node.place, sign=">", quoted=f'"> {text}"'))
        return ALWAYS
    found = parse_test(node.text, field)
    if isinstance(found, Fault):
        _report(sheet, node, key, field, found)
        return ALWAYS
    return found


def _item(sheet: Sheet, node: Node, key: ScalarNode, field: Field) -> Condition | None:
    if not isinstance(node, ScalarNode) or node.block:
        sheet.report(kon.NOT_A_TEST.at(_short(node, key), found=described(node), field=field.code))
        return None
    found = parse_values(node.text, field)
    if isinstance(found, Fault):
        _report(sheet, node, key, field, found)
        return None
    return found


def _report(sheet: Sheet, node: ScalarNode, key: ScalarNode, field: Field, fault: Fault) -> None:
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
            shown["own"] = (
                Words(f"satuannya `{own}`", f"its unit is `{own}`") if own else Words("tanpa satuan", "it has no unit")
            )
        case Reason.NOTHING:
            shown["what"] = f"`{field.code}`"
        case _:
            pass
    sheet.report(_ENTRIES[fault.reason].at(place, **shown))


def _options(text: str, field: Field) -> Words:
    by_label = {words.lower(): o.code for o in field.options for words in (o.label.id, o.label.en) if words}
    if (code := by_label.get(text.lower())) is not None:
        return Words(f"maksud Anda `{code}`?", f"did you mean `{code}`?")
    codes = [option.code for option in field.options]
    names = listed(codes)
    return did_you_mean(text, codes, Words(f"pilihannya: {names}", f"its options: {names}"))


def _write_instead(fault: Fault) -> Words:
    if better := fault.arguments["better"]:
        return Words(f"tulis `{better}`", f"write `{better}`")
    if fault.reason is Reason.NOT_A_DATE:
        return Words("tulis tahun-bulan-hari, misalnya `2026-03-15`", "write year-month-day, such as `2026-03-15`")
    return Words("tulis `ya` atau `tidak`", "write `ya` or `tidak`")


def _without_order(field: Field) -> Words:
    if field.options:
        names = listed([option.code for option in field.options])
        return Words(f"tulis pilihannya saja: {names}", f"write the options alone: {names}")
    return Words(
        "tulis nilainya saja, atau ubah jenis isian itu menjadi `bilangan` atau `desimal`",
        "write the value alone, or make that question `bilangan` or `desimal`",
    )


def _short(node: Node, otherwise: ScalarNode | None = None) -> Place:
    """Return a place on one line."""
    place = node.place
    if otherwise is not None and (place.line != place.end_line or not (isinstance(node, MapNode) or _written(node))):
        return otherwise.place
    if place.line == place.end_line:
        return place
    return Place(place.file, place.line, place.column, place.line, place.column + 1)


def _written(node: Node) -> bool:
    return not isinstance(node, ScalarNode) or bool(node.text)
