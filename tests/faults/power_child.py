"""Who files until the power goes: `python -m tests.faults.power_child FOLDER RELEASES URL COUNT [normal]`, URL `-` for
SQLite. Each answer is a line in `told` in the folder, before the next thing is asked; `normal` is SQLite as a careless
operator has it.
"""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

from runtime.cases import sqlite_database
from runtime.clock import fixed
from runtime.documents.upload import Incoming, Upload
from tests.faults.race_office import RaceOffice, race_office
from tests.kupang_office import CITY, FILED, kupang_catalog
from tests.sample_files import DRAFT, GOOD_JPEG, KTP, pieces

AT_ONCE = 3
UPLOAD_EVERY = 15


async def file_all(office: RaceOffice, told: int, count: int) -> None:
    """File so many, some at once, and give a file now and then."""
    numbers = iter(range(count))

    async def client() -> None:
        for number in numbers:
            filed = await office.file(number, f"listrik-{number}")
            os.write(told, f"filed listrik-{number} {filed.nomor}\n".encode())
            if number % UPLOAD_EVERY == 0:
                incoming = Incoming(KTP, None, "a.jpg", "", pieces(GOOD_JPEG), DRAFT)
                given = await office.store.shelf.accept(CITY, incoming)
                assert isinstance(given, Upload), given
                os.write(told, f"given {given.id} -\n".encode())

    await asyncio.gather(*(client() for _ in range(AT_ONCE)))


def main() -> None:
    """File."""
    folder, releases, url, count = sys.argv[1:5]
    if sys.argv[5:] == ["normal"]:
        sqlite_database.PRAGMAS["synchronous"] = 1
    told = os.open(Path(folder) / "told", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    address = None if url == "-" else url
    with race_office(Path(folder) / "data", Path(releases), kupang_catalog(), fixed(FILED), address) as office:
        asyncio.run(file_all(office, told, int(count)))


if __name__ == "__main__":
    main()
