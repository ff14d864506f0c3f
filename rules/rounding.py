"""Rounding, once and half up: what lies exactly between goes away from nought."""

from __future__ import annotations

from fractions import Fraction


def half_up(value: Fraction, to: int = 1) -> int:
    """Round to a multiple of `to`."""
    steps = abs(value) / to
    rounded = to * ((2 * steps.numerator + steps.denominator) // (2 * steps.denominator))
    return -rounded if value < 0 else rounded
