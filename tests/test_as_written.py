"""Answers as people write them: what each means, and what is said when it can be read in two ways or in none."""

from __future__ import annotations

from decimal import Decimal

import pytest

from rules.field import Field
from rules.kind import Kind
from rules.words import Words
from runtime.citizen.as_written import Answer, understand, understood
from runtime.citizen.fault import Fault
from runtime.citizen.written_date import read_date
from runtime.citizen.written_number import read_number
from tests.sample_permit import KINDS

FIELDS = {field.code: field for field in KINDS}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", "0"),
        ("120", "120"),
        ("1.500", "1500"),
        ("1.500.000", "1500000"),
        ("Rp 1.500.000,-", "1500000"),
        ("rp1500000", "1500000"),
        ("1 500 000", "1500000"),
        ("24,5", "24.5"),
        ("24.5", "24.5"),
        ("1.234,50", "1234.50"),
        ("1,234.50", "1234.50"),
        ("1,234,567", "1234567"),
        ("0.500", "0.500"),
        ("0,5", "0.5"),
        (" 24,5 m2 ", "24.5"),
        ("24,5 m²", "24.5"),
        ("2 juta", "2000000"),
        ("1,5 juta", "1500000"),
        ("-3", "-3"),
        ("− 3,25", "-3.25"),
        ("007", "7"),
    ],
)
def test_a_number_is_read_as_people_write_it(text: str, value: str) -> None:
    assert read_number(text, 2, "m2") == Decimal(value)


@pytest.mark.parametrize(
    ("text", "digits", "words"),
    [
        ("1,500", 2, "tulis {large} atau {small} supaya tidak salah baca"),
        ("1,500", 0, "tulis {large} atau {small} supaya tidak salah baca"),
        ("24,5", 0, "tulis angka bulat, tanpa koma"),
        ("24,555", 2, "tulis {large} atau {small} supaya tidak salah baca"),
        ("0,555", 2, "paling banyak {digits} angka di belakang koma"),
        ("dua puluh", 2, "tulis dengan angka, misalnya 1.500 atau 24,5"),
        ("1.50.000", 2, "tulis dengan angka, misalnya 1.500 atau 24,5"),
        ("1..5", 2, "tulis dengan angka, misalnya 1.500 atau 24,5"),
        ("1e5", 2, "tulis dengan angka, misalnya 1.500 atau 24,5"),
        ("NaN", 2, "tulis dengan angka, misalnya 1.500 atau 24,5"),
        ("٣", 2, "tulis dengan angka, misalnya 1.500 atau 24,5"),
        ("9" * 16, 0, "angka ini terlalu besar"),
        ("9" * 5000, 0, "angka ini terlalu besar"),
    ],
)
def test_a_number_that_cannot_be_read_one_way_says_what_to_write(text: str, digits: int, words: str) -> None:
    read = read_number(text, digits)
    assert isinstance(read, Fault)
    assert read.words == words


@pytest.mark.parametrize(
    "text",
    [
        *("17/8/2026", "17/08/2026", "17-08-2026", "17.8.2026", "17 8 2026", "17082026", "2026-08-17", "2026/8/17"),
        *("17 Agustus 2026", "17 agu 2026", "17 Agt. 2026", "Senin, 17 Agustus 2026", "17 August 2026", "17-Aug-2026"),
        *(" 17 / 08 / 2026 ",),
    ],
)
def test_a_date_is_read_as_people_write_it(text: str) -> None:
    assert read_date(text) == "2026-08-17"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("17/8/26", "tulis tahun dengan empat angka, misalnya 2026"),
        ("31/02/2026", "tanggal ini tidak ada di kalender"),
        ("29/2/2025", "tanggal ini tidak ada di kalender"),
        ("00/00/2026", "tanggal ini tidak ada di kalender"),
        ("17/8/0026", "tanggal ini tidak ada di kalender"),
        ("besok", "tulis tanggal/bulan/tahun, misalnya 17/08/2026"),
        ("17 Foo 2026", "tulis tanggal/bulan/tahun, misalnya 17/08/2026"),
        ("1٧/8/2026", "tulis tanggal/bulan/tahun, misalnya 17/08/2026"),
    ],
)
def test_a_date_that_is_none_says_what_to_write(text: str, words: str) -> None:
    assert read_date(text) == Fault(words)


