"""A pharmacy open 24 hours with one pharmacist is refused before anything is handed in."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.kupang.conftest import Begin
from tests.browser.kupang.people import HER_ADDRESS, MARIA

pytestmark = pytest.mark.browser


def test_a_pharmacy_open_24_hours_with_one_pharmacist_is_refused_in_the_words_of_the_rule(begin: Begin) -> None:
    journey = begin("apotek")
    journey.find("buka apotik", "Rekomendasi penyelenggaraan apotek")
    journey.start()
    journey.fill(
        "Permohonan",
        {
            "Jenis permohonan": "Baru",
            "Kepemilikan apotek": "Apoteker perseorangan",
            "NIB apotek": "1234567890123",
        },
    )
    journey.fill("Data diri", MARIA)
    journey.fill("Alamat dan kuasa", HER_ADDRESS)
    journey.fill(
        "Apotek",
        {
            "Nama apotek": "Apotek Sasando",
            "Alamat apotek": "Jalan Palapa 12",
            "Titik koordinat": "-10.1772, 123.6070",
            "Letak apotek": "Bangunan sendiri",
            "Apakah di dalam lingkungan rumah sakit?": "Tidak",
            "Buka 24 jam?": "Ya",
        },
    )
    journey.fill(
        "Ruang dan layanan",
        {
            "Luas ruangan": "60",
            "Ruang 1": {"Nama ruang": "Ruang racik", "Panjang": "4", "Lebar": "3"},
            "Layanan apotek": ["Meracik obat", "Konseling"],
            "Mengelola limbah obat sendiri?": "Tidak",
        },
    )
    journey.fill(
        "Apoteker dan tenaga farmasi",
        {
            "Apoteker 1": {
                "Nama": "Maria Tari",
                "NIK": "5371024507900001",
                "Nomor STRA": "STRA-1",
                "Nomor SIPA": "SIPA-1",
                "Peran": "Penanggung jawab",
                "Warga negara Indonesia?": "Ya",
            }
        },
    )
    page = journey.page
    expect(page.get_by_role("heading", level=1)).to_have_text("Permohonan ini belum dapat diajukan")
    expect(
        page.get_by_role("heading", name="Apotek 24 jam wajib memiliki paling sedikit dua apoteker.")
    ).to_be_visible()
    refusal = page.locator(".ringkas-galat").inner_text()
    assert "Dasar: Permenkes 14/2021." in refusal
    journey.see("ditolak", "refusal")
    for path in ("dokumen", "periksa"):  # nor is there a way around it
        page.goto(f"/kota-kupang/izin/apotek/{path}")
        expect(page.get_by_role("heading", level=1)).to_have_text("Permohonan ini belum dapat diajukan")

    # A second pharmacist, and the way is open.
    page.get_by_role("link", name="Apoteker", exact=True).click()
    page.get_by_role("button", name="Tambah apoteker").click()
    journey.fill(
        "Apoteker dan tenaga farmasi",
        {
            "Apoteker 2": {
                "Nama": "Yosef Bria",
                "NIK": "5371020101850002",
                "Nomor STRA": "STRA-2",
                "Nomor SIPA": "SIPA-2",
                "Peran": "Pendamping",
                "Warga negara Indonesia?": "Ya",
            }
        },
    )
    expect(page.get_by_role("heading", level=1)).to_have_text("Dokumen")
