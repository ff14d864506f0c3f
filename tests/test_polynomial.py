"""A sum of products says of its sign only what is so, and comes to what its formula does."""

from __future__ import annotations

import random
from fractions import Fraction

from generator.proof.polynomial import Polynomial, Ratio, constant, unknown

NAMES = ("a", "b", "c")


def some_sum(source: random.Random) -> Polynomial:
    found = constant(Fraction(source.randint(-3, 3), source.randint(1, 3)))
    for _ in range(source.randint(1, 4)):
        product = constant(Fraction(source.randint(-4, 4), source.randint(1, 4)))
        for name in source.choices(NAMES, k=source.randint(1, 2)):
            product = product.times(unknown(name))
        found = found.plus(product)
    return found


def worth(one: Polynomial, values: dict[str, Fraction]) -> Fraction:
    total = Fraction(0)
    for product, times in one.terms.items():
        for name in product:
            times *= values[name]
        total += times
    return total


def test_a_plain_sign_is_the_sign_of_every_value_that_may_be() -> None:
    source = random.Random(1)
    plain = 0
    for _ in range(2_000):
        one, least = some_sum(source), {name: Fraction(source.randint(-1, 2)) for name in NAMES}
        if not one.never_negative(least):
            continue
        plain += 1
        for _ in range(5):
            values = {name: low + Fraction(source.randint(0, 50), 10) for name, low in least.items()}
            assert worth(one, values) >= 0
            assert worth(one, values) > 0 or not one.always_positive(least)
    assert plain > 50


def test_of_an_unknown_without_a_least_nothing_is_plain() -> None:
    assert not unknown("a").never_negative({})
    assert constant(Fraction(0)).never_negative({})


def test_ratios_come_to_what_is_worked_out_by_hand() -> None:
    source = random.Random(2)
    for _ in range(500):
        first, second, third = (Ratio(some_sum(source)) for _ in range(3))
        values = {name: Fraction(source.randint(1, 30), 7) for name in NAMES}
        below = worth(third.above, values)
        if below == 0:
            continue
        found = first.times(second).over(third).plus(first.negated())
        by_hand = worth(first.above, values) * worth(second.above, values) / below - worth(first.above, values)
        assert worth(found.above, values) / worth(found.below, values) == by_hand
        assert found.divisors == (third.above,)


def test_what_stands_alone_above_and_below_falls_away() -> None:
    area, other = Ratio(unknown("a")), Ratio(unknown("b"))
    assert area.times(other.over(area)).below == constant(Fraction(1))
