"""What can happen to a case: a closed union of events, each with what was concluded when it happened.

Gains a history from which the state follows alone (`rules.case_fold`), without facts, engine or calendar. Loses every
personal value: what was answered or noted stands beside the event, under the applicant's own key, and is named here by
the codes of its questions only.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from rules.citation import Citation
from rules.duration import Duration


@dataclass(frozen=True, slots=True)
class Actor:
    """Who caused an event: a NIP with the post held then, the applicant, or the system itself."""

    person: str
    role: str
    agency: str | None = None


APPLICANT = Actor("pemohon", "pemohon")
PUBLIC = Actor("umum", "umum")  # somebody who is not part of the case
SYSTEM = Actor("sistem", "sistem")


class Verdict(StrEnum):
    """What a desk answers."""

    APPROVED = "setuju"
    RETURNED = "kembali"
    REFUSED = "tolak"


class ItemKind(StrEnum):
    """What can be asked to be repaired."""

    FIELD = "isian"
    DOCUMENT = "dokumen"


class RepairReason(StrEnum):
    """Why something must be repaired: a closed list, so that nobody is sent home for a reason of the day."""

    UNREADABLE = "tidak_terbaca"
    INCOMPLETE = "tidak_lengkap"
    DIFFERS = "tidak_sesuai"
    EXPIRED = "kedaluwarsa"
    ANOTHER = "dokumen_lain"
    MISTAKEN = "keliru"
    REGULATION = "peraturan_baru"  # no officer's: the version that the case follows now asks for it


class Again(StrEnum):
    """Why a desk looks again after a repair (catalog language, section 2)."""

    ASKED = "meminta"
    NEWLY = "baru_diminta"
    QUESTION_CHANGED = "pertanyaan_berubah"


@dataclass(frozen=True, slots=True)
class DeskAsked:
    """A desk that is asked: the reviewer at `place` of the stage. `due` is in UTC, None where nothing was promised;
    `inspection`: they come and look; `again` is None at the first look."""

    place: int
    agency: str
    role: str | None
    duration: Duration | None
    due: datetime | None
    inspection: bool = False
    again: Again | None = None


@dataclass(frozen=True, slots=True)
class RepairItem:
    """One thing to repair, asked for by the desk at `place` of `stage`; `item` counts a `daftar`'s items from 0."""

    kind: ItemKind
    code: str
    reason: RepairReason
    stage: str
    place: int
    item: int | None = None

    @property
    def target(self) -> Target:
        """Return what is to be repaired, whoever asked."""
        return Target(self.kind, self.code, self.item)


@dataclass(frozen=True, slots=True, order=True)
class Target:
    """A question or a document of the application."""

    kind: ItemKind
    code: str
    item: int | None = None


@dataclass(frozen=True, slots=True)
class NumberedProduct:
    """A product with its number: `id` is unguessable and stands in its QR; `item` counts a `daftar`'s items from 0."""

    code: str
    id: str
    number: str
    year: int
    sequence: int
    item: int | None = None


@dataclass(frozen=True, slots=True)
class Filed:
    """The application came in at the one door, the agency `door`; its way begins at stage `first`."""

    permit: str
    version: str
    release: str
    first: str
    door: str = "dpmptsp"


@dataclass(frozen=True, slots=True)
class ProductDue:
    """Until when a product is promised, `promised` long; None while what it needs is not issued yet."""

    code: str
    promised: Duration
    due: datetime | None


@dataclass(frozen=True, slots=True)
class DuesSet:
    """Until when the promise (`promised` long), the legal limit and the products that have a promise of their own run,
    by the calendar of `release`; None where not running yet. `moved`: the calendar changed under way."""

    promised: Duration | None
    promise: datetime | None
    legal: datetime | None
    release: str
    provisional: bool = False
    moved: bool = False
    products: tuple[ProductDue, ...] = ()


@dataclass(frozen=True, slots=True)
class DeskDue:
    """The new date of one open desk."""

    place: int
    due: datetime


@dataclass(frozen=True, slots=True)
class DesksMoved:
    """The calendar changed, and with it what open desks were promised for, the applicant's time to repair, or the
    end of a public notice."""

    desks: tuple[DeskDue, ...] = ()
    repair: datetime | None = None
    notice: datetime | None = None


@dataclass(frozen=True, slots=True)
class StageOpened:
    """These desks are asked; `kept` are the places whose earlier approval stands. `signature`, `outside` as the
    catalog says; a public notice runs until `notice_until`."""

    stage: str
    desks: tuple[DeskAsked, ...]
    kept: tuple[int, ...] = ()
    signature: bool = False
    outside: bool = False
    notice_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class ObjectionMade:
    """Somebody who is not part of the case objected to what is announced: `number` counts from 1 in the case. Who, and
    in which words, is kept apart under a key of their own; `digest` is that of what is sealed there."""

    number: int
    digest: str


