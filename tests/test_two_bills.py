"""One permit with two fees: a survey paid to one agency before it is issued, a tax to another agency after."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from functools import cache
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Connection, insert, select
from starlette.testclient import TestClient

from generator.examination import examine
from generator.model import Catalog
from rules.case_event import APPLICANT, SYSTEM, Actor, BillIssued, NumberedProduct, SignedFile
from rules.case_state import CaseState
from rules.citation import Citation
from rules.codec import decode, encode
from rules.command import AskSignature, CompleteSignature, NothingToDo, NotNow, Pay, Waive, Withdraw
from rules.decider import Decider
from rules.decision import Decision
from rules.decision_told import told
from rules.permit import Fees, Permit
from runtime.audit import money_kept, ways_again
from runtime.audit.audited import Audited
from runtime.audit.breach import Breach
from runtime.cases.case_change import Kept
from runtime.cases.case_entry import CaseKey
from runtime.cases.casework import Casework
from runtime.cases.open_case import ReleaseGoneError
from runtime.chores.stuck import call_for_stuck
from runtime.citizen.survey import free
from runtime.money.bill_record import BillRecord, BillStatus, of_case, standing
from runtime.money.book import Outcome
from runtime.money.money_tables import bill
from runtime.money.payments import BankCall, Payments, Receipt
from runtime.money.returns import Returns
from runtime.money.sums import faults
from runtime.money.waivers import Waivers
from runtime.people.actor import Post
from runtime.people.demo import PASSWORD, demo_people
from runtime.product.statement_key import open_statement_keys
from runtime.settings import Settings
from runtime.site import site
from tests.case_player import Player, player_of
from tests.kupang_office import FILED, KupangOffice, open_office, published
from tests.office_visitor import said

CATALOG = Path(__file__).parent / "cases" / "kota_kedua"
CITY, PERMIT, BOARD = "kota-ampera", "reklame-besar", "papan 60 meter"
SURVEY, TAX = 180_000, 741_000
CLERK = Actor("petugas", "back_office", "dpmptsp")
LAW = Citation("perda-ampera", "9")


@cache
def catalog() -> Catalog:
    examined = examine(CATALOG)
    assert examined.sound is not None
    return examined.sound


def permit() -> Permit:
    return catalog().cities[CITY].permits[PERMIT][-1].permit


@pytest.fixture
def case() -> Iterator[Player]:
    player = player_of(catalog().cities[CITY], PERMIT, BOARD)
    for _ in range(2):
        for desk in player.state.open_desks:
            player.approve(desk)
    yield player
    player.lifecycle.close()


def signed(case: Player) -> CaseState:
    stage = case.state.open_desks[0].stage
    case.done(AskSignature(stage, case.state.rounds, (NumberedProduct("izin", "id", "1", 2026, 1),)), CLERK)
    return case.done(CompleteSignature(CLERK.person, (SignedFile("izin", "ab"),)), SYSTEM)


def test_the_survey_is_waited_for_and_the_tax_is_billed_when_the_permit_is_issued(case: Player) -> None:
    assert case.state.status == "pembayaran"
    assert [(one.fee, one.due, one.collector) for one in case.state.accounts] == [("survei", SURVEY, "pupr")]
    case.done(Pay("B-1", SURVEY, case.at, "survei"), SYSTEM)
    assert case.state.status == "penandatanganan"
    state = signed(case)
    assert state.status == "terbit"
    tax = state.account_of("pajak")
    assert tax is not None
    assert (tax.due, tax.open, tax.kind, tax.collector) == (TAX, TAX, "pajak", "bapenda")
    assert state.owed == TAX
    assert [event.fee for event in case.of(BillIssued) if isinstance(event, BillIssued)] == ["survei", "pajak"]


def test_money_for_one_bill_never_settles_another(case: Player) -> None:
    assert case.act(Pay("B-0", TAX, case.at, "pajak"), SYSTEM) == NotNow("pembayaran")
    case.done(Pay("B-1", SURVEY + 500_000, case.at, "survei"), SYSTEM)
    state = signed(case)
    assert [(one.fee, one.open, one.over) for one in state.accounts] == [("survei", 0, 500_000), ("pajak", TAX, 0)]
    case.done(Pay("B-2", TAX, case.at, "pajak"), SYSTEM)
    assert case.state.owed == 0


def test_what_is_waived_is_waived_of_one_bill(case: Player) -> None:
    case.done(Waive(LAW, "lain", "survei"), Actor("kepala", "kepala", "dpmptsp"))
    assert case.state.status == "penandatanganan"
    signed(case)
    assert case.act(Waive(LAW, "lain", "survei"), CLERK) == NothingToDo()
    assert case.state.owed == TAX


def test_a_survey_asks_about_the_cost_where_any_of_the_bills_is_not_nil(case: Player) -> None:
    case.done(Waive(LAW, "lain", "survei"), Actor("kepala", "kepala", "dpmptsp"))
    state = signed(case)
    assert len(state.accounts) == 2
    assert not free(state)
    assert free(replace(state, accounts=tuple(replace(one, due=0) for one in state.accounts)))


def test_a_fee_alone_is_decided_and_written_as_ever() -> None:
    city, only = catalog().cities[CITY].city, catalog().cities[CITY].permits["menara"][-1].permit
    decider = Decider(only, city)
    decision = decider.decide({"tinggi": 10}, FILED)
    decider.close()
    written = encode(Decision, decision)
    assert isinstance(written, dict)
    assert "bill" in written
    assert "bills" not in written
    assert decode(Decision, written) == decision
    assert isinstance(told(decision, city, "id")["biaya"], dict)


def test_two_bills_are_decided_each_with_its_law_and_told_with_their_sum() -> None:
    city = catalog().cities[CITY].city
    decider = Decider(permit(), city)
    decision = decider.decide(decider.facts({"luas": 60, "sosial": False}, FILED.date()), FILED)
    decider.close()
    assert [(bill.code, bill.due, bill.collector) for bill in decision.bills] == [
        ("survei", SURVEY, "pupr"),
        ("pajak", TAX, "bapenda"),
    ]
    assert decode(Decision, encode(Decision, decision)) == decision
    charge = told(decision, city, "id")["biaya"]
    assert isinstance(charge, dict)
    assert charge["rupiah"] == SURVEY + TAX


def test_the_permit_keeps_its_fees_apart() -> None:
    assert isinstance(permit().fee, Fees)
    assert [fee.rules for fee in permit().fees] == ["retribusi/survei", "retribusi/pajak"]


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return published(tmp_path_factory.mktemp("rilis"), catalog())


@pytest.fixture
def office(tmp_path: Path, releases: Path, database_url: str | None) -> Iterator[KupangOffice]:
    opened = open_office(tmp_path, releases, catalog(), url=database_url, city=CITY)
    yield opened
    opened.store.close()
    opened.releases.close()


@pytest.fixture
def local(tmp_path: Path, releases: Path) -> Iterator[KupangOffice]:
    opened = open_office(tmp_path, releases, catalog(), city=CITY)
    yield opened
    opened.releases.close()


def to_payment(office: KupangOffice) -> str:
    nomor = office.file(PERMIT, BOARD)
    office.approve_all(nomor)
    office.approve_all(nomor)
    assert office.state(nomor).status == "pembayaran"
    return nomor


def issued(office: KupangOffice, nomor: str) -> CaseState:
    """Let the clerk sign."""
    state = office.state(nomor)
    product = NumberedProduct("izin", f"id-{nomor}", "556/1/2026", 2026, 1)
    office.done(nomor, AskSignature(state.open_desks[0].stage, state.rounds, (product,)), CLERK)
    return office.done(nomor, CompleteSignature(CLERK.person, (SignedFile("izin", "ab" * 32),), wet=True), SYSTEM)


def bill_of(office: KupangOffice, nomor: str, fee: str) -> BillRecord:
    found = office.store.database.read(lambda connection: standing(connection, CITY, nomor, fee))
    assert found is not None
    return found


def paid(office: KupangOffice, nomor: str, fee: str, reference: str, amount: int) -> Receipt:
    call = BankCall(reference, bill_of(office, nomor, fee).code, amount, office.hands() - timedelta(seconds=3))
    receipt = office.run(Payments(office.store, office.casework).take(CITY, call))
    assert isinstance(receipt, Receipt), receipt
    return receipt


def sound(office: KupangOffice) -> bool:
    return office.store.database.read(lambda connection: list(faults(connection, CITY))) == []


def test_a_payment_names_its_bill_and_the_book_keeps_the_two_apart(office: KupangOffice, tmp_path: Path) -> None:
    nomor = to_payment(office)
    assert paid(office, nomor, "survei", "B-1", SURVEY + 50).outcome is Outcome.OVER
    assert issued(office, nomor).status == "terbit"
    survey, tax = bill_of(office, nomor, "survei"), bill_of(office, nomor, "pajak")
    assert (survey.agency, survey.series, survey.status) == ("pupr", "SKRD", BillStatus.SETTLED)
    assert (tax.agency, tax.series, tax.status, tax.paid) == ("bapenda", "SKPD", BillStatus.OPEN, 0)
    assert paid(office, nomor, "survei", "B-2", 7).held == 7  # for the survey, whatever else is open
    assert paid(office, nomor, "pajak", "B-3", TAX).outcome is Outcome.EXACT
    assert office.state(nomor).owed == 0
    assert sound(office)
    money = Returns(office.store, office.casework)
    assert [(one.fee, one.agency, one.amount) for one in money.held(CITY)] == [("survei", "pupr", 57)]
    treasurer = Actor("t-pupr", "bendahara", "pupr")
    assert office.run(money.give_back(CITY, nomor, "T-1", treasurer, "pajak")) == NothingToDo()
    assert isinstance(office.run(money.give_back(CITY, nomor, "T-1", treasurer, "survei")), Kept)
    assert list(money.held(CITY)) == []
    assert sound(office)
    assert list(breaches(office, nomor, tmp_path)) == []


def test_money_that_is_held_is_listed_for_the_agency_of_the_last_bill(office: KupangOffice) -> None:
    nomor = to_payment(office)
    assert paid(office, nomor, "survei", "B-1", SURVEY + 50).outcome is Outcome.OVER

    def bill_anew(connection: Connection) -> None:
        own = bill.c.daerah == CITY, bill.c.nomor == nomor, bill.c.fee == "survei"
        row = dict(connection.execute(select(bill).where(*own)).mappings().one())
        connection.execute(
            insert(bill).values({**row, "seq": 900, "sequence": 900, "code": "9" * 16, "agency": "bapenda"})
        )

    office.run(office.store.database.write(bill_anew))
    held = Returns(office.store, office.casework).held(CITY)
    assert [(one.fee, one.agency, one.amount) for one in held] == [("survei", "bapenda", 50)]


def breaches(office: KupangOffice, nomor: str, folder: Path) -> Iterator[Breach]:
    """Yield what an audit finds in the money of a case."""
    key = Ed25519PrivateKey.generate().public_key()
    audited = Audited(office.store, office.releases, office.hands(), key, open_statement_keys(folder))
    case = audited.case(CaseKey(CITY, nomor))
    yield from money_kept.of_city(audited, CITY)
    yield from money_kept.of_case(audited, case)
    yield from ways_again.of_case(audited, case)


def test_a_waiver_is_of_the_bill_that_it_was_proposed_for(office: KupangOffice) -> None:
    nomor = to_payment(office)
    paid(office, nomor, "survei", "B-1", 10)
    waivers, treasurer = Waivers(office.store, office.casework), Actor("t-pupr", "bendahara", "pupr")
    assert office.run(waivers.propose(CITY, nomor, LAW, "Ya", treasurer, "pajak")) == NothingToDo()
    assert isinstance(office.run(waivers.propose(CITY, nomor, LAW, "Ya", treasurer, "survei")), Kept)
    assert [one.fee for one in waivers.open_ones(CITY, "pupr")] == ["survei"]
    assert waivers.open_ones(CITY, "bapenda") == []
    (one,) = waivers.open_ones(CITY)
    assert isinstance(office.run(waivers.confirm(CITY, nomor, one.seq, Actor("k", "kepala", "dpmptsp"))), Kept)
    assert office.state(nomor).status == "penandatanganan"
    assert bill_of(office, nomor, "survei").waived == SURVEY - 10
    assert sound(office)


def test_what_is_open_of_each_bill_is_cancelled_when_a_case_is_withdrawn(office: KupangOffice) -> None:
    nomor = to_payment(office)
    office.done(nomor, Withdraw(), APPLICANT)
    bills = office.store.database.read(lambda connection: of_case(connection, CITY, nomor))
    assert [(one.fee, one.status) for one in bills] == [("survei", BillStatus.CANCELLED)]


@contextmanager
def town(office: KupangOffice, releases: Path, folder: Path) -> Iterator[TestClient]:
    office.store.close()
    with TestClient(site(Settings(folder, releases, "http://testserver", office.hands(), demo=True))) as client:
        yield client


def signed_in(client: TestClient, agency: str) -> TestClient:
    """Let the treasurer of an agency sign in with a browser of their own."""
    browser, way = TestClient(client.app), f"/{CITY}/kantor/masuk"
    wanted = Post(agency, "bendahara")
    nip = next(one.nip for one in demo_people(catalog().cities[CITY].city) if one.post == wanted)
    answer = browser.post(way, data={"token": token(browser, way), "nip": nip, "sandi": PASSWORD})
    shown = re.search(r'class="besar">(\d{6})<', answer.text)
    assert shown is not None, said(answer.text)
    browser.post(f"{way}/kode", data={"token": token(browser, f"{way}/kode"), "kode": shown[1]})
    return browser


def token(client: TestClient, page: str) -> str:
    found = re.search(r'name="token" value="([^"]*)"', client.get(page).text)
    assert found is not None, page
    return found[1]


def test_each_treasurer_sees_and_minds_the_bills_of_their_own_agency(
    local: KupangOffice, releases: Path, tmp_path: Path
) -> None:
    office, nomor = local, to_payment(local)
    paid(office, nomor, "survei", "B-1", SURVEY)
    issued(office, nomor)
    survey, tax = bill_of(office, nomor, "survei"), bill_of(office, nomor, "pajak")
    with town(office, releases, tmp_path) as client:
        pupr, bapenda = signed_in(client, "pupr"), signed_in(client, "bapenda")
        bills, page = f"/{CITY}/kantor/tagihan", f"/{CITY}/kantor/tagihan/{nomor}"
        mine, others = said(pupr.get(bills).text), said(bapenda.get(bills).text)
        assert "B-1" in mine
        assert tax.number not in mine
        assert "Masih harus dibayar: Rp741.000." in others
        assert "B-1" not in others
        assert survey.number in pupr.get(page).text
        assert tax.number not in pupr.get(page).text
        assert pupr.get(f"{page}?pungutan=pajak").status_code == 404
        assert tax.number in bapenda.get(page).text
        assert "Usulkan pembebasan" in bapenda.get(f"{page}?pungutan=pajak").text
        form = {"peraturan": LAW.regulation, "alasan": "Ya", "token": token(bapenda, page)}
        foreign = {**form, "pungutan": "pajak", "token": token(pupr, f"/{CITY}/kantor/")}
        assert pupr.post(f"{page}/pembebasan", data=foreign).status_code == 404
        told_so = said(bapenda.post(f"{page}/pembebasan", data={**form, "pungutan": "pajak"}).text)
        assert "Rp741.000, menunggu keputusan Ya" in told_so


def test_the_applicant_finds_both_bills_each_with_a_code_of_its_own(
    local: KupangOffice, releases: Path, tmp_path: Path
) -> None:
    office, nomor = local, to_payment(local)
    code = office.store.submissions.code(CITY, nomor)
    survey = bill_of(office, nomor, "survei")
    with town(office, releases, tmp_path) as client:
        way, page = f"/{CITY}/lacak", f"/{CITY}/permohonan/{nomor}/tagihan"
        client.post(way, data={"token": token(client, way), "nomor": nomor, "kode": code}, follow_redirects=False)
        listed = said(client.get(page).text)
        assert "Retribusi survei konstruksi menunggu pembayaran Rp180.000 Ditagih oleh" in listed
        assert "Pajak reklame belum ditetapkan Ditagih oleh" in listed
        assert "Membayar yang satu tidak melunasi yang lain." in listed
        one = said(client.get(f"{page}?pungutan=survei").text)
        assert survey.number in one
        assert survey.code in one.replace(" ", "")
        assert "Pajak" not in one.replace("Surat Ketetapan Pajak", "")
        case = said(client.get(f"/{CITY}/permohonan/{nomor}").text)
        assert "Bayar Rp180.000." in case
        assert "Retribusi survei konstruksi. Ditetapkan Rp180.000, sudah dibayar Rp0." in case
        tracked = client.post(f"/api/{CITY}/lacak", json={"nomor": nomor, "code": code}).json()
        assert tracked["bill"] == {"due": SURVEY, "paid": 0, "waived": 0, "open": SURVEY}
        assert [(one["fee"], one["collector"], one["open"]) for one in tracked["bills"]] == [("survei", "pupr", SURVEY)]


def test_money_for_a_case_whose_release_is_gone_is_recorded_and_a_person_is_called(
    office: KupangOffice, tmp_path: Path
) -> None:
    nomor = to_payment(office)
    served = office.releases.current.cities
    gone = Casework(office.store, lambda *_: None, office.casework.effects, served.get)
    with pytest.raises(ReleaseGoneError):
        gone.open(CITY, nomor)
    call = BankCall("B-9", bill_of(office, nomor, "survei").code, SURVEY, office.hands())
    payments = Payments(office.store, gone)
    first = office.run(payments.take(CITY, call))
    assert isinstance(first, Receipt)
    assert (first.outcome, first.applied, first.fee) == (Outcome.EXACT, SURVEY, "survei")
    assert office.run(payments.take(CITY, call)) == first  # told twice, recorded once
    state = gone.state(CITY, nomor)
    assert state is not None
    assert (state.status, state.owed) == ("keputusan_orang", 0)
    assert office.run(call_for_stuck(office.store, CITY)) == 1
    assert sound(office)
    assert list(breaches(office, nomor, tmp_path)) == []
