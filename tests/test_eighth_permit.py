"""A permit nobody has thought of is added by one YAML file, and found, filed and followed."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Iterator
from datetime import datetime
from html import unescape
from pathlib import Path

import pikepdf
import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from generator.build import build, publish
from generator.examination import examine
from generator.finding import Severity
from runtime.settings import Settings
from runtime.site import site

CATALOG = Path(__file__).parent.parent / "catalog"
PERMIT = "/kota-kupang/izin/tutup-jalan"
FILE = Path(__file__).parent / "cases" / "kedelapan" / "tutup-jalan.yaml"
MARIA = {
    **{"nama": "Maria Tari", "nik": "5371024507900001", "tempat_lahir": "Kupang", "tanggal_lahir": "5 Juli 1990"},
    **{"jenis_kelamin": "perempuan", "no_hp": "081234567890"},
}
ADDRESS = {
    **{"alamat_ktp": "Jalan Timor Raya 10", "ktp_kupang": "ya", "kecamatan": "oebobo", "kelurahan": "Oebobo"},
    **{"dikuasakan": "tidak", "terlihat": "kecamatan kelurahan"},
}
CLOSURE = {
    **{"acara": "pesta", "jumlah_undangan": "600", "jalan": "Jalan Palapa, RT 3", "jalan_utama": "ya"},
    **{"tgl_tutup": "14/3/2026", "tgl_buka": "16/3/2026", "terlihat": "jumlah_undangan"},
}


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The catalog of Kupang with one file more, checked and built."""
    folder = tmp_path_factory.mktemp("delapan")
    copy = shutil.copytree(CATALOG, folder / "catalog", ignore=shutil.ignore_patterns(".skema"))
    before = examine(copy)
    added = copy / "kota-kupang" / "izin" / "tutup-jalan" / "2026-01-01.yaml"
    added.parent.mkdir()
    shutil.copy(FILE, added)
    after = examine(copy)
    assert before.sound is not None
    assert after.sound is not None, [finding.says.to("id") for finding in after.findings]
    about_it = [finding for finding in after.findings if "tutup-jalan" in finding.at.place.file]
    assert [f.says.to("id") for f in about_it if f.severity is not Severity.INFO] == []
    new = set(after.sound.cities["kota-kupang"].permits) - set(before.sound.cities["kota-kupang"].permits)
    assert new == {"tutup-jalan"}
    publish(folder / "rilis", build(after.sound, folder / "rilis"))
    return folder / "rilis"


@pytest.fixture
def client(releases: Path, tmp_path: Path) -> Iterator[TestClient]:
    morning = datetime.fromisoformat("2026-03-02T09:00+08:00")
    with TestClient(site(Settings(tmp_path, releases, "http://testserver", morning))) as opened:
        yield opened


def hidden(text: str) -> dict[str, str]:
    return {name: unescape(value) for name, value in re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', text)}


def said(answer: Response) -> str:
    main = answer.text.partition("<main")[2].partition("</main>")[0]
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", main)))


def send(client: TestClient, page: int, data: dict[str, str]) -> Response:
    form = hidden(client.get(f"{PERMIT}/isi/{page}").text)
    return client.post(f"{PERMIT}/isi/{page}", data={**form, **data})


def hand_in(client: TestClient, *documents: str) -> None:
    buffer = io.BytesIO()
    with pikepdf.new() as paper:
        paper.add_blank_page()
        paper.save(buffer)
    for document in documents:
        form = hidden(client.get(f"{PERMIT}/dokumen").text)
        data = {"token": form["token"], "draf": form["draf"], "dokumen": document, "butir": ""}
        files = {"berkas": (f"{document}.pdf", buffer.getvalue(), "application/pdf")}
        answer = client.post(f"{PERMIT}/dokumen", data=data, files=files)
        assert answer.status_code == 200, said(answer)


def test_a_permit_added_by_one_file_is_found_filed_and_followed(client: TestClient, releases: Path) -> None:
    for words in ("pesta nikah", "tenda dijalan", "road closure"):
        assert "Izin penutupan jalan sementara" in said(client.get("/kota-kupang/", params={"cari": words})), words
    standard = said(client.get(PERMIT))
    for words in ("Foto lokasi", "UU 22/2009", "4 hari kerja"):
        assert words in standard

    send(client, 1, MARIA)
    send(client, 2, ADDRESS)
    refused = send(client, 3, {**CLOSURE, "tgl_buka": "20/3/2026"})
    assert "Jalan boleh ditutup paling lama tiga hari." in said(refused)
    documents = send(client, 3, CLOSURE)
    assert documents.url.path == f"{PERMIT}/dokumen", said(documents)
    assert re.findall(r"<h2 id=\"j-[^>]+>([^<]+)<", documents.text) == ["KTP pemohon", "Foto lokasi"]
    hand_in(client, "ktp", "foto-lokasi")

    review = client.get(f"{PERMIT}/periksa")
    receipt = client.post(f"{PERMIT}/kirim", data={**hidden(review.text), "benar": "ya"})
    text = said(receipt)
    assert "Permohonan Anda sudah diterima" in text
    assert "Rp300.000" in text  # two days on a main road
    assert "Dinas Perhubungan 2 hari kerja" in text
    assert "Satuan Polisi Pamong Praja 1 hari kerja Karena Jumlah undangan paling sedikit 500." in text
    assert "Selesai Jumat, 6 Maret 2026" in text

    found = re.search(r"Nomor permohonan ([A-Z0-9-]+) Kode ([A-Z0-9-]+) ", text)
    assert found is not None
    nomor, code = found.groups()
    client.cookies.clear()
    asked = hidden(client.get("/kota-kupang/lacak").text)
    followed = client.post("/kota-kupang/lacak", data={**asked, "nomor": nomor, "kode": code})
    assert followed.url.path == f"/kota-kupang/permohonan/{nomor}"
    assert "Rp300.000" in said(followed)


def test_its_rules_decide_over_the_api_as_well(client: TestClient) -> None:
    listed = client.get("/api/kota-kupang/izin").json()
    assert "tutup-jalan" in str(listed)
    answers = {"acara": "duka", "jalan_utama": False, "tgl_tutup": "2026-03-14", "tgl_buka": "2026-03-15"}
    answer = client.post("/api/kota-kupang/izin/tutup-jalan/keputusan", json={"answers": answers}).json()
    bill = answer["decision"]["bill"]
    assert bill["due"] == 0
    assert bill["exempted"]["reason"]["id"] == "Kedukaan tidak dipungut."
    assert [desk["agency"] for step in answer["decision"]["steps"] for desk in step["desks"]] == [
        "dpmptsp",
        "dishub",
        "dpmptsp",
    ]
