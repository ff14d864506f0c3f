"""Conditions in words: each way of saying one, literally, in both languages."""

from __future__ import annotations

from decimal import Decimal

import pytest

from rules.condition.sentence import sentence
from rules.condition.tree import ALWAYS, Answered, Between, Condition, Every, Not, OneOf, Some
from rules.field import Field, Option
from rules.kind import Kind
from rules.words import Words

FIELDS = {
    field.code: field
    for field in (
        Field("luas_tanah", Kind.DECIMAL, Words("Luas tanah", "Land area"), digits=2, unit="m2"),
        Field("lantai", Kind.INTEGER, Words("Jumlah lantai", "Number of storeys")),
        Field("modal", Kind.MONEY, Words("Modal usaha", "Capital")),
        Field("mulai", Kind.DATE, Words("Tanggal mulai", "Start date")),
        Field("milik", Kind.CHOICE, Words("Kepemilikan apotek", "Ownership"), options=(
            Option("apoteker", Words("Apoteker perseorangan", "Single pharmacist")),
            Option("badan", Words("Badan usaha", "Company")),
            Option("lain", Words("Yayasan, koperasi dan lainnya", "Others")),
        )),
        Field("sarana", Kind.CHOICES, Words("Sarana", "Facilities"), options=(
            Option("parkir", Words("Parkir", "Parking")),
            Option("taman", Words("Taman", "Garden")),
            Option("musala", Words("Musala", "Prayer room")),
        )),
        Field("buka", Kind.YES_NO, Words("Buka 24 jam", "Open 24 hours")),
        Field("kuasa", Kind.YES_NO, Words("Apakah Anda mengurus lewat kuasa?", "Does someone act for you?")),
        Field("sisa", Kind.INTEGER, Words("Sisa masa izin", "Time left"), unit="hari"),
        Field("nama", Kind.TEXT, Words("Nama")),
        Field("nama_usaha", Kind.TEXT, Words("Nama")),
    )
}  # fmt: skip


def milik(*values: str) -> OneOf:
    return OneOf("milik", Kind.CHOICE, values)


LARGE = Between("luas_tanah", Kind.DECIMAL, low=Decimal("5000.00"))
OPEN = OneOf("buka", Kind.YES_NO, (True,))
TALL = Between("lantai", Kind.INTEGER, low=8, low_included=False, high=24)

