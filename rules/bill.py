"""A bill: its lines with all they were made from, and, where an amount can not be told yet, whose turn it is.

Gains an assessment that can be checked by hand years later; every amount is exact until the one rounding of the sum.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from rules.citation import Citation
from rules.permit import FeeKind, PayWhen
from rules.words import Words


class Origin(StrEnum):
    """Where a value of a bill comes from."""

    ANSWER = "jawaban"
    OFFICER = "petugas"
    DERIVED = "turunan"
    FACTOR = "faktor"
    TARIFF = "tarif"
    FILED_ON = "tanggal_berkas"


@dataclass(frozen=True, slots=True)
class BillInput:
    """A value that went into a line. A factor rests on law (`citation`); a tariff also has the day it is in force
    from and its mark of evidence; a factor given by a formula has inputs of its own. `value` is a number, a date, or
    the numbers of the items of a `daftar`."""

    code: str
    label: Words
    value: Fraction | str | tuple[Fraction, ...]
    origin: Origin
    unit: str | None = None
    citation: Citation | None = None
    since: str | None = None
    evidence: str | None = None
    formula: Words | None = None
    inputs: tuple[BillInput, ...] = ()


@dataclass(frozen=True, slots=True)
class SetByOfficer:
    """An officer has not answered yet: «ditetapkan oleh …»."""

    code: str
    label: Words
    agency: str
    agency_name: Words
    citation: Citation


@dataclass(frozen=True, slots=True)
class NotAnswered:
    """The applicant has not answered this."""

    code: str
    label: Words


@dataclass(frozen=True, slots=True)
class NoTariff:
    """The tariff has no value on the filing date."""

    code: str
    item: str | None
    name: Words
    on: date


@dataclass(frozen=True, slots=True)
class NoRow:
    """No row of this table holds."""

    table: Words


@dataclass(frozen=True, slots=True)
class SeveralRows:
    """More than one row of this table holds, where one was meant to; rows are counted from 1."""

    table: Words
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class DividesByNought:
    """The formula of this line or factor divides by nought."""

    formula: Words


@dataclass(frozen=True, slots=True)
class NotANumber:
    """This value is no number a fee can be made of."""

    code: str
    label: Words


@dataclass(frozen=True, slots=True)
class FactorsInACircle:
    """Factors that wait for each other."""

    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BelowNought:
    """The sum is less than nothing."""

    exact: Fraction


@dataclass(frozen=True, slots=True)
class LeftToAPerson:
    """The engine and its reference did not agree, so that nothing was concluded and an officer decides."""


Pending = (
    SetByOfficer
    | NotAnswered
    | NoTariff
    | NoRow
    | SeveralRows
    | DividesByNought
    | NotANumber
    | FactorsInACircle
    | BelowNought
    | LeftToAPerson
)


@dataclass(frozen=True, slots=True)
class Undetermined:
    """An amount that can not be told yet, and every reason for it."""

    pending: tuple[Pending, ...]


@dataclass(frozen=True, slots=True)
class BillLine:
    """One line. `formula` names its inputs, `worked` has their values; `item` counts the items of the `daftar`
    `for_each` from 1."""

    name: Words
    exact: Fraction | Undetermined
    formula: Words
    worked: Words
    inputs: tuple[BillInput, ...]
    citation: Citation
    for_each: str | None = None
    item: int | None = None


@dataclass(frozen=True, slots=True)
class Exempted:
    """Nothing is to be paid, by this law; `instead_of` is what would have been."""

    citation: Citation
    reason: Words | None
    instead_of: int | Undetermined


@dataclass(frozen=True, slots=True)
class Bill:
    """What is to be paid, in whole rupiah: `due` is nought when free or exempted.

    `exact` is the sum of the lines before it was rounded; `collector` the agency that collects; `may_be_exempt` the
    officers' answers that an exemption still waits for; `evidence` the mark of the permit's fee; `code` and `name`
    tell which fee of several it is of.
    """

    due: int | Undetermined
    exact: Fraction | Undetermined
    lines: tuple[BillLine, ...]
    citation: Citation | None
    free: bool = False
    exempted: Exempted | None = None
    may_be_exempt: tuple[SetByOfficer, ...] = ()
    round_to: int = 1
    kind: FeeKind = FeeKind.RETRIBUTION
    pay: PayWhen = PayWhen.BEFORE
    collector: str | None = None
    collector_name: Words | None = None
    evidence: str | None = None
    code: str = ""
    name: Words | None = None

    @property
    def nil(self) -> bool:
        """Tell whether it is known that nothing is to be paid (SKRD nihil)."""
        return self.due == 0
