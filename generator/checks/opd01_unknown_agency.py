"""an agency is named that the city does not have

A desk of the route, or the collector of a fee, names a code of `instansi.yaml`.

## Why this matters

A file sent to an agency that is not there waits for nobody until the legal limit grants it.

## Example

    - {instansi: pupt, waktu: 5 hari kerja}

Write instead a code of `instansi.yaml`:

    - {instansi: pupr, waktu: 5 hari kerja}
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.check import Check
from generator.checks.versions import Seen, versions_of
from generator.checks.wording import Wording
from generator.finding import Finding, Place, Severity
from generator.model import Catalog, fee_path
from generator.reading.tks import did_you_mean, listed
from rules.words import Words

HALAMAN = """\
ada instansi yang disebut tetapi tidak dimiliki daerah ini

Meja dalam alur, atau penagih retribusi, menyebut kode dalam `instansi.yaml`.

## Mengapa ini penting

Berkas yang dikirim ke instansi yang tidak ada tidak ditunggu siapa pun, sampai batas hukum mengabulkannya.

## Contoh

    - {instansi: pupt, waktu: 5 hari kerja}

Tulislah kode dalam `instansi.yaml`:

    - {instansi: pupr, waktu: 5 hari kerja}
"""
WORDING = Wording(
    "OPD-01",
    Severity.ERROR,
    Words("instansi `{agency}` tidak ada di daerah ini", "this city has no agency `{agency}`"),
    Words("tidak ada di `instansi.yaml`", "not in `instansi.yaml`"),
    Words("{advice}", "{advice}"),
)


def check(catalog: Catalog) -> Iterator[Finding]:
    """Find agencies that are not there."""
    for seen in versions_of(catalog):
        known = tuple(agency.code for agency in seen.city.city.agencies)
        otherwise = Words(f"tulis salah satu: {listed(known)}", f"write one of: {listed(known)}")
        for agency, place in _named(seen):
            if agency not in known:
                yield WORDING.at(place, agency=agency, advice=did_you_mean(agency, known, otherwise))


def _named(seen: Seen) -> Iterator[tuple[str, Place]]:
    for stage in seen.permit.stages:
        for index, reviewer in enumerate(stage.reviewers):
            at = ("alur", stage.code)
            yield reviewer.agency, seen.at((*at, "serentak", index, "instansi"), (*at, "oleh"))
    for fee in seen.permit.fees:
        if fee.collector is not None:
            yield fee.collector, seen.at((*fee_path(fee), "penagih"))


CHECK = Check("OPD-01", "unknown-agency", check, __doc__, HALAMAN)
