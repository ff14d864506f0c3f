"""What a name means while a bill is made, and whose turn it is when its value is missing.

Names of the item come first, then factors, then the application's own facts. Behind a derived fact that is missing
stands whoever has not answered yet: an officer, who will set it, or the applicant.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import partial

from rules.bill import BillInput, NotAnswered, NotANumber, Origin, Pending, SetByOfficer, Undetermined
from rules.calculation import Input, exact
from rules.citation import Citation
from rules.city import City
from rules.condition.decide import truth
from rules.condition.presence import missing
from rules.condition.tree import Condition, fields_of
from rules.fee_plan import FeePlan, needs_of
from rules.field import Derived, Field
from rules.formula import FILED_ON, Use
from rules.formula_inputs import formula_inputs, item_inputs
from rules.kind import Facts
from rules.memo import remembered
from rules.permit import Factor
from rules.words import Words

Holds = Callable[[str], bool]
HoldsItem = Callable[[str, int, str], bool]  # the code of the `daftar`, the index of the item, the rule
_FILED_ON = Words("Tanggal berkas", "Filing date")


@dataclass(frozen=True, slots=True)
class Scope:
    """What a formula sees: the application, or one item of a `daftar`, whose `own` names come first."""

    values: Mapping[str, Input]
    facts: Facts  # what conditions of its tables are decided on
    holds: Holds
    items: Field | None = None
    item: int | None = None

    @property
    def own(self) -> Mapping[str, Field | Derived]:
        """Return the questions and derived facts of the item."""
        return _NOTHING if self.items is None else _own(self.items)


class FeeNames:
    """All names one bill may use."""

    def __init__(
        self,
        plan: FeePlan,
        law: Citation,
        city: City,
        facts: Facts,
        filed_on: date,
        holds: Holds,
        holds_item: HoldsItem,
        awaited: Iterable[str] | None,
    ) -> None:
        """Gather what the application and the permit give."""
        self.plan, self.law, self.filed_on, self._holds_item = plan, law, filed_on, holds_item
        self._awaited = frozenset(plan.officers if awaited is None else awaited)
        self.agencies = agency_names(city)
        self.whole = Scope(formula_inputs(plan.questions, facts, filed_on), facts, holds)

    def scopes(self, for_each: str | None) -> Iterator[Scope | Undetermined]:
        """Yield the whole application, or each item of the `daftar`."""
        if for_each is None:
            yield self.whole
            return
        items, given = self.whole.values.get(for_each), self.whole.facts.get(for_each, ())
        if not isinstance(items, tuple) or not isinstance(given, tuple):
            yield Undetermined(self.why_missing(for_each, self.whole, self.law))
            return
        field = self.plan.fields[for_each]
        for index, (item, facts) in enumerate(zip(items, given, strict=True)):
            assert isinstance(item, Mapping)
            assert isinstance(facts, Mapping)
            holds = partial(self._holds_item, for_each, index)
            yield Scope(item_inputs(field, self.whole.values, item), facts, holds, field, index)

    def factor_of(self, code: str, scope: Scope) -> Factor | None:
        """Return the factor a name means here: names of the item come first."""
        factor = None if code in scope.own else self.plan.factors.get(code)
        if factor is None or factor.for_each is None:
            return factor
        return factor if scope.items is not None and factor.for_each == scope.items.code else None

    def given(self, use: Use, scope: Scope) -> BillInput | None:
        """Return the fact a name means, None where it is missing."""
        if use.code == FILED_ON:
            return BillInput(FILED_ON, _FILED_ON, self.filed_on.isoformat(), Origin.FILED_ON)
        label = self.label(scope, use.code, use.items)
        if use.items is not None:
            items = scope.values.get(use.items)
            rows = items if isinstance(items, tuple) else ()
            numbers = [exact(item.get(use.code)) for item in rows if isinstance(item, Mapping)]
            known = tuple(number for number in numbers if number is not None)
            return BillInput(f"{use.items}.{use.code}", label, known, Origin.ANSWER)
        value = scope.values.get(use.code)
        one = self._named(use.code, scope)
        origin = Origin.OFFICER if use.code in self.plan.officers else Origin.ANSWER
        if isinstance(one, Derived):
            origin = Origin.DERIVED
        shown = Fraction(len(value)) if isinstance(value, tuple) else value if isinstance(value, str) else exact(value)
        return None if shown is None else BillInput(use.code, label, shown, origin, None if one is None else one.unit)

    def _named(self, code: str, scope: Scope) -> Field | Derived | None:
        """Return what a name is a fact of, of the item first."""
        return scope.own.get(code) or self.plan.fields.get(code) or self.plan.derived.get(code)

    def label(self, scope: Scope, code: str, items: str | None) -> Words:
        """Return what a name is called, in `items` if it is a question of a `daftar`."""
        if code == FILED_ON:
            return _FILED_ON
        if items is not None and items in self.plan.fields:
            scope = Scope({}, {}, scope.holds, self.plan.fields[items], 0)
        factor = self.factor_of(code, scope)
        one = factor or self._named(code, scope)
        return (one.label if one is not None else None) or from_code(code)

    def awaits(self, when: Condition, scope: Scope, law: Citation) -> list[Pending]:
        """Return the officers' answers that may still make the condition hold."""
        if self._awaited.isdisjoint(self.plan.officers_behind(when)):
            return []
        return [p for p in self.unanswered(when, scope, law) if isinstance(p, SetByOfficer) and p.code in self._awaited]

    def unanswered(self, when: Condition, scope: Scope, law: Citation) -> list[Pending]:
        """Return what is missing to tell whether the condition holds."""
        if truth(when, scope.facts) is not None:
            return []
        open_names = dict.fromkeys(code for code in fields_of(when) if missing(scope.facts.get(code)))
        return [p for code in open_names for p in self.why_missing(code, scope, law)]

    def why_missing(self, code: str, scope: Scope, law: Citation) -> tuple[Pending, ...]:
        """Tell whose answer is missing behind a name, through the derived facts that rest on it."""
        pending: dict[Pending, None] = {}
        seen: set[str] = set()
        waiting = [code]
        while waiting:
            name = waiting.pop()
            if name in seen:
                continue
            seen.add(name)
            if name in self.plan.officers and name not in scope.own:
                agency = self.plan.officers[name]
                named = self.agencies.get(agency, Words(agency))
                pending[SetByOfficer(name, self.label(scope, name, None), agency, named, law)] = None
            elif name in self.plan.derived and name not in scope.own:
                needs = [need for need in needs_of(self.plan.derived[name]) if missing(self.whole.values.get(need))]
                waiting += reversed(needs)
                if not needs:
                    pending[NotANumber(name, self.label(scope, name, None))] = None
            else:
                items, _, asked = name.rpartition(".")
                answered = not missing(scope.values.get(items)) if items else True
                name, items = (name, items) if answered else (items, "")
                label = self.label(scope, asked if answered else name, items or None)
                pending[NotAnswered(name, label)] = None
        return tuple(pending)


_NOTHING: Mapping[str, Field | Derived] = {}


@remembered
def _own(items: Field) -> Mapping[str, Field | Derived]:
    questions: dict[str, Field | Derived] = {item.code: item for item in items.items}
    return {derived.code: derived for derived in items.derived} | questions


@remembered
def agency_names(city: City) -> Mapping[str, Words]:
    """Return what each agency of a city is called, by its code."""
    return {agency.code: agency.name for agency in city.agencies}


def from_code(code: str) -> Words:
    """Return a code as words, for what has no label."""
    return Words(code.replace("_", " ").replace("-", " "))
