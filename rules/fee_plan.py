"""What a bill needs to know of its permit before any answer is known, found out once for each permit version.

Gains most of what a bill costs; holds no answer and no city, so that nothing of one application reaches another.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from rules.condition.tree import Condition, fields_of
from rules.field import Derived, Field
from rules.formula import FormulaFault, names, parse
from rules.formula_inputs import all_questions
from rules.memo import remembered
from rules.permit import Amount, Factor, Fee, Permit
from rules.table import Table, choose_rules
from rules.words import Words


@dataclass(frozen=True, slots=True)
class FeePlan:
    """The names of a permit by code; `officers` tells which agency answers a question; `evidence` marks its fee."""

    permit: Permit
    questions: tuple[Field, ...]
    fields: Mapping[str, Field]
    derived: Mapping[str, Derived]
    factors: Mapping[str, Factor]
    officers: Mapping[str, str]
    evidence: str | None
    said: dict[tuple[str | Words | None, ...], Words] = field(default_factory=dict)  # formulas with their labels
    _rules: dict[str, tuple[tuple[int, str], ...]] = field(default_factory=dict)
    _behind: dict[int, frozenset[str]] = field(default_factory=dict)  # by identity of a condition of this permit

    def rows(self, table: Table[Amount], prefix: str, holds: Callable[[str], bool]) -> tuple[int, ...]:
        """Return the rows of a table that count; `prefix` is what the ids of its rules begin with."""
        rules = self._rules.get(prefix)
        if rules is None:
            rules = self._rules[prefix] = table.rules(prefix)
        return choose_rules(table, rules, holds)

    def officers_behind(self, when: Condition) -> frozenset[str]:
        """Return the officers' questions on which a condition rests, through derived facts too."""
        known = self._behind.get(id(when))
        if known is None:
            known = self._behind[id(when)] = frozenset(self._reached(when))
        return known

    def _reached(self, when: Condition) -> set[str]:
        reached: set[str] = set()
        waiting = list(fields_of(when))
        while waiting:
            name = waiting.pop()
            if name not in reached:
                reached.add(name)
                if name in self.derived:
                    waiting += needs_of(self.derived[name])
        return reached & self.officers.keys()


def needs_of(derived: Derived) -> tuple[str, ...]:
    """Return the names a derived fact is computed from."""
    if derived.count_of is not None:
        return (derived.count_of,)
    tree = parse(derived.formula or "")
    return () if isinstance(tree, FormulaFault) else names(tree)


@remembered
def fee_plan(permit: Permit) -> FeePlan:
    """Find out what a bill of this permit needs to know of it."""
    questions = all_questions(permit)
    factors = permit.fee.factors if isinstance(permit.fee, Fee) else ()
    return FeePlan(
        permit=permit,
        questions=questions,
        fields={field.code: field for field in questions},
        derived={derived.code: derived for derived in permit.derived},
        factors={factor.code: factor for factor in factors},
        officers={
            field.code: reviewer.agency
            for stage in permit.stages
            for reviewer in stage.reviewers
            for field in reviewer.officer_fields
        },
        evidence=dict(permit.evidence).get("biaya"),
    )
