"""`daerah.yaml`: what a city is called, where its office is, and when it is open."""

from __future__ import annotations

import re
from dataclasses import dataclass
from zoneinfo import available_timezones

from generator.reading import tks_permit, tks_shape
from generator.reading.expect import FOLDER, name_code, text, words
from generator.reading.opened import entries, items, scalar
from generator.reading.permit_file import STANDARD
from generator.reading.sheet import Sheet
from generator.reading.survey_entry import survey
from generator.reading.yaml_tree import Node
from rules.city import Opening, Survey
from rules.words import Words

KEYS = ("daerah", "nama", "kantor", "zona", "jam_kerja", "kop", "kontak", "standar", "skm")
DAYS = ("senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu")
_SPAN = re.compile(r"([01][0-9]|2[0-3])[.:]([0-5][0-9]) ?[-–] ?([01][0-9]|2[0-4])[.:]([0-5][0-9])")


@dataclass(frozen=True, slots=True)
class Office:
    """What `daerah.yaml` says. `standard`: the components of a service standard that are the same for every permit."""

    code: str
    name: Words
    office: Words
    zone: str
    openings: tuple[Opening, ...]
    letterhead: tuple[str, ...]
    contact: Words | None
    standard: tuple[tuple[str, Words], ...] = ()
    survey: Survey | None = None


def city_file(sheet: Sheet, node: Node, folder: str) -> Office:
    """Read the tree of `daerah.yaml`."""
    opened = entries(sheet, node, (), KEYS, ("daerah", "nama", "kantor", "zona", "jam_kerja"))
    code = name_code(sheet, opened["daerah"]) if "daerah" in opened else ""
    if code and code != folder:
        place = opened["daerah"].place
        sheet.report(tks_permit.NAME_DIFFERS.at(place, key="daerah", written=code, named=folder, what=FOLDER))
    zone = scalar(sheet, opened["zona"]) if "zona" in opened else None
    if zone is not None and zone.text not in available_timezones():
        sheet.report(tks_permit.ZONE.at(zone.place, word=zone.text))
    return Office(
        code,
        words(sheet, opened["nama"], ("nama",)) if "nama" in opened else Words(""),
        words(sheet, opened["kantor"], ("kantor",)) if "kantor" in opened else Words(""),
        zone.text if zone is not None else "UTC",
        _openings(sheet, opened["jam_kerja"]) if "jam_kerja" in opened else (),
        tuple(text(sheet, each, 200) for each in items(sheet, opened["kop"], ("kop",))) if "kop" in opened else (),
        words(sheet, opened["kontak"], ("kontak",)) if "kontak" in opened else None,
        _standard(sheet, opened["standar"]) if "standar" in opened else (),
        survey(sheet, opened["skm"], ("skm",)) if "skm" in opened else None,
    )


def _standard(sheet: Sheet, node: Node) -> tuple[tuple[str, Words], ...]:
    opened = entries(sheet, node, ("standar",), STANDARD)
    return tuple((key, words(sheet, value, ("standar", key))) for key, value in opened.items())


def _openings(sheet: Sheet, node: Node) -> tuple[Opening, ...]:
    found: list[Opening] = []
    for day, value in entries(sheet, node, ("jam_kerja",), DAYS, at_least=1).items():
        written = scalar(sheet, value)
        if written is None:
            continue
        closed_until = 0
        for part in written.text.split(","):
            match = _SPAN.fullmatch(part.strip())
            opens = int(match[1]) * 60 + int(match[2]) if match else 0
            closes = int(match[3]) * 60 + int(match[4]) if match else 0
            if not closed_until <= opens < closes <= 24 * 60:
                sheet.report(tks_shape.NOT_A_TIME.at(written.place, word=part.strip() or written.text))
                break
            found.append(Opening(DAYS.index(day), opens, closes))
            closed_until = closes
    return tuple(sorted(found, key=lambda opening: (opening.weekday, opening.opens)))
