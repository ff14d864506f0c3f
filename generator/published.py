"""The service standards of a city as files to publish: an HTML page and a PDF for each permit.

The PDF is set by the program that sets every letter, as a child process, with the city's own template where it has one.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from jinja2 import Environment

from generator.lowering.standard import standard
from generator.model import CityCatalog
from rules.letter import Letter, LetterKind, letter_data
from rules.standard_letter import standard_letter
from rules.words import Lang

PRODUCT = Path(__file__).parents[1] / "runtime" / "product"
AT_ONCE = 8  # letters to one child, which has ten seconds
PAGE = """\
<!DOCTYPE html>
<html lang="{{ lang }}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ letter.title }}</title>
<style>body{font:1rem/1.5 sans-serif;max-width:44rem;margin:1rem auto;padding:0 1rem}h2{margin-top:1.6rem}</style>
</head><body><main>
<p>{{ letter.letterhead|join(" · ") }}</p>
<h1>{{ letter.title }}</h1>
{% for part in letter.parts %}<h2>{{ part.title }}</h2>
<ul>{% for one in part.entries %}<li>{{ one.words }}{% if one.citation %} <small>({{ one.citation }})</small>{% endif %}
</li>{% endfor %}</ul>
{% endfor %}<p>{{ letter.place }}, {{ letter.day }}</p>
{% if letter.contact %}<p>{{ letter.contact }}</p>{% endif %}
</main></body></html>
"""


class NotSetError(RuntimeError):
    """A standard could not be set; the argument says why, in the words of the typesetter."""


def standard_files(city: CityCatalog, lang: Lang) -> Iterator[tuple[str, bytes]]:
    """Yield the files of every version of every permit, by name."""
    page = Environment(autoescape=True).from_string(PAGE)
    letters: list[tuple[str, Letter, int]] = []
    for code in sorted(city.permits):
        for version in city.permits[code]:
            permit = version.permit
            letter = standard_letter(standard(permit, city.city), permit, city.city, lang)
            since = datetime.combine(datetime.fromisoformat(permit.valid_from), time(), ZoneInfo(city.city.zone))
            name = f"standar-{code}-{permit.valid_from}"
            letters.append((name, letter, int(since.timestamp())))
            yield f"{name}.html", page.render(letter=letter, lang=lang).encode()
    kind = LetterKind.STANDARD.value
    template = city.templates.get(kind) or (PRODUCT / "template" / f"{kind}.typ").read_text(encoding="utf-8")
    for first in range(0, len(letters), AT_ONCE):
        yield from _pdfs(template, letters[first : first + AT_ONCE])


def _pdfs(template: str, letters: list[tuple[str, Letter, int]]) -> Iterator[tuple[str, bytes]]:
    orders = [{"template": template, "data": letter_data(letter), "moment": at} for _, letter, at in letters]
    child = subprocess.run(
        [sys.executable, "-I", str(PRODUCT / "press_child.py")],
        input=json.dumps(orders).encode(),
        capture_output=True,
        timeout=60,
        env={"LANG": "C.UTF-8"},
    )
    head, _, content = child.stdout.partition(b"\n")
    if child.returncode != 0:
        raise NotSetError(child.stderr.decode(errors="replace"))
    for (name, _, _), answer in zip(letters, json.loads(head), strict=True):
        if not answer["size"]:
            raise NotSetError(f"{name}: {answer['faults']}")
        yield f"{name}.pdf", content[: answer["size"]]
        content = content[answer["size"] :]
