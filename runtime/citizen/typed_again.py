"""An answer that was filed, as its applicant would type it again: what `as_written` understands as that same answer.

Gains a form that shows what was filed; numbers and dates are written as in Bahasa Indonesia in every language, which is
read in all of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import assert_never

from rules.field import Field
from rules.kind import Kind
from rules.printed import printed_date, printed_number
from runtime.citizen.typed import Entry, Item


def typed_again(field: Field, answer: object) -> Entry | list[Item]:
    """Return what to show in a question's control; nothing where there is no answer."""
    if field.kind is Kind.LIST:
        items = answer if isinstance(answer, list | tuple) else ()
        return [_item(field, item) for item in items if isinstance(item, Mapping)]
    return _entry(field, answer)


def _item(field: Field, item: Mapping[str, object]) -> Item:
    return {question.code: _entry(question, item.get(question.code)) for question in field.items}


def _entry(field: Field, answer: object) -> Entry:
    match field.kind:
        case Kind.CHOICES:
            return [str(code) for code in answer] if isinstance(answer, list | tuple) else []
        case _ if answer is None:
            return ""
        case Kind.YES_NO:
            return "ya" if answer is True else "tidak"
        case Kind.INTEGER | Kind.MONEY | Kind.DECIMAL:
            return printed_number(answer, "id") if isinstance(answer, int | Decimal) else str(answer)
        case Kind.DATE:
            return printed_date(str(answer), "id")
        case Kind.CHOICE | Kind.TEXT | Kind.NIK | Kind.NPWP | Kind.NIB | Kind.PHONE | Kind.EMAIL | Kind.ADDRESS:
            return str(answer)
        case Kind.COORDINATE:
            return str(answer)
        case Kind.LIST:
            raise AssertionError(f"{field.code}: no list stands in a list")
        case _:
            assert_never(field.kind)
