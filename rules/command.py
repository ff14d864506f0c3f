"""What somebody wants to do with a case, and why it can not be done: two closed unions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from rules.case_event import Handed, Identity, Moved, NumberedProduct, Receiver, RepairItem, SignedFile, Target
from rules.citation import Citation


@dataclass(frozen=True, slots=True)
class DecideAnew:
    """Have the engine decide again what it could not."""


@dataclass(frozen=True, slots=True)
class Assign:
    """Give a desk's work to a person, or to oneself."""

    stage: str
    place: int
    person: str


@dataclass(frozen=True, slots=True)
class PlanVisit:
    """Announce a visit for a day (YYYY-MM-DD)."""

    stage: str
    place: int
    day: str


@dataclass(frozen=True, slots=True)
class ReportVisit:
    """Keep the report of a visit; `files` are the sha256 of photos and papers."""

    stage: str
    place: int
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pause:
    """Let the case wait at a desk, for a reason of its list, probably until the day `expected` (YYYY-MM-DD)."""

    stage: str
    place: int
    reason: str
    expected: str


@dataclass(frozen=True, slots=True)
class Resume:
    """Let a desk that waited go on."""

    stage: str
    place: int


@dataclass(frozen=True, slots=True)
class EndPause:
    """Let a desk go on whose longest time to wait is over."""

    stage: str
    place: int


@dataclass(frozen=True, slots=True)
class Note:
    """Note something among officers."""

    stage: str | None = None
    place: int | None = None
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Approve:
    """Recommend. `round` is the one the officer saw; `fields` are the questions of the desk that are answered."""

    stage: str
    place: int
    round: int
    fields: tuple[str, ...] = ()
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Return:
    """Ask for repairs."""

    stage: str
    place: int
    round: int
    items: tuple[RepairItem, ...]


@dataclass(frozen=True, slots=True)
class Refuse:
    """Refuse, by this article."""

    stage: str
    place: int
    round: int
    citation: Citation


@dataclass(frozen=True, slots=True)
class Resubmit:
    """Send in what was repaired: all that is another now, with what it newly asks for, and the names of the facts that
    are another, derived ones too. `beyond` is what should have been left alone."""

    changed: tuple[Target, ...]
    facts: tuple[str, ...]
    beyond: tuple[Target, ...] = ()


@dataclass(frozen=True, slots=True)
class Withdraw:
    """Take the application back."""


@dataclass(frozen=True, slots=True)
class Expire:
    """End a case whose time to repair is over."""


@dataclass(frozen=True, slots=True)
class EndNotice:
    """Go on after a public notice that nobody has to answer."""


@dataclass(frozen=True, slots=True)
class Object:
    """Object to what is announced at a stage; `digest` is that of what is said, which is sealed apart."""

    stage: str
    digest: str


@dataclass(frozen=True, slots=True)
class AnswerObjection:
    """Answer one objection."""

    stage: str
    place: int
    number: int


@dataclass(frozen=True, slots=True)
class Pay:
    """Record money that came in for the bill of a fee: its code, where there are several."""

    reference: str
    amount: int
    paid_at: datetime
    fee: str = ""


@dataclass(frozen=True, slots=True)
class Waive:
    """Confirm that what is still open is waived, by this law, as somebody else has proposed."""

    citation: Citation
    proposed_by: str
    fee: str = ""


@dataclass(frozen=True, slots=True)
class AskSignature:
    """Sign: fresh proof of identity was given. `products` are numbered in the transaction that keeps this."""

    stage: str
    round: int
    products: tuple[NumberedProduct, ...] = ()


@dataclass(frozen=True, slots=True)
class CompleteSignature:
    """The signature is there, asked for at `stage` (None: where the case is); `valid_until` is YYYY-MM-DD where it is
    a date."""

    person: str
    files: tuple[SignedFile, ...]
    wet: bool = False
    valid_until: str | None = None
    stage: str | None = None


@dataclass(frozen=True, slots=True)
class FailSignature:
    """The signing service refused or did not answer in time, asked at `stage` (None: where the case is)."""

    reason: str
    stage: str | None = None


@dataclass(frozen=True, slots=True)
class Revoke:
    """Take an issued permit back; with a `product`, by its id, that one alone."""

    citation: Citation
    product: str | None = None


@dataclass(frozen=True, slots=True)
class Fetch:
    """Fetch an issued product."""

    code: str
    item: int | None = None


@dataclass(frozen=True, slots=True)
class AnswerSurvey:
    """Say how satisfied one is, or that one does not want to: once in a case."""


@dataclass(frozen=True, slots=True)
class Collect:
    """Hand the letter over at the office, to whoever has come and handed in what must be brought."""

    receiver: Receiver
    identity: Identity
    handed: tuple[Handed, ...] = ()


@dataclass(frozen=True, slots=True)
class MoveDues:
    """Let the dates follow the calendar of this release."""

    release: str


@dataclass(frozen=True, slots=True)
class SeeLimit:
    """A sweep of this working day (YYYY-MM-DD) finds the legal limit passed."""

    day: str


