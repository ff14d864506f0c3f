"""Exact numbers as text: a decimal where it ends, a fraction where it does not; never rounded."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from rules.printed import printed_number
from rules.words import Lang


def exact_text(value: Fraction) -> str:
    """Write a number for a machine: `984937.5`, or `1/3` where no decimal is exact."""
    decimal = _decimal(value)
    return f"{value.numerator}/{value.denominator}" if decimal is None else f"{decimal:f}"


@lru_cache(maxsize=4096)  # a bill says the same few factors over and over
def printed_exact(value: Fraction, lang: Lang) -> str:
    """Print a number as people of the language write it, all its places kept."""
    decimal = _decimal(value)
    if decimal is None:
        return f"{printed_number(value.numerator, lang)}/{printed_number(value.denominator, lang)}"
    return printed_number(decimal, lang)


def _decimal(value: Fraction) -> Decimal | None:
    """Return the decimal that equals the fraction, where there is one."""
    if value.denominator == 1:
        return Decimal(value.numerator)
    rest, places = value.denominator, 0
    for prime in (2, 5):
        power = 0
        while rest % prime == 0:
            rest, power = rest // prime, power + 1
        places = max(places, power)
    if rest != 1:
        return None
    scaled = value * 10**places
    digits = tuple(int(digit) for digit in str(abs(scaled.numerator)))
    return Decimal((int(value < 0), digits, -places))
