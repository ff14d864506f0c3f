"""What is the matter with an answer, said to the person who gave it, in both languages.

The JSON Schema is the judge of whether there is a fault; here the field's own definition says which one. A fault is a
code and its arguments until it is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import assert_never

from rules.condition.presence import is_date, missing
from rules.field import Field
from rules.kind import Kind, Scalar
from rules.printed import printed_date, printed_number, printed_rupiah, printed_unit
from rules.words import Lang, Words

Path = tuple[str | int, ...]


class Fault(StrEnum):
    """Everything that can be the matter with an answer; the value is the code the API gives."""

    REQUIRED = "required"
    UNKNOWN = "unknown"
    COMPUTED = "computed"
    NOT_NUMBER = "not_a_number"
    NOT_WHOLE = "not_whole"
    DIGITS = "too_many_digits"
    TOO_SMALL = "too_small"
    TOO_LARGE = "too_large"
    TOO_EARLY = "too_early"
    TOO_LATE = "too_late"
    NOT_DATE = "not_a_date"
    NOT_CHOICE = "not_a_choice"
    TWICE = "chosen_twice"
    NOT_YES_NO = "not_yes_or_no"
    NOT_TEXT = "not_a_text"
    TOO_LONG = "too_long"
    STRANGE_SIGN = "strange_sign"
    FORM = "wrong_form"
    TOO_FEW = "too_few"
    TOO_MANY = "too_many"
    NOT_LIST = "not_a_list"
    OTHER = "not_accepted"


_SAY = {
    Fault.REQUIRED: Words("{label}: belum diisi", "{label}: not answered yet"),
    Fault.UNKNOWN: Words("{label}: tidak ada isian bernama ini", "{label}: there is no question of this name"),
    Fault.COMPUTED: Words("{label}: dihitung oleh sistem, jangan dikirim", "{label}: is computed here, do not send it"),
    Fault.NOT_NUMBER: Words("{label}: isilah dengan angka", "{label}: write a number"),
    Fault.NOT_WHOLE: Words(
        "{label}: isilah dengan bilangan bulat, tanpa koma", "{label}: write a whole number, without decimals"
    ),
    Fault.DIGITS: Words(
        "{label}: paling banyak {digits} angka di belakang koma", "{label}: at most {digits} digits after the point"
    ),
    Fault.TOO_SMALL: Words("{label}: paling sedikit {bound}", "{label}: at least {bound}"),
    Fault.TOO_LARGE: Words("{label}: paling banyak {bound}", "{label}: at most {bound}"),
    Fault.TOO_EARLY: Words("{label}: paling awal {bound}", "{label}: {bound} at the earliest"),
    Fault.TOO_LATE: Words("{label}: paling akhir {bound}", "{label}: {bound} at the latest"),
    Fault.NOT_DATE: Words(
        "{label}: isilah dengan tanggal yang ada, misalnya 17 Agustus 2026",
        "{label}: write a day that exists, such as 17 August 2026",
    ),
    Fault.NOT_CHOICE: Words("{label}: pilihlah satu dari yang tersedia", "{label}: choose one of those offered"),
    Fault.TWICE: Words("{label}: satu pilihan tertulis dua kali", "{label}: one choice is there twice"),
    Fault.NOT_YES_NO: Words("{label}: pilihlah ya atau tidak", "{label}: choose yes or no"),
    Fault.NOT_TEXT: Words("{label}: isilah dengan tulisan", "{label}: write a text"),
    Fault.TOO_LONG: Words("{label}: paling panjang {bound} huruf", "{label}: {bound} characters at most"),
    Fault.STRANGE_SIGN: Words(
        "{label}: memuat tanda yang tidak tampak ({sign}); ketiklah ulang",
        "{label}: holds a sign that can not be seen ({sign}); type it again",
    ),
    Fault.FORM: Words("{label}: {form}", "{label}: {form}"),
    Fault.TOO_FEW: Words("{label}: paling sedikit {bound} baris", "{label}: at least {bound} entries"),
    Fault.TOO_MANY: Words("{label}: paling banyak {bound} baris", "{label}: at most {bound} entries"),
    Fault.NOT_LIST: Words("{label}: isilah dengan daftar", "{label}: write a list"),
    Fault.OTHER: Words("{label}: isian ini tidak dapat diterima", "{label}: this answer can not be accepted"),
}

_FORMS = {
    Kind.NIK: Words(
        "NIK terdiri atas 16 angka, seperti tertulis di KTP", "a NIK has 16 digits, as written on the identity card"
    ),
    Kind.NPWP: Words("NPWP terdiri atas 15 atau 16 angka", "an NPWP has 15 or 16 digits"),
    Kind.NIB: Words("NIB terdiri atas 13 angka", "an NIB has 13 digits"),
    Kind.PHONE: Words(
        "nomor telepon diawali 0 atau +62, misalnya 081234567890",
        "a telephone number begins with 0 or +62, such as 081234567890",
    ),
    Kind.EMAIL: Words(
        "alamat surel ditulis seperti nama@contoh.id", "an e-mail address is written like name@example.id"
    ),
    Kind.COORDINATE: Words(
        "koordinat ditulis lintang, bujur, misalnya -10.1772, 123.6070",
        "coordinates are latitude, longitude, such as -10.1772, 123.6070",
    ),
}


@dataclass(frozen=True, slots=True)
class FieldError:
    """A fault in the answer at `path` (`luas`, or `apoteker`, 0, `nama`)."""

    path: Path
    fault: Fault
    label: Words
    arguments: tuple[tuple[str, Words], ...] = ()

    @property
    def pointer(self) -> str:
        """Return the place as a JSON pointer into the answers."""
        return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in self.path)

    def say(self, lang: Lang) -> str:
        """Say the fault in one line, the question's name first."""
        arguments = {name: words.to(lang) for name, words in self.arguments}
        return _SAY[self.fault].to(lang).format(label=self.label.to(lang), **arguments)


