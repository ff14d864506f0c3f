"""one desk alone sees the file from filing to issue

Every stage that an approved application passes is held by the same agency in the same role.

## Why this matters

Whoever examines and signs alone is seen by nobody: a slip goes out as a permit, and so does a favour. Four eyes are the
oldest safeguard of an office.

## Example

    periksa: {oleh: dpmptsp.kepala, …, setuju: terbitkan}
    terbitkan: {oleh: dpmptsp.kepala, …, tanda_tangan: ya}

Write instead another desk for one of them:

    periksa: {oleh: dpmptsp.front_office, …, setuju: terbitkan}

## In the law

PP 60/2008 pasal 18 ayat (3): the separation of functions is one of the controls that every office keeps.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.check import Check
from generator.checks.versions import versions_of
from generator.checks.wording import Wording
from generator.finding import Finding, Severity
from generator.model import Catalog
from rules.words import Words

HALAMAN = """\
satu meja saja melihat berkas, dari pengajuan sampai terbit

Semua tahap yang dilalui permohonan yang disetujui dikerjakan instansi yang sama dengan peran yang sama.

## Mengapa ini penting

Siapa yang memeriksa dan menandatangani sendirian tidak dilihat siapa pun: kekeliruan terbit sebagai izin, begitu pula
titipan. Empat mata adalah pengaman tertua sebuah kantor.

## Contoh

    periksa: {oleh: dpmptsp.kepala, …, setuju: terbitkan}
    terbitkan: {oleh: dpmptsp.kepala, …, tanda_tangan: ya}

Tulislah meja lain untuk salah satunya:

    periksa: {oleh: dpmptsp.front_office, …, setuju: terbitkan}

## Dalam peraturan

PP 60/2008 pasal 18 ayat (3): pemisahan fungsi adalah salah satu pengendalian yang wajib dijalankan setiap instansi.
"""
WORDING = Wording(
    "OPD-03",
    Severity.WARNING,
    Words("hanya `{desk}` yang melihat berkas sampai terbit", "only `{desk}` sees the file until it is issued"),
    Words("meja yang sama lagi", "the same desk again"),
    Words("tulis meja lain pada salah satu tahap", "write another desk at one of the stages"),
)


def check(catalog: Catalog) -> Iterator[Finding]:
    """Find permits of a single desk."""
    for seen in versions_of(catalog):
        stages = [stage for stage in seen.permit.stages if stage.reviewers and not stage.objections]
        desks = {(reviewer.agency, reviewer.role) for stage in stages for reviewer in stage.reviewers}
        if len(desks) == 1:
            [(agency, role)] = desks
            at = ("alur", stages[-1].code)
            place = seen.at((*at, "oleh"), (*at, "serentak", 0, "instansi"), at)
            yield WORDING.at(place, desk=agency if role is None else f"{agency}.{role}")


CHECK = Check("OPD-03", "single-reviewer", check, __doc__, HALAMAN)
