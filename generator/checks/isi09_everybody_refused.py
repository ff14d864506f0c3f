"""the rules of eligibility refuse every application

For whatever is answered, one of the rules of `kelayakan` holds.

## Why this matters

The form can be filled in, and never filed.

## Example

    kelayakan:
      - {tolak_bila: {luas: ">= 1"}, pesan: …, dasar: …}      # `luas` is at least 1

Write instead a rule that only those meet whom the law refuses:

    kelayakan:
      - {tolak_bila: {luas: "> 1000"}, pesan: …, dasar: …}
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
aturan kelayakan menolak setiap permohonan

Apa pun yang dijawab, salah satu aturan `kelayakan` berlaku.

## Mengapa ini penting

Formulirnya dapat diisi, dan tidak pernah dapat diajukan.

## Contoh

    kelayakan:
      - {tolak_bila: {luas: ">= 1"}, pesan: …, dasar: …}      # `luas` paling sedikit 1

Tulislah aturan yang hanya dipenuhi mereka yang ditolak peraturan:

    kelayakan:
      - {tolak_bila: {luas: "> 1000"}, pesan: …, dasar: …}
"""

WORDING = Wording(
    "ISI-09",
    Severity.ERROR,
    Words("`kelayakan` menolak setiap permohonan", "`kelayakan` refuses every application"),
    Words("apa pun jawabannya", "whatever is answered"),
    Words("persempit `tolak_bila`", "narrow `tolak_bila`"),
)


def check(catalog: Catalog) -> Iterator[Finding]:
    """Find permits that nobody may be given, at the rule that alone refuses everybody, if one does."""
    for seen in versions_of(catalog):
        proof = trial(seen.permit)
        offered = proof.application.offered
        if not proof.sound or proof.possible(proof.application.filing):
            continue
        alone = [
            index
            for index, refusal in enumerate(seen.permit.eligibility)
            if proof.certain(offered, offered.holds(refusal.when))
        ]
        paths = [("kelayakan", alone[0], "tolak_bila")] if alone else []
        yield WORDING.at(seen.at(*paths, ("kelayakan",)))


CHECK = Check("ISI-09", "everybody-refused", check, __doc__, HALAMAN)
