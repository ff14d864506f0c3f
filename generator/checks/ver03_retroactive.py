"""a version or a value starts before its law was made known

A law that says in `diundangkan` when it was made known binds nobody before that day. A version, or a value of a tariff,
that cites it and starts earlier applies backwards.

## Why this matters

Applications of the days between were decided by other rules, and their applicants were told another fee. A rule that
burdens people may not reach back at all.

## Example

    # peraturan/perwali-uji.yaml
    berlaku: 2026-01-01
    diundangkan: 2026-03-15
    # izin/uji/2026-01-01.yaml
    dasar_hukum: [{peraturan: perwali-uji}]

Write instead a version that starts when its law was made known: `izin/uji/2026-03-15.yaml`. Where the law itself
reaches back, accept the finding with its article.

## In the law

UU 12/2011 pasal 87: a regulation is in force from the day on which it is promulgated, unless it names another one.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.check import Check
from generator.checks.citations import citations_of
from generator.checks.versions import versions_of
from generator.checks.wording import Wording
from generator.finding import Finding, Severity
from generator.model import Catalog
from rules.words import Words

HALAMAN = """\
ada versi atau nilai yang mulai sebelum peraturannya diundangkan

Peraturan yang menyebut hari pengundangannya dalam `diundangkan` tidak mengikat siapa pun sebelum hari itu. Versi izin,
atau nilai tarif, yang mengutipnya dan mulai lebih awal berlaku surut.

## Mengapa ini penting

Permohonan pada hari-hari di antaranya diputus dengan aturan lain, dan pemohonnya diberi tahu retribusi lain. Aturan
yang membebani warga tidak boleh berlaku surut.

## Contoh

    # peraturan/perwali-uji.yaml
    berlaku: 2026-01-01
    diundangkan: 2026-03-15
    # izin/uji/2026-01-01.yaml
    dasar_hukum: [{peraturan: perwali-uji}]

Buatlah versi yang mulai saat peraturannya diundangkan: `izin/uji/2026-03-15.yaml`. Bila peraturannya sendiri berlaku
surut, terima temuan ini dengan pasalnya.

## Dalam peraturan

UU 12/2011 pasal 87: peraturan berlaku pada tanggal diundangkan, kecuali ditentukan lain di dalamnya.
"""
WORDING = Wording(
    "VER-03",
    Severity.WARNING,
    Words(
        "{what} mulai {day}, sebelum `{law}` diundangkan pada {known}",
        "{what} starts on {day}, before `{law}` was made known on {known}",
    ),
    Words("diundangkan {known}", "made known on {known}"),
    Words("mulai pada {known}", "start it on {known}"),
)
VERSION, VALUE = Words("versi ini", "this version"), Words("nilai ini", "this value")


def check(catalog: Catalog) -> Iterator[Finding]:
    """Find versions that start before a law of theirs was made known; each law once."""
    for seen in versions_of(catalog):
        day, laws = seen.permit.valid_from, {law.code: law for law in seen.city.city.regulations}
        for citation, place in citations_of(seen):
            law = laws.pop(citation.regulation, None)
            # A law that is not in force yet is a finding of its own.
            if law is None or law.promulgated is None or (law.in_force or "") > day:
                continue
            if day < law.promulgated:
                yield WORDING.at(place, what=VERSION, day=day, law=law.code, known=law.promulgated)


def check_tariffs(catalog: Catalog) -> Iterator[Finding]:
    """Find values of tariffs that start before their law was made known."""
    for city in catalog.cities.values():
        made = {law.code: law.promulgated for law in city.city.regulations}
        for tariff in city.city.tariffs:
            places = city.places[f"tarif/{tariff.code}.yaml"]
            for item, values in tariff.series:
                base = ("nilai",) if item is None else ("butir", item)
                for index, value in enumerate(values):
                    law = None if value.citation is None else value.citation.regulation
                    known = None if law is None else made.get(law)
                    if law is not None and known is not None and value.valid_from < known:
                        place = places.find(*base, index, "mulai")
                        yield WORDING.at(place, what=VALUE, day=value.valid_from, law=law, known=known)


CHECK = Check("VER-03", "retroactive", check, __doc__, HALAMAN, across=check_tariffs)
