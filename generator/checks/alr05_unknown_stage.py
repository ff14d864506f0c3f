"""a stage is named that the route does not have

`setuju`, `perbaiki` and `tolak` name a stage of the same `alur`, or the built-in `penolakan`.

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
from generator.checks.route import BUILT_IN, named, steps_of
from generator.checks.versions import versions_of
from generator.checks.wording import Wording
from generator.finding import Finding, Severity
from generator.model import Catalog
from generator.reading.tks import did_you_mean, listed
from rules.words import Words

HALAMAN = """\
ada tahap yang disebut tetapi tidak ada dalam alur

`setuju`, `perbaiki` dan `tolak` menyebut sebuah tahap dari `alur` yang sama, atau tahap baku `penolakan`.

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
            if step.to not in known and step.to not in BUILT_IN:
                yield WORDING.at(step.place, stage=step.to, advice=did_you_mean(step.to, known, otherwise))


CHECK = Check("ALR-05", "unknown-stage", check, __doc__, HALAMAN)
