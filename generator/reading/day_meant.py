"""What to write instead of a text that is no day: `2026-01-01` for «1 Januari 2026», the last day for «2026-02-30».

Gains one word to type. Loses nothing: what is no day in any way of writing keeps the usual advice.
"""

from __future__ import annotations

import calendar
import re

from rules.condition.literal import as_date
from rules.printed import MONTHS
from rules.words import Words

USUAL = Words("tulis tahun-bulan-hari, misalnya `2026-03-15`", "write year-month-day, such as `2026-03-15`")
_LIKE_A_DAY = re.compile(r"((?:19|20)[0-9]{2})-(0[1-9]|1[0-2])-[0-9]{2}")


def day_meant(written: str) -> Words:
    """Say what to write instead."""
    if (iso := as_date(written)) is not None:
        return Words(f"tulis `{iso}`", f"write `{iso}`")
    if (found := _LIKE_A_DAY.fullmatch(written)) is None:
        return USUAL
    year, month = int(found[1]), int(found[2])
    last = calendar.monthrange(year, month)[1]
    return Words(
        f"{MONTHS['id'][month - 1]} {year} berakhir pada tanggal {last}",
        f"{MONTHS['en'][month - 1]} {year} ends on day {last}",
    )
