"""Officers, applicants, banks and signatories who race for the same cases: one wins each time, all others are told what
changed, and what is kept is what they were told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.careless_office import reads_then_writes, takes_nothing_for_a_route, takes_twice
from tests.faults.race import Race
from tests.faults.race_review import Review
from tests.faults.racer import CATALOG
from tests.kupang_office import published

MANY = [5_000, pytest.param(50_000, marks=pytest.mark.long)]
VERBS = {
    "file", "approve", "return", "refuse", "resubmit", "assign", "withdraw", "bank", "ask signature", "sign by hand",
    "send", "signature fails", "revoke",
}  # fmt: skip

MakeRace = Callable[[str | None], Race]


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return published(tmp_path_factory.mktemp("rilis"), CATALOG)


@pytest.fixture
def make(tmp_path: Path, releases: Path) -> MakeRace:
    return lambda url: Race(tmp_path / "balapan", releases, url)


def sound(race: Race, count: int) -> Review:
    """Check that everybody was told the truth, that many met, and that the audit finds nothing."""
    review = race.review()
    assert review.faults == ()
    assert review.operations >= count * 0.99
    assert review.lost > review.operations / 5, "they met"
    assert all(one.got is not None for one in race.tried()), "nobody is left without an answer"
    assert {one.verb for one in race.tried()} >= VERBS
    report = race.audit(review)
    assert report.breaches == ()
    assert report.looked_at["acknowledged"] == report.looked_at["cases"] >= count / 100
    return review


@pytest.mark.parametrize("count", MANY)
def test_of_several_processes_on_postgres_one_wins_and_the_others_are_told_what_changed(
    make: MakeRace, postgres_url: str, count: int
) -> None:
    race = make(postgres_url)
    race.between_processes(count)
    sound(race, count)


@pytest.mark.parametrize("count", MANY)
def test_of_many_at_once_on_sqlite_one_wins_and_the_others_are_told_what_changed(make: MakeRace, count: int) -> None:
    race = make(None)
    race.in_one_process(count)
    sound(race, count)


@pytest.mark.parametrize("kills", [20, pytest.param(500, marks=pytest.mark.long)])
def test_racers_that_are_killed_at_random_moments_leave_nothing_half(
    make: MakeRace, postgres_url: str, kills: int
) -> None:
    race = make(postgres_url)
    race.with_kills(kills, seed=kills)
    review = race.review()
    assert review.faults == ()
    assert review.came_to["NoneType"] > kills / 4, "they were killed while they did something"
    assert race.audit(review).breaches == ()


def test_officers_who_read_and_then_write_are_caught(make: MakeRace) -> None:
    race = make(None)
    race.in_one_process(200, reads_then_writes)
    review = race.review()
    assert any("in no order" in fault or "come to nothing" in fault for fault in review.faults)
    assert {"I4"} <= {breach.invariant for breach in race.audit(review).breaches}


def test_a_payment_that_is_accepted_twice_is_caught(make: MakeRace, monkeypatch: pytest.MonkeyPatch) -> None:
    race = make(None)
    with monkeypatch.context() as patch:
        race.in_one_process(400, lambda office: takes_twice(office, patch))
    review = race.review()
    assert any("is there already" in fault for fault in review.faults)
    assert {"I4"} <= {breach.invariant for breach in race.audit(review).breaches}


def test_an_engine_without_an_answer_that_is_taken_for_a_route_is_caught(
    make: MakeRace, monkeypatch: pytest.MonkeyPatch
) -> None:
    race = make(None)
    with monkeypatch.context() as patch:
        takes_nothing_for_a_route(patch)
        race.in_one_process(200)
    review = race.review()
    assert review.faults == (), "each has won its own; it is the way that is wrong"
    assert {"I10"} <= {breach.invariant for breach in race.audit(review).breaches}
