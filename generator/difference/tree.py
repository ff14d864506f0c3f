"""Everything a release is made of, as one JSON tree, and back.

    {city: {"daerah": City, "templat": {name: text}, "izin": {permit: {valid_from: Permit}}}}

Gains one thing to compare and to apply changes to. Loses places, examples and shared groups: a release has none of them
(a group stands in each permit that uses it).
"""

from __future__ import annotations

from collections.abc import Mapping

from generator.model import Catalog, CityCatalog, PermitVersion, Places
from rules.city import City
from rules.codec import Json, decode, encode
from rules.permit import Permit

CITY, TEMPLATES, PERMITS = "daerah", "templat", "izin"
Tree = dict[str, Json]


def tree_of(catalog: Catalog) -> Tree:
    """Return the tree of a catalog."""
    return {code: _city(city) for code, city in sorted(catalog.cities.items())}


def _city(city: CityCatalog) -> Json:
    permits: dict[str, Json] = {
        code: {version.permit.valid_from: encode(Permit, version.permit) for version in versions}
        for code, versions in sorted(city.permits.items())
    }
    texts: dict[str, Json] = dict(sorted(city.templates.items()))
    return {CITY: encode(City, city.city), TEMPLATES: texts, PERMITS: permits}


def catalog_of(tree: Tree) -> Catalog:
    """Return a catalog that gives the same release as the one the tree was made of."""
    return Catalog({code: _city_catalog(_object(part)) for code, part in tree.items()})


def _city_catalog(part: Mapping[str, Json]) -> CityCatalog:
    city = decode(City, part[CITY])
    assert isinstance(city, City)
    permits = {
        code: tuple(_version(days[day]) for day in sorted(days))
        for code, days in ((code, _object(versions)) for code, versions in _object(part[PERMITS]).items())
    }
    texts = {name: str(text) for name, text in _object(part[TEMPLATES]).items()}
    return CityCatalog(city, {}, {code: each for code, each in permits.items() if each}, (), {}, templates=texts)


def _version(data: Json) -> PermitVersion:
    permit = decode(Permit, data)
    assert isinstance(permit, Permit)
    return PermitVersion(permit, Places("", {}))


def _object(data: Json) -> Mapping[str, Json]:
    assert isinstance(data, dict)
    return data
