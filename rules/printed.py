"""Numbers, money, dates and lengths of time as people of each language write them.

Gains readability; loses the type: what is printed is never read back.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from rules.duration import Duration, Unit
from rules.words import Lang

_MONTHS = {
    "id": "Januari,Februari,Maret,April,Mei,Juni,Juli,Agustus,September,Oktober,November,Desember",
    "en": "January,February,March,April,May,June,July,August,September,October,November,December",
}
MONTHS: dict[Lang, tuple[str, ...]] = {"id": tuple(_MONTHS["id"].split(",")), "en": tuple(_MONTHS["en"].split(","))}
DAYS: dict[Lang, tuple[str, ...]] = {
    "id": ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_ENGLISH_UNITS = {
    Unit.MINUTE: "minute",
    Unit.WORKING_HOUR: "working hour",
    Unit.WORKING_DAY: "working day",
    Unit.CALENDAR_DAY: "calendar day",
    Unit.MONTH: "month",
    Unit.YEAR: "year",
}
_UNITS = {"m2": "m²", "m3": "m³"}
_ENGLISH_COUNTS = {
    "menit": ("minute", "minutes"),
    "jam": ("hour", "hours"),
    "hari": ("day", "days"),
    "minggu": ("week", "weeks"),
    "bulan": ("month", "months"),
    "tahun": ("year", "years"),
    "orang": ("person", "people"),
    "lantai": ("storey", "storeys"),
    "unit": ("unit", "units"),
    "buah": ("piece", "pieces"),
    "lembar": ("sheet", "sheets"),
    "persen": ("percent", "percent"),
}


def printed_unit(unit: str, lang: Lang = "id", one: bool = False) -> str:
    """Print a unit as it is written by hand: `m2` is m². In English `hari` is days, and day after the number one."""
    if lang == "en" and unit in _ENGLISH_COUNTS:
        return _ENGLISH_COUNTS[unit][0 if one else 1]
    return _UNITS.get(unit, unit)


def printed_number(value: int | Decimal, lang: Lang) -> str:
    """Print a number with the separators of the language, 1.234,5 in Indonesian, without noughts at its end."""
    text = f"{value:,d}" if isinstance(value, int) else f"{value:,f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.translate(str.maketrans(",.", ".,")) if lang == "id" else text


def printed_rupiah(value: int | Decimal, lang: Lang) -> str:
    """Print an amount of money."""
    sign = "-" if value < 0 else ""
    return f"{sign}Rp{printed_number(value if value >= 0 else -value, lang)}"


def printed_date(iso: str, lang: Lang) -> str:
    """Print YYYY-MM-DD with the name of the month."""
    return f"{int(iso[8:10])} {MONTHS[lang][int(iso[5:7]) - 1]} {iso[:4]}"


def printed_day(day: date, lang: Lang) -> str:
    """Print a date with the name of the day of the week."""
    return f"{DAYS[lang][day.weekday()]}, {printed_date(day.isoformat(), lang)}"


def printed_duration(duration: Duration, lang: Lang) -> str:
    """Print a length of time; four working hours are half a working day."""
    if duration == Duration(4, Unit.WORKING_HOUR):
        return "setengah hari kerja" if lang == "id" else "half a working day"
    if lang == "id":
        return f"{duration.amount} {duration.unit.value}"
    return f"{duration.amount} {_ENGLISH_UNITS[duration.unit]}{'' if duration.amount == 1 else 's'}"
