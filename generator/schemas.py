"""The editor's schemas of a catalog, written where the first line of each permit's file points to."""

from __future__ import annotations

import json
from pathlib import Path

from generator.lowering.editor_schema import editor_schema
from generator.model import Catalog

FOLDER = ".skema"  # beside `izin/`; not committed, since every file in it follows from the catalog


def write_schemas(catalog: Catalog, folder: Path) -> int:
    """Write the schema of each permit that was read, and return how many; one that has a fault keeps its last."""
    written = 0
    for code, city in catalog.cities.items():
        for permit, versions in city.permits.items():
            path = folder / code / FOLDER / f"{permit}.json"
            path.parent.mkdir(exist_ok=True)
            text = json.dumps(editor_schema(city, versions[-1].permit), ensure_ascii=False) + "\n"
            path.write_text(text, encoding="utf-8")
            written += 1
    return written
