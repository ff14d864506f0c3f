"""Questions as YAML: `isian` of a permit, of a shared group, of a reviewer, and of the items of a `daftar`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from generator.finding import Label, Place, Said
from generator.model import Path
from generator.reading import tks_permit as tks
from generator.reading.amount import literal
from generator.reading.condition_entry import condition
from generator.reading.derived_entry import derived_entries
from generator.reading.expect import field_code, one_of, option_code, text, whole, words, yes
from generator.reading.opened import entries, items, require
from generator.reading.sheet import Sheet
from generator.reading.yaml_tree import MapNode, Node, ScalarNode
from rules.condition.tree import Always, Condition, Every
from rules.field import Field, Option
from rules.kind import NUMBERS, ORDERED, TEXTS, Kind, Scalar
from rules.words import Words

KEYS = (
    "kode", "label", "jenis", "pilihan", "digit", "satuan", "minimal", "maksimal", "panjang", "opsional",
    "tampil_bila", "bantuan", "isian", "turunan",
)  # fmt: skip
KIND = Words("jenis isian", "kind of field")
_ONLY_FOR = {
    "pilihan": frozenset({Kind.CHOICE, Kind.CHOICES}),
    "digit": frozenset({Kind.DECIMAL}),
    "satuan": NUMBERS,
    "minimal": ORDERED | {Kind.LIST},
    "maksimal": ORDERED | {Kind.LIST},
    "panjang": TEXTS,
    "isian": frozenset({Kind.LIST}),
    "turunan": frozenset({Kind.LIST}),
}
_NEEDED = {
    Kind.CHOICE: ("pilihan",),
    Kind.CHOICES: ("pilihan",),
    Kind.DECIMAL: ("digit",),
    Kind.LIST: ("isian",),
}
FIRST = Said(Words("dipakai pertama di sini", "first used here"))
MOST_DIGITS, MOST_LENGTH, MOST_ITEMS = 9, 10_000, 1000


@dataclass(frozen=True, slots=True)
class Question:
    """A field whose conditions wait until every name is known."""

    field: Field
    path: Path
    place: Place
    shown_when: Node | None = None
    counts: Node | None = None  # the `turunan` of a `daftar`


_AMONG = {"jenis": Words(f": {', '.join(Kind)}")}


def question(sheet: Sheet, node: Node, parent: Path, place_under: str = "isian") -> Question | None:
    """Read one field; None when its code or kind cannot be told."""
    if not isinstance(node, MapNode):
        entries(sheet, node, parent, KEYS)
        return None
    raw = {key.text: value for key, value in node.entries}
    code = field_code(sheet, raw["kode"]) if "kode" in raw else ""
    path = (*parent, place_under, code)
    opened = entries(sheet, node, path, KEYS)
    require(sheet, node, opened, ("kode", "label", "jenis"), _AMONG)
    if "kode" in raw:
        sheet.mark(path, raw["kode"])
    kind_word = one_of(sheet, opened["jenis"], tuple(Kind), KIND) if "jenis" in opened else None
    if not code or kind_word is None:
        if "kode" in raw and isinstance(raw["kode"], ScalarNode):
            sheet.broken.add(raw["kode"].text)
        return None
    kind = Kind(kind_word)
    before = len(sheet.findings)
    for key, kinds in _ONLY_FOR.items():
        if key in opened and kind not in kinds:
            sheet.report(tks.KEY_FOR_OTHER_KIND.at(sheet.at[(*path, key)], key=key, kind=kind.value))
            opened.pop(key)
    require(sheet, node, opened, _NEEDED.get(kind, ()))
    label = words(sheet, opened["label"], (*path, "label")) if "label" in opened else Words("")
    field = Field(
        code,
        kind,
        label,
        options=options(sheet, opened["pilihan"], (*path, "pilihan")) if "pilihan" in opened else (),
        unit=text(sheet, opened["satuan"], 20) if "satuan" in opened else None,
        digits=whole(sheet, opened["digit"], 0, MOST_DIGITS) if "digit" in opened else 0,
        length=whole(sheet, opened["panjang"], 1, MOST_LENGTH) if "panjang" in opened else None,
        optional=yes(sheet, opened["opsional"]) if "opsional" in opened else False,
        help=words(sheet, opened["bantuan"], (*path, "bantuan")) if "bantuan" in opened else None,
    )
    field = _bounded(sheet, opened, field, path)
    if kind is Kind.LIST and "isian" in opened:
        field = replace(field, items=_items(sheet, opened["isian"], path))
    if len(sheet.findings) > before:
        sheet.broken.add(code)
    return Question(field, path, raw["kode"].place, opened.get("tampil_bila"), opened.get("turunan"))


def options(sheet: Sheet, node: Node, path: Path) -> tuple[Option, ...]:
    """Read the options of a choice: `kode: Label`."""
    opened = entries(sheet, node, path, None, at_least=1)
    if isinstance(node, MapNode):
        for key, _ in node.entries:
            option_code(sheet, key)
    return tuple(Option(code, words(sheet, value, (*path, code))) for code, value in opened.items())


def settled(sheet: Sheet, found: Question, scope: Mapping[str, Field]) -> Field:
    """Read the conditions of a question, now that `scope` holds every name."""
    field = found.field
    if found.shown_when is not None:
        when = condition(sheet, found.shown_when, (*found.path, "tampil_bila"), scope, f"`{field.code}`")
        # A question of a shared group has both its own condition and that of the line that reads the group.
        field = replace(field, shown_when=both(when, field.shown_when))
    if found.counts is not None:
        inner = {item.code: item for item in field.items}
        derived = derived_entries(sheet, found.counts, (*found.path, "turunan"), inner)
        field = replace(field, derived=derived)
    return field


def questions(sheet: Sheet, node: Node, parent: Path, place_under: str) -> tuple[Question, ...]:
    """Read a plain list of fields, as reviewers have."""
    found = [question(sheet, item, parent, place_under) for item in items(sheet, node, (*parent, place_under))]
    return tuple(each for each in found if each is not None)


def _items(sheet: Sheet, node: Node, path: Path) -> tuple[Field, ...]:
    found = questions(sheet, node, path, "isian")
    scope = {each.field.code: each.field for each in found}
    once(sheet, found)
    for each in found:
        if each.field.kind is Kind.LIST:
            sheet.report(tks.LIST_IN_LIST.at(each.place, code=each.field.code))
    return tuple(settled(sheet, each, scope) for each in found)


def once(sheet: Sheet, found: tuple[Question, ...]) -> None:
    """Report a code that is used again."""
    first: dict[str, Place] = {}
    for each in found:
        if each.field.code in first:
            earlier = Label(first[each.field.code], FIRST)
            sheet.report(tks.WRITTEN_TWICE.at(each.place, earlier, code=each.field.code))
        first.setdefault(each.field.code, each.place)


def _bounded(sheet: Sheet, opened: Mapping[str, Node], field: Field, path: Path) -> Field:
    """Read `minimal` and `maksimal`: numbers and dates by their kind, a `daftar` by its count of items."""
    low: Scalar | None
    high: Scalar | None
    if field.kind is Kind.LIST:
        low = whole(sheet, opened["minimal"], 0, MOST_ITEMS) if "minimal" in opened else None
        high = whole(sheet, opened["maksimal"], 1, MOST_ITEMS) if "maksimal" in opened else None
    else:
        low = literal(sheet, opened["minimal"], field) if "minimal" in opened else None
        high = literal(sheet, opened["maksimal"], field) if "maksimal" in opened else None
    if low is not None and high is not None and _past(low, high):
        sheet.report(tks.BOUNDS_CROSSED.at(sheet.at[(*path, "minimal")], low=str(low), high=str(high)))
    return replace(field, minimum=low, maximum=high)


def _past(low: Scalar, high: Scalar) -> bool:
    if isinstance(low, str) or isinstance(high, str):
        return str(low) > str(high)
    return low > high


def both(first: Condition, second: Condition) -> Condition:
    """Return what holds when both do."""
    if isinstance(first, Always):
        return second
    return first if isinstance(second, Always) else Every((first, second))
