"""a stage asks the same desk twice

Two entries of `serentak` name the same `instansi` and the same `peran`.

## Why this matters

A desk has one answer in a stage. With two entries nobody can tell whose clock runs and which answer counts.

## Example

    serentak:
      - {instansi: dinkes, waktu: 5 hari kerja}
      - {instansi: dinkes, waktu: 3 hari kerja, bila: {racik: ya}}

Write instead one entry; its time may be a table:

    serentak:
      - instansi: dinkes
        waktu:
          - {bila: {racik: tidak}, waktu: 5 hari kerja}
          - {bila: {racik: ya}, waktu: 8 hari kerja}
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.check import Check
from generator.checks.versions import versions_of
from generator.checks.wording import Wording, plain
from generator.finding import Finding, Label, Severity
from generator.model import Catalog
from rules.words import Words

HALAMAN = """\
sebuah tahap bertanya dua kali kepada meja yang sama

Dua butir `serentak` menyebut `instansi` dan `peran` yang sama.

## Mengapa ini penting

Sebuah meja punya satu jawaban dalam satu tahap. Dengan dua butir tidak ada yang tahu jam mana yang berjalan dan jawaban
mana yang berlaku.

## Contoh

    serentak:
      - {instansi: dinkes, waktu: 5 hari kerja}
      - {instansi: dinkes, waktu: 3 hari kerja, bila: {racik: ya}}

Tulislah satu butir; waktunya boleh sebuah tabel:

    serentak:
      - instansi: dinkes
        waktu:
          - {bila: {racik: tidak}, waktu: 5 hari kerja}
          - {bila: {racik: ya}, waktu: 8 hari kerja}
"""

WORDING = Wording(
    "OPD-04",
    Severity.ERROR,
    Words("tahap `{stage}` bertanya dua kali kepada `{agency}`", "the stage `{stage}` asks `{agency}` twice"),
    Words("disebut lagi di sini", "named again here"),
    Words("gabungkan keduanya, atau beri `peran` yang berbeda", "join the two, or give them different `peran`"),
)
FIRST = plain("disebut pertama di sini", "first named here")


def check(catalog: Catalog) -> Iterator[Finding]:
    """Find desks that one stage names more than once."""
    for seen in versions_of(catalog):
        for stage in seen.permit.stages:
            first: dict[tuple[str, str | None], int] = {}
            for index, reviewer in enumerate(stage.reviewers):
                earlier = first.setdefault((reviewer.agency, reviewer.role), index)
                if earlier != index:
                    at = ("alur", stage.code, "serentak")
                    label = Label(seen.at((*at, earlier, "instansi")), FIRST)
                    place = seen.at((*at, index, "instansi"))
                    yield WORDING.at(place, label, stage=stage.code, agency=reviewer.agency)


CHECK = Check("OPD-04", "reviewer-asked-twice", check, __doc__, HALAMAN)
