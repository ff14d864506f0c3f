"""a kind of document is asked by no permit

`dokumen.yaml` describes it, and no `syarat` of any permit names it.

## Why this matters

It is work that helps nobody, or the sign of a requirement that was forgotten.

## Example

    dokumen: [{kode: akta, nama: Akta pendirian}]

Write instead the requirement where it belongs, or delete the document:

    syarat: [{dokumen: akta, wajib_bila: {bentuk: badan}}]
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.check import Check, nothing
from generator.checks.wording import Wording
from generator.finding import Finding, Severity
from generator.model import Catalog
from generator.reading.tks import nearest
from rules.words import Words

HALAMAN = """\
ada jenis dokumen yang tidak diminta izin mana pun

`dokumen.yaml` menerangkannya, dan tidak ada `syarat` izin mana pun yang menyebutnya.

## Mengapa ini penting

Itu pekerjaan tanpa guna, atau tanda ada syarat yang terlupa.

## Contoh

    dokumen: [{kode: akta, nama: Akta pendirian}]

Tulislah syaratnya di tempatnya, atau hapus dokumennya:

    syarat: [{dokumen: akta, wajib_bila: {bentuk: badan}}]
"""

WORDING = Wording(
    "SYR-03",
    Severity.WARNING,
    Words("dokumen `{document}` tidak diminta izin mana pun", "no permit asks for the document `{document}`"),
    Words("tidak pernah diminta", "never asked"),
    Words("minta dalam `syarat`, atau hapus", "ask for it in `syarat`, or delete it"),
)


def check(catalog: Catalog) -> Iterator[Finding]:
    """Find kinds of document that nobody asks for."""
    for city in catalog.cities.values():
        if city.broken:
            continue  # a permit that could not be read may ask for it
        requirements = [r for vs in city.permits.values() for v in vs for r in v.permit.requirements]
        asked = {code for r in requirements for code in (r.document, *r.instead)}
        known = [document.code for document in city.city.documents]
        # A document that is asked for under a misspelt name (SYR-04) is not told of a second time.
        asked |= {close for document in asked.difference(known) for close in nearest(document, known)}
        for document in city.city.documents:
            if document.code not in asked:
                place = city.places["dokumen.yaml"].find("dokumen", document.code)
                yield WORDING.at(place, document=document.code)


CHECK = Check("SYR-03", "document-never-asked", nothing, __doc__, HALAMAN, across=check)
