"""What the stages of a permit may take at most, beside each length that it promises or that the law allows.

Gains the longest way of all there are, with a filled form that takes it, replayed. Loses ways on which somebody
refuses: they end sooner, where a refusal is not sent on to further stages.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from generator.proof.application import View, chosen
from generator.proof.calendar_time import LaidOut, latest
from generator.proof.path_time import COUNTED, Holding, Leg, Sum, counted, legs, row_rules, together, unit_of
from generator.proof.product_ways import issue_of, stages_before
from generator.proof.replay import Claim
from generator.proof.solver import TRUE, Formula, all_of
from generator.proof.trial import Shown, Trial
from rules.city import City
from rules.condition.tree import ALWAYS
from rules.duration import Duration, Unit
from rules.permit import Permit, Product

Lengths = tuple[tuple[Duration, ...], ...]  # of those side by side at each stage, stages in a row


@dataclass(frozen=True, slots=True)
class Allowed:
    """A length that the stages are to fit into: a row of `waktu_total`, or (`row` is None) the law's limit, which runs
    from when the file is complete; with a `product`, a row of its own `waktu`."""

    duration: Duration
    row: int | None
    product: Product | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """So long a file is held at a stage, by the desk at `place`; None for a public notice."""

    stage: str
    place: int | None
    duration: Duration


@dataclass(frozen=True, slots=True)
class Longest:
    """The longest way for which a length is allowed: who holds the file in turn, what that comes to in `unit`, or how
    it lies on the calendar where units are mixed (`mixed`: every combination there is); and a form that takes it."""

    allowed: Allowed
    held: tuple[Held, ...]
    amount: int
    unit: Unit | None
    laid: LaidOut | None
    view: View
    claim: Claim
    also: Formula
    mixed: frozenset[Lengths] = frozenset()

    @property
    def over(self) -> bool:
        """Tell whether it is longer than is allowed."""
        return self.laid.late if self.laid is not None else self.amount > counted(self.allowed.duration)

    @property
    def under(self) -> bool:
        """Tell whether less would do for every application to which this length is allowed."""
        return self.laid.days < 0 if self.laid is not None else self.amount < counted(self.allowed.duration)

    def fitting(self, city: City) -> Duration:
        """Return the least length, in the unit that is written, into which every way fits."""
        duration = self.allowed.duration
        if self.unit is not None:
            factor = COUNTED[duration.unit][1]
            unit = duration.unit if self.amount % factor == 0 else self.unit
            return Duration(self.amount // factor if unit is duration.unit else self.amount, unit)
        least = duration.amount + 1 if self.over else 1
        while any(latest(city, way, replace(duration, amount=least)).late for way in self.mixed):
            least += 1
        return replace(duration, amount=least)

    def shown(self, trial: Trial) -> Shown:
        """Return a form that takes this way, replayed, and the region around it."""
        shown = trial.shown(self.view, self.claim, self.also)
        assert shown is not None, "it was possible"
        return shown


def allowed(permit: Permit) -> Iterator[Allowed]:
    """Yield each length that the stages are to fit into."""
    for row, each in enumerate(permit.promise.rows):
        yield Allowed(each.value, row)
    yield Allowed(permit.legal_limit.duration, None)


def allowed_products(permit: Permit) -> Iterator[Allowed]:
    """Yield each length that the stages on the way to a product are to fit into."""
    for product in permit.products:
        for row, each in enumerate(product.duration.rows if product.duration else ()):
            yield Allowed(each.value, row, product)


def longest(trial: Trial, city: City, length: Allowed) -> Longest | None:
    """Return the longest way to any end for which a length is allowed, None where it is allowed to no application; of
    a product, the longest to where it is issued."""
    if length.product is not None:
        return _to_product(trial, city, length, length.product)
    found = [one for end in trial.permit.stages if end.end and (one := _to(trial, city, length, end.code)) is not None]
    return max(found, key=_size, default=None)


def _size(one: Longest) -> tuple[bool, int]:
    if one.laid is not None:
        return one.laid.late, one.laid.days
    return one.over, one.amount


def _to(trial: Trial, city: City, length: Allowed, end: str) -> Longest | None:
    permit = trial.permit
    view = trial.application.issuing(end)
    way = legs(trial, view, permit.stages[0].code if length.row is None and finds_complete(permit, city) else None)
    given = TRUE if length.row is None else chosen(permit.promise, length.row, view)
    return _within(trial, city, length, view, way, given)


def _to_product(trial: Trial, city: City, length: Allowed, product: Product) -> Longest | None:
    """Return the longest way from where a product's clock begins, at filing or as what it needs is issued."""
    permit, view = trial.permit, issue_of(trial, product)
    needed = None if product.needs is None else permit.product(product.needs)
    gone: frozenset[str] = frozenset()
    if needed is not None and needed.stage is not None:
        gone = stages_before(permit, needed.stage) | {needed.stage}
    ends = [stage.code for stage in permit.stages if stage.end] if product.stage is None else [product.stage]
    on_the_way = frozenset(ends).union(*(stages_before(permit, end) for end in ends)) - gone
    way = tuple(leg for leg in legs(trial, view) if leg.stage in on_the_way)
    assert product.duration is not None
    assert length.row is not None
    return _within(trial, city, length, view, way, chosen(product.duration, length.row, view))


