"""One thing that is not as it must be."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Breach:
    """An invariant (`I4`), what it is about (a nomor, a day, a file), and what was found, in one line."""

    invariant: str
    city: str
    subject: str
    found: str
