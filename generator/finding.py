"""A finding: one thing about the catalog that its author should know, as a value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from rules.words import Lang, Words


class Severity(StrEnum):
    """Whether it blocks publishing (`galat`), warns (`peringatan`) or informs (`catatan`)."""

    ERROR = "G"
    WARNING = "W"
    INFO = "I"


class Place(NamedTuple):
    """A span of a file: lines and columns from 1, columns in characters, the end exclusive. `file` is relative to the
    catalog folder that was read, with forward slashes."""

    file: str
    line: int = 1
    column: int = 1
    end_line: int = 1
    end_column: int = 2


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence before it is rendered: a format in both languages, and its arguments.

    An argument may be `Words` itself, and is then said in the same language.
    """

    words: Words
    arguments: Mapping[str, str | Words] = field(default_factory=dict)

    def to(self, lang: Lang) -> str:
        """Fill the format in `lang`."""
        return self.words.to(lang).format(
            **{k: v.to(lang) if isinstance(v, Words) else v for k, v in self.arguments.items()}
        )


@dataclass(frozen=True, slots=True)
class Label:
    """A place and the few words (five or fewer) that stand at its caret."""

    place: Place
    says: Said


@dataclass(frozen=True, slots=True)
class Finding:
    """Code, severity, one sentence, where, one step to take; and where it was proven, what shows it.

    `example` is the whole filled form, `telling` those of its answers and facts on which it depends (None: all),
    `region` every application of which it is true as well, `row` the line to paste that mends it, `story` what happens
    to the case in turn.
    """

    code: str
    severity: Severity
    says: Said
    at: Label
    related: tuple[Label, ...] = ()
    help: Said | None = None
    example: Mapping[str, object] | None = None
    telling: Mapping[str, object] | None = None
    region: Said | None = None
    row: str | None = None
    story: tuple[Said, ...] = ()

    @property
    def sort_key(self) -> tuple[str, int, int, str]:
        """Order findings by where they are, then by code."""
        return (self.at.place.file, self.at.place.line, self.at.place.column, self.code)
