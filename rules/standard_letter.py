"""A service standard as a letter to print: its components as headed parts, each entry with its law.

Gains one layout for what the office publishes on its pages and what is written beforehand. Loses which entries are
folded on a page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rules.city import City
from rules.codec import Json
from rules.letter import Ground, Letter, LetterKind, Part
from rules.permit import Permit
from rules.printed import printed_date
from rules.words import Lang, Words

TITLE = Words("Standar pelayanan: {permit}", "Service standard: {permit}")
WHERE = Words("bila", "where")
UNSURE = Words("{title} (perlu konfirmasi)", "{title} (to be confirmed)")
ASSUMED = "A"
WARNING = Words(
    "Bagian ini belum dipastikan dari naskah peraturannya. Tanyakan ke kantor kami sebelum mengandalkannya.",
    "This part has not been confirmed from the text of the regulation. Ask our office before you rely on it.",
)


def standard_letter(told: dict[str, Json], permit: Permit, city: City, lang: Lang) -> Letter:
    """Return the letter of a standard as it was generated (`standard.json`), dated by the version's first day."""
    components = told["components"]
    assert isinstance(components, list)
    parts = [part for component in components if isinstance(component, dict) for part in _parts(component, lang)]
    name = permit.name.to(lang)
    return Letter(
        kind=LetterKind.STANDARD,
        title=TITLE.to(lang).format(permit=name),
        city=city.name.to(lang),
        office=city.office.to(lang),
        letterhead=city.letterhead,
        case=permit.code,
        permit=name,
        holder="",
        place=city.name.to(lang),
        day=printed_date(permit.valid_from, lang),
        contact="" if city.contact is None else city.contact.to(lang),
        parts=tuple(part for part in parts if part.entries),
    )


def _parts(component: dict[str, Json], lang: Lang) -> Iterator[Part]:
    """Yield a component, marked where its figures are assumed, and each of its tables."""
    entries = tuple(_ground(entry, lang) for entry in _listed(component["entries"]))
    title = f"{component['number']}. {_said(component['title'], lang)}"
    if entries and component["evidence"] == ASSUMED:
        title, entries = UNSURE.to(lang).format(title=title), (Ground(WARNING.to(lang)), *entries)
    yield Part(title, entries)
    for index, table in enumerate(_listed(component["tables"]), start=1):
        head = f"{component['number']}.{index} {_capital(_said(table['title'], lang))} ({table['citation']})"
        yield Part(head, tuple(_ground(entry, lang) for entry in _listed(table["entries"])))


def _capital(said: str) -> str:
    return f"{said[:1].upper()}{said[1:]}"


def _ground(entry: dict[str, Json], lang: Lang) -> Ground:
    because = f"{WHERE.to(lang)} {_said(entry['because'], lang)}" if "because" in entry else ""
    note = _said(entry["note"], lang) if "note" in entry else ""
    more = "; ".join(words for words in (because, note) if words)
    words = _said(entry["words"], lang) + (f" ({more})" if more else "")
    law = str(entry.get("citation") or "")
    return Ground(words, "" if words.startswith(f"{law}:") else law)


def _listed(value: Json) -> Iterable[dict[str, Json]]:
    assert isinstance(value, list)
    return [one for one in value if isinstance(one, dict)]


def _said(words: Json, lang: Lang) -> str:
    assert isinstance(words, dict)
    return str(words[lang])
