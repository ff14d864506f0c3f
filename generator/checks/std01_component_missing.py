"""a component of the service standard is missing

Six of the 14 components follow from the permit (requirements, procedure, time, cost, product, legal basis); eight are
written in `standar`, of the permit or, for all of them, of `daerah.yaml`.

## Why this matters

Every service must publish its whole standard, and the Ombudsman counts the components.

## Example

    standar: {pengaduan: baku, sarana: Loket}

Write instead all eight: `pengaduan`, `sarana`, `kompetensi`, `pengawasan`, `jumlah_pelaksana`, `jaminan_pelayanan`,
`jaminan_keamanan`, `evaluasi`.

## In the law

UU 25/2009 pasal 21; PermenPANRB 15/2014.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.check import Check
from generator.checks.versions import versions_of
from generator.checks.wording import Wording
from generator.finding import Finding, Severity
from generator.model import Catalog
from generator.reading.permit_file import STANDARD
from rules.permit import Permit
from rules.words import Words

HALAMAN = """\
ada komponen standar pelayanan yang belum tertulis

Enam dari 14 komponen mengikuti izinnya (persyaratan, prosedur, waktu, biaya, produk, dasar hukum); delapan ditulis
dalam `standar`, pada izin atau, untuk semuanya, pada `daerah.yaml`.

## Mengapa ini penting

Setiap layanan wajib mengumumkan standarnya dengan lengkap, dan Ombudsman menghitung komponennya.

## Contoh

    standar: {pengaduan: baku, sarana: Loket}

Tulislah kedelapannya: `pengaduan`, `sarana`, `kompetensi`, `pengawasan`, `jumlah_pelaksana`, `jaminan_pelayanan`,
`jaminan_keamanan`, `evaluasi`. Layanan yang selesai tanpa surat menulis `standar: {produk: …}`: apa yang diterima.

## Dalam peraturan

UU 25/2009 pasal 21; PermenPANRB 15/2014.
"""

WORDING = Wording(
    "STD-01",
    Severity.ERROR,
    Words("standar pelayanan `{permit}` belum memuat {what}", "the service standard of `{permit}` lacks {what}"),
    Words("{count} dari 14 komponen", "{count} of 14 components"),
    Words("tulis {what}", "write {what}"),
)


def check(catalog: Catalog) -> Iterator[Finding]:
    """Find what a service standard lacks; a time that is not promised is SLA-01."""
    for seen in versions_of(catalog):
        missing = _missing(seen.permit)
        if missing:
            what = ", ".join(f"`{key}`" for key in missing)
            place = seen.at(("standar",), ("izin",))
            yield WORDING.at(place, permit=seen.permit.code, what=Words(what, what), count=str(len(missing)))


def _missing(permit: Permit) -> list[str]:
    written = dict(permit.standard)
    received = permit.products or written.get("produk")  # a service may end without any letter
    given = {"syarat": permit.requirements, "produk": received, "dasar_hukum": permit.legal_basis}
    return [key for key, value in given.items() if not value] + [key for key in STANDARD if key not in written]


CHECK = Check("STD-01", "component-missing", check, __doc__, HALAMAN)
