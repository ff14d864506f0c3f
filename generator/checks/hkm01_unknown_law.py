"""a law is cited that the register does not have

Every citation names a code of `peraturan/`: in a permit, in a tariff, and where one law revokes another.

## Why this matters

A fee or a refusal without its law cannot be defended before the Ombudsman. A misspelt code looks like one and is none.

## Example

    pelimpahan: {peraturan: perwali-kupang-86-2020}

Write instead the code of a file in `peraturan/`:

    pelimpahan: {peraturan: perwali-kupang-68-2020}
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.check import Check
from generator.checks.citations import citations_of
from generator.checks.versions import versions_of
from generator.checks.wording import Wording
from generator.finding import Finding, Place, Severity
from generator.model import Catalog, CityCatalog
from generator.reading.tks import did_you_mean, listed
from rules.words import Words

HALAMAN = """\
ada peraturan yang dikutip tetapi tidak ada dalam daftar

Setiap kutipan menyebut kode sebuah berkas di `peraturan/`: dalam izin, dalam tarif, dan saat satu peraturan mencabut
yang lain.

## Mengapa ini penting

Retribusi atau penolakan tanpa dasar hukum tidak dapat dipertahankan di depan Ombudsman.

## Contoh

    pelimpahan: {peraturan: perwali-kupang-86-2020}

Tulislah kode sebuah berkas dalam `peraturan/`:

    pelimpahan: {peraturan: perwali-kupang-68-2020}
"""
WORDING = Wording(
    "HKM-01",
    Severity.ERROR,
    Words("peraturan `{law}` tidak ada dalam daftar", "the law `{law}` is not in the register"),
    Words("tidak ada `peraturan/{law}.yaml`", "no `peraturan/{law}.yaml`"),
    Words("{advice}", "{advice}"),
)


def check(catalog: Catalog) -> Iterator[Finding]:
    """Find a permit's citations of laws that are not there."""
    for seen in versions_of(catalog):
        for citation, place in citations_of(seen):
            yield from _unknown(seen.city, citation.regulation, place)


def check_shared(catalog: Catalog) -> Iterator[Finding]:
    """Find citations of laws that are not there in what permits share."""
    for city in catalog.cities.values():
        for law, place in _shared(city):
            yield from _unknown(city, law, place)


def _unknown(city: CityCatalog, law: str, place: Place) -> Iterator[Finding]:
    known = tuple(regulation.code for regulation in city.city.regulations)
    if law not in known:
        otherwise = Words(f"tulis salah satu: {listed(known)}", f"write one of: {listed(known)}")
        yield WORDING.at(place, law=law, advice=did_you_mean(law, known, otherwise))


def _shared(city: CityCatalog) -> Iterator[tuple[str, Place]]:
    for regulation in city.city.regulations:
        places = city.places[f"peraturan/{regulation.code}.yaml"]
        for index, revoked in enumerate(regulation.revokes):
            yield revoked, places.find("mencabut", index)
    survey = city.city.survey
    if survey is not None and survey.citation is not None:
        yield survey.citation.regulation, city.places["daerah.yaml"].find("skm", "dasar", "peraturan")
    for moved in city.city.moved:
        yield moved.citation.regulation, city.places[f"alihan/{moved.code}.yaml"].find("dasar", "peraturan")
    for tariff in city.city.tariffs:
        places = city.places[f"tarif/{tariff.code}.yaml"]
        for item, values in tariff.series:
            base = ("nilai",) if item is None else ("butir", item)
            for index, value in enumerate(values):
                if value.citation is not None:
                    yield value.citation.regulation, places.find(*base, index, "dasar", "peraturan")


CHECK = Check("HKM-01", "unknown-law", check, __doc__, HALAMAN, across=check_shared)