SAID: list[tuple[Condition, str, str]] = [
    (ALWAYS, "selalu", "always"),
    (Not(ALWAYS), "tidak pernah", "never"),
    (LARGE, "Luas tanah paling sedikit 5.000 m²", "Land area is at least 5,000 m²"),
    (Not(LARGE), "Luas tanah kurang dari 5.000 m²", "Land area is less than 5,000 m²"),
    (
        Between("luas_tanah", Kind.DECIMAL, high=Decimal("36.50"), high_included=False),
        "Luas tanah kurang dari 36,5 m²",
        "Land area is less than 36.5 m²",
    ),
    (TALL, "Jumlah lantai lebih dari 8 dan paling banyak 24", "Number of storeys is more than 8 and at most 24"),
    (
        Not(TALL),
        "Jumlah lantai paling banyak 8 atau lebih dari 24",
        "Number of storeys is at most 8 or more than 24",
    ),
    (
        Between("modal", Kind.MONEY, low=5_000_000, low_included=False),
        "Modal usaha lebih dari Rp5.000.000",
        "Capital is more than Rp5,000,000",
    ),
    (
        Between("mulai", Kind.DATE, low="2026-08-14"),
        "Tanggal mulai pada atau setelah 14 Agustus 2026",
        "Start date is on or after 14 August 2026",
    ),
    (
        Between("mulai", Kind.DATE, low="2026-01-01", low_included=False, high="2026-12-31", high_included=False),
        "Tanggal mulai setelah 1 Januari 2026 dan sebelum 31 Desember 2026",
        "Start date is after 1 January 2026 and before 31 December 2026",
    ),
    (milik("badan"), "Kepemilikan apotek adalah Badan usaha", "Ownership is Company"),
    (Not(milik("badan")), "Kepemilikan apotek selain Badan usaha", "Ownership is other than Company"),
    (
        milik("apoteker", "badan"),
        "Kepemilikan apotek adalah Apoteker perseorangan atau Badan usaha",
        "Ownership is Single pharmacist or Company",
    ),
    (
        Not(milik("apoteker", "badan", "lain")),
        "Kepemilikan apotek selain Apoteker perseorangan, Badan usaha, dan “Yayasan, koperasi dan lainnya”",
        "Ownership is other than Single pharmacist, Company, and Others",
    ),
    (
        OneOf("sarana", Kind.CHOICES, ("parkir", "taman")),
        "Sarana memuat Parkir atau Taman",
        "Facilities includes Parking or Garden",
    ),
    (
        Not(OneOf("sarana", Kind.CHOICES, ("parkir", "taman", "musala"))),
        "Sarana diisi tanpa Parkir, Taman, atau Musala",
        "Facilities is answered without Parking, Garden, or Prayer room",
    ),
    (OPEN, "Buka 24 jam: ya", "Open 24 hours: yes"),
    (Not(OPEN), "Buka 24 jam: tidak", "Open 24 hours: no"),
    (OneOf("buka", Kind.YES_NO, (True, False)), "Buka 24 jam diisi", "Open 24 hours is answered"),
    (Answered("mulai"), "Tanggal mulai diisi", "Start date is answered"),
    (Not(Answered("mulai")), "Tanggal mulai kosong", "Start date is empty"),
    (
        OneOf("kuasa", Kind.YES_NO, (True,)),
        "“Apakah Anda mengurus lewat kuasa?” dijawab ya",
        "“Does someone act for you?” is answered yes",
    ),
    (
        Between("sisa", Kind.INTEGER, low=1, high=92, high_included=False),
        "Sisa masa izin paling sedikit 1 hari dan kurang dari 92 hari",
        "Time left is at least 1 day and less than 92 days",
    ),
    (OneOf("nama", Kind.TEXT, ("A1",)), "Nama (nama) adalah “A1”", "Nama (nama) is “A1”"),
    (OneOf("lantai", Kind.INTEGER, (1, 2, 10_000)), "Jumlah lantai adalah 1, 2, atau 10.000",
     "Number of storeys is 1, 2, or 10,000"),
    (Every((OPEN, LARGE)), "Buka 24 jam: ya dan Luas tanah paling sedikit 5.000 m²",
     "Open 24 hours: yes and Land area is at least 5,000 m²"),
    (
        Every((milik("apoteker", "badan"), LARGE)),
        "Kepemilikan apotek adalah Apoteker perseorangan atau Badan usaha; dan Luas tanah paling sedikit 5.000 m²",
        "Ownership is Single pharmacist or Company; and Land area is at least 5,000 m²",
    ),
    (
        Some((milik("apoteker"), OneOf("sarana", Kind.CHOICES, ("parkir",)))),
        "Kepemilikan apotek adalah Apoteker perseorangan; atau Sarana memuat Parkir",
        "Ownership is Single pharmacist; or Facilities includes Parking",
    ),
    (
        Every((OPEN, Every((LARGE, OPEN)), Answered("mulai"))),
        "Buka 24 jam: ya; Luas tanah paling sedikit 5.000 m²; dan Tanggal mulai diisi",
        "Open 24 hours: yes; Land area is at least 5,000 m²; and Start date is answered",
    ),
    (
        Every((OPEN, Some((LARGE, Answered("mulai"))))),
        "Buka 24 jam: ya; dan (Luas tanah paling sedikit 5.000 m² atau Tanggal mulai diisi)",
        "Open 24 hours: yes; and (Land area is at least 5,000 m² or Start date is answered)",
    ),
    (
        Not(Every((OPEN, LARGE))),
        "Buka 24 jam: tidak atau Luas tanah kurang dari 5.000 m²",
        "Open 24 hours: no or Land area is less than 5,000 m²",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("condition", "indonesian", "english"), SAID, ids=[row[1][:60] for row in SAID])
def test_a_condition_is_said_in_both_languages(condition: Condition, indonesian: str, english: str) -> None:
    assert sentence(condition, FIELDS, "id") == indonesian
    assert sentence(condition, FIELDS, "en") == english
