"""a file can be returned for correction after a letter of it is signed

A stage after one that signs may return the file to the applicant. What was signed is not signed again: the letter stays
as it went out, and where a fee is due before, it has been paid by then for what the file said.

## Why this matters

A correction can change who has to be asked, what is to be paid, and every word of the letter. A letter that is out does
not change with the file; somebody has to take it back and give another one, and money may have to be returned.

## Example

    izin_sementara: {oleh: dpmptsp.kepala, tanda_tangan: ya, setuju: peninjauan}
    peninjauan: {oleh: dinkes, …, setuju: penerbitan}

Write instead the stage that may ask for a correction before the one that signs:

    peninjauan: {oleh: dinkes, …, setuju: izin_sementara}

Where the law wants the letter first, accept this finding and say what becomes of the letter.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from generator.checks.check import Check
from generator.checks.circle import circles
from generator.checks.route import onward
from generator.checks.versions import versions_of
from generator.checks.wording import Wording
from generator.finding import Finding, Severity
from generator.model import Catalog
from rules.permit import Stage
from rules.transition import REPAIR_WAY
from rules.words import Words

HALAMAN = """\
berkas masih dapat dikembalikan untuk diperbaiki sesudah suratnya ditandatangani

Tahap sesudah tahap yang menandatangani dapat mengembalikan berkas kepada pemohon. Yang sudah ditandatangani tidak
ditandatangani lagi: suratnya tetap seperti saat keluar, dan biaya yang dibayar sebelumnya dihitung dari isi yang lama.

## Mengapa ini penting

Perbaikan dapat mengubah siapa yang harus ditanya, berapa yang harus dibayar, dan setiap kata surat itu. Surat yang
sudah keluar tidak ikut berubah; seseorang harus menariknya dan memberi yang baru, dan uang mungkin harus dikembalikan.

## Contoh

    izin_sementara: {oleh: dpmptsp.kepala, tanda_tangan: ya, setuju: peninjauan}
    peninjauan: {oleh: dinkes, …, setuju: penerbitan}

Tulislah tahap yang dapat meminta perbaikan sebelum tahap yang menandatangani:

    peninjauan: {oleh: dinkes, …, setuju: izin_sementara}

Bila peraturannya meminta surat itu lebih dahulu, terima temuan ini dan tulis apa yang terjadi dengan surat itu.
"""
WORDING = Wording(
    "ALR-12",
    Severity.WARNING,
    Words(
        "`{later}` masih dapat meminta perbaikan sesudah surat ditandatangani di tahap `{signed}`",
        "`{later}` can still ask for a correction after the letter is signed at the stage `{signed}`",
    ),
    Words("sesudah tanda tangan", "after the signature"),
    Words(
        "tulis `{later}` sebelum `{signed}`, atau terima temuan ini dengan apa yang terjadi dengan suratnya",
        "write `{later}` before `{signed}`, or accept this finding with what becomes of the letter",
    ),
)


def check(catalog: Catalog) -> Iterator[Finding]:
    """Find a stage that may return a file of which something is signed: of a version the first such stage."""
    for seen in versions_of(catalog):
        graph = onward(seen)
        if any(circles(graph)):
            continue  # in a circle of approvals everything comes after everything (ALR-04)
        stages = {stage.code: stage for stage in seen.permit.stages}
        signing = (stage.code for stage in seen.permit.stages if stage.signature)
        found = ((signed, later) for signed in signing for later in _after(signed, graph))
        own = {product.stage for product in seen.permit.products}
        for signed, later in found:
            again = later in stages and stages[later].signature and signed not in own  # told as that (ALR-09)
            if later in stages and _returns(stages[later]) and not again:
                yield WORDING.at(seen.at(("alur", later)), later=later, signed=signed)
                break


def _returns(stage: Stage) -> bool:
    """Tell whether somebody at a stage can return the file to the applicant."""
    return bool(stage.reviewers) and stage.end is None and stage.returned in {None, REPAIR_WAY}


def _after(start: str, graph: Mapping[str, Sequence[str]]) -> list[str]:
    """Return the stages to which approvals lead from one, the nearest first."""
    found: list[str] = []
    waiting = list(graph[start])
    while waiting:
        stage = waiting.pop(0)
        if stage not in found:
            found.append(stage)
            waiting += graph.get(stage, [])
    return found


CHECK = Check("ALR-12", "corrected-after-signing", check, __doc__, HALAMAN)
