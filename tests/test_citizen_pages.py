"""Pages over HTTP: nothing lost, nothing leaked, every way of sending the wrong thing answered with help."""

from __future__ import annotations

import io
import re
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from html import unescape
from pathlib import Path

import pikepdf
import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from generator.build import build, publish
from generator.model import Catalog, CityCatalog, PermitVersion, Places
from rules.city import Moved
from rules.words import Words
from runtime.citizen.first_look import end_of_day
from runtime.settings import Limits
from runtime.site import site
from runtime.static_files import StaticFiles
from tests.sample_office import sample_release, settings_for
from tests.sample_permit import sample_city, sample_permit

PERMIT = "/kota-uji/izin/warung"
HOSTILE = "\"><script>alert(1)</script>' {{7*7}} {0.__class__} &amp;"
KILOBYTES = 1024

APPLICANT = {"nama": "Maria", "nik": "5371014506850003", "telepon": "081234567890", "alamat": "Jl. Uji 2"}
BUSINESS = {
    **{"bentuk": "perorangan", "kelurahan": "tdm", "lantai": "2", "modal": "25 juta", "luas": "40,5"},
    **{"mulai": "1/8/2026", "alat": "kompor", "buka_24_jam": "tidak", "terlihat": "nib"},
}
ATTENDANTS = {"penjaga.0.nama": "Yosef", "penjaga.0.bersertifikat": "tidak"}


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    with TestClient(site(settings_for(tmp_path))) as opened:
        yield opened


