"""One question of an application as unknowns: whether it is answered, and with what.

Numbers stand at the scale of their last decimal, dates as days, options and texts as the place of their word in a
`Lexicon`; a text that no rule names is a number below nought. Gains arithmetic that is exact.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import assert_never

from generator.lowering.form_schema import LENGTHS, MOST, PATTERNS
from generator.proof.solver import FALSE, TRUE, Formula, Number, Solver, all_of, any_of, implies, no, same
from rules.condition.presence import FIRST_YEAR, LAST_YEAR, missing
from rules.condition.tree import Between, OneOf
from rules.field import Field
from rules.kind import TEXTS, Kind, Scalar, Value

FIRST_DAY, LAST_DAY = date(FIRST_YEAR, 1, 1).toordinal(), date(LAST_YEAR, 12, 31).toordinal()
MOST_ITEMS = 50  # of a `daftar` that says nothing of it, as in the form's schema
LONGEST = 320


class Lexicon:
    """The words that rules compare with, each by its place."""

    def __init__(self) -> None:
        """Know no word yet."""
        self._places: dict[str, int] = {}
        self._words: list[str] = []

    def place(self, word: str) -> int:
        """Return the place of a word, a new one for a new word."""
        if word not in self._places:
            self._places[word] = len(self._words)
            self._words.append(word)
        return self._places[word]

    def word(self, place: int) -> str:
        """Return the word at a place."""
        return self._words[place]


@dataclass(frozen=True, slots=True, eq=False)
class Amount:
    """A number at the scale of its field; a day; the place of a word; how many items there are."""

    number: Number


@dataclass(frozen=True, slots=True, eq=False)
class Flag:
    """Yes or no."""

    yes: Formula


@dataclass(frozen=True, slots=True, eq=False)
class Picks:
    """Which options are among the answer."""

    by_option: Mapping[str, Formula]


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """One question: whether it is answered, and with what; `words` are those of its kind of which rules speak."""

    field: Field
    present: Formula
    content: Amount | Flag | Picks
    lexicon: Lexicon
    words: tuple[str, ...] = ()

    @property
    def number(self) -> Number:
        """Return the number of an answer that has one."""
        assert isinstance(self.content, Amount), self.field.code
        return self.content.number

    @property
    def digits(self) -> int:
        """Return how many places after the point its number counts in."""
        return self.field.digits if self.field.kind is Kind.DECIMAL else 0

    def among(self, test: OneOf) -> Formula:
        """Say that the answer, where there is one, is among the values of a test."""
        match self.content:
            case Flag(yes):
                return any_of(*(yes if value else no(yes) for value in test.values))
            case Picks(by_option):
                return any_of(*(by_option.get(str(value), FALSE) for value in test.values))
            case Amount(number):
                known = self.field.kind not in TEXTS or set(test.values) <= {*self.words}
                assert known, f"no form of {self.field.code} was made with {test.values}"
                places = [self.scaled(value) for value in test.values]
                return any_of(*(number.equals(int(place)) for place in places if place.denominator == 1))
            case _:
                assert_never(self.content)

    def within(self, test: Between) -> Formula:
        """Say that the answer, where there is one, lies between the bounds of a test."""
        parts: list[Formula] = []
        if test.low is not None:
            low = self.scaled(test.low)
            least = math.ceil(low) if test.low_included else math.floor(low) + 1
            parts.append(self.number.at_least(least))
        if test.high is not None:
            high = self.scaled(test.high)
            most = math.floor(high) if test.high_included else math.ceil(high) - 1
            parts.append(self.number.at_most(most))
        return all_of(*parts)

    def scaled(self, value: Scalar) -> Fraction:
        """Return a value as the number that stands for it."""
        if self.field.kind is Kind.DATE:
            return Fraction(date.fromisoformat(str(value)).toordinal())
        if isinstance(value, str):
            return Fraction(self.lexicon.place(value))
        return Fraction(value) * Fraction(10**self.digits)

    def unscaled(self, number: int) -> int | Decimal:
        """Return the value that a number stands for."""
        return Decimal(number).scaleb(-self.digits) if self.field.kind is Kind.DECIMAL else number

    def fits(self) -> Formula:
        """Say that the answer, where there is one, is one that the form's schema accepts."""
        match self.content:
            case Flag():
                return TRUE
            case Picks(by_option):
                return same(self.present, any_of(*by_option.values()))
            case Amount(number) if self.field.kind is Kind.LIST:  # none is as many as nought
                absent = implies(no(self.present), number.equals(0))
                return all_of(implies(self.present, self._fitting(number)), absent)
            case Amount(number):
                return implies(self.present, self._fitting(number))
            case _:
                assert_never(self.content)

    def _fitting(self, number: Number) -> Formula:
        field = self.field
        if field.kind is Kind.CHOICE:
            return any_of(*(number.equals(self.lexicon.place(option.code)) for option in field.options))
        if field.kind in TEXTS:
            known = (number.equals(self.lexicon.place(word)) for word in self.words if may_be_written(field, word))
            return any_of(number.below(0), *known)
        low, high = bounds(field)
        return all_of(number.at_least(low), number.at_most(high))

    def filled(self, value: Value | None) -> Formula:
        """Say that this is the answer (None: that there is none); of a `daftar`, how many items it has."""
        if value is None:
            return no(self.present)
        match self.content:
            case Flag(yes):
                says = yes if value is True else no(yes)
            case Picks(by_option):
                assert isinstance(value, tuple)
                says = all_of(*(one if code in value else no(one) for code, one in by_option.items()))
            case Amount(number):
                says = self._numbered(number, value)
            case _:
                assert_never(self.content)
        return all_of(self.present, says)

    def _numbered(self, number: Number, value: Value) -> Formula:
        if isinstance(value, tuple):
            return number.equals(len(value))
        if self.field.kind in TEXTS and value not in self.words and may_be_written(self.field, str(value)):
            return number.below(0)  # one that no rule names; one that no form takes keeps its own place
        return number.equals(int(self.scaled(value)))

    def equals(self, other: Answer) -> Formula:
        """Say that both are unanswered, or answered alike."""
        return all_of(same(self.present, other.present), implies(self.present, self._alike(other)))

    def _alike(self, other: Answer) -> Formula:
        match self.content, other.content:
            case Flag(one), Flag(two):
                return same(one, two)
            case Picks(one), Picks(two):
                options = dict.fromkeys((*one, *two))
                return all_of(*(same(one.get(code, FALSE), two.get(code, FALSE)) for code in options))
            case Amount(one), Amount(two):
                return one.times(10**other.digits).equals(two.times(10**self.digits))
            case _:
                return FALSE


