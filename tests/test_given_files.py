"""Files and events are kept together: what an event speaks of is the case's from then on, and nothing else is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.model import Catalog
from rules.case_event import APPLICANT, SYSTEM, Actor, ItemKind, RepairItem, RepairReason, SignedFile, Target
from rules.case_state import CaseState, InRepair
from rules.command import AskSignature, CompleteSignature, Note, Pay, Resubmit, Return, Withdraw
from rules.repair_list import Given, compared
from runtime.cases.case_change import Said
from runtime.cases.submission import UploadGoneError
from runtime.documents import file_rows
from runtime.documents.given_files import documents_of, documents_repaired
from runtime.documents.upload import CaseFile, Incoming, Made, Upload
from tests.kupang_office import CITY, HEAD, KupangOffice, kupang_catalog, officer, open_office, published
from tests.sample_files import GOOD_JPEG, GOOD_PDF, KTP, pieces

KTP_TARGET = Target(ItemKind.DOCUMENT, "ktp")


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


def give(office: KupangOffice, nomor: str, content: bytes, name: str, giver: str = APPLICANT.person) -> Upload:
    incoming = Incoming(KTP, None, name, "", pieces(content))
    taken = office.run(office.store.shelf.accept_for_case(CITY, nomor, incoming, giver))
    assert isinstance(taken, Upload), taken
    return taken


def held(office: KupangOffice, nomor: str) -> tuple[CaseFile, ...]:
    return office.store.shelf.of_case(CITY, nomor)


def in_repair(office: KupangOffice, round_: int) -> str:
    """File a case and bring it to where its applicant repairs the identity card, for the nth time."""
    nomor = office.file()
    return_ktp(office, nomor, round_)
    return nomor


def return_ktp(office: KupangOffice, nomor: str, round_: int) -> None:
    (desk,) = office.state(nomor).open_desks
    item = RepairItem(ItemKind.DOCUMENT, "ktp", RepairReason.MISTAKEN, desk.stage, desk.place)
    office.done(nomor, Return(desk.stage, desk.place, round_, (item,)), officer(desk))
    assert isinstance(office.state(nomor).position, InRepair)


def resubmit(office: KupangOffice, nomor: str) -> CaseState:
    """Hand in what was repaired, as a page does."""
    shelf, answers = office.store.shelf, office.case(nomor).answers
    before = file_rows.current(held(office, nomor))
    after = documents_repaired(before, shelf.of_draft(CITY, nomor))
    repaired = compared(Given(answers, documents_of(before)), Given(answers, after), _items(office, nomor))
    assert repaired.beyond == ()
    return office.done(nomor, Resubmit(repaired.changed, ()), APPLICANT, Said(answers=answers))


def _items(office: KupangOffice, nomor: str) -> tuple[RepairItem, ...]:
    position = office.state(nomor).position
    assert isinstance(position, InRepair)
    return position.items


def test_what_was_given_for_a_repair_is_the_cases_when_the_repair_is_handed_in(office: KupangOffice) -> None:
    nomor = in_repair(office, 0)
    given = give(office, nomor, GOOD_JPEG, "ktp.jpg")
    assert held(office, nomor) == ()
    state = resubmit(office, nomor)
    assert state.changes[-1].targets == (KTP_TARGET,)
    (file,) = held(office, nomor)
    assert (file.id, file.round, file.sha256) == (given.id, state.rounds, given.sha256)
    assert office.store.shelf.of_draft(CITY, nomor) == ()
    assert office.run(office.store.shelf.open(CITY, file))


def test_the_earlier_version_stays_beside_the_one_that_replaced_it(office: KupangOffice) -> None:
    nomor = in_repair(office, 0)
    give(office, nomor, GOOD_JPEG, "ktp.jpg")
    resubmit(office, nomor)
    return_ktp(office, nomor, office.state(nomor).rounds)
    second = give(office, nomor, GOOD_PDF, "ktp-baru.pdf")
    resubmit(office, nomor)
    every = held(office, nomor)
    assert [file.name for file in every] == ["ktp.jpg", "ktp.pdf"]
    assert [file.id for file in file_rows.current(every)] == [second.id]
    assert documents_of(file_rows.current(every)) == {KTP_TARGET: (second.sha256,)}


def test_what_was_given_and_is_not_handed_in_is_forgotten(office: KupangOffice) -> None:
    nomor = in_repair(office, 0)
    give(office, nomor, GOOD_JPEG, "ktp.jpg")
    office.done(nomor, Resubmit((), ()), APPLICANT, Said(answers=office.case(nomor).answers))
    assert held(office, nomor) == ()
    assert office.store.shelf.of_draft(CITY, nomor) == ()


def test_what_was_given_for_a_repair_of_a_case_that_ends_is_forgotten(office: KupangOffice) -> None:
    nomor = in_repair(office, 0)
    give(office, nomor, GOOD_JPEG, "ktp.jpg")
    office.done(nomor, Withdraw(), APPLICANT)
    assert office.store.shelf.of_draft(CITY, nomor) == ()


def test_an_officers_attachment_is_kept_with_the_event_that_speaks_of_it(office: KupangOffice) -> None:
    nomor = office.file()
    (desk,) = office.state(nomor).open_desks
    by = officer(desk)
    photo = give(office, nomor, GOOD_JPEG, "lokasi.jpg", by.person)
    unsaid = give(office, nomor, GOOD_PDF, "belum.pdf", by.person)
    office.done(nomor, Note(files=(photo.sha256,)), by, Said(note="Lihat foto"))
    assert [(file.id, file.giver) for file in held(office, nomor)] == [(photo.id, by.person)]
    assert [file.id for file in office.store.shelf.waiting(CITY, nomor, by.person)] == [unsaid.id]
    assert documents_of(held(office, nomor)) == {}  # it is no document of the application
    office.done(nomor, Note(files=(photo.sha256,)), by)  # spoken of again
    assert len(held(office, nomor)) == 1


@pytest.mark.parametrize("whose", ["nobody", "another case", "the applicant"])
def test_an_event_can_not_speak_of_a_file_that_is_not_there(office: KupangOffice, whose: str) -> None:
    nomor, other = office.file(), office.file()
    (desk,) = office.state(nomor).open_desks
    by = officer(desk)
    digest = "0" * 64
    if whose == "another case":
        digest = give(office, other, GOOD_JPEG, "lokasi.jpg", by.person).sha256
    elif whose == "the applicant":
        digest = give(office, nomor, GOOD_JPEG, "lokasi.jpg").sha256
    before = office.case(nomor).seq
    with pytest.raises(UploadGoneError):
        office.act(nomor, Note(files=(digest,)), by)
    assert (office.case(nomor).seq, held(office, nomor)) == (before, ())


def test_a_permit_that_was_made_is_the_cases_with_its_signature(office: KupangOffice) -> None:
    nomor = office.file()
    for _ in range(3):
        office.approve_all(nomor)
    office.done(nomor, Pay("QR-1", 3_244_500, office.hands()), SYSTEM)
    office.done(nomor, AskSignature("penerbitan", 0), HEAD)
    made = Made("pbg", None, "pdf", GOOD_PDF)
    file = office.run(office.store.shelf.keep_made(CITY, nomor, made))
    signed = CompleteSignature(HEAD.person, (SignedFile("pbg", file.sha256),))
    office.done(nomor, signed, Actor("sistem", "sistem"))
    (kept,) = held(office, nomor)
    assert (kept.id, kept.giver) == (file.id, "sistem")
    assert office.run(office.store.shelf.open(CITY, kept)) == GOOD_PDF
