"""The tree of a condition: a closed union, compared by value.

A condition compares one answered field with constants. It is three-valued: a test on a missing field is neither true
nor false, and a condition *holds* only if it is definitely true. Only `Answered` speaks of absence.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import assert_never

from rules.kind import Kind, Scalar


@dataclass(frozen=True, slots=True)
class Always:
    """Holds for every application."""


@dataclass(frozen=True, slots=True)
class Answered:
    """The field has an answer (`terisi`); its negation is `kosong`. Two-valued."""

    field: str


@dataclass(frozen=True, slots=True)
class OneOf:
    """The answer is one of `values`; for `pilihan_ganda`: the answer contains any of them."""

    field: str
    kind: Kind
    values: tuple[Scalar, ...]


@dataclass(frozen=True, slots=True)
class Between:
    """The answer lies between two bounds; None is unbounded. Only for ordered kinds."""

    field: str
    kind: Kind
    low: Scalar | None = None
    low_included: bool = True
    high: Scalar | None = None
    high_included: bool = True


@dataclass(frozen=True, slots=True)
class Every:
    """All parts hold."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Some:
    """At least one part holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part is definitely false: answered, and not so."""

    part: Condition


Condition = Always | Answered | OneOf | Between | Every | Some | Not
ALWAYS = Always()


def fields_of(condition: Condition) -> Iterator[str]:
    """Yield every field the condition reads, in order, repeats included."""
    match condition:
        case Always():
            return
        case Answered(field) | OneOf(field=field) | Between(field=field):
            yield field
        case Every(parts) | Some(parts):
            for part in parts:
                yield from fields_of(part)
        case Not(part):
            yield from fields_of(part)
        case _:
            assert_never(condition)
