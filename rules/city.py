"""What all permits of one city share: its office, agencies, law, calendar, tariffs and kinds of document."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from rules.citation import Citation
from rules.words import Words


@dataclass(frozen=True, slots=True)
class Opening:
    """Office hours on one day of the week (Monday is 0), as minutes after midnight, city time."""

    weekday: int
    opens: int
    closes: int


@dataclass(frozen=True, slots=True)
class Agency:
    """An office that works on files. `kind`: opd, instansi_vertikal, bumn, bumd or swasta; `roles` may review;
    `role_names` says what people call them."""

    code: str
    name: Words
    kind: str
    counter: str | None = None
    roles: tuple[str, ...] = ()
    role_names: tuple[tuple[str, Words], ...] = ()

    def desk(self, role: str | None) -> Words:
        """Name the agency, and the role in it where one is meant."""
        if role is None:
            return self.name
        said = dict(self.role_names).get(role, Words(role.replace("_", " ")))
        return Words(f"{self.name.id} — {said.id}", f"{self.name.to('en')} — {said.to('en')}")


@dataclass(frozen=True, slots=True)
class Regulation:
    """A law of the register. Dates are YYYY-MM-DD; None is unknown (`in_force`, `promulgated`) or still in force
    (`revoked_on`). `delegates` is its list of permits, `articles` where in the law some of them stand; while the
    list is put together from what is known (`listed`), it says what should be there, and not what is left out."""

    code: str
    kind: str
    number: str | None
    year: int | None
    title: Words
    short: str  # how it is cited on a page: «Perwali Kupang 7/2025»
    in_force: str | None
    revoked_on: str | None = None
    revokes: tuple[str, ...] = ()
    delegates: tuple[str, ...] = ()
    evidence: str = "K"
    promulgated: str | None = None
    articles: tuple[tuple[str, str], ...] = ()
    listed: str = "F"  # how far the list can be trusted: F was read in the law itself

    @property
    def official(self) -> tuple[str, ...]:
        """Return the permits of a list that was read in the law itself; none while it is put together."""
        return self.delegates if self.listed == "F" else ()


@dataclass(frozen=True, slots=True)
class Holiday:
    """A day off, and the title of the decree that made it one on the date `decreed`. `kind`: libur or cuti_bersama."""

    date: str
    name: Words
    kind: str
    decree: str
    decreed: str


@dataclass(frozen=True, slots=True)
class DatedValue:
    """A value from a day on."""

    valid_from: str
    value: Decimal
    citation: Citation | None = None
    evidence: str = "A"


@dataclass(frozen=True, slots=True)
class Tariff:
    """Dated values; one series under the item None, or one series per item."""

    code: str
    name: Words
    unit: str | None
    series: tuple[tuple[str | None, tuple[DatedValue, ...]], ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A kind of document that can be asked. `formats` are of pdf, jpeg, png; `advice` tells how to make a good scan."""

    code: str
    name: Words
    formats: tuple[str, ...] = ("pdf", "jpeg", "png")
    max_megabytes: int = 5
    advice: Words | None = None


@dataclass(frozen=True, slots=True)
class Moved:
    """A service this city does not give any more: since when (YYYY-MM-DD), who gives it now, what that means in words,
    and by which law. `address` is a page on the web."""

    code: str
    official_code: str | None
    name: Words
    since: str
    to: Words
    message: Words
    citation: Citation
    address: str | None = None
    search_words: tuple[str, ...] = ()
    evidence: str = "K"
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Survey:
    """Whether people are asked how satisfied they are before they fetch the letter, and by which law."""

    before_download: bool
    citation: Citation | None = None


@dataclass(frozen=True, slots=True)
class City:
    """One city. `zone` is an IANA name; `decreed_years` are the years whose holidays are decreed: a date beyond them is
    provisional; `door` is the agency that is the one door itself."""

    code: str
    name: Words
    office: Words
    zone: str
    openings: tuple[Opening, ...]
    agencies: tuple[Agency, ...]
    regulations: tuple[Regulation, ...]
    decreed_years: tuple[int, ...]
    holidays: tuple[Holiday, ...]
    tariffs: tuple[Tariff, ...]
    documents: tuple[Document, ...]
    letterhead: tuple[str, ...] = ()
    contact: Words | None = None
    door: str = "dpmptsp"
    moved: tuple[Moved, ...] = ()
    survey: Survey | None = None
