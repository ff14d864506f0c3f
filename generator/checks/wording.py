"""The words of one code, made into findings."""

from __future__ import annotations

from dataclasses import dataclass

from generator.finding import Finding, Label, Place, Said, Severity
from generator.reading.tks import clip
from rules.words import Words


@dataclass(frozen=True, slots=True)
class Wording:
    """A sentence, the few words at the caret, and one step to take."""

    code: str
    severity: Severity
    says: Words
    label: Words
    help: Words

    def at(self, place: Place, *related: Label, **arguments: str | Words) -> Finding:
        """Make the finding at `place`."""
        shown = {key: clip(value) if isinstance(value, str) else value for key, value in arguments.items()}
        return Finding(
            self.code,
            self.severity,
            Said(self.says, shown),
            Label(place, Said(self.label, shown)),
            related,
            Said(self.help, shown),
        )


def plain(words: str, en: str) -> Said:
    """Say words that have no arguments."""
    return Said(Words(words, en))
