"""When the laws of a city end: on the day their own file names, or on the day another law revokes them.

Gains one answer for the register, for the permits a law delegated, and for whoever reads what is in force on a day.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rules.citation import Citation
from rules.city import City
from rules.memo import remembered


@dataclass(frozen=True, slots=True)
class LawEnd:
    """The first day on which a law no longer holds, and the code of the law that revoked it, where one is named."""

    day: str
    by: str | None = None


@remembered
def law_ends(city: City) -> Mapping[str, LawEnd]:
    """Return the end of each law of the register that has one; the earliest, where several are named."""
    ends: dict[str, LawEnd] = {}
    for law in city.regulations:
        for revoked in law.revokes if law.in_force is not None else ():
            assert law.in_force is not None
            if revoked not in ends or law.in_force < ends[revoked].day:
                ends[revoked] = LawEnd(law.in_force, law.code)
    for law in city.regulations:
        if law.revoked_on is not None:
            named = ends.get(law.code)
            ends[law.code] = LawEnd(law.revoked_on, None if named is None else named.by)
    return ends


def offered_until(delegation: Citation | None, valid_until: str | None, city: City) -> str | None:
    """Return the first day on which a permit version is no longer offered: its own end, or that of the law that
    delegated it, whichever comes first."""
    revoked = None if delegation is None else law_ends(city).get(delegation.regulation)
    days = [day for day in (valid_until, None if revoked is None else revoked.day) if day is not None]
    return min(days, default=None)
