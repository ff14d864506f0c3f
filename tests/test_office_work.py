"""What officers do around an answer, over HTTP: notes, visits, taking and giving work, deciding again, documents."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, update

from generator.model import Catalog
from rules.case_event import SYSTEM, Happened, LeftToPerson
from rules.case_fold import after
from rules.case_state import CaseState, WithPerson
from runtime.cases.comes_to import desk_rows, entry_of, projection_of
from runtime.cases.tables import file_content
from runtime.people.actor import Post
from runtime.people.recusal import nik_index
from tests.given_papers import file_with_papers, picture_of
from tests.kupang_office import CITY, kupang_catalog, published
from tests.office_visitor import said
from tests.officer import (
    DINKES,
    DLHK,
    FRONT,
    OFFICE,
    PUPR,
    VERIFIER,
    Officer,
    ServedOffice,
    hidden,
    served_office,
)

PHARMACY = "apoteker"
DLHK_HEAD = Post("dlhk", "kepala")


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return kupang_catalog()


@pytest.fixture(scope="module")
def office(catalog: Catalog, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedOffice]:
    releases = published(tmp_path_factory.mktemp("rilis"), catalog)
    with served_office(tmp_path_factory.mktemp("data"), releases, catalog) as served:
        yield served


def parts(
    officer: Officer, nomor: str, path: str, form: dict[str, str], *files: tuple[str, bytes, str]
) -> tuple[int, str]:
    """Send a form with files from the page of a file, and return status and text."""
    fields = {**hidden(officer.file(nomor).text, path), **form}
    sent = [("berkas", file) for file in files] or [("berkas", ("", b"", "application/octet-stream"))]
    answer = officer.client.post(f"{OFFICE}/berkas/{nomor}/{path}", data=fields, files=sent)
    return answer.status_code, answer.text


def colleague(office: ServedOffice, post: Post, nip: str, name: str) -> None:
    """Open one more account at a post, in the demonstration."""
    accounts = office.visitor.serving.people.accounts
    if accounts.find(CITY, nip) is None:
        asyncio.run(accounts.add(CITY, nip, name, post))


def left_to_person(office: ServedOffice, nomor: str) -> None:
    """Let a case stand as it does after the engine could not decide."""
    store, case = office.visitor.serving.store, office.kupang.case(nomor)
    event = LeftToPerson("uji")
    state = after(case.state, Happened(case.seq + 1, store.clock(), SYSTEM, event))
    assert isinstance(state, CaseState)

    def work(connection: Connection) -> int:
        return store.journal.append(
            connection,
            case.key,
            case.seq,
            SYSTEM,
            store.clock(),
            (entry_of(event, None),),
            projection_of(state),
            desk_rows(state),
        )

    asyncio.run(store.database.write(work))


def test_a_note_with_an_attachment_stands_in_the_history_and_can_be_looked_at(office: ServedOffice) -> None:
    nomor = office.kupang.file()
    front = office.at(FRONT)
    status, text = parts(
        front,
        nomor,
        "catatan",
        {"catatan_baru": "Sudah menelepon kelurahan."},
        ("foto.jpg", picture_of("Foto"), "image/jpeg"),
    )
    assert status == 200, said(text)
    assert "Catatan tersimpan." in said(text)
    assert "Sudah menelepon kelurahan." in said(text)
    found = re.search(r'href="([^"]*/dokumen/[0-9a-f]+)">lampiran-petugas-1.jpg', text)
    assert found is not None
    page = front.client.get(found[1])
    assert page.status_code == 200
    assert "Lampiran petugas" in said(page.text)
    again = ("foto.jpg", picture_of("Foto kedua"), "image/jpeg")
    _, text = parts(front, nomor, "catatan", {"catatan_baru": "Foto dari dekat."}, again)
    assert "lampiran-petugas-2.jpg" in text, "each has a name of its own"
    picture = front.client.get(f"{found[1]}/1")
    assert picture.headers["content-type"] == "image/jpeg"
    saved = front.client.get(f"{found[1]}/simpan")
    assert saved.headers["content-disposition"].startswith("attachment")


def test_a_note_without_words_and_a_file_that_is_none_are_told_and_nothing_is_lost(office: ServedOffice) -> None:
    nomor = office.kupang.file()
    front = office.at(FRONT)
    status, text = parts(front, nomor, "catatan", {"catatan_baru": ""})
    assert status == 422
    assert "Tulis catatannya, atau lampirkan berkas" in said(text)
    status, text = parts(
        front, nomor, "catatan", {"catatan_baru": "Dengan lampiran."}, ("a.jpg", b"bukan gambar", "image/jpeg")
    )
    assert status == 422
    assert "a.jpg: isi berkas ini bukan PDF, JPEG atau PNG" in said(text)
    assert ">Dengan lampiran.</textarea>" in text
    assert office.visitor.serving.store.shelf.of_draft(CITY, nomor) == ()


def test_a_form_with_files_needs_the_token_too(office: ServedOffice) -> None:
    nomor = office.kupang.file()
    status, _ = parts(office.at(FRONT), nomor, "catatan", {"catatan_baru": "Halo.", "token": "lain"})
    assert status == 403


def test_a_form_that_pretends_to_bring_files_needs_the_token_as_well(office: ServedOffice) -> None:
    front = office.at(FRONT)
    for path in ("keluar", "akun/keluar-semua", "akun/kertas"):
        answer = front.client.post(f"{OFFICE}/{path}", files={"apa": ("a.txt", b"a", "text/plain")})
        assert answer.status_code == 415, path
    assert front.open("akun").url.path == f"{OFFICE}/akun"


def test_documents_are_shown_as_pictures_and_never_to_strangers(office: ServedOffice) -> None:
    nomor = file_with_papers(office.kupang)
    page = office.at(FRONT).file(nomor).text
    links = re.findall(r'src="([^"]*/dokumen/[0-9a-f]+/1)"', page)
    assert len(links) >= 8
    picture = office.at(FRONT).client.get(links[0])
    assert picture.headers["content-type"].startswith("image/")
    assert office.at(DINKES).client.get(links[0]).status_code == 404
    assert office.at(FRONT).client.get(links[0].replace(nomor, "KPG-2026-000001")).status_code == 404


def test_a_document_whose_content_is_gone_says_so_in_words(office: ServedOffice) -> None:
    nomor = office.kupang.file()
    front = office.at(FRONT)
    photo = ("foto.jpg", picture_of("Hilang"), "image/jpeg")
    _, text = parts(front, nomor, "catatan", {"catatan_baru": "Lihat foto."}, photo)
    found = re.search(r'href="([^"]*/dokumen/[0-9a-f]+)">lampiran-petugas-1.jpg', text)
    assert found is not None
    store = office.visitor.serving.store
    ours = file_content.c.daerah == CITY, file_content.c.id == found[1].rpartition("/")[2]
    lost = update(file_content).where(*ours).values(address="0" * 64)
    asyncio.run(store.database.write(lambda connection: connection.execute(lost).close()))
    page = front.client.get(found[1])
    assert page.status_code == 200
    assert "Isi berkas ini tidak dapat dibaca lagi" in said(page.text)
    assert front.client.get(f"{found[1]}/1").status_code == 404
    assert "tidak dapat dibaca lagi" in said(front.client.get(f"{found[1]}/simpan").text)
    key = update(file_content).where(*ours).values(wrapped_key="rusak")
    asyncio.run(store.database.write(lambda connection: connection.execute(key).close()))
    assert "tidak dapat dibaca lagi" in said(front.client.get(found[1]).text)


def test_a_visit_is_planned_and_reported_before_the_recommendation(office: ServedOffice) -> None:
    nomor = office.kupang.file("apotek", PHARMACY)
    office.through_completeness(nomor)
    dinkes = office.at(DINKES)
    assert "memerlukan peninjauan lapangan" in said(dinkes.file(nomor).text)
    early = dinkes.answer(nomor, putusan="setuju", **{"jawab.nomor_bap": "BAP-1", "jawab.hasil_peninjauan": "sesuai"})
    assert early.status_code == 409
    assert "Tulis laporannya dahulu" in said(early.text)
    assert 'value="BAP-1"' in early.text
    page = dinkes.file(nomor).text
    wrong = dinkes.send(f"berkas/{nomor}/peninjauan", page, {"hari": "31/2/2026"})
    assert wrong.status_code == 422
    assert "tanggal ini tidak ada di kalender" in said(wrong.text)
    assert 'value="31/2/2026"' in wrong.text
    planned = dinkes.send(f"berkas/{nomor}/peninjauan", page, {"hari": "5 Maret 2026"})
    assert "Jadwal peninjauan tersimpan." in said(planned.text)
    assert "5 Maret 2026" in said(planned.text)
    status, text = parts(
        dinkes, nomor, "laporan", {"laporan": "Ruang sesuai denah."}, ("lokasi.jpg", picture_of("Lokasi"), "image/jpeg")
    )
    assert status == 200, said(text)
    assert "Ruang sesuai denah." in said(text)
    assert "lampiran-petugas-1.jpg" in text
    done = dinkes.answer(nomor, putusan="setuju", **{"jawab.nomor_bap": "BAP-1", "jawab.hasil_peninjauan": "sesuai"})
    assert done.status_code == 200, said(done.text)


def test_a_visit_in_the_past_is_not_planned(office: ServedOffice) -> None:
    nomor = office.kupang.file("apotek", PHARMACY)
    office.through_completeness(nomor)
    dinkes = office.at(DINKES)
    past = dinkes.send(f"berkas/{nomor}/peninjauan", dinkes.file(nomor).text, {"hari": "1/3/2026"})
    assert past.status_code == 422
    assert "sudah lewat" in said(past.text)


def test_a_head_gives_work_to_a_colleague_with_a_reason(office: ServedOffice) -> None:
    colleague(office, DLHK, "198701012011012001", "Regina Lake")
    nomor = office.kupang.file()
    office.through_completeness(nomor)
    head = office.at(DLHK_HEAD)
    page = head.file(nomor).text
    assert "Serahkan pekerjaan" in said(page)
    nobody = head.send(f"berkas/{nomor}/serahkan", page, {"orang": "199901012020011999", "alasan_alih": "Cuti"})
    assert nobody.status_code == 422
    given = head.send(f"berkas/{nomor}/serahkan", page, {"orang": "198701012011012001", "alasan_alih": "Bidangnya."})
    assert given.status_code == 200, said(given.text)
    assert "Pekerjaan diberikan kepada Regina Lake" in said(given.text)
    desk = office.kupang.state(nomor).desk("teknis", 1)
    assert desk is not None
    assert desk.person == "198701012011012001"


def test_what_a_colleague_holds_is_taken_over_only_with_a_reason(office: ServedOffice) -> None:
    colleague(office, DLHK, "198701012011012001", "Regina Lake")
    nomor = office.kupang.file()
    office.through_completeness(nomor)
    head = office.at(DLHK_HEAD)
    head.send(f"berkas/{nomor}/serahkan", head.file(nomor).text, {"orang": "198701012011012001", "alasan_alih": "Cuti"})
    team = office.at(DLHK)
    page = team.file(nomor).text
    assert "Berkas ini dipegang Regina Lake." in said(page)
    assert "Kirim jawaban" not in said(page)
    held = team.send(f"berkas/{nomor}/rekomendasi", page, {"putusan": "setuju"})
    assert held.status_code == 409
    assert "dipegang Regina Lake" in said(held.text)
    without = team.send(f"berkas/{nomor}/ambil", page, {})
    assert without.status_code == 422
    assert "Tulis mengapa Anda mengambil alih" in said(without.text)
    taken = team.send(f"berkas/{nomor}/ambil", page, {"alasan_ambil": "Regina cuti."})
    assert "Berkas ini sekarang Anda pegang." in said(taken.text)
    assert "Regina cuti." in said(taken.text)
    assert team.answer(nomor, putusan="setuju").status_code == 200


def test_only_a_head_of_the_agency_gives_its_work_away(office: ServedOffice) -> None:
    nomor = office.kupang.file()
    office.through_completeness(nomor)
    team = office.at(DLHK)
    form = {"tahap": "teknis", "meja": "1", "orang": team.nip}
    assert team.send(f"berkas/{nomor}/serahkan", team.file(nomor).text, form).status_code == 404
    head = office.at(DLHK_HEAD)
    other = head.send(f"berkas/{nomor}/serahkan", head.file(nomor).text, {"meja": "0", "orang": office.at(PUPR).nip})
    assert other.status_code == 409


def test_what_the_engine_could_not_decide_is_decided_again_by_a_button(office: ServedOffice) -> None:
    nomor = office.kupang.file()
    left_to_person(office, nomor)
    assert isinstance(office.kupang.state(nomor).position, WithPerson)
    front = office.at(FRONT)
    assert nomor in front.open("daftar?daftar=gangguan").text
    page = front.file(nomor).text
    assert "Sistem tidak dapat memutuskan" in said(page)
    answer = front.send(f"berkas/{nomor}/putuskan-lagi", page, {})
    assert "Sudah diputuskan lagi." in said(answer.text)
    assert [desk.stage for desk in office.kupang.state(nomor).open_desks] == ["verifikasi"]
    again = office.at(VERIFIER).send(f"berkas/{nomor}/putuskan-lagi", page, {"kunci": "lain", "token": token(office)})
    assert again.status_code == 409


def token(office: ServedOffice) -> str:
    return hidden(office.at(VERIFIER).open("akun").text)["token"]


def test_who_stands_in_the_application_may_not_work_on_it(office: ServedOffice) -> None:
    nomor = office.kupang.file()
    serving = office.visitor.serving
    nik = str(office.kupang.case(nomor).answers["nik"])
    own = nik_index(serving.store.vault, CITY, nik)
    asyncio.run(serving.people.accounts.tell_own(CITY, office.nip(FRONT), own, None))
    office.officers.pop(FRONT, None)
    front = office.at(FRONT)
    page = front.file(nomor).text
    assert "Permohonan ini memuat NIK atau telepon Anda sendiri." in said(page)
    form = {"putusan": "setuju", "tahap": "verifikasi", "meja": "0", "putaran": "0", "kunci": "x"}
    refused = front.send(f"berkas/{nomor}/kelengkapan", page, form)
    assert refused.status_code == 403
    assert office.kupang.state(nomor).completed_at is None
