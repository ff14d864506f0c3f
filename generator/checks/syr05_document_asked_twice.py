"""a document is asked for twice

One line of `syarat` asks for it always, or two lines ask for it under the same condition.

## Why this matters

The applicant sees the same document twice and does not know whether two are wanted.

## Example

    syarat:
      - {dokumen: ktp}
      - {dokumen: ktp, wajib_bila: {dikuasakan: ya}}

Write instead one line:

    syarat:
      - {dokumen: ktp}
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.check import Check
from generator.checks.versions import versions_of
from generator.checks.wording import Wording, plain
from generator.finding import Finding, Label, Severity
from generator.model import Catalog
from rules.condition.tree import ALWAYS
from rules.permit import Requirement
from rules.words import Words

HALAMAN = """\
satu dokumen diminta dua kali

Satu baris `syarat` selalu memintanya, atau dua baris memintanya dengan kondisi yang sama.

## Mengapa ini penting

Pemohon melihat dokumen yang sama dua kali dan tidak tahu apakah diperlukan dua.

## Contoh

    syarat:
      - {dokumen: ktp}
      - {dokumen: ktp, wajib_bila: {dikuasakan: ya}}

Tulislah satu baris:

    syarat:
      - {dokumen: ktp}
"""

WORDING = Wording(
    "SYR-05",
    Severity.WARNING,
    Words("dokumen `{document}` diminta dua kali", "the document `{document}` is asked for twice"),
    Words("diminta lagi di sini", "asked for again here"),
    Words("hapus salah satu", "delete one of them"),
)
FIRST = plain("diminta pertama di sini", "first asked for here")


def check(catalog: Catalog) -> Iterator[Finding]:
    """Find lines of `syarat` that ask for what another line asks for."""
    for seen in versions_of(catalog):
        asked = seen.permit.requirements
        for index, requirement in enumerate(asked):
            earlier = next((i for i, other in enumerate(asked[:index]) if _same(requirement, other)), None)
            if earlier is not None:
                first = Label(seen.at(("syarat", earlier, "dokumen")), FIRST)
                yield WORDING.at(seen.at(("syarat", index, "dokumen")), first, document=requirement.document)


def _same(one: Requirement, other: Requirement) -> bool:
    alike = (one.document, one.for_each) == (other.document, other.for_each)
    return alike and (one.when == other.when or ALWAYS in (one.when, other.when))


CHECK = Check("SYR-05", "document-asked-twice", check, __doc__, HALAMAN)
