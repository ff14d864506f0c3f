"""The laws of the way of a case: where it may be (1), what may be asked to be repaired (2), and everything once (7)."""

from __future__ import annotations

from collections.abc import Iterator

from rules.case_event import (
    Actor,
    Again,
    Collected,
    DeskAnswered,
    DeskAsked,
    Downloaded,
    Ended,
    Filed,
    Happened,
    Issued,
    LeftToPerson,
    ObjectionAnswered,
    ObjectionMade,
    Paid,
    ProductRevoked,
    ProductsIssued,
    RepairAsked,
    RepairItem,
    Resubmitted,
    SignatureAsked,
    Signed,
    StageClosed,
    StageOpened,
    Surveyed,
    Target,
    Verdict,
)
from rules.case_state import AtStage
from rules.command import Approve, AskSignature, Move, Refuse, Resubmit, Return
from rules.lifecycle import Outcome
from tests.case_ledger import Ledger, Tried
from tests.way_oracle import Key, There, differing, should_be, when_of


def there(ledger: Ledger, tried: Tried) -> There | None:
    """Return where the catalog says that the file should be."""
    objected = set(ledger.objections.values())
    return should_be(ledger.permit, ledger.root, ledger.stands, ledger.noticed, tried.facts, objected, ledger.sent)


class NeverPastAReview:
    """1: never issued while a review is open or negative; never stuck when all have answered."""

    number = 1

    def event(self, happened: Happened, tried: Tried, ledger: Ledger) -> Iterator[str]:
        """Look at an event before it is noted."""
        match happened.event:
            case DeskAnswered() if unheard := sorted(ledger.objections.keys() - ledger.heard):
                yield f"{ledger.stage} is decided while objections {unheard} are open"
            case ObjectionMade(number):
                if ledger.notice_until is None or happened.at > ledger.notice_until or ledger.open:
                    yield f"objection {number} is made after the notice"
                if number in ledger.objections:
                    yield f"objection {number} is made twice"
            case ObjectionAnswered(place, number):
                if number not in ledger.objections or number in ledger.heard:
                    yield f"objection {number} is answered, and is not open"
                if (ledger.stage or "", place) not in ledger.open:
                    yield f"objection {number} is answered by nobody who is asked"
            case Issued():
                if ledger.open:
                    yield f"issued while {sorted(ledger.open)} are open"
                where = there(ledger, tried)
                if where is None or where.status != "terbit":
                    yield f"issued, where the catalog says {where}"
            case Collected(handed=handed):
                if ledger.counts.get("Collected", 0):
                    yield "handed over twice"
                out = next(one.event for one in reversed(ledger.history) if isinstance(one.event, Issued))
                if [one.target for one in handed] != list(out.bring) or ledger.status != "terbit":
                    yield f"handed over for {handed}, and to be brought was {out.bring}"
            case Downloaded() if tried.before is not None and tried.before.withheld and not tried.before.sent_out:
                yield "fetched before what must be brought was handed in"
            case ProductsIssued(stage):
                if ledger.open:
                    yield f"products go out of {stage} while {sorted(ledger.open)} are open"
            case Ended(status) if status not in ("dibatalkan", "kedaluwarsa"):
                where = there(ledger, tried)
                if where is None or where.status != status:
                    yield f"ended as {status}, where the catalog says {where}"
            case StageOpened(stage, desks, kept):
                where, asked = there(ledger, tried), frozenset(desk.place for desk in desks)
                if where is None or (where.stage, where.looks, where.kept) != (stage, asked, frozenset(kept)):
                    yield f"{stage} asks {sorted(asked)} and keeps {kept}, where the catalog says {where}"
                if ledger.open and ledger.moving != tried.number:
                    yield f"{stage} opens while {sorted(ledger.open)} are open"
            case StageClosed():
                if ledger.open:
                    yield f"closed while {sorted(ledger.open)} are open"
                found = {answer.verdict for answer in ledger.this_time.values()}
                order = (Verdict.REFUSED, Verdict.RETURNED, Verdict.APPROVED)
                comes_to = next((verdict for verdict in order if verdict in found), Verdict.APPROVED)
                if happened.event.outcome is not comes_to:
                    yield f"answers come to {comes_to}, not to {happened.event.outcome}"
            case _:
                pass

    def after(self, tried: Tried, ledger: Ledger) -> Iterator[str]:
        """Look at the case after what was done."""
        assert isinstance(tried.outcome, Outcome)
        state = tried.outcome.state
        if {desk.key for desk in state.open_desks} != set(ledger.open):
            yield f"open are {[desk.key for desk in state.open_desks]}, noted {sorted(ledger.open)}"
        match ledger.phase:
            case "tahap" if not ledger.open and (ledger.notice_until is None or ledger.stage in ledger.noticed):
                yield "all have answered, and nothing goes on"
            case "bayar" if ledger.money_open == 0:
                yield "waits for money that is there"
            case "perbaikan" if not ledger.latest:
                yield "waits for a repair of nothing"
            case "orang" if self._decidable(tried, ledger):
                yield f"left to a person, where the catalog says {there(ledger, tried)}"
            case _:
                pass

    def _decidable(self, tried: Tried, ledger: Ledger) -> bool:
        events = tried.outcome.events if isinstance(tried.outcome, Outcome) else ()
        left = any(isinstance(event, LeftToPerson) for event in events)
        closing = [answer for answer in ledger.this_time.values() if answer.verdict is not Verdict.APPROVED]
        return (
            left
            and not tried.engine_down
            and not closing
            and there(ledger, tried) is not None
            and ledger.bill_known(tried)
        )