def hidden(text: str) -> dict[str, str]:
    return {name: unescape(value) for name, value in re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', text)}


def said(text: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", text)))


def send(client: TestClient, page: int, data: dict[str, str]) -> Response:
    form = hidden(client.get(f"{PERMIT}/isi/{page}").text)
    return client.post(f"{PERMIT}/isi/{page}", data={**form, **data})


def filled(client: TestClient) -> dict[str, str]:
    """Fill in the whole form and return the hidden fields of the page after it."""
    send(client, 1, APPLICANT)
    send(client, 2, BUSINESS)
    answer = send(client, 3, ATTENDANTS)
    assert answer.status_code == 200, said(answer.text)
    assert answer.url.path == f"{PERMIT}/dokumen"
    return hidden(answer.text)


def pdf() -> bytes:
    buffer = io.BytesIO()
    with pikepdf.new() as paper:
        paper.add_blank_page()
        paper.save(buffer)
    return buffer.getvalue()


def give(client: TestClient, form: dict[str, str], content: bytes, name: str = "ktp.pdf") -> Response:
    data = {**form, "dokumen": "ktp", "butir": ""}
    return client.post(f"{PERMIT}/dokumen", data=data, files={"berkas": (name, content, "application/pdf")})


def test_a_permit_is_found_by_everyday_and_by_misspelt_words(client: TestClient) -> None:
    for words in ("warung", "izin warunk", "buka kios", "makann", "FOOD stall"):
        assert f'href="{PERMIT}"' in client.get("/kota-uji/", params={"cari": words}).text.split("instansi")[0], words
    nothing = said(client.get("/kota-uji/", params={"cari": "kapal selam"}).text)
    assert "Tidak ada yang cocok dengan “kapal selam”" in nothing


def test_what_is_sought_is_never_markup(client: TestClient) -> None:
    text = client.get("/kota-uji/", params={"cari": HOSTILE}).text
    assert "<script>" not in text
    assert HOSTILE in unescape(text)


def test_the_standard_is_shown_before_anything_is_filled_in(client: TestClient) -> None:
    text = said(client.get(PERMIT).text)
    for words in ("Persyaratan", "Jangka waktu penyelesaian", "Biaya atau tarif", "pengaduan", "Perda Kota Uji 1/2024"):
        assert words in text
    assert "perlu konfirmasi" in text  # the fee is marked as assumed
    assert text.count("perlu konfirmasi") == 1


def test_every_answer_carries_the_headers_of_security(client: TestClient) -> None:
    policy = (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "form-action 'self'; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'; "
        "require-trusted-types-for 'script'"
    )
    for path in ("/kota-uji/", f"{PERMIT}/isi/1", "/tidak-ada", "/api/openapi.json"):
        headers = client.get(path).headers
        assert headers["content-security-policy"] == policy
        assert headers["x-content-type-options"] == "nosniff"
    filled(client)
    for path in (f"{PERMIT}/isi/1", f"{PERMIT}/dokumen", f"{PERMIT}/tersimpan"):
        assert client.get(path).headers["cache-control"] == "no-store"


def test_pages_hold_no_inline_code_or_style(client: TestClient) -> None:
    filled(client)
    for path in ("/kota-uji/", PERMIT, f"{PERMIT}/isi/2", f"{PERMIT}/dokumen", "/kota-uji/lacak", "/tidak-ada"):
        text = client.get(path).text
        assert not re.search(r"<script(?![^>]* src=)|<style|\son\w+=|style=|javascript:", text), path


def test_another_site_cannot_change_anything(client: TestClient) -> None:
    form = hidden(client.get(f"{PERMIT}/isi/1").text)
    for headers in (
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://jahat.example"},
        {"origin": "null"},
    ):
        answer = client.post(f"{PERMIT}/isi/1", data={**form, **APPLICANT}, headers=headers)
        assert answer.status_code == 403
        assert "Permintaan ini ditolak demi keamanan" in answer.text
    assert client.get(f"{PERMIT}/tersimpan").url.path == "/kota-uji/lanjut"  # no draft was begun


def test_a_form_without_its_token_keeps_what_was_typed_and_saves_nothing(client: TestClient) -> None:
    client.get(f"{PERMIT}/isi/1")
    answer = client.post(f"{PERMIT}/isi/1", data={"token": "x", "nama": HOSTILE})
    assert answer.status_code == 403
    assert hidden(answer.text)["nama"] == HOSTILE
    assert "<script>" not in answer.text
    again = client.post(f"{PERMIT}/isi/1", data={**hidden(answer.text), "aksi": "simpan"})
    assert again.url.path == f"{PERMIT}/tersimpan"
    assert f'value="{HOSTILE}"' in unescape(client.get(f"{PERMIT}/isi/1").text)


def test_what_was_typed_is_shown_as_it_was_typed_and_never_as_markup(client: TestClient) -> None:
    form = hidden(client.get(f"{PERMIT}/isi/1").text)
    typed = {"nama": HOSTILE, "nik": " 12 ", "alamat": "\r\n  baris dua  "}
    answer = client.post(f"{PERMIT}/isi/1", data={**form, **typed})
    assert answer.status_code == 422
    for text in (answer.text, client.get(f"{PERMIT}/isi/1").text):
        assert "<script>" not in text
        assert f'name="nama" autocomplete="off" value="{HOSTILE}"' in unescape(text)
        assert 'value=" 12 "' in text
        assert ">\n\n  baris dua  </textarea>" in text


def test_faults_are_listed_at_the_top_and_said_beside_their_questions(client: TestClient) -> None:
    form = hidden(client.get(f"{PERMIT}/isi/1").text)
    answer = client.post(f"{PERMIT}/isi/1", data={**form, **APPLICANT, "nik": "123"})
    assert answer.text.startswith("<!DOCTYPE html>")
    assert "<title>Galat: Pemohon" in answer.text
    assert '<li><a href="#nik">NIK: harus 16 angka; yang tertulis 3</a></li>' in answer.text
    assert (
        '<p class="galat" id="e-nik"><span class="sr">Galat: </span>Harus 16 angka; yang tertulis 3</p>' in answer.text
    )
    assert 'aria-describedby="b-nik e-nik" aria-invalid="true"' in answer.text


def test_a_question_that_an_answer_opens_is_announced_and_not_complained_of(client: TestClient) -> None:
    send(client, 1, APPLICANT)
    form = hidden(client.get(f"{PERMIT}/isi/2").text)
    answer = client.post(f"{PERMIT}/isi/2", data={**form, **BUSINESS, "bentuk": "badan", "terlihat": ""})
    assert answer.status_code == 200
    assert "Jawaban Anda membuka satu pertanyaan lagi" in answer.text
    assert "Ada yang perlu diperbaiki" not in answer.text
    assert hidden(answer.text)["terlihat"] == "nib"
    again = client.post(f"{PERMIT}/isi/2", data={**hidden(answer.text), **BUSINESS, "bentuk": "badan"})
    assert again.status_code == 422
    assert "NIB: belum diisi" in again.text


def test_a_derived_fact_shows_its_question_on_the_server(client: TestClient) -> None:
    send(client, 1, APPLICANT)
    send(client, 2, BUSINESS)
    three = {
        f"penjaga.{n}.{key}": value for n in range(3) for key, value in (("nama", "A"), ("bersertifikat", "tidak"))
    }
    form = hidden(client.get(f"{PERMIT}/isi/3").text)
    answer = client.post(f"{PERMIT}/isi/3", data={**form, **three})
    assert "Alasan banyak penjaga" in said(answer.text)
    assert "Jawaban Anda membuka satu pertanyaan lagi" in answer.text


def test_items_are_added_and_removed_without_scripts(client: TestClient) -> None:
    form = hidden(client.get(f"{PERMIT}/isi/1").text)
    client.post(f"{PERMIT}/isi/1", data={**form, **APPLICANT})
    form = hidden(client.get(f"{PERMIT}/isi/3").text)
    more = client.post(f"{PERMIT}/isi/3", data={**form, "penjaga.0.nama": "Yosef", "aksi": "tambah:penjaga"})
    assert more.text.count('class="kartu"') == 2
    assert 'name="penjaga.0.nama" autocomplete="off" value="Yosef"' in more.text
    two = {**form, "penjaga.0.nama": "Yosef", "penjaga.1.nama": "Ana", "aksi": "hapus:penjaga.0."}
    fewer = client.post(f"{PERMIT}/isi/3", data=two)
    assert fewer.text.count('class="kartu"') == 1
    assert 'name="penjaga.0.nama" autocomplete="off" value="Ana"' in fewer.text
    assert client.post(f"{PERMIT}/isi/3", data={**two, "aksi": "hapus:penjaga.99."}).status_code == 200


def test_an_application_is_filed_once_however_often_it_is_sent(client: TestClient) -> None:
    form = filled(client)
    assert give(client, form, pdf()).status_code == 200
    review = client.get(f"{PERMIT}/periksa")
    text = said(review.text)
    for words in ("Modal usaha Rp25.000.000", "40,5 m²", "1 Agustus 2026", "Rp60.750", "Dinas Kesehatan", "ktp.pdf"):
        assert words in text
    unsure = client.post(f"{PERMIT}/kirim", data=hidden(review.text))
    assert unsure.status_code == 422
    sent = {**hidden(review.text), "benar": "ya"}
    first = client.post(f"{PERMIT}/kirim", data=sent)
    assert first.url.path == "/kota-uji/tanda-terima/UJI-2026-000001"
    assert "Permohonan Anda sudah diterima" in first.text
    # The session has changed its id; the browser sends the old form once more, with the new cookie.
    token = hidden(first.text)["token"]
    second = client.post(f"{PERMIT}/kirim", data={**sent, "token": token})
    assert second.url.path == first.url.path
    assert "WITA" in said(first.text)


def test_a_receipt_is_opened_by_nomor_and_code_and_by_nothing_else(client: TestClient, tmp_path: Path) -> None:
    form = filled(client)
    give(client, form, pdf())
    receipt = client.post(f"{PERMIT}/kirim", data={**hidden(client.get(f"{PERMIT}/periksa").text), "benar": "ya"})
    code = re.findall(r'class="besar">([^<]+)<', receipt.text)[1]
    client.cookies.clear()
    stranger = client.get(receipt.url.path)
    assert stranger.url.path == "/kota-uji/lacak"
    assert "Maria" not in stranger.text
    absent = client.get("/kota-uji/tanda-terima/UJI-2026-999999")
    assert said(absent.text).replace("999999", "000001") == said(stranger.text)
    asked = {"token": hidden(stranger.text)["token"], "nomor": "uji-2026-000001"}
    wrong = client.post("/kota-uji/lacak", data={**asked, "kode": "ABCD-EFGH-JKMN"})
    assert wrong.status_code == 422
    right = client.post("/kota-uji/lacak", data={**asked, "kode": code.lower()})
    assert right.url.path == "/kota-uji/permohonan/UJI-2026-000001"
    kept = client.get("/kota-uji/tanda-terima/UJI-2026-000001")
    assert "Maria" in kept.text
    assert code not in kept.text + right.text  # shown once, when it was given


def test_an_expired_session_asks_for_the_code_and_loses_nothing(client: TestClient) -> None:
    send(client, 1, APPLICANT)
    saved = client.get(f"{PERMIT}/tersimpan").text
    nomor, code = re.findall(r'class="besar">([^<]+)<', saved)
    client.cookies.clear()
    token = hidden(client.get(f"{PERMIT}/isi/1?baru=1").text)["token"]
    late = client.post(f"{PERMIT}/isi/2", data={"token": token, "draf": nomor, **BUSINESS, "aksi": "lanjut"})
    assert late.status_code == 403
    assert "Sesi Anda sudah berakhir" in late.text
    assert hidden(late.text)["luas"] == "40,5"
    wrong = client.post(f"{PERMIT}/isi/2", data={**hidden(late.text), "kode": "salah"})
    assert "Kode itu tidak cocok" in wrong.text
    right = client.post(f"{PERMIT}/isi/2", data={**hidden(wrong.text), "kode": code})
    assert right.url.path == f"{PERMIT}/isi/3"
    assert 'value="40,5"' in client.get(f"{PERMIT}/isi/2").text
    assert 'value="Maria"' in client.get(f"{PERMIT}/isi/1").text


def test_guessing_codes_is_stopped(tmp_path: Path) -> None:
    with TestClient(site(settings_for(tmp_path, Limits(tries_per_nomor=3)))) as client:
        token = hidden(client.get("/kota-uji/lacak").text)["token"]
        tried = {"token": token, "nomor": "UJI-2026-000001", "kode": "ABCDEFGHJKMN"}
        statuses = [client.post("/kota-uji/lacak", data=tried).status_code for _ in range(4)]
        assert statuses == [422, 422, 422, 429]
        tired = client.post("/kota-uji/lacak", data=tried)
        assert "Demi keamanan, tunggu 15 menit" in tired.text
        assert int(tired.headers["retry-after"]) > 800


def test_a_refused_application_says_the_rule_and_cannot_be_filed(client: TestClient) -> None:
    send(client, 1, APPLICANT)
    send(client, 2, {**BUSINESS, "buka_24_jam": "ya"})
    refused = send(client, 3, ATTENDANTS)
    text = said(refused.text)
    assert "Permohonan ini belum dapat diajukan" in text
    assert "Warung tidak boleh buka 24 jam." in text
    assert "Dasar: Perda Kota Uji 1/2024 lampiran I." in text
    form = hidden(client.get(f"{PERMIT}/isi/1").text)
    tried = client.post(f"{PERMIT}/kirim", data={**form, "revisi": "3", "benar": "ya"})
    assert tried.url.path == f"{PERMIT}/periksa"


def test_documents_must_be_what_they_say(client: TestClient) -> None:
    form = filled(client)
    for content, name, words in (
        (b"<html>", "ktp.pdf", "Isi berkas ini bukan PDF, JPEG atau PNG"),
        (b"", "ktp.pdf", "Berkas ini kosong"),
        (pdf(), "ktp.png", "Isi berkas ini PDF, padahal akhiran namanya lain"),
    ):
        answer = give(client, form, content, name)
        assert answer.status_code == 422
        assert words in answer.text
    without = client.post(f"{PERMIT}/dokumen", data={**form, "dokumen": "ktp", "butir": ""}, files={"x": ("", b"")})
    assert "Pilih dulu berkasnya" in without.text
    assert client.get(f"{PERMIT}/periksa").url.path == f"{PERMIT}/dokumen"
    named = give(client, form, pdf(), f"../{HOSTILE}.pdf")
    assert "<script>" not in named.text


def test_a_document_nobody_asked_for_is_not_taken(client: TestClient) -> None:
    form = filled(client)
    data = {**form, "dokumen": "akta", "butir": ""}
    answer = client.post(f"{PERMIT}/dokumen", data=data, files={"berkas": ("a.pdf", pdf(), "application/pdf")})
    assert answer.status_code == 422


def test_too_much_at_once_is_refused_with_a_page_that_helps(client: TestClient) -> None:
    form = hidden(client.get(f"{PERMIT}/isi/1").text)
    answer = client.post(f"{PERMIT}/isi/1", data={**form, "alamat": "x" * 300 * KILOBYTES})
    assert answer.status_code == 413
    assert "Yang dikirim terlalu besar" in answer.text
    assert answer.headers["content-security-policy"]


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (b"nama=%ff", "application/x-www-form-urlencoded", 400),
        (b"nama=\xff", "application/x-www-form-urlencoded", 400),
        (b"&".join([b"a=1"] * 6000), "application/x-www-form-urlencoded", 400),
        (b"{}", "application/json", 415),
        (b"--x\r\n", "multipart/form-data; boundary=x", 415),
    ],
)
def test_what_cannot_be_read_is_answered_with_help(client: TestClient, content: bytes, kind: str, status: int) -> None:
    answer = client.post(f"{PERMIT}/isi/1", content=content, headers={"content-type": kind})
    assert answer.status_code == status
    assert "Permintaan ini tidak dapat dibaca" in answer.text


