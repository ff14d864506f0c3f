"""`satupintu audit`: looks at everything that is kept, changes nothing, and exits with 1 where something is the matter.

.venv/bin/python -m runtime.audit.command --help
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from runtime.audit.audited import Audited
from runtime.audit.checkpoints_kept import read_held
from runtime.audit.inspection import inspect
from runtime.audit.requests import acknowledged
from runtime.audit.said import as_json, in_words
from runtime.cases.checkpoint import read_key
from runtime.cases.snapshot import NothingKeptError, open_snapshot
from runtime.cases.store import Store
from runtime.cases.store_fault import DurabilityError, StoreUnavailableError
from runtime.clock import clock_for
from runtime.documents.shelf import FilesSetting
from runtime.product.statement_key import open_statement_keys
from runtime.release import BrokenReleaseError
from runtime.releases import Releases
from runtime.settings import SettingError, from_environment

CLEAN, FOUND, NOT_DONE = 0, 1, 2


def main(arguments: list[str] | None = None) -> int:
    """Inspect, and return the exit code."""
    parser = argparse.ArgumentParser(prog="satupintu audit", description=__doc__)
    parser.add_argument("--format", choices=("text", "json"), default="text")
    parser.add_argument("--lang", choices=("id", "en"), default="id")
    parser.add_argument("--titik", type=Path, help="checkpoints that somebody else has kept (checkpoints.jsonl)")
    parser.add_argument("--buku", type=Path, help="a client's own book of what it was told, JSON lines")
    given = parser.parse_args(arguments)
    try:
        settings = from_environment(os.environ)
        releases = Releases(settings.release)
        database = open_snapshot(settings.data, settings.database)
    except (SettingError, BrokenReleaseError, NothingKeptError, DurabilityError, StoreUnavailableError) as problem:
        print(problem, file=sys.stderr)
        return NOT_DONE
    clock = clock_for(settings.clock_starts)
    with Store(settings.data, clock, settings.limits, FilesSetting(settings.files), database=database) as store:
        book = () if given.buku is None else tuple(acknowledged(given.buku.read_text().splitlines()))
        held = () if given.titik is None else read_held(given.titik)
        key = read_key((settings.data / "checkpoints.pub").read_bytes())
        audited = Audited(store, releases, clock(), key, open_statement_keys(settings.data))
        report = inspect(audited, book, held)
    releases.close()
    print(as_json(report) if given.format == "json" else in_words(report, given.lang))
    return CLEAN if report.clean else FOUND


if __name__ == "__main__":
    sys.exit(main())
