"""a text for citizens has a word or a sentence that many do not understand

A word of offices where people have a plain one, or a sentence of more than 25 words.

## Why this matters

Half of those who ask at a counter ask what a word of the form means. Whoever does not dare to ask answers it wrongly.

## Example

    bantuan: Persil yang dimohonkan.

Write instead:

    bantuan: Bidang tanah yang dimohonkan.

## In the law

UU 25/2009 pasal 4: services are given by the principles of speed, ease and reach.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.checks.check import Check
from generator.checks.hard_words import MOST_WORDS, hard_word, longest_sentence
from generator.checks.texts import field_texts, texts_of
from generator.checks.versions import versions_of
from generator.checks.wording import Wording
from generator.finding import Finding, Severity
from generator.model import Catalog, Path, Places
from rules.words import Words

HALAMAN = """\
sebuah teks untuk warga memuat kata atau kalimat yang sukar

Kata kantor, padahal ada kata sehari-hari, atau kalimat lebih dari 25 kata.

## Mengapa ini penting

Separuh orang di loket bertanya arti sebuah kata di formulir. Yang tidak berani bertanya menjawab keliru.

## Contoh

    bantuan: Persil yang dimohonkan.

Tulislah:

    bantuan: Bidang tanah yang dimohonkan.

## Dalam peraturan

UU 25/2009 pasal 4: pelayanan berasaskan kecepatan, kemudahan, dan keterjangkauan.
"""
WORDING = Wording(
    "STD-05",
    Severity.INFO,
    Words("{what}", "{what}"),
    Words("sukar bagi warga", "hard for citizens"),
    Words("{advice}", "{advice}"),
)
# The name of a permit is what its law calls it.
NAMES: Path = ("nama",)


def check(catalog: Catalog) -> Iterator[Finding]:
    """Find hard texts of a permit's own."""
    for seen in versions_of(catalog):
        places = seen.version.places
        yield from _hard((t for t in texts_of(seen.permit) if places.find(*t[0]).file == places.file), places)


def check_groups(catalog: Catalog) -> Iterator[Finding]:
    """Find hard texts of the shared groups."""
    for city in catalog.cities.values():
        for group in city.groups.values():
            texts = (text for field in group.fields for text in field_texts(field, ("isian", field.code)))
            yield from _hard(texts, group.places)


def _hard(texts: Iterable[tuple[Path, Words]], places: Places) -> Iterator[Finding]:
    for path, words in texts:
        if path == NAMES:
            continue
        place, found, length = places.find(*path), hard_word(words.id), longest_sentence(words.id)
        if found is not None:
            word, better = found
            what = Words(f"`{word}` adalah kata kantor", f"`{word}` is a word of offices")
            advice = (
                Words(f"ganti `{word}` dengan `{better}`", f"replace `{word}` by `{better}`")
                if better
                else Words(f"hapus `{word}`", f"delete `{word}`")
            )
            yield WORDING.at(place, what=what, advice=advice)
        elif length > MOST_WORDS:
            what = Words(f"kalimat ini {length} kata panjangnya", f"this sentence has {length} words")
            advice = Words(f"bagi menjadi kalimat paling banyak {MOST_WORDS} kata", f"split it at {MOST_WORDS} words")
            yield WORDING.at(place, what=what, advice=advice)


CHECK = Check("STD-05", "words-too-hard", check, __doc__, HALAMAN, across=check_groups)
