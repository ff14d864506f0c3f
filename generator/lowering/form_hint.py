"""What stands under the label of a question: the officer's help, what its kind asks for, and its bounds."""

from __future__ import annotations

from decimal import Decimal

from generator.lowering.form_words import BETWEEN, DATE_BETWEEN, DATE_FROM, DATE_UNTIL, FROM, HINTS, ITEMS, UNTIL
from rules.field import Field
from rules.kind import NUMBERS, Kind
from rules.printed import printed_date, printed_number, printed_unit
from rules.words import Lang, Words


def hints(field: Field, lang: Lang) -> list[str]:
    """Say the officer's help, what the kind asks for, and the bounds."""
    said = [field.help.to(lang)] if field.help is not None else []
    if field.kind in HINTS:
        said.append(HINTS[field.kind].to(lang))
    words: tuple[Words, Words, Words] = (FROM, UNTIL, BETWEEN)
    least, most = _bound(field, field.minimum, lang), _bound(field, field.maximum, lang)
    if field.kind is Kind.DATE:
        words = (DATE_FROM, DATE_UNTIL, DATE_BETWEEN)
    elif field.kind is Kind.LIST:
        least, words = None, (ITEMS, ITEMS, ITEMS)
    elif field.kind in NUMBERS and field.minimum == 0:
        least = None  # nobody means a negative area
    if least or most:
        said.append(words[2 if least and most else 0 if least else 1].to(lang).format(least=least, most=most))
    return said


def _bound(field: Field, value: int | Decimal | str | bool | None, lang: Lang) -> str | None:
    match value:
        case None | bool():
            return None
        case str():
            return printed_date(value, lang) if field.kind is Kind.DATE else None
        case _:
            before = "Rp" if field.kind is Kind.MONEY else ""
            after = f" {printed_unit(field.unit)}" if field.unit and field.kind in NUMBERS else ""
            return f"{before}{printed_number(value, lang)}{after}"
