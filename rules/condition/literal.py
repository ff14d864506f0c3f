"""One literal of a test, read by the kind of its field: 500 juta, 24 m2, 2026-03-15, ya, an option's code, a text."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import assert_never

from rules.condition.fault import Fault, Reason
from rules.condition.presence import MOST, is_date, missing
from rules.field import Field
from rules.kind import Kind, Scalar
from rules.printed import MONTHS

TIMES = {"ribu": 10**3, "juta": 10**6, "miliar": 10**9, "triliun": 10**12}
_NUMBER = re.compile(
    r"(?P<rp>Rp\.? ?)?(?P<sign>[-\u2212]?)(?P<figures>[0-9][0-9._]*)"
    r"(?: ?(?P<times>ribu|juta|miliar|milyar|triliun)\b)?(?: ?(?P<unit>[^\W\d_%][^<>=,]*|%))?",
    re.IGNORECASE,
)
_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+")
_UNDERSCORED = re.compile(r"[0-9]{1,3}(?:_[0-9]{3})+(?:\.[0-9]+)?")
_PLAIN = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_DAY_FIRST = re.compile(r"([0-9]{1,2})(?:[-/. ])([0-9]{1,2}|[A-Za-z]+)(?:[-/. ])([0-9]{4})")
_YES = frozenset({"yes", "true", "on", "y", "benar", "1", "iya"})
_NO = frozenset({"no", "false", "off", "n", "salah", "0", "bukan"})


def read_literal(text: str, at: int, field: Field) -> Scalar | Fault:
    """Read `text`, which stands at character `at` of the test."""
    end = at + len(text)
    match field.kind:
        case Kind.INTEGER | Kind.MONEY | Kind.DECIMAL:
            return _number(text, at, field)
        case Kind.DATE:
            if is_date(text):
                return text
            return Fault(Reason.NOT_A_DATE, at, end, {"text": text, "better": as_date(text) or ""})
        case Kind.YES_NO:
            if text in ("ya", "tidak"):
                return text == "ya"
            word = text.lower()
            better = "ya" if word in _YES | {"ya"} else "tidak" if word in _NO | {"tidak"} else ""
            return Fault(Reason.NOT_YES_NO, at, end, {"text": text, "better": better})
        case Kind.CHOICE | Kind.CHOICES:
            if any(text == option.code for option in field.options):
                return text
            return Fault(Reason.UNKNOWN_OPTION, at, end, {"text": text, "options": _codes(field)})
        case Kind.LIST:
            return Fault(Reason.LIST_TESTED, at, end, {"text": text})
        case Kind.TEXT | Kind.NIK | Kind.NPWP | Kind.NIB | Kind.PHONE | Kind.EMAIL | Kind.ADDRESS | Kind.COORDINATE:
            # a blank is no answer (`rules.condition.presence`), so nothing could equal it: `kosong` was meant
            return Fault(Reason.NOTHING, at, end, {"text": text}) if missing(text) else text
        case _:
            assert_never(field.kind)


def same_unit(a: str, b: str) -> bool:
    """Tell whether two units are written for the same one: m2 and m², Hari and hari."""
    return _plain_unit(a) == _plain_unit(b)


def _plain_unit(unit: str) -> str:
    return " ".join(unit.lower().replace("²", "2").replace("³", "3").split())


def _codes(field: Field) -> str:
    return " ".join(option.code for option in field.options)


def _number(text: str, at: int, field: Field) -> int | Decimal | Fault:
    end = at + len(text)
    match = _NUMBER.fullmatch(text)
    if match is None:
        return Fault(Reason.NOT_A_NUMBER, at, end, {"text": text})
    figures, times, unit = match["figures"], (match["times"] or "").lower(), (match["unit"] or "").strip()
    if match["rp"] and field.kind is not Kind.MONEY:
        return Fault(Reason.CURRENCY, at, at + match.end("rp"), {"better": text[match.end("rp") :]})
    if unit and not (same_unit(unit, field.unit or "") or (field.kind is Kind.MONEY and same_unit(unit, "rupiah"))):
        better = f"{text[: match.start('unit')].rstrip()} {field.unit or ''}".rstrip()
        return Fault(
            Reason.OTHER_UNIT, at + match.start("unit"), end, {"unit": unit, "own": field.unit or "", "better": better}
        )
    start, stop = at + match.start("figures"), at + match.end("figures")
    value = _value(figures, start, stop, field, TIMES.get(times.replace("milyar", "miliar"), 1))
    if isinstance(value, Fault):
        return value
    return _checked(-value if match["sign"] else value, text, at, field)


def _value(figures: str, start: int, stop: int, field: Field, times: int) -> Decimal | Fault:
    """Read the figures alone. Points part thousands where no decimal is possible."""
    if _THOUSANDS.fullmatch(figures):
        joined = figures.replace(".", "")
        if figures.count(".") == 1 and (field.kind is Kind.DECIMAL or times > 1):
            short = figures.rstrip("0").rstrip(".")
            short += "0" if len(short) == len(figures) else ""  # 1.0050 can be no thousands
            return Fault(Reason.POINT_AMBIGUOUS, start, stop, {"text": figures, "thousands": joined, "decimal": short})
        return Decimal(joined) * times
    if not (_PLAIN.fullmatch(figures) or _UNDERSCORED.fullmatch(figures)):
        return Fault(Reason.NOT_A_NUMBER, start, stop, {"text": figures})
    plain = figures.replace("_", "")
    if len(plain) > 1 and plain[0] == "0" and plain[1] != ".":
        return Fault(Reason.LEADING_NOUGHT, start, stop, {"text": figures, "better": plain.lstrip("0") or "0"})
    # sixteen figures say as much as a million of them: too many
    return Decimal(plain[:40]) * times if len(plain) <= 40 else Decimal(10**40)


def _checked(value: Decimal, text: str, at: int, field: Field) -> int | Decimal | Fault:
    end = at + len(text)
    places = field.digits if field.kind is Kind.DECIMAL else 0
    _, figures, exponent = value.normalize().as_tuple()
    assert isinstance(exponent, int)
    if max(len(figures) + max(exponent, 0), -exponent) > 15 or abs(value) * 10**places > MOST:
        return Fault(Reason.TOO_LONG, at, end, {"text": text})
    if exponent < -places:
        shown = {"text": text, "digits": str(places)}
        return Fault(Reason.TOO_FINE if field.kind is Kind.DECIMAL else Reason.NOT_WHOLE, at, end, shown)
    return value.quantize(Decimal(1).scaleb(-places)) if field.kind is Kind.DECIMAL else int(value)


def as_date(text: str) -> str | None:
    """Guess the date that was meant, for the finding's advice."""
    found = _DAY_FIRST.fullmatch(text.strip())
    if found is None:
        return None
    day, month, year = found.groups()
    if not month.isdigit():
        names = [name.lower() for lang in (MONTHS["id"], MONTHS["en"]) for name in lang]
        if month.lower() not in names:
            return None
        month = str(names.index(month.lower()) % 12 + 1)
    written = f"{year}-{int(month):02d}-{int(day):02d}"
    return written if is_date(written) else None