def test_an_answer_given_twice_is_refused(client: TestClient) -> None:
    form = hidden(client.get(f"{PERMIT}/isi/1").text)
    answer = client.post(f"{PERMIT}/isi/1", data={**form, "nama": ["Ani", "Budi"]})
    assert answer.status_code == 422
    assert "Permintaan ini tidak dapat dibaca" in answer.text


def test_pages_that_do_not_exist_help(client: TestClient) -> None:
    for path in ("/tidak", "/kota-uji/tidak", "/kota-uji/izin/tidak", f"{PERMIT}/isi/9", f"{PERMIT}/isi/0"):
        answer = client.get(path)
        assert answer.status_code == 404
        assert "Halaman ini tidak ada" in answer.text
    assert client.delete(PERMIT).status_code == 405
    assert client.get("/kota-uji/", headers={"host": "jahat.example"}).status_code == 400


def test_a_service_that_has_moved_is_found_and_says_where_to_go(tmp_path: Path) -> None:
    gone = Moved(
        code="salon",
        official_code=None,
        name=Words("Izin salon", "Salon licence"),
        since="2026-06-30",
        to=Words("OSS", "OSS"),
        message=Words("Cukup NIB.", "A NIB is enough."),
        citation=sample_permit().legal_basis[0],
        address="https://oss.go.id",
        search_words=("potong rambut",),
    )
    later = replace(gone, code="nanti", name=Words("Izin nanti"), since="2026-07-02")
    here = replace(gone, code="warung", name=Words("Izin lama"))
    city = replace(sample_city(), moved=(gone, later, here))
    sample_release(tmp_path / "rilis", city=city)
    with TestClient(site(settings_for(tmp_path))) as client:
        assert "Izin salon" in said(client.get("/kota-uji/").text)
        assert "Tidak lagi di sini: OSS" in said(client.get("/kota-uji/?cari=potong+rambut").text)
        page = client.get("/kota-uji/izin/salon")
        assert "Cukup NIB." in page.text
        assert 'href="https://oss.go.id"' in page.text
        assert "Sejak 30 Juni 2026. Dasar: " in said(page.text)
        assert client.get("/kota-uji/izin/salon/isi/1").status_code == 404
        assert client.get("/kota-uji/izin/nanti").status_code == 404
        assert "Isi permohonan" in client.get("/kota-uji/izin/warung").text