def answer(solver: Solver, lexicon: Lexicon, field: Field, name: str, words: tuple[str, ...] = ()) -> Answer:
    """Make the unknowns of one question; `name` tells them from those of another."""
    present = solver.flag(f"{name}?")
    content: Amount | Flag | Picks
    match field.kind:
        case Kind.YES_NO:
            content = Flag(solver.flag(name))
        case Kind.CHOICES:
            content = Picks({option.code: solver.flag(f"{name}/{option.code}") for option in field.options})
        case _:
            content = Amount(solver.whole(name))
            for word in (*(option.code for option in field.options), *words):
                lexicon.place(word)
    return Answer(field, present, content, lexicon, words)


def bounds(field: Field) -> tuple[int, int]:
    """Return the least and the greatest number, at the field's scale, that the form's schema accepts."""
    if field.kind is Kind.LIST:
        low, high = _whole(field.minimum, 1), _whole(field.maximum, MOST_ITEMS)
        return max(low, 1), high  # an empty list is no answer
    if field.kind is Kind.DATE:
        first = FIRST_DAY if field.minimum is None else _day(field.minimum)
        return first, LAST_DAY if field.maximum is None else _day(field.maximum)
    scale = 10**field.digits if field.kind is Kind.DECIMAL else 1
    least = 0 if field.kind is Kind.MONEY else -MOST
    low = least if field.minimum is None else math.ceil(Fraction(_measure(field.minimum)) * scale)
    high = MOST if field.maximum is None else math.floor(Fraction(_measure(field.maximum)) * scale)
    return max(low, -MOST), min(high, MOST)


def may_be_written(field: Field, word: str) -> bool:
    """Tell whether the form's schema accepts this word as an answer to a question that takes a text."""
    if missing(word) or len(word) > (field.length or LENGTHS.get(field.kind, LONGEST)):
        return False
    pattern = PATTERNS.get(field.kind)
    return pattern is None or re.fullmatch(pattern.removeprefix("^").removesuffix("$"), word) is not None


def _whole(value: Scalar | None, default: int) -> int:
    return default if value is None else int(str(value))


def _day(value: Scalar) -> int:
    return date.fromisoformat(str(value)).toordinal()


def _measure(value: Scalar) -> int | Decimal:
    assert isinstance(value, int | Decimal)
    return value
