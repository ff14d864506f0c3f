"""whoever signs has also checked the file at an earlier stage

## Why this matters

Two pairs of eyes: what one desk has overlooked is seen by the other, and nobody can grant a permit alone. Where the
same role checks the file and signs its letter, one person may do both.

## Example

    verifikasi: {oleh: dpmptsp.kepala, waktu: 1 hari kerja, setuju: penerbitan}
    penerbitan: {oleh: dpmptsp.kepala, waktu: 1 hari kerja, tanda_tangan: ya, setuju: terbit}

Write instead:

    verifikasi: {oleh: dpmptsp.front_office, waktu: 1 hari kerja, setuju: penerbitan}
    penerbitan: {oleh: dpmptsp.kepala, waktu: 1 hari kerja, tanda_tangan: ya, setuju: terbit}
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.check import Check
from generator.checks.versions import versions_of
from generator.checks.wording import Wording
from generator.finding import Finding, Label, Said, Severity
from generator.model import Catalog
from rules.words import Words

HALAMAN = """\
yang menandatangani juga memeriksa berkasnya di tahap sebelumnya

## Mengapa ini penting

Empat mata: yang terlewat oleh satu meja dilihat meja yang lain, dan tidak seorang pun dapat memberi izin sendirian.
Bila peran yang sama memeriksa berkas dan menandatangani suratnya, satu orang dapat melakukan keduanya.

## Contoh

    verifikasi: {oleh: dpmptsp.kepala, waktu: 1 hari kerja, setuju: penerbitan}
    penerbitan: {oleh: dpmptsp.kepala, waktu: 1 hari kerja, tanda_tangan: ya, setuju: terbit}

Tulislah:

    verifikasi: {oleh: dpmptsp.front_office, waktu: 1 hari kerja, setuju: penerbitan}
    penerbitan: {oleh: dpmptsp.kepala, waktu: 1 hari kerja, tanda_tangan: ya, setuju: terbit}
"""

WORDING = Wording(
    "OPD-06",
    Severity.WARNING,
    Words(
        "`{desk}` menandatangani di tahap `{stage}` dan juga memeriksa di tahap `{other}`",
        "`{desk}` signs at the stage `{stage}` and also checks at the stage `{other}`",
    ),
    Words("juga memeriksa", "also checks"),
    Words("beri salah satu tahap kepada peran lain", "give one of the stages to another role"),
)
OTHER = Said(Words("memeriksa di sini", "checks here"))


def check(catalog: Catalog) -> Iterator[Finding]:
    """Find desks that sign what they have checked."""
    for seen in versions_of(catalog):
        for stage in seen.permit.stages:
            signing = {(each.agency, each.role) for each in stage.reviewers} if stage.signature else set()
            for other in seen.permit.stages:
                checking = {(each.agency, each.role) for each in other.reviewers} if not other.signature else set()
                for agency, role in sorted(signing & checking, key=str):
                    desk = agency if role is None else f"{agency}.{role}"
                    there = Label(seen.at(("alur", other.code, "oleh"), ("alur", other.code)), OTHER)
                    at = seen.at(("alur", stage.code, "oleh"), ("alur", stage.code))
                    yield WORDING.at(at, there, desk=desk, stage=stage.code, other=other.code)


CHECK = Check("OPD-06", "signs-own-check", check, __doc__, HALAMAN)
