"""What the engine cannot carry, as figures: found when a catalog is built, so that no application ever meets it.

Each limit was found by trying: past it the engine refuses, crashes, or never comes back. Several can no longer be
reached, because conjuncts are spread over chunks and equal ones are shared; those that an author can still reach are
named here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from rules.condition.presence import checker
from rules.condition.tree import Between, Condition, Every, Not, OneOf, Some, fields_of
from rules.conjunct import Conjunct, Operator, size
from rules.field import Field
from rules.kind import NUMBERS, ORDERED, TEXTS, Kind, Scalar
from rules.numbering import Numbering


class Limit(StrEnum):
    """A figure of the engine that a rule can exceed."""

    ALTERNATIVES = "alternatives"  # conjuncts that one condition multiplies out to
    CONJUNCTS = "conjuncts"  # of a whole ruleset; the engine takes 4,096 rules (error 106)
    CONDITIONS = "conditions"  # in one conjunct; 512 under one parent is an endless loop that holds the interpreter
    GROUPS = "groups"  # either-or groups in one conjunct; the fifteenth is error 113
    PROPERTIES = "properties"  # read by one conjunct; the 252nd of a fact is error 302
    DIGITS = "digits"  # of a number in a condition, before and after the point; integers have 64 bits


MOST: Mapping[Limit, int] = {
    Limit.ALTERNATIVES: 240,
    Limit.CONJUNCTS: 4_096,
    Limit.CONDITIONS: 480,
    Limit.GROUPS: 14,
    Limit.PROPERTIES: 240,
    Limit.DIGITS: 18,
}


@dataclass(frozen=True, slots=True)
class Exceeded:
    """A limit that a rule (None: the whole ruleset) exceeds, what was found and the most there may be."""

    limit: Limit
    rule: str | None
    found: int
    most: int

    def __str__(self) -> str:
        """Say it in one line."""
        return f"{self.rule or 'the ruleset'}: {self.found} {self.limit}, at most {self.most}"


class RefusedError(ValueError):
    """The rules cannot be run as they are: a limit is exceeded, or a test does not fit its field."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A ruleset multiplied out: what it exceeds, and the conjuncts of every rule where that is nothing."""

    exceeded: tuple[Exceeded, ...]
    numbering: Numbering
    conjuncts: Mapping[str, list[Conjunct]]


def limits(rules: Mapping[str, Condition], fields: Mapping[str, Field]) -> tuple[Exceeded, ...]:
    """Return every limit that the rules exceed, with its figures; RefusedError when a test does not fit its field."""
    return plan(rules, fields).exceeded


def plan(rules: Mapping[str, Condition], fields: Mapping[str, Field]) -> Plan:
    """Multiply the rules out as far as the limits allow; RefusedError when a test does not fit its field."""
    numbering = Numbering(fields)
    for rule, condition in rules.items():
        if problem := next(misfits(condition, fields), None):
            raise RefusedError(f"{rule}: {problem}")
        numbering.meet(condition)
    exceeded: list[Exceeded] = []
    conjuncts: dict[str, list[Conjunct]] = {}
    for rule, condition in rules.items():
        found = {Limit.ALTERNATIVES: size(condition), Limit.DIGITS: _longest(condition, numbering)}
        if not (over := _over(rule, found)):
            conjuncts[rule] = numbering.conjuncts(condition)
            over = _over(rule, {limit: max(map(of, conjuncts[rule]), default=0) for limit, of in MEASURES.items()})
        exceeded += over
    distinct = {conjunct for every in conjuncts.values() for conjunct in every}
    exceeded += _over(None, {Limit.CONJUNCTS: len(distinct)})
    return Plan(tuple(exceeded), numbering, conjuncts)


def _over(rule: str | None, found: Mapping[Limit, int]) -> list[Exceeded]:
    return [Exceeded(limit, rule, n, MOST[limit]) for limit, n in found.items() if n > MOST[limit]]


def conditions(conjunct: Conjunct) -> int:
    """Return how many of the engine's conditions a conjunct takes, the one that every conjunct begins with included."""
    return 1 + sum(match.conditions for match in conjunct)


def groups(conjunct: Conjunct) -> int:
    """Return how many either-or groups a conjunct has."""
    return sum(match.operator is Operator.AMONG for match in conjunct)


def properties(conjunct: Conjunct) -> int:
    """Return how many numbers of a fact a conjunct reads."""
    return len({match.key for match in conjunct})


MEASURES = {Limit.CONDITIONS: conditions, Limit.GROUPS: groups, Limit.PROPERTIES: properties}


def misfits(condition: Condition, fields: Mapping[str, Field]) -> Iterator[str]:
    """Yield what makes the condition impossible to run: names that are no field, tests that do not fit theirs."""
    yield from (f"`{code}` is not a field" for code in fields_of(condition) if code not in fields)
    for test in _tests(condition):
        if test.field in fields and (problem := _fault_of(test, fields[test.field])):
            yield problem


def _tests(condition: Condition) -> Iterator[OneOf | Between]:
    match condition:
        case OneOf() | Between():
            yield condition
        case Every(parts) | Some(parts):
            for part in parts:
                yield from _tests(part)
        case Not(part):
            yield from _tests(part)
        case _:
            return


def _fault_of(test: OneOf | Between, field: Field) -> str | None:
    """Say what makes a test impossible to run on this field, None when nothing does."""
    if test.kind is not field.kind:
        return f"`{test.field}` is a {field.kind}, tested as a {test.kind}"
    if isinstance(test, OneOf):
        literals: tuple[Scalar, ...] = test.values
        comparable = test.kind in ORDERED | TEXTS | {Kind.CHOICE, Kind.CHOICES, Kind.YES_NO}
    else:
        literals = tuple(bound for bound in (test.low, test.high) if bound is not None)
        comparable = test.kind in ORDERED
    if not comparable:
        return f"a {test.kind} such as `{test.field}` has no order and no values to compare with"
    admits = checker(Kind.TEXT if test.kind is Kind.CHOICES else test.kind)
    for literal in literals:
        if not admits(literal):
            return f"{literal!r} is not a {test.kind}, as `{test.field}` is"
    return None


def _longest(condition: Condition, numbering: Numbering) -> int:
    """Return how many digits the longest number of the condition has, at the scale of its field."""
    lengths = (
        max(Decimal(literal).adjusted() + 1, 1) + numbering.digits(test.field)
        for test in _tests(condition)
        if test.kind in NUMBERS
        for literal in (test.values if isinstance(test, OneOf) else (test.low, test.high))
        if isinstance(literal, int | Decimal)
    )
    return max(lengths, default=0)
