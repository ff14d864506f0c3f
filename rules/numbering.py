"""Answers and conditions as numbers under generated keys: all that the engine is ever shown.

Negation is pushed to the tests and everything is multiplied out: a condition holds exactly when all tests of at least
one of its conjuncts match. Loses names, words and the third truth value. A test on a key that is left out never
matches, negated or not, and that is what a test on a missing field means.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import assert_never

from rules.condition.presence import checker
from rules.condition.tree import Always, Answered, Between, Condition, Every, Not, OneOf, Some
from rules.conjunct import Conjunct, Match, Operator
from rules.field import Field
from rules.kind import NUMBERS, Kind, Scalar, Value
from rules.scale import places, scaled

GROUPED = 16  # values of one either-or group; a longer list becomes a membership bit, worked out before the engine


class UntypedError(ValueError):
    """A field has an answer that its kind does not allow."""


class Numbering:
    """Gives each field that is read its keys, and each text its number; everything else about it is left behind.

    It grows while conditions are multiplied out (`conjuncts`) and is only read afterwards (`numbers`).
    """

    def __init__(self, fields: Mapping[str, Field]) -> None:
        """Begin with nothing read."""
        self._fields = fields
        self._order: dict[str, int] = {}
        self._digits: dict[str, int] = {}
        self._texts: dict[str, int] = {}
        self._valued: set[str] = set()
        self._presence: set[str] = set()
        self._bits: dict[str, dict[str, str]] = {}
        self._members: dict[str, dict[tuple[int, ...], str]] = {}

    def meet(self, condition: Condition) -> None:
        """Note how fine the literals of a condition are, so that every number of a field gets one scale."""
        match condition:
            case OneOf(field, kind, values) if kind in NUMBERS:
                self._refine(field, values)
            case Between(field, kind, low, _, high, _) if kind in NUMBERS:
                self._refine(field, tuple(bound for bound in (low, high) if bound is not None))
            case Every(parts) | Some(parts):
                for part in parts:
                    self.meet(part)
            case Not(part):
                self.meet(part)
            case _:
                pass

    def digits(self, code: str) -> int:
        """Return how many places after the point the numbers of a field keep."""
        return self._digits.get(code, self._fields[code].digits)

    def _refine(self, code: str, literals: tuple[Scalar, ...]) -> None:
        finest = max((places(literal) for literal in literals), default=0)
        self._digits[code] = max(self.digits(code), finest)

    def conjuncts(self, condition: Condition, wanted: bool = True) -> list[Conjunct]:
        """Multiply the condition out: it is definitely true (false, when not `wanted`) where any of these matches."""
        match condition:
            case Always():
                return [()] if wanted else []
            case Answered(field):
                return [(self._present(field, wanted),)]
            case OneOf():
                return self._one_of(condition, wanted)
            case Between():
                return self._between(condition, wanted)
            case Not(part):
                return self.conjuncts(part, not wanted)
            case Every(parts) | Some(parts):
                alternatives = [self.conjuncts(part, wanted) for part in parts]
                if isinstance(condition, Every) is not wanted:
                    return list(dict.fromkeys(itertools.chain.from_iterable(alternatives)))
                products = itertools.product(*alternatives)
                return list(dict.fromkeys(tuple(sorted(set(itertools.chain(*each)))) for each in products))
            case _:
                assert_never(condition)

    def _place(self, code: str) -> int:
        return self._order.setdefault(code, len(self._order))

    def _present(self, code: str, answered: bool) -> Match:
        place = self._place(code)
        self._presence.add(code)
        return Match(f"p{place}", Operator.EQUAL, (int(answered),))

    def _one_of(self, test: OneOf, wanted: bool) -> list[Conjunct]:
        code = test.field
        place = self._place(code)
        if not test.values:
            return [] if wanted else [(self._present(code, True),)]
        if test.kind is Kind.CHOICES:
            bits = self._bits.setdefault(code, {})
            keys = [bits.setdefault(str(value), f"b{place}_{len(bits)}") for value in dict.fromkeys(test.values)]
            if wanted:
                return [(Match(key, Operator.EQUAL, (1,)),) for key in keys]
            return [tuple(sorted(Match(key, Operator.EQUAL, (0,)) for key in keys))]
        numbers = tuple(sorted({self._literal(code, test.kind, value) for value in test.values}))
        if len(numbers) > GROUPED:
            members = self._members.setdefault(code, {})
            key = members.setdefault(numbers, f"s{place}_{len(members)}")
            return [(Match(key, Operator.EQUAL, (int(wanted),)),)]
        self._valued.add(code)
        key = f"f{place}"
        if not wanted:
            return [tuple(Match(key, Operator.NOT_EQUAL, (number,)) for number in numbers)]
        return [(Match(key, Operator.EQUAL if len(numbers) == 1 else Operator.AMONG, numbers),)]

    def _between(self, test: Between, wanted: bool) -> list[Conjunct]:
        code = test.field
        key = f"f{self._place(code)}"
        if test.low is None and test.high is None:
            return [(self._present(code, True),)] if wanted else []
        self._valued.add(code)
        matches = []
        if test.low is not None:
            operator = Operator.AT_LEAST if test.low_included else Operator.ABOVE
            outside = Operator.BELOW if test.low_included else Operator.AT_MOST
            matches.append(Match(key, operator if wanted else outside, (self._literal(code, test.kind, test.low),)))
        if test.high is not None:
            operator = Operator.AT_MOST if test.high_included else Operator.BELOW
            outside = Operator.ABOVE if test.high_included else Operator.AT_LEAST
            matches.append(Match(key, operator if wanted else outside, (self._literal(code, test.kind, test.high),)))
        return [tuple(sorted(matches))] if wanted else [(match,) for match in matches]

    def _literal(self, code: str, kind: Kind, value: Scalar) -> int:
        if kind in NUMBERS:
            assert isinstance(value, int | Decimal)
            return scaled(value, self.digits(code))
        if kind is Kind.DATE:
            return date.fromisoformat(str(value)).toordinal()
        if kind is Kind.YES_NO:
            return int(bool(value))
        return self._texts.setdefault(str(value), len(self._texts) + 1)

    def readers(self) -> tuple[Reader, ...]:
        """Return what turns each field that is read into its numbers; call it when every condition was met."""
        return tuple(
            Reader(
                code=code,
                admits=checker(self._fields[code].kind),
                number=self._number_of(code),
                presence=f"p{place}" if code in self._presence else None,
                value=f"f{place}" if code in self._valued else None,
                members=tuple((key, frozenset(numbers)) for numbers, key in self._members.get(code, {}).items()),
                bits=tuple(self._bits.get(code, {}).items()),
            )
            for code, place in self._order.items()
        )

    def _number_of(self, code: str) -> Callable[[object], int]:
        kind = self._fields[code].kind
        if kind in NUMBERS:
            digits = self.digits(code)
            return lambda value: scaled(value, digits) if isinstance(value, int | Decimal) else 0
        if kind is Kind.DATE:
            return lambda value: date.fromisoformat(str(value)).toordinal()
        if kind is Kind.YES_NO:
            return lambda value: 1 if value else 0
        texts = self._texts
        return lambda value: texts.get(value, 0) if isinstance(value, str) else 0


@dataclass(frozen=True, slots=True)
class Reader:
    """How one field's answer becomes numbers: whether its kind admits it, and the keys that speak of it."""

    code: str
    admits: Callable[[object], bool]
    number: Callable[[object], int]
    presence: str | None
    value: str | None
    members: tuple[tuple[str, frozenset[int]], ...]
    bits: tuple[tuple[str, str], ...]

    def absent(self, numbers: dict[str, int]) -> None:
        """Write what is known of a field without an answer: that it has none."""
        if self.presence is not None:
            numbers[self.presence] = 0

    def write(self, answer: Value, numbers: dict[str, int]) -> None:
        """Write the numbers of an answer that its kind admits."""
        if self.value is not None:
            numbers[self.value] = self.number(answer)
        if self.presence is not None:
            numbers[self.presence] = 1
        for key, members in self.members:
            numbers[key] = int(self.number(answer) in members)
        if self.bits:
            assert isinstance(answer, tuple)
            for option, key in self.bits:
                numbers[key] = int(option in answer)
