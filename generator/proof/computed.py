"""A fact computed from answers, as unknowns: whether it is there, between which bounds, and what it adds up to.

A formula that only adds and takes away is exactly what it comes to; any other is free within its bounds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from generator.proof.answer import FIRST_DAY, LAST_DAY, bounds
from generator.proof.exact import Ratio, comes_to, there_unless_nothing
from generator.proof.form import Form
from generator.proof.linear import Linear, linear, rounds_to
from generator.proof.solver import FALSE, TRUE, Formula, Number, all_of, implies, same
from generator.proof.span import UNBOUNDED, Span, Spans, span_of
from rules.condition.presence import MOST
from rules.field import Derived, Field
from rules.formula import FILED_ON, FormulaTree, Role, uses
from rules.kind import NUMBERS, ORDERED, Kind
from rules.rounding import half_up


@dataclass(frozen=True, slots=True, eq=False)
class Computed:
    """The bounds of a derived fact, what holds of it (there where its names are answered, and how much), and what it
    `exactly` comes to where that is too hard to be asked of every question."""

    span: Span
    rules: tuple[Formula, ...]
    exactly: Formula


def computed(
    one: Derived, tree: FormulaTree, form: Form, filed_on: Number, spans: Spans, counts: Mapping[str, Span]
) -> Computed:
    """Return what is known of a derived fact before anything is answered."""
    mine = form.own[one.code]
    given = all_of(*(_given(form, use.code) for use in uses(tree) if use.items is None and use.role is not Role.LIST))
    span = span_of(tree, {**spans, (None, FILED_ON): Span(Fraction(FIRST_DAY), Fraction(LAST_DAY))}, counts)
    scale = 10**mine.digits
    low, high = half_up(span.low * scale), half_up(span.high * scale)
    always = span.sure and low >= -MOST and high <= MOST
    low, high = max(low, -MOST), min(high, MOST)
    rules = [
        same(mine.present, given) if always else implies(mine.present, given),
        implies(mine.present, all_of(mine.number.at_least(low), mine.number.at_most(high))),
    ]
    if (adds := linear(tree)) is not None and (numbers := _numbers(form, adds, filed_on)) is not None:
        scaled = {code: times * scale / _scale(form, code) for code, times in adds.times.items()}
        rules.append(implies(mine.present, rounds_to(mine.number, numbers, Linear(scaled, adds.plain * scale))))
        if not always:
            rules.append(there_unless_nothing(mine, given, tree, _ratios(form, tree, filed_on)))
        exact = TRUE
    else:
        exact = comes_to(mine, given, tree, _ratios(form, tree, filed_on))
    return Computed(Span(Fraction(low, scale), Fraction(high, scale)), tuple(rules), exact)


def _ratios(form: Form, tree: FormulaTree, filed_on: Number) -> dict[str, Ratio]:
    """Return the numbers that a formula names, as far as they are known as such."""
    found = {FILED_ON: Ratio(filed_on, Number(1))}
    for use in uses(tree):
        one = form.answers.get(use.code)
        if use.items is None and one is not None and one.field.kind in ORDERED | {Kind.LIST}:
            found[use.code] = Ratio(one.number, Number(10**one.digits))
    return found


def _given(form: Form, code: str) -> Formula:
    if code == FILED_ON:
        return TRUE
    return form.answers[code].present if code in form.answers else FALSE


def _scale(form: Form, code: str) -> int:
    return 1 if code == FILED_ON else 10 ** form.answers[code].digits


def _numbers(form: Form, adds: Linear, filed_on: Number) -> dict[str, Number] | None:
    """Return the numbers that are added, None where one is no number that is known as such."""
    found: dict[str, Number] = {}
    for code in adds.times:
        if code == FILED_ON:
            found[code] = filed_on
        elif (one := form.answers.get(code)) is None or one.field.kind not in ORDERED | {Kind.LIST}:
            return None
        else:
            found[code] = one.number
    return found


def span_of_answer(asked: Field) -> Span:
    """Return the bounds of a question that has any."""
    if asked.kind in NUMBERS or asked.kind is Kind.DATE:
        low, high = bounds(asked)
        scale = 10**asked.digits if asked.kind is Kind.DECIMAL else 1
        return Span(Fraction(low, scale), Fraction(high, scale))
    return UNBOUNDED
