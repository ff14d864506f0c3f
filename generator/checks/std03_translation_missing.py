"""texts have no English yet

Words are written in Bahasa Indonesia first; `{id: …, en: …}` adds English.

## Why this matters

People who read no Indonesian see the Indonesian text. That is better than nothing, and it is counted here.

## Example

    label: Luas ruangan

Write instead:

    label: {id: Luas ruangan, en: Floor area}
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.check import Check
from generator.checks.texts import field_texts, texts_of
from generator.checks.versions import versions_of
from generator.checks.wording import Wording
from generator.finding import Finding, Severity
from generator.model import Catalog, Path, Places
from rules.words import Words

HALAMAN = """\
ada teks yang belum diterjemahkan ke bahasa Inggris

Teks ditulis dalam Bahasa Indonesia dahulu; `{id: …, en: …}` menambahkan bahasa Inggris.

## Mengapa ini penting

Orang yang tidak membaca Bahasa Indonesia melihat teks aslinya. Itu lebih baik daripada kosong, dan dihitung di sini.

## Contoh

    label: Luas ruangan

Tulislah:

    label: {id: Luas ruangan, en: Floor area}
"""

WORDING = Wording(
    "STD-03",
    Severity.INFO,
    Words(
        "teks `{permit}` yang belum berbahasa Inggris: {count}", "texts of `{permit}` that have no English yet: {count}"
    ),
    Words("yang pertama", "the first of them"),
    Words("tulis `{{id: …, en: …}}`", "write `{{id: …, en: …}}`"),
)


def check(catalog: Catalog) -> Iterator[Finding]:
    """Find texts without a translation, once for each version."""
    for seen in versions_of(catalog):
        places = seen.version.places
        own = [(path, words) for path, words in texts_of(seen.permit) if places.find(*path).file == places.file]
        yield from _counted(own, seen.permit.code, places)


def check_groups(catalog: Catalog) -> Iterator[Finding]:
    """Find texts without a translation, once for each shared group."""
    for city in catalog.cities.values():
        for group in city.groups.values():
            texts = [text for field in group.fields for text in field_texts(field, ("isian", field.code))]
            yield from _counted(texts, group.code, group.places)


def _counted(texts: list[tuple[Path, Words]], name: str, places: Places) -> Iterator[Finding]:
    missing = [path for path, words in texts if words.en is None and not _is_name(path, words)]
    if missing:
        yield WORDING.at(places.find(*missing[0]), permit=name, count=str(len(missing)))


def _is_name(path: Path, words: Words) -> bool:
    """Tell whether an option is called as it is coded, with capitals: the name of a place, the same in both."""
    alike = words.id.lower().replace(" ", "_") == path[-1]
    return "pilihan" in path and alike and all(word[:1].isupper() or word[:1].isdigit() for word in words.id.split())


CHECK = Check("STD-03", "translation-missing", check, __doc__, HALAMAN, across=check_groups)
