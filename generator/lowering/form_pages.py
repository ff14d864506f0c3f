"""The pages of a permit's form, written once at build time for each language.

Gains: a request only joins strings. Loses: the questions' definitions; what is shown, typed and at fault is filled into
the holes that `generator.lowering.form_part` names. `pages.json` is
`{"id": [page, …], "en": [page, …]}`, a page `{"title", "fields", "parts"}`.
"""

from __future__ import annotations

from generator.lowering.form_part import Part, Setting, joined
from generator.lowering.form_question import question
from rules.codec import Json
from rules.field import Field, Section
from rules.permit import Permit
from rules.words import Lang, Words

APPLICATION = "permohonan"
_FIRST = Words("Permohonan", "Application")


def form_pages(permit: Permit) -> dict[str, Json]:
    """Write the pages of the form in both languages."""
    return {"id": _pages(permit, "id"), "en": _pages(permit, "en")}


def sections(permit: Permit) -> tuple[Section, ...]:
    """Return the pages of the form with the questions on each. A question that no section names goes on the first
    page; the kind of application is not asked where there is only one."""
    named = {code for section in permit.sections for code in section.fields}
    single = len(permit.applications) <= 1
    asked = [field.code for field in permit.fields if not (single and field.code == APPLICATION)]
    homeless = tuple(code for code in asked if code not in named)
    placed = [
        Section(section.title, tuple(code for code in section.fields if code in set(asked)))
        for section in permit.sections
    ]
    placed = [section for section in placed if section.fields]
    if not homeless:
        return tuple(placed)
    if not placed:
        return (Section(_FIRST, homeless),)
    return (Section(placed[0].title, homeless + placed[0].fields), *placed[1:])


def _pages(permit: Permit, lang: Lang) -> list[Json]:
    fields = {field.code: field for field in permit.fields}
    served = {derived.code for derived in permit.derived} | {
        derived.code for field in permit.fields for derived in field.derived
    }
    return [_page(section, fields, Setting(lang, served)) for section in sections(permit)]


def _page(section: Section, fields: dict[str, Field], setting: Setting) -> Json:
    parts: list[Part] = []
    for code in section.fields:
        parts += question(fields[code], setting)
    codes: list[Json] = list(section.fields)
    together: list[Json] = [*joined(parts)]
    return {"title": section.title.to(setting.lang), "fields": codes, "parts": together}
