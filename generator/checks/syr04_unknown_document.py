"""a document is asked that the city does not know

Every `dokumen` of `syarat` names a kind of document in `dokumen.yaml`.

## Why this matters

What is asked has no name, no format and no advice, so nobody can upload it.

## Example

    syarat: [{dokumen: ktpp}]

Write instead a code of `dokumen.yaml`:

    syarat: [{dokumen: ktp}]
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.check import Check
from generator.checks.versions import versions_of
from generator.checks.wording import Wording
from generator.finding import Finding, Severity
from generator.model import Catalog
from generator.reading.tks import did_you_mean, listed
from rules.words import Words

HALAMAN = """\
ada dokumen yang diminta tetapi tidak dikenal daerah ini

Setiap `dokumen` dalam `syarat` menyebut jenis dokumen dalam `dokumen.yaml`.

## Mengapa ini penting

Yang diminta tidak punya nama, format dan petunjuk, sehingga tidak dapat diunggah.

## Contoh

    syarat: [{dokumen: ktpp}]

Tulislah kode dalam `dokumen.yaml`:

    syarat: [{dokumen: ktp}]
"""

WORDING = Wording(
    "SYR-04",
    Severity.ERROR,
    Words("dokumen `{document}` tidak ada dalam `dokumen.yaml`", "`dokumen.yaml` has no document `{document}`"),
    Words("tidak ada jenis ini", "no such kind"),
    Words("{advice}", "{advice}"),
)


def check(catalog: Catalog) -> Iterator[Finding]:
    """Find documents that are not there."""
    for seen in versions_of(catalog):
        known = tuple(document.code for document in seen.city.city.documents)
        otherwise = Words("tambahkan di `dokumen.yaml`", "add it to `dokumen.yaml`")
        if len(known) <= 12:
            otherwise = Words(f"tulis salah satu: {listed(known)}", f"write one of: {listed(known)}")
        for index, requirement in enumerate(seen.permit.requirements):
            if requirement.document not in known:
                advice = did_you_mean(requirement.document, known, otherwise)
                yield WORDING.at(seen.at(("syarat", index, "dokumen")), document=requirement.document, advice=advice)
            for place, code in enumerate(requirement.instead):
                if code not in known:
                    advice = did_you_mean(code, known, otherwise)
                    yield WORDING.at(seen.at(("syarat", index, "pengganti", place)), document=code, advice=advice)


CHECK = Check("SYR-04", "unknown-document", check, __doc__, HALAMAN)
