"""Closing a stage once every desk of it has answered: refused, returned in one list, or approved, and so onward."""

from __future__ import annotations

from datetime import UTC
from typing import assert_never

from rules.case_clock import repair_due
from rules.case_event import Completed, ProductsIssued, RepairAsked, StageClosed, Verdict
from rules.case_state import CaseState, Desk
from rules.objecting import notice_over
from rules.onward import Onward
from rules.permit import Permit
from rules.telling import Telling
from rules.transition import REPAIR, NotAllowed, Step, Transitions, Undecided


class StageClosing:
    """How the stages of one permit version are closed."""

    def __init__(self, permit: Permit, transitions: Transitions, onward: Onward) -> None:
        """Close them by these transitions."""
        self._permit = permit
        self._transitions = transitions
        self._onward = onward

    def close(self, story: Telling, stage: str, valid_until: str | None = None) -> None:
        """Close a stage: any refusal refuses, else any return returns, else it is approved."""
        answers = {desk.answer.verdict for desk in asked_last(story.state, stage) if desk.answer is not None}
        if Verdict.REFUSED in answers:
            self._refuse(story, stage)
        elif Verdict.RETURNED in answers:
            self._return(story, stage)
        else:
            self.approve(story, stage, valid_until)

    def approve(self, story: Telling, stage: str, valid_until: str | None = None) -> None:
        """Close a stage whose desks have all approved, or that had none to ask."""
        story.add(StageClosed(stage, Verdict.APPROVED))
        if story.state.completed_at is None and self._onward.checks_completeness(stage):
            story.add(Completed())
        self._send_out(story, stage)
        self._onward.go_on(story, valid_until)

    def end_notice(self, story: Telling, stage: str) -> None:
        """Go on after a public notice: its desks are asked where somebody has objected, else it is closed."""
        if notice_over(story, stage):
            self._onward.go_on(story)
        else:
            self.approve(story, stage)

    def _send_out(self, story: Telling, stage: str) -> None:
        """Issue what goes out with the signature of a stage; the case goes on."""
        state = story.state
        own = {product.code for product in self._permit.products if product.stage == stage}
        out = tuple(product for product in state.products if product.code in own)
        if out:
            story.add(ProductsIssued(stage, out, tuple(file for file in state.files if file.code in own)))

    def _refuse(self, story: Telling, stage: str) -> None:
        if (target := self._target(story, stage, Step.REFUSE)) is not None:
            story.add(StageClosed(stage, Verdict.REFUSED, leads=target))
            self._onward.go_on(story)

    def _return(self, story: Telling, stage: str) -> None:
        target = self._target(story, stage, Step.RETURN)
        if target == REPAIR:
            story.add(StageClosed(stage, Verdict.RETURNED))
            items = tuple(item for desk in asked_last(story.state, stage) for item in desk.items)
            story.add(RepairAsked(items, repair_due(story.city, self._permit, story.at).at.astimezone(UTC)))
            self._onward.say_dues(story, story.state.promised)  # an outside body that returns has stopped the clock
        elif target is not None:
            story.add(StageClosed(stage, Verdict.RETURNED, reopens=target))
            self._onward.go_on(story)

    def _target(self, story: Telling, stage: str, step: Step) -> str | None:
        """Return where the stage leads; where the engine can not tell, a person has it closed anew."""
        target = self._transitions.target(stage, step, story.facts)
        match target:
            case str():
                return target
            case Undecided(reason):
                self._onward.leave_to_person(story, reason, stage)
            case NotAllowed():
                self._onward.leave_to_person(story, f"no way on from {stage} by {step}", stage)
            case _:
                assert_never(target)
        return None


def asked_last(state: CaseState, stage: str) -> tuple[Desk, ...]:
    """Return the desks that were asked when a stage was last opened, in the order of the catalog; what others have
    answered before concerns a file that was another."""
    desks = sorted((desk for desk in state.desks if desk.stage == stage), key=lambda desk: desk.place)
    opened = max((desk.turns[-1].opened for desk in desks), default=None)
    return tuple(desk for desk in desks if desk.turns[-1].opened == opened)
