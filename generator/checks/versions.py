"""Walks over a catalog: every version of every permit, with the city it belongs to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from generator.finding import Place
from generator.in_force import Days, days_of
from generator.model import Catalog, CityCatalog, Path, PermitVersion
from rules.permit import Permit


@dataclass(frozen=True, slots=True)
class Seen:
    """One version, in its city."""

    city: CityCatalog
    version: PermitVersion

    @property
    def permit(self) -> Permit:
        """Return the permit itself."""
        return self.version.permit

    @property
    def days(self) -> Days:
        """Return the days on which it is offered."""
        return days_of(self.city, self.version)

    def at(self, *paths: Path) -> Place:
        """Return the place of the first path that was written as such, else the nearest part above the last."""
        for path in paths:
            if path in self.version.places.at:
                return self.version.places.at[path]
        return self.version.places.find(*paths[-1])


def successions(catalog: Catalog) -> Iterator[tuple[Seen, Seen]]:
    """Yield every version that follows another one of its permit, the earlier first."""
    for city in catalog.cities.values():
        for versions in city.permits.values():
            for earlier, later in pairwise(versions):
                yield Seen(city, earlier), Seen(city, later)


def versions_of(catalog: Catalog) -> Iterator[Seen]:
    """Yield every version, by city, permit and day."""
    for city in catalog.cities.values():
        for versions in city.permits.values():
            for version in versions:
                yield Seen(city, version)
