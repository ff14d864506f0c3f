"""The state of a case: where it is, who has answered what, what is owed, and whose court it has been in.

Everything in it follows from the events (`rules.case_fold`); it is kept beside them only so that nobody has to read
them all.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from rules.case_event import (
    Again,
    NumberedProduct,
    ProductDue,
    Receiver,
    RepairItem,
    SignedFile,
    Target,
    Terms,
    Verdict,
)
from rules.citation import Citation
from rules.codec import ALONE
from rules.duration import Duration

ISSUED, REFUSED, WITHDRAWN, EXPIRED, REVOKED = "terbit", "ditolak", "dibatalkan", "kedaluwarsa", "dicabut"
REFUSAL_STAGE = "penolakan"
REFUSAL_LETTER = "surat-penolakan"


class HolderKind(StrEnum):
    """In whose court a case can be (service, law 3)."""

    APPLICANT = "pemohon"
    AGENCY = "instansi"
    FRONT_OFFICE = "loket"
    SIGNATORY = "penandatangan"
    TREASURER = "bendahara"
    OUTSIDE = "luar"


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a case; `agency` is None for the applicant."""

    kind: HolderKind
    agency: str | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """From `since` on the case was held by `holder`, None once nobody holds it any more."""

    since: datetime
    holder: Holder | None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a desk has answered, when and in which round; `seq` is the event, beside which its words are kept, and
    `citation` the article that a refusal rests on."""

    verdict: Verdict
    at: datetime
    round: int
    person: str
    seq: int
    citation: Citation | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """One time a desk was asked: from `opened` to `answered`."""

    opened: datetime
    answered: datetime | None = None


@dataclass(frozen=True, slots=True)
class DeskPause:
    """One time a desk let the case wait; `ended` is None while it does."""

    reason: str
    since: datetime
    expected: str
    until: datetime
    limit: bool = False
    ended: datetime | None = None


@dataclass(frozen=True, slots=True)
class Desk:
    """A desk that was ever asked. `answer` is None while it is open, and where the file changed under an approval."""

    stage: str
    place: int
    agency: str
    role: str | None
    duration: Duration | None
    due: datetime | None
    inspection: bool
    turns: tuple[Turn, ...]
    again: Again | None = None
    answer: Answer | None = None
    items: tuple[RepairItem, ...] = ()  # what it asks to be repaired, with its answer
    open: bool = True
    person: str | None = None
    visit: str | None = None
    reported: bool = False
    looked: int | None = None  # the last round in which it answered
    pauses: tuple[DeskPause, ...] = ()

    @property
    def paused(self) -> DeskPause | None:
        """Return the pause that lasts, None while the desk works."""
        return self.pauses[-1] if self.open and self.pauses and self.pauses[-1].ended is None else None

    @property
    def key(self) -> tuple[str, int]:
        """Return stage and place."""
        return self.stage, self.place


@dataclass(frozen=True, slots=True)
class AtStage:
    """Desks of this stage are asked, `since` when. `signing` has asked for the signature at `signing_at`, and it has
    not come yet; `failed` says why it did not."""

    stage: str
    signature: bool = False
    outside: bool = False
    notice_until: datetime | None = None
    signing: str | None = None
    failed: str | None = None
    since: datetime | None = None
    signing_at: int | None = None


@dataclass(frozen=True, slots=True)
class InRepair:
    """The applicant repairs `items` until `due`."""

    items: tuple[RepairItem, ...]
    due: datetime
    since: datetime


@dataclass(frozen=True, slots=True)
class AwaitingPayment:
    """The bill must be paid first."""

    since: datetime


@dataclass(frozen=True, slots=True)
class WithPerson:
    """The engine concluded nothing; somebody of the office has to have it decided again. `closing` is the stage whose
    outcome could not be told."""

    reason: str
    closing: str | None = None


@dataclass(frozen=True, slots=True)
class AtEnd:
    """Decided."""

    status: str


Position = AtStage | InRepair | AwaitingPayment | WithPerson | AtEnd


@dataclass(frozen=True, slots=True)
class Account:
    """What is owed for one fee and what came in for it, in whole rupiah. `references` are the bank's, each once;
    `waived` and `digest` are of the bill that stands; `fee` is the code of one fee among several. `stands_on`: it was
    made under an earlier version, and stands as long as these questions are answered as they were."""

    due: int
    kind: str
    collector: str | None
    paid: int = 0
    references: tuple[str, ...] = ()
    waived: int = 0
    digest: str = ""
    stands_on: tuple[str, ...] | None = None
    fee: str = ""

    @property
    def open(self) -> int:
        """Return what is still to be paid."""
        return max(0, self.due - self.waived - self.paid)

    @property
    def over(self) -> int:
        """Return what was paid too much."""
        return max(0, self.paid + self.waived - self.due)


@dataclass(frozen=True, slots=True)
class PausedDesk:
    """The desk at `place` of `stage` that lets the case wait, and why; `limit`: the legal limit waits too."""

    stage: str
    place: int
    reason: str
    limit: bool = False


@dataclass(frozen=True, slots=True)
class Stop:
    """Time in which the clock stood still: the applicant's, an outside body's, or that of a desk which paused. `end` is
    None while it lasts."""

    start: datetime
    end: datetime | None
    holder: HolderKind
    repair: bool = False
    pause: PausedDesk | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What was another after a repair of this round."""

    round: int
    targets: tuple[Target, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A list that went out to the applicant in this round, or back inside the office to the stage `to`."""

    round: int
    items: tuple[RepairItem, ...]
    to: str | None = None


@dataclass(frozen=True, slots=True)
class Duty:
    """One of the things that no two of which one person may do in a case (security, T31)."""

    person: str
    duty: str


@dataclass(frozen=True, slots=True)
class Objection:
    """An objection to what a public notice of `stage` announced; `answered` is the event that answers it."""

    number: int
    stage: str
    at: datetime
    answered: int | None = None


@dataclass(frozen=True, slots=True)
class SentOut:
    """A product that was issued at a stage while the case went on, with its file."""

    product: NumberedProduct
    stage: str
    at: datetime
    file: SignedFile | None = None


@dataclass(frozen=True, slots=True)
class Collection:
    """When a letter was fetched at the office, by whom, and who of the office handed it over; beside event `seq` stands
    the name."""

    at: datetime
    receiver: Receiver
    person: str
    seq: int


@dataclass(frozen=True, slots=True)
class CaseState:
    """The state of one case after event `seq`."""

    permit: str
    version: str
    release: str
    calendar: str  # the release whose calendar the dates follow
    filed_at: datetime
    root: str  # where the way begins: the first stage, or where a refusal leads
    door: str
    position: Position
    seq: int = 0
    desks: tuple[Desk, ...] = ()
    refusal: Citation | None = None
    completed_at: datetime | None = None
    promised: Duration | None = None
    promise: datetime | None = None
    legal: datetime | None = None
    provisional: bool = False
    noticed: tuple[str, ...] = ()  # stages whose public notice is over
    rounds: int = 0
    asked: tuple[Asked, ...] = ()
    changes: tuple[Change, ...] = ()
    accounts: tuple[Account, ...] = field(default=(), metadata={ALONE: "account"})  # one for each fee billed
    products: tuple[NumberedProduct, ...] = ()
    files: tuple[SignedFile, ...] = ()
    valid_until: str | None = None
    stops: tuple[Stop, ...] = ()
    spans: tuple[Span, ...] = ()
    duties: tuple[Duty, ...] = ()
    limit_passed: str | None = None
    deemed: str | None = None
    ended_at: datetime | None = None
    bring: tuple[Target, ...] = ()  # handed in before the letter is handed over
    wet: bool = False  # signed on paper
    collected: Collection | None = None
    objections: tuple[Objection, ...] = ()
    surveyed: bool = False
    terms: Terms | None = None  # of its filing, where it has moved to another version since
    moved_by: Citation | None = None  # the law by which it follows the version it does
    law_rounds: int = 0  # how many of the rounds no desk asked for, but a new version
    sent_out: tuple[SentOut, ...] = ()  # products issued before the end; `products` are those of the last signature
    product_dues: tuple[ProductDue, ...] = ()
    taken_back: tuple[str, ...] = ()  # ids of products that were revoked alone

    def objected(self, stage: str) -> tuple[Objection, ...]:
        """Return the objections to what a stage has announced."""
        return tuple(one for one in self.objections if one.stage == stage)

    @property
    def withheld(self) -> bool:
        """Tell whether the letter waits for what must be handed in first."""
        return self.status == ISSUED and bool(self.bring) and self.collected is None

    @property
    def awaits_collection(self) -> bool:
        """Tell whether the office still has to hand the letter over: something is brought, or it is on paper."""
        return self.status == ISSUED and self.collected is None and (self.wet or bool(self.bring))

    def desk(self, stage: str, place: int) -> Desk | None:
        """Return the desk at a place of a stage, None where it was never asked."""
        return next((desk for desk in self.desks if desk.stage == stage and desk.place == place), None)

    @property
    def account(self) -> Account | None:
        """Return the account of a case with one fee, None where nothing was billed yet."""
        assert len(self.accounts) <= 1, "of several fees each has its own"
        return self.accounts[0] if self.accounts else None

    def account_of(self, fee: str) -> Account | None:
        """Return the account of a fee, None where it was not billed yet."""
        return next((account for account in self.accounts if account.fee == fee), None)

    @property
    def owed(self) -> int:
        """Return what is still to be paid of all bills; what was paid too much for one settles no other."""
        return sum(account.open for account in self.accounts)

    @property
    def open_desks(self) -> tuple[Desk, ...]:
        """Return the desks whose answer is awaited, in the order of the catalog."""
        return tuple(sorted((desk for desk in self.desks if desk.open), key=lambda desk: desk.place))

    @property
    def paused_desks(self) -> tuple[Desk, ...]:
        """Return the open desks that let the case wait, in the order of the catalog."""
        return tuple(desk for desk in self.open_desks if desk.paused is not None)

    @property
    def holder(self) -> Holder | None:
        """Return who holds the case now."""
        return self.spans[-1].holder if self.spans else None

    @property
    def stopped(self) -> Stop | None:
        """Return the stop that lasts, None while the clock runs."""
        return self.stops[-1] if self.stops and self.stops[-1].end is None else None

    @property
    def returns(self) -> int:
        """Return how often a desk has sent it back."""
        return self.rounds - self.law_rounds

    @property
    def ended(self) -> bool:
        """Tell whether nothing more will be decided."""
        return isinstance(self.position, AtEnd)

    @property
    def letters(self) -> tuple[SignedFile, ...]:
        """Return what went out as the case ended: the letters of its permit, or the letter that refuses it."""
        if self.status not in (ISSUED, REVOKED, REFUSED):
            return ()
        refused = self.status == REFUSED
        return tuple(file for file in self.files if (file.code == REFUSAL_LETTER) == refused)

    @property
    def issued(self) -> tuple[NumberedProduct, ...]:
        """Return every product that was ever issued, in turn; a letter of refusal is none."""
        last = self.products if self.status in (ISSUED, REVOKED) else ()
        return (*(one.product for one in self.sent_out), *last)

    @property
    def status(self) -> str:
        """Return the one word for where it is: a status of an end, or that of its phase."""
        match self.position:
            case AtStage(signature=True):
                return "penandatanganan"
            case AtStage(stage=stage):
                return REFUSAL_STAGE if stage == REFUSAL_STAGE else "peninjauan"
            case InRepair():
                return "perbaikan"
            case AwaitingPayment():
                return "pembayaran"
            case WithPerson():
                return "keputusan_orang"
            case AtEnd(status):
                return status
