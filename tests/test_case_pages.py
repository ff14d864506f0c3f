"""The page of a case: where it is, who holds it, until when and why, and the one next step, whatever has happened."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import jsonschema_rs
import pytest

from generator.model import Catalog
from rules.case_event import SYSTEM, ItemKind, RepairItem, RepairReason, SignedFile
from rules.citation import Citation
from rules.cited import cited
from rules.city import Holiday
from rules.command import Approve, AskSignature, CompleteSignature, MoveDues, Pay, PlanVisit, Refuse, Return, Revoke
from rules.holder import minutes_by_holder
from rules.words import Words
from runtime.api.shapes import COMPONENTS
from runtime.cases.case_change import Kept, Said
from runtime.cases.open_case import NEXT_STEP
from runtime.cases.timeline import timeline
from runtime.chores.alarms import AlarmKind, unseen
from runtime.people.actor import Officer, Post
from runtime.people.reach import log_read
from runtime.settings import Signing
from tests.case_reader import at_the_pages, hidden, said
from tests.kupang_office import CITY, HEAD, KupangOffice, kupang_catalog, officer, open_office, published
from tests.test_issuing import Signatory
from tests.test_issuing import _paid as paid
from tests.test_issuing import _signing as signing_of


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


def test_a_case_is_opened_by_nomor_and_code_and_by_nothing_else(
    office: KupangOffice, tmp_path: Path, releases: Path
) -> None:
    nomor, other = office.file(), office.file()
    with at_the_pages(office, tmp_path, releases, nomor) as reader:
        assert reader.open().url.path == reader.here
        assert reader.read().headers["cache-control"] == "no-store"
        for path in ("", "/perbaikan", "/perbaikan/dokumen", "/perbaikan/periksa", "/tarik"):
            answer = reader.client.get(f"/{CITY}/permohonan/{other}{path}", follow_redirects=False)
            absent = reader.client.get(f"/{CITY}/permohonan/KPG-2026-999999{path}", follow_redirects=False)
            assert (answer.status_code, absent.status_code) == (303, 303)
            assert answer.headers["location"] == f"/{CITY}/lacak?nomor={other}"


def test_desks_side_by_side_are_shown_as_concurrent_with_who_has_answered(
    office: KupangOffice, tmp_path: Path, releases: Path
) -> None:
    nomor = office.file()
    office.approve_all(nomor)
    _, dlhk, _ = office.state(nomor).open_desks
    office.approve(nomor, dlhk)
    with at_the_pages(office, tmp_path, releases, nomor) as reader:
        text = said(reader.read().text)
    assert "Sedang diperiksa" in text
    assert "Tidak ada yang perlu Anda lakukan. Dinas Pekerjaan Umum dan Penataan Ruang" in text
    assert "Diperiksa berdampingan; dihitung pada yang jatuh temponya paling akhir:" in text
    assert "Dinas Lingkungan Hidup dan Kebersihan Menyetujui , Senin, 2 Maret 2026" in text
    assert "Dinas Perhubungan belum menjawab" in text
    assert "loket depan" in text
    assert "1 jam saat kantor buka" in text


def test_a_desk_that_asks_for_repairs_first_is_told_to_wait_for_the_one_list(
    office: KupangOffice, tmp_path: Path, releases: Path
) -> None:
    nomor = office.file()
    office.approve_all(nomor)
    _, dlhk, _ = office.state(nomor).open_desks
    item = RepairItem(ItemKind.DOCUMENT, "dokumen-lingkungan", RepairReason.UNREADABLE, dlhk.stage, dlhk.place)
    office.done(nomor, Return(dlhk.stage, dlhk.place, 0, (item,)), officer(dlhk))
    with at_the_pages(office, tmp_path, releases, nomor) as reader:
        text = said(reader.read().text)
    assert "daftarnya kami kirim sekali, sesudah semua menjawab" in text
    assert "Menurut jawaban Anda Rp3.244.500. Tagihan datang sesudah pemeriksaan" in text


def test_a_visit_that_is_announced_is_shown(office: KupangOffice, tmp_path: Path, releases: Path) -> None:
    nomor = office.file("apotek", "24 jam")
    office.approve_all(nomor)
    desk = next(one for one in office.state(nomor).open_desks if one.inspection)
    office.done(nomor, PlanVisit(desk.stage, desk.place, "2026-03-06"), officer(desk))
    with at_the_pages(office, tmp_path, releases, nomor) as reader:
        assert "Peninjauan ke lokasi: Jumat, 6 Maret 2026." in said(reader.read().text)


def test_every_date_tells_how_it_came_about(office: KupangOffice, tmp_path: Path, releases: Path) -> None:
    nomor = office.file()
    office.approve_all(nomor)
    with at_the_pages(office, tmp_path, releases, nomor) as reader:
        page = reader.read().text
    assert page.count("<summary>Mengapa?") >= 4  # two limits, and the turn of each desk
    assert "Hari Suci Nyepi" in said(page)
    assert "Keputusan Bersama" in said(page) or "SKB" in said(page)
    assert "<script" not in page


def test_a_calendar_that_changes_under_way_is_told_with_its_day_and_decree(tmp_path: Path, catalog: Catalog) -> None:
    folder = published(tmp_path / "rilis", catalog)
    office = open_office(tmp_path, folder, catalog)
    nomor = office.file()
    of_city = catalog.cities[CITY]
    added = Holiday("2026-03-16", Words("Cuti bersama tambahan"), "cuti_bersama", "SKB perubahan 9/2026", "2026-03-03")
    later = tuple(sorted((*of_city.city.holidays, added), key=lambda one: one.date))
    changed = replace(of_city, city=replace(of_city.city, holidays=later))
    published(folder, Catalog({**catalog.cities, CITY: changed}))
    digest = (folder / "current").readlink().name
    office.hands.pass_by(days=1)
    move = office.casework.act(CITY, nomor, MoveDues(digest), SYSTEM, calendar=changed.city)
    assert isinstance(office.run(move), Kept)
    with at_the_pages(office, tmp_path, folder, nomor) as reader:
        text = said(reader.read().text)
    office.store.close()
    office.releases.close()
    moved = "tanggal selesai pindah dari Selasa, 21 April 2026 ke Rabu, 22 April 2026."
    assert f"Kalender hari libur berubah Pada Selasa, 3 Maret 2026 pukul 09.30 WITA {moved}" in text
    assert "Senin, 16 Maret 2026: Cuti bersama tambahan (SKB perubahan 9/2026)" in text
    assert "Dijanjikan selesai Rabu, 22 April 2026" in text


def test_a_repair_stops_the_clock_and_is_the_next_step(office: KupangOffice, tmp_path: Path, releases: Path) -> None:
    nomor = returned(office)
    with at_the_pages(office, tmp_path, releases, nomor) as reader:
        page = reader.read().text
    text = said(page)
    assert "Perlu Anda perbaiki" in text
    assert f'href="/{CITY}/permohonan/{nomor}/perbaikan"' in page
    assert "jam berhenti" in text
    assert "Jam kantor berhenti: berkas di pemohon untuk diperbaiki." in text


def test_a_bill_is_the_next_step_with_its_lines_and_their_law(
    office: KupangOffice, tmp_path: Path, releases: Path
) -> None:
    nomor = office.file()
    for _ in range(3):
        office.approve_all(nomor)
    with at_the_pages(office, tmp_path, releases, nomor) as reader:
        page = reader.read().text
        text = said(page)
        assert "Bayar Rp3.244.500." in text
        assert f'href="/{CITY}/permohonan/{nomor}/tagihan"' in page
        assert reader.read("/tagihan").status_code == 200
    assert "Ditetapkan Rp3.244.500, sudah dibayar Rp0." in text
    assert "Mengapa sebesar ini?" in text
    assert "Dasar: Perda" in text


def test_an_issued_permit_says_what_was_promised_and_when_it_came(
    office: KupangOffice, tmp_path: Path, releases: Path
) -> None:
    nomor = office.file()
    for _ in range(3):
        office.approve_all(nomor)
    office.done(nomor, Pay("QR-1", 3_244_500, office.hands()), SYSTEM)
    office.done(nomor, AskSignature("penerbitan", 0), HEAD)
    office.done(nomor, CompleteSignature(HEAD.person, (SignedFile("pbg", "ab"),)), SYSTEM)
    with at_the_pages(office, tmp_path, releases, nomor) as reader:
        text = said(reader.read().text)
    assert "Izin sudah terbit" in text
    assert "Yang dijanjikan: paling lambat" in text
    assert "Tarik kembali" not in text


def test_a_refusal_tells_the_article_and_the_words_of_the_officer(
    office: KupangOffice, tmp_path: Path, releases: Path
) -> None:
    nomor = office.file()
    office.approve_all(nomor)
    pupr, dlhk, dishub = office.state(nomor).open_desks
    case = office.case(nomor)
    law = case.permit.permit.legal_basis[0]
    assert isinstance(law, Citation)
    office.done(nomor, Refuse("teknis", pupr.place, 0, law), officer(pupr), Said(note="Di sempadan sungai."))
    office.approve(nomor, dlhk)
    office.approve(nomor, dishub)
    with at_the_pages(office, tmp_path, releases, nomor) as reader:
        text = said(reader.read().text)
    assert "Surat penolakan sedang dibuat" in text
    assert "Mengapa ditolak Di sempadan sungai. Dasar: " in text


def test_a_refusal_is_told_once_all_have_answered_each_with_its_own_article(
    office: KupangOffice, tmp_path: Path, releases: Path
) -> None:
    nomor = office.file()
    office.approve_all(nomor)
    laws = office.case(nomor).permit.permit.legal_basis
    text = ""
    for number, desk in enumerate(office.state(nomor).open_desks):
        refused = Refuse(desk.stage, desk.place, 0, laws[number % 2])
        office.done(nomor, refused, officer(desk), Said(f"Karena {desk.agency}."))
        with at_the_pages(office, tmp_path, releases, nomor) as reader:
            text = said(reader.read().text)
        assert ("Mengapa ditolak" in text) == (number == 2)
    bases = re.findall(r"Karena (\w+)\. Dasar: (.*?)\. (?=Karena|[A-Z])", text)
    assert [agency for agency, _ in bases] == ["pupr", "dlhk", "dishub"]
    assert bases[0][1] == bases[2][1] != bases[1][1]


def test_an_issued_permit_is_saved_by_its_applicant_alone_and_that_is_noted_once(
    office: KupangOffice, tmp_path: Path, releases: Path
) -> None:
    nomor, other = issued(office, tmp_path), office.file()
    with at_the_pages(office, tmp_path, releases, nomor) as reader:
        page = reader.read().text
        action = f"{reader.here}/produk/pbg"
        form = hidden(page, action)
        for _ in range(2):
            answer = reader.client.post(action, data=form)
            assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
            assert answer.content.startswith(b"%PDF-")
            assert answer.headers["content-disposition"].startswith(f'attachment; filename="{nomor}-pbg.pdf"')
        assert reader.client.get(action).url.path == reader.here
        assert reader.client.post(f"{reader.here}/produk/lain", data=form).status_code == 404
        assert reader.client.post(action.replace(nomor, other), data=form).status_code == 403
        assert "Halaman pemeriksaan untuk umum" in page
        check = re.search(r'href="(/kota-kupang/periksa/[^"]+)"', page)
        assert check is not None
        assert "Surat ini benar diterbitkan" in reader.client.get(check[1]).text
    kinds = [stored.kind for stored in office.store.journal.events(CITY, nomor)]
    assert kinds.count("Downloaded") == 1


def test_who_fetches_a_letter_whose_content_is_lost_is_told_so_and_the_office_is_called(
    office: KupangOffice, tmp_path: Path, releases: Path
) -> None:
    nomor = issued(office, tmp_path)
    kept = [path for path in (office.store.folder / "berkas").rglob("*") if path.is_file()]
    for path in kept:
        path.unlink()
    with at_the_pages(office, tmp_path, releases, nomor) as reader:
        page = reader.read().text
        action = f"{reader.here}/produk/pbg"
        answer = reader.client.post(action, data=hidden(page, action))
        reader.client.get(f"/{CITY}/?bahasa=en")
        english = reader.client.post(action, data=hidden(page, action))
    assert (len(kept), answer.status_code) == (1, 503)
    text = said(answer.text)
    assert f"Persetujuan Bangunan Gedung untuk permohonan {nomor} tidak dapat dibaca" in text
    assert "Kantor sudah kami beri tahu" in text
    assert f'href="{reader.here}"' in answer.text
    assert "The office has been told to restore it." in said(english.text)
    [alarm] = unseen(office.store.database, CITY)
    assert (alarm.kind, alarm.subject, alarm.detail) == (AlarmKind.LETTER, nomor, {"letter": f"{nomor}-pbg.pdf"})
    assert "Downloaded" not in [stored.kind for stored in office.store.journal.events(CITY, nomor)]


def test_the_letter_of_a_refusal_can_be_saved(office: KupangOffice, tmp_path: Path, releases: Path) -> None:
    nomor = office.file()
    (desk,) = office.state(nomor).open_desks
    case = office.case(nomor)
    law = case.permit.permit.legal_basis[0]
    said_all = Said(note="Tanah sengketa.", more={NEXT_STEP: "Ajukan lagi setelah putusan."})
    office.done(nomor, Refuse(desk.stage, 0, 0, law), officer(desk), said_all)
    head = Signatory(office, tmp_path, signing_of(office, tmp_path, Signing.LOCAL))
    head.ask(nomor)
    head.send()
    with at_the_pages(office, tmp_path, releases, nomor) as reader:
        page = reader.read().text
        action = f"{reader.here}/produk/surat-penolakan"
        answer = reader.client.post(action, data=hidden(page, action))
    assert "Ditolak" in said(page)
    assert "Yang dapat Anda lakukan sekarang: Ajukan lagi setelah putusan." in said(page)
    assert answer.content.startswith(b"%PDF-")


def test_a_revoked_permit_is_shown_as_revoked_and_no_longer_given(
    office: KupangOffice, tmp_path: Path, releases: Path
) -> None:
    nomor = issued(office, tmp_path)
    case = office.case(nomor)
    law = case.permit.permit.legal_basis[0]
    office.done(nomor, Revoke(law), HEAD, Said(note="Bangunan tidak sesuai."))
    with at_the_pages(office, tmp_path, releases, nomor) as reader:
        page = reader.read().text
        assert "Izin dicabut" in said(page)
        assert "Mengapa dicabut Bangunan tidak sesuai. Dicabut Senin, 2 Maret 2026" in said(page)
        assert f"Dasar: {cited(law, case.city)}." in said(page)
        assert "mengajukan keberatan tertulis" in said(page)
        assert "/produk/" not in page


def test_who_opened_the_file_is_told_by_post_and_never_by_name(
    office: KupangOffice, tmp_path: Path, releases: Path
) -> None:
    nomor = office.file()
    reviewer = Officer(CITY, "197001012000011009", Post("pupr", "tim_teknis"), False)
    office.run(log_read(office.store, reviewer, nomor))
    with at_the_pages(office, tmp_path, releases, nomor) as reader:
        text = said(reader.read().text)
    assert "Siapa membuka berkas Anda Dinas Pekerjaan Umum dan Penataan Ruang — tim teknis: sekali, terakhir" in text
    assert "197001012000011009" not in text


def test_a_program_follows_a_case_as_its_applicant_does(office: KupangOffice, tmp_path: Path, releases: Path) -> None:
    nomor = returned(office)
    shape = {"$ref": "#/components/schemas/Tracked", "components": {"schemas": COMPONENTS}}
    with at_the_pages(office, tmp_path, releases, nomor) as reader:
        body = {"nomor": nomor, "code": reader.code}
        told = reader.client.post(f"/api/{CITY}/lacak", json=body).json()
        assert reader.client.post(f"/api/{CITY}/lacak", json={**body, "code": "X" * 12}).status_code == 404
    jsonschema_rs.Draft202012Validator(shape).validate(told)
    assert (told["status"], told["next"], told["dues"]["stopped"]) == ("perbaikan", "perbaiki", True)
    wanted = {"kind": "isian", "code": "jumlah_parkir", "item": None, "reason": "keliru", "agency": "pupr"}
    assert told["repair"] == [wanted]
    assert [held["holder"]["kind"] for held in told["timeline"]][-1] == "pemohon"
    assert "Gambar menunjukkan" not in str(told)
    assert "tim_teknis" not in str(told["holder"])


def test_the_pieces_of_the_timeline_add_up_to_the_minutes_of_each_holder(office: KupangOffice) -> None:
    nomor = returned(office)
    office.hands.pass_by(days=5, minutes=17)
    case, now = office.case(nomor), office.hands()
    pieces = timeline(case.city, case.permit.permit, case.state, office.casework.history(CITY, nomor), now)
    found: dict[object, int] = {}
    for piece in pieces:
        found[piece.holder] = found.get(piece.holder, 0) + piece.minutes
    assert found == minutes_by_holder(case.city, case.state.spans, now)
    assert pieces[0].since == case.state.filed_at
    assert [piece.until for piece in pieces[:-1]] == [piece.since for piece in pieces[1:]]


def returned(office: KupangOffice) -> str:
    """Lead a case to where its number of parking places must be repaired."""
    nomor = office.file()
    office.approve_all(nomor)
    pupr, dlhk, dishub = office.state(nomor).open_desks
    item = RepairItem(ItemKind.FIELD, "jumlah_parkir", RepairReason.MISTAKEN, "teknis", pupr.place)
    office.done(nomor, Return("teknis", pupr.place, 0, (item,)), officer(pupr), Said(note="Gambar menunjukkan 10."))
    office.done(nomor, Approve("teknis", dlhk.place, 0), officer(dlhk))
    office.done(nomor, Approve("teknis", dishub.place, 0), officer(dishub))
    return nomor


def issued(office: KupangOffice, folder: Path) -> str:
    """Lead a case to its signed permit."""
    nomor = paid(office)
    head = Signatory(office, folder, signing_of(office, folder, Signing.LOCAL))
    head.ask(nomor)
    head.send()
    assert office.state(nomor).status == "terbit"
    return nomor