def test_a_language_is_kept_and_takes_the_visitor_to_the_same_page(client: TestClient) -> None:
    answer = client.get("/kota-uji/?cari=warung&bahasa=en")
    assert str(answer.url).endswith("/kota-uji/?cari=warung")
    assert '<html lang="en">' in answer.text
    assert "One service found" in answer.text
    assert client.get("//jahat.example/?bahasa=en", follow_redirects=False).status_code in {303, 404}
    place = client.get("//jahat.example/%2f?bahasa=en", follow_redirects=False).headers.get("location", "/")
    assert not place.startswith("//")
    form = hidden(client.get(f"{PERMIT}/isi/1").text)
    switched = client.post(f"{PERMIT}/isi/1", data={**form, "nama": "Ani", "aksi": "bahasa:id"})
    assert '<html lang="id">' in switched.text
    assert 'value="Ani"' in switched.text


def test_reading_pages_changes_nothing(client: TestClient) -> None:
    before = client.get(f"{PERMIT}/isi/1").text
    for path in ("/kota-uji/", PERMIT, f"{PERMIT}/isi/1", f"{PERMIT}/kirim", "/kota-uji/selesai", "/kota-uji/lacak"):
        client.get(path)
    assert client.get(f"{PERMIT}/isi/1").text == before
    assert client.get(f"{PERMIT}/tersimpan").url.path == "/kota-uji/lanjut"


