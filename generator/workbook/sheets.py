"""What stands in which column of which sheet: the contract between writing a workbook and reading one.

A column is a key of the YAML (`waktu`), in one language where the key holds words (`nama`, `nama (en)`). A cell of a
`Cell.TEXT` column is the text itself, one of a `Cell.YAML` column is YAML on one line; a map goes without its braces.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Cell(Enum):
    """What a cell holds."""

    TEXT = "teks"
    YAML = "yaml"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, the key it fills, the language where the key holds words, and what its cells hold."""

    key: str
    lang: str | None = None
    cell: Cell = Cell.TEXT
    says: str = ""

    @property
    def heading(self) -> str:
        """Return what stands above it."""
        return f"{self.key} (en)" if self.lang == "en" else self.key


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its name, what it is about, and its columns; `key` is the YAML's key that its rows belong under."""

    name: str
    says: str
    key: str
    columns: tuple[Column, ...]

    @property
    def headings(self) -> tuple[str, ...]:
        """Return the headings in order."""
        return tuple(column.heading for column in self.columns)


def _words(key: str, says: str) -> tuple[Column, Column]:
    return Column(key, "id", says=says), Column(key, "en", says="Terjemahannya, boleh kosong.")


def _yaml(key: str, says: str) -> Column:
    return Column(key, cell=Cell.YAML, says=says)


def _text(key: str, says: str) -> Column:
    return Column(key, says=says)


_WHOSE = (_text("izin", "Kode izin, huruf kecil dan `-`."), _text("mulai", "Hari pertama berlaku, 2026-01-01."))

