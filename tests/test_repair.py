"""A repair: one list, only what is in it can be changed, and what is sent is kept whole or not at all."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pikepdf
import pytest
from sqlalchemy import select

from generator.model import Catalog
from rules.answers import typed
from rules.case_event import APPLICANT, SYSTEM, ItemKind, RepairItem, RepairReason, Target, Verdict
from rules.case_state import Change, Desk, InRepair
from rules.command import BeyondTheList, Expire, Pay, Refusal, Resubmit, Return
from rules.kind import Kind
from runtime.cases.case_change import Kept, Once, Said
from runtime.cases.drafts import DraftTooLargeError
from runtime.cases.examination import examine
from runtime.cases.open_case import ITEM_NOTES
from runtime.cases.repair import repair_of
from runtime.cases.repair_drafts import NOT_BEGUN, RepairDraft
from runtime.cases.tables import repair_draft
from runtime.citizen.as_written import understand
from runtime.citizen.typed_again import typed_again
from runtime.documents.file_rows import current
from runtime.documents.file_state import FileState
from runtime.documents.upload import APPLICANT as GIVER
from runtime.documents.upload import CaseFile, Upload
from runtime.json_text import Json
from tests.case_reader import at_the_pages, hidden, said
from tests.given_papers import file_with_papers
from tests.kupang_office import CITY, FILED, KupangOffice, kupang_catalog, officer, open_office, published
from tests.test_case_pages import returned


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


def pdf(pages: int = 1) -> bytes:
    buffer = io.BytesIO()
    with pikepdf.new() as paper:
        for _ in range(pages):
            paper.add_blank_page()
        paper.save(buffer)
    return buffer.getvalue()


def ask(office: KupangOffice, nomor: str, asked: dict[str, tuple[RepairItem, ...]]) -> None:
    """Let the open desks ask for these by agency, and the others approve."""
    for desk in office.state(nomor).open_desks:
        if (items := asked.get(desk.agency)) is None:
            office.approve(nomor, desk)
        else:
            command = Return(desk.stage, desk.place, office.state(nomor).rounds, items)
            notes: dict[str, Json] = {f"{one.kind.value}.{one.code}": f"Catatan {desk.agency}." for one in items}
            office.done(nomor, command, officer(desk), Said(note=f"Salam {desk.agency}.", more={ITEM_NOTES: notes}))


def item(
    desk: Desk, code: str, kind: ItemKind = ItemKind.FIELD, reason: RepairReason = RepairReason.MISTAKEN
) -> RepairItem:
    return RepairItem(kind, code, reason, desk.stage, desk.place)


def test_there_is_one_list_of_all_who_asked_with_reason_and_note(
    office: KupangOffice, tmp_path: Path, releases: Path
) -> None:
    nomor = office.file()
    office.approve_all(nomor)
    pupr, dlhk, _ = office.state(nomor).open_desks
    ask(
        office,
        nomor,
        {
            "pupr": (item(pupr, "jumlah_parkir"), item(pupr, "ktp", ItemKind.DOCUMENT, RepairReason.UNREADABLE)),
            "dlhk": (item(dlhk, "jumlah_parkir", reason=RepairReason.DIFFERS),),
        },
    )
    with at_the_pages(office, tmp_path, releases, nomor) as reader:
        page = reader.read("/perbaikan").text
    text = said(page)
    assert "Penataan Ruang: keliru Catatan petugas: Catatan pupr." in text
    assert "Kebersihan: tidak sesuai dengan yang lain Catatan petugas: Catatan dlhk." in text
    assert "Pesan Dinas Lingkungan Hidup dan Kebersihan: Salam dlhk." in text
    assert text.count("Kirim perbaikan paling lambat") == 1
    assert 'name="jumlah_parkir"' in page
    assert 'value="50"' in page
    assert 'aria-describedby="n-jumlah_parkir"' in page.replace("b-jumlah_parkir ", "")
    assert 'name="luas_bangunan"' not in page


def test_a_repaired_answer_changes_who_is_asked_and_keeps_what_was_filed(
    office: KupangOffice, tmp_path: Path, releases: Path
) -> None:
    nomor = returned(office)
    with at_the_pages(office, tmp_path, releases, nomor) as reader:
        review = reader.send("/perbaikan", {"jumlah_parkir": "10", "aksi": "periksa"})
        assert review.url.path == f"{reader.here}/perbaikan/periksa"
        assert "Semula: 50 Sekarang: 10" in said(review.text)
        sent = reader.send("/perbaikan/periksa", {}, "/perbaikan/kirim")
        assert sent.url.path == reader.here
        assert "Perbaikan Anda sudah kami terima." in said(sent.text)
    case = office.case(nomor)
    assert case.facts["jumlah_parkir"] == 10
    assert case.submission.answers["jumlah_parkir"] == 50
    assert [desk.agency for desk in case.state.open_desks] == ["pupr"]
    assert [change.targets for change in case.state.changes] == [(Target(ItemKind.FIELD, "jumlah_parkir"),)]


def test_what_is_not_in_the_list_can_not_be_changed(office: KupangOffice, tmp_path: Path, releases: Path) -> None:
    nomor = returned(office)
    with at_the_pages(office, tmp_path, releases, nomor) as reader:
        answer = reader.send("/perbaikan", {"jumlah_parkir": "10", "luas_bangunan": "1"})
        assert answer.status_code == 422
        assert "Ini tidak diminta untuk diperbaiki" in said(answer.text)
        assert "Luas" in said(answer.text)
        assert 'value="50"' in reader.read("/perbaikan").text  # nothing of it was kept
        smuggled = reader.send("/perbaikan", {"pertanyaan": "jumlah_parkir luas_bangunan", "jumlah_parkir": "10"})
        assert smuggled.status_code == 200
        assert reader.give("ktp", pdf()).status_code == 422
        reader.send("/perbaikan/periksa", {}, "/perbaikan/kirim")
    assert [change.targets for change in office.state(nomor).changes] == [(Target(ItemKind.FIELD, "jumlah_parkir"),)]


def test_what_was_typed_is_kept_with_its_faults_and_until_another_day(
    office: KupangOffice, tmp_path: Path, releases: Path
) -> None:
    nomor = returned(office)
    with at_the_pages(office, tmp_path, releases, nomor) as reader:
        wrong = reader.send("/perbaikan", {"jumlah_parkir": "<sepuluh>"})
        assert wrong.status_code == 422
        assert "Ada yang perlu diperbaiki" in wrong.text
        assert 'value="&lt;sepuluh&gt;"' in wrong.text
        assert reader.read("/perbaikan/periksa").url.path == f"{reader.here}/perbaikan"
        saved = reader.send("/perbaikan", {"jumlah_parkir": "dua belas", "aksi": "simpan"})
        assert "Tersimpan." in said(saved.text)
    office.hands.pass_by(days=3)
    with at_the_pages(office, tmp_path, releases, nomor) as reader:
        assert 'value="dua belas"' in reader.read("/perbaikan").text


def test_a_session_that_is_over_loses_nothing_that_was_typed(
    office: KupangOffice, tmp_path: Path, releases: Path
) -> None:
    nomor = returned(office)
    with at_the_pages(office, tmp_path, releases, nomor) as reader:
        action = f"{reader.here}/perbaikan"
        form = hidden(reader.read("/perbaikan").text, action)
        reader.client.cookies.clear()
        late = reader.client.post(action, data={**form, "jumlah_parkir": "10", "aksi": "periksa"})
        assert late.status_code == 403
        assert f"Kode untuk permohonan {nomor}" in said(late.text)
        carried = hidden(late.text, action)
        assert carried["jumlah_parkir"] == "10"
        wrong = reader.client.post(action, data={**carried, "kode": "ABCD-EFGH-JKMN"})
        assert wrong.status_code == 403
        again = reader.client.post(action, data={**hidden(wrong.text, action), "kode": reader.code})
        assert again.url.path == f"{action}/periksa"
        assert "Semula: 50 Sekarang: 10" in said(again.text)


def test_however_often_it_is_sent_there_is_one_repair(office: KupangOffice, tmp_path: Path, releases: Path) -> None:
    nomor = returned(office)
    with at_the_pages(office, tmp_path, releases, nomor) as reader:
        review = reader.send("/perbaikan", {"jumlah_parkir": "10"})
        action = f"{reader.here}/perbaikan/kirim"
        form = hidden(review.text, action)
        for _ in range(3):
            answer = reader.client.post(action, data=form)
            assert "Perbaikan Anda sudah kami terima." in said(answer.text)
    kinds = [stored.kind for stored in office.store.journal.events(CITY, nomor)]
    assert kinds.count("Resubmitted") == 1


def test_what_was_changed_after_it_was_read_is_read_once_more(
    office: KupangOffice, tmp_path: Path, releases: Path
) -> None:
    nomor = returned(office)
    with at_the_pages(office, tmp_path, releases, nomor) as reader:
        review = reader.send("/perbaikan", {"jumlah_parkir": "10"})
        reader.send("/perbaikan", {"jumlah_parkir": "12"})
        action = f"{reader.here}/perbaikan/kirim"
        answer = reader.client.post(action, data=hidden(review.text, action))
        assert answer.url.path == f"{reader.here}/perbaikan/periksa"
        assert "Ada yang berubah sejak Anda membacanya." in said(answer.text)
    assert office.state(nomor).status == "perbaikan"


def test_a_document_is_replaced_and_the_earlier_one_kept(office: KupangOffice, tmp_path: Path, releases: Path) -> None:
    nomor = office.file()
    office.approve_all(nomor)
    pupr = office.state(nomor).open_desks[0]
    unreadable = item(pupr, "ktp", ItemKind.DOCUMENT, RepairReason.UNREADABLE)
    ask(office, nomor, {"pupr": (unreadable,)})
    with at_the_pages(office, tmp_path, releases, nomor) as reader:
        assert "Lanjut ke dokumen" in said(reader.read("/perbaikan").text)
        unready = reader.read("/perbaikan/periksa")
        assert unready.url.path == f"{reader.here}/perbaikan/dokumen"
        assert "belum diunggah" in said(unready.text)
        refused = reader.give("ktp", b"bukan pdf")
        assert refused.status_code == 422
        assert reader.give("ktp", pdf(1), "lama.pdf").status_code == 200
        taken = reader.give("ktp", pdf(2), "KTP Maria Tari.pdf")
        assert taken.text.count("<strong>ktp.pdf</strong>") == 1
        assert "Maria" not in taken.text
        assert "ktp.pdf" in reader.read("/perbaikan/periksa").text
        sent = reader.send("/perbaikan/periksa", {}, "/perbaikan/kirim")
        assert "KTP" in said(sent.text)
        assert "ktp.pdf" in said(sent.text)
    files = office.store.shelf.of_case(CITY, nomor)
    assert [(one.document, one.name, one.round) for one in current(files)] == [("ktp", "ktp.pdf", 1)]
    assert office.store.shelf.of_draft(CITY, nomor) == ()
    again = [(desk.agency, desk.again) for desk in office.state(nomor).open_desks]
    assert [agency for agency, _ in again] == ["pupr"]
    assert office.state(nomor).changes[0].targets == (Target(ItemKind.DOCUMENT, "ktp"),)


def test_a_question_that_a_change_opens_is_asked_with_it(office: KupangOffice, tmp_path: Path, releases: Path) -> None:
    nomor = office.file()
    office.approve_all(nomor)
    ask(office, nomor, {"pupr": (item(office.state(nomor).open_desks[0], "ada_prasarana"),)})
    with at_the_pages(office, tmp_path, releases, nomor) as reader:
        before = reader.read("/perbaikan").text
        assert 'name="prasarana.0.volume"' in before  # there for the script, and hidden
        opened = reader.send("/perbaikan", {"ada_prasarana": "ya"})
        assert opened.status_code == 200
        assert "Jawaban Anda membuka satu pertanyaan lagi" in said(opened.text)
        item_ = {"prasarana.0.jenis_prasarana": "pagar", "prasarana.0.volume": "12,5"}
        empty = reader.send("/perbaikan", {"ada_prasarana": "ya", "prasarana.0.jenis_prasarana": "pagar"})
        assert empty.status_code == 422
        review = reader.send("/perbaikan", {"ada_prasarana": "ya", **item_})
        text = said(review.text)
        assert "Prasarana Semula: tidak diisi Sekarang: 1. Jenis prasarana: Pagar" in text
        assert "Biaya berubah Semula: Rp3.244.500." in text
        reader.send("/perbaikan/periksa", {}, "/perbaikan/kirim")
    case = office.case(nomor)
    assert case.state.status == "peninjauan"
    assert case.facts["ada_prasarana"] is True
    assert [target.code for target in case.state.changes[0].targets] == ["ada_prasarana", "prasarana"]


def test_a_document_that_a_change_asks_for_is_asked_with_it(
    office: KupangOffice, tmp_path: Path, releases: Path
) -> None:
    nomor = office.file()
    office.approve_all(nomor)
    ask(office, nomor, {"pupr": (item(office.state(nomor).open_desks[0], "tanah_sendiri"),)})
    with at_the_pages(office, tmp_path, releases, nomor) as reader:
        wanted = reader.send("/perbaikan", {"tanah_sendiri": "tidak"})
        assert wanted.url.path == f"{reader.here}/perbaikan/dokumen"
        assert "Dokumen ini diminta karena jawaban yang Anda perbaiki." in said(wanted.text)
        assert "Mengapa diminta? Karena" in said(wanted.text)
        back = reader.send("/perbaikan", {"tanah_sendiri": "ya"})  # then it is not asked for
        assert back.url.path == f"{reader.here}/perbaikan/periksa"
        assert "Diminta diperbaiki, tetapi Anda biarkan seperti semula" in said(back.text)
        reader.send("/perbaikan", {"tanah_sendiri": "tidak"})
        reader.give("perjanjian-tanah", pdf(), "sewa.pdf")
        assert "perjanjian-tanah.pdf" in said(reader.read("/perbaikan/periksa").text)
        reader.send("/perbaikan/periksa", {}, "/perbaikan/kirim")
    assert [one.document for one in office.store.shelf.of_case(CITY, nomor)] == ["perjanjian-tanah"]
    assert office.state(nomor).status == "peninjauan"


def test_the_same_file_once_more_is_told_to_repair_nothing_and_the_list_goes_as_the_pages_do(
    office: KupangOffice, tmp_path: Path, releases: Path
) -> None:
    nomor = file_with_papers(office)
    office.approve_all(nomor)
    desk = office.state(nomor).open_desks[0]
    wanted = (
        item(desk, "gambar-mep", ItemKind.DOCUMENT),
        item(desk, "bukti-tanah", ItemKind.DOCUMENT),
        item(desk, "nomor_kkpr"),
        item(desk, "luas_tanah"),
    )
    ask(office, nomor, {"pupr": wanted})
    held = next(one for one in office.store.shelf.of_case(CITY, nomor) if one.document == "gambar-mep")
    content = office.run(office.store.shelf.open(CITY, held))
    with at_the_pages(office, tmp_path, releases, nomor) as reader:
        text = said(reader.read("/perbaikan").text)
        names = (
            "Luas tanah (isian)",
            "Nomor KKPR atau keterangan rencana kota (isian)",
            "Bukti hak atas tanah (dokumen)",
        )
        places = [text.index(name) for name in (*names, "Gambar mekanikal, elektrikal, dan plambing (dokumen)")]
        assert places == sorted(places)
        reader.give("bukti-tanah", pdf())
        reader.give("gambar-mep", content)
        review = said(reader.read("/perbaikan/periksa").text)
    same = "Luas tanah, Nomor KKPR atau keterangan rencana kota, Gambar mekanikal, elektrikal, dan plambing."
    assert f"tetapi Anda biarkan seperti semula: {same}" in review


def test_answers_that_the_rules_refuse_are_not_sent(office: KupangOffice, tmp_path: Path, releases: Path) -> None:
    nomor = office.file()
    office.approve_all(nomor)
    ask(office, nomor, {"pupr": (item(office.state(nomor).open_desks[0], "luas_dasar"),)})
    with at_the_pages(office, tmp_path, releases, nomor) as reader:
        review = reader.send("/perbaikan", {"luas_dasar": "300"})
        text = said(review.text)
        assert "Luas lantai dasar tidak boleh melebihi luas tanah." in text
        assert "Dengan jawaban ini permohonan tidak dapat diteruskan." in text
        assert "Kirim perbaikan" not in text.replace("Kirim perbaikan paling lambat", "")
        token = hidden(reader.read().text)["token"]
        forced = {"token": token, "putaran": "1", "dibaca": "0" * 64}
        answer = reader.client.post(f"{reader.here}/perbaikan/kirim", data=forced)
        assert answer.url.path == f"{reader.here}/perbaikan/periksa"
    assert office.state(nomor).status == "perbaikan"


def test_who_repairs_after_the_time_is_over_is_told_so(office: KupangOffice, tmp_path: Path, releases: Path) -> None:
    nomor = returned(office)
    with at_the_pages(office, tmp_path, releases, nomor) as reader:
        reader.send("/perbaikan", {"jumlah_parkir": "10"})
    office.hands.pass_by(days=200)
    office.done(nomor, Expire(), SYSTEM)
    with at_the_pages(office, tmp_path, releases, nomor) as reader:
        token = hidden(reader.read().text)["token"]
        for path, data in (("/perbaikan", {"jumlah_parkir": "9"}), ("/perbaikan/kirim", {"dibaca": "x"})):
            answer = reader.client.post(reader.here + path, data={"token": token, **data})
            assert "Keadaan permohonan ini sudah berubah." in said(answer.text)
            assert "Berakhir: waktu perbaikan sudah lewat" in said(answer.text)
    assert office.state(nomor).changes == ()


def test_an_added_item_asks_for_its_documents_and_a_changed_one_may_keep_them(office: KupangOffice) -> None:
    release = office.case(office.file("apotek", "apotek baru milik apoteker")).permit
    example = office.example("apotek", "apotek baru milik apoteker")
    pharmacists = example.answers["apoteker"]
    assert isinstance(pharmacists, tuple)
    (first,) = pharmacists
    before = examine(release, example.answers, office.hands())
    another = {**first, "nama_apoteker": "Yohana Lay"}
    held = [kept(code, 0) for code in ("ktp-apoteker", "stra", "sipa")]
    items = (RepairItem(ItemKind.FIELD, "apoteker", RepairReason.MISTAKEN, "teknis", 0),)
    after = examine(release, {**example.answers, "apoteker": [another, dict(first)]}, office.hands())
    repair = repair_of(release.permit, items, before, after, held, ())
    assert [(one.target.code, one.target.item, one.needed) for one in repair.wanted] == [
        (code, number, bool(number)) for code in ("ktp-apoteker", "stra", "sipa") for number in (0, 1)
    ]
    assert not repair.complete
    given = [waiting(one.target.code, one.target.item) for one in repair.wanted]
    whole = repair_of(release.permit, items, before, after, held, given)
    assert whole.complete
    assert whole.command.beyond == ()
    assert "jumlah_apoteker" in whole.command.facts
    assert {target.code for target in whole.command.changed} == {"apoteker", "ktp-apoteker", "stra", "sipa"}


def test_answers_beyond_the_list_are_named_whoever_puts_them_in(office: KupangOffice) -> None:
    nomor = returned(office)
    case = office.case(nomor)
    position = case.state.position
    assert isinstance(position, InRepair)
    before = examine(case.permit, case.answers, case.state.filed_at)
    smuggled = {**case.answers, "jumlah_parkir": 10, "luas_bangunan": 20}
    after = examine(case.permit, smuggled, case.state.filed_at)
    repair = repair_of(case.permit.permit, position.items, before, after, (), ())
    assert repair.command.beyond == (Target(ItemKind.FIELD, "luas_bangunan"),)
    assert {"jumlah_parkir", "luas_bangunan", "klb"} <= set(repair.command.facts)
    refused = office.act(nomor, repair.command, APPLICANT, Said(answers=after.answers))
    assert refused == BeyondTheList((Target(ItemKind.FIELD, "luas_bangunan"),))
    assert office.state(nomor).status == "perbaikan"


def test_a_question_that_was_open_and_unanswered_is_not_answered_under_cover_of_a_repair(office: KupangOffice) -> None:
    nomor = office.file("penelitian", "skripsi")
    case = office.case(nomor)
    assert "email" not in case.answers
    items = (RepairItem(ItemKind.FIELD, "judul", RepairReason.MISTAKEN, "verifikasi", 0),)
    before = examine(case.permit, case.answers, case.state.filed_at)
    smuggled = {**case.answers, "judul": "Sejarah pelabuhan", "email": "maria@contoh.id"}
    after = examine(case.permit, smuggled, case.state.filed_at)
    assert not after.wrong
    repair = repair_of(case.permit.permit, items, before, after, (), ())
    assert repair.command.beyond == (Target(ItemKind.FIELD, "email"),)


def test_a_document_is_wanted_for_every_item_where_none_is_named(office: KupangOffice) -> None:
    release = office.case(office.file("apotek", "24 jam dengan dua apoteker")).permit
    example = office.example("apotek", "24 jam dengan dua apoteker")
    examined = examine(release, example.answers, office.hands())
    items = (RepairItem(ItemKind.DOCUMENT, "stra", RepairReason.EXPIRED, "verifikasi", 0),)
    held = [kept("stra", 0), kept("stra", 1), kept("sipa", 0)]
    repair = repair_of(release.permit, items, examined, examined, held, [waiting("stra", 1), waiting("sipa", 0)])
    assert [(one.target.item, one.missing) for one in repair.wanted] == [(0, True), (1, False)]
    assert repair.command.changed == (Target(ItemKind.DOCUMENT, "stra", 1),)
    assert repair.command.beyond == ()


def test_every_answer_of_the_catalog_is_typed_again_as_it_was(office: KupangOffice) -> None:
    tried = 0
    for example in office.examples:
        permit = office.releases.current.cities[CITY].permit_on(example.permit, date.fromisoformat(example.on))
        assert permit is not None
        examined = examine(permit, example.answers, office.hands())
        fields = permit.permit.fields
        again = {field.code: typed_again(field, examined.answers.get(field.code)) for field in fields}
        for lang in ("id", "en"):
            understood, faults = understand(fields, again, lang)
            assert faults == {}, (example.note, faults)
            # A last nought of a coordinate is dropped, and what was ticked comes in the order of the form.
            exact = [field for field in fields if field.kind not in {Kind.COORDINATE, Kind.CHOICES}]
            assert typed(exact, understood) == typed(exact, examined.answers), example.note
        tried += len(examined.answers)
    assert tried > 1000


def kept(document: str, item: int | None) -> CaseFile:
    where = "KPG-2026-000001", f"{document}-{item}", document, item, "pdf", 1000, "a" * 64
    return CaseFile(*where, FileState.CLEAN, GIVER, 0, FILED)


def waiting(document: str, item: int | None) -> Upload:
    return Upload(f"{document}-{item}-b", "KPG-2026-000001", document, item, "pdf", 1000, "b" * 64)


def test_what_is_typed_is_kept_sealed_for_its_round_and_goes_with_the_repair(
    tmp_path: Path, releases: Path, catalog: Catalog, database_url: str | None
) -> None:
    office = open_office(tmp_path, releases, catalog, url=database_url)
    nomor = returned(office)
    key, drafts, database = office.case(nomor).key, office.store.repair_drafts, office.store.database
    assert drafts.find(key, 1) == NOT_BEGUN
    office.run(drafts.save(key, 1, {"jumlah_parkir": "Maria 12"}))
    office.run(drafts.save(key, 1, {"lain": ["a"]}))
    assert drafts.find(key, 1) == RepairDraft({"jumlah_parkir": "Maria 12", "lain": ["a"]}, 2)
    assert drafts.find(key, 2) == NOT_BEGUN
    sealed = database.read(lambda connection: connection.execute(select(repair_draft.c.sealed)).scalar_one())
    assert b"Maria" not in bytes(sealed)
    with pytest.raises(DraftTooLargeError):
        office.run(drafts.save(key, 1, {"jumlah_parkir": "x" * 300_000}))
    office.run(database.write(lambda connection: drafts.forget(connection, key)))
    assert drafts.find(key, 1) == NOT_BEGUN
    office.store.close()
    office.releases.close()


def test_two_who_send_at_once_make_one_repair(office: KupangOffice) -> None:
    nomor = returned(office)
    answers = {**office.case(nomor).answers, "jumlah_parkir": 10}
    command = Resubmit((Target(ItemKind.FIELD, "jumlah_parkir"),), ("jumlah_parkir",))

    async def both() -> list[Kept | Refusal]:
        act, once = office.casework.act, Once(f"perbaikan:{nomor}:1", "a" * 64)
        sent = (act(CITY, nomor, command, APPLICANT, Said(answers=answers), only_once=once) for _ in range(8))
        return await asyncio.gather(*sent)

    found = office.run(both())
    assert len({one.seq for one in found if isinstance(one, Kept)}) == 1
    assert sum(isinstance(one, Kept) and not one.again for one in found) == 1
    assert office.state(nomor).changes == (Change(1, command.changed),)


def test_a_second_round_shows_only_its_own_list(office: KupangOffice, tmp_path: Path, releases: Path) -> None:
    nomor = returned(office)
    with at_the_pages(office, tmp_path, releases, nomor) as reader:
        reader.send("/perbaikan", {"jumlah_parkir": "10"})
        reader.send("/perbaikan/periksa", {}, "/perbaikan/kirim")
    (pupr,) = office.state(nomor).open_desks
    ask(office, nomor, {"pupr": (item(pupr, "jumlah_parkir"),)})
    assert office.state(nomor).rounds == 2
    with at_the_pages(office, tmp_path, releases, nomor) as reader:
        page = reader.read("/perbaikan").text
        assert 'name="putaran" value="2"' in page
        assert 'value="10"' in page
        stale = reader.send("/perbaikan", {"putaran": "1", "jumlah_parkir": "11"})
        assert "Ada perbaikan lain yang baru diminta." in said(stale.text)
        assert 'value="10"' in reader.read("/perbaikan").text


def test_no_page_of_a_repair_weighs_more_than_thirty_kilobytes(
    office: KupangOffice, tmp_path: Path, releases: Path
) -> None:
    nomor = returned(office)
    with at_the_pages(office, tmp_path, releases, nomor) as reader:
        for path in ("", "/perbaikan", "/perbaikan/dokumen", "/perbaikan/periksa", "/tarik"):
            assert len(reader.read(path).content) < 30 * 1024, path


def test_who_has_paid_is_told_what_becomes_of_the_money(office: KupangOffice, tmp_path: Path, releases: Path) -> None:
    nomor = office.file()
    for _ in range(3):
        office.approve_all(nomor)
    with at_the_pages(office, tmp_path, releases, nomor) as reader:
        assert "Tagihan Rp3.244.500 tidak perlu dibayar lagi." in said(reader.read("/tarik").text)
    office.done(nomor, Pay("QR-1", 1_000_000, office.hands()), SYSTEM)
    with at_the_pages(office, tmp_path, releases, nomor) as reader:
        text = said(reader.read("/tarik").text)
    assert "Anda sudah membayar Rp1.000.000. Uang itu tetap tercatat atas nomor ini" in text
    assert "dengan nomor permohonan ini." in text


def test_an_application_is_withdrawn_once_with_its_reason(office: KupangOffice, tmp_path: Path, releases: Path) -> None:
    nomor = returned(office)
    with at_the_pages(office, tmp_path, releases, nomor) as reader:
        page = reader.read("/tarik")
        assert "Belum ada yang Anda bayar" in said(page.text)
        unsure = reader.send("/tarik", {"alasan": "Pindah <kota>"})
        assert unsure.status_code == 422
        assert "Pindah &lt;kota&gt;</textarea>" in unsure.text
        form = {**hidden(page.text, f"{reader.here}/tarik"), "alasan": "Pindah kota", "yakin": "ya"}
        for _ in range(2):
            answer = reader.client.post(f"{reader.here}/tarik", data=form)
            assert "Permohonan ini sudah Anda tarik kembali." in said(answer.text)
        assert reader.read("/perbaikan").url.path == reader.here
    case = office.case(nomor)
    assert case.state.status == "dibatalkan"
    assert case.note(case.seq) == "Pindah kota"
    assert all(desk.answer is None or desk.answer.verdict is not Verdict.REFUSED for desk in case.state.desks)
