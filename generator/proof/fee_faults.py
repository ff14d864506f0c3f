"""Where a bill can not be made although every row is there: it divides by nought, or comes to less than nought.

Most fees are plain: what is multiplied and added is never negative. The others are put to the solver row by row, with
the very numbers of the form; where it can not tell within its time, or something is no sum at all, that is told too.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from generator.proof.application import View, chosen
from generator.proof.fee_sum import Choice, FeeSums
from generator.proof.polynomial import Polynomial, Ratio
from generator.proof.replay import Claim
from generator.proof.solver import Formula, UnsettledError, all_of, no
from generator.proof.trial import Shown, Trial
from rules.city import City
from rules.permit import Component, Fee

MOST = 2_000  # choices of rows that are looked at one by one


class Fault(Enum):
    """What is the matter with a line of a bill."""

    DIVIDES = "divides"
    NEGATIVE = "negative"
    UNTOLD = "untold"


@dataclass(frozen=True, slots=True)
class FeeFault:
    """What is the matter, with which line, and a form that shows it; None where it could not be told."""

    fault: Fault
    component: int
    shown: Shown | None
    comes_to: Fraction | None = None
    items: str | None = None
    telling: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, eq=False)
class _Line:
    """One way in which a line comes about: by which rows, and what it then is."""

    component: int
    given: Formula
    ratio: Ratio | None


def fee_faults(trial: Trial, city: City, fee: Fee) -> Iterator[FeeFault]:
    """Yield what is the matter with the bill of a fee: the first of each kind."""
    charged = _charged(trial, fee)
    if not trial.sound or not trial.possible(charged):
        return
    hard = [index for index in range(len(fee.components)) if not _plain(trial, city, fee, charged, index)]
    told = set[Fault]()
    for found in _hard(trial, city, fee, charged, hard):
        if found.fault not in told:
            told.add(found.fault)
            yield found


def _charged(trial: Trial, fee: Fee) -> View:
    issued = trial.application.issued()
    return issued.where_also(all_of(*(no(issued.holds(exemption.when)) for exemption in fee.exemptions)))


def _plain(trial: Trial, city: City, fee: Fee, charged: View, index: int) -> bool:
    """Tell whether a line plainly divides by nothing that may be nought, and is never less than nought."""
    sums = _sums(trial, city, fee, charged, fee.components[index])
    for line in _lines(sums, fee.components[index], index, sums.view, every=False):
        ratio, least = line.ratio, sums.unknowns.least
        if ratio is None or not all(one.always_positive(least) for one in (ratio.below, *ratio.divisors)):
            return False
        if not ratio.above.never_negative(least):
            return False
    return True


def _hard(trial: Trial, city: City, fee: Fee, charged: View, hard: list[int]) -> Iterator[FeeFault]:
    """Put lines to the solver: what each divides by, and what they come to, with the others, together."""
    ways: list[list[tuple[FeeSums, _Line]]] = []
    for index, component in enumerate(fee.components) if hard else ():
        if index not in hard and component.for_each is not None:
            continue  # it adds to the others, and is none of the application's own
        sums = _sums(trial, city, fee, charged, component)
        lines = list(itertools.islice(_lines(sums, component, index, sums.view, every=True), MOST + 1))
        for line in lines if index in hard else ():
            yield from _dividing(trial, sums, line)
        ways.append([(sums, line) for line in lines])
    if math.prod(map(len, ways)) > MOST:
        yield FeeFault(Fault.UNTOLD, hard[0], None)
        return
    for together in itertools.product(*ways) if hard else ():
        added, known = [one for _, one in together], [each for each, _ in together]
        yield from _negative(trial, charged, added, known, hard[0], fee.components[hard[0]].for_each)


def _dividing(trial: Trial, sums: FeeSums, line: _Line) -> Iterator[FeeFault]:
    if line.ratio is None:
        if trial.possible(sums.view, line.given):
            yield FeeFault(Fault.UNTOLD, line.component, None)
        return
    for divisor in line.ratio.divisors:
        if divisor.always_positive(sums.unknowns.least):
            continue
        nought = _asked(sums, divisor)
        if nought is None:
            yield FeeFault(Fault.UNTOLD, line.component, None)
            continue
        one = Ratio(divisor)
        yield from _found(trial, Fault.DIVIDES, line.component, sums.view, all_of(line.given, nought), one, sums.items)


def _negative(
    trial: Trial, charged: View, lines: list[_Line], sums: list[FeeSums], alone: int, items: str | None
) -> Iterator[FeeFault]:
    whole, least = Ratio(Polynomial({})), dict[str, Fraction]()
    for one, known in zip(lines, sums, strict=True):
        if one.ratio is None:
            return
        whole, least = whole.plus(one.ratio), {**least, **known.unknowns.least}
    signed = whole.above.times(whole.below)
    if signed.never_negative(least):
        return
    given = all_of(*(one.given for one in lines))
    numbers = {name: number for known in sums for name, number in known.unknowns.numbers.items()}
    if not signed.names <= numbers.keys():
        if trial.possible(charged, given):
            yield FeeFault(Fault.UNTOLD, alone, None)
        return
    view = next((known.view for known in sums if known.items is not None), charged)
    below = all_of(given, signed.number(numbers).below(0))
    yield from _found(trial, Fault.NEGATIVE, alone, view, below, whole, items)


def _found(
    trial: Trial, fault: Fault, component: int, view: View, formula: Formula, whole: Ratio, items: str | None
) -> Iterator[FeeFault]:
    shown = settled_by(trial, view, formula)
    if shown is None:
        yield FeeFault(Fault.UNTOLD, component, None)
    elif isinstance(shown, Shown):
        yield FeeFault(fault, component, shown, worth(whole, shown), items, whole.above.names | whole.below.names)


def settled_by(trial: Trial, view: View, formula: Formula) -> Shown | bool | None:
    """Return a form of which a formula holds, False where there is none, None where the solver can not tell."""
    try:
        if not trial.possible(view, formula):
            return False
        return trial.shown(view, Claim(), formula)
    except UnsettledError:
        return None


def worth(ratio: Ratio, shown: Shown) -> Fraction:
    """Return what a sum comes to for a filled form."""
    facts = {**shown.filled.facts, **(shown.filled.item or {})}
    return _worth(ratio.above, facts) / _worth(ratio.below, facts)


def _worth(one: Polynomial, facts: Mapping[str, object]) -> Fraction:
    found = Fraction(0)
    for product, times in one.terms.items():
        term = times
        for name in product:
            value = facts[name]
            term *= Fraction(len(value)) if isinstance(value, tuple) else Fraction(str(value))
        found += term
    return found


def _asked(sums: FeeSums, divisor: Polynomial) -> Formula | None:
    """Say that a divisor is nought; None where the solver does not know all that is in it."""
    if not divisor.names <= sums.unknowns.numbers.keys():
        return None
    return divisor.number(sums.unknowns.numbers).equals(0)


def _sums(trial: Trial, city: City, fee: Fee, charged: View, component: Component) -> FeeSums:
    items = component.for_each
    view = charged if items is None else charged.of_item(trial.application.items[items])
    return FeeSums(trial.application, city, fee, view, items)


def _lines(sums: FeeSums, component: Component, index: int, view: View, every: bool) -> Iterator[_Line]:
    """Yield each way in which a line can come about."""
    for row, each in enumerate(component.amount.rows):
        counts = chosen(component.amount, row, view)
        factors = sums.rests_on(each.value)
        for choice in sums.choices(factors, every):
            given = all_of(counts, *_rows_chosen(sums, choice, view))
            if not every or sums.possible(given):
                yield _Line(index, given, sums.of(each.value, choice))


def _rows_chosen(sums: FeeSums, choice: Choice, view: View) -> Iterator[Formula]:
    for code, row in choice.items():
        yield chosen(sums.factors[code].value, row, view)
