"""The shape of a reading finding's words: a numbered sentence, its caret, its one step, and its page.

Gains: a code has one sentence in two languages, written once, beside the page that `satupintu explain` prints. Loses:
nothing that a caller could want to say differently; what varies is an argument.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection
from dataclasses import dataclass

from generator.finding import Finding, Label, Place, Said, Severity
from rules.words import Words

LONGEST_QUOTE = 60  # characters of the author's own text that a sentence repeats
MOST_OFFERED = 3  # words of `did_you_mean`; more are no help


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
    if len(text) <= LONGEST_QUOTE and text.isprintable():
        return text
    printable = "".join("·" if unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp") else c for c in text[:200])
    return printable if len(printable) <= LONGEST_QUOTE else printable[: LONGEST_QUOTE - 1] + "…"


def nearest(word: str, known: Collection[str]) -> tuple[str, ...]:
    """Return the known words closest to `word`, those that are equally close side by side; none when none is close.

    Close is a slip of the hand in five letters; else a name of which the other is a part (`lantai`, `jumlah_lantai`).
    """
    if len(word) > 40:
        return ()
    most = 1 + len(word) // 5
    by_slips: dict[int, list[str]] = {}
    for other in known:
        if abs(len(other) - len(word)) <= most and (slips := _slips(word.lower(), other)) <= most:
            by_slips.setdefault(slips, []).append(other)
    if by_slips:
        return tuple(sorted(by_slips[min(by_slips)]))
    parts = _parts(word)
    return tuple(sorted(other for other in known if parts <= _parts(other) or _parts(other) <= parts))


def _parts(word: str) -> set[str]:
    return set(word.lower().replace("-", "_").split("_"))


def _slips(word: str, other: str) -> int:
    """Count the letters left out, added, changed, or swapped with the next, that make `other` of `word`."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(word):
        earlier, before, row = before, row, [i + 1]
        for j, wanted in enumerate(other):
            cost = min(before[j] + (letter != wanted), before[j + 1] + 1, row[j] + 1)
            if i and j and letter == other[j - 1] and word[i - 1] == wanted:
                cost = min(cost, earlier[j - 1] + 1)
            row.append(cost)
    return row[-1]


def did_you_mean(word: str, known: Collection[str], otherwise: Words) -> Words:
    """Offer the closest known words as a question, else say `otherwise`."""
    close = [f"`{each}`" for each in nearest(word, known)]
    if not 1 <= len(close) <= MOST_OFFERED:
        return otherwise
    return Words(f"maksud Anda {' atau '.join(close)}?", f"did you mean {' or '.join(close)}?")


def listed(known: Collection[str], most: int = 12) -> str:
    """Write known words side by side, each in backticks, the rest counted."""
    shown = [f"`{word}`" for word in list(known)[:most]]
    return ", ".join(shown) + (f", … (+{len(known) - most})" if len(known) > most else "")
