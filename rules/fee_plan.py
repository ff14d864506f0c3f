"""What a bill needs to know of its permit before any answer is known, found out once for each fee of a version.

Gains most of what a bill costs; holds no answer and no city, so that nothing of one application reaches another.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from rules.bill import Origin
from rules.condition.tree import Condition, fields_of
from rules.field import Derived, Field
from rules.formula import FILED_ON, FormulaFault, FormulaTree, Use, names, uses_of
from rules.formula_inputs import all_questions
from rules.formula_reader import parse
from rules.memo import remembered
from rules.permit import Amount, Factor, Fee, Formula, Permit
from rules.table import Table, choose_rules
from rules.words import Words

FILING_DATE = Words("Tanggal berkas", "Filing date")


@dataclass(frozen=True, slots=True)
class Meant:
    """What a name in a formula stands for: a factor, or a fact and what a bill says of it."""

    use: Use
    factor: Factor | None
    label: Words
    origin: Origin
    unit: str | None


class FeePlan:
    """The names of one fee of a permit by code, and what its formulas mean by them; `officers` tells which agency
    answers a question, `evidence` marks the fee."""

    def __init__(self, permit: Permit, fee: Fee) -> None:
        """Gather the names; the rest is found out when it is first asked for."""
        self.fee = fee
        self.questions = all_questions(permit)
        self.fields = {field.code: field for field in self.questions}
        self.derived = {derived.code: derived for derived in permit.derived}
        self.factors = {factor.code: factor for factor in fee.factors}
        self.officers = {
            field.code: reviewer.agency
            for stage in permit.stages
            for reviewer in stage.reviewers
            for field in reviewer.officer_fields
        }
        self.evidence = evidence_of_fees(permit)
        self.said: dict[tuple[str | Words | None, ...], Words] = {}  # formulas with the labels of their names
        self._rules: dict[str, tuple[tuple[int, str], ...]] = {}
        self._behind: dict[int, frozenset[str]] = {}  # by identity of a condition of this permit
        self._meant: dict[tuple[str, str | None], tuple[Meant, ...]] = {}

    def names_in(self, formula: str, tree: FormulaTree, items: Field | None) -> tuple[Meant, ...]:
        """Return what each name of a formula stands for, in the application or in an item of a `daftar`."""
        key = (formula, None if items is None else items.code)
        known = self._meant.get(key)
        if known is None:
            distinct = {(use.items, use.code): use for use in reversed(uses_of(tree))}
            known = self._meant[key] = tuple(self._means(use, items) for use in reversed(distinct.values()))
        return known

    def _means(self, use: Use, items: Field | None) -> Meant:
        factor = None if use.items is not None else self._factor(use.code, items)
        label = self.label(use.code, use.items, items)
        if use.code == FILED_ON:
            return Meant(use, factor, label, Origin.FILED_ON, None)
        if use.items is not None:
            return Meant(use, None, label, Origin.ANSWER, None)
        one = self._named(use.code, items)
        origin = Origin.OFFICER if use.code in self.officers else Origin.ANSWER
        if isinstance(one, Derived):
            origin = Origin.DERIVED
        return Meant(use, factor, label, origin, None if one is None else one.unit)

    def label(self, code: str, of: str | None, items: Field | None) -> Words:
        """Return what a name is called, `of` a `daftar` if it is a question of its items."""
        if code == FILED_ON:
            return FILING_DATE
        if of is not None and of in self.fields:
            items = self.fields[of]
        one = self._factor(code, items) or self._named(code, items)
        return (one.label if one is not None else None) or from_code(code)

    def _factor(self, code: str, items: Field | None) -> Factor | None:
        """Return the factor a name means here: names of the item come first."""
        factor = None if code in own_names(items) else self.factors.get(code)
        if factor is None or factor.for_each is None:
            return factor
        return factor if items is not None and factor.for_each == items.code else None

    def _named(self, code: str, items: Field | None) -> Field | Derived | None:
        """Return what a name is a fact of, of the item first."""
        return own_names(items).get(code) or self.fields.get(code) or self.derived.get(code)

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


def fee_questions(permit: Permit) -> tuple[str, ...]:
    """Return every question on which a permit's bills rest, the officers' too, in the order of their codes."""
    reached = {code for plan in fee_plans(permit) for code in _rests_on(plan)}
    return tuple(sorted(reached))


def _rests_on(plan: FeePlan) -> set[str]:
    reached = set[str]()
    waiting = [code for exemption in plan.fee.exemptions for code in fields_of(exemption.when)]
    waiting += [factor.for_each for factor in plan.fee.factors if factor.for_each is not None]
    waiting += [component.for_each for component in plan.fee.components if component.for_each is not None]
    for table in plan.fee.tables:
        for row in table.rows:
            waiting += fields_of(row.when)
            if isinstance(row.value, Formula) and not isinstance(tree := parse(row.value.text), FormulaFault):
                waiting += [name for use in uses_of(tree) for name in (use.items, use.code) if name is not None]
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting += needs_of(plan.derived[name]) if name in plan.derived else ()
    return reached & plan.fields.keys()


_NOTHING: Mapping[str, Field | Derived] = {}


def own_names(items: Field | None) -> Mapping[str, Field | Derived]:
    """Return the questions and derived facts of the items of a `daftar`, by code."""
    return _NOTHING if items is None else _own(items)


@remembered
def _own(items: Field) -> Mapping[str, Field | Derived]:
    questions: dict[str, Field | Derived] = {item.code: item for item in items.items}
    return {derived.code: derived for derived in items.derived} | questions


def from_code(code: str) -> Words:
    """Return a code as words, for what has no label."""
    return Words(code.replace("_", " ").replace("-", " "))


def evidence_of_fees(permit: Permit) -> str | None:
    """Return how far the figures of a permit's fees can be trusted."""
    return dict(permit.evidence).get("biaya")


@remembered
def fee_plans(permit: Permit) -> tuple[FeePlan, ...]:
    """Return the plans of a permit's fees, made once."""
    return tuple(FeePlan(permit, fee) for fee in permit.fees)
