"""A two-storey shop goes through the one door: filed, asked of three agencies side by side, repaired once by one list,
paid, signed, downloaded, and checked by its QR code.

Once with a phone that runs scripts and officers at desks, and once with a phone that runs none and officers on phones,
one of which runs none either.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.kupang.album import publish_picture
from tests.browser.kupang.conftest import Meet, Seat
from tests.browser.kupang.issued_paper import pictured, printed_code, signatures, verified
from tests.browser.kupang.journey import Journey
from tests.browser.kupang.officer import CONSULTED, DISHUB, DLHK, DOOR, PUPR, Officer
from tests.browser.kupang.shop import ENVIRONMENT, file_shop, receipt_says_what_follows
from tests.browser.kupang.town import Town

pytestmark = pytest.mark.browser

THURSDAY, TUESDAY = "2026-03-05T10:00+08:00", "2026-03-10T10:00+08:00"
KKPR = "Nomor KKPR atau keterangan rencana kota"


def test_a_shop_goes_through_the_one_door(kupang: Town, meet: Meet, seat: Seat, scripts: bool) -> None:
    maria = meet("ruko", scripts)
    nomor, code = file_shop(maria)
    maria.see("tanda-terima", "receipt")
    receipt_says_what_follows(maria)
    nobody_opens_it_by_the_number_alone(nomor, meet("orang-lain", scripts))
    goes_through(nomor, code, kupang, meet, seat, scripts)


def goes_through(nomor: str, code: str, kupang: Town, meet: Meet, seat: Seat, scripts: bool) -> None:
    found_complete(nomor, seat, scripts)
    kupang.wake(THURSDAY)
    maria = meet("ruko-sesudahnya", scripts)
    one_asks_and_two_agree(nomor, code, maria, seat, scripts)
    kupang.wake(TUESDAY)
    repaired(nomor, code, maria)
    only_the_asker_looks_again(nomor, seat, scripts)
    paid_at_the_bank(nomor, code, maria)
    signed(nomor, seated(seat, "kepala", scripts), scripts)
    folder = kupang.data.parent / "unduhan"
    folder.mkdir()
    letter = downloaded(nomor, code, maria, folder)
    assert "Signature is Valid" in signatures(letter)
    anybody = meet("pemeriksa", scripts)
    checked(letter, anybody, folder)
    anybody.page.get_by_role("link", name="Di tangan siapa berkas berada").click()
    anybody.see("di-tangan-siapa")
    expect(anybody.page.get_by_role("main")).to_contain_text(DLHK)
    expect(anybody.page.get_by_role("main")).not_to_contain_text(nomor)


def nobody_opens_it_by_the_number_alone(nomor: str, stranger: Journey) -> None:
    stranger.page.goto("/kota-kupang/")
    stranger.page.get_by_role("link", name="Lacak").click()
    stranger.page.get_by_label("Nomor").fill(nomor)
    stranger.page.get_by_label("Kode").fill("0000-0000-0000")
    stranger.page.get_by_role("button", name="Buka").click()
    expect(stranger.page.get_by_role("alert")).to_contain_text("Periksa lagi nomor dan kodenya")
    stranger.see("kode-salah")


def seated(seat: Seat, name: str, scripts: bool, pictures: bool = False) -> Officer:
    """Seat an officer at a desk where the applicant's phone runs scripts, else on a phone; most know the documents."""
    officer = seat(name, on_phone=not scripts)
    if not pictures:
        officer.spare_pictures()
    return officer


def found_complete(nomor: str, seat: Seat, scripts: bool) -> None:
    front = seated(seat, "loket", scripts)
    front.come_in(DOOR, "Loket depan")
    front.see("daftar")
    assert "Selasa, 3 Maret 2026" in front.line(nomor).inner_text()
    front.open(nomor)
    front.see("berkas")
    front.approve("Lengkap dan benar")
    front.see("lengkap")
    front.leave()


def one_asks_and_two_agree(nomor: str, code: str, maria: Journey, seat: Seat, scripts: bool) -> None:
    dlhk, pupr = seated(seat, "dlhk", scripts, pictures=True), seated(seat, "pupr", scripts)
    dishub = seat("dishub", on_phone=not scripts, scripts=scripts)
    dlhk.come_in(DLHK, "Tim teknis")
    dlhk.see("daftar")
    assert "Senin, 9 Maret 2026" in dlhk.line(nomor).inner_text()
    dlhk.open(nomor)
    dlhk.see("berkas", "officer-file" if scripts else "", pictures=scripts)
    dlhk.ask_repair(
        {
            KKPR: ("Tidak lengkap", "Tulis nomor lengkap seperti pada surat KKPR."),
            ENVIRONMENT: ("Tidak terbaca", "Foto terlalu gelap; pindai ulang semua halaman."),
        }
    )
    dlhk.see("terkirim")

    maria.open_case(nomor, code)  # nothing is asked of her before all have answered
    maria.see("menunggu")
    expect(maria.page.get_by_role("link", name="Lihat dan perbaiki")).to_have_count(0)
    expect(maria.page.get_by_role("main")).to_contain_text("Diperiksa berdampingan")
    expect(maria.page.get_by_role("main")).to_contain_text("daftarnya kami kirim sekali, sesudah semua menjawab")

    dishub.come_in(DISHUB, "Tim teknis")
    assert "Senin, 9 Maret 2026" in dishub.line(nomor).inner_text()
    dishub.open(nomor)
    dishub.see("berkas")
    dishub.approve("Beri rekomendasi (setuju)", note="Andalalin sudah disetujui; tidak ada keberatan.")
    dishub.see("setuju")
    pupr.come_in(PUPR, "Tim teknis")
    assert "Selasa, 14 April 2026" in pupr.line(nomor).inner_text()
    pupr.open(nomor)
    pupr.see("berkas")
    pupr.approve("Beri rekomendasi (setuju)", CONSULTED)
    for officer in (dlhk, dishub, pupr):
        officer.leave()