class OneList:
    """2: one list of named things once all have answered; only they change; only who asked, is newly asked or whose
    question changed looks again; later rounds raise only what changed; rounds are limited."""

    number = 2

    def event(self, happened: Happened, tried: Tried, ledger: Ledger) -> Iterator[str]:
        """Look at an event before it is noted."""
        match happened.event:
            case DeskAnswered(place, Verdict.RETURNED, items=items):
                yield from self._returned((ledger.stage or "", place), items, ledger)
            case RepairAsked(items) if ledger.moving == tried.number:
                yield from _asked_by_law(items, tried, ledger)
            case RepairAsked(items):
                wanted = tuple(
                    item
                    for _, answer in sorted(ledger.this_time.items())
                    for item in (answer.items if answer.verdict is Verdict.RETURNED else ())
                )
                if ledger.open or items != wanted:
                    yield f"the list is {items}, asked was {wanted}, open are {sorted(ledger.open)}"
                if ledger.rounds - ledger.law_rounds >= ledger.permit.repair.at_most:
                    yield f"round {ledger.rounds + 1} of at most {ledger.permit.repair.at_most}"
            case Resubmitted(changed, dropped):
                facts = differing(tried.form_before, tried.form)
                if tried.elsewhere:
                    yield "what was not asked for was changed"
                if not set(changed) <= tried.may_change:
                    yield f"{sorted(set(changed) - tried.may_change)} was changed"
                concerned = {
                    key
                    for key, verdict in ledger.stands.items()
                    if verdict is Verdict.APPROVED and not facts.isdisjoint(when_of(ledger.permit, key) or ())
                }
                if set(dropped) != concerned:
                    yield f"{dropped} need not stand, the change concerns {sorted(concerned)}"
            case StageOpened(stage, desks):
                for desk in desks:
                    yield from self._again((stage, desk.place), desk, ledger)
            case _:
                pass

    def _returned(self, key: Key, items: tuple[RepairItem, ...], ledger: Ledger) -> Iterator[str]:
        if not items:
            yield f"{key} returns and asks for nothing"
        if any((item.stage, item.place) != key for item in items):
            yield f"{key} asks in another's name"
        if ledger.rounds - ledger.law_rounds >= ledger.permit.repair.at_most:
            yield f"{key} returns after {ledger.rounds} rounds"
        if key in ledger.looked:
            since = {target for number, found in ledger.changes if number > ledger.looked[key] for target in found}
            may = since | ledger.own.get(key, set()) | ledger.sent_back.get(key[0], set())
            late = [item for item in items if item.target not in may and _whole(item.target) not in may]
            if late:
                yield f"{key} raises {late} too late"

    def _again(self, key: Key, desk: DeskAsked, ledger: Ledger) -> Iterator[str]:
        if ledger.sent.get(key[0]):  # what went out of it stays; what is new is signed by all
            if desk.again is not Again.NEWLY:
                yield f"{key} signs again as {desk.again}"
            return
        if ledger.stands.get(key) is Verdict.APPROVED:
            yield f"{key} looks again, and its approval stands"
        asked = {(item.stage, item.place) for item in ledger.latest}
        if key not in ledger.turns:
            why = Again.NEWLY if key[0] in ledger.stages_opened else None
        else:
            why = Again.ASKED if key in asked else Again.QUESTION_CHANGED
        if desk.again is not why:
            yield f"{key} looks again as {desk.again}, not as {why}"

    def after(self, tried: Tried, _ledger: Ledger) -> Iterator[str]:
        """Look at the case after what was done."""
        if isinstance(tried.command, Resubmit) and tried.elsewhere:
            yield "an edit elsewhere was accepted"


