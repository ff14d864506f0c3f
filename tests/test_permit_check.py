"""The public check page: what is valid, over or revoked, nothing personal, and nothing for who has no id."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple

import pytest
from sqlalchemy import Connection
from starlette.testclient import TestClient

from rules.letter import SignedBy
from runtime.product.register import Entry, Wanted, give_up, issue, prepare, revoke, statement_of
from runtime.product.statement import statement_text
from runtime.product.statement_key import StatementKeys, open_statement_keys
from runtime.serving import Serving
from runtime.site import site
from tests.sample_letter import AT, CITY, WANTED
from tests.sample_office import settings_for

SHA = hashlib.sha256(b"the letter").hexdigest()
Work = Callable[[Connection], Entry]


class Office(NamedTuple):
    """A running site, and the store and keys behind it."""

    client: TestClient
    serving: Serving

    @property
    def keys(self) -> StatementKeys:
        return self.serving.issuing.keys

    def do(self, work: Work) -> Entry:
        portal = self.client.portal
        assert portal is not None
        return portal.call(self.serving.store.database.write, work)

    def issued(self, wanted: Wanted = WANTED) -> Entry:
        entry = self.do(lambda c: prepare(c, CITY, wanted, self.keys, AT))
        return self.do(lambda c: issue(c, CITY, entry.id, SHA, SignedBy.ELECTRONIC, self.keys, AT))


def office_at(folder: Path, moment: datetime) -> Iterator[Office]:
    app = site(settings_for(folder, clock_starts=moment))
    with TestClient(app) as client:
        inner = app
        while not hasattr(inner, "state"):
            inner = inner._app  # type: ignore[attr-defined]  # what stands before the site
        yield Office(client, inner.state.serving)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    yield from office_at(tmp_path, AT)


def said(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


def test_a_valid_letter_is_said_to_be_valid_with_a_masked_name(office: Office) -> None:
    entry = office.issued()
    answer = office.client.get(f"/{CITY}/periksa/{entry.id}")
    assert answer.status_code == 200
    words = said(answer.text.replace("<wbr>", ""))
    for expected in (
        "Surat ini benar diterbitkan kantor kami dan masih berlaku.",
        "503/001/WRG/DPMPTSP/VII/2026",
        "M*** B***",
        "1 Juli 2026",
        "1 Juli 2031",
        SHA,
        "elektronik",
    ):
        assert expected in words
    assert "Bere" not in answer.text
    assert WANTED.nomor not in answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert '<meta name="robots" content="noindex, nofollow">' in answer.text


def test_a_scanned_code_is_compared_with_the_register(office: Office) -> None:
    entry = office.issued()
    other = office.issued(dataclasses.replace(WANTED, nomor="UJI-2026-000999", holder="Yosef"))
    page = f"/{CITY}/periksa/{entry.id}"
    agrees = "Kode QR yang Anda pindai cocok dengan catatan kami."
    differs = "Kode QR yang Anda pindai tidak cocok dengan catatan kami. Jangan percaya surat itu."
    assert entry.proof is not None
    for text in (entry.statement, entry.proof):
        words = said(office.client.get(page, params={"s": text}).text)
        assert agrees in words
        assert differs not in words
    for text in (other.statement, entry.statement[:-1], entry.statement + "A", "x", "<script>", "a" * 5000):
        answer = office.client.get(page, params={"s": text})
        assert answer.status_code == 200
        assert differs in said(answer.text)
        assert "masih berlaku" not in answer.text
        assert "<script>" not in answer.text


def test_the_other_language_keeps_the_scanned_code(office: Office) -> None:
    entry = office.issued()
    page = f"/{CITY}/periksa/{entry.id}"
    answer = office.client.get(page, params={"bahasa": "en", "s": entry.statement})
    assert "The QR code you scanned agrees with our register." in said(answer.text)
    assert f"?bahasa=id&amp;s={entry.statement}" in answer.text


def test_a_revoked_letter_says_so_with_its_reason(office: Office) -> None:
    entry = office.issued()
    office.do(lambda c: revoke(c, CITY, entry.id, "Perda Kota Uji 1/2024 Pasal 9", AT))
    words = said(office.client.get(f"/{CITY}/periksa/{entry.id}", params={"s": entry.statement}).text)
    assert "Surat ini sudah dicabut dan tidak berlaku lagi." in words
    assert "Dicabut Rabu, 1 Juli 2026. Alasan: Perda Kota Uji 1/2024 Pasal 9" in words
    assert "masih berlaku" not in words


def test_a_letter_is_over_on_the_day_after_its_last(tmp_path: Path) -> None:
    last = dataclasses.replace(WANTED, valid_until=date(2026, 7, 1))
    for moment, expected in (
        (datetime(2026, 7, 1, 15, 59, tzinfo=UTC), "masih berlaku"),
        (datetime(2026, 7, 1, 16, 1, tzinfo=UTC), "masa berlakunya sudah berakhir"),
    ):
        for office in office_at(tmp_path / f"{moment:%H%M}", moment):
            entry = office.issued(last)
            assert expected in said(office.client.get(f"/{CITY}/periksa/{entry.id}").text)


def test_a_letter_without_an_end_says_how_long_in_words(office: Office) -> None:
    entry = office.issued(dataclasses.replace(WANTED, valid_until=None, valid_words="selama usaha berjalan"))
    assert "selama usaha berjalan" in said(office.client.get(f"/{CITY}/periksa/{entry.id}").text)


def test_what_is_not_issued_does_not_exist(office: Office) -> None:
    prepared = office.do(lambda c: prepare(c, CITY, WANTED, office.keys, AT))
    given_up = office.do(
        lambda c: give_up(
            c, CITY, prepare(c, CITY, dataclasses.replace(WANTED, nomor="UJI-2026-7"), office.keys, AT).id
        )
    )
    absent = office.client.get(f"/{CITY}/periksa/{'A' * 22}")
    assert absent.status_code == 404
    same = re.sub(r'value="[^"]*"', "", absent.text)
    for id_ in (prepared.id, given_up.id, "a", "A" * 23, WANTED.nomor, "%00", "é" * 22, prepared.id.swapcase()):
        for end in ("", "/bukti.txt"):
            answer = office.client.get(f"/{CITY}/periksa/{id_}{end}")
            assert answer.status_code == 404
            assert re.sub(r'value="[^"]*"', "", answer.text) == same


def test_a_letter_of_one_city_is_not_one_of_another(office: Office) -> None:
    entry = office.issued()
    assert office.client.get(f"/kota-lain/periksa/{entry.id}").status_code == 404


def test_the_keys_are_published_and_so_is_the_proof_of_each_file(office: Office) -> None:
    entry = office.issued()
    published = office.client.get(f"/{CITY}/kunci.json")
    assert published.headers["content-type"] == "application/json"
    assert published.json() == {"daerah": CITY, **office.keys.published}
    assert len(published.json()["kunci"]) == 1
    proof = office.client.get(f"/{CITY}/periksa/{entry.id}/bukti.txt")
    assert proof.text == f"{entry.proof}\n"
    assert json.loads(published.text)["kunci"][0]["alg"] == "Ed25519"


def test_a_statement_made_elsewhere_with_our_words_does_not_agree(office: Office, tmp_path: Path) -> None:
    (tmp_path / "lain").mkdir()
    forged = statement_text(statement_of(office.issued()), open_statement_keys(tmp_path / "lain"))
    entry = office.do(lambda c: prepare(c, CITY, WANTED, office.keys, AT))
    answer = office.client.get(f"/{CITY}/periksa/{entry.id}", params={"s": forged})
    assert "Jangan percaya surat itu." in said(answer.text)
