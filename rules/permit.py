"""One version of one permit, whole: what the officer wrote, with no place, no file and no YAML left in it.

The reader builds it, the lowering writes it to `rules.json`, the runtime reads it back. Everything that is decided for
an application is decided from this and the `City` it belongs to.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import assert_never

from rules.citation import Citation
from rules.city import City, Survey
from rules.condition.tree import ALWAYS, Condition
from rules.duration import Duration
from rules.field import Derived, Field, Option, Section
from rules.table import Table
from rules.words import Words


@dataclass(frozen=True, slots=True)
class Requirement:
    """A document that must be given when `when` holds; `note` adds words for this permit; `for_each` names a `daftar`
    for whose items one each is asked. `sets` are how many copies, `paper` is their size (A3, F4), and `at_collection`
    one that is not uploaded but handed in when the letter is fetched; `instead` may be handed in where it is lost."""

    document: str
    when: Condition = ALWAYS
    note: Words | None = None
    for_each: str | None = None
    citation: Citation | None = None
    sets: int = 1
    paper: str | None = None
    at_collection: bool = False
    instead: tuple[str, ...] = ()

    @property
    def said(self) -> Words | None:
        """Say what is asked of the document beside its name: its note, how many copies, on which paper."""
        parts = [] if self.note is None else [self.note]
        if self.sets > 1:
            parts.append(Words(f"{self.sets} rangkap", f"{self.sets} copies"))
        if self.paper is not None:
            parts.append(Words(f"kertas {self.paper}", f"paper of size {self.paper}"))
        if not parts:
            return None
        return Words("; ".join(part.id for part in parts), "; ".join(part.to("en") for part in parts))


@dataclass(frozen=True, slots=True)
class Refusal:
    """A rule of eligibility: when it holds the application is refused before it is filed, in these words."""

    when: Condition
    message: Words
    citation: Citation


class QuotaPeriod(StrEnum):
    """What a quota is counted in, by the day of filing in the city."""

    DAY = "hari"
    MONTH = "bulan"
    YEAR = "tahun"


@dataclass(frozen=True, slots=True)
class Quota:
    """So many applications for which `when` holds are taken in a period, and no more, with the reason in words. One
    that ends without a permit gives its place back."""

    at_most: int
    period: QuotaPeriod
    message: Words
    citation: Citation
    when: Condition = ALWAYS

    def series(self, permit: str, index: int, day: date) -> str:
        """Name what is counted: this quota of this permit, in the period that a day lies in."""
        shown = {QuotaPeriod.DAY: day.isoformat(), QuotaPeriod.MONTH: f"{day:%Y-%m}", QuotaPeriod.YEAR: f"{day:%Y}"}
        return f"kuota:{permit}:{index}:{shown[self.period]}"


@dataclass(frozen=True, slots=True)
class PauseReason:
    """Why a desk may let a case wait: blank cards have run out. It waits `at_most` so long, `times` in one case,
    and the promise stands still; the legal limit runs on, unless `limit_stops` names the law by which it waits too."""

    code: str
    reason: Words
    citation: Citation
    at_most: Duration
    times: int = 1
    limit_stops: Citation | None = None


@dataclass(frozen=True, slots=True)
class Reviewer:
    """A desk that answers for a stage: `agency`, or `dpmptsp` with a `role` such as `front_office`.

    `duration` and `inspection` may depend on the answers; `officer_fields` are answered by this desk, and `pauses` are
    the reasons for which it may let a case wait.
    """

    agency: str
    role: str | None = None
    when: Condition = ALWAYS
    duration: Table[Duration] | None = None
    inspection: Table[bool] | None = None
    officer_fields: tuple[Field, ...] = ()
    pauses: tuple[PauseReason, ...] = ()


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of `alur`. `end` is set on a final stage and on no other (`terbit`, `ditolak`, …); else `approved`
    names the next stage. `returned` and `refused` are None for the built-in ways (`perbaikan`, `penolakan`).

    A public notice (`notice`) shows the questions `announced`. With `objections` anybody may object while it runs, and
    the stage's desks are asked once it is over, where somebody has: they answer each of them."""

    code: str
    name: Words | None = None
    reviewers: tuple[Reviewer, ...] = ()
    side_by_side: bool = False
    approved: Table[str] | None = None
    returned: str | None = None
    refused: str | None = None
    signature: bool = False
    outside: bool = False
    notice: Duration | None = None
    end: str | None = None
    announced: tuple[str, ...] = ()
    objections: bool = False


