"""An answer as it is shown for reading over: formatted, options by their labels, items of a `daftar` numbered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import assert_never

from rules.field import Field
from rules.kind import Facts, Kind, Value
from rules.printed import printed_date, printed_number, printed_rupiah, printed_unit
from runtime.citizen.fault import mark
from runtime.voice import Voice

YES, NO = mark("Ya"), mark("Tidak")


def said_answers(
    fields: Iterable[Field], facts: Facts, hidden: Iterable[str], voice: Voice
) -> Iterator[tuple[str, str | None]]:
    """Yield label and answer of each question that applies, None where it was left empty."""
    left_out = set(hidden)
    for field in fields:
        if field.code not in left_out:
            value = facts.get(field.code)
            yield field.label.to(voice.lang), None if value is None else said_answer(field, value, voice)


def said_answer(field: Field, value: Value, voice: Voice) -> str:
    """Say one answer."""
    match field.kind:
        case Kind.MONEY:
            return printed_rupiah(value, voice.lang) if isinstance(value, int | Decimal) else str(value)
        case Kind.INTEGER | Kind.DECIMAL:
            assert isinstance(value, int | Decimal)
            return printed_number(value, voice.lang) + (f" {printed_unit(field.unit)}" if field.unit else "")
        case Kind.DATE:
            return printed_date(str(value), voice.lang)
        case Kind.YES_NO:
            return voice.say(YES if value else NO)
        case Kind.CHOICE:
            return _label(field, str(value), voice)
        case Kind.CHOICES:
            assert isinstance(value, tuple)
            return ", ".join(_label(field, str(code), voice) for code in value)
        case Kind.LIST:
            assert isinstance(value, tuple)
            items = (_item(field, item, voice) for item in value if isinstance(item, Mapping))
            return "\n".join(f"{number}. {said}" for number, said in enumerate(items, start=1))
        case Kind.TEXT | Kind.NIK | Kind.NPWP | Kind.NIB | Kind.PHONE | Kind.EMAIL | Kind.ADDRESS | Kind.COORDINATE:
            return str(value)
        case _:
            assert_never(field.kind)


def _item(field: Field, item: Mapping[str, Value], voice: Voice) -> str:
    known = [one for one in field.items if one.code in item]
    return "; ".join(f"{one.label.to(voice.lang)}: {said_answer(one, item[one.code], voice)}" for one in known)


def _label(field: Field, code: str, voice: Voice) -> str:
    return next((option.label.to(voice.lang) for option in field.options if option.code == code), code)
