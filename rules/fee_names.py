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
from rules.fee_plan import FeePlan, Meant, needs_of, own_names
from rules.field import Derived, Field
from rules.formula_inputs import formula_inputs, item_inputs
from rules.kind import Facts
from rules.memo import remembered
from rules.words import Words

Holds = Callable[[str], bool]
HoldsItem = Callable[[str, int, str], bool]  # the code of the `daftar`, the index of the item, the rule


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
        return own_names(self.items)


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

    def given(self, meant: Meant, scope: Scope) -> BillInput | None:
        """Return the fact a name means, None where it is missing."""
        code, items = meant.use.code, meant.use.items
        shown: Fraction | str | tuple[Fraction, ...] | None
        if meant.origin is Origin.FILED_ON:
            shown = self.filed_on.isoformat()
        elif items is not None:
            value = scope.values.get(items)
            rows = [row for row in value if isinstance(row, Mapping)] if isinstance(value, tuple) else []
            numbers = [exact(row.get(code)) for row in rows]
            shown = tuple([number for number in numbers if number is not None])
            code = f"{items}.{code}"
        else:
            value = scope.values.get(code)
            if isinstance(value, str):
                shown = value
            else:
                shown = Fraction(len(value)) if isinstance(value, tuple) else exact(value)
        return None if shown is None else BillInput(code, meant.label, shown, meant.origin, meant.unit)

    def label(self, scope: Scope, code: str, items: str | None) -> Words:
        """Return what a name is called, in `items` if it is a question of a `daftar`."""
        return self.plan.label(code, items, scope.items)

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


@remembered
def agency_names(city: City) -> Mapping[str, Words]:
    """Return what each agency of a city is called, by its code."""
    return {agency.code: agency.name for agency in city.agencies}
