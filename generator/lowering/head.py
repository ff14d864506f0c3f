"""A permit version to the few words a list of permits shows of it."""

from __future__ import annotations

from rules.city import City
from rules.permit import Free, Permit
from rules.release import Head


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
        valid_until=permit.valid_until,
        search_words=permit.search_words,
        agencies=tuple(dict.fromkeys(agency for agency in agencies if agency != city.door)),
        free=isinstance(permit.fee, Free),
        days=tuple(dict.fromkeys(row.value for row in permit.promise.rows)),
        delegation=permit.delegation,
    )
