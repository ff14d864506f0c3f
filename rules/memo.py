"""Remembering what follows from one frozen definition: a permit, its fields, a city.

Definitions live as long as a release does and are large, so they are told apart by identity: to hash one would cost
more than most of what is remembered of it. Gains the same answer at no cost; keeps the definition alive meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

A = TypeVar("A")
B = TypeVar("B")
K = TypeVar("K")
V = TypeVar("V")

MOST = 20_000
LASTING: set[type] = set()


def lasting(class_: type[A]) -> type[A]:
    """Mark a record of which the same object is part of many decisions: what is written of it is remembered."""
    LASTING.add(class_)
    return class_


class Known(dict[K, V]):
    """What is remembered by a key: what the identity of a part is in a key, the value must keep alive."""

    def __init__(self, most: int) -> None:
        """Remember no more than `most`; then begin anew."""
        super().__init__()
        self._most = most

    def keep(self, key: K, value: V) -> V:
        """Remember a value, and return it."""
        if len(self) >= self._most:
            self.clear()
        self[key] = value
        return value


def remembered(function: Callable[[A], B], most: int = MOST) -> Callable[[A], B]:
    """Remember what a pure function returned for each object, as long as no more than `most` were asked about."""
    known: dict[int, tuple[A, B]] = {}

    @wraps(function)
    def remembering(definition: A) -> B:
        found = known.get(id(definition))
        if found is not None and found[0] is definition:
            return found[1]
        answer = function(definition)
        if len(known) >= most:
            known.clear()
        known[id(definition)] = (definition, answer)
        return answer

    return remembering
