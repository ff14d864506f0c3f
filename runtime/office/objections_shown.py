"""The objections to a file: what their own desk reads of each, and what everybody else who reads the file does not.

Who objects is shown to the officers of the desk that answers, and to nobody else; the others are told how many there
are, and what the office has answered.
"""

from __future__ import annotations

from dataclasses import dataclass

from rules.case_state import AtStage, Objection
from runtime.hearing.objections import Written
from runtime.office.opened_file import OpenedFile
from runtime.office.when import said_moment


@dataclass(frozen=True, slots=True)
class ShownObjection:
    """An objection; `written` is None for whoever may not read it, or once its objector was forgotten."""

    number: int
    made: str
    written: Written | None
    answer: str
    answered: bool


@dataclass(frozen=True, slots=True)
class ShownObjections:
    """All of them. `readable`: to this officer; `stage` and `place` name the desk that answers now, if it is theirs."""

    all: tuple[ShownObjection, ...]
    readable: bool
    stage: str
    place: int

    @property
    def waiting(self) -> bool:
        """Tell whether the officer has objections to answer before anything else."""
        return self.answers and any(not one.answered for one in self.all)

    @property
    def answers(self) -> bool:
        """Tell whether the officer answers now."""
        return self.place >= 0


def shown_objections(opened: OpenedFile, works: bool) -> ShownObjections | None:
    """Return the objections for the page of a file, None where nobody has objected; `works`: at the own desk."""
    state, desk = opened.state, opened.desk
    if not state.objections:
        return None
    here = state.position.stage if isinstance(state.position, AtStage) else ""
    answers = works and desk is not None and desk.stage == here and bool(state.objected(desk.stage))
    readable = opened.answers_objections
    kept = {}
    if readable:
        objections = opened.visit.kit.serving.objections
        kept = {one.number: one.written for one in objections.of_case(opened.visit.code, opened.nomor)}
    return ShownObjections(
        tuple(_shown(opened, one, kept.get(one.number)) for one in state.objections),
        readable,
        desk.stage if answers and desk is not None else "",
        desk.place if answers and desk is not None else -1,
    )


def _shown(opened: OpenedFile, objection: Objection, written: Written | None) -> ShownObjection:
    answer = "" if objection.answered is None else opened.case.note(objection.answered)
    made = said_moment(objection.at, opened.case.city, opened.visit.voice)
    return ShownObjection(objection.number, made, written, answer, objection.answered is not None)
