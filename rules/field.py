"""A question of a form: what it is called, what kind of answer it takes, and when it is shown."""

from __future__ import annotations

from dataclasses import dataclass

from rules.condition.tree import ALWAYS, Condition
from rules.kind import Kind, Scalar
from rules.words import Words


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a `pilihan`."""

    code: str
    label: Words


@dataclass(frozen=True, slots=True)
class Derived:
    """A fact computed from answers (`turunan`), an ordinary field from then on.

    Exactly one of `formula` (text in the formula language) and `count_of` (a `daftar`, its items counted where
    `count_when` holds) is set.
    """

    code: str
    kind: Kind
    formula: str | None = None
    count_of: str | None = None
    count_when: Condition = ALWAYS
    label: Words | None = None
    unit: str | None = None
    digits: int = 0


@dataclass(frozen=True, slots=True)
class Field:
    """A question. `digits` are places after the point; `minimum` and `maximum` bound numbers, dates, and the number of
    items of a `daftar`; `length` bounds texts, in characters."""

    code: str
    kind: Kind
    label: Words
    options: tuple[Option, ...] = ()
    unit: str | None = None
    digits: int = 0
    minimum: Scalar | None = None
    maximum: Scalar | None = None
    length: int | None = None
    optional: bool = False
    shown_when: Condition = ALWAYS
    help: Words | None = None
    items: tuple[Field, ...] = ()
    derived: tuple[Derived, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A page of the form (`bagian`): its heading and the codes of its questions, in order."""

    title: Words
    fields: tuple[str, ...]
