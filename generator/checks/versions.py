"""Walks over a catalog: every version of every permit, with the city it belongs to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.finding import Place
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

    def at(self, *paths: Path) -> Place:
        """Return the place of the first path that was written as such, else the nearest part above the last."""
        for path in paths:
            if path in self.version.places.at:
                return self.version.places.at[path]
        return self.version.places.find(*paths[-1])


def versions_of(catalog: Catalog) -> Iterator[Seen]:
    """Yield every version, by city, permit and day."""
    for city in catalog.cities.values():
        for versions in city.permits.values():
            for version in versions:
                yield Seen(city, version)