def _within(
    trial: Trial, city: City, length: Allowed, view: View, way: tuple[Leg, ...], given: Formula
) -> Longest | None:
    with trial.solver.supposing(view.given, given):
        unit = unit_of(way, length.duration)
        return _on_calendar(trial, city, length, view, way) if unit is None else _added(trial, length, view, way, unit)


def _added(trial: Trial, length: Allowed, view: View, way: tuple[Leg, ...], unit: Unit) -> Longest | None:
    time = Sum(trial, way, f"{view.where}/{length.row}/{'' if length.product is None else length.product.code}")
    found = None
    with trial.solver.supposing(*time.rules()):
        more = TRUE
        while (model := trial.solver.model(more)) is not None:
            found = time.held(model)
            more = time.total.above(model.value(time.total))
    if found is None:
        return None
    amount = sum(counted(holding.duration) for _, holding in found)
    return _longest(trial, length, view, found, amount, unit, None)


def _on_calendar(trial: Trial, city: City, length: Allowed, view: View, way: tuple[Leg, ...]) -> Longest | None:
    best: tuple[LaidOut, tuple[tuple[Leg, Holding], ...]] | None = None
    known: dict[Lengths, LaidOut] = {}
    for combination in together(trial, way):
        held = [(leg, holdings) for leg, holdings in combination if holdings]
        lengths = tuple(tuple(one.duration for one in holdings) for _, holdings in held)
        if lengths not in known:
            laid = known[lengths] = latest(city, lengths, length.duration)
            if best is None or (laid.late, laid.days) > (best[0].late, best[0].days):
                each = zip(held, laid.longest, strict=True)
                best = laid, tuple((leg, holdings[index]) for (leg, holdings), index in each)
    if best is None:
        return None
    return replace(_longest(trial, length, view, best[1], 0, None, best[0]), mixed=frozenset(known))


def _longest(
    trial: Trial,
    length: Allowed,
    view: View,
    found: tuple[tuple[Leg, Holding], ...],
    amount: int,
    unit: Unit | None,
    laid: LaidOut | None,
) -> Longest:
    rules = [rule for _, holding in found for rule in holding.rules]
    if length.row is not None:
        table = trial.permit.promise if length.product is None else length.product.duration
        assert table is not None
        rules += row_rules(table, length.row)
    if length.product is not None:
        rules.append((length.product.when, True))
    said = [(condition, held) for condition, held in dict.fromkeys(rules) if condition != ALWAYS]
    claim = Claim(tuple(one for one, held in said if held), tuple(one for one, held in said if not held))
    also = all_of(*(holding.when for _, holding in found))
    held = tuple(Held(leg.stage, holding.place, holding.duration) for leg, holding in _in_turn(trial, found))
    return Longest(length, held, amount, unit, laid, view, claim, also)


def _in_turn(trial: Trial, found: tuple[tuple[Leg, Holding], ...]) -> list[tuple[Leg, Holding]]:
    """Return them in the order in which a file comes to their stages."""
    before: dict[str, set[str]] = {stage.code: set() for stage in trial.permit.stages}
    grown = True
    while grown:
        grown = False
        for stage in trial.permit.stages:
            for row in stage.approved.rows if stage.approved else ():
                if row.value in before and not (before[stage.code] | {stage.code}) <= before[row.value]:
                    before[row.value] |= before[stage.code] | {stage.code}
                    grown = True
    return sorted(found, key=lambda one: len(before[one[0].stage]))


def finds_complete(permit: Permit, city: City) -> bool:
    """Tell whether the first stage is where the one door finds a file complete."""
    first = permit.stages[0]
    looked_at = any(reviewer.agency == city.door for reviewer in first.reviewers)
    return looked_at and not first.signature and not first.outside and not first.objections
