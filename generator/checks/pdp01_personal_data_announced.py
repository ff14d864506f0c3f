"""a public notice shows an answer that tells who somebody is or how to reach them

An identity number, a tax number, a telephone or an e-mail is named in `umumkan`.

## Why this matters

A notice is read by everybody, and copied. People must be told what is planned, so that they can object; they need not
be told the numbers of whoever plans it, and an identity number on a public page is a gift to a swindler.

## Example

    pengumuman: {selama: 14 hari kalender, umumkan: [lokasi, nik], …}

Write instead what is planned, and where:

    pengumuman: {selama: 14 hari kalender, umumkan: [lokasi, tinggi], …}

## In the law

UU 27/2022 pasal 16 ayat (2): personal data is processed only as far as its purpose needs.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.check import Check
from generator.checks.versions import versions_of
from generator.checks.wording import Wording
from generator.finding import Finding, Severity
from generator.model import Catalog
from rules.field import Field
from rules.kind import Kind
from rules.words import Words

HALAMAN = """\
pengumuman memperlihatkan jawaban yang menyebut siapa seseorang atau cara menghubunginya

Nomor identitas, nomor pajak, telepon atau surel disebut dalam `umumkan`.

## Mengapa ini penting

Pengumuman dibaca semua orang, dan disalin. Warga harus tahu apa yang direncanakan supaya dapat berkeberatan; mereka
tidak perlu tahu nomor orang yang merencanakannya, dan NIK di halaman umum adalah hadiah bagi penipu.

## Contoh

    pengumuman: {selama: 14 hari kalender, umumkan: [lokasi, nik], …}

Tulislah apa yang direncanakan, dan di mana:

    pengumuman: {selama: 14 hari kalender, umumkan: [lokasi, tinggi], …}

## Dalam peraturan

UU 27/2022 pasal 16 ayat (2): data pribadi diproses sebatas yang diperlukan tujuannya.
"""
PERSONAL = frozenset({Kind.NIK, Kind.NPWP, Kind.PHONE, Kind.EMAIL})
WORDING = Wording(
    "PDP-01",
    Severity.WARNING,
    Words(
        "pengumuman di tahap `{stage}` memperlihatkan `{code}`, data pribadi",
        "the notice of the stage `{stage}` shows `{code}`, which is personal data",
    ),
    Words("dibaca semua orang", "read by everybody"),
    Words("hapus `{code}` dari `umumkan`", "take `{code}` out of `umumkan`"),
)


def check(catalog: Catalog) -> Iterator[Finding]:
    """Find personal data in public notices."""
    for seen in versions_of(catalog):
        fields = {field.code: field for field in seen.permit.fields}
        for stage in seen.permit.stages:
            for index, code in enumerate(stage.announced):
                if code in fields and _personal(fields[code]):
                    place = seen.at(("alur", stage.code, "pengumuman", "umumkan", index))
                    yield WORDING.at(place, stage=stage.code, code=code)


def _personal(field: Field) -> bool:
    """Tell whether a question asks for something personal, also in the items of a `daftar`."""
    return field.kind in PERSONAL or any(_personal(item) for item in field.items)


CHECK = Check("PDP-01", "personal-data-announced", check, __doc__, HALAMAN)
