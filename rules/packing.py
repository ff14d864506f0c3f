"""Which conjuncts go into which chunk: rules spread over engines so that none comes near its limits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from rules.conjunct import Conjunct
from rules.limit import conditions


@dataclass(frozen=True, slots=True)
class Packing:
    """How much goes into one chunk; the figures stay clear of the limits named in `rules.limit`.

    `shared`: equal conjuncts of different rules become one. Other figures than these reach the engine's own faults.
    """

    conjuncts: int = 60
    conditions: int = 480
    properties: int = 240
    shared: bool = True


@dataclass(slots=True)
class Part:
    """One chunk: its conjuncts by name, the rules that each of them carries, and the keys that they read."""

    conjuncts: dict[str, Conjunct] = field(default_factory=dict)
    carries: dict[str, tuple[str, ...]] = field(default_factory=dict)
    keys: dict[str, None] = field(default_factory=dict)
    conditions: int = 0

    def takes(self, conjunct: Conjunct, packing: Packing) -> bool:
        """Say whether there is room for one more."""
        return (
            len(self.conjuncts) < packing.conjuncts
            and self.conditions + conditions(conjunct) <= packing.conditions
            and len(self.keys | dict.fromkeys(match.key for match in conjunct)) <= packing.properties
        )

    def add(self, conjunct: Conjunct, rules: tuple[str, ...]) -> None:
        """Put one in, under a name of our own making."""
        name = str(len(self.conjuncts))
        self.conjuncts[name] = conjunct
        self.carries[name] = rules
        self.keys.update(dict.fromkeys(match.key for match in conjunct))
        self.conditions += conditions(conjunct)


def pack(rules: Mapping[str, list[Conjunct]], packing: Packing) -> tuple[Part, ...]:
    """Spread the conjuncts of all rules over as few chunks as hold them, in order."""
    pairs = [(conjunct, rule) for rule, conjuncts in rules.items() for conjunct in conjuncts]
    carried: dict[Conjunct, list[str]] = {}
    for conjunct, rule in pairs:
        carried.setdefault(conjunct, []).append(rule)
    every = list(carried.items()) if packing.shared else [(conjunct, [rule]) for conjunct, rule in pairs]
    parts: list[Part] = []
    for conjunct, carrying in every:
        if not parts or not parts[-1].takes(conjunct, packing):
            parts.append(Part())
        parts[-1].add(conjunct, tuple(carrying))
    return tuple(parts)
