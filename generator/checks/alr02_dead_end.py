"""a stage leads nowhere

It is no end (`akhir`), and says not where a file goes when it is approved (`setuju`).

## Why this matters

A file that is approved there stays there, and the applicant waits for an answer that nobody owes.

## Example

    teknis: {oleh: dinkes, waktu: 5 hari kerja}

Write instead where it goes on:

    teknis: {oleh: dinkes, waktu: 5 hari kerja, setuju: terbit}
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.check import Check
from generator.checks.route import leads_nowhere
from generator.checks.versions import versions_of
from generator.checks.wording import Wording
from generator.finding import Finding, Severity
from generator.model import Catalog
from rules.words import Words

HALAMAN = """\
sebuah tahap tidak menuju ke mana pun

Tahap itu bukan akhir (`akhir`), dan tidak menyebut ke mana berkas yang disetujui (`setuju`).

## Mengapa ini penting

Berkas yang disetujui di sana tinggal di sana, dan pemohon menunggu jawaban yang tidak ditanggung siapa pun.

## Contoh

    teknis: {oleh: dinkes, waktu: 5 hari kerja}

Tulislah ke mana ia berlanjut:

    teknis: {oleh: dinkes, waktu: 5 hari kerja, setuju: terbit}
"""
WORDING = Wording(
    "ALR-02",
    Severity.ERROR,
    Words("dari tahap `{stage}` berkas tidak berlanjut ke mana pun", "from the stage `{stage}` a file goes nowhere"),
    Words("tidak ada `setuju`", "no `setuju`"),
    Words("tulis `setuju: <tahap>`, atau `akhir: <hasil>`", "write `setuju: <stage>`, or `akhir: <result>`"),
)


def check(catalog: Catalog) -> Iterator[Finding]:
    """Find stages that are no end and have no way on."""
    for seen in versions_of(catalog):
        for stage in seen.permit.stages:
            if leads_nowhere(stage):
                yield WORDING.at(seen.at(("alur", stage.code)), stage=stage.code)


CHECK = Check("ALR-02", "dead-end", check, __doc__, HALAMAN)
