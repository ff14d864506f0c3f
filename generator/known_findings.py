"""What was found in a catalog when it was last checked, so that one that has not changed since is not checked again.

Kept under the folder of releases, where there is one, beside the fingerprint of the catalog and of the program. Gains
an unchanged check for the price of reading the bytes. Loses nothing: whatever does not fit is as if it were not there.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from decimal import DecimalException
from pathlib import Path

from generator.finding import Finding
from generator.finding_kept import finding_of, written
from generator.known_builds import FOLDER

FILE = "findings.json"
FAST_FILE = "findings-static.json"


def known(out: Path, print_of_catalog: str, file: str = FILE) -> tuple[Finding, ...] | None:
    """Return what was found in a catalog, if it is the one that was checked last."""
    try:
        kept = json.loads((out / FOLDER / file).read_bytes())
        return tuple(map(finding_of, kept["findings"])) if kept["of"] == print_of_catalog else None
    except (OSError, ValueError, TypeError, KeyError, DecimalException):
        return None


def remember(out: Path, print_of_catalog: str, findings: Sequence[Finding], file: str = FILE) -> None:
    """Keep what was found; a folder of releases that is not there, or may not be written, is left as it is."""
    if not out.is_dir():
        return
    text = json.dumps({"of": print_of_catalog, "findings": list(map(written, findings))}, ensure_ascii=False)
    unfinished = out / FOLDER / f".{file}-{os.getpid()}"
    try:
        (out / FOLDER).mkdir(exist_ok=True)
        unfinished.write_text(text, encoding="utf-8")
        unfinished.replace(out / FOLDER / file)
    except OSError:
        return