@pytest.mark.parametrize(
    ("code", "text", "value"),
    [
        ("nik", "5371 0117 0890 0001", "5371011708900001"),
        ("nik", "5371015708900001", "5371015708900001"),
        ("npwp", "09.254.294.3-407.000", "092542943407000"),
        ("nib", "1234567890123", "1234567890123"),
        ("telepon", "0812-3456-7890", "081234567890"),
        ("telepon", "+62 812 3456 7890", "+6281234567890"),
        ("telepon", "62 0812 3456 789", "+628123456789"),
        ("telepon", "\u202a0812 3456 7890\u202c", "081234567890"),
        ("email", " ani@contoh.co.id ", "ani@contoh.co.id"),
        ("titik", "-10.1772, 123.6070", "-10.1772, 123.607"),
        ("titik", "-10,1772; 123,6070", "-10.1772, 123.607"),
        ("titik", "-10.1772,123.6070", "-10.1772, 123.607"),
        ("titik", "-10.1772 123.607", "-10.1772, 123.607"),
        ("nama", "  Ani\u0301  ", "An\u00ed"),
        ("nama", "   ", None),
        ("buka_24_jam", "ya", True),
        ("buka_24_jam", "tidak", False),
        ("bentuk", "badan", "badan"),
        ("lantai", "12", 12),
        ("modal", "Rp5 miliar", 5_000_000_000),
    ],
)
def test_an_answer_means_this(code: str, text: str, value: Answer | None) -> None:
    read = understood(FIELDS[code], text, "id")
    assert (type(read), read) == (type(value), value)


@pytest.mark.parametrize(
    ("code", "text", "words"),
    [
        ("nik", "53710117089000", "harus 16 angka; yang tertulis 14"),
        ("nik", "5371013213900001", "periksa lagi: angka ke-7 sampai ke-12 adalah tanggal lahir, dan yang tertulis "
         "bukan tanggal"),
        ("nik", "5371011708900000", "periksa lagi: angka ini bukan NIK"),
        ("nik", "٥٣٧١٠١١٧٠٨٩٠٠٠٠١", "tulis dengan angka saja"),
        ("npwp", "1234", "harus 15 atau 16 angka; yang tertulis 4"),
        ("nib", "123", "harus 13 angka; yang tertulis 3"),
        ("telepon", "812", "tulis nomor lengkap dengan angka, misalnya 0812 3456 7890"),
        ("email", "ani@contoh", "tulis alamat email lengkap, misalnya nama@contoh.id"),
        ("titik", "Oebobo", "tulis lintang lalu bujur, misalnya -10.1772, 123.6070"),
        ("titik", "99, 200", "tulis lintang lalu bujur, misalnya -10.1772, 123.6070"),
        ("nama", "Ani\u202e", "ada tanda yang tidak terlihat di jawaban ini; hapus lalu ketik ulang"),
        ("nama", "Ani\x00", "ada tanda yang tidak terlihat di jawaban ini; hapus lalu ketik ulang"),
        ("nama", "a" * 101, "paling banyak 100 huruf; sekarang 101"),
        ("bentuk", "cv", "pilih dari yang tersedia"),
        ("buka_24_jam", "true", "pilih dari yang tersedia"),
        ("lantai", "13", "paling banyak 12"),
        ("luas", "0,5", "paling sedikit 1 m²"),
        ("modal", "6 miliar", "paling banyak Rp5.000.000.000"),
        ("mulai", "31/12/2025", "paling awal 1 Januari 2026"),
    ],
)  # fmt: skip
def test_a_fault_says_what_to_do(code: str, text: str, words: str) -> None:
    read = understood(FIELDS[code], text, "id")
    assert isinstance(read, Fault)
    assert read.words.format(**read.arguments) == words


def test_a_list_is_understood_item_by_item() -> None:
    typed: list[dict[str, str | list[str]]] = [{"nama": "Ani", "bersertifikat": "mungkin"}, {"nama": ""}]
    assert understand(KINDS, {"penjaga": typed, "alat": ["oven", "kompor"]}, "id") == (
        {"penjaga": [{"nama": "Ani"}, {}], "alat": ["kompor", "oven"]},
        {"penjaga.0.bersertifikat": Fault("pilih dari yang tersedia")},
    )
    many: list[dict[str, str | list[str]]] = [{"nama": str(n)} for n in range(4)]
    assert understand(KINDS, {"penjaga": many}, "id")[1] == {
        "penjaga": Fault("paling banyak {most}; sekarang {count}", {"most": 3, "count": 4})
    }


def test_bounds_are_printed_in_the_language_of_the_page() -> None:
    field = Field("x", Kind.DECIMAL, Words("x"), minimum=Decimal("1234.5"), digits=1)
    read = understood(field, "1", "en")
    assert read == Fault("paling sedikit {least}", {"least": "1,234.5"})