@dataclass(frozen=True, slots=True)
class NoticeEnded:
    """A public notice is over, and somebody has objected: the desks of its stage are to answer."""

    stage: str


@dataclass(frozen=True, slots=True)
class ObjectionAnswered:
    """A desk has answered an objection; its words are private."""

    place: int
    number: int


@dataclass(frozen=True, slots=True)
class Assigned:
    """A desk's work was given to one person; `reason` for taking it from another is beside, in private."""

    place: int
    person: str


@dataclass(frozen=True, slots=True)
class DeskPaused:
    """A desk lets the case wait for a reason of its closed list, probably until the day `expected` (YYYY-MM-DD), never
    longer than `until`. `limit`: the legal limit stands still too, as a law of the catalog says."""

    place: int
    reason: str
    expected: str
    until: datetime
    limit: bool = False


@dataclass(frozen=True, slots=True)
class DeskResumed:
    """A desk goes on, and has until `due`. `overdue`: nobody resumed it, its longest time was over."""

    place: int
    due: datetime | None = None
    overdue: bool = False


@dataclass(frozen=True, slots=True)
class VisitPlanned:
    """A visit on the spot was announced for this day (YYYY-MM-DD)."""

    place: int
    day: str


@dataclass(frozen=True, slots=True)
class VisitReported:
    """The report of a visit (berita acara); its text is private, `files` are the sha256 of photos."""

    place: int
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Noted:
    """A note among officers; the text is private."""

    place: int | None = None
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DeskAnswered:
    """A desk has answered. `fields` are the questions it answered, `items` what is to be repaired, `citation` the
    article that a refusal rests on; words are private."""

    place: int
    verdict: Verdict
    fields: tuple[str, ...] = ()
    items: tuple[RepairItem, ...] = ()
    citation: Citation | None = None
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StageClosed:
    """Every desk asked has answered. `leads`: where a refusal goes; `reopens`: the stage that a return goes back to
    inside the office (`perbaiki:` names it), None where it goes to the applicant."""

    stage: str
    outcome: Verdict
    leads: str | None = None
    reopens: str | None = None


@dataclass(frozen=True, slots=True)
class Completed:
    """The file was found complete and right: the legal limit begins (facts, C1)."""


@dataclass(frozen=True, slots=True)
class RepairAsked:
    """One list went out to the applicant, who has until `due`."""

    items: tuple[RepairItem, ...]
    due: datetime


@dataclass(frozen=True, slots=True)
class DeskMoved:
    """The desk at `place` of `stage` goes on as the one at `to_place` of `to`; `stands`: what it answered counts on."""

    stage: str
    place: int
    to: str
    to_place: int
    stands: bool = True


@dataclass(frozen=True, slots=True)
class Terms:
    """What a case keeps of the version it was filed under, whichever it follows: what it was promised and the legal
    limit, whether a repair lets them start anew, and the quotas in which it holds a place."""

    version: str
    release: str
    promised: Duration | None
    legal: Duration
    restarts: bool
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Moved:
    """From here on the case follows `version`, as it is in `release`, by this law; its way begins at `first`. A desk
    that is not among `desks` is asked no more, and its answer is gone with it; `stages` says which is which now.
    `assessed`: a bill that was made stands as long as these questions are answered as they were."""

    version: str
    release: str
    citation: Citation
    first: str
    terms: Terms
    stages: tuple[tuple[str, str], ...] = ()
    desks: tuple[DeskMoved, ...] = ()
    items: tuple[RepairItem, ...] = ()  # of a list that is out already, those that this version asks for too
    assessed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Resubmitted:
    """The applicant repaired. `changed` is all that is another now, with what it newly asks for; `dropped` are desks
    (stage, place) whose question it changed, so that their approval no longer stands, and `announced_anew` the stages
    whose public notice has told people something else."""

    changed: tuple[Target, ...]
    dropped: tuple[tuple[str, int], ...] = ()
    announced_anew: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BillIssued:
    """An assessment in whole rupiah; nought is a nil assessment (SKRD nihil). It replaces an earlier one of its fee,
    whose code is `fee` where there are several."""

    due: int
    kind: str
    collector: str | None
    digest: str
    fee: str = ""


@dataclass(frozen=True, slots=True)
class PaymentAwaited:
    """Nothing goes on until every bill that is due before is paid."""


@dataclass(frozen=True, slots=True)
class Paid:
    """Money came in for the bill of a fee, under this reference of the bank."""

    reference: str
    amount: int
    paid_at: datetime
    fee: str = ""


