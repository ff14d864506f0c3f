"""What an ill-wisher, an impatient thumb, or a change of the catalog can do to the pages and the API: nothing."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from html import unescape
from pathlib import Path

import pytest
import segno
from starlette.testclient import TestClient
from starlette.types import Message

from generator.build import build, publish
from generator.model import Catalog, CityCatalog, PermitVersion, Places
from rules.field import Field
from rules.kind import Kind
from rules.permit import Constant, Factor, Fee, Permit, Requirement
from rules.table import Row, Table
from rules.words import Words
from runtime import json_text
from runtime.api.shapes import SUBMIT
from runtime.citizen.first_look import FirstLook
from runtime.guard import Guard
from runtime.serving import Serving
from runtime.settings import Limits, Settings
from runtime.site import site
from tests.kupang_office import kupang_catalog
from tests.sample_office import ANSWERS, settings_for
from tests.sample_permit import LAW, sample_city, sample_permit
from tests.test_citizen_pages import (
    APPLICANT,
    ATTENDANTS,
    BUSINESS,
    KILOBYTES,
    PERMIT,
    filled,
    give,
    hidden,
    pdf,
    said,
    send,
)

API = "/api/kota-uji"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return settings_for(tmp_path)


@pytest.fixture
def client(settings: Settings) -> Iterator[TestClient]:
    with TestClient(site(settings)) as opened:
        yield opened


def served(client: TestClient) -> Serving:
    """Return what the site behind a client holds."""
    guard = client.app
    assert isinstance(guard, Guard)
    first = guard._app
    assert isinstance(first, FirstLook)
    assert first.serving is not None
    return first.serving


def stop_engine(client: TestClient) -> None:
    """Close the engine of the permit, so that from now on it concludes nothing."""
    version = served(client).releases.current.cities["kota-uji"].version("warung", "2026-01-01")
    assert version is not None
    version.decider.close()


def change(client: TestClient, settings: Settings, changed: Permit) -> None:
    """Publish a release with another permit and wait until it is served."""
    city = sample_city()
    version = PermitVersion(changed, Places("izin/warung/2026-01-01.yaml", {}))
    catalog = Catalog({city.code: CityCatalog(city, {}, {changed.code: (version,)}, (), {})})
    digest = build(catalog, settings.release)
    publish(settings.release, digest)
    until = time.monotonic() + 60
    while served(client).releases.current.digest != digest:
        assert time.monotonic() < until
        time.sleep(0.05)


def ready(client: TestClient) -> dict[str, str]:
    """Fill in everything, give the document, and return what the review page would send."""
    assert give(client, filled(client), pdf()).status_code == 200
    return {**hidden(client.get(f"{PERMIT}/periksa").text), "benar": "ya"}


# Addresses


@pytest.mark.parametrize("page", ["9" * 5000, "0", "-1", "1.0", "%d9%a1", "1%00", "99999"])
def test_a_page_number_that_is_none_is_an_address_that_does_not_exist(client: TestClient, page: str) -> None:
    assert client.get(f"{PERMIT}/isi/{page}").status_code == 404
    assert client.post(f"{PERMIT}/isi/{page}", data={"token": "x"}).status_code == 404


@pytest.mark.parametrize("item", ["9" * 5000, "-1", "²", "٣", ""])
def test_an_item_that_is_not_there_cannot_be_removed(client: TestClient, item: str) -> None:
    form = hidden(client.get(f"{PERMIT}/isi/3?baru").text)
    sent = client.post(f"{PERMIT}/isi/3", data={**form, **ATTENDANTS, "aksi": f"hapus:penjaga.{item}."})
    assert sent.status_code == 200


# The turn of the year


def test_numbers_are_of_the_year_it_is_in_the_city(tmp_path: Path) -> None:
    midnight = datetime(2026, 12, 31, 16, 30, tzinfo=UTC)  # half an hour into 2027 in the city
    with TestClient(site(settings_for(tmp_path, clock_starts=midnight))) as client:
        sent = ready(client)
        assert sent["draf"] == "UJI-D-2027-000001"
        receipt = client.post(f"{PERMIT}/kirim", data=sent)
        assert receipt.url.path == "/kota-uji/tanda-terima/UJI-2027-000001"
        assert "sementara, sebab hari libur tahun 2027 belum ditetapkan" in said(receipt.text)


# The impatient and the unlucky


def test_a_second_press_before_the_first_answer_came_gets_the_same_receipt(client: TestClient) -> None:
    """On a slow phone the browser drops the first answer, and with it the session's new id."""
    sent = ready(client)
    before = dict(client.cookies)
    first = client.post(f"{PERMIT}/kirim", data=sent)
    assert first.url.path == "/kota-uji/tanda-terima/UJI-2026-000001"
    client.cookies.clear()
    for name, value in before.items():
        client.cookies.set(name, value)
    second = client.post(f"{PERMIT}/kirim", data=sent)
    assert second.url.path == first.url.path
    assert "Permohonan Anda sudah diterima" in second.text