def repaired(nomor: str, code: str, maria: Journey) -> None:
    page = maria.page
    maria.open_case(nomor, code)
    maria.see("diminta-perbaikan")
    page.get_by_role("link", name="Lihat dan perbaiki").click()
    maria.see("daftar-perbaikan", "repair-list")
    wanted = page.locator("#daftar ~ ol").first.locator("> li > a")
    expect(wanted).to_have_text([KKPR, ENVIRONMENT])
    expect(page.locator("#isian").get_by_role("textbox")).to_have_count(1)  # nothing else can be changed
    page.get_by_label(KKPR).fill("KKPR-001/5371/2026")
    page.get_by_role("button", name="Periksa", exact=True).click()
    maria.see("dokumen")
    expect(page.locator("input[type=file]")).to_have_count(1)
    section = page.get_by_role("region", name=ENVIRONMENT, exact=True)
    section.locator("input[type=file]").set_input_files(maria.papers.rescanned)
    section.get_by_role("button", name="Unggah").click()
    maria.see("dokumen-baru")
    page.get_by_role("link", name="Lanjut ke pemeriksaan").click()
    maria.see("periksa")
    page.get_by_role("button", name="Kirim perbaikan").click()
    expect(page.get_by_role("status")).to_contain_text("Perbaikan Anda sudah kami terima.")
    maria.see("terkirim")


def only_the_asker_looks_again(nomor: str, seat: Seat, scripts: bool) -> None:
    for agency in (DISHUB, PUPR):
        other = seated(seat, "tidak-lagi", scripts)
        other.come_in(agency, "Tim teknis")
        expect(other.line(nomor)).to_have_count(0)
    dlhk = seated(seat, "dlhk-lagi", scripts)
    dlhk.come_in(DLHK, "Tim teknis")
    dlhk.open(nomor)
    dlhk.see("berkas")
    changed = dlhk.page.get_by_role("region", name="Tugas Anda").get_by_role("listitem")
    expect(changed).to_have_text([ENVIRONMENT, KKPR])
    dlhk.approve("Beri rekomendasi (setuju)")
    pupr = seated(seat, "pupr-retribusi", scripts)
    pupr.come_in(PUPR, "Tim teknis")
    pupr.open(nomor)
    expect(pupr.page.get_by_role("region", name="Tugas Anda")).to_contain_text("Tahap: Penghitungan retribusi.")
    expect(pupr.page.get_by_text("Biaya: Rp3.244.500")).to_be_visible()
    pupr.see("berkas")
    pupr.approve("Beri rekomendasi (setuju)")


def paid_at_the_bank(nomor: str, code: str, maria: Journey) -> None:
    page = maria.page
    maria.open_case(nomor, code)
    maria.see("harus-dibayar")
    page.get_by_role("link", name="Lihat tagihan dan cara membayar").click()
    maria.see("tagihan")
    bill = page.url
    page.get_by_role("link", name="Bayar di bank percobaan").click()
    maria.see("bank")
    page.get_by_role("button", name="Bayar tepat", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("Kantor diberi tahu: Rp3.244.500")
    maria.see("bank-sesudahnya")
    page.goto(bill)
    expect(page.locator(".tanda").first).to_contain_text("lunas", ignore_case=True)
    maria.see("lunas")


def signed(nomor: str, head: Officer, scripts: bool) -> None:
    head.come_in(DOOR, "Kepala dinas")
    head.see("daftar")
    head.open(nomor)
    head.see("konsep", pictures=scripts)
    head.sign()
    head.see("terbit")


def downloaded(nomor: str, code: str, maria: Journey, folder: Path) -> Path:
    maria.open_case(nomor, code)
    maria.see("terbit")
    maria.album.publish_from("Perjalanan berkas", "timeline")
    with maria.page.expect_download() as download:
        maria.page.get_by_role("button", name="Unduh Persetujuan Bangunan Gedung").click()
    letter = folder / "surat.pdf"
    download.value.save_as(letter)
    publish_picture(pictured(letter)[0], "permit")
    return letter


def checked(letter: Path, anybody: Journey, folder: Path) -> str:
    """Follow the code that is printed on the letter, then check letter and code without the office."""
    code = printed_code(letter)
    anybody.page.goto(code)
    anybody.see("periksa")
    main = anybody.page.get_by_role("main")
    expect(main).to_contain_text("Surat ini benar diterbitkan kantor kami dan masih berlaku.")
    expect(main).to_contain_text("Kode QR yang Anda pindai cocok dengan catatan kami.")
    expect(main).to_contain_text(hashlib.sha256(letter.read_bytes()).hexdigest())
    keys, proof = folder / "kunci.json", folder / "bukti.txt"
    for link, target in (("kunci kantor", keys), ("bukti berkas", proof)):
        address = anybody.page.get_by_role("link", name=link).get_attribute("href") or ""
        target.write_bytes(anybody.page.request.get(address).body())
    assert verified(keys, code) == 0
    assert verified(keys, proof, "--pdf", letter) == 0
    letter.with_name("lain.pdf").write_bytes(letter.read_bytes() + b" ")
    assert verified(keys, proof, "--pdf", letter.with_name("lain.pdf")) == 1
    return code
