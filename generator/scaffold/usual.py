"""What the permits of a city usually say, so that a new one begins as its neighbours do.

Gains a scaffold that fits any city, whose roles, groups and laws have names of its own. Loses nothing: what nobody says
yet is a gap for the officer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.model import CityCatalog
from generator.reading.permit_file import STANDARD
from rules.condition.tree import ALWAYS
from rules.permit import Permit, Reviewer


@dataclass(frozen=True, slots=True)
class Usual:
    """The most frequent of each: the law that delegates, the desk that opens the way and the one that signs
    (`agency.role`), the group of questions about the applicant, the documents that half of the permits always ask; and
    the components of a service standard that the city does not say for all."""

    delegation: str | None
    first_desk: str | None
    signing_desk: str | None
    group: str | None
    documents: tuple[str, ...]
    own_components: tuple[str, ...]


def usual(city: CityCatalog, code: str) -> Usual:
    """Look through the latest version of every permit, for a new one of this code."""
    permits = [versions[-1].permit for versions in city.permits.values()]
    documents = Counter(document for permit in permits for document in _always_asked(permit))
    return Usual(
        _delegation(city, code, permits),
        _most_frequent(_desk(permit.stages[0].reviewers) for permit in permits if permit.stages),
        _most_frequent(_desk(stage.reviewers) for permit in permits for stage in permit.stages if stage.signature),
        _most_frequent(code for permit in permits for code in _groups_used(city, permit)),
        tuple(code for code, times in documents.most_common() if times * 2 >= len(permits)),
        tuple(key for key in STANDARD if ("standar", key) not in city.places["daerah.yaml"].at),
    )


def _delegation(city: CityCatalog, code: str, permits: list[Permit]) -> str | None:
    """Return the law whose list has the permit, else the most frequent one that carries no official list."""
    listing = {law.code: law.official for law in city.city.regulations if law.official}
    named = next((law for law, delegated in listing.items() if code in delegated), None)
    cited = (permit.delegation.regulation for permit in permits if permit.delegation is not None)
    return named or _most_frequent(law for law in cited if law not in listing)


def _most_frequent(codes: Iterable[str | None]) -> str | None:
    counted = Counter(code for code in codes if code is not None)
    return max(sorted(counted), key=lambda code: counted[code]) if counted else None


def _desk(reviewers: tuple[Reviewer, ...]) -> str | None:
    if len(reviewers) != 1:
        return None
    return reviewers[0].agency if reviewers[0].role is None else f"{reviewers[0].agency}.{reviewers[0].role}"


def _groups_used(city: CityCatalog, permit: Permit) -> Iterator[str]:
    asked = {field.code for field in permit.fields}
    yield from (
        code
        for code, group in sorted(city.groups.items())
        if group.fields and all(field.code in asked and field.shown_when == ALWAYS for field in group.fields[:1])
    )


def _always_asked(permit: Permit) -> Iterator[str]:
    yield from (each.document for each in permit.requirements if each.when == ALWAYS and each.for_each is None)