@pytest.mark.parametrize("path", [f"{PERMIT}/isi/1", f"{API}/izin/warung/keputusan"])
def test_a_line_that_breaks_while_sending_is_no_failure_of_the_server(client: TestClient, path: str) -> None:
    media_type = "application/json" if path.startswith("/api") else "application/x-www-form-urlencoded"
    headers = [(b"host", b"testserver"), (b"content-type", media_type.encode())]
    scope: dict[str, object] = {"type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "scheme": "http"}
    scope |= {"method": "POST", "path": path, "raw_path": path.encode(), "query_string": b"", "headers": headers}
    begun: Message = {"type": "http.request", "body": b"token=", "more_body": True}
    parts: Iterator[Message] = iter([begun, {"type": "http.disconnect"}])
    answered: list[Message] = []

    async def receive() -> Message:
        return next(parts)

    async def send(message: Message) -> None:
        answered.append(message)

    assert client.portal is not None
    client.portal.call(client.app, scope, receive, send)
    assert answered[0]["status"] == 400


def test_the_receipt_says_which_item_a_document_was_given_for(client: TestClient, settings: Settings) -> None:
    permit = sample_permit()
    each = Requirement("akta", for_each="penjaga")
    change(client, settings, replace(permit, requirements=(*permit.requirements, each)))
    form = filled(client)
    give(client, form, pdf())
    client.post(f"{PERMIT}/dokumen", data={**form, "dokumen": "akta", "butir": "0"}, files={"berkas": ("a.pdf", pdf())})
    review = client.get(f"{PERMIT}/periksa")
    assert "Akta pendirian (Penjaga 1): akta-1.pdf" in said(review.text)
    receipt = client.post(f"{PERMIT}/kirim", data={**hidden(review.text), "benar": "ya"})
    assert "Akta pendirian (Penjaga 1): akta-1.pdf" in said(receipt.text)


def test_many_documents_are_asked_for_a_few_at_a_time(client: TestClient, settings: Settings) -> None:
    permit = sample_permit()
    fields = tuple(replace(one, maximum=100) if one.code == "penjaga" else one for one in permit.fields)
    each = (Requirement("akta", for_each="penjaga"), Requirement("denah", for_each="penjaga"))
    change(client, settings, replace(permit, fields=fields, requirements=(Requirement("ktp"), *each)))
    send(client, 1, APPLICANT)
    send(client, 2, BUSINESS)
    fleet = {"alasan": "Banyak tamu", **{f"penjaga.{index}.nama": f"Penjaga {index}" for index in range(30)}}
    page = send(client, 3, {**fleet, **{f"penjaga.{index}.bersertifikat": "tidak" for index in range(30)}})
    assert page.url.path == f"{PERMIT}/dokumen"
    assert page.text.count('<section class="berkas') == 61
    assert page.text.count('type="file"') == 8
    assert len(page.content) < 30 * KILOBYTES
    later = client.get(f"{PERMIT}/dokumen?buka=d-denah-29")
    assert later.text.count('type="file"') == 9
    sent = {**hidden(later.text), "dokumen": "denah", "butir": "29"}
    client.post(f"{PERMIT}/dokumen", data=sent, files={"berkas": ("a.pdf", pdf())})
    assert "<details open>" in client.get(f"{PERMIT}/dokumen?buka=d-denah-29").text
    missing = client.get(f"{PERMIT}/periksa")
    targets = re.findall(r'<li><a href="#([^"]+)">', missing.text)
    assert len(targets) == 60
    assert "f-d-denah-29" not in targets
    assert set(targets) <= set(re.findall(r'id="([^"]+)"', missing.text))


def test_every_document_that_kupang_may_ask_for_can_be_given() -> None:
    for code, versions in kupang_catalog().cities["kota-kupang"].permits.items():
        permit = versions[-1].permit
        most = {field.code: field.maximum if isinstance(field.maximum, int) else 50 for field in permit.fields}
        copies = sum(1 if one.for_each is None else most[one.for_each] for one in permit.requirements)
        assert copies <= Limits().files_per_application, code
    assert f'"maxItems":{Limits().files_per_application},' in json_text.write(SUBMIT)


def test_the_qr_of_a_receipt_leads_to_tracking_and_holds_no_code(client: TestClient) -> None:
    receipt = client.post(f"{PERMIT}/kirim", data=ready(client))
    address = "http://testserver/kota-uji/lacak?nomor=UJI-2026-000001"
    assert segno.make(address, error="m").svg_data_uri(border=2, scale=4) in unescape(receipt.text)
    client.cookies.clear()
    assert hidden(client.get(address).text).keys() == {"token"}
    assert 'name="nomor" value="UJI-2026-000001"' in client.get(address).text


# The engine concluded nothing


def test_pages_leave_to_an_officer_what_could_not_be_concluded(client: TestClient) -> None:
    form = filled(client)
    stop_engine(client)
    papers = said(client.get(f"{PERMIT}/dokumen").text)
    assert "tidak ada dokumen" not in papers
    assert "Dokumen yang diperlukan diputuskan petugas" in papers
    review = client.get(f"{PERMIT}/periksa")
    for claim in ("Tidak ada yang diminta", "Gratis", "Rp0"):
        assert claim not in said(review.text)
    assert said(review.text).count("diputuskan petugas") >= 4  # at the top, documents, reviewers, cost
    receipt = client.post(f"{PERMIT}/kirim", data={**hidden(review.text), "benar": "ya"})
    assert receipt.url.path.startswith("/kota-uji/tanda-terima/")
    for claim in ("Tidak ada yang diminta", "Gratis", "Rp0"):
        assert claim not in said(receipt.text)
    assert said(receipt.text).count("diputuskan petugas") >= 3
    assert form["draf"] not in receipt.text


def test_documents_given_before_the_engine_failed_are_filed_and_named(client: TestClient) -> None:
    ready(client)
    stop_engine(client)
    review = client.get(f"{PERMIT}/periksa")
    assert "ktp.pdf" in review.text
    receipt = client.post(f"{PERMIT}/kirim", data={**hidden(review.text), "benar": "ya"})
    assert receipt.url.path.startswith("/kota-uji/tanda-terima/")
    assert "KTP: ktp.pdf" in said(receipt.text)
    kept = served(client).store.submissions.find("kota-uji", "UJI-2026-000001")
    assert kept is not None
    assert [document.name for document in kept.documents] == ["ktp.pdf"]


def test_the_api_never_says_eligible_of_what_could_not_be_concluded(client: TestClient) -> None:
    given = client.post(f"{API}/berkas", data={"document": "ktp"}, files={"file": ("a.pdf", pdf())}).json()
    stop_engine(client)
    decided = client.post(f"{API}/izin/warung/keputusan", json={"answers": ANSWERS}).json()
    assert decided["eligible"] is None
    assert decided["decision"]["manual"] == "the engine was closed"
    assert "free" not in decided["decision"]["bill"]
    filed = client.post(
        f"{API}/izin/warung/pengajuan",
        json={"answers": ANSWERS, "files": [given["id"]]},
        headers={"Idempotency-Key": "k" * 16},
    ).json()
    tracked = client.post(f"{API}/lacak", json={"nomor": filed["nomor"], "code": filed["code"]}).json()
    assert [document["id"] for document in tracked["documents"]] == [given["id"]]


# The catalog changes under an open draft


def dearer(permit: Permit) -> Permit:
    assert isinstance(permit.fee, Fee)
    tariff = Factor("tarif", Table((Row(Constant(Decimal(2000))),)), citation=LAW)
    return replace(permit, fee=replace(permit.fee, factors=(tariff,)))


def stricter(permit: Permit) -> Permit:
    fields = tuple(replace(one, length=10) if one.code == "uraian" else one for one in permit.fields)
    return replace(permit, fields=fields)


def test_what_was_read_over_is_what_is_filed_though_the_fee_has_changed(client: TestClient, settings: Settings) -> None:
    sent = ready(client)
    change(client, settings, dearer(sample_permit()))
    again = client.post(f"{PERMIT}/kirim", data=sent)
    assert again.url.path == f"{PERMIT}/periksa"
    assert "Baca sekali lagi, lalu ajukan" in said(again.text)
    assert "Rp81.000" in said(again.text)
    filed = client.post(f"{PERMIT}/kirim", data={**hidden(again.text), "benar": "ya"})
    assert "Rp81.000" in said(filed.text)


def test_an_answer_that_a_new_release_refuses_is_asked_again_and_never_dropped(
    client: TestClient, settings: Settings
) -> None:
    form = filled(client)
    send(client, 2, {**BUSINESS, "uraian": "Menjual nasi dan kopi"})
    give(client, form, pdf())
    sent = {**hidden(client.get(f"{PERMIT}/periksa").text), "benar": "ya"}
    change(client, settings, stricter(sample_permit()))
    again = client.post(f"{PERMIT}/kirim", data=sent)
    assert again.url.path == f"{PERMIT}/isi/2"
    assert "Paling banyak 10 huruf; sekarang 21" in said(again.text)
    assert "Menjual nasi dan kopi" in again.text


def without_question(permit: Permit) -> Permit:
    fields = tuple(one for one in permit.fields if one.code != "lantai")
    sections = tuple(
        replace(one, fields=tuple(code for code in one.fields if code != "lantai")) for one in permit.sections
    )
    return replace(permit, fields=fields, sections=sections)


def without_option(permit: Permit) -> Permit:
    return replace(permit, fields=tuple(_poorer(one) for one in permit.fields))


def _poorer(field: Field) -> Field:
    if field.kind not in (Kind.CHOICE, Kind.CHOICES) or field.code not in ("kelurahan", "alat"):
        return field
    return replace(field, options=tuple(one for one in field.options if one.code not in ("tdm", "kompor")))


def another_kind(permit: Permit) -> Permit:
    fields = tuple(
        replace(one, kind=Kind.TEXT, items=(), minimum=None, maximum=None) if one.code == "penjaga" else one
        for one in permit.fields
    )
    kept = tuple(one for one in fields if one.code != "alasan")
    sections = tuple(
        replace(one, fields=tuple(code for code in one.fields if code != "alasan")) for one in permit.sections
    )
    return replace(permit, fields=kept, sections=sections, derived=())


def more_paper(permit: Permit) -> Permit:
    return replace(permit, requirements=(*permit.requirements, Requirement("akta", citation=LAW)))


def renamed(permit: Permit) -> Permit:
    return replace(permit, name=Words("Izin Kedai", "Stall licence"))


@pytest.mark.parametrize(
    ("changed", "path", "words"),
    [
        (without_question, "periksa", "Periksa sebelum diajukan"),
        (without_option, "isi/2", "Kelurahan: pilih dari yang tersedia"),
        (another_kind, "isi/3", "Penjaga: "),
        (more_paper, "dokumen", "Akta pendirian: belum diunggah"),
        (renamed, "periksa", "Izin Kedai"),
    ],
)
def test_a_draft_goes_on_where_a_new_release_asks_something_else(
    client: TestClient, settings: Settings, changed: Callable[[Permit], Permit], path: str, words: str
) -> None:
    ready(client)
    change(client, settings, changed(sample_permit()))
    for asked in ("isi/1", "isi/2", "isi/3", "dokumen", "tersimpan"):
        assert client.get(f"{PERMIT}/{asked}").status_code in (200, 422), asked
    met = client.get(f"{PERMIT}/periksa")
    assert met.url.path == f"{PERMIT}/{path}"
    assert words in unescape(said(met.text))


def test_a_draft_of_a_permit_that_ended_is_told_so_on_every_page(client: TestClient, settings: Settings) -> None:
    sent = ready(client)
    change(client, settings, replace(sample_permit(), valid_until="2026-06-30"))
    for asked in ("isi/1", "dokumen", "periksa", "tersimpan"):
        ended = client.get(f"{PERMIT}/{asked}")
        assert ended.status_code == 404
        assert "layanan ini sudah tidak berlaku" in ended.text
    assert client.post(f"{PERMIT}/kirim", data=sent).status_code == 404
