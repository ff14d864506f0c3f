"""How long the stages of a way take, in words: the sum as it is written down, or how it lies on the calendar."""

from __future__ import annotations

from datetime import datetime

from generator.model import Path
from generator.proof.calendar_time import LaidOut
from generator.proof.promise import Allowed, Longest
from rules.city import City
from rules.duration import Duration
from rules.permit import Permit
from rules.printed import printed_day, printed_duration
from rules.words import Lang, Words

_ON_CALENDAR = Words(
    "{held} (mulai {begins}, selesai {ends}, seharusnya {due})", "{held} (begins {begins}, ends {ends}, due {due})"
)


def total(longest: Longest) -> Words:
    """Write the sum down: «1 + 9 + 2 = 12 hari kerja»."""
    return Words(_total(longest, "id"), _total(longest, "en"))


def printed(duration: Duration) -> Words:
    """Print a length in both languages."""
    return Words(printed_duration(duration, "id"), printed_duration(duration, "en"))


def enough(longest: Longest, city: City) -> Words:
    """Return what would have to be written for the stages to fit, as it is written."""
    duration = longest.fitting(city)
    return Words(f"{duration.amount} {duration.unit.value}")


def place_of(permit: Permit, length: Allowed) -> tuple[Path, ...]:
    """Return where a length is written, the likeliest first."""
    if length.product is not None:
        index = permit.products.index(length.product)
        assert length.row is not None
        of: Path = ("produk", index, "waktu")
        return ((*of, length.row, "waktu"), (*of, length.row), of)
    if length.row is None:
        return (("batas_hukum", "waktu"), ("batas_hukum",), ("waktu_total",))
    return (("waktu_total", length.row, "waktu"), ("waktu_total", length.row), ("waktu_total",))


def _total(longest: Longest, lang: Lang) -> str:
    lengths = [held.duration for held in longest.held]
    units = {length.unit for length in lengths}
    if len(units) == 1 and len(lengths) > 1:
        *before, last = lengths
        held = " + ".join([*(str(length.amount) for length in before), printed_duration(last, lang)])
    else:
        held = " + ".join(printed_duration(length, lang) for length in lengths)
    if longest.laid is not None:
        return _laid(held, longest.laid, lang)
    if len(lengths) == 1 or longest.unit is None:
        return held
    whole = printed_duration(Duration(longest.amount, longest.unit), lang)
    if units == {longest.unit}:
        return f"{' + '.join(str(length.amount) for length in lengths)} = {whole}"
    return f"{held} = {whole}"


def _laid(held: str, laid: LaidOut, lang: Lang) -> str:
    return _ON_CALENDAR.to(lang).format(
        held=held, begins=_moment(laid.begins, lang), ends=_moment(laid.ends, lang), due=_moment(laid.promised, lang)
    )


def _moment(moment: datetime, lang: Lang) -> str:
    clock = f"{moment:%H.%M}" if lang == "id" else f"{moment:%H:%M}"
    return f"{printed_day(moment.date(), lang)} {clock}"
