"""a version says what is different from the one before

The sentences are those of `satupintu diff`: what is asked of whom, how much, how long, where the answer differs. What
is written otherwise and means the same is not told.

## Why this matters

Whoever signs a new version should read what it changes for people, and be able to say it to those who ask.

## Example

    # izin/uji/2026-01-01.yaml
    waktu_total: 7 hari kerja
    # izin/uji/2026-07-01.yaml
    waktu_total: 5 hari kerja

Compare the sentences with the law that brought the new version; nothing needs to be written.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.check import Check
from generator.checks.versions import successions
from generator.checks.wording import Wording
from generator.difference.meaning import Meaning
from generator.difference.pair import Pair
from generator.difference.permit_told import permit_told
from generator.difference.told import Part, Weight
from generator.finding import Finding, Severity
from generator.model import Catalog
from rules.words import Words

HALAMAN = """\
sebuah versi berbeda dari versi sebelumnya

Kalimatnya sama dengan `satupintu diff`: apa yang diminta dari siapa, berapa, berapa lama, dan pada keadaan mana. Yang
hanya ditulis lain dan artinya sama tidak disebut.

## Mengapa ini penting

Siapa yang menandatangani versi baru hendaknya membaca apa yang berubah bagi warga, dan dapat menjelaskannya.

## Contoh

    # izin/uji/2026-01-01.yaml
    waktu_total: 7 hari kerja
    # izin/uji/2026-07-01.yaml
    waktu_total: 5 hari kerja

Bandingkan kalimatnya dengan peraturan yang melahirkan versi baru; tidak ada yang perlu ditulis.
"""
MOST = 3
DIFFERS = Wording(
    "VER-05",
    Severity.INFO,
    Words("dibanding versi {since}: {what}{more}", "compared with the version of {since}: {what}{more}"),
    Words("versi baru", "a new version"),
    Words("bandingkan dengan peraturannya", "compare it with its law"),
)
SAME = Wording(
    "VER-05",
    Severity.INFO,
    Words(
        "dibanding versi {since} tidak ada yang berbeda bagi siapa pun",
        "compared with the version of {since} nothing differs for anybody",
    ),
    Words("versi baru", "a new version"),
    Words("hapus versi ini bila memang tidak mengubah apa pun", "delete this version if it is to change nothing"),
)


def check(catalog: Catalog) -> Iterator[Finding]:
    """Say what each version changes, the first few sentences."""
    for earlier, later in successions(catalog):
        was, now, city = earlier.permit, later.permit, later.city.city
        told = permit_told(Pair(was, now, city, city, Meaning(was, now)))
        says = [one.says for one in told if one.weight is Weight.MEANING and one.part is not Part.TIME]
        place = later.at(("berlaku", "mulai"))
        if not says:
            yield SAME.at(place, since=was.valid_from)
            continue
        what = Words("; ".join(one.id for one in says[:MOST]), "; ".join(one.to("en") for one in says[:MOST]))
        left = len(says) - MOST
        more = Words(f"; dan {left} lagi", f"; and {left} more") if left > 0 else Words("", "")
        yield DIFFERS.at(place, since=was.valid_from, what=what, more=more)


CHECK = Check("VER-05", "what-differs", check, __doc__, HALAMAN)
