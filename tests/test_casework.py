"""What happens to a case is decided by its lifecycle and kept in one transaction."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from generator.model import Catalog
from rules.case_event import APPLICANT, SYSTEM, ItemKind, RepairItem, RepairReason, SignedFile
from rules.case_fold import folded
from rules.command import Approve, AskSignature, CompleteSignature, DeskClosed, Pay, Resubmit, Return, Withdraw
from rules.repair_list import field
from runtime.cases.case_change import Kept, Once, Said
from runtime.cases.open_case import NOTE
from runtime.cases.submission import KeyReusedError
from runtime.release import BrokenReleaseError
from runtime.serving import serving
from runtime.settings import Settings
from tests.kupang_office import CITY, HEAD, Hands, KupangOffice, kupang_catalog, officer, open_office, published


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return kupang_catalog()


@pytest.fixture(scope="module")
def releases(catalog: Catalog, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return published(tmp_path_factory.mktemp("rilis"), catalog)


@pytest.fixture
def office(tmp_path: Path, releases: Path, catalog: Catalog) -> Iterator[KupangOffice]:
    opened = open_office(tmp_path, releases, catalog)
    yield opened
    opened.store.close()
    opened.releases.close()


def test_the_shop_goes_from_filing_to_its_signature(office: KupangOffice) -> None:
    nomor = office.file()
    office.approve_all(nomor)
    assert [desk.agency for desk in office.state(nomor).open_desks] == ["pupr", "dlhk", "dishub"]
    office.approve_all(nomor)
    office.approve_all(nomor)
    assert office.state(nomor).status == "pembayaran"
    office.done(nomor, Pay("QR-1", 3_244_500, office.hands()), SYSTEM)
    office.done(nomor, AskSignature("penerbitan", 0), HEAD)
    state = office.done(nomor, CompleteSignature(HEAD.person, (SignedFile("pbg", "ab"),)), SYSTEM)
    assert state.status == "terbit"


def test_what_is_kept_is_what_the_events_come_to(office: KupangOffice) -> None:
    nomor = office.file()
    office.approve_all(nomor)
    office.approve_all(nomor)
    history = office.casework.history(CITY, nomor)
    assert folded(history) == office.state(nomor)
    case = office.store.journal.case(CITY, nomor)
    assert case is not None
    assert (case.projection.status, case.projection.holder_agency) == ("peninjauan", "pupr")
    assert len(office.store.journal.desks(CITY, nomor)) == 5


def test_words_and_answers_stand_beside_their_event_and_not_in_it(office: KupangOffice) -> None:
    nomor = office.file()
    office.approve_all(nomor)
    dlhk = office.state(nomor).open_desks[1]
    approve = Approve("teknis", 1, 0)
    office.done(nomor, approve, officer(dlhk), Said(note="Lokasi di tepi sungai"))
    (stored,) = [one for one in office.store.journal.events(CITY, nomor) if one.actor == officer(dlhk)]
    assert "sungai" not in str(stored.payload)
    assert list(stored.commitments) == [NOTE]
    assert office.case(nomor).note(stored.seq) == "Lokasi di tepi sungai"


def test_an_officers_answers_are_facts_from_then_on(office: KupangOffice) -> None:
    nomor = office.file()
    office.approve_all(nomor)
    assert "hasil_konsultasi" not in office.case(nomor).all_facts
    office.approve(nomor, office.state(nomor).open_desks[0])
    assert office.case(nomor).all_facts["hasil_konsultasi"] == "sesuai"


def test_a_repair_changes_the_facts_and_with_them_who_is_asked(office: KupangOffice) -> None:
    nomor = office.file()
    office.approve_all(nomor)
    pupr, dlhk, dishub = office.state(nomor).open_desks
    item = RepairItem(ItemKind.FIELD, "jumlah_parkir", RepairReason.MISTAKEN, "teknis", 0)
    office.done(nomor, Return("teknis", 0, 0, (item,)), officer(pupr))
    office.approve(nomor, dlhk)
    office.approve(nomor, dishub)
    answers = {**office.case(nomor).answers, "jumlah_parkir": 10}
    changed = Resubmit((field("jumlah_parkir"),), ("jumlah_parkir",))
    state = office.done(nomor, changed, APPLICANT, Said(answers=answers))
    assert [desk.agency for desk in state.open_desks] == ["pupr"]
    assert office.case(nomor).facts["jumlah_parkir"] == 10


def test_who_comes_second_is_told_who_was_first(office: KupangOffice) -> None:
    nomor = office.file()
    (desk,) = office.state(nomor).open_desks
    office.approve(nomor, desk)
    again = office.act(nomor, Approve("verifikasi", 0, 0), officer(desk))
    assert again == DeskClosed("dpmptsp-front_office")


def test_a_request_with_the_same_key_happens_once(office: KupangOffice) -> None:
    nomor = office.file()
    office.approve_all(nomor)
    once = Once("kunci-1", "a" * 64)
    first = office.run(office.casework.act(CITY, nomor, Withdraw(), APPLICANT, only_once=once))
    again = office.run(office.casework.act(CITY, nomor, Withdraw(), APPLICANT, only_once=once))
    assert isinstance(first, Kept)
    assert isinstance(again, Kept)
    assert (again.seq, again.again) == (first.seq, True)
    with pytest.raises(KeyReusedError):
        office.run(office.casework.act(CITY, nomor, Withdraw(), APPLICANT, only_once=Once("kunci-1", "b" * 64)))


def test_a_case_stays_on_the_release_of_its_filing(office: KupangOffice, releases: Path) -> None:
    nomor = office.file()
    office.releases.need(office.store.journal.open_versions())
    assert office.case(nomor).permit is office.releases.of(office.releases.current.digest).cities[CITY].version(
        "pbg", "2026-01-01"
    )


def test_a_server_does_not_start_without_a_release_that_an_open_case_needs(
    tmp_path: Path, releases: Path, catalog: Catalog
) -> None:
    own = tmp_path / "rilis"
    shutil.copytree(releases, own, symlinks=True)
    settings = Settings(tmp_path / "data", own)
    with serving(settings) as served:
        filed = KupangOffice(served.store, served.releases, served.casework, catalog.cities[CITY].examples, Hands())
        nomor = filed.file()
        needed = served.releases.current.digest
    city = catalog.cities[CITY]
    published(own, Catalog({CITY: replace(city, city=replace(city.city, contact=None))}))
    with serving(settings) as served:
        assert served.releases.current.digest != needed
        case = served.casework.open(CITY, nomor)
        assert case is not None
        assert case.city.contact is not None
    (own / needed / CITY / "pbg" / "2026-01-01" / "rules.json").write_text("{}")
    with pytest.raises(BrokenReleaseError, match="open cases need what is not there"), serving(settings):
        pass
    shutil.rmtree(own / needed)
    with pytest.raises(BrokenReleaseError, match=f"open cases need what is not there: .*{needed}"), serving(settings):
        pass


def test_a_case_that_has_ended_needs_no_release_to_start(tmp_path: Path, releases: Path, catalog: Catalog) -> None:
    opened = open_office(tmp_path, releases, catalog)
    nomor = opened.file()
    opened.done(nomor, Withdraw(), APPLICANT)
    assert opened.store.journal.open_versions() == ()
    opened.store.close()
    opened.releases.close()
