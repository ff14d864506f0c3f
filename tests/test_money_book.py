"""The book of money: what was billed is paid, waived, cancelled or open, to the rupiah, whatever happens."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, select, update
from sqlalchemy.exc import DatabaseError, IntegrityError

from rules.case_event import APPLICANT, BillIssued, Ended, Event, Filed, Happened, Paid, Waived
from rules.case_fold import after
from rules.case_state import Account, CaseState
from rules.citation import Citation
from runtime.cases.codes import city_sign
from runtime.cases.database import Database, open_database
from runtime.money.bill_record import BillRecord, BillStatus, known_by, new_code, read_code, standing
from runtime.money.book import Outcome, Told, enter, held
from runtime.money.money_tables import bill, closing, ledger, payment
from runtime.money.sums import Sums, close_days, faults, sums, sums_until
from tests.postgres import Cluster

T = TypeVar("T")
ZONE = "Asia/Makassar"
AT = datetime(2026, 7, 1, 1, tzinfo=UTC)
LAW = Citation("uu-1-2022", "96")


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def database(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Database]:
    folder = tmp_path_factory.mktemp("money")
    with ExitStack() as ends:
        url = None
        if request.param == "postgres":
            cluster = request.getfixturevalue("cluster")
            assert isinstance(cluster, Cluster)
            url = ends.enter_context(cluster.database())
        opened = open_database(folder, url)
        ends.callback(opened.close)
        yield opened


@pytest.fixture
def city(cities: Iterator[int]) -> str:
    return f"kota-{next(cities)}"


@pytest.fixture(scope="module")
def cities() -> Iterator[int]:
    return count(1)


@dataclass
class Case:
    """A case that knows nothing but money: its events, folded by the rules, and entered into the book."""

    database: Database
    daerah: str
    nomor: str = "KPG-2026-000001"
    at: datetime = AT
    state: CaseState = field(init=False)

    def __post_init__(self) -> None:
        filed = Filed("pbg", "2026-01-01", "r", "verifikasi", "dpmptsp")
        self.state = after(None, Happened(1, self.at, APPLICANT, filed))

    def happens(self, *events: Event, at: datetime | None = None) -> None:
        self.at = at or self.at + timedelta(minutes=1)
        told = told_of(self.daerah, self.nomor, self.at, self.state.seq + 1, *events)
        self.write(lambda connection: enter(connection, told))
        for event in events:
            self.state = after(self.state, Happened(self.state.seq + 1, self.at, APPLICANT, event))

    def write(self, work: Callable[[Connection], T]) -> T:
        return self.database.submit(work).result(60)

    def bill(self) -> BillRecord:
        found = self.database.read(lambda connection: standing(connection, self.daerah, self.nomor))
        assert found is not None
        return found

    def outcome(self, reference: str) -> str:
        query = select(payment.c.outcome).where(payment.c.daerah == self.daerah, payment.c.reference == reference)
        return self.database.read(lambda connection: str(connection.execute(query).scalar_one()))

    def held(self) -> int:
        return self.database.read(lambda connection: held(connection, self.daerah, self.nomor))

    def account(self) -> Account:
        assert self.state.account is not None
        return self.state.account


def told_of(daerah: str, nomor: str, at: datetime, first_seq: int, *events: Event) -> Told:
    return Told(daerah, nomor, ZONE, at, first_seq, events, lambda collector: collector or "dpmptsp")


def billed(due: int, kind: str = "retribusi") -> BillIssued:
    return BillIssued(due, kind, "pupr", "d" * 64)


def paid(reference: str, amount: int) -> Paid:
    return Paid(reference, amount, AT)


def whole(database: Database, daerah: str) -> Sums:
    return database.read(lambda connection: sums_until(connection, daerah, date(9999, 12, 31)))


def faults_of(database: Database, daerah: str) -> list[str]:
    return database.read(lambda connection: list(faults(connection, daerah)))


def test_the_exact_amount_settles_a_bill_once(database: Database, city: str) -> None:
    case = Case(database, city)
    case.happens(billed(3_244_500))
    assert (case.bill().status, case.bill().open, case.bill().agency) == (BillStatus.OPEN, 3_244_500, "pupr")
    case.happens(paid("QR-1", 3_244_500))
    assert (case.bill().status, case.bill().open, case.outcome("QR-1")) == (BillStatus.SETTLED, 0, Outcome.EXACT)
    case.happens(paid("QR-2", 3_244_500))
    assert (case.bill().paid, case.outcome("QR-2"), case.held()) == (3_244_500, Outcome.OVER, 3_244_500)
    told = told_of(city, case.nomor, AT, 9, paid("QR-1", 3_244_500))
    with pytest.raises(IntegrityError):
        case.write(lambda connection: enter(connection, told))
    assert faults_of(database, city) == []


def test_too_little_stays_open_and_too_much_is_held(database: Database, city: str) -> None:
    case = Case(database, city)
    case.happens(billed(1000), paid("QR-1", 999))
    assert (case.bill().status, case.bill().open, case.outcome("QR-1")) == (BillStatus.OPEN, 1, Outcome.SHORT)
    case.happens(paid("QR-2", 5))
    assert (case.bill().status, case.held(), case.outcome("QR-2")) == (BillStatus.SETTLED, 4, Outcome.OVER)
    assert whole(database, city) == Sums(billed=1000, paid=1000, received=1004, held=4)


def test_a_later_bill_replaces_the_earlier_and_money_carries_over(database: Database, city: str) -> None:
    case = Case(database, city)
    case.happens(billed(1000))
    first = case.bill()
    case.happens(paid("QR-1", 1000))
    case.happens(billed(1500))
    assert (case.bill().status, case.bill().paid, case.bill().open) == (BillStatus.OPEN, 1000, 500)
    replaced = database.read(lambda connection: known_by(connection, city, first.code))
    assert replaced is not None
    assert (replaced.status, replaced.paid, replaced.cancelled) == (BillStatus.REPLACED, 0, 1000)
    case.happens(billed(600))
    assert (case.bill().status, case.held()) == (BillStatus.SETTLED, 400)
    assert whole(database, city) == Sums(billed=3100, paid=600, cancelled=2500, received=1000, held=400)


def test_money_for_a_case_that_has_ended_is_held_to_be_returned(database: Database, city: str) -> None:
    case = Case(database, city)
    case.happens(billed(1000), paid("QR-1", 300))
    case.happens(Ended("dibatalkan"))
    assert (case.bill().status, case.held()) == (BillStatus.CANCELLED, 300)
    case.happens(paid("QR-2", 700))
    assert (case.outcome("QR-2"), case.held()) == (Outcome.LATE, 1000)
    assert whole(database, city) == Sums(billed=1000, cancelled=1000, received=1000, held=1000)


def test_what_is_paid_after_a_permit_was_issued_settles_its_bill(database: Database, city: str) -> None:
    case = Case(database, city)
    case.happens(billed(1000, "pajak"), Ended("terbit"))
    assert case.bill().status is BillStatus.OPEN
    case.happens(paid("QR-1", 1000))
    assert (case.bill().status, case.outcome("QR-1")) == (BillStatus.SETTLED, Outcome.EXACT)


def test_a_waiver_settles_what_is_open(database: Database, city: str) -> None:
    case = Case(database, city)
    case.happens(billed(1000), paid("QR-1", 400), Waived(600, LAW, "bendahara"))
    assert (case.bill().status, case.bill().paid, case.bill().waived) == (BillStatus.SETTLED, 400, 600)
    assert whole(database, city) == Sums(billed=1000, paid=400, waived=600, received=400)


def test_a_nil_bill_has_a_number_and_nothing_to_pay(database: Database, city: str) -> None:
    case = Case(database, city)
    case.happens(billed(0))
    assert (case.bill().status, case.bill().number) == (BillStatus.NIL, f"{city_sign(city)}-SKRD-2026-000001")
    assert whole(database, city) == Sums()


def test_bills_are_numbered_without_a_gap_for_each_kind_and_year(database: Database, city: str) -> None:
    eve = datetime(2026, 12, 31, 15, 59, tzinfo=UTC)  # 23.59 in Kupang
    for number in range(3):
        case = Case(database, city, f"KPG-2026-{number}")
        case.happens(billed(1), at=eve)
        with pytest.raises(ZeroDivisionError):
            case.write(lambda connection, case=case: _fails_after_issuing(connection, case))  # type: ignore[misc]
    Case(database, city, "KPG-2026-5").happens(billed(1, "pajak"), at=eve)
    Case(database, city, "KPG-2026-6").happens(billed(1), at=eve + timedelta(minutes=1))
    query = select(bill.c.series, bill.c.year, bill.c.sequence).where(bill.c.daerah == city).order_by(bill.c.nomor)
    found = database.read(lambda connection: [tuple(row) for row in connection.execute(query)])
    skrd = [("SKRD", 2026, 1), ("SKRD", 2026, 2), ("SKRD", 2026, 3)]
    assert found == [*skrd, ("SKPD", 2026, 1), ("SKRD", 2027, 1)]


def _fails_after_issuing(connection: Connection, case: Case) -> None:
    enter(connection, told_of(case.daerah, case.nomor, case.at, 90, billed(7)))
    raise ZeroDivisionError


def test_a_billing_code_shows_a_slip_of_the_pen() -> None:
    code = new_code()
    assert (len(code), read_code(f" {code[:6]} {code[6:12]}-{code[12:]} ")) == (18, code)
    for place in range(18):
        other = str((int(code[place]) + 1) % 10)
        assert read_code(code[:place] + other + code[place + 1 :]) is None
    assert read_code(code[:-1]) is None
    assert read_code("x" * 18) is None
    assert len({new_code() for _ in range(500)}) == 500


def test_a_day_is_closed_once_and_whoever_changes_it_is_seen(database: Database, city: str) -> None:
    case = Case(database, city)
    first, second = date(2026, 7, 1), date(2026, 7, 2)
    case.happens(billed(1000))
    case.happens(paid("QR-1", 400), at=datetime(2026, 7, 1, 16, 30, tzinfo=UTC))  # 00.30 of the next day in Kupang
    read = database.read
    assert read(lambda connection: sums(connection, city, second)) == Sums(paid=400, open=-400, received=400)
    assert read(lambda c: sums_until(c, city, second)).since(read(lambda c: sums_until(c, city, first))) == read(
        lambda c: sums(c, city, second)
    )

    def close(today: date) -> tuple[date, ...]:
        return case.write(lambda connection: close_days(connection, city, today, AT))

    assert close(second) == (first,)
    assert close(date(2026, 7, 3)) == (second,)
    assert close(date(2026, 7, 4)) == ()
    assert faults_of(database, city) == []
    for table in (ledger, closing):
        with pytest.raises(DatabaseError, match="only grows"):
            case.write(lambda c, table=table: c.execute(update(table).values(day="2026-07-09")))  # type: ignore[misc]
    late = told_of(city, case.nomor, AT, 50, paid("QR-9", 1))
    case.write(lambda connection: enter(connection, late))
    assert [fault[:24] for fault in faults_of(database, city)] == [
        "2026-07-01 was closed wi",
        "lines of 2026-07-01 are ",
        "2026-07-02 was closed wi",
    ]


def test_a_bill_that_was_changed_by_hand_is_seen(database: Database, city: str) -> None:
    case = Case(database, city)
    case.happens(billed(1000))
    case.write(lambda connection: connection.execute(update(bill).where(bill.c.daerah == city).values(due=1)))
    (fault,) = faults_of(database, city)
    assert fault.startswith("bills and payments come to Sums(billed=1,")


AMOUNTS = st.integers(1, 2_000_000_000_000)
ACTS = st.one_of(
    st.tuples(st.just("bill"), st.integers(0, 2_000_000_000_000)),
    st.tuples(st.just("pay"), AMOUNTS),
    st.tuples(st.just("pay"), st.just(0)),  # what is open, exactly
    st.tuples(st.just("waive"), st.just(0)),
    st.tuples(st.just("end"), st.sampled_from([0, 1])),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(histories=st.lists(st.tuples(st.integers(0, 2), ACTS), max_size=30))
def test_whatever_happens_the_sums_add_up_and_agree_with_the_cases(
    database: Database, cities: Iterator[int], histories: list[tuple[int, tuple[str, int]]]
) -> None:
    daerah = f"kota-{next(cities)}"
    cases = [Case(database, daerah, f"KPG-2026-{number}") for number in range(3)]
    for step, (which, (act, amount)) in enumerate(histories):
        case = cases[which]
        event = _possible(case, act, amount, step)
        if event is not None:
            case.happens(event, at=AT + timedelta(hours=5 * step))
            _agrees(case)
        assert whole(database, daerah).add_up
    assert faults_of(database, daerah) == []
    day = date(2026, 7, 1)
    by_day = [database.read(lambda c, d=day + timedelta(days=n): sums(c, daerah, d)) for n in range(10)]  # type: ignore[misc]
    assert sum(one.billed for one in by_day) == whole(database, daerah).billed
    assert all(one.add_up for one in by_day)


def _possible(case: Case, act: str, amount: int, step: int) -> Event | None:
    account = case.state.account
    if act == "bill" and not case.state.ended and (account is None or account.due != amount):
        return billed(amount)
    if act == "end" and not case.state.ended:
        return Ended(("terbit", "ditolak")[amount])
    if account is None:
        return None
    if act == "pay" and (amount or account.open):
        return paid(f"QR-{step}", amount or account.open)
    if act == "waive" and account.open and case.state.status != "ditolak":
        return Waived(account.open, LAW, "bendahara")
    return None


def _agrees(case: Case) -> None:
    """The bill that stands and what is held are what the case's own account says."""
    if case.state.account is None:
        return
    account, record = case.account(), case.bill()
    if record.status is BillStatus.CANCELLED:
        assert case.held() == account.paid
        return
    assert (record.due, record.waived, record.open) == (account.due, account.waived, account.open)
    assert case.held() == account.over
    assert record.status in ((BillStatus.OPEN,) if account.open else (BillStatus.SETTLED, BillStatus.NIL))
