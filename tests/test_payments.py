"""What a bank tells is recorded once with its case, whatever has become of it, and the case goes on where it can."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import func, select

from generator.model import Catalog
from rules.case_event import APPLICANT, Actor, Paid, Waived
from rules.citation import Citation
from rules.command import NothingToDo, NotNow, TwoPeopleNeeded, UnknownLaw, Waive, Withdraw
from runtime.cases.case_change import Kept
from runtime.cases.open_case import BILL
from runtime.chores.closing_days import close_money
from runtime.money.bill_record import BillRecord, BillStatus, new_code, standing
from runtime.money.book import Outcome, treasury
from runtime.money.money_tables import bill, payment
from runtime.money.payments import BankCall, Payments, Receipt, ReferenceReused, UnknownBill
from runtime.money.returns import Returns
from runtime.money.sums import faults, sums
from runtime.money.waivers import Waivers, WaiverStatus
from tests.kupang_office import CITY, HEAD, KupangOffice, kupang_catalog, open_office, published

DUE = 3_244_500


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return kupang_catalog()


@pytest.fixture(scope="module")
def releases(catalog: Catalog, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return published(tmp_path_factory.mktemp("rilis"), catalog)


@pytest.fixture
def office(tmp_path: Path, releases: Path, catalog: Catalog, database_url: str | None) -> Iterator[KupangOffice]:
    opened = open_office(tmp_path, releases, catalog, url=database_url)
    yield opened
    opened.store.close()
    opened.releases.close()


@pytest.fixture
def payments(office: KupangOffice) -> Payments:
    return Payments(office.store, office.casework)


@pytest.fixture
def nomor(office: KupangOffice) -> str:
    return to_payment(office)


def to_payment(office: KupangOffice) -> str:
    filed = office.file()
    for _ in range(3):
        office.approve_all(filed)
    assert office.state(filed).status == "pembayaran"
    return filed


def bill_of(office: KupangOffice, nomor: str) -> BillRecord:
    found = office.store.database.read(lambda connection: standing(connection, CITY, nomor))
    assert found is not None
    return found


def call(office: KupangOffice, code: str, reference: str = "QR-1", amount: int = DUE) -> BankCall:
    return BankCall(reference, code, amount, office.hands() - timedelta(seconds=3))


def taken(office: KupangOffice, payments: Payments, told: BankCall) -> Receipt:
    receipt = office.run(payments.take(CITY, told))
    assert isinstance(receipt, Receipt), receipt
    return receipt


def sound(office: KupangOffice) -> bool:
    return office.store.database.read(lambda connection: list(faults(connection, CITY))) == []


def test_a_bill_is_there_with_its_event_and_its_lines_beside_it(office: KupangOffice, nomor: str) -> None:
    record = bill_of(office, nomor)
    assert (record.number, record.due, record.agency) == ("KPG-SKRD-2026-000001", DUE, "dpmptsp")
    case = office.case(nomor)
    lines = case.private[record.seq][BILL]
    assert isinstance(lines, dict)
    assert lines["due"] == DUE
    assert str(DUE) not in record.code


@pytest.mark.parametrize("ended", [True, False])
def test_money_that_comes_late_for_somebody_who_was_forgotten_is_recorded_once_and_held(
    office: KupangOffice, payments: Payments, nomor: str, ended: bool
) -> None:
    code = bill_of(office, nomor).code
    if ended:
        office.done(nomor, Withdraw(), APPLICANT)
    case = office.store.journal.case(CITY, nomor)
    assert case is not None
    person = case.person
    forget = partial(office.store.people.forget, daerah=CITY, person=person, at=office.hands())
    office.run(office.store.database.write(forget))
    told = call(office, code)
    first = taken(office, payments, told)
    assert (first.outcome, first.held) == (Outcome.LATE, DUE)
    assert taken(office, payments, told) == first
    kept = office.casework.state(CITY, nomor)
    assert kept is not None
    assert kept.account is not None
    assert (kept.status, kept.account.paid) == ("dibatalkan", DUE)  # nobody can decide it any more
    assert sound(office)
    events = [one.event for one in office.casework.history(CITY, nomor)]
    assert isinstance(events[-1], Paid)
    money = Returns(office.store, office.casework)
    assert isinstance(office.run(money.give_back(CITY, nomor, "T-1", TREASURER)), Kept)
    assert list(money.held(CITY)) == []
    assert sound(office)


def test_a_payment_lets_the_case_go_on(office: KupangOffice, payments: Payments, nomor: str) -> None:
    code = bill_of(office, nomor).code
    receipt = taken(office, payments, call(office, code))
    assert (receipt.outcome, receipt.applied, receipt.held) == (Outcome.EXACT, DUE, 0)
    assert office.state(nomor).status == "penandatanganan"
    assert bill_of(office, nomor).status is BillStatus.SETTLED
    assert sound(office)


def test_told_again_it_is_answered_as_the_first_time(office: KupangOffice, payments: Payments, nomor: str) -> None:
    told = call(office, bill_of(office, nomor).code)
    first = taken(office, payments, told)
    seq = office.case(nomor).seq
    office.hands.pass_by(hours=3)
    assert taken(office, payments, told) == first
    assert office.case(nomor).seq == seq
    other = BankCall(told.reference, told.code, told.amount + 1, told.paid_at)
    assert office.run(payments.take(CITY, other)) == ReferenceReused()
    elsewhere = BankCall(told.reference, bill_of(office, to_payment(office)).code, DUE, told.paid_at)
    assert office.run(payments.take(CITY, elsewhere)) == ReferenceReused()
    assert sound(office)


def test_a_code_that_no_bill_has_is_nobodys_money(office: KupangOffice, payments: Payments, nomor: str) -> None:
    assert office.run(payments.take(CITY, call(office, new_code()))) == UnknownBill()
    assert office.state(nomor).status == "pembayaran"


def test_too_little_and_too_much(office: KupangOffice, payments: Payments, nomor: str) -> None:
    code = bill_of(office, nomor).code
    assert taken(office, payments, call(office, code, "QR-1", DUE - 1)).outcome is Outcome.SHORT
    assert office.state(nomor).status == "pembayaran"
    rest = taken(office, payments, call(office, code, "QR-2", 10))
    assert (rest.outcome, rest.applied, rest.held) == (Outcome.OVER, 1, 9)
    assert office.state(nomor).status == "penandatanganan"
    assert [one.reference for one in payments.of_case(CITY, nomor)] == ["QR-1", "QR-2"]
    assert len(payments.of_day(CITY, office.hands().date())) == 2
    assert sound(office)


def test_money_that_comes_after_the_end_is_recorded(office: KupangOffice, payments: Payments, nomor: str) -> None:
    code = bill_of(office, nomor).code
    office.done(nomor, Withdraw(), APPLICANT)
    assert bill_of(office, nomor).status is BillStatus.CANCELLED
    receipt = taken(office, payments, call(office, code))
    assert (receipt.outcome, receipt.applied, receipt.held) == (Outcome.LATE, 0, DUE)
    assert office.state(nomor).status == "dibatalkan"
    assert sound(office)


def test_a_waiver_by_two_people_lets_the_case_go_on(office: KupangOffice, payments: Payments, nomor: str) -> None:
    taken(office, payments, call(office, bill_of(office, nomor).code, amount=500))
    law = Citation("uu-1-2022", "96")
    assert office.act(nomor, Waive(law, HEAD.person), HEAD) == TwoPeopleNeeded()
    office.done(nomor, Waive(law, "bendahara"), HEAD)
    assert office.state(nomor).status == "penandatanganan"
    (waived,) = [one.event for one in office.casework.history(CITY, nomor) if isinstance(one.event, Waived)]
    assert waived.amount == DUE - 500
    assert bill_of(office, nomor).waived == DUE - 500
    assert sound(office)


def test_nothing_is_waived_of_a_case_that_is_over(office: KupangOffice, nomor: str) -> None:
    office.done(nomor, Withdraw(), APPLICANT)
    assert office.act(nomor, Waive(Citation("uu-1-2022"), "bendahara"), HEAD) == NotNow("dibatalkan")


def test_a_call_told_by_many_at_once_is_one_payment(office: KupangOffice, payments: Payments, nomor: str) -> None:
    told = call(office, bill_of(office, nomor).code)
    answers: list[object] = []

    def tell() -> None:
        answers.append(asyncio.run(payments.take(CITY, told)))

    threads = [threading.Thread(target=tell) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [answers[0]] * 8
    assert isinstance(answers[0], Receipt)
    assert len([one for one in office.casework.history(CITY, nomor) if isinstance(one.event, Paid)]) == 1
    assert sound(office)


def test_different_calls_at_once_are_all_recorded(office: KupangOffice, payments: Payments, nomor: str) -> None:
    code = bill_of(office, nomor).code
    told = [call(office, code, f"QR-{number}", DUE // 4) for number in range(6)]

    async def tell_all() -> list[object]:
        return list(await asyncio.gather(*(payments.take(CITY, one) for one in told)))

    outcomes = [one.outcome for one in office.run(tell_all()) if isinstance(one, Receipt)]
    assert sorted(outcomes) == [Outcome.SHORT] * 3 + [Outcome.OVER] * 2 + [Outcome.EXACT]
    count = office.store.database.read(lambda c: c.execute(select(func.count()).select_from(payment)).scalar_one())
    assert count == 6
    assert bill_of(office, nomor).paid == DUE
    assert sound(office)


def test_processes_that_are_told_the_same_record_it_once(
    tmp_path: Path, releases: Path, catalog: Catalog, postgres_url: str
) -> None:
    office = open_office(tmp_path, releases, catalog, url=postgres_url)
    nomor = to_payment(office)
    code = bill_of(office, nomor).code
    calls = json.dumps([[f"QR-{number}", code, DUE // 3] for number in range(4)])
    given = [str(tmp_path), str(releases), postgres_url, office.hands().isoformat(), calls]
    command = [sys.executable, "-m", "tests.pay_child", *given]
    children = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    said = [child.communicate(timeout=120)[0].split() for child in children]
    assert [sorted(outcomes) for outcomes in said] == [["kurang", "kurang", "lebih", "pas"]] * 3
    assert said == [said[0]] * 3
    payments = Payments(office.store, office.casework)
    assert [one.amount for one in payments.of_case(CITY, nomor)] == [DUE // 3] * 4
    assert (bill_of(office, nomor).paid, office.state(nomor).status) == (DUE, "penandatanganan")
    assert sound(office)
    office.store.close()
    office.releases.close()


def test_every_bill_has_its_own_number_and_code(office: KupangOffice) -> None:
    nomors = [to_payment(office) for _ in range(3)]
    records = [bill_of(office, nomor) for nomor in nomors]
    assert [one.number[-6:] for one in records] == ["000001", "000002", "000003"]
    assert len({one.code for one in records}) == 3
    assert office.store.database.read(lambda c: c.execute(select(func.count()).select_from(bill)).scalar_one()) == 3


def test_the_door_minds_the_bills_of_an_agency_without_a_treasurer(catalog: Catalog) -> None:
    city = catalog.cities[CITY].city
    assert [treasury(city, one) for one in ("pupr", "bapenda", None)] == ["dpmptsp", "bapenda", "dpmptsp"]


TREASURER = Actor("197502022001122002", "bendahara", "dpmptsp")
LAW = Citation("uu-1-2022", "96")


@pytest.fixture
def waivers(office: KupangOffice) -> Waivers:
    return Waivers(office.store, office.casework)


def test_what_one_proposes_another_confirms(office: KupangOffice, waivers: Waivers, nomor: str) -> None:
    proposed = office.run(waivers.propose(CITY, nomor, LAW, "Keluarga tidak mampu", TREASURER))
    assert isinstance(proposed, Kept)
    (one,) = waivers.open_ones(CITY)
    assert (one.nomor, one.citation, one.amount, one.proposed_by) == (nomor, LAW, DUE, TREASURER.person)
    assert office.case(nomor).note(one.seq) == "Keluarga tidak mampu"
    assert office.run(waivers.propose(CITY, nomor, LAW, "Sekali lagi", TREASURER)) == NothingToDo()
    assert office.run(waivers.confirm(CITY, nomor, one.seq, TREASURER)) == TwoPeopleNeeded()
    assert office.run(waivers.decline(CITY, nomor, one.seq, "", TREASURER)) == TwoPeopleNeeded()
    assert office.state(nomor).status == "pembayaran"
    assert isinstance(office.run(waivers.confirm(CITY, nomor, one.seq, HEAD)), Kept)
    assert office.state(nomor).status == "penandatanganan"
    assert office.run(waivers.confirm(CITY, nomor, one.seq, HEAD)) == NothingToDo()
    assert waivers.open_ones(CITY) == []
    assert [(one.status, one.amount) for one in waivers.of_case(CITY, nomor)] == [(WaiverStatus.CONFIRMED, DUE)]
    assert sound(office)


def test_a_waiver_that_is_declined_leaves_the_bill_open(office: KupangOffice, waivers: Waivers, nomor: str) -> None:
    assert office.run(waivers.propose(CITY, nomor, Citation("perda-9-1999"), "Ya", TREASURER)) == UnknownLaw()
    office.run(waivers.propose(CITY, nomor, LAW, "Ya", TREASURER))
    (one,) = waivers.open_ones(CITY)
    assert isinstance(office.run(waivers.decline(CITY, nomor, one.seq, "Tidak ada dasarnya", HEAD)), Kept)
    assert (waivers.open_ones(CITY), bill_of(office, nomor).open) == ([], DUE)
    assert isinstance(office.run(waivers.propose(CITY, nomor, LAW, "Ada", TREASURER)), Kept)


def test_a_proposal_falls_when_the_bill_is_paid(
    office: KupangOffice, waivers: Waivers, payments: Payments, nomor: str
) -> None:
    office.run(waivers.propose(CITY, nomor, LAW, "Ya", TREASURER))
    (one,) = waivers.open_ones(CITY)
    taken(office, payments, call(office, bill_of(office, nomor).code))
    assert waivers.open_ones(CITY) == []
    assert office.run(waivers.confirm(CITY, nomor, one.seq, HEAD)) == NothingToDo()
    assert office.run(waivers.propose(CITY, nomor, LAW, "Ya", TREASURER)) == NothingToDo()
    assert waivers.of_case(CITY, nomor) == []


def test_what_no_bill_needs_is_returned_once_the_case_has_ended(
    office: KupangOffice, payments: Payments, nomor: str
) -> None:
    returns = Returns(office.store, office.casework)
    code = bill_of(office, nomor).code
    taken(office, payments, call(office, code, "QR-1", 1000))
    assert returns.held(CITY) == []
    assert office.run(returns.give_back(CITY, nomor, "TRF-1", TREASURER)) == NotNow("pembayaran")
    office.done(nomor, Withdraw(), APPLICANT)
    taken(office, payments, call(office, code, "QR-2", 500))
    (money,) = returns.held(CITY)
    assert (money.nomor, money.agency, money.amount, money.ended_at is None) == (nomor, "dpmptsp", 1500, False)
    assert isinstance(office.run(returns.give_back(CITY, nomor, "TRF-1", TREASURER)), Kept)
    assert returns.held(CITY) == []
    assert office.run(returns.give_back(CITY, nomor, "TRF-2", TREASURER)) == NothingToDo()
    whole = office.store.database.read(lambda connection: sums(connection, CITY, office.hands().date()))
    assert (whole.received, whole.returned, whole.held, whole.cancelled) == (1500, 1500, 0, DUE)
    assert sound(office)


def test_a_day_of_money_is_closed_once_it_is_over(office: KupangOffice, payments: Payments, nomor: str) -> None:
    taken(office, payments, call(office, bill_of(office, nomor).code))
    city = office.releases.current.cities[CITY].city
    midnight = datetime(2026, 3, 2, 16, tzinfo=UTC)
    days = [midnight - timedelta(minutes=1), midnight + timedelta(minutes=9), midnight + timedelta(minutes=11)]
    assert [office.run(close_money(office.store, city, at)) for at in days] == [0, 0, 1]
    assert office.run(close_money(office.store, city, midnight + timedelta(hours=30))) == 0
    assert sound(office)
