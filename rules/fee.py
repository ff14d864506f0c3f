"""Makes the bill of an application: factors, dated tariffs, formulas and tables, exact, rounded once.

Which row of a table holds is decided by whoever calls (`holds`, `holds_item`), so that the engine decides and nothing
is decided twice. Rule ids: `retribusi/faktor/<code>/<row>`, `retribusi/komponen/<component>/<row>`,
`retribusi/bebas/<exemption>`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import partial
from typing import assert_never

from rules.bill import (
    BelowNought,
    Bill,
    BillInput,
    BillLine,
    DividesByNought,
    Exempted,
    FactorsInACircle,
    NoRow,
    NotAnswered,
    NotANumber,
    NoTariff,
    Origin,
    Pending,
    SetByOfficer,
    SeveralRows,
    Undetermined,
)
from rules.calculation import DividedByZero, Input, Missing, Outcome, Unfit, evaluate, exact
from rules.citation import Citation
from rules.city import City
from rules.condition.decide import truth
from rules.condition.presence import missing
from rules.condition.tree import Condition, fields_of
from rules.exact_text import printed_exact
from rules.field import Derived, Field
from rules.formula import FILED_ON, FormulaFault, FormulaTree, Use, names, parse, uses
from rules.formula_inputs import formula_inputs, item_inputs, own_codes
from rules.formula_words import readable, worked
from rules.kind import Facts
from rules.permit import Amount, Component, Constant, Factor, Fee, Formula, Free, Permit, TariffValue
from rules.rounding import half_up
from rules.table import Policy, Table, choose
from rules.tariff import tariff_of, value_on
from rules.words import Words

_BY_TABLE = Words("menurut tabel", "by the table")
_FILED_ON = Words("Tanggal berkas", "Filing date")

Holds = Callable[[str], bool]
HoldsItem = Callable[[str, int, str], bool]  # the code of the `daftar`, the index of the item, the rule


def bill(
    permit: Permit,
    city: City,
    facts: Facts,
    filed_on: date,
    holds: Holds,
    holds_item: HoldsItem = lambda *_: False,
    awaited: Iterable[str] | None = None,
) -> Bill:
    """Make the bill. `awaited`: codes of the officers' questions that will still be answered (None: all of them)."""
    evidence = dict(permit.evidence).get("biaya")
    match permit.fee:
        case Free(citation):
            return Bill(due=0, exact=Fraction(0), lines=(), citation=citation, free=True, evidence=evidence)
        case Fee() as fee:
            assessment = _Assessment(permit, fee, city, facts, filed_on, holds, holds_item, awaited)
            return replace(assessment.bill(), evidence=evidence)
        case _:
            assert_never(permit.fee)


@dataclass(frozen=True, slots=True)
class _Scope:
    """What a formula sees: the application, or one item of a `daftar`, whose `own` names come first."""

    values: Mapping[str, Input]
    facts: Facts  # what conditions of its tables are decided on
    holds: Holds
    items: Field | None = None
    item: int | None = None

    @property
    def own(self) -> tuple[str, ...]:
        return () if self.items is None else own_codes(self.items)


@dataclass(frozen=True, slots=True)
class _Worth:
    """What an amount comes to, and how."""

    value: Fraction | Undetermined
    formula: Words
    worked: Words
    inputs: tuple[BillInput, ...] = ()
    tariff: BillInput | None = None  # set where the amount is a tariff and nothing else


