"""approvals lead in a circle

A file that every desk approves comes back to a stage where it was. Going back for a repair (`perbaiki`) is no circle.

## Why this matters

The promise of days cannot be counted for a route that has no end, and a file may be approved for ever.

## Example

    periksa: {oleh: dpmptsp.front_office, setuju: teknis, …}
    teknis: {oleh: dinkes, setuju: periksa, …}

Write instead a way that goes forward:

    teknis: {oleh: dinkes, setuju: terbit, …}
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.check import Check
from generator.checks.circle import circles, drawn
from generator.checks.route import onward
from generator.checks.versions import versions_of
from generator.checks.wording import Wording
from generator.finding import Finding, Severity
from generator.model import Catalog
from rules.words import Words

HALAMAN = """\
persetujuan berputar dalam lingkaran

Berkas yang disetujui setiap meja kembali ke tahap yang sudah dilewatinya. Kembali untuk perbaikan (`perbaiki`) bukan
lingkaran.

## Mengapa ini penting

Janji hari tidak dapat dihitung untuk alur tanpa akhir, dan berkas dapat disetujui tanpa henti.

## Contoh

    periksa: {oleh: dpmptsp.front_office, setuju: teknis, …}
    teknis: {oleh: dinkes, setuju: periksa, …}

Tulislah jalan yang maju:

    teknis: {oleh: dinkes, setuju: terbit, …}
"""
WORDING = Wording(
    "ALR-04",
    Severity.ERROR,
    Words("persetujuan berputar: {circle}", "approvals go in a circle: {circle}"),
    Words("lingkaran mulai di sini", "the circle starts here"),
    Words("arahkan salah satu `setuju` ke tahap berikutnya", "lead one `setuju` to a later stage"),
)


def check(catalog: Catalog) -> Iterator[Finding]:
    """Find circles of approvals."""
    for seen in versions_of(catalog):
        for circle in circles(onward(seen)):
            yield WORDING.at(seen.at(("alur", circle[0])), circle=Words(drawn(circle), drawn(circle)))


CHECK = Check("ALR-04", "circle-of-stages", check, __doc__, HALAMAN)
