"""The process that is killed while a file comes in: `python -m tests.faults.upload_child FOLDER FORMAT [URL]`.

It takes one file for a draft and prints the file's id once it is acknowledged. `SATUPINTU_TITIK_HENTI` names the point
at which it ends as in a power cut.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from runtime.cases.store import Store
from runtime.clock import system_clock
from runtime.documents.upload import Incoming, Upload
from tests.sample_files import CITY, DRAFT, GOOD_JPEG, GOOD_PDF, KTP, pieces


def main() -> None:
    """Take one file."""
    folder, form = Path(sys.argv[1]), sys.argv[2]
    content, name = (GOOD_PDF, "a.pdf") if form == "pdf" else (GOOD_JPEG, "a.jpg")
    with Store(folder, system_clock, url=sys.argv[3] if len(sys.argv) > 3 else None) as store:
        taken = asyncio.run(store.shelf.accept(CITY, Incoming(KTP, None, name, "", pieces(content), DRAFT)))
        assert isinstance(taken, Upload), taken
        print(taken.id, flush=True)


if __name__ == "__main__":
    main()
