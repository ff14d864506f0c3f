"""a stage is named that the route does not have

`setuju`, `perbaiki` and `tolak` name a stage of the same `alur`. `setuju` and `tolak` may also name the built-in
`penolakan`, the letter of refusal, and `perbaiki` the built-in `perbaikan`, back to the applicant.

## Why this matters

A file sent to a stage that is not there cannot be worked on by anybody.

## Example

    periksa: {oleh: dpmptsp.front_office, setuju: teknik, …}
    teknis: {oleh: dinkes, setuju: terbit, …}

Write instead:

    periksa: {oleh: dpmptsp.front_office, setuju: teknis, …}
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.check import Check
from generator.checks.route import named, steps_of
from generator.checks.versions import versions_of
from generator.checks.wording import Wording
from generator.finding import Finding, Severity
from generator.model import Catalog
from generator.reading.tks import did_you_mean, listed
from rules.words import Words

HALAMAN = """\
ada tahap yang disebut tetapi tidak ada dalam alur

`setuju`, `perbaiki` dan `tolak` menyebut sebuah tahap dari `alur` yang sama. `setuju` dan `tolak` juga boleh menyebut
tahap baku `penolakan`, yaitu surat penolakan, dan `perbaiki` tahap baku `perbaikan`, yaitu kembali kepada pemohon.

## Mengapa ini penting

Berkas yang dikirim ke tahap yang tidak ada tidak dapat dikerjakan siapa pun.

## Contoh

    periksa: {oleh: dpmptsp.front_office, setuju: teknik, …}
    teknis: {oleh: dinkes, setuju: terbit, …}

Tulislah:

    periksa: {oleh: dpmptsp.front_office, setuju: teknis, …}
"""
WORDING = Wording(
    "ALR-05",
    Severity.ERROR,
    Words("tahap `{stage}` tidak ada dalam alur ini", "there is no stage `{stage}` in this route"),
    Words("tidak ada tahap ini", "no such stage"),
    Words("{advice}", "{advice}"),
)


def check(catalog: Catalog) -> Iterator[Finding]:
    """Find steps to stages that are not there."""
    for seen in versions_of(catalog):
        known = tuple(named(seen.permit))
        otherwise = Words(f"tahap yang ada: {listed(known)}", f"stages there are: {listed(known)}")
        for step in steps_of(seen):
            if not step.leads_to(known):
                yield WORDING.at(step.place, stage=step.to, advice=did_you_mean(step.to, known, otherwise))


CHECK = Check("ALR-05", "unknown-stage", check, __doc__, HALAMAN)