@dataclass(frozen=True, slots=True)
class Waived:
    """This much of the bill of a fee need not be paid, by this law: one person proposed it, another, who caused this,
    confirmed it."""

    amount: int
    citation: Citation
    proposed_by: str
    fee: str = ""


@dataclass(frozen=True, slots=True)
class SignatureAsked:
    """The signatory at `place` has proved who they are and asked for the signature; the numbers are taken."""

    person: str
    products: tuple[NumberedProduct, ...] = ()
    place: int = 0


@dataclass(frozen=True, slots=True)
class SignatureFailed:
    """The signing service refused or did not answer; the case waits for another try or a signature on paper."""

    reason: str


@dataclass(frozen=True, slots=True)
class SignedFile:
    """A signed product as bytes: `sha256` of what was issued."""

    code: str
    sha256: str
    item: int | None = None


@dataclass(frozen=True, slots=True)
class Signed:
    """The products are signed: electronically, or on paper (`wet`) with the scan kept."""

    person: str
    files: tuple[SignedFile, ...]
    wet: bool = False


@dataclass(frozen=True, slots=True)
class ProductsIssued:
    """These products went out with the signature of `stage`, while the case goes on."""

    stage: str
    products: tuple[NumberedProduct, ...]
    files: tuple[SignedFile, ...]


@dataclass(frozen=True, slots=True)
class Issued:
    """The permit is issued, with these products; `valid_until` is YYYY-MM-DD, None where it is not a date. `bring` must
    be handed in before the letter is handed over."""

    products: tuple[NumberedProduct, ...]
    valid_until: str | None = None
    bring: tuple[Target, ...] = ()


class Receiver(StrEnum):
    """Who fetched a letter at the office."""

    APPLICANT = "pemohon"
    PROXY = "kuasa"


class Identity(StrEnum):
    """What whoever fetched it has shown."""

    KTP = "ktp"
    SIM = "sim"
    PASSPORT = "paspor"
    LETTER = "surat_kuasa_dan_ktp"


@dataclass(frozen=True, slots=True)
class Handed:
    """A document that was handed in: itself, or the document `instead` of it, as it was lost."""

    target: Target
    instead: str | None = None


@dataclass(frozen=True, slots=True)
class Collected:
    """The letter was handed over at the office, once all that must be brought was handed in. The name of whoever came
    is private."""

    receiver: Receiver
    identity: Identity
    handed: tuple[Handed, ...] = ()


@dataclass(frozen=True, slots=True)
class Ended:
    """Nothing more will be decided: terbit, ditolak, dibatalkan, kedaluwarsa, or an end of the catalog's own."""

    status: str


@dataclass(frozen=True, slots=True)
class Revoked:
    """An issued permit was taken back, by this article; the reason is private."""

    citation: Citation


@dataclass(frozen=True, slots=True)
class ProductRevoked:
    """One product, by its `id`, was taken back by this article, and nothing else with it; the reason is private."""

    id: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class Downloaded:
    """The applicant fetched a product."""

    code: str
    item: int | None = None


@dataclass(frozen=True, slots=True)
class Surveyed:
    """The applicant has been asked how satisfied they are. What they said, or that they said nothing, is not here."""


@dataclass(frozen=True, slots=True)
class LimitPassed:
    """A sweep saw the legal limit passed on this working day (YYYY-MM-DD) with a complete file."""

    day: str


@dataclass(frozen=True, slots=True)
class DeemedFlagged:
    """A second sweep on another working day saw it too: fiktif positif is put before people, never granted."""

    day: str


@dataclass(frozen=True, slots=True)
class LeftToPerson:
    """The engine failed or disagreed with the reference: nothing was concluded, somebody has to look. `closing` is the
    stage whose desks have all answered, and whose outcome could not be told."""

    reason: str
    closing: str | None = None


Event = (
    Filed
    | DuesSet
    | DesksMoved
    | StageOpened
    | ObjectionMade
    | NoticeEnded
    | ObjectionAnswered
    | Assigned
    | DeskPaused
    | DeskResumed
    | VisitPlanned
    | VisitReported
    | Noted
    | DeskAnswered
    | StageClosed
    | Completed
    | RepairAsked
    | Resubmitted
    | BillIssued
    | PaymentAwaited
    | Paid
    | Waived
    | SignatureAsked
    | SignatureFailed
    | Signed
    | ProductsIssued
    | Issued
    | Ended
    | Revoked
    | ProductRevoked
    | Downloaded
    | Collected
    | Surveyed
    | LimitPassed
    | DeemedFlagged
    | LeftToPerson
    | Moved
)


@dataclass(frozen=True, slots=True)
class Happened:
    """An event with its number in the case (from 1), its moment, and who caused it."""

    seq: int
    at: datetime
    by: Actor
    event: Event
