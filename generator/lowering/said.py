"""Pieces of a service standard: words in both languages, the condition in a sentence, the law as it is cited."""

from __future__ import annotations

from typing import TypeVar

from rules.codec import Json
from rules.condition.sentence import sentence
from rules.condition.tree import Always, Condition
from rules.field import Field
from rules.table import Row
from rules.words import Words

T = TypeVar("T")


def said(words: Words) -> dict[str, Json]:
    """Write words for a page in both languages, the missing translation filled in."""
    return {"id": words.id, "en": words.to("en")}


def entry(words: Words, citation: str | None = None, reason: Words | None = None) -> dict[str, Json]:
    """Return one entry of a component: what, by which law, and when."""
    return {
        "words": said(words),
        **({} if citation is None else {"citation": citation}),
        **({} if reason is None else {"because": said(reason)}),
    }


def because(condition: Condition, fields: dict[str, Field]) -> Words | None:
    """Say a condition in a sentence, None where it always holds."""
    if isinstance(condition, Always):
        return None
    return Words(sentence(condition, fields, "id"), sentence(condition, fields, "en"))


def row_because(row: Row[T], fields: dict[str, Field]) -> Words | None:
    """Say when a row of a table counts."""
    if row.otherwise:
        return row.reason or Words("selain itu", "otherwise")
    return because(row.when, fields)
