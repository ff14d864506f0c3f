"""Quotas: a place is taken in the transaction that files, and given back in the one that ends without a permit.

Gains that of many who file at once exactly so many are taken, on both databases: the count is raised by one statement
that its own bound guards. Loses nothing when a filing is undone: the place goes with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from sqlalchemy import Connection, bindparam, update

from rules.case_event import Ended
from rules.case_state import ISSUED
from rules.condition.decide import holds
from rules.kind import Facts
from rules.permit import Permit, Quota
from runtime.cases.case_change import Change
from runtime.cases.numbering import next_value
from runtime.cases.open_case import OpenCase
from runtime.cases.prepared import Prepared
from runtime.cases.submission import NewSubmission, Submission
from runtime.cases.tables import counter
from runtime.release import PermitRelease

Also = Callable[[Connection, NewSubmission, Submission], None]

_BACK = Prepared(
    update(counter)
    .where(
        (counter.c.daerah == bindparam("daerah_"))
        & (counter.c.series == bindparam("series_"))
        & (counter.c.year == bindparam("year_"))
        & (counter.c.value > 0)
    )
    .values(value=counter.c.value - 1)
)


class QuotaFullError(Exception):
    """There is no place left; `quota` says why, `index` is its place in the permit."""

    def __init__(self, quota: Quota, index: int) -> None:
        """Name the quota."""
        super().__init__(quota.message.id)
        self.quota, self.index = quota, index


def with_quotas(release: PermitRelease, facts: Facts, day: date, also: Also | None) -> Also | None:
    """Return what is kept with a filing, its places in quotas among it; QuotaFullError undoes the filing."""
    counted = tuple(_counted(release.permit, facts))
    if not counted:
        return also

    def keep(connection: Connection, new: NewSubmission, filed: Submission) -> None:
        for index, quota in counted:
            series = quota.series(new.permit, index, day)
            if next_value(connection, new.daerah, series, day.year) > quota.at_most:
                raise QuotaFullError(quota, index)
        if also is not None:
            also(connection, new, filed)

    return keep


def give_back(connection: Connection, change: Change) -> None:
    """Give the places back that a case took when it was filed, where it ends without a permit, whatever was corrected
    or changed since; an effect of `Casework`."""
    if not any(isinstance(event, Ended) and event.status != ISSUED for event in change.events):
        return
    case = change.case
    day, terms = case.filed_on, case.state.terms
    for series in places_taken(case) if terms is None else terms.places:
        _BACK.run(connection, {"daerah_": case.key.daerah, "series_": series, "year_": day.year})


def places_taken(case: OpenCase) -> tuple[str, ...]:
    """Return what a case that has not moved to another version is counted in, by what was filed."""
    filed = case.permit.decider.facts(case.submission.answers, case.filed_on)
    return places_of(case.permit.permit, filed, case.filed_on)


def places_of(permit: Permit, facts: Facts, day: date) -> tuple[str, ...]:
    """Return what an application of this day is counted in."""
    return tuple(quota.series(permit.code, index, day) for index, quota in _counted(permit, facts))


def _counted(permit: Permit, facts: Facts) -> Iterator[tuple[int, Quota]]:
    return ((index, quota) for index, quota in enumerate(permit.quotas) if holds(quota.when, facts))
