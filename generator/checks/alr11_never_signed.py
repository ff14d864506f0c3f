"""something is issued on a way on which nobody signs

A permit has a product, and a way of approvals leads to `terbit` past every stage with `tanda_tangan: ya`.

## Why this matters

A letter without a signature is no letter: the applicant waits for a permit that nobody answers for, and its number and
QR code are never made.

## Example

    penerbitan: {oleh: dpmptsp.kepala, waktu: 2 hari kerja, setuju: terbit}
    terbit: {akhir: terbit}

Write instead:

    penerbitan: {oleh: dpmptsp.kepala, waktu: 2 hari kerja, tanda_tangan: ya, setuju: terbit}
    terbit: {akhir: terbit}

A service without a letter has no `produk`.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.check import Check
from generator.checks.route import steps_of
from generator.checks.versions import Seen, versions_of
from generator.checks.wording import Wording
from generator.finding import Finding, Place, Severity
from generator.model import Catalog
from rules.words import Words

HALAMAN = """\
ada yang diterbitkan lewat jalan yang tidak ditandatangani siapa pun

Izin ini punya produk, dan sebuah jalan persetujuan sampai ke `terbit` tanpa melewati tahap dengan `tanda_tangan: ya`.

## Mengapa ini penting

Surat tanpa tanda tangan bukan surat: pemohon menunggu izin yang tidak dijawab siapa pun, dan nomor serta kode QR-nya
tidak pernah dibuat.

## Contoh

    penerbitan: {oleh: dpmptsp.kepala, waktu: 2 hari kerja, setuju: terbit}
    terbit: {akhir: terbit}

Tulislah:

    penerbitan: {oleh: dpmptsp.kepala, waktu: 2 hari kerja, tanda_tangan: ya, setuju: terbit}
    terbit: {akhir: terbit}

Layanan tanpa surat tidak memiliki `produk`.
"""

WORDING = Wording(
    "ALR-11",
    Severity.ERROR,
    Words(
        "`{permit}` terbit lewat tahap `{stage}` tanpa ditandatangani siapa pun",
        "`{permit}` is issued by way of the stage `{stage}` and signed by nobody",
    ),
    Words("tidak ada tanda tangan", "no signature on this way"),
    Words(
        "tulis `tanda_tangan: ya` di tahap terakhir jalan ini, atau hapus `produk`",
        "write `tanda_tangan: ya` at the last stage of this way, or delete `produk`",
    ),
)


def check(catalog: Catalog) -> Iterator[Finding]:
    """Find ways of approvals to an issuing end that pass no signature."""
    for seen in versions_of(catalog):
        if seen.permit.products:
            yield from (
                WORDING.at(place, permit=seen.permit.code, stage=stage) for stage, place in _unsigned_ends(seen)
            )


def _unsigned_ends(seen: Seen) -> Iterator[tuple[str, Place]]:
    """Yield each stage that leads to an issuing end and is reached without a signature."""
    stages = {stage.code: stage for stage in seen.permit.stages}
    onward = [step for step in steps_of(seen) if step.onward]
    waiting, known = [seen.permit.stages[0].code] if stages else [], set[str]()
    while waiting:
        code = waiting.pop(0)
        stage = stages.get(code)
        if code in known or stage is None or stage.signature:
            continue
        known.add(code)
        for step in onward:
            if step.stage != code:
                continue
            following = stages.get(step.to)
            if following is not None and following.end == "terbit":
                yield code, step.place
            waiting.append(step.to)


CHECK = Check("ALR-11", "never-signed", check, __doc__, HALAMAN)