def explain(fields: Iterable[Field], path: Path, answers: Mapping[str, object]) -> FieldError:
    """Say what is the matter with the answer that the schema did not accept at this path."""
    by_code = {field.code: field for field in fields}
    field = by_code.get(str(path[0])) if path else None
    if field is None:
        return FieldError(path, Fault.UNKNOWN, Words(str(path[0])[:60] if path else "…"))
    value = answers.get(field.code)
    if field.kind is Kind.LIST and len(path) > 2 and isinstance(value, list | tuple) and isinstance(path[1], int):
        item = value[path[1]]
        inner = explain(field.items, path[2:], item if isinstance(item, Mapping) else {})
        number = path[1] + 1
        label = Words(
            f"{field.label.id} {number}, {inner.label.id}", f"{field.label.to('en')} {number}, {inner.label.to('en')}"
        )
        return FieldError((field.code, path[1], *inner.path), inner.fault, label, inner.arguments)
    return fault_of(field, value)


def fault_of(field: Field, value: object) -> FieldError:
    """Say what is the matter with an answer to this field, by the field's own definition."""
    fault, arguments = _fault(field, value)
    return FieldError((field.code,), fault, field.label, tuple(arguments.items()))


def _fault(field: Field, value: object) -> tuple[Fault, dict[str, Words]]:
    if missing(value):
        return Fault.REQUIRED, {}
    match field.kind:
        case Kind.INTEGER | Kind.MONEY | Kind.DECIMAL:
            return _number_fault(field, value)
        case Kind.DATE:
            return _date_fault(field, value)
        case Kind.CHOICE:
            return Fault.NOT_CHOICE, {}
        case Kind.CHOICES:
            codes = [option.code for option in field.options]
            known = isinstance(value, list | tuple) and all(one in codes for one in value)
            return (Fault.TWICE if known else Fault.NOT_CHOICE), {}
        case Kind.YES_NO:
            return Fault.NOT_YES_NO, {}
        case Kind.LIST:
            return _list_fault(field, value)
        case Kind.TEXT | Kind.ADDRESS:
            longest = field.length or (500 if field.kind is Kind.ADDRESS else 200)
            if not isinstance(value, str):
                return Fault.NOT_TEXT, {}
            return (Fault.TOO_LONG, {"bound": _plain(longest)}) if len(value) > longest else (Fault.OTHER, {})
        case Kind.NIK | Kind.NPWP | Kind.NIB | Kind.PHONE | Kind.EMAIL | Kind.COORDINATE:
            return Fault.FORM, {"form": _FORMS[field.kind]}
        case _:
            assert_never(field.kind)


def _number_fault(field: Field, value: object) -> tuple[Fault, dict[str, Words]]:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return Fault.NOT_NUMBER, {}
    whole = field.kind is not Kind.DECIMAL
    if whole and value != int(value):
        return Fault.NOT_WHOLE, {}
    low = 0 if field.minimum is None and field.kind is Kind.MONEY else field.minimum
    if low is not None and not isinstance(low, str) and value < low:
        return Fault.TOO_SMALL, {"bound": _bound(field, low)}
    high = 10**15 - 1 if field.maximum is None else field.maximum
    if not isinstance(high, str) and value > high:
        return Fault.TOO_LARGE, {"bound": _bound(field, high)}
    if not whole and value != round(Decimal(value), field.digits):
        return Fault.DIGITS, {"digits": _plain(field.digits)}
    return Fault.OTHER, {}


def _date_fault(field: Field, value: object) -> tuple[Fault, dict[str, Words]]:
    if not isinstance(value, str) or not is_date(value):
        return Fault.NOT_DATE, {}
    if isinstance(field.minimum, str) and value < field.minimum:
        return Fault.TOO_EARLY, {"bound": _date(field.minimum)}
    if isinstance(field.maximum, str) and value > field.maximum:
        return Fault.TOO_LATE, {"bound": _date(field.maximum)}
    return Fault.OTHER, {}


def _list_fault(field: Field, value: object) -> tuple[Fault, dict[str, Words]]:
    if not isinstance(value, list | tuple) or not all(isinstance(item, Mapping) for item in value):
        return Fault.NOT_LIST, {}
    low = field.minimum if isinstance(field.minimum, int) else 1
    high = field.maximum if isinstance(field.maximum, int) else 50
    if len(value) < low:
        return Fault.TOO_FEW, {"bound": _plain(low)}
    return (Fault.TOO_MANY, {"bound": _plain(high)}) if len(value) > high else (Fault.OTHER, {})


def _plain(value: int) -> Words:
    return Words(printed_number(value, "id"), printed_number(value, "en"))


def _date(iso: str) -> Words:
    return Words(printed_date(iso, "id"), printed_date(iso, "en"))


def _bound(field: Field, value: Scalar) -> Words:
    assert isinstance(value, int | Decimal)
    if field.kind is Kind.MONEY:
        return Words(printed_rupiah(value, "id"), printed_rupiah(value, "en"))
    unit = "" if field.unit is None else f" {printed_unit(field.unit)}"
    return Words(printed_number(value, "id") + unit, printed_number(value, "en") + unit)
