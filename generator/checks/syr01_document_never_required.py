"""a document can never be asked for

No application that can be filed meets its `wajib_bila`.

## Why this matters

Whoever wrote it wanted the paper, and nobody will ever bring it.

## Example

    - {kode: luas, maksimal: 5000, …}
    syarat:
      - {dokumen: amdal, wajib_bila: {luas: ">= 50000"}}

Write instead a condition that some application meets:

    syarat:
      - {dokumen: amdal, wajib_bila: {luas: ">= 500"}}
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.check import Check
from generator.checks.hidden_question import reads_hidden
from generator.checks.never_met import reasons
from generator.checks.versions import versions_of
from generator.checks.wording import Wording
from generator.finding import Finding, Severity
from generator.model import Catalog
from generator.proof.trial import trial
from rules.words import Words

HALAMAN = """\
sebuah dokumen tidak pernah dapat diminta

Tidak ada permohonan yang dapat diajukan dan memenuhi `wajib_bila`-nya.

## Mengapa ini penting

Penulisnya menginginkan dokumen itu, dan tidak ada yang akan pernah membawanya.

## Contoh

    - {kode: luas, maksimal: 5000, …}
    syarat:
      - {dokumen: amdal, wajib_bila: {luas: ">= 50000"}}

Tulislah kondisi yang dipenuhi sebuah permohonan:

    syarat:
      - {dokumen: amdal, wajib_bila: {luas: ">= 500"}}
"""

WORDING = Wording(
    "SYR-01",
    Severity.ERROR,
    Words("`{document}` tidak pernah dapat diminta", "`{document}` can never be asked for"),
    Words("tidak pernah terpenuhi", "never met"),
    Words("betulkan `wajib_bila`, atau hapus dokumen ini", "correct `wajib_bila`, or delete this document"),
)


def check(catalog: Catalog) -> Iterator[Finding]:
    """Find documents that no application has to bring."""
    for seen in versions_of(catalog):
        proof = trial(seen.permit)
        views = [proof.application.filing, proof.application.issued()]
        if not proof.sound or not proof.possible(views[0]):
            continue
        for index, requirement in enumerate(seen.permit.requirements):
            when = requirement.when
            if reads_hidden(seen.permit, when) or any(proof.possible(view, view.holds(when)) for view in views):
                continue
            place = seen.at(("syarat", index, "wajib_bila"))
            yield WORDING.at(place, *reasons(seen, when), document=requirement.document)


CHECK = Check("SYR-01", "document-never-required", check, __doc__, HALAMAN)
