"""The eight laws that hold for every permit, as a watch over one case: what it sees is what was broken.

Written apart from `rules`: from the events (`tests.case_ledger`), the catalog (`tests.way_oracle`) and the days
(`tests.clock_oracle`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rules.bill import Undetermined
from rules.case_event import Happened
from rules.decider import Decider
from rules.lifecycle import Outcome
from tests.case_ledger import Ledger, Tried
from tests.laws_of_record import MoneyComputed, StaysAndFollows
from tests.laws_of_time import DatesExplained, NeverGranted, OneHolder
from tests.laws_of_way import NeverPastAReview, Once, OneList


@dataclass(frozen=True)
class Broken:
    """A law that was broken, and how."""

    law: int
    words: str


class Watch:
    """All laws over one case of a permit."""

    def __init__(self, decider: Decider) -> None:
        """Watch a case from its filing on."""
        self._dates, self._limit = DatesExplained(decider), NeverGranted()
        self.follow(decider)
        self.ledger = Ledger(decider.permit, decider.city, bill_known=self._bill_known)
        self._laws = (
            NeverPastAReview(), OneList(), OneHolder(), self._dates, self._limit, StaysAndFollows(), Once()
        )  # fmt: skip

    def follow(self, decider: Decider) -> None:
        """Compute money by another version from here on."""
        self._money = MoneyComputed(decider)

    def saw(self, tried: Tried) -> Iterator[Broken]:
        """Look at what was done, and yield every law that it broke."""
        ledger, outcome = self.ledger, tried.outcome
        if not isinstance(outcome, Outcome):
            for words in self._limit.refused(tried, ledger):
                yield Broken(5, words)
            if tried.moves_nothing and tried.before is not None:
                for words in self._dates.stands(tried.before, tried, ledger):
                    yield Broken(4, f"the calendar moved and nothing else: {words}")
            return
        for event in outcome.events:
            happened = Happened(len(ledger.history) + 1, tried.at, tried.by, event)
            for law in (*self._laws, self._money):
                for words in law.event(happened, tried, ledger):
                    yield Broken(law.number, words)
            ledger.take(happened, tried)
        for law in (*self._laws, self._money):
            for words in law.after(tried, ledger):
                yield Broken(law.number, words)

    def _bill_known(self, tried: Tried) -> bool:
        return not isinstance(self._money.due(tried, self.ledger), Undetermined)
