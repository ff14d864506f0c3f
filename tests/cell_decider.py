"""A second decider of what is proven, without a solver: every cell of a small permit's form is filled in and led.

Between two literals that its rules compare a question with every answer is decided alike, so that one of each, the
literals themselves and the bounds stand for all there are. Written from the catalog language alone, over the reference
of conditions: it shares no line with `generator.proof`.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

from generator.model import Path
from rules.calculation import evaluate
from rules.condition.decide import holds
from rules.condition.tree import ALWAYS, Between, Condition, Every, Not, OneOf, Some, fields_of
from rules.field import Field
from rules.formula import FormulaFault
from rules.formula_reader import parse
from rules.kind import NUMBERS, Facts, Kind, Value
from rules.permit import Amount, Constant, Fee, Formula, Permit, Stage
from rules.ruleset import rule_sources
from rules.settled import settled
from rules.table import Policy, Table
from tests.random_permit import small_city

T = TypeVar("T")
Key = tuple[str, int]
Found = set[tuple[str, Path]]
FILED = date(2026, 3, 2)
STEP = Decimal("0.1")
DECIDED = frozenset(
    {"ALR-03", "ALR-07", "ALR-10", "ISI-01", "ISI-09", "RUT-01", "RUT-02", "SLA-01", "SLA-02", "SLA-03", "SLA-04"}
    | {"SYR-01", "SYR-02", "RET-01", "RET-02", "RET-03", "RET-04"}
)
FOLLOWING = {  # what is not looked at where something else is there that it would follow from
    "ISI-01": DECIDED - {"ISI-01"},  # a question that is never shown
    "RUT-01": frozenset({"ALR-07"}),  # a way that is not there
    "RUT-02": frozenset({"ALR-03", "ALR-07", "ALR-10", "SLA-03", "SLA-04", "RET-03", "RET-04"}),  # two ways at once
    "RET-01": frozenset({"RET-03", "RET-04"}),  # a bill that is not made
    "RET-02": frozenset({"RET-03", "RET-04"}),
}


@dataclass(frozen=True)
class Walk:
    """An application that everybody approved: who was asked where, its facts at the end, and the days it took."""

    facts: Facts
    stages: tuple[str, ...]
    asked: frozenset[Key]
    end: str
    days: int
    after_first: int


@dataclass
class Cells:
    """Every application of a small permit, by one of each kind, and every way through its stages."""

    permit: Permit
    offered: list[Facts] = field(default_factory=list)
    filed: list[Facts] = field(default_factory=list)
    walks: list[Walk] = field(default_factory=list)
    found: Found = field(default_factory=set)

    def __post_init__(self) -> None:
        self.stages = {stage.code: stage for stage in self.permit.stages}
        self.offered = list(applications(self.permit))
        self.filed = [facts for facts in self.offered if not self.refused(facts)]
        for facts in self.filed:
            self._walk(self.permit.stages[0].code, facts, (), frozenset(), (0, 0))

    def refused(self, facts: Facts) -> bool:
        """Tell whether a rule of eligibility stands against it."""
        return any(holds(refusal.when, facts) for refusal in self.permit.eligibility)

    def _walk(
        self, code: str, facts: Facts, before: tuple[str, ...], asked: frozenset[Key], days: tuple[int, int]
    ) -> None:
        stage = self.stages[code]
        if stage.end is not None:
            self.walks.append(Walk(facts, before, asked, code, *days))
            return
        here = [place for place, reviewer in enumerate(stage.reviewers) if holds(reviewer.when, facts)]
        held = 0 if stage.outside else max((_longest(stage, place, facts) for place in here), default=0)
        first = code == self.permit.stages[0].code and _completes(stage)
        days = days[0] + held, days[1] + (0 if first else held)
        for known in answered(stage, here, facts):
            assert stage.approved is not None
            rows = counting(stage.approved, known)
            self._note_route(stage, rows)
            for index in rows:
                following = stage.approved.rows[index].value
                self._walk(following, known, (*before, code), asked | {(code, place) for place in here}, days)

    def _note_route(self, stage: Stage, rows: list[int]) -> None:
        assert stage.approved is not None
        if not rows:
            self.found.add(("RUT-01", ("alur", stage.code, "setuju")))
        if len(rows) > 1:
            self.found.update(("RUT-02", ("alur", stage.code, "setuju", index, "bila")) for index in rows[1:])


def decided(permit: Permit) -> Found:
    """Return what is wrong with a permit: each code with the part of the permit where it stands."""
    cells = Cells(permit)
    if hidden := set(_hidden(cells)):
        return hidden
    found = set(cells.found)
    if not cells.filed:
        return {("ISI-09", ("kelayakan", _alone(cells), "tolak_bila"))} if cells.offered else set()
    found.update(_documents(cells))
    found.update(_promise(cells))
    found.update(_unreviewed(cells))
    found.update(_never_issued(cells))
    found.update(_against_a_refusal(cells))
    found.update(("RET-0" + number, ("retribusi", "komponen")) for number in _bills(cells))
    return found


def without_following(found: set[tuple[str, T]]) -> set[tuple[str, T]]:
    """Leave out what follows from something else that was found."""
    left_out = {code for first, _ in found for code in FOLLOWING.get(first, ())}
    return {(code, part) for code, part in found if code not in left_out}


def _alone(cells: Cells) -> int:
    rules = cells.permit.eligibility
    return next(i for i, rule in enumerate(rules) if all(holds(rule.when, facts) for facts in cells.offered))


def applications(permit: Permit) -> Iterator[Facts]:
    """Yield one application of each kind that the form accepts, with its derived facts."""
    choices = [representatives(one, permit) for one in permit.fields]
    yield from _filled(permit, choices, 0, {})


def _filled(permit: Permit, choices: list[list[Value]], at: int, answers: dict[str, Value]) -> Iterator[Facts]:
    if at == len(permit.fields):
        yield settled(permit, answers, FILED)
        return
    one = permit.fields[at]
    shown = holds(one.shown_when, settled(permit, answers, FILED))
    if not shown or one.optional:
        yield from _filled(permit, choices, at + 1, answers)
    if shown:
        for value in choices[at]:
            yield from _filled(permit, choices, at + 1, {**answers, one.code: value})


def representatives(one: Field, permit: Permit) -> list[Value]:
    """Return one answer of each kind there is."""
    match one.kind:
        case Kind.YES_NO:
            return [True, False]
        case Kind.CHOICE:
            return [option.code for option in one.options]
        case Kind.CHOICES:
            codes = [option.code for option in one.options]
            sets = itertools.chain.from_iterable(itertools.combinations(codes, n) for n in range(1, len(codes) + 1))
            return list(sets)
        case Kind.INTEGER:  # few enough to be all of them, so that what is derived from them is exact
            assert isinstance(one.minimum, int)
            assert isinstance(one.maximum, int)
            return list(range(one.minimum, one.maximum + 1))
        case Kind.DECIMAL:
            return list(_between(sorted({*map(Decimal, _bounds(one)), *map(Decimal, _literals(one, permit))})))
        case Kind.DATE:
            days = sorted({date.fromisoformat(str(day)) for day in (*_bounds(one), *_literals(one, permit))})
            beside = [day + timedelta(days=1) for day in days[:-1] if day + timedelta(days=1) not in days]
            return [day.isoformat() for day in sorted([*days, *beside])]
        case _:
            raise AssertionError(one.kind)


def _between(points: list[Decimal]) -> Iterator[Decimal]:
    """Yield the points, and between each two the first and the last value."""
    for low, high in itertools.pairwise(points):
        yield low
        yield from sorted({low + STEP, high - STEP} if high - low > STEP else ())
    yield points[-1]


def _bounds(one: Field) -> tuple[str, str]:
    return str(one.minimum), str(one.maximum)


def _literals(one: Field, permit: Permit) -> Iterator[str]:
    for condition in (*rule_sources(permit).values(), *(each.shown_when for each in permit.fields)):
        yield from _literals_in(condition, one.code)


def _literals_in(condition: Condition, code: str) -> Iterator[str]:
    match condition:
        case Between(field=read, low=low, high=high) if read == code:
            yield from (str(bound) for bound in (low, high) if bound is not None)
        case OneOf(field=read, values=values) if read == code:
            yield from map(str, values)
        case Every(parts) | Some(parts):
            for part in parts:
                yield from _literals_in(part, code)
        case Not(part):
            yield from _literals_in(part, code)
        case _:
            return


def answered(stage: Stage, here: list[int], facts: Facts) -> Iterator[Facts]:
    """Yield the facts with every answer that the desks asked at a stage may give."""
    codes = [one.code for place in here for one in stage.reviewers[place].officer_fields]
    for values in itertools.product((True, False), repeat=len(codes)):
        yield {**facts, **dict(zip(codes, values, strict=True))}


def counting(table: Table[T], facts: Facts) -> list[int]:
    """Return the rows that count: all that hold, the first with `pertama`, `selainnya` where none does."""
    held = [i for i, row in enumerate(table.rows) if not row.otherwise and holds(row.when, facts)]
    if not held:
        return [i for i, row in enumerate(table.rows) if row.otherwise]
    return held[:1] if table.policy is Policy.FIRST else held


def _longest(stage: Stage, place: int, facts: Facts) -> int:
    duration = stage.reviewers[place].duration
    assert duration is not None
    return max((duration.rows[index].value.amount for index in counting(duration, facts)), default=0)


def _completes(stage: Stage) -> bool:
    door = any(reviewer.agency == small_city().door for reviewer in stage.reviewers)
    return door and not stage.signature and not stage.outside


def _documents(cells: Cells) -> Iterator[tuple[str, Path]]:
    issued = [walk.facts for walk in cells.walks if cells.stages[walk.end].end == "terbit"]
    for index, requirement in enumerate(cells.permit.requirements):
        at: Path = ("syarat", index, "wajib_bila")
        asked = [holds(requirement.when, facts) for facts in cells.filed]
        if not any(asked) and not any(holds(requirement.when, facts) for facts in issued):
            yield "SYR-01", at
        if all(asked) and requirement.when != ALWAYS and not _plainly_always(requirement.when, cells.permit):
            yield "SYR-02", at


def _plainly_always(when: Condition, permit: Permit) -> bool:
    """Tell whether every option of a question that everybody answers is named: that is found without a proof."""
    if not isinstance(when, OneOf):
        return False
    one = next((one for one in permit.fields if one.code == when.field), None)
    if one is None or one.optional or one.shown_when != ALWAYS:
        return False
    every = {True, False} if one.kind is Kind.YES_NO else {option.code for option in one.options}
    return bool(every) and every <= set(when.values)


def _hidden(cells: Cells) -> Iterator[tuple[str, Path]]:
    """Yield the questions that nobody is shown; of a chain of them the first."""
    shown = {one.code for facts in cells.offered for one in cells.permit.fields if holds(one.shown_when, facts)}
    hidden = {one.code for one in cells.permit.fields} - shown
    for one in cells.permit.fields:
        if one.code in hidden and hidden.isdisjoint(fields_of(one.shown_when)):
            yield "ISI-01", ("isian", one.code, "tampil_bila")


def _promise(cells: Cells) -> Iterator[tuple[str, Path]]:
    table = cells.permit.promise
    for facts in cells.filed:
        rows = counting(table, facts)
        if not rows:
            yield "SLA-01", ("waktu_total",)
        if len(rows) > 1:
            yield from (("SLA-02", ("waktu_total", index, "bila")) for index in rows[1:])
    for index, row in enumerate(table.rows):
        days = [walk.days for walk in cells.walks if index in counting(table, walk.facts)]
        if days and max(days) > row.value.amount:
            yield "SLA-03", ("waktu_total", index)
        if days and max(days) < row.value.amount:
            yield "SLA-04", ("waktu_total", index)
    if any(walk.after_first > cells.permit.legal_limit.duration.amount for walk in cells.walks):
        yield "SLA-03", ("batas_hukum",)


def _unreviewed(cells: Cells) -> Iterator[tuple[str, Path]]:
    permit = cells.permit
    first = permit.stages[0]
    asking = [stage for stage in permit.stages if stage.end is None]
    reviews = [
        stage.code
        for stage in asking
        if stage.reviewers and not stage.signature and not (stage is first and _completes(first))
    ]
    for end in (stage.code for stage in permit.stages if stage.end == "terbit"):
        walks = [walk for walk in cells.walks if walk.end == end]
        if any(not walk.asked for walk in walks):
            yield "ALR-03", ("alur", first.code)
            continue
        silent = [walk for walk in walks if not any(stage in reviews for stage, _ in walk.asked)]
        passed = [stage for stage in reviews if any(stage in walk.stages for walk in silent)]
        yield from (("ALR-03", ("alur", stage)) for stage in passed[:1])
        for stage in (stage.code for stage in asking if stage.signature):
            if any(stage in walk.stages and stage not in {code for code, _ in walk.asked} for walk in walks):
                yield "ALR-03", ("alur", stage)


def _never_issued(cells: Cells) -> Iterator[tuple[str, Path]]:
    permit = cells.permit
    rows = [row for stage in permit.stages if stage.approved for row in stage.approved.rows]
    read = {code for row in rows for code in fields_of(row.when)}
    issued = [walk.facts for walk in cells.walks if cells.stages[walk.end].end == "terbit"]
    refused = [walk.facts for walk in cells.walks if cells.stages[walk.end].end != "terbit"]
    for one in permit.fields:
        if one.code not in read or one.kind not in {Kind.CHOICE, Kind.YES_NO} or not issued:
            continue
        for value in representatives(one, permit):
            if all(facts.get(one.code) != value for facts in issued) and any(f.get(one.code) == value for f in refused):
                yield "ALR-10", ("isian", one.code)


def _bills(cells: Cells) -> Iterator[str]:
    """Yield the numbers of what is wrong with a fee of one component: no row, two, a fall, less than nought."""
    fee = cells.permit.fee
    if not isinstance(fee, Fee):
        return
    [component] = fee.components
    costs: list[tuple[Facts, Fraction]] = []
    for facts in (walk.facts for walk in cells.walks if cells.stages[walk.end].end == "terbit"):
        rows = counting(component.amount, facts)
        if len(rows) != 1:
            yield "2" if rows else "1"
        else:
            costs.append((facts, _worth(component.amount.rows[rows[0]].value, facts)))
    if any(cost < 0 for _, cost in costs):
        yield "4"
    for code in _quantities(cells.permit):
        alike: dict[tuple[tuple[str, Value], ...], list[tuple[Decimal, Fraction]]] = {}
        for facts, cost in costs:
            if code in facts:
                others = tuple((name, value) for name, value in facts.items() if name not in {code, "tingkat"})
                alike.setdefault(others, []).append((Decimal(str(facts[code])), cost))
        for each in alike.values():
            if any(one < other and cost > then for one, cost in each for other, then in each):
                yield "3"


def _quantities(permit: Permit) -> Iterator[str]:
    """Yield the numbers of the form that a formula of the fee reads, or what is derived from them."""
    assert isinstance(permit.fee, Fee)
    rows = [row.value for one in permit.fee.components for row in one.amount.rows]
    text = " ".join(value.text for value in rows if isinstance(value, Formula)).replace("tingkat", "tingkat lantai")
    yield from (one.code for one in permit.fields if one.kind in NUMBERS and one.code in text.split())


def _worth(amount: Amount, facts: Facts) -> Fraction:
    match amount:
        case Constant(value):
            return Fraction(value)
        case Formula(text):
            tree = parse(text)
            assert not isinstance(tree, FormulaFault)
            found = evaluate(tree, facts)
            assert isinstance(found, Fraction), found
            return found
        case _:
            raise AssertionError(amount)


@dataclass(frozen=True)
class _Case:
    """A case under way: where its way begins, what the desks that have approved have said, and who has refused."""

    root: str
    approved: Mapping[Key, Facts]
    refused: frozenset[Key]


def _against_a_refusal(cells: Cells) -> Iterator[tuple[str, Path]]:
    if any(stage.refused for stage in cells.permit.stages):
        for facts in cells.filed:
            if _issued_refused(cells, facts, _Case(cells.permit.stages[0].code, {}, frozenset())):
                yield "ALR-07", ("alur",)
                return


def _issued_refused(cells: Cells, facts: Facts, case: _Case) -> bool:
    """Tell whether a case may be issued though somebody has refused: every answer of every desk is tried."""
    known = {**facts, **{code: value for said in case.approved.values() for code, value in said.items()}}
    code = case.root
    while (stage := cells.stages[code]).end is None:
        here = [place for place, reviewer in enumerate(stage.reviewers) if holds(reviewer.when, known)]
        looks = [place for place in here if (code, place) not in case.approved]
        if looks:
            return any(_issued_refused(cells, facts, after) for after in _answers(stage, looks, case))
        assert stage.approved is not None
        rows = counting(stage.approved, known)
        if len(rows) != 1:
            return False
        code = stage.approved.rows[rows[0]].value
    return stage.end == "terbit" and bool(case.refused)


def _answers(stage: Stage, looks: list[int], case: _Case) -> Iterator[_Case]:
    ways = []
    for place in looks:
        codes = [one.code for one in stage.reviewers[place].officer_fields]
        said = [dict(zip(codes, values, strict=True)) for values in itertools.product((True, False), repeat=len(codes))]
        ways.append([None, *said])  # None: refuses
    for answers in itertools.product(*ways):
        approved = {(stage.code, place): said for place, said in zip(looks, answers, strict=True) if said is not None}
        refused = {(stage.code, place) for place, said in zip(looks, answers, strict=True) if said is None}
        if not refused:
            yield _Case(case.root, {**case.approved, **approved}, case.refused)
        elif stage.refused is not None:
            yield _Case(stage.refused, {**case.approved, **approved}, case.refused | refused)
