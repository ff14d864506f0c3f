"""A city for tests: the decreed days off of 2025 and 2026, office hours Monday to Friday.

The dates are those of the joint decrees (SKB) of three ministers; the names are given where a test says them.
"""

from __future__ import annotations

from rules.city import Agency, City, Holiday, Opening, Tariff
from rules.words import Words

SKB_2025 = ("SKB 1017/2024", "2024-10-14")
SKB_2025_CHANGED = ("SKB 933/2025", "2025-08-07")
SKB_2026 = ("SKB 1497/2025", "2025-09-19")

LIBUR_2025 = "01-01 01-27 01-29 03-29 03-31 04-01 04-18 04-20 05-01 05-12 05-29 06-01 06-06 06-27 08-17 09-05 12-25"
CUTI_2025 = "01-28 03-28 04-02 04-03 04-04 04-07 05-13 05-30 06-09 08-18 12-26"
LIBUR_2026 = "01-01 01-16 02-17 03-19 03-21 03-22 04-03 04-05 05-01 05-14 05-27 05-31 06-01 06-16 08-17 08-25 12-25"
CUTI_2026 = "02-16 03-18 03-20 03-23 03-24 05-15 05-28 12-24"

NAMES = {
    "2025-08-18": Words("Cuti bersama Hari Kemerdekaan", "Collective leave for Independence Day"),
    "2026-03-18": Words("Cuti bersama Hari Suci Nyepi", "Collective leave for Nyepi"),
    "2026-03-19": Words("Hari Suci Nyepi", "Nyepi"),
    "2026-03-20": Words("Cuti bersama Idul Fitri", "Collective leave for Eid al-Fitr"),
    "2026-03-23": Words("Cuti bersama Idul Fitri", "Collective leave for Eid al-Fitr"),
    "2026-03-24": Words("Cuti bersama Idul Fitri", "Collective leave for Eid al-Fitr"),
}


def _holidays(year: int, days: str, kind: str, decree: tuple[str, str]) -> tuple[Holiday, ...]:
    found = []
    for day in days.split():
        iso = f"{year}-{day}"
        code, decreed = SKB_2025_CHANGED if iso == "2025-08-18" else decree
        name = NAMES.get(iso, Words("Hari libur" if kind == "libur" else "Cuti bersama"))
        found.append(Holiday(date=iso, name=name, kind=kind, decree=code, decreed=decreed))
    return tuple(found)


HOLIDAYS = (
    *_holidays(2025, LIBUR_2025, "libur", SKB_2025),
    *_holidays(2025, CUTI_2025, "cuti_bersama", SKB_2025),
    *_holidays(2026, LIBUR_2026, "libur", SKB_2026),
    *_holidays(2026, CUTI_2026, "cuti_bersama", SKB_2026),
)

OFFICE_HOURS = tuple(Opening(weekday, 8 * 60, 16 * 60) for weekday in range(5))


def city(
    zone: str = "Asia/Makassar",
    openings: tuple[Opening, ...] = OFFICE_HOURS,
    holidays: tuple[Holiday, ...] = HOLIDAYS,
    tariffs: tuple[Tariff, ...] = (),
    agencies: tuple[Agency, ...] = (),
) -> City:
    """Return the city."""
    return City(
        code="kota-uji",
        name=Words("Kota Uji"),
        office=Words("DPMPTSP Kota Uji"),
        zone=zone,
        openings=openings,
        agencies=agencies,
        regulations=(),
        decreed_years=(2025, 2026),
        holidays=holidays,
        tariffs=tariffs,
        documents=(),
    )
