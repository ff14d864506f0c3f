"""A permit of several products: each with its own signature and clock, one that needs another, a provisional one, and
one that is issued only to some."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from generator.difference.meaning import Meaning
from generator.difference.pair import Pair
from generator.difference.permit_told import permit_told
from generator.examination import examine
from generator.finding import Severity
from generator.model import CityCatalog
from generator.proof.case_life import Bounds, CaseLife, Sort
from generator.proof.trial import trial
from generator.proof.ways import ways_to
from rules.case_event import (
    APPLICANT,
    Actor,
    ItemKind,
    NumberedProduct,
    ProductsIssued,
    RepairItem,
    RepairReason,
    SignedFile,
)
from rules.case_state import CaseState
from rules.citation import Citation
from rules.city import Holiday
from rules.command import (
    AskSignature,
    CompleteSignature,
    FailSignature,
    MoveDues,
    NeedsProduct,
    NotNow,
    Refuse,
    Resubmit,
    Return,
    Revoke,
    Withdraw,
)
from rules.condition.tree import ALWAYS
from rules.duration import Duration, Unit
from rules.kind import Value
from rules.lifecycle import Outcome
from rules.permit import Lasting
from rules.product_standing import Standing, stands
from rules.product_way import signed_at
from rules.table import Row, Table
from rules.validity import valid_until
from rules.words import Words
from tests.case_player import SYSTEM, Player, officer, player_of

CATALOG = Path(__file__).parent / "cases" / "kota_kedua"
HEAD = Actor("kepala", "kepala", "dpmptsp")
CLERK = Actor("petugas", "back_office", "dpmptsp")
WIB = ZoneInfo("Asia/Jakarta")
MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=WIB)
LAW = Citation("uu-30-2014", "5")
URGENT, PLAIN = "ruko yang mendesak", "gudang tanpa izin sementara"


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


def begun(playing: list[Player], note: str) -> Player:
    playing.append(player_of(ampera(), "bangunan", note, MONDAY))
    return playing[-1]


def approve(case: Player, **answers: Value) -> None:
    for desk in case.state.open_desks:
        case.approve(desk, answers if desk.agency == "pupr" and desk.stage == "teknis" else {})


def due_here(case: Player) -> tuple[NumberedProduct, ...]:
    """Return what is signed where the case is, each with a number."""
    [desk, *_] = case.state.open_desks
    life = case.lifecycle
    found = signed_at(life._decider, life.transitions, case.state, desk.stage, case.facts(case.state))
    assert found is not None
    numbers = itertools.count(1)
    return tuple(
        NumberedProduct(product.code, f"id-{product.code}", f"{product.code}/1", 2026, next(numbers), item)
        for product, item in found
    )


def sign(case: Player) -> tuple[str, ...]:
    """Sign what is to be signed where the case is, and return its codes."""
    products = due_here(case)
    stage = case.state.open_desks[0].stage
    case.done(AskSignature(stage, case.state.rounds, products), HEAD)
    files = tuple(SignedFile(product.code, f"sha-{product.code}", product.item) for product in products)
    case.done(CompleteSignature(HEAD.person, files), SYSTEM)
    return tuple(product.code for product in products)


def standing(case: Player, code: str) -> Standing:
    [product] = [one for one in case.state.issued if one.code == code]
    return stands(case.lifecycle.permit, case.state, product).standing


def due(state: CaseState, code: str) -> datetime | None:
    [one] = [one for one in state.product_dues if one.code == code]
    return None if one.due is None else one.due.astimezone(WIB)


def test_a_product_goes_out_at_its_own_signature_while_the_case_goes_on(playing: list[Player]) -> None:
    case = begun(playing, URGENT)
    approve(case)
    approve(case)
    assert sign(case) == ("krk",)
    assert case.state.status == "penandatanganan"  # of the provisional one
    assert [type(event) for event in case.of(ProductsIssued)] == [ProductsIssued]
    assert sign(case) == ("sementara",)
    assert case.state.status == "peninjauan"
    assert [one.code for one in case.state.issued] == ["krk", "sementara"]
    assert standing(case, "sementara") is Standing.VALID
    approve(case, laik_fungsi=True)
    assert sign(case) == ("izin", "laik")
    assert case.state.status == "terbit"
    assert [one.code for one in case.state.issued] == ["krk", "sementara", "izin", "laik"]
    assert standing(case, "sementara") is Standing.REPLACED
    assert standing(case, "krk") is Standing.VALID


def test_each_product_has_its_own_promise_and_one_that_needs_another_begins_with_it(playing: list[Player]) -> None:
    case = begun(playing, URGENT)
    assert due(case.state, "krk") == datetime(2026, 3, 9, 16, 0, tzinfo=WIB)  # Thursday is a day off, Saturday is not
    assert due(case.state, "izin") is None
    approve(case)
    approve(case)
    sign(case)
    assert due(case.state, "izin") is not None


def test_a_product_is_issued_only_where_its_condition_holds(playing: list[Player]) -> None:
    case = begun(playing, PLAIN)
    approve(case)
    approve(case)
    assert sign(case) == ("krk",)
    assert case.state.open_desks[0].stage == "teknis"
    approve(case, laik_fungsi=False)
    assert sign(case) == ("izin",)
    assert case.state.status == "terbit"


def test_what_stands_for_itself_survives_a_refusal_and_what_is_provisional_does_not(playing: list[Player]) -> None:
    case = begun(playing, URGENT)
    approve(case)
    approve(case)
    sign(case)
    sign(case)
    [pupr, kominfo] = case.state.open_desks
    case.done(Refuse(pupr.stage, pupr.place, case.state.rounds, LAW), officer(pupr))
    case.approve(kominfo)
    assert case.state.status == "penandatanganan"  # of the letter that refuses
    assert standing(case, "sementara") is Standing.VALID  # until the case ends
    letter = (NumberedProduct("surat-penolakan", "id-surat", "S/1", 2026, 1),)
    case.done(AskSignature("penolakan", case.state.rounds, letter), HEAD)
    case.done(CompleteSignature(HEAD.person, (SignedFile("surat-penolakan", "sha-surat"),)), SYSTEM)
    assert case.state.status == "ditolak"
    assert standing(case, "sementara") is Standing.ENDED
    assert standing(case, "krk") is Standing.VALID


def test_a_withdrawal_ends_the_provisional_product(playing: list[Player]) -> None:
    case = begun(playing, URGENT)
    approve(case)
    approve(case)
    sign(case)
    sign(case)
    case.done(Withdraw(), APPLICANT)
    assert standing(case, "sementara") is Standing.ENDED
    assert standing(case, "krk") is Standing.VALID


def test_nothing_is_signed_that_needs_a_product_which_was_taken_back(playing: list[Player]) -> None:
    case = begun(playing, PLAIN)
    approve(case)
    approve(case)
    sign(case)
    case.done(Revoke(LAW, "id-krk"), HEAD)
    assert standing(case, "krk") is Standing.REVOKED
    assert case.state.status == "peninjauan"
    approve(case, laik_fungsi=False)
    refused = case.act(AskSignature("terbitkan", 0, due_here(case)), HEAD)
    assert refused == NeedsProduct("krk")


def test_one_product_of_several_is_taken_back_and_the_others_stay(playing: list[Player]) -> None:
    case = begun(playing, URGENT)
    approve(case)
    approve(case)
    sign(case)
    sign(case)
    approve(case, laik_fungsi=True)
    sign(case)
    case.done(Revoke(LAW, "id-laik"), HEAD)
    assert standing(case, "laik") is Standing.REVOKED
    assert standing(case, "izin") is Standing.VALID
    assert case.act(Revoke(LAW, "id-sementara"), HEAD) == NotNow("terbit")
    assert isinstance(case.act(Revoke(LAW), HEAD), Outcome)
    assert standing(case, "izin") is Standing.REVOKED
    assert standing(case, "krk") is Standing.REVOKED


def test_each_product_has_its_own_validity(playing: list[Player]) -> None:
    case = begun(playing, URGENT)
    decider = case.lifecycle._decider
    until = {}
    for product in case.lifecycle.permit.products:
        found = decider.validity(case.form, product)
        assert found is not None
        until[product.code] = str(valid_until(found, case.form, MONDAY.date()))
    assert until == {"krk": "2026-09-02", "sementara": "2026-05-31", "izin": "2031-03-02", "laik": "2036-03-02"}


def test_the_clock_of_a_product_stands_still_with_the_case_and_follows_the_calendar(playing: list[Player]) -> None:
    case = begun(playing, PLAIN)
    [front] = case.state.open_desks
    item = RepairItem(ItemKind.DOCUMENT, "ktp", RepairReason.UNREADABLE, front.stage, front.place)
    case.done(Return(front.stage, front.place, 0, (item,)), officer(front))
    case.done(Resubmit((item.target,), ()), APPLICANT, hours=48)
    assert due(case.state, "krk") == datetime(2026, 3, 11, 16, 0, tzinfo=WIB)
    city = ampera().city
    off = Holiday("2026-03-10", Words("Cuti bersama"), "cuti_bersama", "SKB 2/2026", "2026-03-03")
    later = replace(city, holidays=tuple(sorted((*city.holidays, off), key=lambda one: one.date)))
    outcome = case.lifecycle.act(MoveDues("rilis-2"), case.state, case.facts, case.at, SYSTEM, later)
    assert isinstance(outcome, Outcome)
    assert due(outcome.state, "krk") == datetime(2026, 3, 12, 16, 0, tzinfo=WIB)


def test_what_is_out_is_not_signed_again_after_a_correction(playing: list[Player]) -> None:
    case = begun(playing, PLAIN)
    approve(case)
    approve(case)
    sign(case)
    [pupr, kominfo] = case.state.open_desks
    item = RepairItem(ItemKind.FIELD, "luas", RepairReason.MISTAKEN, pupr.stage, pupr.place)
    case.done(Return(pupr.stage, pupr.place, 0, (item,)), officer(pupr))
    case.approve(kominfo)
    assert case.state.status == "perbaikan"
    case.done(Resubmit((item.target,), ("luas",)), APPLICANT)
    assert {desk.key for desk in case.state.open_desks} == {pupr.key}
    approve(case, laik_fungsi=True)
    assert sign(case) == ("izin", "laik")
    assert [one.code for one in case.state.issued] == ["krk", "izin", "laik"]


def test_a_difference_tells_what_becomes_of_a_product() -> None:
    city = ampera()
    old = city.permits["bangunan"][-1].permit
    krk, provisional, permit, fit = old.products
    changed = replace(
        krk,
        duration=Table((Row(Duration(6, Unit.WORKING_DAY)),)),
        validity=Table((Row(Lasting(Duration(1, Unit.YEAR))),)),
    )
    new = replace(old, products=(changed, provisional, replace(permit, needs=None), replace(fit, when=ALWAYS)))
    told = [one.says.id for one in permit_told(Pair(old, new, city.city, city.city, Meaning(old, new)))]
    assert any("waktu" in one and "6 hari kerja" in one for one in told), told
    assert any("masa berlaku" in one and "1 tahun" in one for one in told), told
    assert any("juga terbit" in one for one in told), told
    assert any("yang diperlukan" in one for one in told), told


def test_in_every_life_of_a_case_products_go_out_in_order_and_a_provisional_one_ends() -> None:
    city = ampera()
    permit = city.permits["bangunan"][-1].permit
    proof = trial(permit)
    beside = [product.when for product in permit.products]
    ways = [way for end in permit.stages if end.end for way in ways_to(proof, end.code, beside)]
    life = CaseLife(permit, city.city, [Sort(way.answers, way.officers) for way in ways])
    seen = set[tuple[str, ...]]()
    try:
        for number in range(len(ways)):
            for situation in life.explore(number, Bounds(rounds=1, corrections=number == 0)).came:
                state = situation.state
                out = tuple(one.code for one in state.issued)
                seen.add((state.status, *out))
                assert len(set(out)) == len(out), out
                assert "izin" not in out or out[0] == "krk", out
                for one in state.issued:
                    found = stands(permit, state, one).standing
                    assert one.code != "sementara" or not state.ended or found is not Standing.VALID
    finally:
        life.close()
    assert ("terbit", "krk", "sementara", "izin", "laik") in seen
    assert ("terbit", "krk", "izin") in seen
    assert ("ditolak", "krk", "sementara") in seen
    assert ("dibatalkan", "krk") in seen


def test_a_number_is_kept_when_a_signature_under_way_fails(playing: list[Player]) -> None:
    case = begun(playing, PLAIN)
    approve(case)
    approve(case)
    [first] = due_here(case)
    case.done(AskSignature("ttd_krk", 0, (first,)), HEAD)
    case.done(FailSignature("gagal", "ttd_krk"), SYSTEM)
    case.done(AskSignature("ttd_krk", 0, (replace(first, number="krk/2", sequence=2),)), HEAD)
    case.done(FailSignature("gagal", "ttd_krk"), SYSTEM)
    scan = (SignedFile("krk", "sha-pindai"),)
    case.done(CompleteSignature(HEAD.person, scan, wet=True), CLERK)
    [out] = case.state.sent_out
    assert (out.product.number, out.file) == ("krk/1", scan[0])