@dataclass(frozen=True, slots=True)
class Move:
    """Follow another version from here on, as `moved` says; `items` are what it asks for and was never asked."""

    moved: Moved
    items: tuple[RepairItem, ...] = ()


Command = (
    DecideAnew
    | Assign
    | PlanVisit
    | ReportVisit
    | Pause
    | Resume
    | EndPause
    | Note
    | Approve
    | Return
    | Refuse
    | Resubmit
    | Withdraw
    | Expire
    | EndNotice
    | Object
    | AnswerObjection
    | Pay
    | Waive
    | AskSignature
    | CompleteSignature
    | FailSignature
    | Revoke
    | Fetch
    | Collect
    | AnswerSurvey
    | MoveDues
    | SeeLimit
    | Move
)


@dataclass(frozen=True, slots=True)
class NotNow:
    """The case is not where this can be done; `status` says where it is."""

    status: str


@dataclass(frozen=True, slots=True)
class DeskClosed:
    """The desk is not asked any more: somebody has answered, or the case went on. `by` is who answered."""

    by: str | None


@dataclass(frozen=True, slots=True)
class AnotherRound:
    """The file was repaired meanwhile: it must be looked at again."""


@dataclass(frozen=True, slots=True)
class NotYourDesk:
    """The desk belongs to another agency or role."""


@dataclass(frozen=True, slots=True)
class GivenToAnother:
    """The desk's work was given to another person."""

    person: str


@dataclass(frozen=True, slots=True)
class OneDutyEach:
    """This person has already done another of the duties that nobody may do two of."""

    duty: str


@dataclass(frozen=True, slots=True)
class TwoPeopleNeeded:
    """Who proposed this may not confirm it."""


@dataclass(frozen=True, slots=True)
class VisitNotReported:
    """The visit must be reported first."""


@dataclass(frozen=True, slots=True)
class PausedNow:
    """The desk lets the case wait, at most until then: it must go on first."""

    until: datetime


@dataclass(frozen=True, slots=True)
class NoMorePauses:
    """So often a desk may let a case wait for this reason, and it did."""

    at_most: int


@dataclass(frozen=True, slots=True)
class PauseTooLong:
    """The day on which it probably goes on is over, or after the longest time to wait."""

    until: datetime


@dataclass(frozen=True, slots=True)
class NotHandedIn:
    """These must be handed in before the letter is handed over."""

    targets: tuple[Target, ...]


@dataclass(frozen=True, slots=True)
class CollectedAlready:
    """The letter was handed over already, by this officer."""

    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class NotAnsweredYet:
    """These questions of the desk must be answered first."""

    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NoMoreRounds:
    """So often may be returned, and it was."""

    at_most: int


@dataclass(frozen=True, slots=True)
class RaisedTooLate:
    """These could have been raised at the first look, and no repair has changed them."""

    targets: tuple[Target, ...]


@dataclass(frozen=True, slots=True)
class NothingListed:
    """A return says what is to be repaired."""


@dataclass(frozen=True, slots=True)
class BeyondTheList:
    """These were not asked to be repaired."""

    targets: tuple[Target, ...]


@dataclass(frozen=True, slots=True)
class NoticeRuns:
    """The public notice is not over."""

    until: datetime


@dataclass(frozen=True, slots=True)
class NoticeOver:
    """The public notice is over, or there is none at this stage; `until` is when it ended, where it is known."""

    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class ObjectionsOpen:
    """These objections must be answered first."""

    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TimeLeft:
    """The time to repair is not over."""

    until: datetime


@dataclass(frozen=True, slots=True)
class PaidAlready:
    """This reference of the bank is there already."""


@dataclass(frozen=True, slots=True)
class UnknownLaw:
    """The article is not among those that the permit rests on."""


@dataclass(frozen=True, slots=True)
class Signing:
    """A signature was asked for and has not come yet; nothing else can be done meanwhile."""


@dataclass(frozen=True, slots=True)
class Stranded:
    """Moved to that version the case would have no way on."""

    reason: str


@dataclass(frozen=True, slots=True)
class NeedsProduct:
    """What is to be signed needs this product, by its code, and it is not issued or holds no more."""

    code: str


@dataclass(frozen=True, slots=True)
class NothingToDo:
    """It is as it should be already."""


Refusal = (
    NotNow
    | DeskClosed
    | AnotherRound
    | NotYourDesk
    | GivenToAnother
    | OneDutyEach
    | TwoPeopleNeeded
    | VisitNotReported
    | PausedNow
    | NoMorePauses
    | PauseTooLong
    | NotHandedIn
    | CollectedAlready
    | NotAnsweredYet
    | NoMoreRounds
    | RaisedTooLate
    | NothingListed
    | BeyondTheList
    | NoticeRuns
    | NoticeOver
    | ObjectionsOpen
    | TimeLeft
    | PaidAlready
    | UnknownLaw
    | Signing
    | Stranded
    | NeedsProduct
    | NothingToDo
)
