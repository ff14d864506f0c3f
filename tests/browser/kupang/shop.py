"""A two-storey shop of 120 m² with 50 parking places, as its owner files it."""

from __future__ import annotations

from tests.browser.kupang.journey import Journey
from tests.browser.kupang.people import HER_ADDRESS, MARIA

PERMIT = "Persetujuan Bangunan Gedung (PBG)"
ENVIRONMENT = "Dokumen lingkungan (SPPL, UKL-UPL, atau AMDAL)"
DOCUMENTS = [
    "KTP pemohon",
    "Bukti hak atas tanah",
    "Bukti lunas PBB tahun berjalan",
    "Surat pernyataan tanah tidak sengketa",
    "Foto lokasi",
    "Gambar arsitektur",
    "Sertifikat perencana (SKA atau STRA)",
    "Gambar dan hitungan struktur",
    "Gambar mekanikal, elektrikal, dan plambing",
    ENVIRONMENT,
    "Persetujuan analisis dampak lalu lintas (andalalin)",
]


def file_shop(journey: Journey) -> tuple[str, str]:
    """Find the permit, answer, hand in, read over and file; return nomor and code."""
    journey.find("bangun ruko", PERMIT, publish=True)
    journey.start()
    journey.fill(
        "Permohonan",
        {
            "Jenis permohonan": "Bangunan baru",
            "Pemohon (pemilik bangunan)": "Perorangan",
            "Fungsi bangunan": "Usaha (toko, ruko, kantor, hotel)",
        },
    )
    journey.fill("Data diri", MARIA)
    journey.fill("Alamat dan kuasa", HER_ADDRESS)
    journey.fill(
        "Ukuran bangunan",
        {
            "Luas bangunan": "120",
            "Jumlah lantai di atas tanah": "2",
            "Jumlah lantai basemen": "0",
            "Tinggi bangunan": "8,5",
            "Sifat bangunan": "Permanen",
            "Kerumitan bangunan": "Tidak sederhana",
            "Jumlah tempat parkir mobil": "50",
        },
        publish="form",
    )
    journey.fill(
        "Tanah",
        {
            "Alamat bangunan": "Jalan El Tari 5",
            "Kecamatan letak bangunan": "Oebobo",
            "Status tanah": "Hak milik",
            "Apakah surat tanah atas nama pemohon?": "Ya",
            "Nomor surat tanah": "M 123",
            "Luas tanah": "200 m2",
            "Luas lantai dasar": "60",
            "Jarak bangunan ke batas jalan": "5",
        },
    )
    journey.fill("Perumahan dan keringanan", {"Nomor KKPR atau keterangan rencana kota": "KKPR-001"})
    journey.fill("Prasarana", {"Ada pagar, perkerasan, kolam, atau menara?": "Tidak"})
    journey.hand_in(DOCUMENTS)
    journey.see("periksa", "review")
    assert "Rp3.244.500" in journey.section("Biaya")
    return journey.submit()


def receipt_says_what_follows(journey: Journey) -> None:
    """Assert what the receipt tells of fee, way and deadline."""
    assert "Retribusi\tRp3.244.500" in journey.section("Biaya")
    way = journey.section("Di mana berkas Anda")
    assert "3 instansi memeriksa berdampingan" in way
    for agency in (
        "Dinas Pekerjaan Umum dan Penataan Ruang\n25 hari kerja",
        "Dinas Lingkungan Hidup dan Kebersihan\n5 hari kerja\n\nKarena Fungsi bangunan adalah",
        "Dinas Perhubungan\n5 hari kerja\n\nKarena Jumlah tempat parkir mobil paling sedikit 50.",
    ):
        assert agency in way
    deadline = journey.section("Selesai paling lambat")
    assert deadline.startswith(
        "Selesai Selasa, 21 April 2026 pukul 16.00 WITA, karena 30 hari kerja dihitung sesudah Senin, 2 Maret 2026; "
        "tidak dihitung: akhir pekan, Cuti bersama Hari Suci Nyepi (18 Maret), Hari Suci Nyepi Tahun Baru Saka 1948 "
        "(19 Maret), Cuti bersama Idulfitri (20, 23, 24 Maret), Wafat Yesus Kristus (3 April)."
    )
