"""Small permits at random: a few questions of every kind, tables with gaps and overlaps, ways that branch and skip.

Plain functions: `random_permit(source)` is a permit that reads and runs, sound or not, and `catalog_of(permit)` the
catalog that checks take, with a line of its own for every part that a finding may name.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TypeVar

from generator.finding import Place
from generator.model import Catalog, CityCatalog, Path, PermitVersion, Places
from rules.citation import Citation
from rules.city import Agency, City, Document, Opening
from rules.condition.tree import ALWAYS, Answered, Between, Condition, Every, Not, OneOf, Some, fields_of
from rules.duration import Duration, Unit
from rules.field import Derived, Field, Option
from rules.kind import NUMBERS, ORDERED, Kind, Scalar
from rules.permit import (
    Amount,
    Component,
    Constant,
    Fee,
    Formula,
    Free,
    LegalLimit,
    PayWhen,
    Permit,
    Refusal,
    Repair,
    Requirement,
    Reviewer,
    Stage,
)
from rules.table import Policy, Row, Table
from rules.words import Words
from tests.sample_permit import options, sample_permit

T = TypeVar("T")
LAW = Citation("perda-uji-1-2024")
FILE = "kota-uji/izin/warung/2026-01-01.yaml"
AGENCIES = ("dinkes", "dlhk", "pupr")
DOCUMENTS = ("ktp", "akta", "denah")
QUESTIONS = (
    Field("lantai", Kind.INTEGER, Words("Jumlah lantai"), minimum=1, maximum=5),
    Field("luas", Kind.DECIMAL, Words("Luas"), minimum=Decimal(0), maximum=Decimal(4), digits=1, unit="m2"),
    Field("jenis", Kind.CHOICE, Words("Jenis"), options("a", "b", "c")),
    Field("alat", Kind.CHOICES, Words("Alat"), options("p", "q")),
    Field("malam", Kind.YES_NO, Words("Buka malam")),
    Field("mulai", Kind.DATE, Words("Mulai"), minimum="2026-01-01", maximum="2026-12-31"),
)
LITERALS: dict[str, Sequence[Scalar]] = {
    "lantai": (1, 2, 3, 4, 5),
    "luas": (Decimal(0), Decimal("0.5"), Decimal(2), Decimal("3.5"), Decimal(4)),
    "mulai": ("2026-01-01", "2026-06-15", "2026-12-31"),
    "tingkat": (2, 3, 5, 6),
}
KINDS = 3  # of question at most, so that all cells can be visited


@dataclass(frozen=True)
class Risk:
    """How often a permit is made with what is likely to be wrong in it."""

    gap: float = 0.3  # a table whose rows do not cover
    skip: float = 0.5  # a desk that is asked only for some
    tight: float = 0.3  # a promise that is too short


def random_permit(source: random.Random, risk: Risk = Risk()) -> Permit:
    """Make a permit up."""
    chosen = sorted(source.sample(range(len(QUESTIONS)), source.randint(1, KINDS)))
    fields = _asked(source, [QUESTIONS[index] for index in chosen])
    derived: tuple[Derived, ...] = ()
    if any(field.code == "lantai" for field in fields) and source.random() < 0.3:
        derived = (Derived("tingkat", Kind.INTEGER, formula="lantai + 1"),)
    floors = next((field for field in fields if field.code == "lantai"), QUESTIONS[0])
    known = [*fields, *(replace(floors, code="tingkat") for _ in derived)]  # as sure as what it is derived from
    stages = _stages(source, known, risk)
    return replace(
        sample_permit(fields, ()),
        fields=tuple(fields),
        derived=derived,
        applications=(Option("baru", Words("Baru")),),
        legal_limit=LegalLimit(Duration(source.choice((5, 20, 60)), Unit.WORKING_DAY), LAW),
        legal_basis=(LAW,),
        requirements=tuple(Requirement(code, _perhaps(source, known)) for code in DOCUMENTS[: source.randint(1, 3)]),
        eligibility=tuple(
            Refusal(some_test(source, known), Words("Tidak dapat."), LAW) for _ in range(source.choice((0, 0, 1)))
        ),
        stages=stages,
        promise=_table(source, known, lambda: _days(source, 4 if source.random() < risk.tight else 15), risk),
        repair=Repair(Duration(10, Unit.CALENDAR_DAY), at_most=source.choice((1, 2))),
        fee=_fee(source, known, risk),
        validity=None,
        products=(),
    )


def _asked(source: random.Random, fields: list[Field]) -> list[Field]:
    """Let some be shown by those before them, and some be left out."""
    found: list[Field] = []
    for field in fields:
        shown = some_test(source, found) if found and source.random() < 0.3 else ALWAYS
        found.append(replace(field, shown_when=shown, optional=source.random() < 0.2))
    return found


def _stages(source: random.Random, known: list[Field], risk: Risk) -> tuple[Stage, ...]:
    """Lay a way of two to four stages, in which each leads on to one further along."""
    while True:
        stages = _laid(source, known, risk)
        said = {field.code for stage in stages for reviewer in stage.reviewers for field in reviewer.officer_fields}
        if {code for code in _read(stages) if code.startswith("hasil_")} <= said:
            return stages


def _read(stages: Sequence[Stage]) -> Iterator[str]:
    """Yield what the conditions of a way read."""
    for stage in stages:
        for reviewer in stage.reviewers:
            yield from fields_of(reviewer.when)
            rows = reviewer.duration.rows if reviewer.duration else ()
            yield from (code for row in rows for code in fields_of(row.when))
        yield from (code for row in (stage.approved.rows if stage.approved else ()) for code in fields_of(row.when))


def _laid(source: random.Random, known: list[Field], risk: Risk) -> tuple[Stage, ...]:
    count = source.randint(2, 4)
    codes = [f"tahap{number}" for number in range(count)]
    ends = ["terbit", *(["ditutup"] if source.random() < 0.3 else [])]
    stages, said = [], list[Field]()
    for number, code in enumerate(codes):
        last = number == count - 1
        reviewers = _desks(source, code, [*known, *said], risk, last)
        said += [field for reviewer in reviewers for field in reviewer.officer_fields]
        further = [*codes[number + 1 :], *ends]
        stages.append(
            Stage(
                code,
                reviewers=reviewers,
                side_by_side=len(reviewers) > 1,
                approved=_route(source, [*known, *said], further, risk),
                refused=source.choice(codes[number + 1 :]) if not last and source.random() < 0.1 else None,
                signature=last and source.random() < 0.8,
                outside=not last and source.random() < 0.1,
            )
        )
    return (*_reached(stages), *(Stage(end, end="terbit" if end == "terbit" else "ditolak") for end in ends))


def _reached(stages: list[Stage]) -> list[Stage]:
    """Return the stages that a file can come to by approval, in order; the others fall away with what leads there."""
    reached, found = {stages[0].code}, list[Stage]()
    for stage in stages:
        if stage.code in reached:
            assert stage.approved is not None
            reached |= {row.value for row in stage.approved.rows}
            found.append(stage)
    kept = {stage.code for stage in found}
    return [replace(stage, refused=stage.refused if stage.refused in kept else None) for stage in found]


def _desks(source: random.Random, stage: str, known: list[Field], risk: Risk, last: bool) -> tuple[Reviewer, ...]:
    agencies = ["dpmptsp"] if last else source.sample(AGENCIES, source.choice((1, 1, 2)))
    return tuple(
        Reviewer(
            agency,
            "kepala" if last else None,
            when=some_test(source, known) if source.random() < risk.skip else ALWAYS,
            duration=_table(source, known, lambda: _days(source, 5), risk),
            officer_fields=(Field(f"hasil_{stage}", Kind.YES_NO, Words("Hasil")),)
            if number == 0 and source.random() < 0.3
            else (),
        )
        for number, agency in enumerate(agencies)
    )


def _route(source: random.Random, known: list[Field], further: list[str], risk: Risk) -> Table[str]:
    if len(further) == 1 or source.random() < 0.5:
        return Table((Row(further[0]),))
    first, second = source.sample(further, 2)
    return _two(source, known, first, second, risk)


def _table(source: random.Random, known: list[Field], value: Callable[[], T], risk: Risk) -> Table[T]:
    return Table((Row(value()),)) if source.random() < 0.6 else _two(source, known, value(), value(), risk)


def _two(source: random.Random, known: list[Field], first: T, second: T, risk: Risk) -> Table[T]:
    """Return a table of two rows: a test and its opposite, or what goes wrong with two that are not."""
    test = some_test(source, known)
    if source.random() < risk.gap:
        other = some_test(source, known)
        policy = Policy.FIRST if source.random() < 0.2 else Policy.UNIQUE
        return Table((Row(first, test), Row(second, other)), policy)
    if source.random() < 0.5:
        return Table((Row(first, test), Row(second, otherwise=True)))
    return Table((Row(first, test), Row(second, _opposite(test))))


def _opposite(test: Condition) -> Condition:
    """Return what holds for exactly the others, those who were not asked included where there may be any."""
    codes = dict.fromkeys(fields_of(test))
    return Some((Not(test), *(Not(Answered(code)) for code in codes)))


def _fee(source: random.Random, known: list[Field], risk: Risk) -> Fee | Free:
    if source.random() < 0.4:
        return Free()
    certain = (field for field in known if not field.optional and field.shown_when == ALWAYS)
    numbers = [field.code for field in certain if field.kind in NUMBERS]
    amounts = ["1000", *(f"{code} * 100" for code in numbers), *(f"1000 - {code} * 250" for code in numbers)]
    table = _table(source, known, lambda: _amount(source.choice(amounts)), risk)
    return Fee(LAW, (), (Component(Words("Retribusi"), table),), pay=source.choice(tuple(PayWhen)))


def _amount(text: str) -> Amount:
    return Constant(Decimal(text)) if text.isdecimal() else Formula(text)


def _days(source: random.Random, most: int) -> Duration:
    return Duration(source.randint(1, most), Unit.WORKING_DAY)


def _perhaps(source: random.Random, known: list[Field]) -> Condition:
    return ALWAYS if source.random() < 0.4 else some_test(source, known)


def some_test(source: random.Random, fields: Sequence[Field]) -> Condition:
    """Make a condition over one or two of these questions up."""
    first = _atom(source, source.choice(fields))
    if source.random() < 0.7:
        return first
    parts = (first, _atom(source, source.choice(fields)))
    return Every(parts) if source.random() < 0.5 else Some(parts)


def _atom(source: random.Random, field: Field) -> Condition:
    if field.optional and source.random() < 0.2:
        return Answered(field.code)
    if field.kind in ORDERED:
        literals = LITERALS[field.code]
        low, high = sorted(source.choices(range(len(literals)), k=2))
        match source.randrange(3):
            case 0:
                test: Condition = Between(field.code, field.kind, low=literals[low], low_included=source.random() < 0.5)
            case 1:
                test = Between(field.code, field.kind, high=literals[high], high_included=source.random() < 0.5)
            case _:
                test = Between(field.code, field.kind, literals[low], True, literals[high], True)
    elif field.kind is Kind.YES_NO:
        test = OneOf(field.code, field.kind, (source.random() < 0.5,))
    else:
        codes = [option.code for option in field.options]
        test = OneOf(field.code, field.kind, tuple(source.sample(codes, source.randint(1, len(codes) - 1))))
    return Not(test) if source.random() < 0.15 else test


def small_city() -> City:
    """Return the city of these permits."""
    return City(
        code="kota-uji",
        name=Words("Kota Uji"),
        office=Words("DPMPTSP"),
        zone="Asia/Makassar",
        openings=tuple(Opening(day, 8 * 60, 16 * 60) for day in range(5)),
        agencies=tuple(Agency(code, Words(code), "opd") for code in ("dpmptsp", *AGENCIES)),
        regulations=(),
        decreed_years=(2026,),
        holidays=(),
        tariffs=(),
        documents=tuple(Document(code, Words(code)) for code in DOCUMENTS),
    )


def catalog_of(permit: Permit, city: City | None = None) -> Catalog:
    """Return a catalog of this one permit; each part that a finding may name has a line of its own."""
    version = PermitVersion(permit, Places(FILE, {path: _line(path) for path in paths_of(permit)}))
    one = CityCatalog(city or small_city(), {}, {permit.code: (version,)}, (), {})
    return Catalog({one.city.code: one})


def paths_of(permit: Permit) -> tuple[Path, ...]:
    """Return the parts of a permit that findings name."""
    found: list[Path] = [("izin",), ("waktu_total",), ("batas_hukum",), ("retribusi", "komponen")]
    found += [("isian", field.code, *rest) for field in permit.fields for rest in ((), ("tampil_bila",))]
    found += [("syarat", index, *rest) for index in range(len(permit.requirements)) for rest in ((), ("wajib_bila",))]
    found += [("kelayakan", index, "tolak_bila") for index in range(len(permit.eligibility))]
    for index in range(len(permit.promise.rows)):
        found += [("waktu_total", index), ("waktu_total", index, "bila")]
    for stage in permit.stages:
        at: Path = ("alur", stage.code)
        found += [at, (*at, "tolak"), (*at, "setuju")]
        found += [(*at, "setuju", index, "bila") for index in range(len(stage.approved.rows if stage.approved else ()))]
    return tuple(found)


def _line(path: Path) -> Place:
    return Place(f"{FILE}#{'/'.join(map(str, path))}")
