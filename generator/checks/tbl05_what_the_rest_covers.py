"""what `selainnya` of a table covers

The applications that no other row takes, said in full.

## Why this matters

An else-row hides gaps: whoever forgets a case finds it here, decided by a row that was written for another. Read the
sentence, and accept it (`diterima`) when it is what the law says.

## Example

    waktu_total:
      - {bila: {luas: "<= 100"}, waktu: 7 hari kerja}
      - {selainnya: ya, alasan: Bangunan besar., waktu: 14 hari kerja}

Here `selainnya` covers more than 100 m2, and also those who are not asked for `luas`. Write instead, if that was not
meant:

    waktu_total:
      - {bila: {luas: "<= 100"}, waktu: 7 hari kerja}
      - {bila: {luas: "> 100"}, waktu: 14 hari kerja}
      - {bila: {luas: kosong}, waktu: 5 hari kerja}
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from generator.checks.check import Check
from generator.checks.decided_table import tables_of
from generator.checks.exhibit import exhibited, regions
from generator.checks.versions import versions_of
from generator.checks.wording import Wording
from generator.finding import Finding, Said, Severity
from generator.model import Catalog
from generator.proof.solver import no
from generator.proof.trial import trial
from rules.condition.tree import Some
from rules.words import Words

HALAMAN = """\
apa yang dimuat `selainnya` sebuah tabel

Permohonan yang tidak diambil baris lain, disebut lengkap.

## Mengapa ini penting

Baris selainnya menyembunyikan celah: yang terlupakan berakhir di sini, diputus baris yang ditulis untuk hal lain. Baca
kalimatnya, dan terimalah (`diterima`) bila itu yang dikatakan peraturan.

## Contoh

    waktu_total:
      - {bila: {luas: "<= 100"}, waktu: 7 hari kerja}
      - {selainnya: ya, alasan: Bangunan besar., waktu: 14 hari kerja}

Di sini `selainnya` memuat lebih dari 100 m2, dan juga mereka yang tidak ditanya `luas`. Bila bukan itu maksudnya,
tulislah:

    waktu_total:
      - {bila: {luas: "<= 100"}, waktu: 7 hari kerja}
      - {bila: {luas: "> 100"}, waktu: 14 hari kerja}
      - {bila: {luas: kosong}, waktu: 5 hari kerja}
"""

MOST_SAID = 8  # regions in one sentence; nobody reads a longer one
WORDING = Wording(
    "TBL-05",
    Severity.INFO,
    Words(
        "`selainnya` pada {table} memuat permohonan seperti ini", "`selainnya` of {table} covers applications like this"
    ),
    Words("tidak diambil baris lain", "taken by no other row"),
    Words(
        "bila memang dimaksudkan, tulis di `diterima` dengan alasannya; bila tidak, beri baris sendiri",
        "if that is meant, write it in `diterima` with the reason; if not, give it a row of its own",
    ),
)


def check(catalog: Catalog) -> Iterator[Finding]:
    """Say what each else-row really decides."""
    for seen in versions_of(catalog):
        proof = trial(seen.permit)
        for table in tables_of(seen.permit):
            if table.otherwise is None:
                continue
            place = seen.at((*table.path, table.otherwise, "selainnya"), table.path)
            found = tuple(regions(proof, table.view, table.none(), MOST_SAID))
            if found:
                every = tuple(shown.region for shown in found)
                whole = replace(found[0], region=every[0] if len(every) == 1 else Some(every))
                finding = exhibited(WORDING.at(place, table=table.name), proof, whole, table.items)
                elsewhere = [no(table.view.holds(region)) for region in every]
                left = proof.possible(table.view, proof.formula(table.view, table.none()), *elsewhere)
                yield replace(finding, region=_and_more(finding.region)) if left else finding


def _and_more(region: Said | None) -> Said | None:
    return None if region is None else Said(Words("{region}; dan lainnya", "{region}; and others"), region.arguments)


CHECK = Check("TBL-05", "what-the-rest-covers", check, __doc__, HALAMAN)
