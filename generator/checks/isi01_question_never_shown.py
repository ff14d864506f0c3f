"""a question is never shown

No application that the form lets through meets its `tampil_bila`.

## Why this matters

Whoever wrote it wanted the answer. Nobody will ever give it, and what depends on it never holds.

## Example

    - {kode: lantai, jenis: bilangan, maksimal: 3, …}
    - {kode: lift, tampil_bila: {lantai: "> 4"}, …}

Write instead a condition that some application can meet:

    - {kode: lift, tampil_bila: {lantai: "> 2"}, …}
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.check import Check
from generator.checks.hidden_question import never_shown, reads_hidden
from generator.checks.never_met import reasons
from generator.checks.versions import versions_of
from generator.checks.wording import Wording
from generator.finding import Finding, Severity
from generator.model import Catalog
from rules.words import Words

HALAMAN = """\
sebuah pertanyaan tidak pernah tampil

Tidak ada permohonan yang lolos formulir dan memenuhi `tampil_bila`-nya.

## Mengapa ini penting

Penulisnya menginginkan jawabannya. Tidak ada yang akan pernah memberikannya, dan yang bergantung padanya tidak pernah
berlaku.

## Contoh

    - {kode: lantai, jenis: bilangan, maksimal: 3, …}
    - {kode: lift, tampil_bila: {lantai: "> 4"}, …}

Tulislah kondisi yang dapat dipenuhi sebuah permohonan:

    - {kode: lift, tampil_bila: {lantai: "> 2"}, …}
"""

WORDING = Wording(
    "ISI-01",
    Severity.ERROR,
    Words("`{question}` tidak pernah tampil", "`{question}` is never shown"),
    Words("tidak pernah terpenuhi", "never met"),
    Words("longgarkan `tampil_bila`, atau hapus pertanyaan ini", "widen `tampil_bila`, or delete this question"),
)


def check(catalog: Catalog) -> Iterator[Finding]:
    """Find questions that nobody is shown; of a chain of them the first."""
    for seen in versions_of(catalog):
        hidden = never_shown(seen.permit)
        for field in seen.permit.fields:
            if field.code in hidden and not reads_hidden(seen.permit, field.shown_when):
                place = seen.at(("isian", field.code, "tampil_bila"))
                yield WORDING.at(place, *reasons(seen, field.shown_when), question=field.code)
            for item in field.items:
                if f"{field.code}.{item.code}" in hidden and not reads_hidden(seen.permit, item.shown_when, field.code):
                    path = ("isian", field.code, "isian", item.code, "tampil_bila")
                    yield WORDING.at(seen.at(path), question=item.code)


CHECK = Check("ISI-01", "question-never-shown", check, __doc__, HALAMAN)
