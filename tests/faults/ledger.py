"""What clients were told, and the check that all of it is true: read from the database file, past the program."""

from __future__ import annotations

import hashlib
import json
import threading
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pysqlite3 import dbapi2

from runtime.vault import Vault, open_vault


@dataclass(frozen=True, slots=True)
class Kept:
    """One row of what the database holds: who filed it, under which key and number, with which files."""

    key: str
    nomor: str
    name: str
    files: tuple[tuple[str, str], ...]  # address and state of each


@dataclass(slots=True)
class Ledger:
    """What was acknowledged: the number by the key, and the name that was filed under the key."""

    told: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, key: str, nomor: str, name: str) -> None:
        """Note an answer; one that differs from an earlier one to the same key is wrong already."""
        with self.lock:
            if self.told.setdefault(key, nomor) != nomor:
                self.wrong.append(f"{key} was told {self.told[key]} and then {nomor}")
            self.names[key] = name


def kept_in(folder: Path) -> list[Kept]:
    """Read what the database holds."""
    connection = dbapi2.connect(f"file:{folder}/satupintu.sqlite?mode=ro", uri=True)
    try:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        rows = connection.execute(
            "SELECT idempotency_key, nomor, daerah, person, key_id, wrapped, sealed "
            "FROM submission JOIN person_key USING (daerah, person) ORDER BY nomor"
        ).fetchall()
        files: dict[str, list[tuple[str, str]]] = {}
        contents = "SELECT nomor, address, state FROM submission_file LEFT JOIN file_content USING (daerah, id)"
        for nomor, address, state in connection.execute(contents):
            files.setdefault(nomor, []).append((address or "", state or ""))
    finally:
        connection.close()
    vault = open_vault(folder / "satupintu.vault")
    return [
        Kept(key.removeprefix("api:"), nomor, _name(vault, nomor, *sealed), tuple(files.get(nomor, ())))
        for key, nomor, *sealed in rows
    ]


def _name(vault: Vault, nomor: str, daerah: str, person: str, key_id: str, wrapped: bytes, sealed: bytes) -> str:
    """Return the name in the answers of a submission."""
    key = vault.unwrap(key_id, wrapped, "person", daerah, person)
    answers = json.loads(key.unseal(sealed, "submission", daerah, nomor).decode().split("\x1e")[0])
    return str(answers["nama"])


def faults(ledger: Ledger, kept: Sequence[Kept], shelf: Path, needs_file: Mapping[str, bool]) -> list[str]:
    """Say everything that is not as clients were told; an empty list is the only good answer."""
    found = list(ledger.wrong)
    by_key = {row.key: row for row in kept}
    found += [f"{key} is there {count} times" for key, count in Counter(row.key for row in kept).items() if count != 1]
    found += [f"{no} is there {n} times" for no, n in Counter(row.nomor for row in kept).items() if n != 1]
    for key, nomor in ledger.told.items():
        if key not in by_key:
            found.append(f"{key} was acknowledged as {nomor} and is not there")
        elif by_key[key].nomor != nomor:
            found.append(f"{key} was acknowledged as {nomor} and is {by_key[key].nomor}")
        elif by_key[key].name != ledger.names[key]:
            found.append(f"{key} has the answers of another")
        elif len(by_key[key].files) != (1 if needs_file[key] else 0):
            found.append(f"{key} has {len(by_key[key].files)} files")
    found += [f"{row.key} is there and nobody was told" for row in kept if row.key not in ledger.told]
    numbers = [int(row.nomor.rpartition("-")[2]) for row in kept]
    if sorted(numbers) != list(range(1, len(numbers) + 1)):
        found.append("the numbers have gaps")
    for row in kept:
        for address, state in row.files:
            path = shelf / address[:2] / address
            if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != address:
                found.append(f"{row.key} has lost its file")
            if state != "BERSIH":
                found.append(f"{row.key} has a file that is {state}")
    return found
