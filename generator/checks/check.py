"""A check: a code, the functions that find it in a catalog, and the page that explains it.

Gains checks of thousands of permits with one of them in memory. Loses nothing that a check wants: what it must see of
all permits at once is in their outline.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from generator.finding import Finding
from generator.model import Catalog

Find = Callable[[Catalog], Iterator[Finding]]


def nothing(_: Catalog) -> Iterator[Finding]:
    """Find nothing: there is nothing of the kind to judge."""
    yield from ()


@dataclass(frozen=True, slots=True)
class Check:
    """`each` judges every permit by itself: of a city with one permit it says what it says of that one among many.
    `across` judges what a city has but once, and sees of its permits only the outline (`generator.outline`). `page` and
    `halaman` are the page in English and in Bahasa Indonesia: a sentence, then headed parts."""

    code: str
    name: str
    each: Find
    page: str
    halaman: str
    across: Find = nothing

    def run(self, catalog: Catalog) -> Iterator[Finding]:
        """Find it in a catalog that is there whole."""
        yield from self.each(catalog)
        yield from self.across(catalog)