@dataclass(frozen=True, slots=True)
class Repair:
    """The applicant's time to repair. `restarts`: the clock starts anew (`ulang`) instead of running on."""

    duration: Duration
    restarts: bool = False
    at_most: int = 2


@dataclass(frozen=True, slots=True)
class LegalLimit:
    """The limit after which an application is deemed granted (fiktif positif), counted from completeness."""

    duration: Duration
    citation: Citation


@dataclass(frozen=True, slots=True)
class Constant:
    """A plain number."""

    value: Decimal


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula, as text of the formula language (`rules.formula`)."""

    text: str


@dataclass(frozen=True, slots=True)
class TariffValue:
    """A dated value of the tariff `code` (and `item`, where the tariff has several), as on the filing date."""

    code: str
    item: str | None = None


Amount = Constant | Formula | TariffValue


@dataclass(frozen=True, slots=True)
class Factor:
    """A named number a formula may use. `for_each`: decided anew for each item of that `daftar`. `label` is what it is
    called on a bill, its code where it is None."""

    code: str
    value: Table[Amount]
    for_each: str | None = None
    citation: Citation | None = None
    label: Words | None = None


@dataclass(frozen=True, slots=True)
class Component:
    """A line of the bill; with `for_each`, one line per item of that `daftar`."""

    name: Words
    amount: Table[Amount]
    for_each: str | None = None
    citation: Citation | None = None


@dataclass(frozen=True, slots=True)
class Exemption:
    """When it holds nothing is to be paid, by this law."""

    when: Condition
    citation: Citation
    reason: Words | None = None


class FeeKind(StrEnum):
    """Retribusi is assessed by SKRD, a tax by SKPD."""

    RETRIBUTION = "retribusi"
    TAX = "pajak"


class PayWhen(StrEnum):
    """Before or after the permit is issued."""

    BEFORE = "sebelum_terbit"
    AFTER = "sesudah_terbit"


@dataclass(frozen=True, slots=True)
class Free:
    """Nothing is to be paid (`gratis`)."""

    citation: Citation | None = None


@dataclass(frozen=True, slots=True)
class Fee:
    """How a bill is made. The sum is rounded once, half up, to a multiple of `round_to` rupiah. Where a permit has
    several, each has a `code` of its own and a `name`; the only one has none."""

    citation: Citation
    factors: tuple[Factor, ...]
    components: tuple[Component, ...]
    exemptions: tuple[Exemption, ...] = ()
    round_to: int = 1
    kind: FeeKind = FeeKind.RETRIBUTION
    pay: PayWhen = PayWhen.BEFORE
    collector: str | None = None
    code: str = ""
    name: Words | None = None

    @property
    def rules(self) -> str:
        """Return what the ids of its rules begin with."""
        return f"retribusi/{self.code}" if self.code else "retribusi"

    @property
    def tables(self) -> Iterator[Table[Amount]]:
        """Yield the tables of its factors, then those of its components."""
        yield from (factor.value for factor in self.factors)
        yield from (component.amount for component in self.components)

    @property
    def tariffs(self) -> Iterator[TariffValue]:
        """Yield the dated values that it is counted by."""
        for table in self.tables:
            yield from (row.value for row in table.rows if isinstance(row.value, TariffValue))


@dataclass(frozen=True, slots=True)
class Fees:
    """Several fees, each with its own bill, law, collector and moment."""

    each: tuple[Fee, ...]


@dataclass(frozen=True, slots=True)
class Lasting:
    """Valid for a length of time from issue."""

    duration: Duration


@dataclass(frozen=True, slots=True)
class UntilField:
    """Valid until the date answered in a field."""

    field: str


@dataclass(frozen=True, slots=True)
class Earliest:
    """Valid until the earliest of several; one that cannot be told (its field is unanswered) does not count."""

    ends: tuple[Lasting | UntilField, ...]


@dataclass(frozen=True, slots=True)
class AsLongAs:
    """Valid as long as something lasts (`selama_usaha`, or in words)."""

    words: Words


Validity = Lasting | UntilField | Earliest | AsLongAs


@dataclass(frozen=True, slots=True)
class Product:
    """What is issued where `when` holds. `number` is a pattern with `{urut} {bulan_romawi} {tahun}`; `for_each` issues
    one per item. It goes out with the signature of `stage`, None for the last one before the permit; `needs` is the
    product that goes out before, `replaces` the provisional one that ends with this one. `duration` is its own promise,
    from filing or from the issue of what it needs; `validity` its own, None for the permit's."""

    code: str
    name: Words
    template: str | None = None
    number: str | None = None
    for_each: str | None = None
    stage: str | None = None
    needs: str | None = None
    replaces: str | None = None
    when: Condition = ALWAYS
    duration: Table[Duration] | None = None
    validity: Table[Validity] | None = None


