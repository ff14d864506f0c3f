"""no application can pass the form

Some question has to be answered, and no answer to it is accepted.

## Why this matters

The permit cannot be applied for: every applicant is sent back by the form.

## Example

    - {kode: luas, jenis: desimal, digit: 2, minimal: 10, maksimal: 5, …}

Write instead bounds that leave room for an answer:

    - {kode: luas, jenis: desimal, digit: 2, minimal: 5, maksimal: 10, …}
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.check import Check
from generator.checks.versions import versions_of
from generator.checks.wording import Wording
from generator.finding import Finding, Severity
from generator.model import Catalog
from generator.proof.trial import trial
from rules.words import Words

HALAMAN = """\
tidak ada permohonan yang dapat lolos formulir

Sebuah pertanyaan harus dijawab, padahal tidak ada jawaban yang diterima.

## Mengapa ini penting

Izin ini tidak dapat dimohon: setiap pemohon ditolak formulirnya.

## Contoh

    - {kode: luas, jenis: desimal, digit: 2, minimal: 10, maksimal: 5, …}

Tulislah batas yang memberi tempat bagi sebuah jawaban:

    - {kode: luas, jenis: desimal, digit: 2, minimal: 5, maksimal: 10, …}
"""

WORDING = Wording(
    "ISI-03",
    Severity.ERROR,
    Words(
        "tidak ada permohonan yang lolos formulir ini: `{question}` harus dijawab, dan tidak dapat",
        "no application passes this form: `{question}` must be answered, and cannot be",
    ),
    Words("tidak ada jawaban yang diterima", "no answer is accepted"),
    Words(
        "longgarkan batasnya, ubah `tampil_bila`, atau tulis `opsional: ya`",
        "widen its bounds, change `tampil_bila`, or write `opsional: ya`",
    ),
)


def check(catalog: Catalog) -> Iterator[Finding]:
    """Find forms that let nothing through, at the question with which that begins."""
    for seen in versions_of(catalog):
        if (code := trial(seen.permit).first_impossible()) is not None:
            yield WORDING.at(seen.at(("isian", code)), question=code)


CHECK = Check("ISI-03", "no-application-passes", check, __doc__, HALAMAN)
