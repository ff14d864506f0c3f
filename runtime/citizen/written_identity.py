"""Identifiers as people write them: with blanks, points and dashes, which are left out.

Structure only (the form's schema says the same): whether a number belongs to a person is for the agencies to ask.
"""

from __future__ import annotations

import re
from decimal import Decimal

from runtime.citizen.fault import Fault, mark

_EMAIL = re.compile(r"[A-Za-z0-9._%+\-]{1,64}@[A-Za-z0-9\-]{1,63}(\.[A-Za-z0-9\-]{1,63}){1,8}")
_PHONE = re.compile(r"(0|\+62)[0-9]{8,12}")
_NIK_DAY_MONTH = re.compile(r"(0[1-9]|[12][0-9]|3[01]|4[1-9]|[56][0-9]|7[01])(0[1-9]|1[0-2])")
_COORDINATE = re.compile(
    r"(-?[0-9]{1,2}(?:[.,][0-9]+)?)\s*(?:[;/]|,(?=\s)|,(?=-?[0-9]+\.)|\s)\s*(-?[0-9]{1,3}(?:[.,][0-9]+)?)"
)

NOT_NIK = mark("harus 16 angka; yang tertulis {count}")
NIK_DAY = mark("periksa lagi: angka ke-7 sampai ke-12 adalah tanggal lahir, dan yang tertulis bukan tanggal")
NIK_SHAPE = mark("periksa lagi: angka ini bukan NIK")
NOT_NPWP = mark("harus 15 atau 16 angka; yang tertulis {count}")
NOT_NIB = mark("harus 13 angka; yang tertulis {count}")
ONLY_FIGURES = mark("tulis dengan angka saja")
NOT_PHONE = mark("tulis nomor lengkap dengan angka, misalnya 0812 3456 7890")
NOT_EMAIL = mark("tulis alamat email lengkap, misalnya nama@contoh.id")
NOT_COORDINATE = mark("tulis lintang lalu bujur, misalnya -10.1772, 123.6070")


def read_nik(text: str) -> str | Fault:
    """Read a NIK: region, date of birth (a woman's day plus 40), serial."""
    figures = _figures(text)
    if isinstance(figures, Fault):
        return figures
    if len(figures) != 16:
        return Fault(NOT_NIK, {"count": len(figures)})
    if not _NIK_DAY_MONTH.fullmatch(figures[6:10]):
        return Fault(NIK_DAY)
    return Fault(NIK_SHAPE) if figures[0] == "0" or figures.endswith("0000") else figures


def read_npwp(text: str) -> str | Fault:
    """Read an NPWP, old (15) or new (16)."""
    figures = _figures(text)
    if isinstance(figures, Fault):
        return figures
    return figures if len(figures) in {15, 16} else Fault(NOT_NPWP, {"count": len(figures)})


def read_nib(text: str) -> str | Fault:
    """Read an NIB."""
    figures = _figures(text)
    if isinstance(figures, Fault):
        return figures
    return figures if len(figures) == 13 else Fault(NOT_NIB, {"count": len(figures)})


def read_phone(text: str) -> str | Fault:
    """Read a telephone number of this country."""
    number = re.sub(r"[\s.()/\-]", "", text)
    number = f"+{number}" if number.startswith("62") else number
    number = re.sub(r"^\+620", "+62", number)
    return number if _PHONE.fullmatch(number) else Fault(NOT_PHONE)


def read_email(text: str) -> str | Fault:
    """Read an e-mail address."""
    address = text.strip()
    return address if _EMAIL.fullmatch(address) else Fault(NOT_EMAIL)


def read_coordinate(text: str) -> str | Fault:
    """Read latitude and longitude in degrees, with point or comma."""
    found = _COORDINATE.fullmatch(text.strip())
    if found is None:
        return Fault(NOT_COORDINATE)
    latitude, longitude = (Decimal(part.replace(",", ".")).quantize(Decimal("1E-6")) for part in found.groups())
    if abs(latitude) > 90 or abs(longitude) > 180:
        return Fault(NOT_COORDINATE)
    return f"{latitude.normalize():f}, {longitude.normalize():f}"


def _figures(text: str) -> str | Fault:
    figures = re.sub(r"[\s.\-/]", "", text)
    return figures if re.fullmatch(r"[0-9]+", figures) else Fault(ONLY_FIGURES)
