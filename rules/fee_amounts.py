"""What each table of a fee comes to: constants, dated tariffs, formulas, and the factors they share.

A factor is worked out once, for the application or for each item; one that can not be told yet makes everything that
rests on it undetermined, with its reasons.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
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
from rules.city import City, DatedValue
from rules.exact_text import printed_words
from rules.fee_names import FeeNames, Scope
from rules.fee_plan import from_code
from rules.formula import FormulaFault, FormulaTree
from rules.formula_reader import parse
from rules.formula_words import readable, worked
from rules.memo import remembered
from rules.permit import Amount, Constant, Factor, Formula, TariffValue
from rules.table import Policy, Table
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
        held = self._names.plan.rows(table, rule, scope.holds)
        if table.policy is Policy.UNIQUE and len(held) == 1 and not table.rows[held[0]].otherwise:
            return held
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
            case Constant():
                return _constant(amount)
            case TariffValue():
                return self._tariff(amount, law)
            case Formula(text):
                tree = parse(text)
                assert not isinstance(tree, FormulaFault), "the reader refuses what is no formula"
                return self._formula(text, tree, scope, law)
            case _:
                assert_never(amount)

    def _tariff(self, wanted: TariffValue, law: Citation) -> Worth:
        tariff, dated = tariff_of(self._city, wanted.code), value_on(self._city, wanted, self._names.filed_on)
        name = from_code(wanted.code) if tariff is None else tariff.name
        if tariff is None or dated is None:
            return Worth(Undetermined((NoTariff(wanted.code, wanted.item, name, self._names.filed_on),)), name, name)
        return _priced(wanted, name, tariff.unit, dated, law)

    def _formula(self, text: str, tree: FormulaTree, scope: Scope, law: Citation) -> Worth:
        """Work out a formula; a factor that can not be told yet is missing like an answer, with its own reasons."""
        factors: dict[str, BillInput | Undetermined] = {}
        inputs: list[BillInput] = []
        values: dict[str, Input] = dict(scope.values)
        for meant in self._names.plan.names_in(text, tree, scope.items):
            use = meant.use
            if meant.factor is not None:
                worked_out = factors[use.code] = self._factor(meant.factor, scope)
                found = worked_out if isinstance(worked_out, BillInput) else None
                values[use.code] = found.value if found is not None and isinstance(found.value, Fraction) else None
            else:
                found = self._names.given(meant, scope)
                if found is not None and use.items is None and isinstance(values.get(use.code), int | Decimal):
                    assert isinstance(found.value, Fraction)
                    values[use.code] = found.value  # so that it is made exact once
            if found is not None:
                inputs.append(found)
        said = self._said(text, tree, scope, factors)
        value = self._outcome(evaluate(tree, values), factors, said, scope, law)
        return Worth(value, said, worked(tree, values), tuple(inputs))

    def _said(
        self, text: str, tree: FormulaTree, scope: Scope, factors: Mapping[str, BillInput | Undetermined]
    ) -> Words:
        """Say a formula with its labels; which tariff a factor is may hang on the answers, nothing else does."""
        labels = {code: used.label for code, used in factors.items() if isinstance(used, BillInput)}
        key = (text, None if scope.items is None else scope.items.code, *(labels.get(code) for code in factors))
        known = self._names.plan.said.get(key)
        if known is None:

            def label(code: str, items: str | None) -> Words:
                return (None if items else labels.get(code)) or self._names.label(scope, code, items)

            known = Words(readable(tree, label, "id"), readable(tree, label, "en"))
            self._names.plan.said[key] = known
        return known

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
            label = factor.label or from_code(factor.code)
            worth = self.worth(factor.value, f"{self._names.plan.fee.rules}/faktor/{factor.code}", label, scope, law)
            self._under_way.pop()
            self._known[key] = self._as_input(factor, label, worth, law)
        return self._known[key]

    def _as_input(self, factor: Factor, label: Words, worth: Worth, law: Citation) -> BillInput | Undetermined:
        if isinstance(worth.value, Undetermined):
            return worth.value
        if worth.tariff is not None:
            tariff = worth.tariff
            return BillInput(
                factor.code,
                factor.label or tariff.label,
                worth.value,
                Origin.TARIFF,
                tariff.unit,
                tariff.citation,
                tariff.since,
                tariff.evidence,
            )
        plain = not worth.inputs
        formula = None if plain else worth.formula
        return BillInput(
            factor.code, label, worth.value, Origin.FACTOR, citation=law, formula=formula, inputs=worth.inputs
        )


def all_pending(amounts: Iterable[Fraction | int | Undetermined]) -> tuple[Pending, ...]:
    """Return every reason for which some of the amounts can not be told, each once."""
    open_amounts = (amount for amount in amounts if isinstance(amount, Undetermined))
    return tuple(dict.fromkeys(pending for amount in open_amounts for pending in amount.pending))


def _added(parts: list[Words]) -> Words:
    """Join formulas by plus."""
    return Words(" + ".join(part.id for part in parts) or "0", " + ".join(part.to("en") for part in parts) or "0")


@remembered
def _constant(amount: Constant) -> Worth:
    value = Fraction(amount.value)
    return Worth(value, printed_words(value), printed_words(value))


@lru_cache(maxsize=4096)
def _priced(wanted: TariffValue, name: Words, unit: str | None, dated: DatedValue, law: Citation) -> Worth:
    value = Fraction(dated.value)
    used = BillInput(
        code=wanted.code if wanted.item is None else f"{wanted.code}/{wanted.item}",
        label=name,
        value=value,
        origin=Origin.TARIFF,
        unit=unit,
        citation=dated.citation or law,
        since=dated.valid_from,
        evidence=dated.evidence,
    )
    return Worth(value, name, printed_words(value), (used,), used)
