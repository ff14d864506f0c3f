"""an example waits for a person to confirm it

## Why this matters

`satupintu test --usulkan` writes examples for what no example reaches, with the outcome that the catalog gives today.
Until somebody has worked that outcome out from the law it says nothing about whether the catalog is right, and it
counts as no example.

## Example

    - catatan: "usul: mencapai dokumen `andalalin`"
      usulan: ya
      pada: 2026-03-02
      jawaban: {jumlah_lapak: 101}
      hasil: {dokumen: [ktp, andalalin], waktu: 5 hari kerja}

Work its `hasil` out from the law, correct what differs, then delete the line `usulan: ya`.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.check import Check
from generator.checks.wording import Wording
from generator.finding import Finding, Severity
from generator.model import Catalog
from rules.words import Words

HALAMAN = """\
sebuah contoh menunggu dipastikan orang

## Mengapa ini penting

`satupintu test --usulkan` menulis contoh untuk yang belum dicapai contoh mana pun, dengan hasil menurut katalog hari
ini. Selama belum ada orang yang menghitung hasilnya dari peraturan, contoh itu tidak berkata apa-apa tentang benar
tidaknya katalog, dan tidak dihitung sebagai contoh.

## Contoh

    - catatan: "usul: mencapai dokumen `andalalin`"
      usulan: ya
      pada: 2026-03-02
      jawaban: {jumlah_lapak: 101}
      hasil: {dokumen: [ktp, andalalin], waktu: 5 hari kerja}

Hitung `hasil`-nya dari peraturan, betulkan yang berbeda, lalu hapus baris `usulan: ya`.
"""

WORDING = Wording(
    "CTH-03",
    Severity.INFO,
    Words("contoh «{note}» belum dipastikan orang", "the example «{note}» is confirmed by nobody yet"),
    Words("ditulis program", "written by the program"),
    Words(
        "hitung `hasil`-nya dari peraturan, lalu hapus `usulan: ya`",
        "work its `hasil` out from the law, then delete `usulan: ya`",
    ),
)


def check(catalog: Catalog) -> Iterator[Finding]:
    """Find the examples that the program proposed."""
    for city in catalog.cities.values():
        for example in city.examples:
            if example.proposed:
                yield WORDING.at(example.place, note=example.note)


CHECK = Check("CTH-03", "proposed-example", check, __doc__, HALAMAN)