@dataclass(frozen=True, slots=True)
class Moving:
    """Open cases of the version before follow this one from its first day on (`peralihan: pindah`), by `citation`
    (None: by the law that it newly rests on). `stages`: which stage of before is which of now, where the names differ.
    `refused_stay`: whose answers this version would refuse stays on the one before."""

    stages: tuple[tuple[str, str], ...] = ()
    refused_stay: bool = False
    citation: Citation | None = None


@dataclass(frozen=True, slots=True)
class Permit:
    """One version of a permit. `fields` holds every question of the form flat and in order, the built-in
    `permohonan` first; `standard` holds the written components of the service standard by key (`pengaduan`, …)."""

    code: str
    official_code: str | None
    name: Words
    kind: str  # izin | nonizin | layanan
    valid_from: str  # YYYY-MM-DD
    valid_until: str | None
    delegation: Citation | None
    legal_limit: LegalLimit
    legal_basis: tuple[Citation, ...]
    applications: tuple[Option, ...]
    validity: Table[Validity] | None
    sections: tuple[Section, ...]
    fields: tuple[Field, ...]
    derived: tuple[Derived, ...]
    requirements: tuple[Requirement, ...]
    eligibility: tuple[Refusal, ...]
    stages: tuple[Stage, ...]
    promise: Table[Duration]
    repair: Repair
    fee: Fee | Fees | Free
    products: tuple[Product, ...]
    standard: tuple[tuple[str, Words], ...]
    evidence: tuple[tuple[str, str], ...]
    sources: tuple[str, ...]
    search_words: tuple[str, ...] = ()
    summary: Words | None = None
    quotas: tuple[Quota, ...] = ()
    moving: Moving | None = None
    survey: Survey | None = None  # None: as the city says

    def survey_before(self, city: City) -> Survey | None:
        """Return the survey that is asked for before the letter is fetched, None where it is not."""
        found = self.survey or city.survey
        return found if found is not None and found.before_download else None

    def product(self, code: str) -> Product | None:
        """Return a product by its code."""
        return next((product for product in self.products if product.code == code), None)

    def provisional(self, code: str) -> bool:
        """Tell whether a product holds only until another one, or the end of the case, takes its place."""
        return any(product.replaces == code for product in self.products)

    def pause_reason(self, stage: str, place: int, code: str) -> PauseReason | None:
        """Return a reason for which the desk at a place of a stage may let a case wait."""
        reviewers = next((one.reviewers for one in self.stages if one.code == stage), ())
        pauses = reviewers[place].pauses if 0 <= place < len(reviewers) else ()
        return next((pause for pause in pauses if pause.code == code), None)

    def pause_told(self, stage: str, place: int, code: str) -> PauseReason | None:
        """Return the reason for which a desk let a case wait, also where the desk has moved since, with its version."""
        known = (pause for each in self.stages for desk in each.reviewers for pause in desk.pauses)
        return self.pause_reason(stage, place, code) or next((pause for pause in known if pause.code == code), None)

    @property
    def fees(self) -> tuple[Fee, ...]:
        """Return every fee, in the order of the catalog: none where nothing is to be paid."""
        match self.fee:
            case Fee() as only:
                return (only,)
            case Fees(each):
                return each
            case Free():
                return ()
            case _:
                assert_never(self.fee)

    @property
    def officer_fields(self) -> Iterator[Field]:
        """Yield the questions that reviewers answer."""
        for stage in self.stages:
            for reviewer in stage.reviewers:
                yield from reviewer.officer_fields
