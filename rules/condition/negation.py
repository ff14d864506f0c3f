"""A condition with its negations pushed down to single tests: what every target is generated from.

In this form nothing is left that could turn «unanswered» into «true»: a negated test still asks for an answer, so a
target only has to say «answered and not so» at the leaf.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from rules.condition.tree import Always, Answered, Between, Condition, Every, Not, OneOf, Some

Atom = Answered | OneOf | Between


@dataclass(frozen=True, slots=True)
class Constant:
    """Always, or never."""

    holds: bool


@dataclass(frozen=True, slots=True)
class Literal:
    """One test; negated when not `positive` (then still: answered, unless the test is `Answered` itself)."""

    test: Atom
    positive: bool = True


@dataclass(frozen=True, slots=True)
class AllOf:
    """All parts hold."""

    parts: tuple[Normal, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Some part holds."""

    parts: tuple[Normal, ...]


Normal = Constant | Literal | AllOf | AnyOf


def normal(condition: Condition, positive: bool = True) -> Normal:
    """Push negations to the tests; with `positive` False, of the negated condition."""
    match condition:
        case Always():
            return Constant(positive)
        case Answered() | OneOf() | Between():
            return Literal(condition, positive)
        case Every(parts):
            inner = tuple(normal(part, positive) for part in parts)
            return AllOf(inner) if positive else AnyOf(inner)
        case Some(parts):
            inner = tuple(normal(part, positive) for part in parts)
            return AnyOf(inner) if positive else AllOf(inner)
        case Not(part):
            return normal(part, not positive)
        case _:
            assert_never(condition)


def flat(form: Normal) -> Normal:
    """Drop constants, repeats and groups within groups of the same sort; the truth stays the same."""
    match form:
        case Constant() | Literal():
            return form
        case AllOf(parts):
            return _joined(parts, True)
        case AnyOf(parts):
            return _joined(parts, False)
        case _:
            assert_never(form)


def _joined(parts: tuple[Normal, ...], every: bool) -> Normal:
    kept: dict[Normal, None] = {}
    for part in map(flat, parts):
        match part:
            case Constant(holds):
                if holds is not every:
                    return part
            case AllOf(inner) if every:
                kept.update(dict.fromkeys(inner))
            case AnyOf(inner) if not every:
                kept.update(dict.fromkeys(inner))
            case _:
                kept[part] = None
    if not kept:
        return Constant(every)
    if len(kept) == 1:
        return next(iter(kept))
    return AllOf(tuple(kept)) if every else AnyOf(tuple(kept))
