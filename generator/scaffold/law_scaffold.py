"""The file of a law that is not in the register yet.

Its code says what it is by the habit of the register, `<jenis>-<daerah>-<nomor>-<tahun>`; what the code does not say is
a gap.
"""

from __future__ import annotations

import re

from generator.scaffold.permit_scaffold import gap

_BY_HABIT = re.compile(r"([a-z]+)(?:-[a-z][a-z-]*)?-([0-9]+)-((?:19|20)[0-9]{2})")


def law_text(code: str) -> str:
    """Write the law's file."""
    told = _BY_HABIT.fullmatch(code)
    kind, number, year = (told[1], f'"{told[2]}"', told[3]) if told else (gap("jenis, misalnya perwali"), None, None)
    return f"""\
peraturan: {code}
jenis: {kind}
nomor: {number or gap("nomornya, misalnya 9")}
tahun: {year or gap("tahunnya, misalnya 2026")}
judul: {gap("judul lengkap, seperti di lembar pertama")}
singkat: {gap("cara menyebutnya, misalnya Perwali Kupang 9/2026")}
berlaku: {gap("hari mulai berlaku, misalnya 2026-07-01")}
bukti: A                                           # F setelah naskahnya dilihat
"""
