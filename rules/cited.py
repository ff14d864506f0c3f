"""How a law is cited on a page: «UU 30/2014 Pasal 53»."""

from __future__ import annotations

from rules.citation import Citation
from rules.city import City


def cited(citation: Citation, city: City) -> str:
    """Say which law and where in it; a law that is not in the register is cited by its code."""
    short = next((law.short for law in city.regulations if law.code == citation.regulation), citation.regulation)
    if citation.article is None:
        return short
    return f"{short} {'Pasal ' if citation.article[:1].isdigit() else ''}{citation.article}"
