"""Ways, walked again: each stage that was opened, each bill and each end is the one that the rules of the filing lead
to, from the answers as they were and by the engine as it is now (I10, I5).

Gains that a wrong turn is found whatever made it: an engine that gave no answer and was taken for one, a row that was
taken for want of another, a bill that nobody assessed. Loses the cases of people who were forgotten: nobody can read
their answers any more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from rules.carried_over import carried_over
from rules.case_event import BillIssued, Ended, Event, Moved, PaymentAwaited, RepairAsked, Resubmitted, StageOpened
from rules.case_state import EXPIRED, WITHDRAWN, CaseState
from rules.onward import bill_digest
from rules.route import ToEnd, ToStage, Way, way
from rules.transition import Undecided
from runtime.audit.audited import Audited, AuditedCase
from runtime.audit.breach import Breach
from runtime.cases.case_change import Said
from runtime.cases.casework import Casework
from runtime.cases.moving import Target, event_of
from runtime.cases.open_case import ANSWERS, OpenCase
from runtime.json_text import Json
from runtime.vault import SealBrokenError


def of_case(audited: Audited, case: AuditedCase) -> Iterator[Breach]:
    """Walk the way of one case again."""
    if case.fault is not None or audited.permit(case) is None:
        return  # a breach of its own
    daerah, nomor = case.key.daerah, case.key.nomor
    casework = Casework(audited.store, lambda digest, city: audited.releases.of(digest).cities.get(city))
    try:
        opened = casework.open(daerah, nomor)
    except SealBrokenError:
        return  # a breach of the chain
    if opened is None:
        return  # forgotten
    answers: Mapping[str, object] = opened.submission.answers
    read: tuple[object, object] = (None, None)
    for before, one in zip(case.states, case.happened[1:], strict=False):
        followed, city = audited.permit_at(case, before), audited.calendar(daerah, before.release)
        if followed is None or city is None:
            return  # a breach of its own
        if read != (followed, id(answers)):
            read, filed_on = (followed, id(answers)), followed.decider.day_of(before.filed_at)
            facts = followed.decider.facts(answers, filed_on)
            opened = replace(opened, permit=followed, city=city, answers=answers, facts=facts)
        match one.event:
            case Resubmitted() | Moved():
                kept = opened.private.get(one.seq, {}).get(ANSWERS)
                if isinstance(one.event, Moved):
                    follows = next((later.event for later in case.happened if later.seq == one.seq + 1), None)
                    if said := _wrong_move(audited, replace(opened, state=before), one.event, kept, follows):
                        yield Breach("I10", daerah, nomor, f"event {one.seq}: {said}")
                answers = kept if isinstance(kept, dict) else answers
            case StageOpened() | PaymentAwaited() | Ended():
                if said := _wrong_turn(opened, before, one.event):
                    yield Breach("I10", daerah, nomor, f"event {one.seq}: {said}")
            case BillIssued():
                if said := _wrong_bill(opened, before, one.event):
                    yield Breach("I5", daerah, nomor, f"event {one.seq}: {said}")
            case _:
                pass


def _wrong_turn(case: OpenCase, before: CaseState, event: Event) -> str | None:
    """Say where the way leads, where it is another."""
    if isinstance(event, Ended) and event.status in (WITHDRAWN, EXPIRED):
        return None
    known = case.facts_with_officers(before, case.facts)
    found = way(case.permit.decider, case.permit.lifecycle.transitions, before, known)
    if isinstance(found, Undecided) or _leads_to(found, event):
        return None
    name = getattr(event, "stage", getattr(event, "status", "payment"))
    return f"the way leads to {_named(found)}, and {name} is where the case went"


def _leads_to(found: ToStage | ToEnd, event: Event) -> bool:
    match event, found:
        case StageOpened(), ToStage(stage, looks, kept):
            places = tuple(look.place for look in looks)
            return (stage.code, places, kept) == (event.stage, tuple(desk.place for desk in event.desks), event.kept)
        case Ended(), ToEnd(status):
            return status == event.status
        case PaymentAwaited(), ToStage(before_issue=before_issue):
            return before_issue
        case PaymentAwaited(), ToEnd():
            return True
        case _:
            return False


def _named(found: Way) -> str:
    match found:
        case ToStage(stage, looks):
            return f"{stage.code}, desks {[look.place for look in looks]}"
        case ToEnd(status):
            return status
        case Undecided(reason):
            return reason


def _wrong_move(audited: Audited, case: OpenCase, event: Moved, kept: Json, follows: Event | None) -> str | None:
    """Say what a move comes to, where it is another; whether it had to ask for anything, the list after it says."""
    daerah = case.key.daerah
    to = audited.version(daerah, event.release, case.state.permit, event.version)
    city = audited.calendar(daerah, event.release)
    if to is None or city is None:
        return "the version it moved to is gone"
    answers = carried_over(case.permit.permit, to.permit, case.answers)
    facts = to.decider.facts(answers, case.filed_on)
    if kept != Said(answers=answers).private().get(ANSWERS):
        return "other answers were taken along than both versions ask for"
    wanted = event_of(case, Target(to, city, event.release), facts, asks=isinstance(follows, RepairAsked))
    return None if wanted == event else "another desk goes on, or another answer stands, than the rules say"


def _wrong_bill(case: OpenCase, before: CaseState, event: BillIssued) -> str | None:
    """Say what the bill comes to, where it is another."""
    known = case.facts_with_officers(before, case.facts)
    bills = case.permit.decider.decide(known, before.filed_at).bills
    bill = next((one for one in bills if one.code == event.fee), None)
    if bill is None and event.due == 0:  # another version has no such fee any more
        return None
    if bill is None:
        return f"{event.due} was billed for {event.fee}, which is no fee of this permit"
    if bill_digest(bill) == event.digest and bill.due == event.due:
        return None
    return f"{event.due} was billed, the rules say {bill.due}"
