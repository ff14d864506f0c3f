"""a file is signed a second time

A stage with `tanda_tangan` signs what its way leads to: the permit, or the letter that refuses it. On one way it is
signed once, but for a stage that signs products of its own, which name it by `tahap`.

## Why this matters

Each signed stage prints and numbers its letters. A second one would issue the same permit again, with the number of the
first and another date, and nobody could tell which of the two is valid.

## Example

    paraf: {oleh: dpmptsp.verifikator, tanda_tangan: ya, setuju: penerbitan}
    penerbitan: {oleh: dpmptsp.kepala, tanda_tangan: ya, setuju: terbit}

Write instead one signature, and an approval before it:

    paraf: {oleh: dpmptsp.verifikator, setuju: penerbitan}
    penerbitan: {oleh: dpmptsp.kepala, tanda_tangan: ya, setuju: terbit}
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.check import Check
from generator.checks.circle import circles
from generator.checks.route import onward, steps_of
from generator.checks.versions import Seen, versions_of
from generator.checks.wording import Wording
from generator.finding import Finding, Place, Severity
from generator.model import Catalog
from rules.case_state import REFUSAL_STAGE
from rules.words import Words

HALAMAN = """\
berkas ditandatangani untuk kedua kalinya

Tahap dengan `tanda_tangan` menandatangani apa yang dituju jalannya: izinnya, atau surat penolakannya. Di satu jalan,
tanda tangan itu hanya sekali, kecuali di tahap yang punya produk sendiri, yaitu yang menyebutnya dengan `tahap`.

## Mengapa ini penting

Setiap tahap bertanda tangan mencetak dan menomori suratnya. Tahap kedua akan menerbitkan izin yang sama sekali lagi,
dengan nomor yang sama dan tanggal yang lain, dan tidak ada yang tahu mana yang berlaku.

## Contoh

    paraf: {oleh: dpmptsp.verifikator, tanda_tangan: ya, setuju: penerbitan}
    penerbitan: {oleh: dpmptsp.kepala, tanda_tangan: ya, setuju: terbit}

Tulislah satu tanda tangan, dengan persetujuan sebelumnya:

    paraf: {oleh: dpmptsp.verifikator, setuju: penerbitan}
    penerbitan: {oleh: dpmptsp.kepala, tanda_tangan: ya, setuju: terbit}
"""

WORDING = Wording(
    "ALR-09",
    Severity.ERROR,
    Words(
        "tahap `{stage}` menandatangani lagi yang sudah ditandatangani di tahap `{first}`",
        "the stage `{stage}` signs again what was signed in `{first}`",
    ),
    Words("tanda tangan yang kedua", "the second signature"),
    Words("biarkan `tanda_tangan: ya` di tahap terakhir saja", "keep `tanda_tangan: ya` at the last stage only"),
)


def check(catalog: Catalog) -> Iterator[Finding]:
    """Find stages that sign after another one that signs, on the way of approvals."""
    for seen in versions_of(catalog):
        graph = onward(seen)
        if any(circles(graph)):
            continue  # in a circle of approvals everything comes after everything (ALR-04)
        signed = {stage.code for stage in seen.permit.stages if stage.signature}
        told: set[str] = set()
        own = {product.stage for product in seen.permit.products}
        for first in (stage.code for stage in seen.permit.stages if stage.signature and stage.code not in own):
            for again in _next_signed(first, graph, signed | {REFUSAL_STAGE}):
                if again not in told:
                    told.add(again)
                    yield WORDING.at(_place(seen, again), stage=again, first=first)


def _next_signed(first: str, graph: dict[str, list[str]], signed: set[str]) -> Iterator[str]:
    """Yield the first signed stage on each way on from here."""
    waiting, known = list(graph[first]), set[str]()
    while waiting:
        stage = waiting.pop(0)
        if stage in known:
            continue
        known.add(stage)
        if stage in signed:
            yield stage
        else:
            waiting += graph.get(stage, [])


def _place(seen: Seen, stage: str) -> Place:
    """Return where the second signature is written: of the built-in letter of refusal, where somebody leads to it."""
    if stage == REFUSAL_STAGE:
        return next(step.place for step in steps_of(seen) if step.onward and step.to == REFUSAL_STAGE)
    return seen.at(("alur", stage, "tanda_tangan"), ("alur", stage))


CHECK = Check("ALR-09", "signed-twice", check, __doc__, HALAMAN)