def test_a_page_of_a_form_is_at_most_30_kilobytes_over_the_wire(client: TestClient) -> None:
    files = StaticFiles()
    shared = sum(files.wire_size(name) for name in ("site.css", "form.js", "condition.js", "icon.svg"))
    filled(client)
    for page in (1, 2, 3):
        answer = client.get(f"{PERMIT}/isi/{page}")
        headers = sum(len(name) + len(value) + 4 for name, value in answer.headers.items())
        assert len(answer.content) + headers + shared <= 30 * KILOBYTES
    served = client.get(files.link("site.css"), headers={"accept-encoding": "gzip"})
    assert served.headers["content-encoding"] == "gzip"
    assert "immutable" in served.headers["cache-control"]


def test_a_first_look_is_what_everybody_else_sees(client: TestClient) -> None:
    ordinary = client.get(f"{PERMIT}/isi/1")
    client.cookies.clear()
    first = client.get(f"{PERMIT}/isi/1")
    assert first.text.replace(hidden(first.text)["token"], "") == ordinary.text.replace(
        hidden(ordinary.text)["token"], ""
    )
    assert sorted(first.headers) == sorted(ordinary.headers)
    answer = client.post(f"{PERMIT}/isi/1", data={**hidden(first.text), **APPLICANT})
    assert answer.url.path == f"{PERMIT}/isi/2"
    client.cookies.clear()
    client.cookies.set("bahasa", "en")
    assert '<html lang="en">' in client.get(f"{PERMIT}/isi/1").text


