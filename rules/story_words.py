"""The story of a date in words: one sentence («selesai …, karena …»), or every entry on a line of its own."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import assert_never

from rules.duration import Duration, Unit
from rules.printed import MONTHS, printed_date, printed_day, printed_duration
from rules.story import Began, Due, Entry, HolidaySkipped, Paused, Provisional, Story, WeekendSkipped
from rules.words import Lang, Words


def sentence(story: Story, lang: Lang) -> str:
    """Say until when, and why, in one sentence without a full stop."""
    began, due = story[0], story[-1]
    assert isinstance(began, Began)
    assert isinstance(due, Due)
    parts = [_counted(began, lang)]
    if left_out := _left_out(story, lang):
        parts.append(f"{'tidak dihitung' if lang == 'id' else 'not counted'}: {left_out}")
    parts += [_paused(entry, lang) for entry in story if isinstance(entry, Paused)]
    parts += [_provisional(entry, lang) for entry in story if isinstance(entry, Provisional)]
    until, because = ("selesai", "karena") if lang == "id" else ("due", "because")
    return f"{until} {_moment(due.at, lang)}, {because} {'; '.join(parts)}"


def lines(story: Story, lang: Lang) -> tuple[str, ...]:
    """Say every entry, each holiday with its decree."""
    return tuple(_line(entry, lang) for entry in story)


def _line(entry: Entry, lang: Lang) -> str:
    match entry:
        case Began():
            return _capital(_counted(entry, lang))
        case WeekendSkipped(first, last):
            days = (
                printed_day(first, lang) if first == last else f"{printed_day(first, lang)} – {printed_day(last, lang)}"
            )
            return f"{days}: {'akhir pekan' if lang == 'id' else 'weekend'}"
        case HolidaySkipped(day, holiday):
            decreed = printed_date(holiday.decreed, lang)
            by = (
                f"ditetapkan {decreed} dengan {holiday.decree}"
                if lang == "id"
                else f"decreed on {decreed} by {holiday.decree}"
            )
            return f"{printed_day(day, lang)}: {holiday.name.to(lang)} ({by})"
        case Paused():
            return _capital(_paused(entry, lang))
        case Provisional():
            return _capital(_provisional(entry, lang))
        case Due(at):
            return f"{'Selesai' if lang == 'id' else 'Due'} {_moment(at, lang)}"
        case _:
            assert_never(entry)


def _counted(began: Began, lang: Lang) -> str:
    """Say from when what is counted."""
    length = printed_duration(began.duration, lang)
    by_day = began.duration.unit not in {Unit.MINUTE, Unit.WORKING_HOUR}
    start = printed_day(began.counted.date(), lang) if by_day else _moment(began.counted, lang)
    if lang == "id":
        said = f"{length} dihitung {'sesudah' if by_day else 'sejak'} {start}"
        late = f" (masuk {_moment(began.done, lang)}, di luar jam kantor)"
    else:
        verb = "is" if _is_one(began.duration) else "are"
        said = f"{length} {verb} counted {'after' if by_day else 'from'} {start}"
        late = f" (received {_moment(began.done, lang)}, outside office hours)"
    return said if began.done == began.counted else said + late


def _is_one(duration: Duration) -> bool:
    return duration.amount == 1 or printed_duration(duration, "en").startswith("half")


def _left_out(story: Story, lang: Lang) -> str:
    """List what was passed over: weekends in one word, the days of a holiday together."""
    holidays: dict[Words, list[date]] = {}
    for entry in story:
        if isinstance(entry, HolidaySkipped):
            holidays.setdefault(entry.holiday.name, []).append(entry.day)
    weekends = any(isinstance(entry, WeekendSkipped) for entry in story)
    said = [("akhir pekan" if lang == "id" else "weekends")] if weekends else []
    said += [f"{name.to(lang)} ({_dates(days, lang)})" for name, days in holidays.items()]
    return ", ".join(said)


def _dates(days: Iterable[date], lang: Lang) -> str:
    """Print days by month: 20, 23 Maret, 1 April."""
    months: dict[int, list[str]] = {}
    for day in days:
        months.setdefault(day.month, []).append(str(day.day))
    return ", ".join(f"{', '.join(numbers)} {MONTHS[lang][month - 1]}" for month, numbers in months.items())


def _paused(entry: Paused, lang: Lang) -> str:
    start, resumed = _moment(entry.start, lang), _moment(entry.resumed, lang)
    reason = entry.reason.to(lang)
    if lang == "id":
        after = "lalu dihitung ulang dari awal" if entry.restarts else "lalu sisanya berjalan lagi"
        return f"jam berhenti {start} sampai {resumed} ({reason}), {after}"
    after = "then counted anew" if entry.restarts else "then ran on"
    return f"the clock stopped from {start} to {resumed} ({reason}), {after}"


def _provisional(entry: Provisional, lang: Lang) -> str:
    since, year = printed_date(entry.since.isoformat(), lang), entry.since.year
    if lang == "id":
        why = f"sebab hari libur tahun {year} belum ditetapkan"
        return f"sementara, {why} (sejak {since} hanya akhir pekan yang dilewati)"
    return f"provisional, as the days off of {year} are not decreed yet (from {since} only weekends are left out)"


def _moment(at: datetime, lang: Lang) -> str:
    day = printed_day(at.date(), lang)
    zone = at.tzname() or ""
    return f"{day} pukul {at:%H.%M} {zone}" if lang == "id" else f"{day} at {at:%H:%M} {zone}"


def _capital(said: str) -> str:
    return said[:1].upper() + said[1:]
