"""What the page of a file offers where its desk may wait for something that has run out."""

from __future__ import annotations

from dataclasses import dataclass

from rules.case_state import Desk
from rules.pausing import used
from rules.printed import printed_date
from runtime.office.opened_file import OpenedFile
from runtime.office.when import said_moment


@dataclass(frozen=True, slots=True)
class ShownPause:
    """The reasons that are left; or, where the desk waits, `why` it does, until when probably and at the latest."""

    reasons: tuple[tuple[str, str], ...]
    why: str = ""
    day: str = ""
    until: str = ""


def shown_pause(opened: OpenedFile, desk: Desk) -> ShownPause | None:
    """Return it for the page, None where the desk may never wait."""
    reviewer, voice, paused = opened.reviewer(desk.stage, desk.place), opened.visit.voice, desk.paused
    if reviewer is None or not reviewer.pauses:
        return None
    left = tuple((one.code, one.reason.to(voice.lang)) for one in reviewer.pauses if used(desk, one) < one.times)
    if paused is None:
        return ShownPause(left)
    reason = opened.case.permit.permit.pause_told(desk.stage, desk.place, paused.reason)
    why = paused.reason if reason is None else reason.reason.to(voice.lang)
    until = said_moment(paused.until, opened.case.city, voice)
    return ShownPause(left, why, printed_date(paused.expected, voice.lang), until)
