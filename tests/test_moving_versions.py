"""A version that takes open cases over: what goes along, what is asked, what stands, and what an applicant sees."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from generator.cli import main
from generator.difference import moved_cases
from generator.difference.moved_cases import lost_cases
from generator.model import Catalog
from generator.reading.catalog_folder import read_catalog
from generator.scaffold.version_scaffold import version_text
from rules.case_event import APPLICANT, SYSTEM, BillIssued, ItemKind, Moved, RepairItem, RepairReason, Target
from rules.case_state import AtStage, AwaitingPayment, InRepair
from rules.city import City
from rules.command import AskSignature, Command, CompleteSignature, Pay, Refuse, Resubmit, Return, Withdraw
from rules.condition.tree import OneOf
from rules.field import Field, Option
from rules.kind import Kind
from rules.permit import Permit
from rules.table import Row, Table
from rules.version_change import moved
from rules.words import Words
from runtime.cases.case_change import Said
from runtime.cases.examination import examine
from runtime.cases.moving import Target as MovesTo
from runtime.cases.moving import movement
from runtime.cases.open_case import OpenCase
from runtime.cases.repair import changed_facts
from runtime.cases.store import Store
from runtime.chores.moved_versions import VersionMoves
from runtime.serving import casework_of
from tests.case_reader import at_the_pages, said
from tests.kupang_office import HEAD, Hands, KupangOffice, officer, open_office, published
from tests.test_audit import Lived

CATALOG = Path(__file__).parent / "cases" / "kota_pindah"
CITY = "kota-teluk"
BEFORE = datetime(2026, 6, 29, 1, 0, tzinfo=UTC)  # Monday 09.00 in the city; the new version begins on Wednesday
LARGE, SMALL = "kedai makan besar menurut versi lama", "kedai kopi kecil menurut versi lama"
WRONG = RepairReason.MISTAKEN
CLEAN: dict[str, object] = {"bersih": "baik"}


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    read, findings = read_catalog(CATALOG)
    assert read is not None, findings
    return read


@pytest.fixture(scope="module")
def releases(catalog: Catalog, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return published(tmp_path_factory.mktemp("rilis"), catalog)


@pytest.fixture
def office(tmp_path: Path, releases: Path, catalog: Catalog) -> Iterator[KupangOffice]:
    opened = open_office(tmp_path, releases, catalog, Hands(BEFORE), city=CITY)
    yield opened
    opened.store.close()
    opened.releases.close()


def moves(office: KupangOffice) -> int:
    """Let the chore go round on the first day of the new version."""
    office.hands.at = max(office.hands.at, datetime(2026, 7, 1, 1, 0, tzinfo=UTC))
    chore = VersionMoves(office.store, office.casework)
    return asyncio.run(chore.all_of(CITY, office.releases.current))


def last(office: KupangOffice, nomor: str, kind: type) -> object:
    return [one.event for one in office.casework.history(CITY, nomor) if isinstance(one.event, kind)][-1]


def test_nothing_moves_before_the_first_day_and_everything_once_after(office: KupangOffice) -> None:
    nomor = office.file("kedai", SMALL)
    chore = VersionMoves(office.store, office.casework)
    assert asyncio.run(chore.all_of(CITY, office.releases.current)) == 0
    assert moves(office) == 1
    assert moves(office) == 0
    assert office.state(nomor).version == "2026-07-01"


def test_a_case_that_is_asked_nothing_new_goes_on_where_it_was(office: KupangOffice) -> None:
    nomor = office.file("kedai", SMALL)
    office.approve_all(nomor)
    before = office.state(nomor)
    moves(office)
    state = office.state(nomor)
    assert isinstance(state.position, AtStage)
    assert state.position.stage == "teknis"
    assert [(desk.agency, desk.place) for desk in state.open_desks] == [("dinkes", 1)]
    assert (state.promise, state.legal) == (before.promise, before.legal)
    assert isinstance(office.casework.history(CITY, nomor)[-1].event, Moved)  # nothing was opened anew
    office.approve(nomor, state.open_desks[0], CLEAN)
    assert office.state(nomor).status == "pembayaran"


def test_what_the_new_law_asks_goes_out_in_one_list_and_the_door_looks_again(office: KupangOffice) -> None:
    nomor = office.file("kedai", LARGE)
    office.approve_all(nomor)
    dinkes, _ = office.state(nomor).open_desks
    office.approve(nomor, dinkes, CLEAN)
    moves(office)
    state = office.state(nomor)
    assert isinstance(state.position, InRepair)
    asked = {(one.kind, one.code, one.reason) for one in state.position.items}
    assert (ItemKind.FIELD, "air", RepairReason.REGULATION) in asked
    assert (state.rounds, state.returns) == (1, 0)
    answers = {**office.case(nomor).answers, "air": "sumur"}
    sent(office, nomor, answers)
    state = office.state(nomor)
    assert [desk.agency for desk in state.open_desks] == ["dpmptsp"]
    office.approve_all(nomor)
    assert [desk.agency for desk in office.state(nomor).open_desks] == ["dlh"]  # dinkes's approval stands
    office.approve_all(nomor)
    assert [desk.stage for desk in office.state(nomor).open_desks] == ["air"]


def sent(office: KupangOffice, nomor: str, answers: dict[str, object]) -> None:
    """Send what was asked, but for the papers."""
    case = office.case(nomor)
    after = examine(case.permit, answers, case.state.filed_at)
    facts = changed_facts(case.facts, after.facts)
    changed = tuple(Target(ItemKind.FIELD, code) for code in facts)
    office.done(nomor, Resubmit(changed, facts), APPLICANT, Said(answers=answers))


def test_a_bill_that_was_made_stays_as_it_was(office: KupangOffice) -> None:
    nomor = office.file("kedai", SMALL)
    office.approve_all(nomor)
    office.approve(nomor, office.state(nomor).open_desks[0], CLEAN)
    assert office.state(nomor).status == "pembayaran"
    moves(office)
    state = office.state(nomor)
    assert isinstance(state.position, AwaitingPayment)
    assert state.account is not None
    assert state.account.due == 40_000
    bills = [one for one in office.casework.history(CITY, nomor) if isinstance(one.event, BillIssued)]
    assert len(bills) == 1


def test_the_applicant_reads_by_which_law_something_is_asked(
    office: KupangOffice, tmp_path: Path, releases: Path
) -> None:
    nomor = office.file("kedai", LARGE)
    moves(office)
    with at_the_pages(office, tmp_path, releases, nomor) as reader:
        page, repair = said(reader.read().text), said(reader.read("/perbaikan").text)
    assert "permohonan ini mengikuti aturan yang berlaku mulai 1 Juli 2026." in page
    assert "Dasar: Perwali Teluk 9/2026" in page
    assert "Peraturan yang baru meminta ini: Perwali Teluk 9/2026" in repair
    assert "Asal air" in repair


def of_the_city(catalog: Catalog) -> tuple[City, Permit, Permit]:
    city = catalog.cities[CITY]
    before, after = (version.permit for version in city.permits["kedai"])
    return city.city, before, after


def test_no_case_of_the_city_is_stranded_whatever_was_answered_and_wherever_it_is(catalog: Catalog) -> None:
    city, before, after = of_the_city(catalog)
    assert lost_cases(before, after, city) is None


def test_a_case_is_found_that_a_careless_move_would_strand(catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    """Were every approval to stand, nobody would be asked what the new version's way depends on."""
    city, before, after = of_the_city(catalog)
    asked = asking_more(after)
    assert lost_cases(before, asked, city) is None

    def careless(*given: Any, **named: Any) -> Moved:
        event = moved(*given, **named)
        return replace(event, desks=tuple(replace(desk, stands=True) for desk in event.desks))

    monkeypatch.setattr(moved_cases, "moved", careless)
    found = lost_cases(before, asked, city)
    assert found is not None
    assert "rows hold" in found.why
    assert found.answers["usaha"] == "minuman"
    assert [type(deed.command).__name__ for _, deed in found.story][:2] == ["Approve", "Approve"]


