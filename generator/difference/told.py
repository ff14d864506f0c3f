"""One difference as an officer reads it: a sentence, what part it is about, and whom it touches.

Gains what a reviewer of a regulation asks. Loses nothing that could be applied: that is in `change`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from rules.condition.sentence import sentence
from rules.condition.tree import Condition
from rules.field import Field
from rules.words import Words


class Part(StrEnum):
    """What a difference is about; the value is the word an officer knows it by."""

    TIME = "berlaku"
    LAW = "dasar hukum"
    QUESTIONS = "isian"
    DOCUMENTS = "syarat"
    ELIGIBILITY = "kelayakan"
    WAY = "alur"
    DEADLINES = "waktu"
    FEE = "retribusi"
    VALIDITY = "masa berlaku"
    PRODUCTS = "produk"
    STANDARD = "standar"
    WORDS = "kata-kata"
    AGENCIES = "instansi"
    TARIFFS = "tarif"
    CALENDAR = "kalender"
    REGISTER = "peraturan"
    PAPERS = "dokumen"
    TEMPLATES = "templat"
    OFFICE = "kantor"


class Weight(StrEnum):
    """What it does to people: another answer for some application, other words, or nothing but another spelling."""

    MEANING = "arti"
    WORDS = "kata"
    SPELLING = "tulisan"


@dataclass(frozen=True, slots=True)
class Told:
    """`example` is a filled form for which the answer differs, `telling` its questions that matter, `outcome` what
    comes of it; `agencies` have other work to do; `permits` are those touched by what they share."""

    part: Part
    says: Words
    weight: Weight = Weight.MEANING
    example: Mapping[str, object] | None = None
    telling: tuple[str, ...] = ()
    agencies: frozenset[str] = frozenset()
    permits: tuple[str, ...] = ()
    outcome: Words | None = None


def say(id: str, en: str, **arguments: str | int | Words) -> Words:
    """Fill a sentence in both languages."""

    def filled(words: str, lang: str) -> str:
        chosen = {
            name: (value.id if lang == "id" else value.to("en")) if isinstance(value, Words) else str(value)
            for name, value in arguments.items()
        }
        return words.format(**chosen)

    return Words(filled(id, "id"), filled(en, "en"))


def quoted(words: Words) -> Words:
    """Put a label in the marks of its language."""
    return Words(f"«{words.id}»", f"“{words.to('en')}”")


def listed(several: Iterable[Words]) -> Words:
    """Put words in a row."""
    parts = tuple(several)
    return Words(", ".join(part.id for part in parts), ", ".join(part.to("en") for part in parts))


def when(condition: Condition, fields: Mapping[str, Field]) -> Words:
    """Say a condition in both languages."""
    return Words(sentence(condition, fields, "id"), sentence(condition, fields, "en"))
