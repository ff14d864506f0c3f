"""The pages of the office, over HTTP: lists, a file, the completeness check, and the answers of desks side by side."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from generator.model import Catalog
from rules.case_state import InRepair
from tests.kupang_office import kupang_catalog, published
from tests.office_visitor import said
from tests.officer import (
    AUDITOR,
    DINKES,
    DISHUB,
    DLHK,
    FRONT,
    OFFICE,
    PUPR,
    TESTED,
    ServedOffice,
    always_slower,
    hidden,
    served_office,
)


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return kupang_catalog()


@pytest.fixture(scope="module")
def office(catalog: Catalog, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedOffice]:
    releases = published(tmp_path_factory.mktemp("rilis"), catalog)
    with served_office(tmp_path_factory.mktemp("data"), releases, catalog) as served:
        yield served


def test_a_new_file_stands_in_the_list_of_the_front_office_and_in_no_other(office: ServedOffice) -> None:
    nomor = office.kupang.file()
    front = said(office.at(FRONT).open("").text)
    assert "Periksa kelengkapan" in front
    assert nomor in front
    assert nomor not in office.at(PUPR).open("").text


def test_a_list_tells_dates_and_no_names(office: ServedOffice) -> None:
    nomor = office.kupang.file()
    text = office.at(FRONT).open("").text
    assert nomor in text
    assert "Selasa, 3 Maret 2026 pukul" in said(text)
    for value in office.kupang.case(nomor).answers.values():
        if isinstance(value, str) and len(value) > 8:
            assert value not in text


def test_a_file_that_is_not_yours_does_not_exist(office: ServedOffice) -> None:
    nomor = office.kupang.file()
    foreign = office.at(DINKES).file(nomor)
    absent = office.at(DINKES).file("KPG-2026-999999")
    assert foreign.status_code == absent.status_code == 404
    assert foreign.text.replace(nomor, "KPG-2026-999999") == absent.text
    assert office.at(AUDITOR).file(nomor).status_code == 200


def test_the_file_shows_answers_law_and_what_to_do(office: ServedOffice) -> None:
    nomor = office.kupang.file()
    text = said(office.at(FRONT).file(nomor).text)
    assert "Tugas Anda" in text
    assert "Periksa apakah berkas ini lengkap dan benar." in text
    assert "Mengapa tanggal ini?" in text
    assert "Lengkap dan benar" in text
    assert "Perbaiki : Jumlah tempat parkir mobil" in text
    assert "Permohonan diajukan" in text


def test_complete_and_right_opens_the_desks_side_by_side(office: ServedOffice) -> None:
    nomor = office.kupang.file()
    answer = office.at(FRONT).answer(nomor, putusan="setuju", catatan="Lengkap semua.")
    assert answer.url.path == f"{OFFICE}/berkas/{nomor}"
    assert "Jawaban Anda tersimpan: setuju." in said(answer.text)
    assert "Lengkap semua." in said(answer.text)
    assert [desk.agency for desk in office.kupang.state(nomor).open_desks] == ["pupr", "dlhk", "dishub"]
    assert nomor in office.at(PUPR).open("").text
    assert nomor in office.at(FRONT).open("daftar?daftar=menunggu").text
    assert nomor not in office.at(FRONT).open("daftar?daftar=saya").text


def test_a_return_asks_for_a_reason_for_each_thing_and_goes_out_as_one_list(office: ServedOffice) -> None:
    nomor = office.kupang.file()
    front = office.at(FRONT)
    marked = ["isian.jumlah_parkir", "dokumen.ktp"]
    why = front.answer(nomor, putusan="kembali", perlu=marked, catatan="Tolong dilengkapi.")
    assert why.status_code == 200
    assert "Jumlah tempat parkir" in said(why.text)
    form: dict[str, str | list[str]] = {"perlu": marked, "langkah": "sebab", "catatan": "Tolong dilengkapi."}
    missing = front.send(f"berkas/{nomor}/kelengkapan", why.text, form)
    assert missing.status_code == 422
    assert "pilih alasannya" in said(missing.text)
    assert "Tolong dilengkapi." in missing.text
    reasons = {
        "alasan.isian.jumlah_parkir": "keliru",
        "catatan.isian.jumlah_parkir": "Denah menunjukkan 40.",
        "alasan.dokumen.ktp": "tidak_terbaca",
    }
    answer = front.send(f"berkas/{nomor}/kelengkapan", missing.text, {**form, **reasons})
    assert answer.status_code == 200, said(answer.text)
    position = office.kupang.state(nomor).position
    assert isinstance(position, InRepair)
    assert [(item.code, item.reason.value) for item in position.items] == [
        ("jumlah_parkir", "keliru"),
        ("ktp", "tidak_terbaca"),
    ]
    text = said(answer.text)
    assert "Denah menunjukkan 40." in text
    assert "Diperbaiki pemohon" in text or "sedang diperbaiki pemohon" in text.lower()


def test_marked_and_approved_at_once_is_asked_about_and_nothing_is_lost(office: ServedOffice) -> None:
    nomor = office.kupang.file()
    answer = office.at(FRONT).answer(nomor, putusan="setuju", perlu="isian.jumlah_parkir", catatan="Sudah dibaca.")
    assert answer.status_code == 422
    assert "hapus tandanya" in said(answer.text)
    assert re.search(r'id="isian\.jumlah_parkir"[^>]* checked', answer.text)
    assert ">Sudah dibaca.</textarea>" in answer.text
    assert office.kupang.state(nomor).rounds == 0


def test_a_reviewer_answers_the_desks_own_questions(office: ServedOffice) -> None:
    nomor = office.kupang.file()
    office.through_completeness(nomor)
    pupr = office.at(PUPR)
    missing = pupr.answer(nomor, putusan="setuju", **{"jawab.nomor_ba_konsultasi": "BA-7"})
    assert missing.status_code == 422
    assert "Hasil konsultasi: belum dipilih" in said(missing.text)
    assert 'value="BA-7"' in missing.text
    answer = pupr.answer(nomor, putusan="setuju", **TESTED)
    assert answer.status_code == 200, said(answer.text)
    assert "Hasil konsultasi: Sesuai standar teknis" in said(answer.text)
    assert office.kupang.case(nomor).all_facts["hasil_konsultasi"] == "sesuai"


def test_a_refusal_takes_an_article_a_reason_and_a_next_step(office: ServedOffice) -> None:
    nomor = office.kupang.file()
    office.through_completeness(nomor)
    dlhk = office.at(DLHK)
    page = dlhk.answer(nomor, putusan="tolak")
    assert page.status_code == 200
    law = re.search(r'<option value="([^"|]+\|[^"]*)"', page.text)
    assert law is not None
    bare = dlhk.send(f"berkas/{nomor}/rekomendasi", page.text, {"langkah": "sebab", "pasal": law[1]})
    assert bare.status_code == 422
    assert "Tulis alasannya untuk pemohon" in said(bare.text)
    form = {"langkah": "sebab", "pasal": law[1], "catatan": "Di sempadan sungai.", "lanjut": "Ajukan lokasi lain."}
    answer = dlhk.send(f"berkas/{nomor}/rekomendasi", bare.text, form)
    assert answer.status_code == 200, said(answer.text)
    assert "Di sempadan sungai." in said(answer.text)
    assert "Penolakan Anda tersimpan." in said(answer.text)
    office.at(PUPR).answer(nomor, putusan="setuju", **TESTED)
    office.at(DISHUB).answer(nomor, putusan="setuju")
    assert office.kupang.state(nomor).position.stage == "penolakan"  # type: ignore[union-attr]


def test_the_second_of_two_officers_is_told_who_was_first(office: ServedOffice) -> None:
    nomor = office.kupang.file()
    front = office.at(FRONT)
    early = front.file(nomor).text
    front.answer(nomor, putusan="setuju")
    late = front.send(f"berkas/{nomor}/kelengkapan", early, {"putusan": "setuju", "catatan": "Saya juga."})
    assert late.status_code == 409
    assert "sudah menjawab lebih dahulu" in said(late.text)
    assert "Saya juga." in said(late.text)


def test_who_is_slower_again_and_again_is_told_and_loses_nothing(office: ServedOffice) -> None:
    nomor = office.kupang.file()
    front = office.at(FRONT)
    page = front.file(nomor).text
    with always_slower(office):
        told = front.send(f"berkas/{nomor}/kelengkapan", page, {"putusan": "setuju", "catatan": "Lengkap."})
    assert told.status_code == 409
    assert "Orang lain sedang mengubah berkas ini." in said(told.text)
    assert "Lengkap." in said(told.text)


def test_a_form_that_is_sent_twice_answers_once(office: ServedOffice) -> None:
    nomor = office.kupang.file()
    front = office.at(FRONT)
    page = front.file(nomor).text
    first = front.send(f"berkas/{nomor}/kelengkapan", page, {"putusan": "setuju"})
    seq = office.kupang.case(nomor).seq
    again = front.send(f"berkas/{nomor}/kelengkapan", page, {"putusan": "setuju"})
    assert first.status_code == again.status_code == 200
    assert office.kupang.case(nomor).seq == seq
    other = front.send(f"berkas/{nomor}/kelengkapan", page, {"putusan": "setuju", "catatan": "Lain."})
    assert other.status_code == 409
    assert "sudah pernah dikirim dengan isi lain" in said(other.text)


def test_without_the_token_of_the_session_nothing_is_taken(office: ServedOffice) -> None:
    nomor = office.kupang.file()
    front = office.at(FRONT)
    form = {**hidden(front.file(nomor).text), "putusan": "setuju", "token": "lain"}
    assert front.client.post(f"{OFFICE}/berkas/{nomor}/kelengkapan", data=form).status_code == 403
    assert office.kupang.state(nomor).completed_at is None


def test_another_role_can_not_answer(office: ServedOffice) -> None:
    nomor = office.kupang.file()
    form = {"putusan": "setuju", "tahap": "verifikasi", "meja": "0", "putaran": "0"}
    office_page = office.at(PUPR).open("akun").text
    for path in ("kelengkapan", "rekomendasi"):
        assert office.at(PUPR).send(f"berkas/{nomor}/{path}", office_page, form).status_code == 404
    auditor = office.at(AUDITOR)
    assert auditor.send(f"berkas/{nomor}/kelengkapan", auditor.open("akun").text, form).status_code == 404
    assert office.kupang.state(nomor).completed_at is None


def test_a_desk_of_another_agency_is_not_answered_even_by_a_colleague_beside(office: ServedOffice) -> None:
    nomor = office.kupang.file()
    office.through_completeness(nomor)
    page = office.at(DLHK).file(nomor).text
    answer = office.at(DLHK).send(f"berkas/{nomor}/rekomendasi", page, {"putusan": "setuju", "meja": "2"})
    assert answer.status_code == 409
    assert "milik instansi atau jabatan lain" in said(answer.text)


def test_a_technical_team_sees_no_telephone_and_no_whole_nik(office: ServedOffice) -> None:
    nomor = office.kupang.file()
    answers = office.kupang.case(nomor).answers
    nik, phone = str(answers["nik"]), str(answers["no_hp"])
    front = office.at(FRONT).file(nomor).text
    assert nik in front
    assert phone in front
    office.through_completeness(nomor)
    team = office.at(DLHK).file(nomor).text
    assert nik not in team
    assert phone not in team
    assert f"{nik[:4]}••••••••{nik[-4:]}" in team
    assert nik not in office.at(AUDITOR).file(nomor).text


def test_a_number_is_found_whole_or_by_its_last_digits(office: ServedOffice) -> None:
    nomor = office.kupang.file()
    front = office.at(FRONT)
    assert front.open(f"cari?nomor={nomor.lower()}").url.path == f"{OFFICE}/berkas/{nomor}"
    assert front.open(f"cari?nomor={int(nomor[-6:])}").url.path == f"{OFFICE}/berkas/{nomor}"
    absent = front.open("cari?nomor=KPG-2026-999999")
    assert absent.status_code == 404
    assert "Tidak ada berkas bernomor KPG-2026-999999" in said(absent.text)


def test_the_search_does_not_tell_that_a_file_of_others_exists(office: ServedOffice) -> None:
    nomor = office.kupang.file()
    reviewer = office.at(DLHK)
    there, absent = reviewer.open(f"cari?nomor={nomor}"), reviewer.open("cari?nomor=KPG-2026-999999")
    assert (there.status_code, there.url.path) == (absent.status_code, absent.url.path) == (404, f"{OFFICE}/cari")
    assert said(there.text).replace(nomor, "") == said(absent.text).replace("KPG-2026-999999", "")
