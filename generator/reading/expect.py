"""Typed readers of single values: each takes a node and says what it is, or what stands there instead.

Gains: a value of the kind that belongs there. Loses: how it was written. After a finding a neutral value is returned; a
file with a finding is never used, so it goes nowhere.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Mapping

from generator.model import Path
from generator.reading import tks_shape as tks
from generator.reading.day_meant import day_meant
from generator.reading.opened import entries, scalar
from generator.reading.sheet import Sheet
from generator.reading.tks import did_you_mean, listed
from generator.reading.tks_permit import NAME_DIFFERS
from generator.reading.yaml_tree import MapNode, Node, ScalarNode
from rules.citation import Citation
from rules.duration import LONGEST, Duration, Unit
from rules.words import Words

MOST_LETTERS = 2000
RESERVED = frozenset(
    {"semua", "salah_satu", "bukan", "selalu", "selainnya", "terisi", "kosong", "ya", "tidak", "permohonan"}
    | {"tanggal_berkas", "dan", "not"}
)
_FIELD_CODE, _NAME_CODE = re.compile(r"[a-z][a-z0-9_]{0,59}"), re.compile(r"[a-z][a-z0-9-]{0,79}")
_FIELD_FORM = Words(
    "pakai huruf kecil, angka dan `_`, diawali huruf", "use small letters, digits and `_`, a letter first"
)
_NAME_FORM = Words(
    "pakai huruf kecil, angka dan `-`, diawali huruf", "use small letters, digits and `-`, a letter first"
)
_DURATION = re.compile(r"([0-9]{1,5}) (menit|jam kerja|hari kerja|hari kalender|bulan|tahun)")


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
    code = _code(sheet, node, _FIELD_CODE, _FIELD_FORM)
    if code in RESERVED:
        sheet.report(tks.RESERVED.at(node.place, word=code))
        return ""
    return code


def option_code(sheet: Sheet, node: ScalarNode) -> str:
    """Read the code of an option; the kinds of application use it too."""
    if _FIELD_CODE.fullmatch(node.text) is None:
        advice = _code_meant(node.text, "_", _FIELD_CODE, _FIELD_FORM)
        sheet.report(tks.NOT_A_CODE.at(node.place, word=node.text, advice=advice))
    elif node.text in RESERVED - {"permohonan", "tanggal_berkas"}:
        sheet.report(tks.RESERVED.at(node.place, word=node.text))
    return node.text


def name_code(sheet: Sheet, node: Node) -> str:
    """Read the code of a permit, an agency, a law or a document."""
    return _code(sheet, node, _NAME_CODE, _NAME_FORM)


def _code(sheet: Sheet, node: Node, form: re.Pattern[str], advice: Words) -> str:
    found = scalar(sheet, node)
    if found is None:
        return ""
    if form.fullmatch(found.text) is None:
        joined = _code_meant(found.text, "_" if form is _FIELD_CODE else "-", form, advice)
        sheet.report(tks.NOT_A_CODE.at(found.place, word=found.text, advice=joined))
        return ""
    return found.text


def _code_meant(written: str, sign: str, form: re.Pattern[str], usual: Words) -> Words:
    """Offer the same code in small letters and with the joining sign of its kind, where that is one."""
    code = re.sub(r"[ _-]+", sign, written.strip().lower())
    return Words(f"tulis `{code}`; {usual.id}", f"write `{code}`; {usual.to('en')}") if form.fullmatch(code) else usual


FILE, FOLDER = Words("berkas", "file"), Words("folder", "folder")


def named_as(sheet: Sheet, opened: Mapping[str, Node], key: str, named: str, what: Words = FILE) -> str:
    """Read the code that a file gives itself, which is also its name or that of its folder."""
    if key not in opened:
        return named
    written = name_code(sheet, opened[key])
    if written and written != named:
        sheet.report(NAME_DIFFERS.at(opened[key].place, key=key, written=written, named=named, what=what))
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
        sheet.report(tks.NOT_A_DATE.at(found.place, word=found.text, advice=day_meant(found.text)))
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
        sheet.report(tks.NOT_A_DURATION.at(found.place, word=found.text, advice=_as_duration(written)))
    return Duration(1, Unit.WORKING_DAY)


def _as_duration(written: str) -> Words:
    """Say how a length of time is written, as close to `written` as can be told."""
    if re.match(r"[0-9]+[.,][0-9]+ |setengah ", written):
        return Words(
            "tulis dalam satuan yang lebih kecil: setengah hari adalah `4 jam kerja`",
            "write it in a smaller unit: half a day is `4 jam kerja`",
        )
    amount = re.match(r"[1-9][0-9]{0,4}\b", written)
    if amount and written.rstrip("s") in (f"{amount[0]} hari", f"{amount[0]} day"):
        days, calendar = f"`{amount[0]} hari kerja`", f"`{amount[0]} hari kalender`"
        return Words(f"tulis {days} atau {calendar}", f"write {days} or {calendar}")
    units = listed(tuple(Unit))
    return Words(f"tulis angka lalu satuannya: {units}", f"write a number, then its unit: {units}")


def citation(sheet: Sheet, node: Node, path: Path) -> Citation:
    """Read a pointer to the law."""
    opened = entries(sheet, node, path, ("peraturan", "pasal"), ("peraturan",))
    return Citation(
        name_code(sheet, opened["peraturan"]) if "peraturan" in opened else "",
        text(sheet, opened["pasal"], 200) if "pasal" in opened else None,
    )


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
