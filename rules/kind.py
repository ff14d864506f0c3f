"""The kinds of answer a question can have, and the plain value each one is held as.

| kind | value |
|---|---|
| `bilangan`, `uang` | `int` |
| `desimal` | `Decimal` |
| `tanggal` | `str`, "YYYY-MM-DD" (ten ASCII characters, so text order is date order) |
| `pilihan`, `teks` and the other texts | `str` |
| `pilihan_ganda` | `tuple[str, ...]` |
| `ya_tidak` | `bool` |
| `daftar` | `tuple[Mapping[str, Value], ...]` |
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum

Scalar = int | Decimal | str | bool
Value = int | Decimal | str | bool | tuple[str, ...] | tuple[Mapping[str, "Value"], ...]
Facts = Mapping[str, Value]


class Kind(StrEnum):
    """A kind of answer; the value is the word an officer writes after `jenis:`."""

    INTEGER = "bilangan"
    MONEY = "uang"
    DECIMAL = "desimal"
    DATE = "tanggal"
    CHOICE = "pilihan"
    CHOICES = "pilihan_ganda"
    YES_NO = "ya_tidak"
    TEXT = "teks"
    NIK = "nik"
    NPWP = "npwp"
    NIB = "nib"
    PHONE = "telepon"
    EMAIL = "email"
    ADDRESS = "alamat"
    COORDINATE = "koordinat"
    LIST = "daftar"


NUMBERS = frozenset({Kind.INTEGER, Kind.MONEY, Kind.DECIMAL})
ORDERED = NUMBERS | {Kind.DATE}
TEXTS = frozenset({Kind.TEXT, Kind.NIK, Kind.NPWP, Kind.NIB, Kind.PHONE, Kind.EMAIL, Kind.ADDRESS, Kind.COORDINATE})
