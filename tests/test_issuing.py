"""A case's letters: numbered when the signature is asked for, printed, signed, recorded, kept, revoked."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pikepdf
import pytest

from generator.model import Catalog
from rules.case_event import APPLICANT, SYSTEM, SignedFile
from rules.case_state import CaseState
from rules.command import AskSignature, Pay, Refuse, Revoke, Withdraw
from runtime.cases.casework import SIGNATURE, Kept, Once
from runtime.documents.upload import Made
from runtime.issuing.signing import Signing
from runtime.people.accounts import Accounts
from runtime.people.hashing import HashingQueue
from runtime.product.issuing_office import IssuingOffice
from runtime.product.register import Entry, State, of_case
from runtime.settings import Signing as SigningSetting
from runtime.voice import voices
from tests.kupang_office import CITY, HEAD, KupangOffice, kupang_catalog, officer, open_office, published


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return kupang_catalog()


@pytest.fixture(scope="module")
def releases(catalog: Catalog, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return published(tmp_path_factory.mktemp("rilis"), catalog)


@dataclass
class Signatory:
    """The office, and the head who signs."""

    office: KupangOffice
    folder: Path
    signing: Signing

    def with_service(self, setting: SigningSetting) -> None:
        self.signing = _signing(self.office, self.folder, setting)

    def ask(self, nomor: str, key: str = "k") -> CaseState:
        position = self.office.state(nomor).position
        stage = getattr(position, "stage", "")
        command = AskSignature(stage, self.office.state(nomor).rounds)
        kept = self.office.run(self.signing.asked(CITY, nomor, command, HEAD, Once(f"{key}-{nomor}", "0" * 64)))
        assert isinstance(kept, Kept), kept
        return self.office.state(nomor)

    def send(self) -> int:
        return self.office.run(self.office.store.outbox.dispatch(CITY, {SIGNATURE: self.signing.deliver}))

    def register(self, nomor: str) -> tuple[Entry, ...]:
        return self.office.store.database.read(lambda connection: of_case(connection, CITY, nomor))


def _signing(office: KupangOffice, folder: Path, setting: SigningSetting) -> Signing:
    hashing = HashingQueue()
    accounts = Accounts(office.store.database, office.hands, hashing)
    return Signing(
        store=office.store,
        casework=office.casework,
        office=IssuingOffice(folder, setting),
        accounts=accounts,
        find_city=lambda digest, city: office.releases.of(digest).cities.get(city),
        voice=voices()["id"],
        public_url="http://127.0.0.1:8000",
    )


@pytest.fixture
def head(tmp_path: Path, releases: Path, catalog: Catalog) -> Iterator[Signatory]:
    office = open_office(tmp_path, releases, catalog)
    yield Signatory(office, tmp_path, _signing(office, tmp_path, SigningSetting.LOCAL))
    office.store.close()
    office.releases.close()


def _paid(office: KupangOffice) -> str:
    nomor = office.file()
    for _ in range(3):
        office.approve_all(nomor)
    office.done(nomor, Pay(f"QR-{nomor}", 3_244_500, office.hands()), SYSTEM)
    return nomor


def test_a_permit_is_numbered_printed_signed_recorded_and_kept(head: Signatory) -> None:
    nomor = _paid(head.office)
    head.ask(nomor)
    assert [entry.state for entry in head.register(nomor)] == [State.PREPARED]
    assert head.send() == 1
    state = head.office.state(nomor)
    assert state.status == "terbit"
    (entry,) = head.register(nomor)
    assert (entry.state, entry.number) == (State.VALID, "SK-PBG-5371-2026-001")
    assert [file.sha256 for file in state.files] == [entry.pdf_sha256]
    (kept,) = [file for file in head.office.store.shelf.of_case(CITY, nomor) if file.document == "pbg"]
    content = head.office.run(head.office.store.shelf.open(CITY, kept))
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert "/AcroForm" in pdf.Root


def test_a_second_ask_while_the_first_is_awaited_takes_no_number(head: Signatory) -> None:
    nomor = _paid(head.office)
    head.ask(nomor)
    again = AskSignature("penerbitan", 0)
    refused = head.office.run(head.signing.asked(CITY, nomor, again, HEAD, Once("lain", "0" * 64)))
    assert not isinstance(refused, Kept)
    assert len(head.register(nomor)) == 1


def test_a_refused_signature_waits_and_is_made_by_hand_at_last(head: Signatory) -> None:
    nomor = _paid(head.office)
    head.with_service(SigningSetting.FAILING)
    head.ask(nomor)
    head.send()
    assert head.office.state(nomor).status == "penandatanganan"
    assert [entry.state for entry in head.register(nomor)] == [State.PREPARED]
    made = Made("pbg", None, "pindai.pdf", "pdf", b"%PDF-1.7 scan")
    scan = head.office.run(head.office.store.shelf.keep_made(CITY, nomor, made))
    signed = (SignedFile("pbg", scan.sha256),)
    kept = head.office.run(head.signing.signed_by_hand(head.office.case(nomor), signed, HEAD))
    assert isinstance(kept, Kept)
    (entry,) = head.register(nomor)
    assert (entry.state, entry.signed_by, entry.pdf_sha256) == (State.VALID, "basah", scan.sha256)


def test_a_late_signature_is_asked_for_again_and_takes_the_same_number(head: Signatory) -> None:
    nomor = _paid(head.office)
    head.with_service(SigningSetting.LATE)
    head.ask(nomor)
    assert head.send() == 0
    assert head.office.state(nomor).status == "penandatanganan"
    head.office.hands.at += timedelta(minutes=10)
    assert head.send() == 1
    assert head.office.state(nomor).status == "terbit"
    assert [entry.sequence for entry in head.register(nomor)] == [1]


def test_a_refusal_goes_out_as_a_signed_letter_with_its_article(head: Signatory) -> None:
    office = head.office
    nomor = office.file()
    (desk,) = office.state(nomor).open_desks
    office.done(nomor, Refuse(desk.stage, 0, 0, office.case(nomor).permit.permit.legal_basis[0]), officer(desk))
    head.ask(nomor)
    head.send()
    assert office.state(nomor).status == "ditolak"
    assert [(entry.product, entry.state) for entry in head.register(nomor)] == [("surat-penolakan", State.VALID)]


def test_what_ends_unsigned_gives_its_number_up(head: Signatory) -> None:
    nomor = _paid(head.office)
    head.with_service(SigningSetting.FAILING)
    head.ask(nomor)
    head.send()
    head.office.done(nomor, Withdraw(), APPLICANT)
    assert [entry.state for entry in head.register(nomor)] == [State.GIVEN_UP]


def test_a_revoked_permit_is_revoked_in_the_register_too(head: Signatory) -> None:
    nomor = _paid(head.office)
    head.ask(nomor)
    head.send()
    law = head.office.case(nomor).permit.permit.legal_basis[0]
    head.office.done(nomor, Revoke(law), HEAD)
    (entry,) = head.register(nomor)
    assert (entry.state, entry.revoked_why) == (State.REVOKED, "UU 28/2002")


def test_a_message_that_comes_twice_signs_once(head: Signatory) -> None:
    nomor = _paid(head.office)
    head.ask(nomor)
    head.send()
    before = head.office.state(nomor)
    head.office.run(head.office.store.outbox.dispatch(CITY, {SIGNATURE: head.signing.deliver}))
    assert head.office.state(nomor) == before


def test_numbers_of_a_year_have_no_gap(head: Signatory) -> None:
    cases = [_paid(head.office) for _ in range(3)]
    for nomor in cases:
        head.ask(nomor)
    head.send()
    assert [entry.sequence for nomor in cases for entry in head.register(nomor)] == [1, 2, 3]


def test_a_draft_can_be_read_before_it_is_signed(head: Signatory) -> None:
    nomor = _paid(head.office)
    draft = head.signing.draft(head.office.case(nomor), "penerbitan", HEAD, head.office.hands())
    assert draft.startswith(b"%PDF-")
    assert head.register(nomor) == ()
