"""an answer leads to no permit, whatever the office decides

With this answer an application may be filed, and every way through the stages ends in a refusal.

## Why this matters

People fill in a form, pay their papers, and wait for an answer that was certain before they began. Who can not get the
permit is told so before filing, by a rule of eligibility.

## Example

    periksa:
      oleh: dpmptsp.front_office
      setuju:
        - {bila: {jenis: baru}, ke: teknis}
        - {bila: {jenis: lama}, ke: ditutup}
    ditutup: {akhir: ditolak}

Write instead a refusal before filing, or a way to the permit:

    kelayakan:
      - {tolak_bila: {jenis: lama}, pesan: …, dasar: …}
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.check import Check
from generator.checks.exhibit import exhibited
from generator.checks.versions import versions_of
from generator.checks.wording import Wording
from generator.finding import Finding, Severity
from generator.model import Catalog
from generator.proof.never_issued import never_issued
from generator.proof.trial import trial
from rules.words import Words

HALAMAN = """\
sebuah jawaban tidak menuju izin, apa pun keputusan kantor

Dengan jawaban ini permohonan dapat diajukan, tetapi setiap jalan melalui tahap-tahapnya berakhir dengan penolakan.

## Mengapa ini penting

Orang mengisi formulir, mengurus dokumen, dan menunggu jawaban yang sudah pasti sebelum ia mulai. Siapa yang tidak dapat
memperoleh izin diberi tahu sebelum mengajukan, oleh aturan kelayakan.

## Contoh

    periksa:
      oleh: dpmptsp.front_office
      setuju:
        - {bila: {jenis: baru}, ke: teknis}
        - {bila: {jenis: lama}, ke: ditutup}
    ditutup: {akhir: ditolak}

Tulislah penolakan sebelum diajukan, atau jalan menuju izin:

    kelayakan:
      - {tolak_bila: {jenis: lama}, pesan: …, dasar: …}
"""
WORDING = Wording(
    "ALR-10",
    Severity.WARNING,
    Words(
        "permohonan dengan `{code}: {option}` dapat diajukan, tetapi tidak pernah terbit: selalu berakhir di `{end}`",
        "an application with `{code}: {option}` may be filed, and is never issued: it always ends in `{end}`",
    ),
    Words("jawaban ini tidak pernah terbit", "this answer is never issued"),
    Words(
        "tulis `tolak_bila: {{{code}: {option}}}` di `kelayakan`, atau beri jalan ke `terbit`",
        "write `tolak_bila: {{{code}: {option}}}` in `kelayakan`, or give it a way to `terbit`",
    ),
)


def check(catalog: Catalog) -> Iterator[Finding]:
    """Find answers with which an application can be filed and never issued."""
    for seen in versions_of(catalog):
        proof = trial(seen.permit)
        for found in never_issued(proof):
            code, option = found.code, found.option
            place = seen.at(("isian", code, "pilihan", option), ("isian", code))
            told = WORDING.at(place, code=code, option=option, end=found.end)
            yield exhibited(told, proof, found.shown)


CHECK = Check("ALR-10", "option-never-issued", check, __doc__, HALAMAN)
