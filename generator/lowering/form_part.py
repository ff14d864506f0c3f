"""The parts of a form as HTML for one language: strings, and holes where an applicant's answers and faults go.

A hole is a list:

| hole | filled with |
|---|---|
| `["path"]` | `daftar.3.` inside the card of an item, nothing elsewhere |
| `["number"]` | the number of the card, from 1 |
| `["value", code]` | what was typed, escaped |
| `["checked", code, option]`, `["selected", code, option]` | the attribute, where the option was taken |
| `["error", code]` | the fault, as a paragraph with an id |
| `["described", code, help]` | `aria-describedby`: the id of the help (`b-…`) where `help` is true, and of a fault |
| `["invalid", code]` | `aria-invalid`, where there is a fault |
| `["wrong", code]` | a class name, where there is a fault |
| `["hidden", code]` | the attribute, where the question does not apply |
| `["repeat", code, start, parts]` | the parts once per item, at least `start` times on a blank form |
| `["full", code, most, start]` | the attribute `hidden`, where there are as many items as there may be |
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from html import escape

from rules.codec import Json
from rules.words import Lang, Words

Part = str | list[Json]


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a question stands. `served` are the facts that only the server knows (derived ones): a condition that
    reads one is not given to the browser. `in_card`: it is asked for each item of a `daftar`."""

    lang: Lang
    served: Collection[str] = ()
    in_card: bool = False

    def say(self, words: Words, **arguments: object) -> str:
        """Fill the words in this language and escape them."""
        return escape(words.to(self.lang).format(**arguments))


def joined(parts: Iterable[Part]) -> list[Part]:
    """Join strings that stand side by side."""
    together: list[Part] = []
    texts: list[str] = []
    for part in parts:
        if isinstance(part, str):
            texts.append(part)
            continue
        if texts:
            together.append("".join(texts))
            texts.clear()
        together.append(_joined_hole(part))
    if texts:
        together.append("".join(texts))
    return together


def _joined_hole(hole: list[Json]) -> list[Json]:
    """Join the parts inside a hole; only that of a repeated group has any."""
    if hole[0] != "repeat":
        return hole
    *head, inside = hole
    assert isinstance(inside, list)
    return [*head, [*joined(part for part in inside if isinstance(part, str | list))]]
