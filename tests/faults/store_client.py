"""A process that files, or races for cases, and says what it was told: `… FOLDER URL file|same|race NAME COUNT`.

URL is `-` for SQLite. Each answer is a line on the standard output, written before the next thing is asked.
"""

from __future__ import annotations

import asyncio
import random
import sys
from pathlib import Path

from sqlalchemy import Connection, select

from runtime.cases.case_entry import CaseKey, ChangedError, Entry
from runtime.cases.journal_tables import case_file
from runtime.cases.store import Store
from tests.sample_case import AT, CITY, OFFICER, Hands, come_to, to_file


def say(*words: object) -> None:
    print(*words, flush=True)


def file(store: Store, name: str, count: int) -> None:
    """File applications and change each once: `filed KEY NOMOR`, `changed NOMOR SEQ`."""
    for number in range(count):
        key = f"api:{name}-{number}"
        filed = asyncio.run(store.submissions.file(to_file(key)))
        say("filed", key, filed.nomor)
        say("changed", filed.nomor, change(store, filed.nomor, 2, name))


def same(store: Store, name: str, count: int) -> None:
    """File under keys that others file under too: `filed KEY NOMOR`."""
    for number in range(count):
        key = f"api:same-{number}"
        say("filed", key, asyncio.run(store.submissions.file(to_file(key))).nomor)


def race(store: Store, name: str, count: int) -> None:
    """Change cases as they were seen a moment before: `won NOMOR SEQ` or `lost NOMOR FOUND`."""
    chance = random.Random(name)
    cases = [
        str(nomor) for nomor in store.database.read(lambda c: c.execute(select(case_file.c.nomor)).scalars().all())
    ]
    for _ in range(count):
        nomor = chance.choice(cases)
        seen = store.journal.case(CITY, nomor)
        assert seen is not None
        try:
            say("won", nomor, change(store, nomor, seen.seq, name))
        except ChangedError as slow:
            say("lost", nomor, slow.found)


def change(store: Store, nomor: str, expected: int, name: str) -> int:
    def work(connection: Connection) -> int:
        entries = (Entry("ditinjau", {"oleh": name}, {"catatan": name}),)
        return store.journal.append(connection, CaseKey(CITY, nomor), expected, OFFICER, AT, entries, come_to())

    return store.database.submit(work).result(60)


def main() -> None:
    """Do what the arguments say."""
    folder, url, act, name, count = sys.argv[1:]
    with Store(Path(folder), Hands(), url=None if url == "-" else url) as store:
        say("ready")
        sys.stdin.readline()
        {"file": file, "same": same, "race": race}[act](store, name, int(count))


if __name__ == "__main__":
    main()
