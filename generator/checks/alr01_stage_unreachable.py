"""no file can come to a stage

A file starts in the first stage of `alur`; every other must be named by `setuju`, `perbaiki` or `tolak` of a stage that
a file can come to.

## Why this matters

A review that the Perwali asks for, and that no file ever meets, is a review that is not done.

## Example

    periksa: {oleh: dpmptsp.front_office, setuju: terbit, …}
    teknis: {oleh: dinkes, setuju: terbit, …}

Write instead the stage where the file should go:

    periksa: {oleh: dpmptsp.front_office, setuju: teknis, …}
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.check import Check
from generator.checks.circle import circles
from generator.checks.route import leads_nowhere, onward, steps_of
from generator.checks.versions import versions_of
from generator.checks.wording import Wording
from generator.finding import Finding, Severity
from generator.model import Catalog
from rules.words import Words

HALAMAN = """\
tidak ada berkas yang dapat sampai di sebuah tahap

Berkas mulai di tahap pertama `alur`; setiap tahap lain harus disebut oleh `setuju`, `perbaiki` atau `tolak` sebuah
tahap yang dapat dicapai.

## Mengapa ini penting

Peninjauan yang diminta Perwali, tetapi tidak pernah ditemui berkas, tidak pernah dilakukan.

## Contoh

    periksa: {oleh: dpmptsp.front_office, setuju: terbit, …}
    teknis: {oleh: dinkes, setuju: terbit, …}

Tulislah tahap yang dituju berkas:

    periksa: {oleh: dpmptsp.front_office, setuju: teknis, …}
"""
WORDING = Wording(
    "ALR-01",
    Severity.ERROR,
    Words("tidak ada berkas yang sampai di tahap `{stage}`", "no file comes to the stage `{stage}`"),
    Words("tidak disebut tahap mana pun", "no stage leads here"),
    Words(
        "sebut `{stage}` dalam `setuju` tahap sebelumnya, atau hapus",
        "name `{stage}` in `setuju` of the stage before, or delete it",
    ),
)


def check(catalog: Catalog) -> Iterator[Finding]:
    """Find stages that no step leads to from the first."""
    for seen in versions_of(catalog):
        stages = [stage.code for stage in seen.permit.stages]
        steps = list(steps_of(seen))
        reached = set(stages[:1])
        grown = True
        while grown:
            following = {step.to for step in steps if step.stage in reached} - reached
            grown = bool(following)
            reached |= following
        if any(not step.leads_to(stages) for step in steps):
            continue  # the stage that was meant looks unreachable until its name is right (ALR-05)
        if any(leads_nowhere(stage) for stage in seen.permit.stages):
            continue  # so does the stage after one that leads nowhere (ALR-02)
        if any(circles(onward(seen))):
            continue  # or after a circle of approvals (ALR-04)
        lost = [stage for stage in stages if stage not in reached]
        # Only the start of a chain that hangs loose is told: the rest follows from it.
        starts = [stage for stage in lost if not any(s.to == stage and s.stage != stage for s in steps)]
        for stage in starts or lost[:1]:
            yield WORDING.at(seen.at(("alur", stage)), stage=stage)


CHECK = Check("ALR-01", "stage-unreachable", check, __doc__, HALAMAN)
