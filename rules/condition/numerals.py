"""Values as people write them, in Bahasa Indonesia and English: 5.000 m², Rp5.000.000, 14 Agustus 2026."""

from __future__ import annotations

from decimal import Decimal

from rules.kind import Kind
from rules.words import Lang

MONTHS = {
    "id": (
        "Januari", "Februari", "Maret", "April", "Mei", "Juni",
        "Juli", "Agustus", "September", "Oktober", "November", "Desember",
    ),
    "en": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
}  # fmt: skip


def number_words(value: int | Decimal, lang: Lang) -> str:
    """Write a number: points for thousands and a comma for decimals in Bahasa Indonesia, no closing noughts."""
    text = f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.translate(str.maketrans(",.", ".,")) if lang == "id" else text


def date_words(day: str, lang: Lang) -> str:
    """Write a date YYYY-MM-DD in words."""
    year, month, number = day.split("-")
    return f"{int(number)} {MONTHS[lang][int(month) - 1]} {year}"


def amount_words(value: int | Decimal, kind: Kind, unit: str | None, lang: Lang) -> str:
    """Write a number of this kind with what it counts."""
    if kind is Kind.MONEY:
        return f"-Rp{number_words(-value, lang)}" if value < 0 else f"Rp{number_words(value, lang)}"
    return f"{number_words(value, lang)} {unit_words(unit)}" if unit else number_words(value, lang)


def unit_words(unit: str) -> str:
    """Write a unit as it is printed: m2 becomes m²."""
    return unit[:-1] + {"2": "²", "3": "³"}[unit[-1]] if unit[-1:] in {"2", "3"} and unit[:-1].isalpha() else unit
