"""A case, opened: its state, what was answered and given, and what its officers answered, all as it stands now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from rules.answers import typed
from rules.case_event import Verdict
from rules.case_state import CaseState
from rules.city import City
from rules.kind import Facts, Value
from rules.standing_answers import with_standing
from rules.words import Words
from runtime.cases.case_entry import CaseKey
from runtime.cases.submission import Submission
from runtime.json_text import Json
from runtime.release import PermitRelease

ANSWERS, NOTE, BILL = "jawaban", "catatan", "tagihan"  # the private parts of events, by name
ITEM_NOTES, NEXT_STEP = "catatan_butir", "langkah"  # beside a return and a refusal


class ReleaseGoneError(LookupError):
    """The release that a case was filed under is not there, or not as it was built: what stands in its rows can be
    told, and nothing be decided."""

    def __init__(self, key: CaseKey, state: CaseState) -> None:
        """Carry where the case stands."""
        super().__init__(f"{key.nomor}: release {state.release} is not there as it was built")
        self.key, self.state = key, state


@dataclass(frozen=True, slots=True)
class OpenCase:
    """A case as it stands. `answers` are the applicant's, with every repair; `facts` what follows from them; `private`
    holds what is personal in each event, by its number. `city` is that of the release it was filed under."""

    key: CaseKey
    seq: int
    state: CaseState
    permit: PermitRelease
    city: City
    submission: Submission
    answers: Mapping[str, object]
    facts: Facts
    private: Mapping[int, Mapping[str, Json]]
    forgotten: bool = False  # its person was: nothing of what was typed can be read any more

    @property
    def filed_on(self) -> date:
        """Return the day of filing in the city, on which law, tariffs and derived facts rest."""
        return self.state.filed_at.astimezone(ZoneInfo(self.city.zone)).date()

    def fee_name(self, fee: str) -> Words:
        """Return what a fee among several is called; the only one has no name."""
        return next((one.name for one in self.permit.permit.fees if one.code == fee and one.name), Words(""))

    def note(self, seq: int) -> str:
        """Return the words beside an event."""
        said = self.private.get(seq, {}).get(NOTE)
        return said if isinstance(said, str) else ""

    def item_note(self, seq: int, name: str) -> str:
        """Return the words beside one thing of a return: `isian.luas`, `dokumen.ktp`, `dokumen.stnk.2`."""
        notes = self.private.get(seq, {}).get(ITEM_NOTES)
        said = notes.get(name) if isinstance(notes, dict) else None
        return said if isinstance(said, str) else ""

    def next_step(self, seq: int) -> str:
        """Return what a refusal advises the applicant to do next."""
        said = self.private.get(seq, {}).get(NEXT_STEP)
        return said if isinstance(said, str) else ""

    def facts_with_officers(self, state: CaseState, facts: Facts, own: Facts | None = None) -> Facts:
        """Return an applicant's facts with what officers have answered and counts; `own` are the answers of a desk that
        answers now, and are not kept yet."""
        answers: dict[tuple[str, int], Facts] = {}
        for desk in state.desks:
            if desk.answer is not None and desk.answer.verdict is Verdict.APPROVED:
                new = desk.answer.seq > self.seq
                answers[desk.key] = (own or {}) if new else self.answers_beside(desk.answer.seq)
        given = {key: one for key, one in answers.items() if one}
        return with_standing(self.permit.decider, self.permit.lifecycle.transitions, state, facts, given)

    def answers_beside(self, seq: int) -> dict[str, Value]:
        """Return an officer's answers beside an event, typed."""
        raw = self.private.get(seq, {}).get(ANSWERS)
        return typed(self.permit.permit.officer_fields, raw) if isinstance(raw, dict) else {}

    @property
    def all_facts(self) -> Facts:
        """Return the applicant's facts with the officers' answers that stand."""
        return self.facts_with_officers(self.state, self.facts)