def asking_more(permit: Permit) -> Permit:
    """Let the way after the inspection depend on a question that its desk was not asked before."""
    question = Field("mutu", Kind.CHOICE, Words("Mutu"), (Option("a", Words("A")), Option("b", Words("B"))))
    rows = tuple(Row("air", OneOf("mutu", Kind.CHOICE, (option,))) for option in ("a", "b"))
    stages = []
    for stage in permit.stages:
        if stage.code == "teknis":
            dlh, dinkes = stage.reviewers
            dinkes = replace(dinkes, officer_fields=(*dinkes.officer_fields, question))
            stage = replace(stage, reviewers=(dlh, dinkes), approved=Table(rows))
        stages.append(stage)
    return replace(permit, stages=tuple(stages))


def test_a_difference_says_which_open_cases_move_and_what_each_is_asked(
    office: KupangOffice, tmp_path: Path, releases: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    small, large, ended = office.file("kedai", SMALL), office.file("kedai", LARGE), office.file("kedai", SMALL)
    office.done(ended, Withdraw(), APPLICANT)
    office.store.close()
    office.store = Store(tmp_path, office.hands)
    arguments = ["diff", "2026-06-30", "2026-07-01", "--katalog", str(CATALOG)]
    assert main([*arguments, "--penyimpanan", str(tmp_path), "--rilis", str(releases)]) == 0
    lines = capsys.readouterr().out.splitlines()
    at = lines.index("kedai: 2 permohonan terbuka pindah ke versi ini")
    assert lines[at + 1 : at + 3] == [
        f"    {small} (loket): tidak diminta apa pun",
        f"    {large} (loket): diminta Asal air",
    ]
    assert any("berjalan: tetap pada versinya menjadi pindah ke versi ini" in line for line in lines)


def test_two_processes_move_a_case_once(office: KupangOffice) -> None:
    nomor = office.file("kedai", SMALL)
    office.hands.at = datetime(2026, 7, 1, 1, 0, tzinfo=UTC)
    chores = [VersionMoves(office.store, office.casework) for _ in range(2)]

    async def both() -> list[int]:
        return await asyncio.gather(*(chore.all_of(CITY, office.releases.current) for chore in chores))

    assert sorted(asyncio.run(both())) == [0, 1]
    events = [one.event for one in office.casework.history(CITY, nomor)]
    assert sum(isinstance(event, Moved) for event in events) == 1


def test_who_was_refused_or_waits_for_a_signature_stays(office: KupangOffice) -> None:
    refused, signing = office.file("kedai", SMALL), office.file("kedai", SMALL)
    law = office.case(refused).permit.permit.legal_basis[0]
    office.done(refused, Refuse("loket", 0, 0, law), officer(office.state(refused).open_desks[0]))
    to_signature(office, signing)
    office.done(signing, AskSignature("penerbitan", 0), HEAD)
    assert moves(office) == 0
    office.done(signing, CompleteSignature(HEAD.person, ()), SYSTEM)
    assert office.state(signing).status == "terbit"
    assert {office.state(nomor).version for nomor in (refused, signing)} == {"2026-01-01"}


def to_signature(office: KupangOffice, nomor: str) -> None:
    office.approve_all(nomor)
    office.approve(nomor, office.state(nomor).open_desks[0], CLEAN)
    account = office.state(nomor).account
    assert account is not None
    office.done(nomor, Pay(f"QR-{nomor}", account.open, office.hands()), SYSTEM)


def test_a_correction_of_what_a_bill_rests_on_is_billed_by_the_new_rules(office: KupangOffice) -> None:
    nomor = office.file("kedai", SMALL)
    to_signature(office, nomor)
    moves(office)
    desk = office.state(nomor).open_desks[0]
    assert desk.stage == "penerbitan"  # what was paid stands
    office.done(nomor, Return("penerbitan", 0, 0, (RepairItem(ItemKind.FIELD, "luas", WRONG, "penerbitan", 0),)), HEAD)
    sent(office, nomor, {**office.case(nomor).answers, "luas": 50})
    state = office.state(nomor)
    assert state.account is not None
    assert (state.account.due, state.account.open) == (100_000, 60_000)  # 50 m2 by the rate of the new version


def test_the_audit_finds_nothing_in_cases_that_moved_and_all_that_moved_wrongly(
    office: KupangOffice, tmp_path: Path, releases: Path
) -> None:
    large, small, paid = office.file("kedai", LARGE), office.file("kedai", SMALL), office.file("kedai", SMALL)
    office.approve_all(large)
    office.approve_all(small)
    to_signature(office, paid)
    moves(office)
    sent(office, large, {**office.case(large).answers, "air": "sumur"})
    office.approve_all(large)
    office.done(paid, AskSignature("penerbitan", 0), HEAD)
    office.done(paid, CompleteSignature(HEAD.person, ()), SYSTEM)
    assert office.state(paid).status == "terbit"
    office.run(office.store.checkpoints.take(CITY))
    assert audited(office, tmp_path, releases) == set()
    wrong = office.file("kedai", LARGE)
    office.approve_all(wrong)
    forged(office, wrong)
    told = "another desk goes on, or another answer stands, than the rules say"
    assert any(wrong in one and told in one for one in audited(office, tmp_path, releases))


def forged(office: KupangOffice, nomor: str) -> None:
    """Move a case as the rules would not: what the door approved stands, though more is asked."""
    city = office.releases.current.cities[CITY]
    to = city.version("kedai", "2026-07-01")
    assert to is not None

    def how(case: OpenCase) -> tuple[OpenCase, Command, Said]:
        found = movement(case, MovesTo(to, city.city, office.releases.current.digest), ())
        assert isinstance(found, tuple)
        under, command, told = found
        desks = tuple(replace(desk, stands=True) for desk in command.moved.desks)
        return under, replace(command, moved=replace(command.moved, desks=desks)), told

    office.run(office.casework.move(CITY, nomor, how))


def audited(office: KupangOffice, folder: Path, releases: Path) -> set[str]:
    """Return the cases with which something is the matter."""
    office.store.close()
    report = Lived(folder, releases, None, office.hands()).audit()
    office.store = Store(folder, office.hands)
    office.casework = casework_of(office.store, office.releases)
    return {f"{breach.invariant} {breach.subject}: {breach.found}" for breach in report.breaches}


def test_the_version_after_one_that_moved_cases_moves_none_by_itself() -> None:
    raw = (CATALOG / CITY / "izin" / "kedai" / "2026-07-01.yaml").read_bytes()
    assert b"peralihan" in raw
    assert "peralihan" not in version_text(raw, "2027-01-01", "perwali-air")
