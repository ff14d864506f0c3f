"""A billboard of 4 by 6 metres on a road of class I is filed."""

from __future__ import annotations

import pytest

from tests.browser.kupang.conftest import Begin
from tests.browser.kupang.people import HER_ADDRESS, MARIA

pytestmark = pytest.mark.browser

DOCUMENTS = [
    "KTP pemohon",
    "Gambar isi reklame",
    "Bukti lunas PBB tahun berjalan",
    "Tiga foto lokasi dari tiga arah (Tempat reklame 1)",
    "Gambar konstruksi reklame",
    "Surat jaminan konstruksi",
    "PBG prasarana reklame",
    "Hitungan struktur reklame",
    "Bank garansi biaya bongkar",
]


def test_a_billboard_of_24_square_metres_costs_nine_million(begin: Begin) -> None:
    journey = begin("papan-iklan")
    journey.find("billbord di jalan", "Izin reklame tetap")
    journey.start()
    journey.fill(
        "Permohonan",
        {
            "Jenis permohonan": "Baru",
            "Jenis reklame": "Papan iklan (billboard)",
            "Pemohon (pemilik reklame)": "Perorangan",
            "Nama produk atau usaha yang diiklankan": "Kopi Timor",
            "Apakah mengiklankan rokok atau minuman beralkohol?": "Tidak",
        },
    )
    journey.fill("Data diri", MARIA)
    journey.fill("Alamat dan kuasa", HER_ADDRESS)
    journey.fill(
        "Isi dan ukuran",
        {
            "Isi tulisan reklame": "Kopi asli Timor",
            "Lebar": "4",
            "Tinggi bidang reklame": "6",
            "Jumlah sisi yang dipakai": "1",
            "Tinggi puncak reklame dari tanah": "10",
            "Berdiri di atas tiang sendiri?": "Ya",
        },
    )
    journey.fill(
        "Lokasi",
        {
            "Tempat reklame 1": {
                "Alamat": "Jalan El Tari",
                "Kelas jalan": "Kelas I",
                "Pemilik lahan atau bangunan": "Milik pemohon",
                "Di tepi jalan nasional?": "Tidak",
                "Jumlah reklame di titik ini": "1",
            }
        },
    )
    journey.hand_in(DOCUMENTS)
    journey.see("periksa")
    assert "Rp9.000.000" in journey.section("Biaya")
    journey.submit()
    journey.see("tanda-terima")
    assert "Pajak daerah\tRp9.000.000" in journey.section("Biaya")
    way = journey.section("Di mana berkas Anda")
    for agency in ("Dinas Pekerjaan Umum dan Penataan Ruang", "Dinas Perhubungan", "Badan Pendapatan Daerah"):
        assert agency in way
    assert "7 hari kerja dihitung sesudah Senin, 2 Maret 2026" in journey.section("Selesai paling lambat")
