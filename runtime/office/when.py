"""A date an officer works by: when, and how near it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from rules.city import City
from rules.printed import printed_day
from runtime.citizen.fault import mark
from runtime.voice import Voice

LATE, TODAY, TOMORROW, NONE = mark("terlambat"), mark("hari ini"), mark("besok"), mark("tanpa tenggat")
AT = mark("{day} pukul {time}")


@dataclass(frozen=True, slots=True)
class When:
    """A moment in words; `near` says how near it is, nothing where it is far; `late`: it has passed."""

    words: str
    near: str
    late: bool
    iso: str


def when(at: datetime | None, now: datetime, city: City, voice: Voice) -> When:
    """Say until when something is due."""
    if at is None:
        return When(voice.say(NONE), "", False, "")
    zone = ZoneInfo(city.zone)
    local, today = at.astimezone(zone), now.astimezone(zone).date()
    near = ""
    if at < now:
        near = voice.say(LATE)
    elif local.date() == today:
        near = voice.say(TODAY)
    elif local.date() == today + timedelta(days=1):
        near = voice.say(TOMORROW)
    return When(said_moment(at, city, voice), near, at < now, local.isoformat(timespec="minutes"))


def said_moment(at: datetime, city: City, voice: Voice) -> str:
    """Say a moment in the city's own time."""
    local = at.astimezone(ZoneInfo(city.zone))
    time = f"{local:%H.%M}" if voice.lang == "id" else f"{local:%H:%M}"
    return voice.say(AT, day=printed_day(local.date(), voice.lang), time=f"{time} {local.tzname() or ''}".strip())