def test_a_first_look_keeps_the_cookie_it_finds_and_shows_nobody_a_blank_page_who_has_begun(
    client: TestClient,
) -> None:
    for lang, words in (("id", "Nama lengkap"), ("en", "Full name")):
        client.cookies.clear()
        client.cookies.set("bahasa", lang)
        ordinary = client.get(f"{PERMIT}/isi/1")
        assert ordinary.headers["set-cookie"].startswith("sp-kota-uji=.")
        again = client.get(f"{PERMIT}/isi/1")
        assert again.text == ordinary.text
        assert words in again.text
        assert "set-cookie" not in again.headers
    send(client, 1, APPLICANT)
    assert 'value="Maria"' in client.get(f"{PERMIT}/isi/1").text
    assert not client.cookies["sp-kota-uji"].startswith(".")
    client.cookies.clear()
    assert "set-cookie" in client.get(f"{PERMIT}/isi/1", headers={"cookie": "sp-kota-uji=tidak sah"}).headers
    client.cookies.clear()
    stranger = {"cookie": f"sp-kota-uji={'a' * 43}"}
    assert "set-cookie" not in client.get(f"{PERMIT}/isi/1", headers=stranger).headers


def test_a_first_look_never_outlives_its_release_or_its_day(tmp_path: Path) -> None:
    settings = settings_for(tmp_path)
    with TestClient(site(settings)) as client:
        client.get(f"{PERMIT}/isi/1")
        client.cookies.clear()
        assert "Nama lengkap" in client.get(f"{PERMIT}/isi/1").text
        city, permit = sample_city(), replace(sample_permit(), name=Words("Izin Kedai", "Stall licence"))
        version = PermitVersion(permit, Places("izin/warung/2026-01-01.yaml", {}))
        catalog = Catalog({city.code: CityCatalog(city, {}, {permit.code: (version,)}, (), {})})
        publish(settings.release, build(catalog, settings.release))
        until = time.monotonic() + 60
        while "Izin Kedai" not in client.get(f"{PERMIT}/isi/1").text:
            assert time.monotonic() < until
            client.cookies.clear()
            time.sleep(0.1)
    assert end_of_day(datetime(2026, 7, 1, 15, 59, tzinfo=UTC), "Asia/Makassar") == datetime(2026, 7, 1, 16, tzinfo=UTC)


def test_all_services_stand_on_one_page_and_each_has_its_whole_standard(client: TestClient) -> None:
    assert client.get("/katalog").url.path == "/kota-uji/katalog"
    page = said(client.get("/kota-uji/katalog").text)
    for words in ("Biaya", "Waktu", "Diperiksa oleh", "Standar pelayanan"):
        assert words in page
    whole = client.get(f"{PERMIT}/standar")
    assert len(re.findall(r"<h2 id=", whole.text)) == len(components_of(client))
    answer = client.get(f"{PERMIT}/standar.pdf")
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.content == client.get(f"{PERMIT}/standar.pdf").content
    with pikepdf.open(io.BytesIO(answer.content)) as pdf:
        assert pdf.Root.MarkInfo.Marked
    assert client.get("/kota-uji/izin/tidak/standar").status_code == 404
    assert client.get("/kota-uji/izin/tidak/standar.pdf").status_code == 404


def components_of(client: TestClient) -> list[object]:
    told = client.get(f"{PERMIT}/standar.json").json()["components"]
    assert len(told) == 14
    return [component for component in told if component["entries"]]
