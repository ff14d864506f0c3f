"""Every table of a permit at the point of the way where it decides, and for whom it must.

The route is decided when a stage is left, a desk's time when it is asked, the promise when the file comes in, the fee
when everything is answered; a factor only has to be told where a line of the bill rests on it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from generator.checks.hidden_question import reads_hidden
from generator.model import Path, fee_path
from generator.proof.application import View, chosen
from generator.proof.product_ways import issue_of, point_of
from generator.proof.replay import Claim
from generator.proof.solver import FALSE, Formula, all_of, any_of, no
from generator.proof.trial import AT_ONCE, Trial, trial
from rules.condition.tree import Condition
from rules.formula import FormulaFault, names
from rules.formula_reader import parse
from rules.memo import remembered
from rules.permit import Amount, Fee, Permit, Product, Reviewer, Stage
from rules.permit import Formula as Written
from rules.table import Policy, Table
from rules.words import Words

T = TypeVar("T")


class Area(StrEnum):
    """What a table decides; each has its own codes for a gap and for an overlap."""

    ROUTE = "route"
    TOTAL = "total"
    FEE = "fee"
    OTHER = "other"


@dataclass(frozen=True, slots=True, eq=False)
class DecidedTable:
    """A table where it decides. `rows` are the places and conditions of its rows, `otherwise` the place of `selainnya`;
    `view` are those for whom it must decide, `among` all who come that far. `key` stands beside `bila` in a row to
    paste; `given` holds of whoever is looked at, `items` is the `daftar` whose items are decided."""

    area: Area
    name: Words
    path: Path
    key: str
    policy: Policy
    rows: tuple[tuple[int, Condition], ...]
    otherwise: int | None
    view: View
    among: View
    given: tuple[Condition, ...] = ()
    items: str | None = None

    def none(self) -> Claim:
        """Claim that no row holds."""
        return Claim(fails=tuple(when for _, when in self.rows), items=self.items, given=self.given)

    def both(self, first: Condition, second: Condition) -> Claim:
        """Claim that two rows hold."""
        return Claim(holds=(first, second), items=self.items, given=self.given)


def _tables_of(permit: Permit) -> tuple[DecidedTable, ...]:
    """Return the tables of a permit that some application comes to; what follows from a question that is never shown
    is not looked into."""
    proof = trial(permit)
    return tuple(
        table
        for table in (_tables(proof) if proof.sound else ())
        if proof.possible(table.view) and not any(reads_hidden(permit, when, table.items) for _, when in table.rows)
    )


tables_of = remembered(_tables_of, most=AT_ONCE)


def _tables(proof: Trial) -> Iterator[DecidedTable]:
    permit, application = proof.permit, proof.application
    for stage in permit.stages:
        entering = application.entering(stage.code)
        for place, reviewer in enumerate(stage.reviewers):
            yield from _of_desk(proof, stage, place, reviewer, entering)
        if stage.approved is not None:
            name = _named("`setuju` di tahap `{}`", "`setuju` of the stage `{}`", stage.code)
            path: Path = ("alur", stage.code, "setuju")
            yield decided(Area.ROUTE, name, path, "ke", stage.approved, application.leaving(stage.code))
    yield decided(Area.TOTAL, Words("`waktu_total`"), ("waktu_total",), "waktu", permit.promise, application.filing)
    issued = application.issued()
    if permit.validity is not None:
        name = Words("`masa_berlaku`")
        yield decided(Area.OTHER, name, ("masa_berlaku",), "masa_berlaku", permit.validity, issued)
    for index, product in enumerate(permit.products):
        yield from _of_product(proof, index, product)
    for fee in permit.fees:
        yield from _of_fee(proof, fee, issued)


def _of_desk(proof: Trial, stage: Stage, place: int, reviewer: Reviewer, entering: View) -> Iterator[DecidedTable]:
    path: Path = ("alur", stage.code, *(("serentak", place) if stage.side_by_side else ()))
    view = entering.where_also(proof.application.asked(stage.code, reviewer))
    desk = reviewer.agency if reviewer.role is None else f"{reviewer.agency}.{reviewer.role}"
    at = ("`{}` untuk `{}` di tahap `{}`", "`{}` of `{}` at the stage `{}`")
    if reviewer.duration is not None:
        name = _named(*at, "waktu", desk, stage.code)
        yield decided(Area.OTHER, name, (*path, "waktu"), "waktu", reviewer.duration, view, (reviewer.when,))
    if reviewer.inspection is not None:
        name = _named(*at, "peninjauan", desk, stage.code)
        yield decided(
            Area.OTHER, name, (*path, "peninjauan"), "peninjauan", reviewer.inspection, view, (reviewer.when,)
        )


def _of_product(proof: Trial, index: int, product: Product) -> Iterator[DecidedTable]:
    """Yield its promise where its clock begins, and its validity where it is issued."""
    at = ("`{}` dari produk `{}`", "`{}` of the product `{}`")
    if product.duration is not None:
        needed = None if product.needs is None else proof.permit.product(product.needs)
        view = proof.application.filing if needed is None else point_of(proof, needed)
        view = view.where_also(view.holds(product.when))
        name = _named(*at, "waktu", product.code)
        yield decided(Area.OTHER, name, ("produk", index, "waktu"), "waktu", product.duration, view, (product.when,))
    if product.validity is not None:
        view = issue_of(proof, product)
        name, path = _named(*at, "masa_berlaku", product.code), ("produk", index, "masa_berlaku")
        yield decided(Area.OTHER, name, path, "masa_berlaku", product.validity, view, (product.when,))


def _of_fee(proof: Trial, fee: Fee, issued: View) -> Iterator[DecidedTable]:
    paying = issued.where_also(all_of(*(no(issued.holds(exemption.when)) for exemption in fee.exemptions)))
    needs = _Needs(proof, fee, paying)
    for factor in fee.factors:
        view = _seen(proof, paying, factor.for_each).where_also(needs.factor(factor.code))
        name = _named("faktor `{}`", "the factor `{}`", factor.code)
        path: Path = (*fee_path(fee), "faktor", factor.code)
        among = _seen(proof, issued, factor.for_each)
        yield decided(Area.FEE, name, path, "nilai", factor.value, view, items=factor.for_each, among=among)
    for index, component in enumerate(fee.components):
        name = Words(f"komponen “{component.name.id}”", f"the component “{component.name.to('en')}”")
        path = (*fee_path(fee), "komponen", index)
        view = _seen(proof, paying, component.for_each)
        among = _seen(proof, issued, component.for_each)
        yield decided(Area.FEE, name, path, "tarif", component.amount, view, items=component.for_each, among=among)


def _seen(proof: Trial, view: View, items: str | None) -> View:
    """Look from the items of a `daftar`, where a table decides for each of them."""
    return view if items is None else view.of_item(proof.application.items[items])


class _Needs:
    """Where a factor is needed: where a line of the bill comes from a row whose formula names it."""

    def __init__(self, proof: Trial, fee: Fee, view: View) -> None:
        self._proof, self._view = proof, view
        self._factors = {factor.code: factor for factor in fee.factors}
        self._components = fee.components
        self._under_way: set[str] = set()

    def factor(self, code: str) -> Formula:
        """Say that an application, or its item, needs the factor."""
        if code in self._under_way:
            return FALSE
        self._under_way.add(code)
        ways = [
            self._row(component.amount, index, component.for_each)
            for component in self._components
            for index in self._naming(component.amount, code)
        ]
        ways += [
            all_of(self.factor(other.code), self._row(other.value, index, other.for_each))
            for other in self._factors.values()
            for index in self._naming(other.value, code)
        ]
        self._under_way.discard(code)
        return any_of(*ways)

    def _row(self, table: Table[Amount], index: int, items: str | None) -> Formula:
        counts = chosen(table, index, _seen(self._proof, self._view, items))
        return counts if items is None else all_of(self._proof.application.items[items].whole.present, counts)

    def _naming(self, table: Table[Amount], code: str) -> Iterator[int]:
        for index, row in enumerate(table.rows):
            if isinstance(row.value, Written):
                tree = parse(row.value.text)
                if not isinstance(tree, FormulaFault) and code in names(tree):
                    yield index


def _named(words: str, en: str, *names: str) -> Words:
    return Words(words.format(*names), en.format(*names))


def decided(
    area: Area,
    name: Words,
    path: Path,
    key: str,
    table: Table[T],
    view: View,
    given: tuple[Condition, ...] = (),
    items: str | None = None,
    among: View | None = None,
) -> DecidedTable:
    """Place a table where it decides."""
    rows = tuple((index, row.when) for index, row in enumerate(table.rows) if not row.otherwise)
    otherwise = next((index for index, row in enumerate(table.rows) if row.otherwise), None)
    return DecidedTable(area, name, path, key, table.policy, rows, otherwise, view, among or view, given, items)
