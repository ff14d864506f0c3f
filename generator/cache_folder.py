"""Where the program keeps what it can work out again: outside of every catalog, in a folder of the user's own."""

from __future__ import annotations

import os
from pathlib import Path


def cache_folder() -> Path | None:
    """Return the folder where the program keeps what it can work out again; None where the user has none."""
    named = os.environ.get("XDG_CACHE_HOME")
    if named:
        return Path(named) / "satupintu"
    try:
        return Path.home() / ".cache" / "satupintu"
    except RuntimeError:
        return None
