"""The number of what is issued: a pattern such as «503/{urut}/SIA/DPMPTSP/{bulan_romawi}/{tahun}», filled.

Each product of a permit counts for itself and each year anew. Gains one place that knows how a number is written; the
count itself is a row of the store, taken where the number is used.
"""

from __future__ import annotations

import re
from datetime import date

ROMAN_MONTHS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
DIGITS = 3  # at least: «001», and «1000» once a year has brought so many
_HOLE = re.compile(r"\{(urut|bulan_romawi|tahun)\}")


def product_series(permit: str, product: str) -> str:
    """Name the series in which a product is counted, within a city and a year."""
    return f"{permit}/{product}"


def product_number(pattern: str, sequence: int, on: date) -> str:
    """Write the number of the product that is the `sequence`-th of its year, dated `on`."""
    assert sequence > 0, sequence
    filled = {"urut": f"{sequence:0{DIGITS}d}", "bulan_romawi": ROMAN_MONTHS[on.month - 1], "tahun": f"{on.year}"}
    return _HOLE.sub(lambda hole: filled[hole[1]], pattern)
