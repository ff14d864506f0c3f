"""A permit version to the few words a list of permits shows of it.

A permit goes when the law that delegated it does: its head ends on that day, so that it is offered no more and cases
that are open go on.
"""

from __future__ import annotations

from rules.cited import cited
from rules.city import City
from rules.duration import Duration, Unit
from rules.law_end import offered_until
from rules.permit import Constant, Fee, FeeKind, Free, Permit
from rules.printed import printed_rupiah
from rules.release import Head
from rules.words import Words

# Minutes, roughly: only to put promises in order, the shortest first.
_ROUGHLY = {
    Unit.MINUTE: 1,
    Unit.WORKING_HOUR: 60,
    Unit.CALENDAR_DAY: 6 * 60,
    Unit.WORKING_DAY: 8 * 60,
    Unit.MONTH: 21 * 8 * 60,
    Unit.YEAR: 240 * 8 * 60,
}


def head_of(permit: Permit, city: City) -> Head:
    """Return the head of a permit version."""
    agencies = (reviewer.agency for stage in permit.stages for reviewer in stage.reviewers)
    return Head(
        code=permit.code,
        official_code=permit.official_code,
        name=permit.name,
        summary=permit.summary,
        kind=permit.kind,
        valid_from=permit.valid_from,
        valid_until=offered_until(permit.delegation, permit.valid_until, city),
        search_words=permit.search_words,
        agencies=tuple(dict.fromkeys(agency for agency in agencies if agency != city.door)),
        free=isinstance(permit.fee, Free),
        days=tuple(sorted({row.value for row in permit.promise.rows}, key=_length)),
        delegation=permit.delegation,
        cost=_costs(permit, city),
        moves=permit.moving is not None,
    )


def _costs(permit: Permit, city: City) -> Words | None:
    """Say what a permit costs, None where nothing is to be paid; of several fees what each costs."""
    said = [_cost(fee, city) for fee in permit.fees]
    return Words(" + ".join(one.id for one in said), " + ".join(one.to("en") for one in said)) if said else None


def _cost(fee: Fee, city: City) -> Words:
    """Say what a permit costs in a line of a list: its figures where they are plain ones, else by which law."""
    amounts = [row.value for component in fee.components for row in component.amount.rows]
    plain = sorted(amount.value for amount in amounts if isinstance(amount, Constant))
    if len(fee.components) == 1 and len(plain) == len(amounts) and not any(c.for_each for c in fee.components):
        least, most = printed_rupiah(plain[0], "id"), printed_rupiah(plain[-1], "id")
        return Words(least if least == most else f"{least}–{most}")
    law, tax = cited(fee.citation, city), fee.kind is FeeKind.TAX
    return Words(f"{'pajak' if tax else 'retribusi'} menurut {law}", f"{'tax' if tax else 'fee'} by {law}")


def _length(promise: Duration) -> tuple[int, str]:
    return promise.amount * _ROUGHLY[promise.unit], promise.unit.value
