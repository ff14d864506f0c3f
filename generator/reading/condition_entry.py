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
from generator.reading.condition_fault import comma_fault, is_bare, is_half, text_fault
from generator.reading.opened import described
from generator.reading.sheet import Sheet
from generator.reading.tks import did_you_mean, listed
from generator.reading.tks_permit import ANSWERED_LATER
from generator.reading.tks_text import NO_COLON
from generator.reading.yaml_tree import ListNode, MapNode, Node, ScalarNode
from rules.condition.fault import Fault
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


def condition(
    sheet: Sheet, node: Node, path: Path, fields: Mapping[str, Field], subject: Words | str = _THIS
) -> Condition:
    """Read a condition over `fields`; `subject` is what depends on it, as a sentence names it («`amdal`»)."""
    match node:
        case ScalarNode(text="selalu"):
            return ALWAYS
        case MapNode(entries=entries) if entries:
            entries = _rejoined(sheet, entries, fields)
            parts = [_entry(sheet, key, value, path, fields, subject) for key, value in entries]
            return parts[0] if len(parts) == 1 else Every(tuple(parts))
        case ScalarNode(text=""):
            sheet.report(kon.NOTHING.at(node.place, what=Words("kondisi ini", "this condition")))
        case ScalarNode() | ListNode() | MapNode():
            sheet.report(kon.NOT_A_CONDITION.at(_short(node), found=described(node), advice=_joined(node)))
        case _:
            assert_never(node)
    return ALWAYS


def _rejoined(
    sheet: Sheet, entries: tuple[tuple[ScalarNode, Node], ...], fields: Mapping[str, Field]
) -> tuple[tuple[ScalarNode, Node], ...]:
    """Report keys with no colon as what they are, halves of a value that held a comma, and leave that value out."""
    kept: list[tuple[ScalarNode, Node, list[ScalarNode]]] = []
    for key, value in entries:
        if kept and key.text not in fields and is_half(key, value) and is_bare(kept[-1][1]):
            kept[-1][2].append(key)
        else:
            kept.append((key, value, []))
    for _, value, halves in kept:
        if halves and isinstance(value, ScalarNode):
            sheet.report(comma_fault(value, halves))
    return tuple((key, value) for key, value, halves in kept if not halves)


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
        if key.text in sheet.later:
            sheet.report(ANSWERED_LATER.at(key.place, subject=subject, code=key.text))
        elif key.text.split()[0] in fields and is_half(key, value):
            sheet.report(NO_COLON.at(key.place, word=key.text.split()[0]))
        elif key.text not in sheet.broken:
            advice = _known(key.text, fields)
            sheet.report(kon.UNKNOWN_FIELD.at(key.place, subject=subject, field=key.text, advice=advice))
        return ALWAYS
    sheet.mark((*path, key.text), value, key)
    return _test(sheet, value, key, field)


def _known(word: str, fields: Mapping[str, Field]) -> Words:
    if (meant := _MEANT.get(word.lower())) is not None:
        return Words(f"maksud Anda `{meant}`?", f"did you mean `{meant}`?")
    by_label = {words.lower(): f.code for f in fields.values() for words in (f.label.id, f.label.en) if words}
    if (code := by_label.get(word.lower())) is not None:
        return Words(f"maksud Anda `{code}`?", f"did you mean `{code}`?")
    whole = next((field.code for field in fields.values() if any(item.code == word for item in field.items)), None)
    if whole is not None:
        return Words(
            f"ditanyakan untuk tiap `{whole}`: hitung dalam `turunan`, `{{banyak: {whole}, yang: {{{word}: …}}}}`",
            f"it is asked for each `{whole}`: count in `turunan`, `{{banyak: {whole}, yang: {{{word}: …}}}}`",
        )
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
            parts = [_item(sheet, item, key, field) for item in items if not sheet.full]
            found = [part for part in parts if part is not None]
            return union(field, found) if found and len(found) == len(items) else ALWAYS
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
        sheet.report(text_fault(node, key, field, found))
        return ALWAYS
    return found


def _item(sheet: Sheet, node: Node, key: ScalarNode, field: Field) -> Condition | None:
    if not isinstance(node, ScalarNode) or node.block:
        sheet.report(kon.NOT_A_TEST.at(_short(node, key), found=described(node), field=field.code))
        return None
    found = parse_values(node.text, field)
    if isinstance(found, Fault):
        sheet.report(text_fault(node, key, field, found))
        return None
    return found


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