class _Assessment:
    """One bill being made: what is given, and the factors that were already worked out."""

    def __init__(
        self,
        permit: Permit,
        fee: Fee,
        city: City,
        facts: Facts,
        filed_on: date,
        holds: Holds,
        holds_item: HoldsItem,
        awaited: Iterable[str] | None,
    ) -> None:
        self.permit, self.fee, self.city, self.filed_on = permit, fee, city, filed_on
        self.holds_item = holds_item
        questions = (*permit.fields, *permit.officer_fields)
        self.fields = {field.code: field for field in questions}
        self.derived = {derived.code: derived for derived in permit.derived}
        self.factors = {factor.code: factor for factor in fee.factors}
        self.deciders = {
            field.code: reviewer.agency
            for stage in permit.stages
            for reviewer in stage.reviewers
            for field in reviewer.officer_fields
        }
        self.awaited = frozenset(self.deciders if awaited is None else awaited)
        self.agencies = {agency.code: agency.name for agency in city.agencies}
        self.whole = _Scope(formula_inputs(questions, facts, filed_on), facts, holds)
        self.known: dict[tuple[str, int | None], BillInput | Undetermined] = {}
        self.under_way: list[tuple[str, int | None]] = []

    def bill(self) -> Bill:
        fee = self.fee
        lines = tuple(line for index, component in enumerate(fee.components) for line in self.lines(index, component))
        amounts = [line.exact for line in lines]
        pending = _all_pending(amounts)
        total = sum((amount for amount in amounts if isinstance(amount, Fraction)), Fraction(0))
        whole: Fraction | Undetermined = Undetermined(pending) if pending else total
        due: int | Undetermined
        if isinstance(whole, Undetermined):
            due = whole
        else:
            due = half_up(whole, fee.round_to) if whole >= 0 else Undetermined((BelowNought(whole),))
        exempted = next(
            (
                Exempted(exemption.citation, exemption.reason, due)
                for index, exemption in enumerate(fee.exemptions)
                if self.whole.holds(f"retribusi/bebas/{index}")
            ),
            None,
        )
        waiting: list[Pending] = []
        for exemption in fee.exemptions if exempted is None else ():
            waiting += self.awaits(exemption.when, self.whole, exemption.citation)
        return Bill(
            due=due if exempted is None else 0,
            exact=whole,
            lines=lines,
            citation=fee.citation,
            exempted=exempted,
            may_be_exempt=tuple(dict.fromkeys(p for p in waiting if isinstance(p, SetByOfficer))),
            round_to=fee.round_to,
            kind=fee.kind,
            pay=fee.pay,
            collector=fee.collector,
            collector_name=self.agencies.get(fee.collector or ""),
        )

    def lines(self, index: int, component: Component) -> Iterator[BillLine]:
        """Yield the lines of a component: one, or one for each item."""
        law = component.citation or self.fee.citation
        for scope in self.scopes(component.for_each):
            if isinstance(scope, Undetermined):
                yield BillLine(component.name, scope, _BY_TABLE, _BY_TABLE, (), law, component.for_each)
                continue
            worth = self.worth(component.amount, f"retribusi/komponen/{index}", component.name, scope, law)
            item = None if scope.item is None else scope.item + 1
            yield BillLine(
                component.name, worth.value, worth.formula, worth.worked, worth.inputs, law, component.for_each, item
            )

    def scopes(self, for_each: str | None) -> Iterator[_Scope | Undetermined]:
        """Yield the whole application, or each item of the `daftar`."""
        if for_each is None:
            yield self.whole
            return
        items, given = self.whole.values.get(for_each), self.whole.facts.get(for_each, ())
        if not isinstance(items, tuple) or not isinstance(given, tuple):
            yield Undetermined(self.why_missing(for_each, self.whole, self.fee.citation))
            return
        field = self.fields[for_each]
        for index, (item, facts) in enumerate(zip(items, given, strict=True)):
            assert isinstance(item, Mapping)
            assert isinstance(facts, Mapping)
            holds = partial(self.holds_item, for_each, index)
            yield _Scope(item_inputs(field, self.whole.values, item), facts, holds, field, index)

    def worth(self, table: Table[Amount], rule: str, name: Words, scope: _Scope, law: Citation) -> _Worth:
        """Work out a table of amounts: the row that counts, or the sum of those that do."""
        rows = self.rows(table, rule, name, scope, law)
        if isinstance(rows, Undetermined):
            return _Worth(rows, _BY_TABLE, _BY_TABLE)
        parts = [self.amount(table.rows[row].value, scope, law) for row in rows]
        if len(parts) == 1:
            return parts[0]
        values = [part.value for part in parts]
        pending = _all_pending(values)
        return _Worth(
            Undetermined(pending) if pending else sum((v for v in values if isinstance(v, Fraction)), Fraction(0)),
            _added([part.formula for part in parts]),
            _added([part.worked for part in parts]),
            tuple(dict.fromkeys(one for part in parts for one in part.inputs)),
        )

    def rows(
        self, table: Table[Amount], rule: str, name: Words, scope: _Scope, law: Citation
    ) -> tuple[int, ...] | Undetermined:
        """Return the rows that count, unless an officer's answer may still change which."""
        held = choose(table, lambda row: scope.holds(f"{rule}/{row}"))
        chosen = [table.rows[row] for row in held]
        if table.policy is Policy.SUM:
            open_rows = [row for row in table.rows if row not in chosen]
        elif not held or chosen[0].otherwise:
            open_rows = list(table.rows)
        else:
            open_rows = list(table.rows[: held[0]]) if table.policy is Policy.FIRST else []
        conditions = [row.when for row in open_rows if not row.otherwise]
        if waiting := [p for when in conditions for p in self.awaits(when, scope, law)]:
            return Undetermined(tuple(dict.fromkeys(waiting)))
        if table.policy is Policy.UNIQUE and len(held) > 1:
            return Undetermined((SeveralRows(name, tuple(row + 1 for row in held)),))
        if not held and table.policy is not Policy.SUM:
            unanswered = [p for when in conditions for p in self.unanswered(when, scope, law)]
            return Undetermined(tuple(dict.fromkeys(unanswered)) or (NoRow(name),))
        return held

    def awaits(self, when: Condition, scope: _Scope, law: Citation) -> list[Pending]:
        """Return the officers' answers that may still make the condition hold."""
        return [p for p in self.unanswered(when, scope, law) if isinstance(p, SetByOfficer) and p.code in self.awaited]

    def unanswered(self, when: Condition, scope: _Scope, law: Citation) -> list[Pending]:
        """Return what is missing to tell whether the condition holds."""
        if truth(when, scope.facts) is not None:
            return []
        open_names = dict.fromkeys(code for code in fields_of(when) if missing(scope.facts.get(code)))
        return [p for code in open_names for p in self.why_missing(code, scope, law)]

    def amount(self, amount: Amount, scope: _Scope, law: Citation) -> _Worth:
        match amount:
            case Constant(number):
                value = Fraction(number)
                return _Worth(value, _printed(value), _printed(value))
            case TariffValue():
                return self.tariff(amount, law)
            case Formula(text):
                tree = parse(text)
                assert not isinstance(tree, FormulaFault), "the reader refuses what is no formula"
                return self.formula(tree, scope, law)
            case _:
                assert_never(amount)

    def tariff(self, wanted: TariffValue, law: Citation) -> _Worth:
        tariff, dated = tariff_of(self.city, wanted.code), value_on(self.city, wanted, self.filed_on)
        name = _from_code(wanted.code) if tariff is None else tariff.name
        if tariff is None or dated is None:
            return _Worth(Undetermined((NoTariff(wanted.code, wanted.item, name, self.filed_on),)), name, name)
        used = BillInput(
            code=wanted.code if wanted.item is None else f"{wanted.code}/{wanted.item}",
            label=name,
            value=Fraction(dated.value),
            origin=Origin.TARIFF,
            unit=tariff.unit,
            citation=dated.citation or law,
            since=dated.valid_from,
            evidence=dated.evidence,
        )
        return _Worth(Fraction(dated.value), name, _printed(Fraction(dated.value)), (used,), used)

    def formula(self, tree: FormulaTree, scope: _Scope, law: Citation) -> _Worth:
        """Work out a formula; a factor that can not be told yet is missing like an answer, with its own reasons."""
        factors = {
            use.code: self.factor(factor, scope)
            for use in uses(tree)
            if use.items is None and (factor := self.factor_of(use.code, scope))
        }
        values: dict[str, Input] = dict(scope.values)
        for code, found in factors.items():
            values[code] = found.value if isinstance(found, BillInput) and isinstance(found.value, Fraction) else None
        inputs: dict[BillInput, None] = {}
        for use in uses(tree):
            used = factors[use.code] if use.items is None and use.code in factors else self.given(use, scope)
            if isinstance(used, BillInput):
                inputs[used] = None
        label = partial(self.label, scope)
        said = Words(readable(tree, label, "id"), readable(tree, label, "en"))
        with_values = Words(worked(tree, values, "id"), worked(tree, values, "en"))
        value = self.outcome(evaluate(tree, values), factors, said, scope, law)
        return _Worth(value, said, with_values, tuple(inputs))

    def outcome(
        self,
        outcome: Outcome,
        factors: Mapping[str, BillInput | Undetermined],
        said: Words,
        scope: _Scope,
        law: Citation,
    ) -> Fraction | Undetermined:
        match outcome:
            case Fraction():
                return outcome
            case Missing(codes):
                pending: list[Pending] = []
                for code in codes:
                    factor = factors.get(code)
                    pending += (
                        factor.pending if isinstance(factor, Undetermined) else self.why_missing(code, scope, law)
                    )
                return Undetermined(tuple(dict.fromkeys(pending)))
            case DividedByZero():
                return Undetermined((DividesByNought(said),))
            case Unfit(codes):
                return Undetermined(tuple(NotANumber(code, self.label(scope, code, None)) for code in codes))
            case _:
                assert_never(outcome)

    def factor_of(self, code: str, scope: _Scope) -> Factor | None:
        """Return the factor a name means here: names of the item come first."""
        factor = None if code in scope.own else self.factors.get(code)
        if factor is None or factor.for_each is None:
            return factor
        return factor if scope.items is not None and factor.for_each == scope.items.code else None

    def factor(self, factor: Factor, scope: _Scope) -> BillInput | Undetermined:
        """Work a factor out, once for the application or once for each item."""
        if factor.for_each is None:
            scope = self.whole
        key = (factor.code, scope.item)
        if key in self.under_way:
            circle = (*(code for code, _ in self.under_way[self.under_way.index(key) :]), factor.code)
            return Undetermined((FactorsInACircle(circle),))
        if key not in self.known:
            self.under_way.append(key)
            law = factor.citation or self.fee.citation
            label = _from_code(factor.code)
            worth = self.worth(factor.value, f"retribusi/faktor/{factor.code}", label, scope, law)
            self.under_way.pop()
            self.known[key] = self.as_input(factor, label, worth, law)
        return self.known[key]

    def as_input(self, factor: Factor, label: Words, worth: _Worth, law: Citation) -> BillInput | Undetermined:
        if isinstance(worth.value, Undetermined):
            return worth.value
        if worth.tariff is not None:
            return replace(worth.tariff, code=factor.code)
        plain = not worth.inputs
        formula = None if plain else worth.formula
        return BillInput(
            factor.code, label, worth.value, Origin.FACTOR, citation=law, formula=formula, inputs=worth.inputs
        )

    def given(self, use: Use, scope: _Scope) -> BillInput | None:
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
        one = self.named(use.code, scope)
        origin = Origin.OFFICER if use.code in self.deciders else Origin.ANSWER
        if isinstance(one, Derived):
            origin = Origin.DERIVED
        shown = Fraction(len(value)) if isinstance(value, tuple) else value if isinstance(value, str) else exact(value)
        return None if shown is None else BillInput(use.code, label, shown, origin, None if one is None else one.unit)

    def named(self, code: str, scope: _Scope) -> Field | Derived | None:
        """Return what a name is a fact of, of the item first."""
        own: tuple[Field | Derived, ...] = () if scope.items is None else (*scope.items.items, *scope.items.derived)
        for one in own:
            if one.code == code:
                return one
        return self.fields.get(code) or self.derived.get(code)

    def label(self, scope: _Scope, code: str, items: str | None) -> Words:
        if code == FILED_ON:
            return _FILED_ON
        if items is not None and items in self.fields:
            scope = _Scope({}, {}, scope.holds, self.fields[items], 0)
        factor = self.factor_of(code, scope)
        one = None if factor else self.named(code, scope)
        return (one.label if one is not None else None) or _from_code(code)

    def why_missing(self, code: str, scope: _Scope, law: Citation) -> tuple[Pending, ...]:
        """Tell whose answer is missing behind a name, through the derived facts that rest on it."""
        pending: dict[Pending, None] = {}
        seen: set[str] = set()
        waiting = [code]
        while waiting:
            name = waiting.pop()
            if name in seen:
                continue
            seen.add(name)
            if name in self.deciders and name not in scope.own:
                agency = self.deciders[name]
                named = self.agencies.get(agency, Words(agency))
                pending[SetByOfficer(name, self.label(scope, name, None), agency, named, law)] = None
            elif name in self.derived and name not in scope.own:
                needs = [need for need in _needs(self.derived[name]) if missing(self.whole.values.get(need))]
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


def _needs(derived: Derived) -> tuple[str, ...]:
    if derived.count_of is not None:
        return (derived.count_of,)
    tree = parse(derived.formula or "")
    return () if isinstance(tree, FormulaFault) else names(tree)


def _all_pending(amounts: Iterable[Fraction | Undetermined]) -> tuple[Pending, ...]:
    open_amounts = (amount for amount in amounts if isinstance(amount, Undetermined))
    return tuple(dict.fromkeys(pending for amount in open_amounts for pending in amount.pending))


def _added(parts: list[Words]) -> Words:
    """Join formulas by plus."""
    return Words(" + ".join(part.id for part in parts) or "0", " + ".join(part.to("en") for part in parts) or "0")


def _printed(value: Fraction) -> Words:
    return Words(printed_exact(value, "id"), printed_exact(value, "en"))


def _from_code(code: str) -> Words:
    return Words(code.replace("_", " ").replace("-", " "))
