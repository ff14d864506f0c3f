"""Decision tables: rows with a condition and a value, and a policy for when several hold (DMN U, F, C+)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from rules.condition.tree import ALWAYS, Condition
from rules.words import Words

T = TypeVar("T")
K = TypeVar("K")


class Policy(StrEnum):
    """What it means when several rows hold."""

    UNIQUE = "tunggal"  # exactly one row must hold (DMN U)
    FIRST = "pertama"  # the first row that holds (DMN F)
    SUM = "jumlahkan"  # every row that holds is added (DMN C+)


@dataclass(frozen=True, slots=True)
class Row(Generic[T]):
    """`otherwise` marks the one `selainnya` row, which holds when no other row does; `reason` says why it exists."""

    value: T
    when: Condition = ALWAYS
    otherwise: bool = False
    reason: Words | None = None


@dataclass(frozen=True, slots=True)
class Table(Generic[T]):
    """Rows in the order written; a plain value is a table of one row that always holds."""

    rows: tuple[Row[T], ...]
    policy: Policy = Policy.UNIQUE

    def rules(self, prefix: str) -> tuple[tuple[int, str], ...]:
        """Return the index and the rule id of each row that has a condition of its own."""
        return tuple((index, f"{prefix}/{index}") for index, row in enumerate(self.rows) if not row.otherwise)


def choose(table: Table[T], holds: Callable[[int], bool]) -> tuple[int, ...]:
    """Return the indexes of the rows that count, in order; `holds` tells whether a row's condition holds.

    For `tunggal` that is every row that holds: exactly one in a proven catalog, and the caller must treat none or
    several as undecided. The `selainnya` row counts when no other holds.
    """
    return choose_rules(table, tuple((i, i) for i, row in enumerate(table.rows) if not row.otherwise), holds)


def choose_rules(table: Table[T], rules: Iterable[tuple[int, K]], holds: Callable[[K], bool]) -> tuple[int, ...]:
    """Do as `choose` does, told by which rule each row with a condition is decided."""
    held = tuple([index for index, rule in rules if holds(rule)])
    if not held:
        return tuple([index for index, row in enumerate(table.rows) if row.otherwise])
    return held[:1] if table.policy is Policy.FIRST else held
