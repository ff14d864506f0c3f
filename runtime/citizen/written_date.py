"""Dates as people write them: 17/8/2026, 17-08-2026, 17 Agustus 2026, Senin, 17 Agu 2026, 2026-08-17, 17082026."""

from __future__ import annotations

import re
from datetime import date

from rules.condition.presence import is_date
from runtime.citizen.fault import Fault, mark

_MONTHS = {
    **{"jan": 1, "feb": 2, "peb": 2, "mar": 3, "apr": 4, "mei": 5, "may": 5, "jun": 6, "jul": 7},
    **{"agu": 8, "agt": 8, "ags": 8, "aug": 8, "sep": 9, "okt": 10, "oct": 10, "nov": 11, "nop": 11},
    **{"des": 12, "dec": 12},
}
_NUMBERS = re.compile(r"([0-9]{1,2})[/\-. ]([0-9]{1,2})[/\-. ]([0-9]{4})")
_ISO = re.compile(r"([0-9]{4})[/\-.]([0-9]{1,2})[/\-.]([0-9]{1,2})")
_TOGETHER = re.compile(r"([0-9]{2})([0-9]{2})([0-9]{4})")
_WORDED = re.compile(r"(?:[a-z']+,? )?([0-9]{1,2})[ \-]([a-z]{3,9})(?:\.|[ \-])([0-9]{4})")
_SHORT_YEAR = re.compile(r".*[/\-. ][0-9]{2}")

NOT_A_DATE = mark("tulis tanggal/bulan/tahun, misalnya 17/08/2026")
NO_SUCH_DAY = mark("tanggal ini tidak ada di kalender")
WHOLE_YEAR = mark("tulis tahun dengan empat angka, misalnya 2026")


def read_date(text: str) -> str | Fault:
    """Read a date; the result is YYYY-MM-DD."""
    bare = re.sub(r"\s*([/\-.])\s*", r"\1", re.sub(r"\s+", " ", text).strip().lower())
    parts = _parts(bare)
    if parts is None:
        return Fault(WHOLE_YEAR) if _SHORT_YEAR.fullmatch(bare) and not _ISO.match(bare) else Fault(NOT_A_DATE)
    year, month, day = parts
    try:
        iso = date(year, month, day).isoformat()
    except ValueError:
        return Fault(NO_SUCH_DAY)
    return iso if is_date(iso) else Fault(NO_SUCH_DAY)


def _parts(bare: str) -> tuple[int, int, int] | None:
    if found := _NUMBERS.fullmatch(bare) or _TOGETHER.fullmatch(bare):
        return int(found[3]), int(found[2]), int(found[1])
    if found := _ISO.fullmatch(bare):
        return int(found[1]), int(found[2]), int(found[3])
    if (found := _WORDED.fullmatch(bare)) and (month := _MONTHS.get(found[2][:3])):
        return int(found[3]), month, int(found[1])
    return None
