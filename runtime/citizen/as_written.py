"""An answer as it was typed to what it means, or to what is not right with it.

Gains values of the kinds of `rules.kind`; loses how it was typed, which the draft keeps.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import assert_never

from rules.condition.presence import BLANKS, missing
from rules.field import Field
from rules.kind import Kind, Scalar
from rules.printed import printed_date, printed_number, printed_rupiah, printed_unit
from rules.words import Lang
from runtime.cases.clean_text import strange_signs
from runtime.citizen.fault import Fault, mark
from runtime.citizen.typed import Entry, Item, Typed
from runtime.citizen.written_date import read_date
from runtime.citizen.written_identity import (
    read_coordinate,
    read_email,
    read_nib,
    read_nik,
    read_npwp,
    read_phone,
)
from runtime.citizen.written_number import read_number

Answer = int | Decimal | str | bool | list[str] | list[dict[str, "Answer"]]
Answers = dict[str, Answer]

STRANGE = mark("ada tanda yang tidak terlihat di jawaban ini; hapus lalu ketik ulang")
NOT_AN_OPTION = mark("pilih dari yang tersedia")
TOO_LONG = mark("paling banyak {most} huruf; sekarang {count}")
TOO_LITTLE = mark("paling sedikit {least}")
TOO_MUCH = mark("paling banyak {most}")
TOO_EARLY = mark("paling awal {least}")
TOO_LATE = mark("paling akhir {most}")
TOO_FEW_ITEMS = mark("paling sedikit {least}; sekarang {count}")
TOO_MANY_ITEMS = mark("paling banyak {most}; sekarang {count}")

LENGTHS = {Kind.TEXT: 200, Kind.ADDRESS: 500}
ITEMS_AT_MOST = 50
_IDENTITIES: Mapping[Kind, Callable[[str], str | Fault]] = {
    Kind.NIK: read_nik,
    Kind.NPWP: read_npwp,
    Kind.NIB: read_nib,
    Kind.PHONE: read_phone,
    Kind.EMAIL: read_email,
    Kind.COORDINATE: read_coordinate,
}


def understand(fields: tuple[Field, ...], typed: Typed, lang: Lang) -> tuple[Answers, dict[str, Fault]]:
    """Understand everything that was typed: answers as JSON values, and faults by the name of their control."""
    answers: Answers = {}
    faults: dict[str, Fault] = {}
    for field in fields:
        entry = typed.get(field.code)
        if entry is None:
            continue
        if field.kind is Kind.LIST:
            items = [item for item in entry if isinstance(item, dict)]
            answers[field.code] = list(_items(field, items, lang, faults))
            faults.update(_too_few_or_many(field, items))
        else:
            read = understood(field, entry, lang)
            if isinstance(read, Fault):
                faults[field.code] = read
            elif read is not None:
                answers[field.code] = read
    return answers, faults


def understood(field: Field, entry: Entry | list[Item], lang: Lang) -> Answer | Fault | None:
    """Understand one answer that is no `daftar`; None where there is none."""
    if isinstance(entry, list):
        texts = [text for text in entry if isinstance(text, str) and text]
        codes = [option.code for option in field.options]
        if field.kind is not Kind.CHOICES or any(text not in codes for text in texts):
            return Fault(NOT_AN_OPTION)
        return [code for code in codes if code in texts] or None
    if missing(visible(entry)):
        return None
    match field.kind:
        case Kind.CHOICE:
            return entry if any(entry == option.code for option in field.options) else Fault(NOT_AN_OPTION)
        case Kind.CHOICES:
            return understood(field, [entry], lang)
        case Kind.YES_NO:
            return entry == "ya" if entry in {"ya", "tidak"} else Fault(NOT_AN_OPTION)
        case Kind.INTEGER | Kind.MONEY | Kind.DECIMAL:
            return _number(field, entry, lang)
        case Kind.DATE:
            return _date(field, entry, lang)
        case Kind.TEXT | Kind.ADDRESS:
            return _text(field, entry)
        case Kind.NIK | Kind.NPWP | Kind.NIB | Kind.PHONE | Kind.EMAIL | Kind.COORDINATE:
            return _IDENTITIES[field.kind](visible(entry))
        case Kind.LIST:
            raise AssertionError(field.code)
        case _:
            assert_never(field.kind)


def visible(text: str) -> str:
    """Leave out signs that cannot be seen: copied telephone numbers and dates often carry some around them."""
    return "".join(sign for sign in text if unicodedata.category(sign) != "Cf")


def _items(field: Field, items: list[Item], lang: Lang, faults: dict[str, Fault]) -> Iterator[dict[str, Answer]]:
    for index, item in enumerate(items):
        answers: dict[str, Answer] = {}
        for question in field.items:
            read = understood(question, item.get(question.code, ""), lang)
            if isinstance(read, Fault):
                faults[f"{field.code}.{index}.{question.code}"] = read
            elif read is not None:
                answers[question.code] = read
        yield answers


def _too_few_or_many(field: Field, items: list[Item]) -> dict[str, Fault]:
    least, most = _whole(field.minimum, 0 if field.optional else 1), _whole(field.maximum, ITEMS_AT_MOST)
    if items and len(items) < least:
        return {field.code: Fault(TOO_FEW_ITEMS, {"least": least, "count": len(items)})}
    if len(items) > most:
        return {field.code: Fault(TOO_MANY_ITEMS, {"most": most, "count": len(items)})}
    return {}


def _whole(bound: Scalar | None, otherwise: int) -> int:
    return bound if isinstance(bound, int) else otherwise


def _number(field: Field, text: str, lang: Lang) -> int | Decimal | Fault:
    read = read_number(visible(text), field.digits if field.kind is Kind.DECIMAL else 0, field.unit)
    if isinstance(read, Fault):
        return read
    least, most = field.minimum, field.maximum
    if least is None and field.kind is Kind.MONEY:
        least = 0
    if isinstance(least, int | Decimal) and read < least:
        return Fault(TOO_LITTLE, {"least": _printed(field, least, lang)})
    if isinstance(most, int | Decimal) and read > most:
        return Fault(TOO_MUCH, {"most": _printed(field, most, lang)})
    return read if field.kind is Kind.DECIMAL else int(read)


def _printed(field: Field, bound: int | Decimal, lang: Lang) -> str:
    if field.kind is Kind.MONEY:
        return printed_rupiah(bound, lang)
    return printed_number(bound, lang) + (f" {printed_unit(field.unit)}" if field.unit else "")


def _date(field: Field, text: str, lang: Lang) -> str | Fault:
    read = read_date(visible(text))
    if isinstance(read, Fault):
        return read
    if isinstance(field.minimum, str) and read < field.minimum:
        return Fault(TOO_EARLY, {"least": printed_date(field.minimum, lang)})
    if isinstance(field.maximum, str) and read > field.maximum:
        return Fault(TOO_LATE, {"most": printed_date(field.maximum, lang)})
    return read


def _text(field: Field, text: str) -> str | Fault:
    clean = unicodedata.normalize("NFC", text.replace("\t", " ")).strip(BLANKS)
    if any(strange_signs(clean)):
        return Fault(STRANGE)
    most = field.length or LENGTHS[field.kind]
    return clean if len(clean) <= most else Fault(TOO_LONG, {"most": most, "count": len(clean)})
