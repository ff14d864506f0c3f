"""A check: a code, a function from a catalog to findings, and the page that explains it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from generator.finding import Finding
from generator.model import Catalog


@dataclass(frozen=True, slots=True)
class Check:
    """`page` and `halaman` are the page in English and in Bahasa Indonesia: a sentence, then headed parts."""

    code: str
    name: str
    run: Callable[[Catalog], Iterator[Finding]]
    page: str
    halaman: str
