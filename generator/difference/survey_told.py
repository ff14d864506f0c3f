"""What differs in the survey of satisfaction, of a city or of a permit."""

from __future__ import annotations

from collections.abc import Iterator

from generator.difference.pair import NOTHING, changed
from generator.difference.told import Part, Told
from rules.cited import cited
from rules.city import City, Survey
from rules.words import Words

SURVEY = Words("survei kepuasan sebelum surat diunduh", "the survey before the letter is fetched")


def survey_told(before: Survey | None, after: Survey | None, old: City, new: City) -> Iterator[Told]:
    """Tell another survey."""
    yield changed(Part.WAY, SURVEY, _said(before, old), _said(after, new))


def _said(survey: Survey | None, city: City) -> Words:
    if survey is None:
        return NOTHING
    if not survey.before_download:
        return Words("tidak diminta", "not asked for")
    law = "" if survey.citation is None else f" ({cited(survey.citation, city)})"
    return Words(f"diminta{law}", f"asked for{law}")
