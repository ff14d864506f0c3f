"""Exact numbers as integers that compare the same."""

from __future__ import annotations

from decimal import Decimal

from rules.kind import Scalar

FAR = 2**62
"""Literals lie within it (`rules.limit`); an answer that does not is brought to just outside, and compares the same."""


def scaled(value: int | Decimal, digits: int) -> int:
    """Return an integer that compares with scaled literals as the number does with the literals.

    Twice the number of its last digit's units, plus one when it lies between two of them: an answer finer than its
    field is neither rounded up to a limit nor down to it.
    """
    unit: int = 10**digits
    if isinstance(value, Decimal):
        if value and abs(value.adjusted()) > 40:  # never spell out 1e999999
            beyond = FAR + 1 if value.adjusted() > 0 else 1
            return beyond if value > 0 else -beyond
        top, bottom = value.as_integer_ratio()
        whole, rest = divmod(top * unit, bottom)
        number = 2 * whole + (rest != 0)
    else:
        number = 2 * value * unit
    return max(-FAR - 1, min(FAR + 1, number))


def places(literal: Scalar) -> int:
    """Return how many digits a literal has after the point, zeros at its end left out."""
    if not isinstance(literal, Decimal) or not literal.is_finite():
        return 0
    _, figures, exponent = literal.as_tuple()
    assert isinstance(exponent, int)
    zeros = len(figures) - len("".join(map(str, figures)).rstrip("0"))
    return max(0, -exponent - zeros)
