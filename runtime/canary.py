"""`python -m runtime.canary FOLDER`: open a release whole and exercise every permit of it, then exit 0.

Each ruleset decides facts at the edges of its own rules, the transitions of each permit's cases among them, and each
permit one application without answers.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

from runtime.release import verify

MOMENT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)  # any will do: nothing of it is kept
PROBES = 50


def main() -> None:
    """Exercise the release named on the command line."""
    release = verify(Path(sys.argv[1]))
    for city in release.cities.values():
        for head in city.heads:
            version = city.version(head.code, head.valid_from)
            assert version is not None
            decision = version.decider.decide(version.decider.facts({}, version.decider.day_of(MOMENT)), MOMENT)
            books = (version.decider.book, *version.decider.item_books.values(), version.lifecycle.transitions.book)
            tried = (decision.manual, *(book.exercise(PROBES) for book in books))
            if refused := next((manual for manual in tried if manual is not None), None):
                raise SystemExit(f"{city.code}/{head.code}: {refused}")
    release.close()


if __name__ == "__main__":
    main()
