"""a formula names something of a kind it cannot use

`+ - * /` take numbers, `hari_antara` and `bulan_antara` take dates, `banyak` and `untuk_setiap` take a list, and a
validity ends on a date.

## Why this matters

What cannot be computed is left open, and the applicant sees no fee and no date.

## Example

    rumus: nama * harga

Write instead a question that is answered by a number:

    rumus: luas * harga
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.check import Check
from generator.checks.names_used import SAID, names_used
from generator.checks.versions import versions_of
from generator.checks.wording import Wording
from generator.finding import Finding, Severity
from generator.model import Catalog
from rules.words import Words

HALAMAN = """\
rumus menyebut sesuatu yang jenisnya tidak dapat dipakai

`+ - * /` memakai angka, `hari_antara` dan `bulan_antara` memakai tanggal, `banyak` dan `untuk_setiap` memakai daftar,
dan masa berlaku berakhir pada tanggal.

## Mengapa ini penting

Yang tidak dapat dihitung dibiarkan terbuka, dan pemohon tidak melihat retribusi maupun tanggal.

## Contoh

    rumus: nama * harga

Tulislah pertanyaan yang dijawab dengan angka:

    rumus: luas * harga
"""

WORDING = Wording(
    "ISI-08",
    Severity.ERROR,
    Words(
        "`{name}` berjenis `{kind}`, dan di sini dibutuhkan {wanted}",
        "`{name}` is of kind `{kind}`, and {wanted} is needed here",
    ),
    Words("bukan {wanted}", "not {wanted}"),
    Words("sebut {wanted}, atau ganti jenis `{name}`", "name {wanted}, or change the kind of `{name}`"),
)


def check(catalog: Catalog) -> Iterator[Finding]:
    """Find names whose kind does not fit."""
    for seen in versions_of(catalog):
        for used in names_used(seen):
            kind = used.known.get(used.name)
            if kind is not None and kind not in used.wanted:
                yield WORDING.at(used.place, name=used.shown, kind=kind.value, wanted=SAID[used.wanted])


CHECK = Check("ISI-08", "name-of-another-kind", check, __doc__, HALAMAN)
