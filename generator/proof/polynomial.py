"""Sums of products of unknowns, and one such sum over another: what formulas of a fee come to, exactly.

Gains a sign that is plain to see: with every unknown counted from its lower bound, no term that takes away is left.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from generator.proof.solver import Number

Product = tuple[str, ...]  # names in order, one for each time it is a factor
ONE: Product = ()


@dataclass(frozen=True, slots=True)
class Polynomial:
    """How many times each product is added."""

    terms: Mapping[Product, Fraction]

    def plus(self, other: Polynomial) -> Polynomial:
        """Add."""
        found = dict(self.terms)
        for product, times in other.terms.items():
            found[product] = found.get(product, Fraction(0)) + times
        return Polynomial({product: times for product, times in found.items() if times})

    def times(self, other: Polynomial) -> Polynomial:
        """Multiply."""
        found = Polynomial({})
        for first, many in self.terms.items():
            more = {tuple(sorted((*first, *second))): many * times for second, times in other.terms.items()}
            found = found.plus(Polynomial(more))
        return found

    def negated(self) -> Polynomial:
        """Take it away from nought."""
        return Polynomial({product: -times for product, times in self.terms.items()})

    def minus(self, other: Polynomial) -> Polynomial:
        """Subtract."""
        return self.plus(other.negated())

    @property
    def names(self) -> frozenset[str]:
        """Return the unknowns in it."""
        return frozenset(name for product in self.terms for name in product)

    def with_each(self, names: Mapping[str, Polynomial]) -> Polynomial:
        """Put something in the place of unknowns."""
        found = Polynomial({})
        for product, times in self.terms.items():
            term = constant(times)
            for name in product:
                term = term.times(names.get(name) or unknown(name))
            found = found.plus(term)
        return found

    def never_negative(self, least: Mapping[str, Fraction]) -> bool:
        """Tell whether it plainly is nought or more, as each unknown is as much as its least, or more; of one without a
        least nothing is plain."""
        if not self.names <= least.keys():
            return not self.terms
        above = self.with_each({name: unknown(name).plus(constant(least[name])) for name in self.names})
        return all(times > 0 for times in above.terms.values())

    def always_positive(self, least: Mapping[str, Fraction]) -> bool:
        """Tell whether it plainly is more than nought."""
        if not self.names <= least.keys():
            return False
        above = self.with_each({name: unknown(name).plus(constant(least[name])) for name in self.names})
        return all(times > 0 for times in above.terms.values()) and ONE in above.terms

    def number(self, numbers: Mapping[str, tuple[Number, int]]) -> Number:
        """Return it for the solver, times what makes it whole; each unknown is a number at the scale of 10^digits."""
        scaled = {
            product: times / 10 ** sum(numbers[name][1] for name in product) for product, times in self.terms.items()
        }
        whole = lcm(*(times.denominator for times in scaled.values())) if scaled else 1
        found = Number(0)
        for product, times in scaled.items():
            term = Number(int(times * whole))
            for name in product:
                term = term.times(numbers[name][0])
            found = found.plus(term)
        return found


def constant(value: Fraction) -> Polynomial:
    """Return a plain number."""
    return Polynomial({ONE: value} if value else {})


def unknown(name: str) -> Polynomial:
    """Return an unknown."""
    return Polynomial({(name,): Fraction(1)})


@dataclass(frozen=True, slots=True)
class Ratio:
    """One sum over another; `divisors` are all that was divided by on the way."""

    above: Polynomial
    below: Polynomial = Polynomial({ONE: Fraction(1)})
    divisors: tuple[Polynomial, ...] = ()

    def plus(self, other: Ratio) -> Ratio:
        """Add."""
        if self.below == other.below:
            return Ratio(self.above.plus(other.above), self.below, self.divisors + other.divisors)
        above = self.above.times(other.below).plus(other.above.times(self.below))
        return Ratio(above, self.below.times(other.below), self.divisors + other.divisors)

    def times(self, other: Ratio) -> Ratio:
        """Multiply; what stands alone above and below falls away."""
        above, below = self.above.times(other.above), self.below.times(other.below)
        return Ratio(*_shortened(above, below), self.divisors + other.divisors)

    def negated(self) -> Ratio:
        """Take it away from nought."""
        return Ratio(self.above.negated(), self.below, self.divisors)

    def over(self, other: Ratio) -> Ratio:
        """Divide."""
        above, below = self.above.times(other.below), self.below.times(other.above)
        divisors = (*self.divisors, *other.divisors, other.above)
        return Ratio(*(_shortened(above, below) if below.terms else (above, below)), divisors)


def _shortened(above: Polynomial, below: Polynomial) -> tuple[Polynomial, Polynomial]:
    """Leave out an unknown that stands in every product of both."""
    for name in sorted(below.names):
        while _in_all(name, above) and _in_all(name, below):
            above, below = _without(name, above), _without(name, below)
    return above, below


def _in_all(name: str, one: Polynomial) -> bool:
    return bool(one.terms) and all(name in product for product in one.terms)


def _without(name: str, one: Polynomial) -> Polynomial:
    found = {}
    for product, times in one.terms.items():
        at = product.index(name)
        found[product[:at] + product[at + 1 :]] = times
    return Polynomial(found)
