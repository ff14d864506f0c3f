"""What counts as an answer: the one place that says when a value is missing, and when it has the right type.

A value of the wrong type counts as missing everywhere, so that a condition never has to guess what was meant.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import assert_never

from rules.kind import Kind

# Exactly what ECMAScript's trim() removes; Python, Rust and JavaScript each have another idea of `\s`.
BLANKS = (
    "\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000\ufeff"
)

# Comparing doubles equals comparing decimals up to here (15 significant digits, counted in the smallest unit).
MOST = 999_999_999_999_999

FIRST_YEAR, LAST_YEAR = 1000, 2999


def missing(value: object) -> bool:
    """Tell whether a value is no answer: absent (None), an empty or blank text, an empty list."""
    if isinstance(value, str):
        return not value.strip(BLANKS)
    return value is None or (isinstance(value, (list, tuple)) and not value)


def is_date(value: object) -> bool:
    """Tell whether a value is a real day written YYYY-MM-DD."""
    if not (isinstance(value, str) and len(value) == 10 and value.isascii()):
        return False
    year, month, day = value[:4], value[5:7], value[8:]
    if not (value[4] == value[7] == "-" and (year + month + day).isdigit() and FIRST_YEAR <= int(year) <= LAST_YEAR):
        return False
    try:
        date(int(year), int(month), int(day))
    except ValueError:
        return False
    return True


def suits(kind: Kind, value: object) -> bool:
    """Tell whether a value is an answer of this kind, as `rules.kind` holds it."""
    return checker(kind)(value)


def checker(kind: Kind) -> Callable[[object], bool]:
    """Return the test that tells whether a value is an answer of this kind."""
    match kind:
        case Kind.INTEGER | Kind.MONEY:
            return _is_whole
        case Kind.DECIMAL:
            return _is_number
        case Kind.YES_NO:
            return _is_yes_no
        case Kind.DATE:
            return is_date
        case Kind.CHOICES:
            return _is_choices
        case Kind.LIST:
            return _is_items
        case (
            Kind.CHOICE
            | Kind.TEXT
            | Kind.NIK
            | Kind.NPWP
            | Kind.NIB
            | Kind.PHONE
            | Kind.EMAIL
            | Kind.ADDRESS
            | Kind.COORDINATE
        ):
            return _is_text
        case _:
            assert_never(kind)


def _is_whole(value: object) -> bool:
    return type(value) is int  # a bool is an int to Python, and no number to anybody else


def _is_number(value: object) -> bool:
    return type(value) is int or (isinstance(value, Decimal) and value.is_finite())


def _is_yes_no(value: object) -> bool:
    return isinstance(value, bool)


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip(BLANKS))


def _is_choices(value: object) -> bool:
    return isinstance(value, tuple) and bool(value) and all(isinstance(v, str) for v in value)


def _is_items(value: object) -> bool:
    return isinstance(value, tuple) and bool(value) and all(isinstance(v, Mapping) for v in value)
