"""What is decided for one application, and why: documents, reviewers, bill, deadline, validity, refusals.

Each part carries the words of the rule that asked for it and the law it rests on; nothing in it is left to be looked
up again, so that a decision can be shown, stored, and explained years later.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from rules.bill import Bill
from rules.citation import Citation
from rules.codec import ALONE
from rules.duration import Duration
from rules.memo import lasting
from rules.permit import PauseReason
from rules.words import Words
from rules.workdays import Deadline


@lasting
@dataclass(frozen=True, slots=True)
class Because:
    """The rule that held, by its id, in a sentence; `words` is None where it always holds."""

    rule: str
    words: Words | None
    citation: Citation | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """A reason for which the application can not be filed."""

    message: Words
    because: Because


@lasting
@dataclass(frozen=True, slots=True)
class RequiredDocument:
    """A document that must be given. `for_each` names the `daftar` for whose items one copy each is asked, `copies`
    how many that are."""

    code: str
    name: Words
    note: Words | None
    for_each: str | None
    copies: int
    because: Because


@lasting
@dataclass(frozen=True, slots=True)
class Desk:
    """Someone who will look at the file. `duration` is None where nothing was promised for this desk alone;
    `inspection` tells whether they come and look on the spot; `pauses` are the reasons for which it may wait."""

    agency: str
    role: str | None
    name: Words
    duration: Duration | None
    inspection: bool
    because: Because
    pauses: tuple[PauseReason, ...] = ()


@lasting
@dataclass(frozen=True, slots=True)
class Step:
    """One stage of the way a file will take if everybody approves."""

    stage: str
    name: Words
    side_by_side: bool
    desks: tuple[Desk, ...]
    outside: bool
    signature: bool
    notice: Duration | None
    objections: Desk | None = None  # who answers them, where anybody objects


@dataclass(frozen=True, slots=True)
class DecidedProduct:
    """What is issued to this application. `promised` says how long it takes and since when, `deadline` where that is
    the filing; `order` that it is provisional, or what it replaces; `validity` how long it holds."""

    code: str
    name: Words
    duration: Duration | None
    promised: Words | None
    deadline: Deadline | None
    order: Words | None
    validity: Words | None
    because: Because


@dataclass(frozen=True, slots=True)
class Decision:
    """Everything that is decided for one application.

    `open_at` is the stage after which the way depends on an officer's answer, with whose; `manual` is set when the
    engine failed or disagreed with the reference, and the case must go to a person; `end` is how it ends. `bring` is
    handed in when the letter is fetched. `products` are those that the answers so far lead to. There is a bill for each
    fee, in the order of the catalog, and one of nothing where nothing is to be paid.
    """

    permit: str
    version: str
    refusals: tuple[Refused, ...]
    documents: tuple[RequiredDocument, ...]
    steps: tuple[Step, ...]
    end: str | None
    open_at: str | None
    bills: tuple[Bill, ...] = field(metadata={ALONE: "bill"})
    promise: Duration | None
    deadline: Deadline | None
    legal_limit: Duration
    legal_limit_citation: Citation
    validity: Words | None
    manual: str | None
    facts_digest: str
    ruleset_digest: str
    bring: tuple[RequiredDocument, ...] = ()
    products: tuple[DecidedProduct, ...] = ()

    @property
    def bill(self) -> Bill:
        """Return the bill of a permit that has only one."""
        (only,) = self.bills
        return only

    @property
    def due(self) -> int | None:
        """Return what is to be paid of all bills together, None where it can not be told yet."""
        told = [bill.due for bill in self.bills if isinstance(bill.due, int)]
        return sum(told) if len(told) == len(self.bills) else None

    @property
    def undated(self) -> Decision:
        """Return it without its dates, which move on with every day."""
        products = tuple(replace(product, deadline=None) for product in self.products)
        return replace(self, deadline=None, products=products)

    @property
    def eligible(self) -> bool:
        """Tell whether the application may be filed."""
        return not self.refusals

    @property
    def found_eligible(self) -> bool | None:
        """Tell whether the rules allow it; None where they concluded nothing and an officer must say."""
        return None if self.manual is not None and self.eligible else self.eligible

    def agencies(self, door: str) -> tuple[str, ...]:
        """Return the agencies asked, in order, each once, the one door itself left out."""
        asked = (desk.agency for step in self.steps for desk in step.desks)
        return tuple(dict.fromkeys(agency for agency in asked if agency != door))
