"""The laws of a case's record: it stays on its version and follows from its events (6), and money is computed (8)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rules.bill import Undetermined
from rules.case_event import BillIssued, Ended, Event, Filed, Happened, Issued, Moved, Paid, StageOpened, Waived
from rules.case_fold import folded
from rules.case_state import CaseState
from rules.codec import decode, encode
from rules.command import Pay
from rules.condition.decide import holds
from rules.decider import Decider
from rules.fee import bills
from rules.lifecycle import Outcome
from rules.permit import Fee, PayWhen
from rules.ruleset import conditions_of, item_conditions_of, item_fields
from tests.case_ledger import Ledger, Tried
from tests.way_oracle import last_signature

OFTEN = 7  # every so many steps the whole history is replayed


class StaysAndFollows:
    """6: a case stays on the version and release it was filed under, and its state follows from its events."""

    number = 6

    def event(self, happened: Happened, _tried: Tried, ledger: Ledger) -> Iterator[str]:
        """Look at an event before it is noted."""
        if ledger.history:
            last = ledger.history[-1]
            if happened.seq != last.seq + 1 or happened.at < last.at:
                yield f"event {happened.seq} follows {last.seq}"
        elif not isinstance(happened.event, Filed):
            yield "begins with something else than its filing"

    def after(self, tried: Tried, ledger: Ledger) -> Iterator[str]:
        """Look at the case after what was done."""
        assert isinstance(tried.outcome, Outcome)
        state, filed = tried.outcome.state, ledger.history[0].event
        assert isinstance(filed, Filed)
        moved = next((one.event for one in reversed(ledger.history) if isinstance(one.event, Moved)), filed)
        stays = (state.permit, state.version, state.release, state.filed_at, state.door)
        if stays != (filed.permit, moved.version, moved.release, ledger.history[0].at, filed.door):
            yield f"is on {stays}, was filed as {filed} and moved as {moved}"
        if (filed.permit, moved.version) != (ledger.permit.code, ledger.permit.valid_from):
            yield f"was filed as {filed} and moved as {moved}"
        if state.seq != len(ledger.history):
            yield f"is at {state.seq} after {len(ledger.history)} events"
        if tried.number % OFTEN == 0 or any(isinstance(event, Ended) for event in tried.outcome.events):
            yield from self._replayed(state, ledger)

    def _replayed(self, state: CaseState, ledger: Ledger) -> Iterator[str]:
        if folded(ledger.history) != state:
            yield "does not follow from its events"
        for happened in ledger.history[-5:]:
            if decode(Event, encode(Event, happened.event)) != happened.event:
                yield f"{happened.event} is another when it is read back"
        if decode(CaseState, encode(CaseState, state)) != state:
            yield "is another when it is read back"


class MoneyComputed:
    """8: money is whole rupiah, computed from the pinned version; nothing is issued before what is due before."""

    number = 8

    def __init__(self, decider: Decider) -> None:
        """Know a permit's fee."""
        self._decider = decider
        self._conditions = conditions_of(decider.permit)
        self._of_items = {
            code: (conditions, item_fields(next(f for f in decider.permit.fields if f.code == code)))
            for code, conditions in item_conditions_of(decider.permit).items()
        }

    def due(self, tried: Tried, ledger: Ledger) -> int | Undetermined:
        """Compute what is due once more, by the reference instead of the engine."""
        held = {rule for rule, condition in self._conditions.items() if holds(condition, tried.facts)}
        day = self._decider.day_of(ledger.history[0].at if ledger.history else tried.at)

        def holds_item(items: str, index: int, rule: str) -> bool:
            conditions, own = self._of_items[items]
            of_list = tried.facts[items]
            assert isinstance(of_list, tuple)
            item = of_list[index]
            assert isinstance(item, Mapping)
            around = {code: value for code, value in tried.facts.items() if code not in own and code != items}
            return holds(conditions[rule], {**around, **item})

        of, city = self._decider.permit, self._decider.city
        (only,) = bills(of, city, tried.facts, day, held.__contains__, holds_item)
        return only.due

    def event(self, happened: Happened, tried: Tried, ledger: Ledger) -> Iterator[str]:
        """Look at an event before it is noted."""
        fee = ledger.permit.fee
        before = isinstance(fee, Fee) and fee.pay is PayWhen.BEFORE
        match happened.event:
            case BillIssued(due, kind, collector):
                computed = self.due(tried, ledger)
                if type(due) is not int or due < 0 or due != computed:
                    yield f"{due} is assessed, computed are {computed}"
                if not isinstance(fee, Fee) or (kind, collector) != (fee.kind.value, fee.collector):
                    yield f"{kind} is collected by {collector}"
            case Paid(reference, amount):
                pay = tried.command
                if not isinstance(pay, Pay) or (pay.reference, pay.amount) != (reference, amount) or amount <= 0:
                    yield f"{amount} came in under {reference}"
            case Waived(amount) if amount != ledger.money_open:
                yield f"{amount} is waived of {ledger.money_open}"
            case StageOpened(stage, signature=True) if before and last_signature(ledger.permit, stage, tried.facts):
                if ledger.bill is None or ledger.money_open:
                    yield f"is signed with {ledger.money_open} open"
            case Issued():
                if before and (ledger.bill is None or ledger.money_open):
                    yield f"is issued with {ledger.money_open} open"
                if isinstance(fee, Fee) and (ledger.bill is None or ledger.bill.due != self.due(tried, ledger)):
                    yield f"is issued on the bill {ledger.bill}"
            case _:
                pass

    def after(self, tried: Tried, ledger: Ledger) -> Iterator[str]:
        """Look at the case after what was done."""
        assert isinstance(tried.outcome, Outcome)
        account = tried.outcome.state.account
        if (account is None) != (ledger.bill is None):
            yield f"the account is {account}, the bill {ledger.bill}"
        if account is None or ledger.bill is None:
            return
        noted = (ledger.bill.due, ledger.paid, ledger.waived, tuple(ledger.references))
        if (account.due, account.paid, account.waived, account.references) != noted:
            yield f"the account is {account}, noted {noted}"
        if account.open != ledger.money_open or account.open < 0:
            yield f"{account.open} is open, noted {ledger.money_open}"
