"""What a ruleset concludes from facts: the rules that hold and why, or why nobody but a person may decide."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

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
        try:
            said = _SEEN.encode(self.seen).encode()
        except UnicodeEncodeError:  # half a character, which somebody sent
            said = _SEEN.encode(self.seen).encode("utf-8", "backslashreplace")
        return hashlib.sha256(said).hexdigest()

    def why(self, rule: str) -> tuple[Reason, ...]:
        """Return the tests that carried a rule that holds."""
        return tuple(reasons(self.rules[rule], self.seen)) if rule in self.held else ()


def natural(rule: str) -> tuple[tuple[int, str], ...]:
    """Return a key that sorts the numbers in a rule's id as numbers."""
    return tuple((int(part), "") if part.isdecimal() else (-1, part) for part in re.split(r"([0-9]+)", rule))


def _exact(value: object) -> object:
    """Return what stands for a value that JSON has no word for: a decimal stays apart from a text."""
    if isinstance(value, Mapping):
        return dict(value)
    assert isinstance(value, Decimal), type(value)
    return {"desimal": str(value)}


_SEEN = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False, default=_exact)
