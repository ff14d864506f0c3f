"""Several who change a case at once, in threads and in processes: one wins each time, and what was told is kept."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import select

from runtime.cases.case_entry import ChangedError
from runtime.cases.journal_tables import event
from runtime.cases.store import Store
from runtime.cases.tables import submission
from tests.faults.store_client import change
from tests.sample_case import CITY, Hands, to_file
from tests.test_store_laws import file

PATIENCE = 120


def client(folder: Path, url: str | None, *arguments: object) -> subprocess.Popen[str]:
    """Start a process; it begins at a line on its input."""
    command = [sys.executable, "-m", "tests.faults.store_client", str(folder), url or "-", *map(str, arguments)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def wait_for(started: subprocess.Popen[str]) -> None:
    """Wait until its store is open."""
    assert started.stdout is not None
    assert started.stdout.readline() == "ready\n"


def go(started: subprocess.Popen[str]) -> None:
    assert started.stdin is not None
    started.stdin.write("go\n")
    started.stdin.flush()


def said(started: subprocess.Popen[str]) -> list[list[str]]:
    with started:
        answers, _ = started.communicate(timeout=PATIENCE)
    assert started.returncode == 0
    return [line.split() for line in answers.splitlines()]


def events_by(store: Store) -> dict[tuple[str, int], str]:
    rows = store.database.read(lambda c: c.execute(select(event.c.nomor, event.c.seq, event.c.payload)).all())
    return {(row.nomor, row.seq): row.payload for row in rows}


def test_of_eight_who_saw_the_same_one_wins(tmp_path: Path, database_url: str | None) -> None:
    with Store(tmp_path / "data", Hands(), url=database_url) as store:
        nomor = file(store, to_file()).nomor
        together = threading.Barrier(8)
        found: set[tuple[int, int]] = set()

        def officer(number: int) -> list[int]:
            won = []
            for seen in range(2, 27):
                together.wait(PATIENCE)
                try:
                    won.append(change(store, nomor, seen, str(number)))
                except ChangedError as slow:
                    found.add((seen, slow.found))
            return won

        with ThreadPoolExecutor(8) as officers:
            won = [seq for each in officers.map(officer, range(8)) for seq in each]
        assert sorted(won) == list(range(3, 28))
        assert found == {(seen, seen + 1) for seen in range(2, 27)}
        case = store.journal.case(CITY, nomor)
        assert case is not None
        assert case.seq == 27
        assert len(store.journal.events(CITY, nomor)) == 27


@pytest.mark.parametrize("count", [60, pytest.param(2000, marks=pytest.mark.long)])
def test_of_several_processes_one_wins_each_time_and_the_others_are_told(
    tmp_path: Path, postgres_url: str, count: int
) -> None:
    with Store(tmp_path, Hands(), url=postgres_url) as store:
        cases = [file(store, to_file(f"api:{number}")).nomor for number in range(3)]
        racing = [client(tmp_path, postgres_url, "race", name, count) for name in "abcd"]
        for each in racing:
            wait_for(each)
        for each in racing:
            go(each)
        answers = [(name, *line) for name, each in zip("abcd", racing, strict=True) for line in said(each)]
        won = {(nomor, int(seq)): name for name, verb, nomor, seq in answers if verb == "won"}
        assert len(answers) == 4 * count
        assert len(won) == sum(verb == "won" for _, verb, _, _ in answers), "nobody else won the same"
        assert len(won) < len(answers), "they met"
        found = events_by(store)
        assert found.keys() == won.keys() | {(nomor, seq) for nomor in cases for seq in (1, 2)}
        assert all(f'"oleh":"{name}"' in found[key] for key, name in won.items())


@pytest.mark.parametrize("count", [30, pytest.param(1000, marks=pytest.mark.long)])
def test_several_processes_that_file_under_the_same_keys_get_the_same_numbers(
    tmp_path: Path, postgres_url: str, count: int
) -> None:
    filing = [client(tmp_path, postgres_url, "same", name, count) for name in "abc"]
    for each in filing:
        wait_for(each)
    for each in filing:
        go(each)
    answers = [said(each) for each in filing]
    assert answers[0] == answers[1] == answers[2]
    assert sorted(nomor for _, _, nomor in answers[0]) == [f"KPG-2026-{n:06d}" for n in range(1, count + 1)]
    with Store(tmp_path, Hands(), url=postgres_url) as store:
        assert len(events_by(store)) == 2 * count


@pytest.mark.parametrize("kills", [2, pytest.param(40, marks=pytest.mark.long)])
def test_what_was_told_before_a_kill_is_there_exactly_once(
    tmp_path: Path, database_url: str | None, kills: int
) -> None:
    data = tmp_path / "data"
    told: list[list[str]] = []
    for number in range(kills):
        filing = client(data, database_url, "file", number, 100_000)
        wait_for(filing)
        go(filing)
        assert filing.stdout is not None
        with filing:
            told += [filing.stdout.readline().split() for _ in range(20 + number % 7)]
            os.kill(filing.pid, signal.SIGKILL)
            told += [whole.split() for line in filing.stdout if (whole := line) and line.endswith("\n")]
    with Store(data, Hands(), url=database_url) as store:
        kept = store.database.read(lambda c: c.execute(select(submission.c.idempotency_key, submission.c.nomor)).all())
        assert max(Counter(row.nomor for row in kept).values()) == 1
        filed = {(key, nomor) for verb, key, nomor in told if verb == "filed"}
        assert filed <= {(row.idempotency_key, row.nomor) for row in kept}
        assert len(kept) - len(filed) <= kills
        events = events_by(store)
        assert {(nomor, int(seq)) for verb, nomor, seq in told if verb == "changed"} <= events.keys()
        numbers = sorted(int(row.nomor.rpartition("-")[2]) for row in kept)
        assert numbers == list(range(1, len(numbers) + 1))
