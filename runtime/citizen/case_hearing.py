"""What an applicant is told of the public notice of a case: that it runs, how many have objected, what the office says.

Who objects and in which words is told to nobody but the desk that answers.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rules.case_event import Happened
from rules.case_state import AtStage
from runtime.cases.open_case import OpenCase
from runtime.citizen.receipt import moment
from runtime.citizen.visit import Visit


@dataclass(frozen=True, slots=True)
class ObjectionSaid:
    """An objection as the applicant is told of it."""

    made: str
    answer: str
    answered: str


@dataclass(frozen=True, slots=True)
class Heard:
    """The notice, with the address of its page while it runs, and what came of it."""

    link: str
    until: str
    objections: tuple[ObjectionSaid, ...]


def heard(visit: Visit, case: OpenCase, history: Iterable[Happened]) -> Heard | None:
    """Return what is told of a case's public notice, None where there was none to which people can object."""
    state, position = case.state, case.state.position
    hearing = {stage.code for stage in case.permit.permit.stages if stage.objections}
    runs = isinstance(position, AtStage) and position.stage in hearing and position.notice_until is not None
    if not runs and not state.objections and hearing.isdisjoint(state.noticed):
        return None
    at = {happened.seq: happened.at for happened in history}
    link, until = "", ""
    if isinstance(position, AtStage) and runs and position.notice_until is not None:
        found = (one for one in visit.kit.serving.notices.all(visit.code) if one.nomor == case.key.nomor)
        link = next((f"/{visit.code}/pengumuman/{one.id}" for one in found), "")
        until = moment(visit, position.notice_until)
    objections = (
        ObjectionSaid(
            moment(visit, one.at),
            "" if one.answered is None else case.note(one.answered),
            "" if one.answered is None else moment(visit, at[one.answered]),
        )
        for one in state.objections
    )
    return Heard(link, until, tuple(objections))
