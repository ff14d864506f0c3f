"""a letter can not be printed from its template

Every template is tried with an example letter, and with one in which nearly everything is empty. It may use what it is
given as `data` and what the frame of all letters offers; it can open no file, no picture and no package.

## Why this matters

Otherwise it would show on the day on which the first permit is to be signed.

## Example

    Diberikan kepada *#data.pemegng*.

Write instead a name that `data` has:

    Diberikan kepada *#data.pemegang*.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from generator.checks.check import Check, nothing
from generator.checks.template_trial import TemplateFault, tried
from generator.checks.wording import Wording
from generator.finding import Finding, Place, Severity
from generator.model import Catalog
from generator.reading.tks import did_you_mean, listed
from rules.letter import EXAMPLE, letter_data
from rules.words import Words

HALAMAN = """\
sebuah surat tidak dapat dicetak dari templatnya

Setiap templat dicoba dengan surat contoh, dan dengan surat yang hampir semua isinya kosong. Templat boleh memakai isi
`data` dan bagian-bagian yang disediakan kerangka surat; ia tidak dapat membuka berkas, gambar, atau paket.

## Mengapa ini penting

Tanpa ini, kesalahannya baru tampak pada hari izin pertama hendak ditandatangani.

## Contoh

    Diberikan kepada *#data.pemegng*.

Tulislah nama yang ada dalam `data`:

    Diberikan kepada *#data.pemegang*.
"""

WORDING = Wording(
    "PRD-02",
    Severity.ERROR,
    Words("surat tidak dapat dicetak dari `{name}`: {why}", "no letter can be printed from `{name}`: {why}"),
    Words("sampai di sini", "up to here"),
    Words("{advice}", "{advice}"),
)
NAMES = tuple(json.loads(letter_data(EXAMPLE)))
MEND = Words(
    "betulkan baris ini, lalu jalankan `satupintu check` lagi", "mend this line, then run `satupintu check` again"
)
_KEY = re.compile(r"(?:dictionary does not contain key|.* does not contain key) \"([^\"]*)\"")
_VARIABLE = re.compile(r"unknown variable: (\S+)")
_FONT = re.compile(r"unknown font family: (.+)")
_CLOSED = re.compile(r"(?:file|package) not found|failed to (?:download|load|access)|.*would escape the project root")
_OPEN = re.compile(r"unclosed (?:delimiter|string|raw text|label|equation)")
_ALT = re.compile(r".*missing alt text")
_EMPTY = re.compile(r"array is empty|array index out of bounds")
_GAVE_UP = re.compile(r"the typesetter gave up")


def across(catalog: Catalog) -> Iterator[Finding]:
    """Find templates from which nothing can be printed."""
    faults = tried(text for city in catalog.cities.values() for text in city.templates.values())
    for code, city in catalog.cities.items():
        for name, text in sorted(city.templates.items()):
            for fault in faults[text]:
                line, column = max(fault.line, 1), max(fault.column, 1)
                place = Place(f"{code}/templat/{name}.typ", line, column, line, column + 1)
                why, advice = explained(fault)
                yield WORDING.at(place, name=f"{name}.typ", why=why, advice=advice)


def explained(fault: TemplateFault) -> tuple[Words, Words]:
    """Say what the typesetter said, in words of ours where it is one of the usual slips, and one step to take."""
    says = fault.says
    if found := _KEY.match(says):
        known = Words(f"yang ada: {listed(NAMES, 30)}", f"there are: {listed(NAMES, 30)}")
        why = Words(f"`data` tidak mempunyai `{found[1]}`", f"`data` has no `{found[1]}`")
        return why, did_you_mean(found[1], NAMES, known)
    if found := _VARIABLE.match(says):
        return Words(f"tidak ada yang bernama `{found[1]}`", f"nothing is called `{found[1]}`"), MEND
    if found := _FONT.match(says):
        why = Words(f"huruf `{found[1]}` tidak ada", f"there is no font `{found[1]}`")
        return why, Words("hapus nama hurufnya; kerangka sudah memilihnya", "delete the font; the frame has chosen one")
    if _CLOSED.match(says):
        why = Words("ia membuka berkas atau paket", "it opens a file or a package")
        return why, Words("tulis isinya di sini, atau hapus baris ini", "write it here, or delete this line")
    if _OPEN.match(says):
        why = Words("ada kurung atau tanda petik yang tidak ditutup", "a bracket or a quote is not closed")
        return why, Words("tutup kurung atau tanda petiknya", "close the bracket or the quote")
    if _ALT.match(says):
        why = Words("sebuah gambar tidak mempunyai `alt`", "a picture has no `alt`")
        return why, Words(
            "beri `alt`, kata-kata bagi yang tidak dapat melihatnya", "give it `alt`, words for who can not see it"
        )
    if _EMPTY.match(says):
        why = Words("sebuah daftar dapat kosong", "a list can be empty")
        return why, Words(
            "tanyakan dahulu: `#if data.dasar.len() > 0 [ … ]`", "ask first: `#if data.dasar.len() > 0 [ … ]`"
        )
    if _GAVE_UP.match(says):
        return Words("penyusun surat menyerah", "the typesetter gave up"), Words(
            "hapus pengulangan yang tidak berakhir", "delete the loop that does not end"
        )
    return Words(f"«{says}»", f"«{says}»"), MEND


CHECK = Check("PRD-02", "template-not-printable", nothing, __doc__, HALAMAN, across)
