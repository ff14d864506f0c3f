"""Makes the bill of an application: factors, dated tariffs, formulas and tables, exact, rounded once.

Which row of a table holds is decided by whoever calls (`holds`, `holds_item`), so that the engine decides and nothing
is decided twice. Rule ids: `retribusi/faktor/<code>/<row>`, `retribusi/komponen/<component>/<row>`,
`retribusi/bebas/<exemption>`; of one fee among several `retribusi/<its code>/faktor/…`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction

from rules.bill import BelowNought, Bill, BillLine, Exempted, LeftToAPerson, Pending, SetByOfficer, Undetermined
from rules.city import City
from rules.fee_amounts import BY_TABLE, FeeAmounts, all_pending
from rules.fee_names import FeeNames, Holds, HoldsItem, agency_names
from rules.fee_plan import evidence_of_fees, fee_plans
from rules.kind import Facts
from rules.permit import Component, Fee, Free, Permit
from rules.rounding import half_up
from rules.table import Policy


def bills(
    permit: Permit,
    city: City,
    facts: Facts,
    filed_on: date,
    holds: Holds,
    holds_item: HoldsItem = lambda *_: False,
    awaited: Iterable[str] | None = None,
) -> tuple[Bill, ...]:
    """Make the bill of each fee, one of nothing where all is free. `awaited`: codes of the officers' questions that
    will still be answered (None: all of them)."""
    if isinstance(permit.fee, Free):
        return (_free(permit, permit.fee),)
    asked = None if awaited is None else frozenset(awaited)
    made = []
    for plan in fee_plans(permit):
        names = FeeNames(plan, plan.fee.citation, city, facts, filed_on, holds, holds_item, asked)
        made.append(_assessed(plan.fee, names, FeeAmounts(names, city)))
    return tuple(made)


def _free(permit: Permit, free: Free) -> Bill:
    return Bill(
        due=0, exact=Fraction(0), lines=(), citation=free.citation, free=True, evidence=evidence_of_fees(permit)
    )


def left_to_a_person(permit: Permit, city: City) -> tuple[Bill, ...]:
    """Make the bills of an application of which nothing was concluded: only what costs nothing by law is known."""
    if isinstance(permit.fee, Free):
        return (_free(permit, permit.fee),)
    unknown = Undetermined((LeftToAPerson(),))
    return tuple(
        Bill(
            due=unknown,
            exact=unknown,
            lines=(),
            citation=fee.citation,
            round_to=fee.round_to,
            kind=fee.kind,
            pay=fee.pay,
            collector=fee.collector,
            collector_name=agency_names(city).get(fee.collector or ""),
            evidence=evidence_of_fees(permit),
            code=fee.code,
            name=fee.name,
        )
        for fee in permit.fees
    )


def _assessed(fee: Fee, names: FeeNames, amounts: FeeAmounts) -> Bill:
    """Add the lines, round once, and see whether any of it is to be paid."""
    lines = tuple(
        line for index, component in enumerate(fee.components) for line in _lines(index, component, names, amounts)
    )
    exact = [line.exact for line in lines]
    pending = all_pending(exact)
    total = sum((amount for amount in exact if isinstance(amount, Fraction)), Fraction(0))
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
            if names.whole.holds(f"{fee.rules}/bebas/{index}")
        ),
        None,
    )
    waiting: list[Pending] = []
    for exemption in fee.exemptions if exempted is None else ():
        waiting += names.awaits(exemption.when, names.whole, exemption.citation)
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
        collector_name=names.agencies.get(fee.collector or ""),
        evidence=names.plan.evidence,
        code=fee.code,
        name=fee.name,
    )


def _lines(index: int, component: Component, names: FeeNames, amounts: FeeAmounts) -> Iterator[BillLine]:
    """Yield the lines of a component: one, or one for each item."""
    law = component.citation or names.law
    for scope in names.scopes(component.for_each):
        if isinstance(scope, Undetermined):
            yield BillLine(component.name, scope, BY_TABLE, BY_TABLE, (), law, component.for_each)
            continue
        worth = amounts.worth(component.amount, f"{names.plan.fee.rules}/komponen/{index}", component.name, scope, law)
        if component.amount.policy is Policy.SUM and worth.value == 0 and not worth.inputs:
            continue  # of rows that add up none holds: there is nothing to say
        item = None if scope.item is None else scope.item + 1
        yield BillLine(
            component.name, worth.value, worth.formula, worth.worked, worth.inputs, law, component.for_each, item
        )
