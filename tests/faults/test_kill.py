"""kill -9 at random moments: everything that was acknowledged is there exactly once, under the number that was told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.faults.filing_office import Office
from tests.faults.ledger import Kept, Ledger, faults
from tests.faults.sample_server import prepare


def survive(folder: Path, submissions: int, kills: int, seed: int) -> Office:
    prepare(folder)
    office = Office(folder, seed)
    office.run(submissions, kills)
    assert len(office.ledger.told) == submissions
    assert office.unanswered > 0, "no kill met a request"
    assert office.faults() == []
    return office


def test_twenty_submissions_survive_four_kills(tmp_path: Path) -> None:
    survive(tmp_path, 20, 4, seed=1)


@pytest.mark.long
@pytest.mark.parametrize("seed", [2, 3])
def test_two_hundred_submissions_survive_forty_kills(tmp_path: Path, seed: int) -> None:
    survive(tmp_path, 200, 40, seed)


def test_a_server_that_answers_before_it_commits_is_caught(tmp_path: Path) -> None:
    prepare(tmp_path)
    office = Office(tmp_path, seed=4, careless=True, retry=False)
    office.run(12, 4)
    assert any("was acknowledged as" in fault for fault in office.faults())


def lost(kept: list[Kept]) -> list[Kept]:
    return kept[1:]


def doubled(kept: list[Kept]) -> list[Kept]:
    return [*kept, replace(kept[0], nomor="UJI-2026-000004")]


def renumbered(kept: list[Kept]) -> list[Kept]:
    return [replace(kept[0], nomor="UJI-2026-000009"), *kept[1:]]


def swapped(kept: list[Kept]) -> list[Kept]:
    return [replace(kept[0], name="Pemohon 9"), *kept[1:]]


def unasked(kept: list[Kept]) -> list[Kept]:
    return [*kept, Kept("x", "UJI-2026-000004", "Pemohon 4", ())]


def without_file(kept: list[Kept]) -> list[Kept]:
    return [replace(kept[0], files=(("0" * 64, "BERSIH"),)), *kept[1:]]


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (lambda kept: kept, []),
        (lost, ["a was acknowledged as UJI-2026-000001 and is not there", "the numbers have gaps"]),
        (doubled, ["a is there 2 times", "a was acknowledged as UJI-2026-000001 and is UJI-2026-000004"]),
        (renumbered, ["a was acknowledged as UJI-2026-000001 and is UJI-2026-000009", "the numbers have gaps"]),
        (swapped, ["a has the answers of another"]),
        (unasked, ["x is there and nobody was told"]),
        (without_file, ["a has 1 files", "a has lost its file"]),
    ],
)
def test_the_check_goes_red(tmp_path: Path, harm: Callable[[list[Kept]], list[Kept]], said: list[str]) -> None:
    ledger = Ledger()
    kept = [Kept(key, f"UJI-2026-00000{n}", f"Pemohon {n}", ()) for n, key in enumerate("abc", 1)]
    for row in kept:
        ledger.note(row.key, row.nomor, row.name)
    assert faults(ledger, harm(kept), tmp_path, dict.fromkeys("abc", False)) == said


def test_two_answers_to_one_key_are_seen() -> None:
    ledger = Ledger()
    ledger.note("a", "UJI-2026-000001", "x")
    ledger.note("a", "UJI-2026-000002", "x")
    assert ledger.wrong == ["a was told UJI-2026-000001 and then UJI-2026-000002"]
