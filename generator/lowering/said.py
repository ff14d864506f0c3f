"""Pieces of a service standard: words in both languages, the condition in a sentence, the law as it is cited."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from rules.codec import Json
from rules.condition.sentence import sentence
from rules.condition.tree import ALWAYS, Always, Condition
from rules.field import Field
from rules.table import Row
from rules.words import Words

T = TypeVar("T")


def said(words: Words) -> dict[str, Json]:
    """Write words for a page in both languages, the missing translation filled in."""
    return {"id": words.id, "en": words.to("en")}


def entry(
    words: Words,
    citation: str | None = None,
    when: Condition = ALWAYS,
    fields: Mapping[str, Field] | None = None,
    note: Words | None = None,
) -> dict[str, Json]:
    """Return one entry of a component: what, by which law, and when (`because`) or in which other cases (`note`)."""
    told: dict[str, Json] = {"words": said(words)}
    if citation is not None:
        told["citation"] = citation
    if not isinstance(when, Always):
        assert fields is not None
        told["because"] = {"id": sentence(when, fields, "id"), "en": sentence(when, fields, "en")}
    if note is not None:
        told["note"] = said(note)
    return told


def row_entry(words: Words, row: Row[T], fields: Mapping[str, Field], citation: str | None = None) -> dict[str, Json]:
    """Return the entry of one row of a table."""
    if row.otherwise:
        return entry(words, citation, note=row.reason or Words("Selain itu.", "Otherwise."))
    return entry(words, citation, row.when, fields)
