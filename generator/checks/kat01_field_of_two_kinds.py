"""one question has two kinds in two permits

The same code is asked as one kind here and as another kind there.

## Why this matters

A citizen's answer cannot be taken over from one form to the other, and figures about both cannot be added.

## Example

    # izin/pbg:  - {kode: lantai, jenis: bilangan, …}
    # izin/slf:  - {kode: lantai, jenis: teks, …}

Write instead a shared group (`isian/`), or another code for one of them.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.check import Check, nothing
from generator.checks.wording import Wording, plain
from generator.finding import Finding, Label, Severity
from generator.model import Catalog
from rules.words import Words

HALAMAN = """\
satu pertanyaan punya dua jenis dalam dua izin

Kode yang sama ditanyakan dengan satu jenis di sini dan jenis lain di sana.

## Mengapa ini penting

Jawaban warga tidak dapat dibawa dari satu formulir ke formulir lain, dan angkanya tidak dapat dijumlahkan.

## Contoh

    # izin/pbg:  - {kode: lantai, jenis: bilangan, …}
    # izin/slf:  - {kode: lantai, jenis: teks, …}

Tulislah kelompok bersama (`isian/`), atau kode lain untuk salah satunya.
"""

WORDING = Wording(
    "KAT-01",
    Severity.WARNING,
    Words(
        "`{code}` berjenis `{kind}` di sini dan `{other}` dalam izin `{permit}`",
        "`{code}` is of kind `{kind}` here and `{other}` in the permit `{permit}`",
    ),
    Words("berjenis `{kind}`", "of kind `{kind}`"),
    Words("samakan jenisnya, atau beri kode lain", "make the kinds alike, or give it another code"),
)
THERE = plain("jenis lain di sini", "another kind here")


def check(catalog: Catalog) -> Iterator[Finding]:
    """Find questions of two kinds, comparing the latest versions."""
    for city in catalog.cities.values():
        first: dict[str, tuple[str, int]] = {}
        latest = {code: versions[-1] for code, versions in city.permits.items()}
        for code, version in latest.items():
            for index, field in enumerate(version.permit.fields):
                permit, at = first.setdefault(field.code, (code, index))
                other = latest[permit].permit.fields[at]
                if other.kind is not field.kind:
                    there = Label(latest[permit].places.find("isian", field.code, "jenis"), THERE)
                    yield WORDING.at(
                        version.places.find("isian", field.code, "jenis"),
                        there,
                        code=field.code,
                        kind=field.kind.value,
                        other=other.kind.value,
                        permit=permit,
                    )


CHECK = Check("KAT-01", "field-of-two-kinds", nothing, __doc__, HALAMAN, across=check)
