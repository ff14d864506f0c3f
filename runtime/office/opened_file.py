"""A case on an officer's table: opened once in a request, with how the officer stands to it and whose desk is open."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from starlette.exceptions import HTTPException

from rules.case_event import Actor, Happened
from rules.case_state import REFUSAL_STAGE, AtStage, CaseState, Desk
from rules.desk_work import LEADS, SPEAKS_FOR_OUTSIDE
from rules.permit import Reviewer
from rules.words import Words
from runtime.cases.open_case import OpenCase
from runtime.documents.upload import APPLICANT, CaseFile
from runtime.office.desk_visit import StaffVisit
from runtime.office.staff_names import StaffNames
from runtime.people.act import ONLY_READS, Act
from runtime.people.matrix import Sight, may
from runtime.people.reach import Reached, log_read, reach

LETTER = Words("Surat penolakan", "Letter of refusal")


@dataclass(frozen=True)
class OpenedFile:
    """A case that the officer of a visit may read."""

    visit: StaffVisit
    case: OpenCase
    reached: Reached

    @property
    def nomor(self) -> str:
        """Return its number."""
        return self.case.key.nomor

    @property
    def state(self) -> CaseState:
        """Return its state."""
        return self.case.state

    @property
    def link(self) -> str:
        """Return the address of its page."""
        return f"{self.visit.here}berkas/{self.nomor}"

    @property
    def by(self) -> Actor:
        """Return who acts on it."""
        return acting(self.visit)

    @property
    def sight(self) -> Sight:
        """Return how much of it may be seen."""
        return self.reached.sight

    @property
    def desk(self) -> Desk | None:
        """Return the open desk of the officer's post."""
        return next((desk for desk in self.state.open_desks if self._is_own(desk)), None)

    @property
    def led_desks(self) -> tuple[Desk, ...]:
        """Return the open desks whose work the officer may give to somebody."""
        leads = self.visit.post.role in LEADS
        return tuple(
            desk
            for desk in self.state.open_desks
            if self._is_own(desk) or (leads and desk.agency == self.visit.post.agency)
        )

    @cached_property
    def history(self) -> tuple[Happened, ...]:
        """Return what has happened to it."""
        return self.visit.kit.serving.casework.history(self.visit.code, self.nomor)

    @cached_property
    def files(self) -> tuple[CaseFile, ...]:
        """Return every file that it ever held."""
        return self.visit.kit.store.shelf.of_case(self.visit.code, self.nomor)

    @cached_property
    def names(self) -> StaffNames:
        """Return the names of people and desks."""
        return StaffNames(self.case.city, self.visit.kit.people.accounts, self.visit.voice)

    @property
    def attachments(self) -> tuple[CaseFile, ...]:
        """Return what officers have attached."""
        return tuple(file for file in self.files if file.giver != APPLICANT)

    def may(self, act: Act) -> bool:
        """Tell whether the officer may do an act on it: by the post, and not on an application of their own."""
        return may(self.visit.actor, act, self.reached.relation) and (act in ONLY_READS or not self.recused)

    @cached_property
    def recused(self) -> bool:
        """Tell whether the application holds the officer's own NIK or telephone."""
        return self.visit.recused(self.case)

    @property
    def answers_objections(self) -> bool:
        """Tell whether the officer's post is a desk of this file that answers objections, now or before."""
        stages = {one.code for one in self.case.permit.permit.stages if one.objections}
        own = any(desk.stage in stages and self._is_own(desk) for desk in self.state.desks)
        return own and self.may(Act.ANSWER_OBJECTION)

    def reviewer(self, stage: str, place: int) -> Reviewer | None:
        """Return a desk as the catalog describes it."""
        known = next((one for one in self.case.permit.permit.stages if one.code == stage), None)
        return known.reviewers[place] if known is not None and 0 <= place < len(known.reviewers) else None

    def stage_name(self, code: str) -> str:
        """Say what a stage is called."""
        if code == REFUSAL_STAGE:
            return LETTER.to(self.visit.lang)
        known = next((one.name for one in self.case.permit.permit.stages if one.code == code), None)
        return (known or Words(code.replace("_", " ").capitalize())).to(self.visit.lang)

    def _is_own(self, desk: Desk) -> bool:
        return _speaks(self.state, desk, self.visit) or (
            not _outside(self.state)
            and desk.agency == self.visit.post.agency
            and desk.role in (None, self.visit.post.role)
        )


def acting(visit: StaffVisit) -> Actor:
    """Return who acts, for a case's events."""
    return Actor(visit.nip, visit.post.role, visit.post.agency)


async def opened_file(visit: StaffVisit, act: Act = Act.READ_CASE) -> OpenedFile:
    """Open the case that the address names and write down that it was opened; 404 where there is none, or none that
    this officer may do this with."""
    return await open_named(visit, str(visit.request.path_params["nomor"]), act)


async def open_named(visit: StaffVisit, nomor: str, act: Act) -> OpenedFile:
    """Open the case of this number, as `opened_file` does."""
    store = visit.kit.store
    found = reach(store, visit.actor, visit.code, nomor, act)
    case = None if found is None else visit.kit.serving.casework.open(visit.code, found.nomor)
    if found is None or case is None:
        raise HTTPException(404)
    await log_read(store, visit.actor, nomor)
    return OpenedFile(visit, case, found)


def _outside(state: CaseState) -> bool:
    return isinstance(state.position, AtStage) and state.position.outside


def _speaks(state: CaseState, desk: Desk, visit: StaffVisit) -> bool:
    """Tell whether the officer is of those at the door who note what an outside body answers."""
    return desk.open and _outside(state) and visit.post.agency == state.door and visit.post.role in SPEAKS_FOR_OUTSIDE
