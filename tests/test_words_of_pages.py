"""Every word that pages say is translated, fits its holes, and no translation is left over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po

from runtime.voice import LANGUAGES, catalog_path

RUNTIME = Path(__file__).parent.parent / "runtime"
Message = str | tuple[str, ...]


def said() -> Iterator[Message]:
    """Yield what templates say and what code marks."""
    for path in sorted((RUNTIME / "templates").glob("*.html")):
        with path.open("rb") as file:
            for _, message, _, _ in extract("jinja2.ext:babel_extract", file, options={"silent": "false"}):
                yield message
    for path in sorted(RUNTIME.rglob("*.py")):
        with path.open("rb") as file:
            for _, message, _, _ in extract("python", file, keywords={"mark": None, "marks": (1, 2)}):
                yield message


def catalog(lang: str) -> Catalog:
    assert lang == "en"
    with catalog_path("en").open("rb") as file:
        return read_po(file, locale="en")


def holes(text: str) -> set[str]:
    return set(re.findall(r"%\(\w+\)s|\{\w+\}", text))


def test_every_other_language_has_every_word_and_no_other() -> None:
    assert LANGUAGES == ("id", "en")
    translated = {message.id for message in catalog("en") if message.id}
    assert translated == set(said())


def test_a_translation_is_never_empty_and_fills_the_same_holes() -> None:
    for message in catalog("en"):
        if not message.id:
            continue
        originals = (message.id,) if isinstance(message.id, str) else message.id
        strings = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
        assert all(strings), message.id
        assert not message.fuzzy, message.id
        assert set.union(*map(holes, originals)) == set.union(*map(holes, strings)), message.id


def test_templates_hold_no_words_of_their_own() -> None:
    loose = re.compile(r"\{[{%#].*?[}%#]\}|<[^>]*>", re.S)
    allowed = {"English", "Bahasa Indonesia"}
    for path in sorted((RUNTIME / "templates").glob("*.html")):
        text = loose.sub("\n", path.read_text(encoding="utf-8"))
        words = {line.strip() for line in text.splitlines() if re.search(r"[A-Za-z]{2}", line)}
        assert words <= allowed | {"Rp", "KB", "MB"}, (path.name, words)


def test_templates_never_mark_anything_as_safe() -> None:
    for path in sorted((RUNTIME / "templates").glob("*.html")):
        assert not re.search(r"\|\s*safe|autoescape|<script(?! type=\"module\" src=)|style=| on\w+=", path.read_text())
    for path in sorted(RUNTIME.rglob("*.py")):
        assert not re.search(r"\bMarkup\(|from_string\(", path.read_text()), path.name
