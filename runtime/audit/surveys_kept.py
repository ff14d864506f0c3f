"""Surveys: as many forms are counted as cases were asked, and each form answers every element once (I18)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select

from rules.satisfaction import ELEMENTS
from runtime.audit.audited import Audited
from runtime.audit.breach import Breach
from runtime.cases.journal_tables import case_file, event
from runtime.clock import from_text
from runtime.public.surveys import DECLINED, FILLED
from runtime.public.tables import survey_count


def of_city(audited: Audited, daerah: str) -> Iterator[Breach]:
    """Compare what is counted of each permit and month with what its cases tell."""
    city = audited.releases.current.cities.get(daerah)
    if city is None:
        return
    asked = _asked(audited, daerah, ZoneInfo(city.city.zone))
    counted: dict[tuple[str, str], dict[str, int]] = {}
    columns = survey_count.c.permit, survey_count.c.month, survey_count.c.what, survey_count.c.times
    for permit, month, what, times in audited.rows(select(*columns).where(survey_count.c.daerah == daerah)):
        assert isinstance(times, int)
        sums = counted.setdefault((str(permit), str(month)), {})
        sums[str(what)] = sums.get(str(what), 0) + times
    for key in sorted(asked.keys() | counted.keys()):
        sums, subject = counted.get(key, {}), " ".join(key)
        filled = sums.get(FILLED, 0)
        if filled + sums.get(DECLINED, 0) != asked.get(key, 0):
            yield Breach("I18", daerah, subject, f"{asked.get(key, 0)} were asked, {filled} have answered")
        uneven = [one.number for one in ELEMENTS if sums.get(f"u{one.number}", 0) != filled]
        if uneven:
            yield Breach("I18", daerah, subject, f"elements {uneven} were not answered {filled} times")


def _asked(audited: Audited, daerah: str, zone: ZoneInfo) -> dict[tuple[str, str], int]:
    """Return how many cases were asked, by permit and month in the city."""
    query = select(case_file.c.permit, event.c.at).where(
        event.c.daerah == daerah,
        event.c.kind == "Surveyed",
        case_file.c.daerah == event.c.daerah,
        case_file.c.nomor == event.c.nomor,
    )
    found: dict[tuple[str, str], int] = {}
    for permit, at in audited.rows(query):
        moment: datetime = from_text(str(at))
        key = str(permit), f"{moment.astimezone(zone):%Y-%m}"
        found[key] = found.get(key, 0) + 1
    return found
