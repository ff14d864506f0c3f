"""Desks are given out by lot among those who may, and stay with who has them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection

from generator.model import Catalog
from rules.case_event import SYSTEM, Assigned
from runtime.cases.case_change import Change
from runtime.cases.case_entry import ChangedError
from runtime.cases.casework import Casework
from runtime.chores.assignment import LEFT, Assignment
from runtime.people.accounts import Accounts
from runtime.people.actor import Post
from runtime.people.hashing import HashingQueue
from runtime.people.recusal import nik_index
from tests.kupang_office import CITY, KupangOffice, kupang_catalog, open_office, published

TEAM = Post("dlhk", "tim_teknis")
A, B, C = "198701012011012001", "198701012011012002", "198701012011012003"


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return kupang_catalog()


@pytest.fixture(scope="module")
def releases(catalog: Catalog, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return published(tmp_path_factory.mktemp("rilis"), catalog)


class Bureau:
    """An office, its people, and the lot."""

    def __init__(self, office: KupangOffice) -> None:
        self.office = office
        self.accounts = Accounts(office.store.database, office.hands, HashingQueue())
        self.assignment = Assignment(office.store, office.casework, self.accounts, demo=False)

    def hire(self, *people: str, held: Post = TEAM) -> None:
        for nip in people:
            self.office.run(self.accounts.add(CITY, nip, f"Petugas {nip[-1]}", held))

    def reviewed(self) -> str:
        """File a case and lead it to the desks side by side."""
        nomor = self.office.file()
        self.office.approve_all(nomor)
        return nomor

    def give(self) -> int:
        return self.office.run(self.assignment.all_of(CITY))

    def holder(self, nomor: str, place: int = 1) -> str | None:
        desk = self.office.state(nomor).desk("teknis", place)
        assert desk is not None
        return desk.person


@pytest.fixture
def bureau(tmp_path: Path, releases: Path, catalog: Catalog) -> Iterator[Bureau]:
    office = open_office(tmp_path, releases, catalog)
    yield Bureau(office)
    office.store.close()
    office.releases.close()


def test_a_desk_goes_to_one_of_those_who_may_and_only_its_own_agencys(bureau: Bureau) -> None:
    bureau.hire(A, B)
    nomor = bureau.reviewed()
    assert bureau.give() == 1
    assert bureau.holder(nomor) in {A, B}
    assert bureau.holder(nomor, 0) is None  # nobody of pupr
    (given,) = [one for one in bureau.office.casework.history(CITY, nomor) if isinstance(one.event, Assigned)]
    assert given.by == SYSTEM


def test_what_was_given_is_not_given_again(bureau: Bureau) -> None:
    bureau.hire(A, B)
    bureau.reviewed()
    assert bureau.give() == 1
    assert bureau.give() == 0


def test_a_case_that_others_keep_changing_keeps_no_other_from_its_desk(bureau: Bureau) -> None:
    bureau.hire(A, B)
    busy, other = bureau.reviewed(), bureau.reviewed()
    casework = bureau.office.casework

    def quicker(connection: Connection, change: Change) -> None:
        assert connection is not None
        if change.case.key.nomor == busy:
            raise ChangedError(change.case.key, change.first_seq)

    find = bureau.office.releases
    slower = Casework(
        bureau.office.store, lambda digest, city: find.of(digest).cities.get(city), (*casework.effects, quicker)
    )
    bureau.assignment = Assignment(bureau.office.store, slower, bureau.accounts, demo=False)
    assert bureau.give() == 1
    assert (bureau.holder(busy), bureau.holder(other) in {A, B}) == (None, True)


def test_where_one_alone_may_nothing_is_given(bureau: Bureau) -> None:
    bureau.hire(A)
    nomor = bureau.reviewed()
    assert bureau.give() == 0
    assert bureau.holder(nomor) is None


def test_a_head_is_not_drawn_for_the_work_of_the_team(bureau: Bureau) -> None:
    bureau.hire(A, B)
    bureau.hire(C, held=Post("dlhk", "kepala"))
    for _ in range(8):
        bureau.reviewed()
    bureau.give()
    assert C not in {bureau.holder(f"KPG-2026-{number:06}") for number in range(1, 9)}


def test_the_lot_spreads_the_work_and_is_the_same_each_time(bureau: Bureau) -> None:
    bureau.hire(A, B, C)
    numbers = [bureau.reviewed() for _ in range(30)]
    bureau.give()
    shares = Counter(bureau.holder(nomor) for nomor in numbers)
    assert set(shares) == {A, B, C}
    assert min(shares.values()) >= 3, shares


def test_who_stands_in_the_application_is_not_drawn(bureau: Bureau) -> None:
    bureau.hire(A, B)
    numbers = [bureau.reviewed() for _ in range(6)]
    nik = str(bureau.office.case(numbers[0]).answers["nik"])
    own = nik_index(bureau.office.store.vault, CITY, nik)
    bureau.office.run(bureau.accounts.tell_own(CITY, A, own, None))
    bureau.give()
    assert {bureau.holder(nomor) for nomor in numbers} == {B}


def test_what_somebody_held_who_left_is_given_to_another(bureau: Bureau) -> None:
    bureau.hire(A, B, C)
    nomor = bureau.reviewed()
    bureau.give()
    gone = bureau.holder(nomor)
    assert gone is not None
    bureau.office.run(bureau.accounts.close(CITY, gone))
    assert bureau.give() == 1
    assert bureau.holder(nomor) in {A, B, C} - {gone}
    case = bureau.office.case(nomor)
    assert case.note(case.seq) == LEFT