def _asked_by_law(items: tuple[RepairItem, ...], tried: Tried, ledger: Ledger) -> Iterator[str]:
    """A list of a new version asks for what it newly asks for, and for what was asked before; and for nothing else."""
    assert isinstance(tried.command, Move)
    answered = [item for answer in ledger.this_time.values() for item in answer.items]
    known = {item.target for item in (*ledger.latest, *answered, *tried.command.items)}
    if not {item.target for item in items} <= known or not set(tried.command.items) <= set(items):
        yield f"the list is {items}, asked was {known}"


def _whole(target: Target) -> Target:
    return Target(target.kind, target.code)


class Once:
    """7: one submission, one decision, one permit, one payment; each answer by the desk's own, on what they saw."""

    number = 7

    def event(self, happened: Happened, tried: Tried, ledger: Ledger) -> Iterator[str]:
        """Look at an event before it is noted."""
        match happened.event:
            case Filed() if ledger.history:
                yield "filed twice"
            case Issued(products):
                if ledger.counts.get("Issued"):
                    yield "issued twice"
                numbers = [product.number for product in products]
                if len(set(numbers)) != len(numbers):
                    yield f"numbers {numbers}"
                for product in products:
                    if ledger.products.get((product.code, product.item)) != product:
                        yield f"{product} is not the number that was taken"
            case ProductsIssued(stage, products):
                for product in products:
                    if product.code in ledger.sent.get(stage, set()):
                        yield f"{product.code} went out twice"
                    if ledger.products.get((product.code, product.item)) != product:
                        yield f"{product} is not the number that was taken"
            case SignatureAsked(_, products):
                holds = {code for id_, code in ledger.sent_ids.items() if id_ not in ledger.taken_back}
                for product in products:
                    known = ledger.permit.product(product.code)
                    if known is not None and known.needs is not None and known.needs not in holds:
                        yield f"{product.code} is signed without {known.needs}"
            case ProductRevoked(id_) if id_ in ledger.taken_back:
                yield f"{id_} was revoked twice"
            case Ended() if ledger.counts.get("Ended"):
                yield "ended twice"
            case Surveyed() if ledger.counts.get("Surveyed"):
                yield "asked twice how satisfied they are"
            case Paid(reference) if reference in ledger.references:
                yield f"{reference} was paid twice"
            case DeskAnswered(place):
                yield from self._answered(ledger, tried, (ledger.stage or "", place))
            case Signed() if ledger.signing is None and not ledger.failed:
                yield "signed, and nobody had asked"
            case _:
                pass

    def _answered(self, ledger: Ledger, tried: Tried, key: Key) -> Iterator[str]:
        asked = ledger.open.get(key)
        if asked is None:
            yield f"{key} answers, and is not asked"
            return
        if not isinstance(tried.command, Approve | Return | Refuse):
            return
        if (tried.command.stage, tried.command.place) != key:
            yield f"{key} answers for {tried.command}"
        if tried.command.round != ledger.rounds:
            yield f"{key} answers in round {ledger.rounds} what was seen in {tried.command.round}"
        if not _belongs(tried.by, asked, ledger):
            yield f"{tried.by} answers for {asked}"

    def after(self, tried: Tried, ledger: Ledger) -> Iterator[str]:
        """Look at the case after what was done."""
        for person, duties in ledger.duties.items():
            if len(duties) > 1:
                yield f"{person} has done {sorted(duties)}"
        if tried.again:
            yield f"{tried.command} was done twice"
        events = tried.outcome.events if isinstance(tried.outcome, Outcome) else ()
        if sum(isinstance(event, DeskAnswered) for event in events) > 1:
            yield "several desks answered at once"
        if isinstance(tried.command, AskSignature):
            before = tried.before
            assert before is not None
            if not isinstance(before.position, AtStage) or tried.command.round != before.rounds:
                yield "a signature was asked for on what has changed"


def _belongs(by: Actor, asked: DeskAsked, ledger: Ledger) -> bool:
    if ledger.opened is not None and ledger.opened.outside:
        return by.agency == ledger.city.door
    return by.agency == asked.agency and (asked.role is None or by.role == asked.role)