PERMITS = Sheet(
    "Izin",
    "Satu baris untuk setiap izin atau layanan, atau setiap versinya.",
    "",
    (
        *_WHOSE,
        _text("sampai", "Hari pertama tidak berlaku lagi, bila tanpa pengganti."),
        *_words("nama", "Nama lengkap."),
        _text("jenis", "izin, nonizin, atau layanan."),
        _text("kode_resmi", "Kode resmi, bila ada."),
        *_words("ringkas", "Satu kalimat untuk warga."),
        _yaml("kata_kunci", "Kata yang dicari warga, dipisah koma."),
        _yaml("pelimpahan", "peraturan: kode, pasal: …"),
        _yaml("dasar_hukum", "Daftar {peraturan: kode, pasal: …}."),
        _yaml("batas_hukum", "waktu: 5 hari kerja, dasar: {peraturan: kode}"),
        _yaml("permohonan", "baru, perpanjangan, …"),
        _yaml("masa_berlaku", "5 tahun, atau aturannya."),
        _yaml("turunan", "Angka yang dihitung dari jawaban."),
        _yaml("kelayakan", "Daftar {tolak_bila, pesan, dasar}."),
        _yaml("waktu_total", "Janji waktu, misalnya 5 hari kerja."),
        _yaml("perbaikan", "waktu: 2 bulan, jam: berhenti, paling_banyak: 2"),
        _yaml("retribusi", "gratis, atau aturannya; barisnya di lembar Biaya."),
        _yaml("kuota", "Daftar {paling_banyak, per, bila, pesan, dasar}."),
        _yaml("peralihan", "tetap, atau pindah; bila perlu pindah: {tahap: {lama: baru}}."),
        _yaml("skm", "sebelum_unduh: ya, dasar: {peraturan: kode}; kosong: menurut daerah."),
        _yaml("produk", "Daftar {kode, nama, nomor}."),
        _yaml("standar", "Komponen standar pelayanan yang khusus."),
        _yaml("bukti", "syarat: F, waktu: A, biaya: K"),
        _yaml("sumber", "Dari mana isinya, dipisah koma."),
        _yaml("diterima", "Temuan yang diterima dengan alasannya."),
    ),
)
QUESTIONS = Sheet(
    "Isian",
    "Satu baris untuk setiap pertanyaan, kelompok, atau judul halaman, menurut urutannya.",
    "isian",
    (
        *_WHOSE,
        *_words("bagian", "Judul halaman; lalu kolom lain kosong."),
        _text("kelompok", "Kelompok pertanyaan bersama; lalu kolom lain kosong."),
        _text("kode", "Kode pertanyaan, huruf kecil dan `_`."),
        *_words("label", "Pertanyaannya."),
        _text("jenis", "bilangan, desimal, uang, tanggal, pilihan, pilihan_ganda, ya_tidak, teks, …"),
        _yaml("pilihan", "kode: Nama, kode: Nama"),
        _text("satuan", "m2, hari, …"),
        _text("digit", "Angka di belakang koma."),
        _text("minimal", "Paling sedikit."),
        _text("maksimal", "Paling banyak."),
        _text("panjang", "Huruf paling banyak."),
        _text("opsional", "ya bila boleh kosong."),
        _yaml("tampil_bila", "Ditanyakan bila, misalnya kepemilikan: badan"),
        *_words("bantuan", "Penjelasan di bawah pertanyaan."),
        _yaml("isian", "Pertanyaan setiap butir sebuah daftar."),
        _yaml("turunan", "Angka yang dihitung dari butir."),
    ),
)
DOCUMENTS = Sheet(
    "Dokumen",
    "Satu baris untuk setiap dokumen yang diminta.",
    "syarat",
    (
        *_WHOSE,
        _text("dokumen", "Kode dari lembar Jenis dokumen."),
        _yaml("wajib_bila", 'Diminta bila, misalnya luas: "> 100"; kosong bila selalu.'),
        *_words("catatan", "Keterangan untuk izin ini."),
        _text("untuk_setiap", "Daftar yang setiap butirnya memintanya."),
        _text("rangkap", "Berapa rangkap."),
        _text("kertas", "A4, A3, …"),
        _text("diserahkan", "unggah, atau pengambilan."),
        _yaml("pengganti", "Yang dapat dibawa bila dokumen itu hilang, misalnya [surat-kehilangan]."),
        _yaml("dasar", "peraturan: kode, pasal: …"),
    ),
)
STAGES = Sheet(
    "Tahap",
    "Satu baris untuk setiap tahap; instansi yang memeriksa berdampingan masing-masing satu baris dengan `tahap` sama.",
    "alur",
    (
        *_WHOSE,
        _text("tahap", "Kode tahap, huruf kecil dan `_`."),
        *_words("nama", "Nama tahap."),
        _text("oleh", "instansi.peran, bila satu meja."),
        _text("instansi", "Kode instansi, bila berdampingan."),
        _text("peran", "Peran di instansi itu."),
        _yaml("waktu", "Misalnya 3 hari kerja."),
        _yaml("peninjauan", "ya bila meninjau lokasi."),
        _yaml("isian_petugas", "Yang diisi petugas."),
        _yaml("bila", "Diminta bila."),
        _yaml("setuju", "Tahap berikutnya."),
        _text("perbaiki", "Tahap yang dituju bila dikembalikan di dalam kantor."),
        _text("tolak", "Tahap yang dituju bila ditolak."),
        _text("tanda_tangan", "ya bila ditandatangani."),
        _text("di_luar", "ya bila instansi di luar sistem."),
        _yaml("pengumuman", "14 hari kalender; atau selama: …, umumkan: [isian], keberatan: {oleh, waktu}."),
        _text("akhir", "terbit atau ditolak, pada tahap terakhir."),
        _yaml("jeda", "Alasan yang boleh membuat permohonan menunggu di meja ini."),
    ),
)
FEES = Sheet(
    "Biaya",
    "Satu baris untuk setiap tarif sebuah tabel retribusi.",
    "baris",
    (
        *_WHOSE,
        _yaml("bila", "Berlaku bila."),
        _text("selainnya", "ya untuk baris selainnya."),
        *_words("alasan", "Mengapa baris selainnya ada."),
        _text("nilai", "Rupiah, angka saja."),
        _text("rumus", "Rumus, misalnya luas * 25000."),
        _yaml("tarif", "tetap: 150 ribu; atau per: luas, rupiah: 25 ribu; atau kode tarif."),
        _text("butir", "Butir tarif itu."),
    ),
)
AGENCIES = Sheet(
    "Instansi",
    "Satu baris untuk setiap instansi.",
    "instansi",
    (
        _text("kode", "Kode instansi."),
        *_words("nama", "Nama lengkap."),
        _text("jenis", "opd, instansi_vertikal, bumn, bumd, atau swasta."),
        _text("loket", "Loketnya."),
        _yaml("peran", "front_office, kepala, …"),
    ),
)
KINDS = Sheet(
    "Jenis dokumen",
    "Satu baris untuk setiap jenis dokumen.",
    "dokumen",
    (
        _text("kode", "Kode dokumen."),
        *_words("nama", "Namanya."),
        _yaml("format", "pdf, jpeg, png"),
        _text("maksimal_mb", "Ukuran paling besar."),
        *_words("petunjuk", "Cara memotret yang baik."),
    ),
)
OF_PERMITS = (QUESTIONS, DOCUMENTS, STAGES, FEES)
SHARED = {"instansi.yaml": AGENCIES, "dokumen.yaml": KINDS}
SHEETS = (PERMITS, *OF_PERMITS, *SHARED.values())
DESK_KEYS = ("instansi", "peran", "waktu", "peninjauan", "isian_petugas", "bila", "jeda")
