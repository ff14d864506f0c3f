"""a permit does not say which law gave it to this office

There is no `pelimpahan`. A service of another agency at the same counter (`jenis: layanan`) needs none.

## Why this matters

Without it nobody knows when the authority ends, and the office cannot show a citizen, or a court, why it decides.

## Example

    izin: apotek
    jenis: izin                # and no `pelimpahan`

Write instead:

    pelimpahan: {peraturan: perwali-kupang-68-2020, pasal: lampiran}

## In the law

Permendagri 138/2017: the head of the region delegates permits and non-permits to the one-stop office.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.check import Check
from generator.checks.versions import versions_of
from generator.checks.wording import Wording
from generator.finding import Finding, Severity
from generator.model import Catalog
from generator.reading.tks import listed
from rules.words import Words

HALAMAN = """\
sebuah izin tidak menyebut peraturan yang melimpahkannya kepada kantor ini

Tidak ada `pelimpahan`. Layanan instansi lain di loket yang sama (`jenis: layanan`) tidak memerlukannya.

## Mengapa ini penting

Tanpa itu tidak ada yang tahu kapan wewenangnya berakhir, dan kantor tidak dapat menunjukkan kepada warga atau
pengadilan mengapa ia yang memutuskan.

## Contoh

    izin: apotek
    jenis: izin                # dan tidak ada `pelimpahan`

Tulislah:

    pelimpahan: {peraturan: perwali-kupang-68-2020, pasal: lampiran}

## Dalam peraturan

Permendagri 138/2017: kepala daerah mendelegasikan perizinan dan nonperizinan kepada DPMPTSP.
"""
WORDING = Wording(
    "HKM-08",
    Severity.WARNING,
    Words("`{permit}` tidak dilimpahkan oleh peraturan mana pun", "no law delegates `{permit}`"),
    Words("tidak ada `pelimpahan`", "no `pelimpahan`"),
    Words("{advice}", "{advice}"),
)
NEEDS_NONE = "layanan"


def check(catalog: Catalog) -> Iterator[Finding]:
    """Find permits without a delegation."""
    for seen in versions_of(catalog):
        if seen.permit.delegation is None and seen.permit.kind != NEEDS_NONE:
            code, laws = seen.permit.code, seen.city.city.regulations
            lists = [law.code for law in laws if code in law.delegates]
            among = lists or [law.code for law in laws if law.kind == "perwali"]
            rest = Words(f"; perwali yang ada: {listed(among)}", f"; perwali there are: {listed(among)}")
            key = f"`pelimpahan: {{peraturan: {lists[0] if lists else '…'}}}`"
            advice = Words(f"tulis {key}{'' if lists else rest.id}", f"write {key}{'' if lists else rest.to('en')}")
            yield WORDING.at(seen.at(("izin",)), permit=code, advice=advice)


CHECK = Check("HKM-08", "delegated-by-nothing", check, __doc__, HALAMAN)
