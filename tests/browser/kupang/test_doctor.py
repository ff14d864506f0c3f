"""A doctor files for a practice permit, which is free."""

from __future__ import annotations

import pytest

from tests.browser.kupang.conftest import Begin
from tests.browser.kupang.people import HER_ADDRESS, MARIA

pytestmark = pytest.mark.browser

DOCUMENTS = [
    "KTP pemohon",
    "STR",
    "Surat keterangan tempat praktik",
    "Pas foto terbaru",
    "Ijazah",
    "Sertifikat kompetensi",
    "Izin fasilitas kesehatan yang berlaku",
    "Surat dari pimpinan fasilitas kesehatan",
]


def test_a_doctors_practice_permit_is_free(begin: Begin) -> None:
    journey = begin("sip-dokter")
    journey.find("buka praktek dokter", "Surat Izin Praktik (SIP) dokter dan dokter gigi")
    journey.start()
    journey.fill(
        "Permohonan",
        {
            "Jenis permohonan": "Baru",
            "Profesi": "Dokter umum",
            "Kewarganegaraan": "Indonesia (WNI)",
            "Pernah berpraktik dengan STR ini?": "Tidak",
        },
    )
    journey.fill("Data diri", MARIA)
    journey.fill("Alamat dan kuasa", HER_ADDRESS)
    journey.fill(
        "STR",
        {
            "Nomor STR": "AB-1",
            "Tanggal STR terbit": "1/5/2023",
            "Masa berlaku STR": "Seumur hidup",
            "Status pekerjaan": "Pegawai swasta",
            "Bekerja penuh waktu di tempat lain?": "Tidak",
        },
    )
    journey.fill(
        "Tempat praktik",
        {
            "Jenis tempat praktik": "Fasilitas kesehatan (RS, klinik, puskesmas)",
            "Nama tempat praktik": "Klinik Sehat",
            "Alamat tempat praktik": "Jalan Palapa 9",
            "Kelurahan tempat praktik": "Oebobo",
            "Tempat praktik ke berapa?": "1",
            "Jadwal praktik 1": {"Hari": "Senin", "Jam mulai": "16.00", "Jam selesai": "20.00"},
        },
    )
    journey.hand_in(DOCUMENTS)
    journey.see("periksa")
    assert "Gratis. Tidak ada yang harus dibayar." in journey.section("Biaya")
    journey.submit()
    journey.see("tanda-terima")
    fee = journey.section("Biaya")
    assert "Gratis. Tidak ada yang harus dibayar." in fee
    assert "Dasar: UU 1/2022 Pasal 88 ayat (4)." in fee
    assert "Dinas Kesehatan" in journey.section("Di mana berkas Anda")
