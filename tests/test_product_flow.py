"""From the decision to the paper in somebody's hand: prepared, printed, signed late or at last by hand, issued, checked
by a phone and by the verifier, and revoked."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import zxingcpp
from PIL import Image
from sqlalchemy import Connection
from starlette.testclient import TestClient

from rules.letter import LetterKind, SignedBy
from runtime.cases.store import Store
from runtime.clock import fixed
from runtime.product.issuing_office import IssuingOffice
from runtime.product.permit_pdf import template_for
from runtime.product.register import Entry, State, find_product, issue, prepare, revoke
from runtime.product.signature import SignatureFailed, SignatureLate, SignedPdf, ask
from runtime.release import Release
from runtime.settings import Settings, Signing
from runtime.site import site
from tests.sample_letter import AT, CITY, HEAD, WANTED, sample_letter, written
from tests.sample_office import sample_release
from tests.sample_permit import sample_city

VERIFIER = Path(__file__).parent.parent / "docs" / "verifier" / "verify_permit.py"
URL = "http://testserver"
REASON = "Penerbitan"
Work = Callable[[Connection], Entry]


@pytest.fixture
def releases(tmp_path: Path) -> Path:
    return sample_release(tmp_path / "rilis", {"sk-umum": "#kop()\n#judul(data.judul, nomor: data.nomor)\n#penutup()"})


class Desk:
    """What the office does, step by step, each database step in its own transaction."""

    def __init__(self, data: Path, releases: Path, signing: Signing) -> None:
        self.store = Store(data, fixed(AT))
        self.office = IssuingOffice(data, signing)
        self.template = template_for(Release(releases / "current").cities[CITY], LetterKind.PERMIT)

        self.is_open = True

    def close(self) -> None:
        if self.is_open:
            self.store.close()
        self.is_open = False

    def do(self, work: Work) -> Entry:
        return self.store.database.submit(work).result(60)

    def prepared(self) -> Entry:
        return self.do(lambda c: prepare(c, CITY, WANTED, self.office.keys, AT))

    def printed(self, entry: Entry, by: SignedBy = SignedBy.ELECTRONIC) -> bytes:
        return self.office.press.print(self.template, sample_letter(entry, url=URL, by=by), AT).pdf

    def issued(self, entry: Entry, sha256: str, by: SignedBy) -> Entry:
        return self.do(lambda c: issue(c, CITY, entry.id, sha256, by, self.office.keys, AT))


@pytest.fixture
def open_desk(tmp_path: Path, releases: Path) -> Iterator[Callable[[Signing], Desk]]:
    opened: list[Desk] = []

    def desk(signing: Signing) -> Desk:
        for one in opened:
            one.close()
        opened[:] = [Desk(tmp_path / "data", releases, signing)]
        return opened[0]

    (tmp_path / "data").mkdir()
    yield desk
    for one in opened:
        one.close()


def scanned(folder: Path, pdf: bytes) -> str:
    path = written(folder, "surat.pdf", pdf)
    subprocess.run(["pdftoppm", "-r", "150", "-png", "-singlefile", path, folder / "surat"], check=True)
    (code,) = zxingcpp.read_barcodes(Image.open(folder / "surat.png"))
    return code.text


def verified(folder: Path, *words: str | Path) -> int:
    command = [sys.executable, "-I", VERIFIER, "--kunci", folder / "kunci.json", *words]
    return subprocess.run(command, capture_output=True, cwd=folder, check=False).returncode


def test_a_permit_is_issued_and_checked_and_revoked(
    open_desk: Callable[[Signing], Desk], tmp_path: Path, releases: Path
) -> None:
    desk = open_desk(Signing.LOCAL)
    entry = desk.prepared()
    letter = desk.printed(entry)
    answer = ask(desk.office.signer(sample_city()), letter, HEAD, REASON, AT)
    assert isinstance(answer, SignedPdf)
    entry = desk.issued(entry, answer.sha256, SignedBy.ELECTRONIC)
    assert entry.state is State.VALID
    desk.close()

    code = scanned(tmp_path, answer.pdf)
    with TestClient(site(Settings(tmp_path / "data", releases, URL, AT))) as client:
        link = urlsplit(code)
        page = client.get(f"{link.path}?{link.query}").text
        assert "Kode QR yang Anda pindai cocok dengan catatan kami." in page
        assert answer.sha256 in page
        (tmp_path / "kunci.json").write_text(client.get(f"/{CITY}/kunci.json").text)
        (tmp_path / "bukti.txt").write_text(client.get(f"{link.path}/bukti.txt").text)
    assert verified(tmp_path, code) == 0
    assert verified(tmp_path, "bukti.txt", "--pdf", "surat.pdf") == 0
    written(tmp_path, "surat.pdf", letter)
    assert verified(tmp_path, "bukti.txt", "--pdf", "surat.pdf") == 1

    desk = open_desk(Signing.LOCAL)
    desk.do(lambda c: revoke(c, CITY, entry.id, "Perda Kota Uji 1/2024 Pasal 9", AT))
    desk.close()
    with TestClient(site(Settings(tmp_path / "data", releases, URL, AT))) as client:
        assert "Surat ini sudah dicabut" in client.get(f"{link.path}?{link.query}").text
    assert json.loads((tmp_path / "kunci.json").read_text())["daerah"] == CITY


def test_a_late_signature_is_asked_for_again_with_the_same_letter_after_a_restart(
    open_desk: Callable[[Signing], Desk],
) -> None:
    desk = open_desk(Signing.LATE)
    entry = desk.prepared()
    letter = desk.printed(entry)
    late = ask(desk.office.signer(sample_city()), letter, HEAD, REASON, AT)
    assert isinstance(late, SignatureLate)
    again = open_desk(Signing.LATE)
    known = again.store.database.read(lambda c: find_product(c, CITY, WANTED.nomor, WANTED.product))
    assert known == entry
    assert again.prepared() == entry
    assert again.printed(entry) == letter
    signer = again.office.signer(sample_city())
    assert isinstance(ask(signer, letter, HEAD, REASON, AT), SignatureLate)
    assert isinstance(ask(signer, letter, HEAD, REASON, AT + timedelta(minutes=2)), SignedPdf)


def test_what_no_service_signs_is_signed_on_paper_and_its_scan_is_issued(
    open_desk: Callable[[Signing], Desk], tmp_path: Path
) -> None:
    desk = open_desk(Signing.FAILING)
    entry = desk.prepared()
    failed = ask(desk.office.signer(sample_city()), desk.printed(entry), HEAD, REASON, AT)
    assert isinstance(failed, SignatureFailed)
    assert desk.prepared() == entry
    paper = desk.printed(entry, SignedBy.HAND)
    assert f"?s={entry.statement}" in scanned(tmp_path, paper)
    scan = hashlib.sha256(b"the scan of the signed paper").hexdigest()
    issued = desk.issued(entry, scan, SignedBy.HAND)
    assert (issued.state, issued.signed_by, issued.pdf_sha256) == (State.VALID, "basah", scan)
    assert issued.number == entry.number
