"""The shape of a reading finding's words: a numbered sentence, its caret, its one step, and its page.

Gains: a code has one sentence in two languages, written once, beside the page that `satupintu explain` prints. Loses:
nothing that a caller could want to say differently; what varies is an argument.
"""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass

from generator.finding import Finding, Label, Place, Said, Severity
from rules.words import Words

LONGEST_QUOTE = 60  # characters of the author's own text that a sentence repeats


@dataclass(frozen=True, slots=True)
class Entry:
    """One code: `says` is the sentence, `label` stands at the caret, `help` is the step; `why`, `bad` and `good` make
    its page."""

    code: str
    name: str
    says: Words
    label: Words
    help: Words
    why: Words
    bad: str
    good: str

    def at(self, place: Place, *related: Label, **arguments: str | Words) -> Finding:
        """Make the finding at `place`, the author's words clipped and made printable."""
        shown = {key: clip(value) if isinstance(value, str) else value for key, value in arguments.items()}
        return Finding(
            self.code,
            Severity.ERROR,
            Said(self.says, shown),
            Label(place, Said(self.label, shown)),
            related,
            Said(self.help, shown),
        )


def clip(text: str) -> str:
    """Shorten `text` to what a sentence can hold, and replace what a terminal would obey."""
    printable = "".join("·" if unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp") else c for c in text[:200])
    return printable if len(printable) <= LONGEST_QUOTE else printable[: LONGEST_QUOTE - 1] + "…"


def nearest(word: str, known: Collection[str]) -> str | None:
    """Return the known word closest to `word`, or None when none is close."""
    if len(word) > 40:
        return None
    found = difflib.get_close_matches(word, sorted(known), 1, 0.6)
    return found[0] if found else None


def did_you_mean(word: str, known: Collection[str], otherwise: Words) -> Words:
    """Offer the closest known word as a question, else say `otherwise`."""
    close = nearest(word, known)
    return otherwise if close is None else Words(f"maksud Anda `{close}`?", f"did you mean `{close}`?")


def listed(known: Collection[str], most: int = 12) -> str:
    """Write known words side by side, each in backticks, the rest counted."""
    shown = [f"`{word}`" for word in list(known)[:most]]
    return ", ".join(shown) + (f", … (+{len(known) - most})" if len(known) > most else "")
