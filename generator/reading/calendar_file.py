"""`kalender/<tahun>.yaml`: the days off of one year, each with its decree."""

from __future__ import annotations

from dataclasses import dataclass

from generator.reading import tks_permit as tks
from generator.reading.expect import FILE, date, name_code, text, whole, words
from generator.reading.opened import entries, items
from generator.reading.sheet import Sheet
from generator.reading.tks import did_you_mean, listed
from generator.reading.unique import once
from generator.reading.yaml_tree import Node
from rules.city import Holiday
from rules.words import Words

KEYS = ("tahun", "keputusan", "libur", "cuti_bersama")


@dataclass(frozen=True, slots=True)
class Year:
    """One decreed year."""

    year: int
    holidays: tuple[Holiday, ...]


def calendar_file(sheet: Sheet, node: Node, named: str) -> Year:
    """Read the tree of one year's calendar."""
    opened = entries(sheet, node, (), KEYS, ("tahun", "keputusan"))
    year = whole(sheet, opened["tahun"], 1900, 2200) if "tahun" in opened else 1900
    if "tahun" in opened and str(year) != named:
        place = opened["tahun"].place
        sheet.report(tks.NAME_DIFFERS.at(place, key="tahun", written=str(year), named=named, what=FILE))
    decrees = _decrees(sheet, opened["keputusan"]) if "keputusan" in opened else {}
    holidays: list[Holiday] = []
    for kind in ("libur", "cuti_bersama"):
        for index, each in enumerate(items(sheet, opened[kind], (kind,)) if kind in opened else ()):
            holiday = _holiday(sheet, each, (kind, index), kind, decrees, year)
            if holiday is not None:
                day = sheet.at[(kind, index, "tanggal")]
                if any(other.date == holiday.date for other in holidays):
                    sheet.report(tks.WRITTEN_TWICE.at(day, code=holiday.date))
                holidays.append(holiday)
    return Year(year, tuple(sorted(holidays, key=lambda holiday: holiday.date)))


def _decrees(sheet: Sheet, node: Node) -> dict[str, tuple[str, str]]:
    """Return the title and the date of each decree, by its code."""
    found: dict[str, tuple[str, str]] = {}
    for index, each in enumerate(items(sheet, node, ("keputusan",), at_least=1)):
        keys = ("kode", "judul", "ditetapkan")
        opened = entries(sheet, each, ("keputusan", index), keys, keys)
        if len(opened) == len(keys):
            title = text(sheet, opened["judul"], 300)
            code = once(sheet, opened["kode"], name_code(sheet, opened["kode"]), found)
            found[code] = (title, date(sheet, opened["ditetapkan"]))
    return found


def _holiday(
    sheet: Sheet, node: Node, at: tuple[str | int, ...], kind: str, decrees: dict[str, tuple[str, str]], year: int
) -> Holiday | None:
    keys = ("tanggal", "nama", "keputusan")
    opened = entries(sheet, node, at, keys, keys)
    if len(opened) != len(keys):
        return None
    day, decree = date(sheet, opened["tanggal"]), name_code(sheet, opened["keputusan"])
    name = words(sheet, opened["nama"], (*at, "nama"))
    if day and not day.startswith(f"{year}-"):
        sheet.report(tks.OTHER_YEAR.at(opened["tanggal"].place, day=day, year=str(year), other=day[:4]))
    if decree and decree not in decrees:
        known = tuple(decrees)
        otherwise = Words(f"keputusan yang ada: {listed(known)}", f"decrees there are: {listed(known)}")
        advice = did_you_mean(decree, known, otherwise)
        sheet.report(tks.UNKNOWN_DECREE.at(opened["keputusan"].place, code=decree, advice=advice))
    title, decreed = decrees.get(decree, (decree, ""))
    return Holiday(day, name, kind, title, decreed)
