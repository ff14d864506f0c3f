"""Services that are hardly permits fit in the language: each one a file of a second city, none of them code."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from generator.build import build
from generator.examination import examine
from generator.examples import run_examples
from generator.finding import Severity
from generator.lowering.form_schema import form_schema
from generator.lowering.standard import standard
from generator.model import CityCatalog
from rules.case_event import Actor, NumberedProduct, SignedFile
from rules.case_state import HolderKind
from rules.command import Approve, AskSignature, CompleteSignature, EndNotice, Pay
from rules.decider import Decider
from rules.kind import Value
from rules.permit import Fee
from rules.validity import valid_until
from rules.words import Words
from tests.case_player import SYSTEM, Player, player_of

CATALOG = Path(__file__).parent / "cases" / "kota_kedua"
HEAD = Actor("kepala", "kepala", "dpmptsp")
CLERK = Actor("petugas", "back_office", "dpmptsp")
WIB = ZoneInfo("Asia/Jakarta")
MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=WIB)


@cache
def ampera() -> CityCatalog:
    examined = examine(CATALOG)
    assert [finding.code for finding in examined.findings if finding.severity is not Severity.INFO] == []
    assert examined.sound is not None
    return examined.sound.cities["kota-ampera"]


@pytest.fixture
def playing() -> Iterator[list[Player]]:
    """Close the engines of the cases a test has begun."""
    players: list[Player] = []
    yield players
    for one in players:
        one.lifecycle.close()


def begun(playing: list[Player], permit: str, note: str, filed: datetime = MONDAY) -> Player:
    playing.append(player_of(ampera(), permit, note, filed))
    return playing[-1]


def approved(case: Player, **answers: Value) -> None:
    """Let every desk that is open approve; `answers` are of the desk that is asked for them."""
    for desk in case.state.open_desks:
        asked = case.lifecycle.permit.stages
        [stage] = [one for one in asked if one.code == desk.stage]
        codes = {field.code for field in stage.reviewers[desk.place].officer_fields}
        case.approve(desk, {code: value for code, value in answers.items() if code in codes})


def signed(case: Player, by: Actor = HEAD, products: tuple[NumberedProduct, ...] = ()) -> None:
    stage = case.state.open_desks[0].stage
    case.done(AskSignature(stage, case.state.rounds, products), by)
    files = tuple(SignedFile(product.code, "ab", product.item) for product in products)
    case.done(CompleteSignature(by.person, files), SYSTEM)


def test_the_second_city_says_what_its_examples_say(tmp_path: Path) -> None:
    examined = examine(CATALOG)
    assert examined.sound is not None
    release = tmp_path / build(examined.sound, tmp_path)
    assert list(run_examples(release, examined.sound)) == []


def test_a_service_is_promised_in_minutes_and_in_hours_of_the_office(playing: list[Player]) -> None:
    case = begun(playing, "legalisir", "sepuluh lembar")
    assert case.state.promise is not None
    assert case.state.promise.astimezone(WIB) == datetime(2026, 3, 2, 9, 45, tzinfo=WIB)
    before_noon = begun(playing, "legalisir", "sebelas lembar", datetime(2026, 3, 2, 11, 0, tzinfo=WIB))
    assert before_noon.state.promise is not None
    # One hour to noon, and 75 minutes after the break.
    assert before_noon.state.promise.astimezone(WIB) == datetime(2026, 3, 2, 14, 15, tzinfo=WIB)


def test_a_service_ends_without_any_letter(playing: list[Player]) -> None:
    case = begun(playing, "legalisir", "sepuluh lembar")
    approved(case)
    approved(case)
    assert case.state.status == "terbit"
    assert case.state.products == ()


def test_a_fee_goes_by_two_things_and_an_application_by_the_day_ahead(playing: list[Player]) -> None:
    permit = ampera().permits["pakai-aula"][-1].permit
    assert isinstance(permit.fee, Fee)
    [price] = [factor for factor in permit.fee.factors if factor.code == "harga"]
    assert len(price.value.rows) == 4
    notes = {example.note for example in ampera().examples if example.permit == "pakai-aula"}
    assert "enam hari sebelum acara ditolak" in notes  # run with the others


def test_a_request_holds_so_many_items_and_each_gets_a_card(playing: list[Player]) -> None:
    case = begun(playing, "kartu-angkutan", "dua kendaraan")
    form = form_schema(case.lifecycle.permit)["properties"]
    assert isinstance(form, dict)
    assert isinstance(listed := form["kendaraan"], dict)
    assert listed["maxItems"] == 10
    approved(case)
    cards = tuple(
        NumberedProduct("kartu", f"id-{item}", f"551/{item + 1}/2026", 2026, item + 1, item) for item in (0, 1)
    )
    signed(case, products=cards)
    assert case.state.status == "terbit"
    assert [product.item for product in case.state.products] == [0, 1]


def test_a_document_is_handed_in_at_collection_and_another_in_sets_on_large_paper() -> None:
    city = ampera()
    decider = Decider(city.permits["kartu-angkutan"][-1].permit, city.city)
    [renewal] = [example for example in city.examples if "kartu lama, yang tidak diunggah" in example.note]
    decision = decider.decide(decider.facts(renewal.answers, MONDAY.date()), MONDAY)
    decider.close()
    assert [document.code for document in decision.bring] == ["kartu-lama"]
    [plan] = [document for document in decision.documents if document.code == "denah-pool"]
    assert plan.note == Words("dengan skala; 3 rangkap; kertas A3", "to scale; 3 copies; paper of size A3")
    said = str(standard(decider.permit, city.city))
    assert "Kartu lama, dibawa saat surat diambil" in said
    assert "Denah pool (dengan skala; 3 rangkap; kertas A3)" in said


def test_the_office_approves_first_and_an_officers_figure_is_paid(playing: list[Player]) -> None:
    case = begun(playing, "menara", "60 meter")
    approved(case)
    [gate] = case.state.open_desks
    assert (gate.stage, gate.role) == ("gerbang", "kepala")
    approved(case)
    assert case.state.status == "peninjauan"
    assert not any(case.state.open_desks)
    # Fourteen days of the calendar from Monday: the notice ends on Monday the 16th.
    case.at = datetime(2026, 3, 17, 9, 0, tzinfo=WIB)
    case.done(EndNotice(), SYSTEM)
    [airport] = case.state.open_desks
    assert airport.agency == "bandara"
    assert case.state.holder is not None
    assert case.state.holder.kind is HolderKind.OUTSIDE
    case.done(Approve("bandara", airport.place, case.state.rounds), CLERK)  # it is no user: the office writes it down
    assert {desk.agency for desk in case.state.open_desks} == {"pupr", "kominfo"}
    approved(case, nilai_bangunan=1_000_000_000)
    assert case.state.status == "pembayaran"
    assert case.state.account is not None
    assert case.state.account.due == 20_000_000
    case.done(Pay("B-1", 20_000_000, case.at), SYSTEM)
    signed(case, CLERK)
    assert case.state.status == "terbit"


def test_a_validity_follows_a_date_of_the_form(playing: list[Player]) -> None:
    case = begun(playing, "rumah-sewa", "anak sebagai kuasa")
    validity = case.lifecycle.permit.validity
    assert validity is not None
    assert valid_until(validity.rows[0].value, case.form, date(2026, 3, 4)) == date(2027, 1, 1)
    owner = begun(playing, "rumah-sewa", "pemilik sendiri")
    assert valid_until(validity.rows[0].value, owner.form, date(2026, 3, 4)) == date(2029, 3, 4)
