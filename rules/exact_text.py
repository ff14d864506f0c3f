"""Exact numbers as text: a decimal where it ends, a fraction where it does not; never rounded."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

from rules.printed import printed_number
from rules.words import Lang, Words

_SWAPPED = str.maketrans(",.", ".,")


def exact_text(value: Fraction) -> str:
    """Write a number for a machine: `984937.5`, or `1/3` where no decimal is exact."""
    return printed_words(value).to("en").replace(",", "")


def printed_exact(value: Fraction, lang: Lang) -> str:
    """Print a number as people of the language write it, all its places kept."""
    return printed_words(value).to(lang)


def printed_words(value: Fraction) -> Words:
    """Print a number in both languages."""
    return _printed(value.numerator, value.denominator)  # two whole numbers are looked up faster than a fraction


@lru_cache(maxsize=4096)  # a bill says the same few factors over and over
def _printed(numerator: int, denominator: int) -> Words:
    if denominator == 1:
        english = printed_number(numerator, "en")
    elif (places := _places(denominator)) is None:
        english = f"{printed_number(numerator, 'en')}/{printed_number(denominator, 'en')}"
    else:
        whole, rest = divmod(abs(numerator) * 10**places // denominator, 10**places)
        english = f"{'-' if numerator < 0 else ''}{whole:,d}.{rest:0{places}d}"
    return Words(english.translate(_SWAPPED), english)


def _places(denominator: int) -> int | None:
    """Return how many places after the point a fraction in lowest terms takes, None where none are enough."""
    rest, places = denominator, 0
    for prime in (2, 5):
        power = 0
        while rest % prime == 0:
            rest, power = rest // prime, power + 1
        places = max(places, power)
    return places if rest == 1 else None
