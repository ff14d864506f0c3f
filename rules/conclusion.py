"""What a ruleset concludes from facts: the rules that hold and why, or why nobody but a person may decide."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from rules.codec import canonical
from rules.condition.tree import Condition
from rules.kind import Facts
from rules.reason import Reason, reasons


class Cause(StrEnum):
    """Why a case goes to a person."""

    DISAGREEMENT = "the engine and the reference differ"
    NOTHING = "the engine gave no answer"
    FAILURE = "the engine failed"
    UNTYPED = "a fact does not have the type of its field"
    CLOSED = "the engine was closed"


@dataclass(frozen=True, slots=True)
class Conclusions:
    """What follows from facts. With `manual`, nothing was concluded and a person must decide; `held` is then empty.

    `seen` holds the answers that the rules read, and no others.
    """

    held: frozenset[str]
    manual: str | None
    ruleset_digest: str
    seen: Facts
    rules: Mapping[str, Condition] = field(repr=False, compare=False)

    @property
    def in_order(self) -> tuple[str, ...]:
        """Return the rules that hold in one fixed order, `syarat/2` before `syarat/10`."""
        return tuple(sorted(self.held, key=natural))

    @property
    def facts_digest(self) -> str:
        """Return the sha256 of the answers that the rules read."""
        return hashlib.sha256(canonical(_plain(self.seen))).hexdigest()

    def why(self, rule: str) -> tuple[Reason, ...]:
        """Return the tests that carried a rule that holds."""
        return tuple(reasons(self.rules[rule], self.seen)) if rule in self.held else ()


def natural(rule: str) -> tuple[tuple[int, str], ...]:
    """Return a key that sorts the numbers in a rule's id as numbers."""
    return tuple((int(part), "") if part.isdecimal() else (-1, part) for part in re.split(r"([0-9]+)", rule))


def _plain(value: object) -> object:
    """Turn an answer into JSON that keeps a decimal apart from a text and from a whole number."""
    match value:
        case Mapping():
            return {str(key): _plain(one) for key, one in value.items()}
        case tuple() | list():
            return [_plain(one) for one in value]
        case Decimal():
            return {"desimal": str(value)}
        case bool() | int() | None:
            return value
        case _:
            return str(value).encode("utf-8", "backslashreplace").decode()
