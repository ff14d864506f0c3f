"""A case's letters: numbered when the signature is asked for, printed, signed, recorded, kept, revoked."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pikepdf
import pytest

from generator.model import Catalog
from rules.case_event import APPLICANT, SYSTEM, Actor, ItemKind, RepairItem, RepairReason, SignedFile, Target
from rules.case_state import CaseState
from rules.cited import cited
from rules.command import (
    AnotherRound,
    AskSignature,
    DecideAnew,
    Pay,
    Refuse,
    ReportVisit,
    Resubmit,
    Return,
    Revoke,
    Withdraw,
)
from rules.condition.tree import OneOf
from rules.kind import Kind
from rules.permit import Reviewer, Stage
from rules.table import Row, Table
from runtime.cases.attempt import SIGNATURE
from runtime.cases.case_change import Kept, Once, Said
from runtime.documents.upload import OFFICE, Made
from runtime.issuing.case_letter import letter_of, product_named, signatory_of
from runtime.issuing.signing import Signing
from runtime.people.accounts import Accounts
from runtime.people.hashing import HashingQueue
from runtime.product.issuing_office import IssuingOffice
from runtime.product.register import Entry, State, of_case
from runtime.releases import Releases
from runtime.serving import casework_of
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
    made = Made("pbg", None, "pdf", b"%PDF-1.7 scan")
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


def test_a_signature_that_is_refused_takes_no_number(head: Signatory) -> None:
    nomor = _paid(head.office)
    stale = AskSignature("penerbitan", 5)
    refused = head.office.run(head.signing.asked(CITY, nomor, stale, HEAD, Once("lama", "0" * 64)))
    assert refused == AnotherRound()
    assert head.register(nomor) == ()


def test_what_was_signed_is_valid_only_once_its_case_is_issued(head: Signatory, releases: Path) -> None:
    office = head.office
    nomor = _paid(office)
    head.ask(nomor)
    office.case(nomor).permit.lifecycle.transitions.book.close()  # the engine fails as the signature comes
    assert head.send() == 1
    assert office.state(nomor).status == "keputusan_orang"
    assert [entry.state for entry in head.register(nomor)] == [State.PREPARED]
    again = Releases(releases)
    office.casework = casework_of(office.store, again)
    office.done(nomor, DecideAnew(), Actor("198001012006042001", "front_office", "dpmptsp"))
    assert office.state(nomor).status == "terbit"
    (entry,) = head.register(nomor)
    assert (entry.state, entry.signed_by) == (State.VALID, "elektronik")
    assert [file.sha256 for file in office.state(nomor).files] == [entry.pdf_sha256]
    again.close()


def test_what_was_signed_and_is_withdrawn_before_it_is_issued_is_never_valid(head: Signatory) -> None:
    office = head.office
    nomor = _paid(office)
    head.ask(nomor)
    office.case(nomor).permit.lifecycle.transitions.book.close()
    head.send()
    office.done(nomor, Withdraw(), APPLICANT)
    assert [entry.state for entry in head.register(nomor)] == [State.GIVEN_UP]


def test_what_was_numbered_before_a_repair_keeps_its_number_and_says_what_was_repaired(head: Signatory) -> None:
    office = head.office
    nomor = _paid(office)
    head.with_service(SigningSetting.FAILING)
    head.ask(nomor)
    head.send()
    (before,) = head.register(nomor)
    name = RepairItem(ItemKind.FIELD, "nama", RepairReason.MISTAKEN, "penerbitan", 0)
    office.done(nomor, Return("penerbitan", 0, 0, (name,)), HEAD)
    answers = {**office.case(nomor).answers, "nama": "Zakarias Tefa"}
    office.hands.pass_by(days=2)
    repaired = Resubmit((Target(ItemKind.FIELD, "nama"),), ("nama",))
    assert office.done(nomor, repaired, APPLICANT, Said(answers=answers)).status == "penandatanganan"
    head.with_service(SigningSetting.LOCAL)
    head.ask(nomor, "lagi")
    head.send()
    assert office.state(nomor).status == "terbit"
    (entry,) = head.register(nomor)
    assert (entry.number, entry.id) == (before.number, before.id)
    assert (before.holder, entry.holder) == ("M*** T***", "Z*** T***")
    assert entry.dated > before.dated


def test_the_case_and_its_letter_name_the_same_last_day_however_late_the_signature_is(head: Signatory) -> None:
    office = head.office
    nomor = office.file("reklame-tetap", "")
    while office.state(nomor).status != "penandatanganan":
        state = office.state(nomor)
        if state.account is not None and state.account.open and state.status == "pembayaran":
            office.done(nomor, Pay(f"QR-{nomor}", state.account.open, office.hands()), SYSTEM)
        else:
            for desk in state.open_desks:
                if desk.inspection:
                    office.done(nomor, ReportVisit(desk.stage, desk.place), officer(desk))
                office.approve(nomor, desk, {"ada_tunggakan": False} if desk.agency == "bapenda" else None)
    head.with_service(SigningSetting.LATE)
    head.ask(nomor)
    while office.state(nomor).status == "penandatanganan":  # each letter is late by itself
        head.send()
        office.hands.pass_by(hours=11)
    assert office.state(nomor).status == "terbit"
    kept = [file.document for file in office.store.shelf.of_case(CITY, nomor) if file.giver == OFFICE]
    assert sorted(kept) == sorted(entry.product for entry in head.register(nomor))
    assert office.store.shelf.waiting(CITY, nomor, OFFICE) == ()  # none was signed twice
    until = {entry.valid_until for entry in head.register(nomor)}
    assert until == {office.state(nomor).valid_until} != {None}


def test_a_letter_of_refusal_gives_each_reason_its_own_article(head: Signatory) -> None:
    office = head.office
    nomor = office.file()
    office.approve_all(nomor)
    laws = office.case(nomor).permit.permit.legal_basis
    desks = office.state(nomor).open_desks
    grounds = [(desk, laws[number % 2]) for number, desk in enumerate(desks)]
    for desk, law in grounds:
        office.done(nomor, Refuse(desk.stage, desk.place, 0, law), officer(desk), Said(f"Karena {desk.agency}"))
    case = office.case(nomor)
    signatory = signatory_of(case.city, "Kepala", HEAD.person)
    product = product_named(case, "surat-penolakan")
    dated = case.filed_on
    letter = letter_of(case, product, None, signatory, head.signing.voice, "http://127.0.0.1:8000", dated)
    assert [(ground.words, ground.citation) for ground in letter.grounds] == [
        (f"Karena {desk.agency}", cited(law, case.city)) for desk, law in grounds
    ]


@pytest.fixture(scope="module")
def own_refusal(catalog: Catalog, tmp_path_factory: pytest.TempPathFactory) -> tuple[Catalog, Path]:
    """Return a catalog whose certificate of research is refused at a signed stage of its own, and its release."""
    kupang = catalog.cities[CITY]
    (version,) = kupang.permits["penelitian"]
    refusal = Stage("surat_tolak", reviewers=(Reviewer("dpmptsp", "kepala"),), approved=Table((Row("tolak"),)))
    risky = Row("surat_tolak", OneOf("hasil_telaah", Kind.CHOICE, ("rawan",)))
    stages = tuple(
        replace(stage, refused="surat_tolak", approved=Table((risky, Row("penerbitan", otherwise=True))))
        if stage.code == "teknis"
        else stage
        for stage in version.permit.stages
    )
    ended = (*stages, replace(refusal, signature=True), Stage("tolak", end="ditolak"))
    permits = {"penelitian": (replace(version, permit=replace(version.permit, stages=ended)),)}
    own = Catalog({CITY: replace(kupang, permits=permits)})
    return own, published(tmp_path_factory.mktemp("rilis"), own)


@pytest.mark.parametrize("by_answer", [False, True])
def test_what_a_stage_of_ones_own_refuses_goes_out_as_a_letter_of_refusal_and_not_as_the_permit(
    tmp_path: Path, own_refusal: tuple[Catalog, Path], by_answer: bool
) -> None:
    catalog, releases = own_refusal
    office = open_office(tmp_path, releases, catalog)
    head = Signatory(office, tmp_path, _signing(office, tmp_path, SigningSetting.LOCAL))
    nomor = office.file("penelitian", "skripsi")
    office.approve_all(nomor)
    (desk,) = office.state(nomor).open_desks
    law = office.case(nomor).permit.permit.legal_basis[0]
    if by_answer:
        office.approve(nomor, desk, {"hasil_telaah": "rawan"})
    else:
        office.done(nomor, Refuse(desk.stage, desk.place, 0, law), officer(desk), Said("Menyangkut isu SARA."))
    assert head.ask(nomor).status == "penandatanganan"
    assert head.send() == 1
    state = office.state(nomor)
    assert state.status == "ditolak"
    assert [file.code for file in state.letters] == ["surat-penolakan"]
    assert [(entry.product, entry.state) for entry in head.register(nomor)] == [("surat-penolakan", State.VALID)]
    case = office.case(nomor)
    signatory = signatory_of(case.city, "Kepala", HEAD.person)
    refusal = product_named(case, "surat-penolakan")
    letter = letter_of(case, refusal, None, signatory, head.signing.voice, "http://127.0.0.1:8000", case.filed_on)
    words = "Permohonan tidak memenuhi ketentuan." if by_answer else "Menyangkut isu SARA."
    assert [ground.words for ground in letter.grounds] == [words]
    assert cited(law, case.city) in letter.grounds[0].citation
    office.store.close()
    office.releases.close()
