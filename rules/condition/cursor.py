"""A place in the text of a test that moves forward: blanks, brackets and literals, and the fault where one is not."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rules.condition.fault import Fault, Reason
from rules.condition.literal import read_literal
from rules.field import Field
from rules.kind import ORDERED, Kind, Scalar

AND = re.compile(r"\s+(dan|and|&&?|DAN|AND)(?=[\s<>=≤≥])\s*")
WORDS = ("terisi", "kosong", "selalu", "-")
CODED = frozenset({Kind.CHOICE, Kind.CHOICES, Kind.YES_NO})


class FaultError(Exception):
    """Ends the reading of one test; `parse_test` turns it into its fault."""

    def __init__(self, fault: Fault) -> None:
        """Carry the fault."""
        super().__init__(fault.reason)
        self.fault = fault


@dataclass(slots=True)
class Cursor:
    """The text, the field that reads it, and how far it is read."""

    text: str
    field: Field
    at: int = 0

    def fail(self, reason: Reason, start: int, end: int, **arguments: str) -> FaultError:
        """Make the fault at characters [start, end)."""
        shown = {"field": self.field.code, "kind": self.field.kind.value, **arguments}
        return FaultError(Fault(reason, start, max(end, start + 1), shown))

    def skip(self) -> None:
        """Pass blanks."""
        while self.at < len(self.text) and self.text[self.at].isspace():
            self.at += 1

    @property
    def rest(self) -> str:
        """Return what is not read yet."""
        return self.text[self.at :]

    def literal(self, closing: str) -> Scalar:
        """Read one literal, quoted or bare, up to what can follow it."""
        self.skip()
        start = self.at
        if self.text.startswith('"', self.at):
            return self.quoted(start)
        end = start
        ordered = self.field.kind in ORDERED
        stops = ",<>=≤≥" if ordered or self.field.kind in CODED else ","
        while end < len(self.text) and self.text[end] not in stops + closing:
            if ordered and AND.match(self.text, end) is not None:
                break
            end += 1
        written = self.text[start:end]
        if not written.strip():
            raise self.fail(Reason.NOTHING, start, end)
        self.at = start + len(written.rstrip())
        return self.read(written, start)

    def quoted(self, start: int) -> Scalar:
        """Read a text in double quotes, those within it doubled."""
        at = start + 1
        while True:
            end = self.text.find('"', at)
            if end < 0:
                raise self.fail(Reason.QUOTE, start, len(self.text), text=self.text[start:])
            if self.text[end : end + 2] != '""':
                break
            at = end + 2
        self.at = end + 1
        return self.read(self.text[start + 1 : end].replace('""', '"'), start, exact=True)

    def read(self, written: str, start: int, exact: bool = False) -> Scalar:
        """Read `written`, which stands at `start`, by the kind of the field."""
        lead = 0 if exact else len(written) - len(written.lstrip())
        word = written if exact else written.strip()
        if not exact and word in WORDS:
            raise self.fail(Reason.KEYWORD_IN_LIST, start + lead, start + lead + len(word), text=word)
        found = read_literal(word, start + lead, self.field)
        if isinstance(found, Fault):
            raise self.fail(found.reason, found.start, found.end, **found.arguments)
        return found

    def close(self, start: int, sign: str) -> None:
        """Pass the closing bracket of what began at `start`."""
        self.skip()
        if not self.text.startswith(sign, self.at):
            raise self.fail(Reason.BRACKET, start, len(self.text), text=self.text[start:], better=sign)
        self.at += 1
