"""a name is used that nothing in the permit has

Formulas, `banyak`, `untuk_setiap`, `sampai` and `per` name a question, a derived fact or a factor of the same permit.

## Why this matters

A fee with an unknown name cannot be computed, and a validity that waits for an unknown date never ends.

## Example

    komponen: [{nama: Retribusi, rumus: luas_bangunn * harga}]

Write instead a name that the permit has:

    komponen: [{nama: Retribusi, rumus: luas_bangunan * harga}]
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.check import Check
from generator.checks.names_used import names_used
from generator.checks.versions import versions_of
from generator.checks.wording import Wording
from generator.finding import Finding, Severity
from generator.model import Catalog
from generator.reading.tks import did_you_mean, listed
from rules.words import Words

HALAMAN = """\
ada nama yang dipakai tetapi tidak dimiliki izin ini

Rumus, `banyak`, `untuk_setiap`, `sampai` dan `per` menyebut pertanyaan, fakta turunan atau faktor izin yang sama.

## Mengapa ini penting

Retribusi dengan nama yang tidak ada tidak dapat dihitung, dan masa berlaku yang menunggu tanggal yang tidak ada tidak
pernah berakhir.

## Contoh

    komponen: [{nama: Retribusi, rumus: luas_bangunn * harga}]

Tulislah nama yang ada dalam izin:

    komponen: [{nama: Retribusi, rumus: luas_bangunan * harga}]
"""

WORDING = Wording(
    "ISI-06",
    Severity.ERROR,
    Words("`{name}` tidak ada dalam izin ini", "nothing in this permit is called `{name}`"),
    Words("tidak ada yang bernama ini", "nothing has this name"),
    Words("{advice}", "{advice}"),
)


def check(catalog: Catalog) -> Iterator[Finding]:
    """Find names that nothing has."""
    for seen in versions_of(catalog):
        for used in names_used(seen):
            if used.name not in used.known:
                known = tuple(sorted(used.known))
                otherwise = Words(f"yang ada di sini: {listed(known)}", f"names here: {listed(known)}")
                yield WORDING.at(used.place, name=used.shown, advice=did_you_mean(used.name, known, otherwise))


CHECK = Check("ISI-06", "unknown-name", check, __doc__, HALAMAN)
