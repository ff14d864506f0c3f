"""Typed readers of single values: each takes a node and says what it is, or what stands there instead.

Gains: a value of the kind that belongs there. Loses: how it was written. After a finding a neutral value is returned; a
file with a finding is never used, so it goes nowhere.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Mapping

from generator.finding import Place
from generator.model import Path
from generator.reading import tks_shape as tks
from generator.reading.condition_fault import is_bare, is_half
from generator.reading.sheet import Sheet
from generator.reading.tks import did_you_mean, listed
from generator.reading.tks_permit import EXCLUDED, NAME_DIFFERS
from generator.reading.tks_text import SPLIT_BY_COMMA
from generator.reading.yaml_tree import ListNode, MapNode, Node, ScalarNode
from rules.citation import Citation
from rules.duration import LONGEST, Duration, Unit
from rules.words import Words

MOST_LETTERS = 2000
RESERVED = frozenset(
    {"semua", "salah_satu", "bukan", "selalu", "selainnya", "terisi", "kosong", "ya", "tidak", "permohonan"}
    | {"tanggal_berkas", "dan", "not"}
)
_FIELD_CODE, _NAME_CODE = re.compile(r"[a-z][a-z0-9_]{0,59}"), re.compile(r"[a-z][a-z0-9-]{0,79}")
_FIELD_FORM = Words("huruf kecil, angka dan `_`, diawali huruf", "small letters, digits and `_`, a letter first")
_NAME_FORM = Words("huruf kecil, angka dan `-`, diawali huruf", "small letters, digits and `-`, a letter first")
_DURATION = re.compile(r"([0-9]{1,5}) (menit|jam kerja|hari kerja|hari kalender|bulan|tahun)")


def described(node: Node) -> Words:
    """Name what stands there, for a sentence."""
    match node:
        case ListNode():
            return Words("sebuah daftar", "a list")
        case MapNode():
            return Words("sebuah peta `kunci: nilai`", "a map of `key: value`")
        case ScalarNode(text=""):
            return Words("tempat kosong", "an empty place")
        case ScalarNode():
            return Words("satu nilai", "a single value")


def entries(
    sheet: Sheet,
    node: Node,
    path: Path,
    known: Collection[str] | None,
    required: Collection[str] = (),
    at_least: int = 0,
) -> dict[str, Node]:
    """Open a map: its values by key. None for `known` takes any key."""
    if not isinstance(node, MapNode):
        sheet.report(tks.NOT_A_MAP.at(node.place, found=described(node)))
        return {}
    if len(node.entries) < at_least:
        sheet.report(tks.NO_ITEMS.at(node.place))
    opened: dict[str, Node] = {}
    written = node.entries if known is None else _rejoined(sheet, node, known)
    for key, value in written:
        sheet.mark((*path, key.text), value, key)
        if isinstance(value, ScalarNode) and not value.text and not value.quoted:
            sheet.report(tks.NO_VALUE.at(key.place))
        opened[key.text] = value
    require(sheet, node, opened, required)
    return {key: value for key, value in opened.items() if not _is_empty(value)}


def _rejoined(sheet: Sheet, node: MapNode, known: Collection[str]) -> list[tuple[ScalarNode, Node]]:
    """Return the entries of known keys; report the others, a key that is the rest of a text as what it is."""
    kept: list[tuple[ScalarNode, Node]] = []
    halves: list[ScalarNode] = []
    for key, value in node.entries:
        if key.text in known:
            _report_split(sheet, kept, halves)
            kept.append((key, value))
        elif node.flow and kept and is_half(key, value) and is_bare(kept[-1][1]):
            halves.append(key)
        elif not sheet.full:
            otherwise = Words(f"kunci di sini: {listed(known, 30)}", f"keys here: {listed(known, 30)}")
            sheet.report(tks.UNKNOWN_KEY.at(key.place, key=key.text, advice=did_you_mean(key.text, known, otherwise)))
    _report_split(sheet, kept, halves)
    return kept


def _report_split(sheet: Sheet, kept: list[tuple[ScalarNode, Node]], halves: list[ScalarNode]) -> None:
    if halves:
        before = kept[-1][1]
        assert isinstance(before, ScalarNode)
        whole = ", ".join([before.text, *(half.text for half in halves)])
        sheet.report(SPLIT_BY_COMMA.at(before.place, whole=whole))
        halves.clear()


def require(sheet: Sheet, node: Node, opened: Mapping[str, Node], keys: Collection[str]) -> None:
    """Report each key of `keys` that is not written."""
    for key in keys:
        if key not in opened:
            sheet.report(tks.MISSING_KEY.at(_head(node), key=key))


def items(sheet: Sheet, node: Node, path: Path, at_least: int = 0) -> tuple[Node, ...]:
    """Open a list."""
    if not isinstance(node, ListNode):
        sheet.report(tks.NOT_A_LIST.at(node.place, found=described(node)))
        return ()
    if len(node.items) < at_least:
        sheet.report(tks.NO_ITEMS.at(node.place))
    for index, item in enumerate(node.items):
        sheet.mark((*path, index), item)
        if _is_empty(item):
            sheet.report(tks.NO_VALUE.at(item.place))
    return tuple(item for item in node.items if not _is_empty(item))


def scalar(sheet: Sheet, node: Node, prose: bool = False) -> ScalarNode | None:
    """Return a single value; only prose may be written as a block of text."""
    if not isinstance(node, ScalarNode):
        sheet.report(tks.NOT_A_VALUE.at(node.place, found=described(node)))
        return None
    if node.block and not prose:
        sheet.report(tks.TEXT_AS_BLOCK.at(node.place, word=node.text.strip()))
        return None
    if not node.text.strip():
        sheet.report(tks.NO_VALUE.at(node.place))
        return None
    return node


def text(sheet: Sheet, node: Node, most: int = MOST_LETTERS) -> str:
    """Read words of a person, in one language."""
    found = scalar(sheet, node, prose=True)
    if found is None:
        return ""
    if len(found.text) > most:
        sheet.report(tks.TOO_LONG.at(found.place, most=str(most), count=str(len(found.text))))
    return " ".join(found.text.split())


def words(sheet: Sheet, node: Node, path: Path) -> Words:
    """Read words shown to people: plain text, or `{id:, en:}`."""
    if not isinstance(node, MapNode):
        return Words(text(sheet, node))
    opened = entries(sheet, node, path, ("id", "en"), ("id",))
    return Words(
        text(sheet, opened["id"]) if "id" in opened else "", text(sheet, opened["en"]) if "en" in opened else None
    )


def field_code(sheet: Sheet, node: Node) -> str:
    """Read the code of a question, an option, a stage or a factor."""
    found = scalar(sheet, node)
    if found is None:
        return ""
    if _FIELD_CODE.fullmatch(found.text) is None:
        sheet.report(tks.NOT_A_CODE.at(found.place, word=found.text, advice=_FIELD_FORM))
        return ""
    if found.text in RESERVED:
        sheet.report(tks.RESERVED.at(found.place, word=found.text))
        return ""
    return found.text


def option_code(sheet: Sheet, node: ScalarNode) -> str:
    """Read the code of an option; the kinds of application use it too."""
    if _FIELD_CODE.fullmatch(node.text) is None:
        sheet.report(tks.NOT_A_CODE.at(node.place, word=node.text, advice=_FIELD_FORM))
    elif node.text in RESERVED - {"permohonan", "tanggal_berkas"}:
        sheet.report(tks.RESERVED.at(node.place, word=node.text))
    return node.text


def name_code(sheet: Sheet, node: Node) -> str:
    """Read the code of a permit, an agency, a law or a document."""
    found = scalar(sheet, node)
    if found is None:
        return ""
    if _NAME_CODE.fullmatch(found.text) is None:
        sheet.report(tks.NOT_A_CODE.at(found.place, word=found.text, advice=_NAME_FORM))
        return ""
    return found.text


def named_as_file(sheet: Sheet, opened: Mapping[str, Node], key: str, named: str) -> str:
    """Read the code a file gives itself, which is also its name."""
    if key not in opened:
        return named
    written = name_code(sheet, opened[key])
    if written and written != named:
        sheet.report(NAME_DIFFERS.at(opened[key].place, key=key, written=written, named=named))
    return written


def one_of(sheet: Sheet, node: Node, known: Collection[str], what: Words) -> str | None:
    """Read one word of a closed list."""
    found = scalar(sheet, node)
    if found is None:
        return None
    if found.text in known:
        return found.text
    otherwise = Words(f"pilih: {listed(known, 20)}", f"choose: {listed(known, 20)}")
    sheet.report(
        tks.UNKNOWN_WORD.at(found.place, word=found.text, what=what, advice=did_you_mean(found.text, known, otherwise))
    )
    return None


def date(sheet: Sheet, node: Node) -> str:
    """Read a day, YYYY-MM-DD."""
    found = scalar(sheet, node)
    if found is None:
        return ""
    if not is_date(found.text):
        sheet.report(tks.NOT_A_DATE.at(found.place, word=found.text))
        return ""
    return found.text


def is_date(written: str) -> bool:
    """Tell whether it is a day of the calendar, written as ten ASCII characters."""
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", written) is None:
        return False
    try:
        day = dt.date.fromisoformat(written)
    except ValueError:
        return False
    return 1800 <= day.year <= 2200  # a century around is a slip of the hand, and no clock counts that far


def yes(sheet: Sheet, node: Node) -> bool:
    """Read `ya` or `tidak`."""
    found = scalar(sheet, node)
    if found is None:
        return False
    if found.text not in ("ya", "tidak"):
        sheet.report(tks.NOT_YES_NO.at(found.place, word=found.text))
    return found.text == "ya"


def duration(sheet: Sheet, node: Node) -> Duration:
    """Read a length of legal time."""
    found = scalar(sheet, node)
    written = "" if found is None else " ".join(found.text.split())
    match = _DURATION.fullmatch(written)
    if match is not None and 0 < int(match[1]) <= LONGEST[Unit(match[2])]:
        return Duration(int(match[1]), Unit(match[2]))
    if found is not None and match is not None and int(match[1]) > 0:
        most = f"{LONGEST[Unit(match[2])]} {match[2]}"
        advice = Words(f"tulis paling banyak `{most}`", f"write at most `{most}`")
        sheet.report(tks.NOT_A_DURATION.at(found.place, word=found.text, advice=advice))
    elif found is not None:
        amount = re.match(r"[1-9][0-9]{0,4}\b", written)
        days = written.rstrip("s") in (f"{amount[0]} hari", f"{amount[0]} day") if amount else False
        hint = f"{amount[0] if amount else 5}"
        advice = (
            Words(
                f"tulis `{hint} hari kerja` atau `{hint} hari kalender`",
                f"write `{hint} hari kerja` or `{hint} hari kalender`",
            )
            if days
            else Words(
                f"tulis angka lalu satuannya: {listed(tuple(Unit))}",
                f"write a number, then its unit: {listed(tuple(Unit))}",
            )
        )
        sheet.report(tks.NOT_A_DURATION.at(found.place, word=found.text, advice=advice))
    return Duration(1, Unit.WORKING_DAY)


def citation(sheet: Sheet, node: Node, path: Path) -> Citation:
    """Read a pointer to the law."""
    opened = entries(sheet, node, path, ("peraturan", "pasal"), ("peraturan",))
    return Citation(
        name_code(sheet, opened["peraturan"]) if "peraturan" in opened else "",
        text(sheet, opened["pasal"], 200) if "pasal" in opened else None,
    )


def exactly_one(sheet: Sheet, opened: Mapping[str, Node], keys: tuple[str, ...], place: Place) -> str | None:
    """Return the one key of `keys` that is written."""
    written = [key for key in keys if key in opened]
    if len(written) == 1:
        return written[0]
    sheet.report(tks.BOTH_OR_NEITHER.at(place, keys=listed(keys), count=str(len(written))))
    return None


def exclude(sheet: Sheet, opened: Mapping[str, Node], path: Path, other: str, keys: Collection[str]) -> None:
    """Report each of `keys` that is written beside `other`, where `other` is written."""
    for key in keys:
        if other in opened and key in opened:
            place = sheet.at.get((*path, key), opened[key].place)
            sheet.report(EXCLUDED.at(place, key=key, other=other))


def whole(sheet: Sheet, node: Node, least: int, most: int) -> int:
    """Read a plain whole number between two bounds."""
    found = scalar(sheet, node)
    if found is None:
        return least
    if re.fullmatch(r"0|[1-9][0-9]{0,8}", found.text) is None or not least <= int(found.text) <= most:
        kind = Words(f"bilangan bulat {least} sampai {most}", f"a whole number from {least} to {most}")
        advice = Words(f"tulis angka saja, misalnya `{max(least, 1)}`", f"write digits only, such as `{max(least, 1)}`")
        sheet.report(tks.NOT_A_NUMBER.at(found.place, word=found.text, kind=kind, advice=advice))
        return least
    return int(found.text)


def _head(node: Node) -> Place:
    if isinstance(node, MapNode) and node.place.line != node.place.end_line and node.entries:
        return node.entries[0][0].place
    return node.place


def _is_empty(node: Node) -> bool:
    return isinstance(node, ScalarNode) and not node.text and not node.quoted
