"""What each table of a fee comes to: constants, dated tariffs, formulas, and the factors they share.

A factor is worked out once, for the application or for each item; one that can not be told yet makes everything that
rests on it undetermined, with its reasons.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import assert_never

from rules.bill import (
    BillInput,
    DividesByNought,
    FactorsInACircle,
    NoRow,
    NotANumber,
    NoTariff,
    Origin,
    Pending,
    SeveralRows,
    Undetermined,
)
from rules.calculation import DividedByZero, Input, Missing, Outcome, Unfit, evaluate
from rules.citation import Citation
from rules.city import City
from rules.exact_text import printed_exact
from rules.fee_names import FeeNames, Scope, from_code
from rules.formula import FormulaFault, FormulaTree, parse, uses_of
from rules.formula_words import readable, worked
from rules.permit import Amount, Constant, Factor, Formula, TariffValue
from rules.table import Policy, Table, choose
from rules.tariff import tariff_of, value_on
from rules.words import Words

BY_TABLE = Words("menurut tabel", "by the table")


@dataclass(frozen=True, slots=True)
class Worth:
    """What an amount comes to, and how."""

    value: Fraction | Undetermined
    formula: Words
    worked: Words
    inputs: tuple[BillInput, ...] = ()
    tariff: BillInput | None = None  # set where the amount is a tariff and nothing else


class FeeAmounts:
    """The amounts of one bill, and the factors already worked out."""

    def __init__(self, names: FeeNames, city: City) -> None:
        """Start with no factor worked out."""
        self._names, self._city = names, city
        self._known: dict[tuple[str, int | None], BillInput | Undetermined] = {}
        self._under_way: list[tuple[str, int | None]] = []

    def worth(self, table: Table[Amount], rule: str, name: Words, scope: Scope, law: Citation) -> Worth:
        """Work out a table of amounts: the row that counts, or the sum of those that do."""
        rows = self._rows(table, rule, name, scope, law)
        if isinstance(rows, Undetermined):
            return Worth(rows, BY_TABLE, BY_TABLE)
        parts = [self._amount(table.rows[row].value, scope, law) for row in rows]
        if len(parts) == 1:
            return parts[0]
        values = [part.value for part in parts]
        pending = all_pending(values)
        return Worth(
            Undetermined(pending) if pending else sum((v for v in values if isinstance(v, Fraction)), Fraction(0)),
            _added([part.formula for part in parts]),
            _added([part.worked for part in parts]),
            tuple(dict.fromkeys(one for part in parts for one in part.inputs)),
        )

    def _rows(
        self, table: Table[Amount], rule: str, name: Words, scope: Scope, law: Citation
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
        if waiting := [p for when in conditions for p in self._names.awaits(when, scope, law)]:
            return Undetermined(tuple(dict.fromkeys(waiting)))
        if table.policy is Policy.UNIQUE and len(held) > 1:
            return Undetermined((SeveralRows(name, tuple(row + 1 for row in held)),))
        if not held and table.policy is not Policy.SUM:
            unanswered = [p for when in conditions for p in self._names.unanswered(when, scope, law)]
            return Undetermined(tuple(dict.fromkeys(unanswered)) or (NoRow(name),))
        return held

    def _amount(self, amount: Amount, scope: Scope, law: Citation) -> Worth:
        match amount:
            case Constant(number):
                value = Fraction(number)
                return Worth(value, _printed(value), _printed(value))
            case TariffValue():
                return self._tariff(amount, law)
            case Formula(text):
                tree = parse(text)
                assert not isinstance(tree, FormulaFault), "the reader refuses what is no formula"
                return self._formula(tree, scope, law)
            case _:
                assert_never(amount)

    def _tariff(self, wanted: TariffValue, law: Citation) -> Worth:
        tariff, dated = tariff_of(self._city, wanted.code), value_on(self._city, wanted, self._names.filed_on)
        name = from_code(wanted.code) if tariff is None else tariff.name
        if tariff is None or dated is None:
            return Worth(Undetermined((NoTariff(wanted.code, wanted.item, name, self._names.filed_on),)), name, name)
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
        return Worth(Fraction(dated.value), name, _printed(Fraction(dated.value)), (used,), used)

    def _formula(self, tree: FormulaTree, scope: Scope, law: Citation) -> Worth:
        """Work out a formula; a factor that can not be told yet is missing like an answer, with its own reasons."""
        factors = {
            use.code: self._factor(factor, scope)
            for use in uses_of(tree)
            if use.items is None and (factor := self._names.factor_of(use.code, scope))
        }
        values: dict[str, Input] = dict(scope.values)
        for code, found in factors.items():
            values[code] = found.value if isinstance(found, BillInput) and isinstance(found.value, Fraction) else None
        inputs: dict[BillInput, None] = {}
        for use in uses_of(tree):
            used = factors[use.code] if use.items is None and use.code in factors else self._names.given(use, scope)
            if isinstance(used, BillInput):
                inputs[used] = None

        def label(code: str, items: str | None) -> Words:
            used = None if items else factors.get(code)
            return used.label if isinstance(used, BillInput) else self._names.label(scope, code, items)

        said = Words(readable(tree, label, "id"), readable(tree, label, "en"))
        value = self._outcome(evaluate(tree, values), factors, said, scope, law)
        return Worth(value, said, worked(tree, values), tuple(inputs))

    def _outcome(
        self,
        outcome: Outcome,
        factors: Mapping[str, BillInput | Undetermined],
        said: Words,
        scope: Scope,
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
                        factor.pending
                        if isinstance(factor, Undetermined)
                        else self._names.why_missing(code, scope, law)
                    )
                return Undetermined(tuple(dict.fromkeys(pending)))
            case DividedByZero():
                return Undetermined((DividesByNought(said),))
            case Unfit(codes):
                return Undetermined(tuple(NotANumber(code, self._names.label(scope, code, None)) for code in codes))
            case _:
                assert_never(outcome)

    def _factor(self, factor: Factor, scope: Scope) -> BillInput | Undetermined:
        """Work a factor out, once for the application or once for each item."""
        if factor.for_each is None:
            scope = self._names.whole
        key = (factor.code, scope.item)
        if key in self._under_way:
            circle = (*(code for code, _ in self._under_way[self._under_way.index(key) :]), factor.code)
            return Undetermined((FactorsInACircle(circle),))
        if key not in self._known:
            self._under_way.append(key)
            law = factor.citation or self._names.law
            label = from_code(factor.code)
            worth = self.worth(factor.value, f"retribusi/faktor/{factor.code}", label, scope, law)
            self._under_way.pop()
            self._known[key] = self._as_input(factor, label, worth, law)
        return self._known[key]

    def _as_input(self, factor: Factor, label: Words, worth: Worth, law: Citation) -> BillInput | Undetermined:
        if isinstance(worth.value, Undetermined):
            return worth.value
        if worth.tariff is not None:
            return replace(worth.tariff, code=factor.code)
        plain = not worth.inputs
        formula = None if plain else worth.formula
        return BillInput(
            factor.code, label, worth.value, Origin.FACTOR, citation=law, formula=formula, inputs=worth.inputs
        )


def all_pending(amounts: Iterable[Fraction | Undetermined]) -> tuple[Pending, ...]:
    """Return every reason for which some of the amounts can not be told, each once."""
    open_amounts = (amount for amount in amounts if isinstance(amount, Undetermined))
    return tuple(dict.fromkeys(pending for amount in open_amounts for pending in amount.pending))


def _added(parts: list[Words]) -> Words:
    """Join formulas by plus."""
    return Words(" + ".join(part.id for part in parts) or "0", " + ".join(part.to("en") for part in parts) or "0")


def _printed(value: Fraction) -> Words:
    return Words(printed_exact(value, "id"), printed_exact(value, "en"))
