"""a rule of eligibility refuses nobody

No application that the form lets through meets its `tolak_bila`.

## Why this matters

The law refuses somebody, and the program lets them through: a bound is turned round, or the form asks for something
else.

## Example

    - {kode: luas, minimal: 10, …}
    kelayakan:
      - {tolak_bila: {luas: "< 10"}, pesan: …, dasar: …}

Write instead what an application can meet, or delete what the form already says:

    kelayakan:
      - {tolak_bila: {luas: "< 12"}, pesan: …, dasar: …}
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
sebuah aturan kelayakan tidak menolak siapa pun

Tidak ada permohonan yang lolos formulir dan memenuhi `tolak_bila`-nya.

## Mengapa ini penting

Peraturan menolak seseorang, dan program meloloskannya: sebuah batas terbalik, atau formulirnya menanyakan hal lain.

## Contoh

    - {kode: luas, minimal: 10, …}
    kelayakan:
      - {tolak_bila: {luas: "< 10"}, pesan: …, dasar: …}

Tulislah yang dapat dipenuhi sebuah permohonan, atau hapus apa yang sudah dikatakan formulirnya:

    kelayakan:
      - {tolak_bila: {luas: "< 12"}, pesan: …, dasar: …}
"""

WORDING = Wording(
    "ISI-10",
    Severity.ERROR,
    Words("aturan kelayakan ini tidak pernah menolak", "this rule of eligibility never refuses"),
    Words("tidak pernah terpenuhi", "never met"),
    Words("betulkan `tolak_bila`, atau hapus aturan ini", "correct `tolak_bila`, or delete this rule"),
)


def check(catalog: Catalog) -> Iterator[Finding]:
    """Find rules of eligibility that no application meets."""
    for seen in versions_of(catalog):
        proof = trial(seen.permit)
        offered = proof.application.offered
        for index, refusal in enumerate(seen.permit.eligibility if proof.sound else ()):
            if reads_hidden(seen.permit, refusal.when) or proof.possible(offered, offered.holds(refusal.when)):
                continue
            yield WORDING.at(seen.at(("kelayakan", index, "tolak_bila")), *reasons(seen, refusal.when))


CHECK = Check("ISI-10", "refusal-never-holds", check, __doc__, HALAMAN)
