"""A language of the pages: its words, and the templates that speak it.

Words in code and templates are Bahasa Indonesia; every other language has a catalog under `locale/`, read at start.
Templates are escaped always, and a name nobody gave is an error.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from rules.duration import Duration
from rules.printed import (
    printed_date,
    printed_day,
    printed_duration,
    printed_number,
    printed_rupiah,
    printed_unit,
)
from rules.words import Lang, Words
from runtime.citizen.fault import Fault

HERE = Path(__file__).parent
LANGUAGES: tuple[Lang, ...] = ("id", "en")


@dataclass(frozen=True, slots=True)
class Voice:
    """One language."""

    lang: Lang
    words: NullTranslations
    templates: Environment

    def say(self, text: str, **arguments: object) -> str:
        """Translate a text of the code and fill it; the result is plain text, not markup."""
        return self.words.gettext(text).format(**arguments)

    def count(self, text: tuple[str, str], number: int) -> str:
        """Translate words that depend on a number."""
        return self.words.ngettext(*text, number) % {"num": number}

    def fault(self, fault: Fault) -> str:
        """Say what is not right with an answer."""
        return self.say(fault.words, **fault.arguments)

    def page(self, template: str, context: Mapping[str, object]) -> str:
        """Render a template."""
        return self.templates.get_template(template).render(context)


Voices = Mapping[Lang, Voice]


@cache
def voices() -> Voices:
    """Read every language once in a process, with its templates."""
    return {lang: _voice(lang) for lang in LANGUAGES}


def catalog_path(lang: Lang) -> Path:
    """Return where the words of a language are kept."""
    return HERE / "locale" / lang / "LC_MESSAGES" / "satupintu.po"


def capital(text: str) -> str:
    """Begin with a capital letter."""
    return text[:1].upper() + text[1:]


def _voice(lang: Lang) -> Voice:
    words = NullTranslations() if lang == "id" else _translations(catalog_path(lang))
    templates = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        extensions=["jinja2.ext.i18n"],
    )
    templates.install_gettext_translations(words, newstyle=True)  # type: ignore[attr-defined]  # added by the extension

    def to(said: Words | None) -> str:
        return "" if said is None else said.to(lang)

    def duration(length: Duration) -> str:
        return printed_duration(length, lang)

    templates.filters.update(
        to=to,
        number=lambda value: printed_number(value, lang),
        rupiah=lambda value: printed_rupiah(value, lang),
        date=lambda iso: printed_date(iso, lang),
        day=lambda day: printed_day(day, lang),
        duration=duration,
        unit=printed_unit,
        capital=capital,
    )
    templates.globals["lang"] = lang
    return Voice(lang, words, templates)


def _translations(path: Path) -> GNUTranslations:
    compiled = io.BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, locale="en"))
    compiled.seek(0)
    return GNUTranslations(compiled)
