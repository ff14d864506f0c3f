"""Which city a verb is about: the one that was named, or the only one there is."""

from __future__ import annotations

import click

from generator.model import Catalog, CityCatalog
from rules.words import Lang, Words

CITY = Words("Kode daerah, bila lebih dari satu memiliki izin itu.", "The city's code, where several have the permit.")


def find_city(catalog: Catalog, permit: str, city: str | None, lang: Lang) -> CityCatalog:
    """Return the city whose permit it is; a usage error when there is none, or more than one."""
    having = {code: found for code, found in catalog.cities.items() if permit in found.permits and city in (None, code)}
    if not having:
        known = ", ".join(sorted({name for found in catalog.cities.values() for name in found.permits}))
        said = Words(
            f"tidak ada izin `{permit}`; yang ada: {known}", f"there is no permit `{permit}`; there are: {known}"
        )
        raise click.UsageError(said.to(lang))
    if len(having) > 1:
        codes = ", ".join(having)
        said = Words(f"izin `{permit}` ada di {codes}: beri `--daerah`", f"`{permit}` is in {codes}: give `--daerah`")
        raise click.UsageError(said.to(lang))
    return next(iter(having.values()))


def only_city(catalog: Catalog, city: str | None, lang: Lang) -> CityCatalog:
    """Return the city that was named, or the only one; a usage error when that does not tell."""
    chosen = [found for code, found in catalog.cities.items() if city in (None, code)]
    if len(chosen) != 1:
        codes = ", ".join(f"`{code}`" for code in catalog.cities)
        said = Words(f"beri `--daerah`, salah satu dari {codes}", f"give `--daerah`, one of {codes}")
        raise click.UsageError(said.to(lang))
    return chosen[0]
