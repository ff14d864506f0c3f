"""What is not right with an answer, as words and their arguments until a page is shown in a language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Fault:
    """A sentence in Bahasa Indonesia that the catalog of words translates; it stands after the question's label."""

    words: str
    arguments: Mapping[str, str | int] = field(default_factory=dict)


def mark(words: str) -> str:
    """Mark words for the catalog of translations where they are not yet translated."""
    return words


def marks(one: str, several: str) -> tuple[str, str]:
    """Mark words for one thing and for several, where the number is `%(num)s`."""
    return one, several
