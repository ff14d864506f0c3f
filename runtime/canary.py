"""`python -m runtime.canary FOLDER`: open a release whole and decide once with every permit of it, then exit 0."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

from runtime.release import verify

MOMENT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)  # any will do: nothing of it is kept


def main() -> None:
    """Exercise the release named on the command line."""
    release = verify(Path(sys.argv[1]))
    for city in release.cities.values():
        for head in city.heads:
            version = city.version(head.code, head.valid_from)
            assert version is not None
            decision = version.decider.decide(version.decider.facts({}, version.decider.day_of(MOMENT)), MOMENT)
            if decision.manual is not None:
                raise SystemExit(f"{city.code}/{head.code}: {decision.manual}")
    release.close()


if __name__ == "__main__":
    main()
