"""two permits have two words for one question

The code is the same and the labels have no word in common, or labels and codes differ only in a word that means the
same: «Luas lahan» here, «Luas tanah» there.

## Why this matters

A citizen who answered one form does not know that the other asks the same, and officers search for one and miss the
other. One thing, one word.

## Example

    # izin/pbg:  - {kode: luas_tanah, label: Luas tanah, …}
    # izin/slf:  - {kode: luas_lahan, label: Luas lahan, …}

Write the same word in both; `catalog/README.md` has the list. If they are two things, give each its own code.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.check import Check, nothing
from generator.checks.wording import Wording, plain
from generator.finding import Finding, Label, Severity
from generator.model import Catalog, CityCatalog
from generator.term import other_word, things, told
from rules.field import Field
from rules.words import Words

HALAMAN = """\
dua izin memakai dua kata untuk satu pertanyaan

Kodenya sama dan labelnya tidak punya satu kata pun yang sama, atau label dan kodenya hanya berbeda pada kata yang
searti: «Luas lahan» di sini, «Luas tanah» di sana.

## Mengapa ini penting

Warga yang sudah menjawab satu formulir tidak tahu bahwa formulir lain menanyakan hal yang sama, dan petugas yang
mencari satu kata melewatkan yang lain. Satu hal, satu kata.

## Contoh

    # izin/pbg:  - {kode: luas_tanah, label: Luas tanah, …}
    # izin/slf:  - {kode: luas_lahan, label: Luas lahan, …}

Tulislah kata yang sama di keduanya; daftarnya ada di `catalog/README.md`. Bila memang dua hal, beri kode
sendiri-sendiri.
"""
WORDING = Wording(
    "KAT-02",
    Severity.WARNING,
    Words(
        "«{here}» di sini disebut «{there}» dalam izin `{permit}`",
        "«{here}» is called «{there}» in the permit `{permit}`",
    ),
    Words("kata lain untuk satu hal", "another word for it"),
    Words("{advice}", "{advice}"),
)
ALIKE = Words("samakan labelnya, atau beri kode lain", "make the labels alike, or give it another code")
ONE_CODE = Words("samakan kodenya", "use the same code")
THERE = plain("kata yang lain", "the other word")


def check(catalog: Catalog) -> Iterator[Finding]:
    """Find questions that two permits call by two words, comparing the latest versions with the first of each."""
    for city in catalog.cities.values():
        yield from _of_city(city)


def _of_city(city: CityCatalog) -> Iterator[Finding]:
    of_code: dict[str, tuple[str, Field]] = {}
    of_words: dict[tuple[str, str], tuple[str, Field]] = {}
    for permit, versions in city.permits.items():
        for field in versions[-1].permit.fields:
            first = of_code.get(field.code)
            if first is not None and first[1].kind is field.kind and first[1].label.id == field.label.id:
                continue  # as in the first permit that asks it
            earlier = [of_code.setdefault(field.code, (permit, field))]
            earlier += [of_words.setdefault(words, (permit, field)) for words in _words(field)]
            found = ((name, other, _differ(field, other)) for name, other in earlier if name != permit)
            told_of = next(((name, other, pair) for name, other, pair in found if pair is not None), None)
            if told_of is not None:
                yield _finding(city, permit, field, *told_of)


def _words(field: Field) -> tuple[tuple[str, str], tuple[str, str]]:
    return ("kode", told(field.code)), ("label", told(field.label.id))


def _finding(
    city: CityCatalog, permit: str, field: Field, other_permit: str, other: Field, pair: tuple[str, str]
) -> Finding:
    """Make the finding at the word that the list would not write; else at the later permit's."""
    (here, there), key = pair, "label" if pair[0] == field.label.id else "kode"
    place = city.permits[permit][-1].places.find("isian", field.code, key)
    elsewhere = city.permits[other_permit][-1].places.find("isian", other.code, key)
    slip = other_word(here) or other_word(there)
    if other_word(here) is None and slip is not None:
        here, there, place, elsewhere, other_permit = there, here, elsewhere, place, permit
    if slip is not None:
        word, better = slip
        advice = Words(f"ganti `{word}` dengan `{better}`", f"replace `{word}` by `{better}`")
    else:
        advice = ALIKE if field.code == other.code else ONE_CODE
    return WORDING.at(place, Label(elsewhere, THERE), here=here, there=there, permit=other_permit, advice=advice)


def _differ(field: Field, other: Field) -> tuple[str, str] | None:
    """Return the two words, if the two questions are one thing under two words."""
    here, there = field.label.id, other.label.id
    if told(here) == told(there) and here.lower() != there.lower():
        return here, there
    if told(field.code) == told(other.code) and field.code != other.code:
        return field.code, other.code
    if field.code == other.code and not things(here) & things(there):
        return here, there
    return None


CHECK = Check("KAT-02", "two-words-for-one-field", nothing, __doc__, HALAMAN, across=check)
