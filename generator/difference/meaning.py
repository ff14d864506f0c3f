"""Where two versions of a permit answer differently, by proof: one applicant's answers, put to both.

Gains regions in a sentence, each with the plainest form in it, and the knowledge that there is no other. Loses what the
solver gives up on, or what no replay bears out: then it says that it does not know, and whoever asks says the rule.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, TypeVar

import jsonschema_rs

from generator.difference.both_forms import BothForms, new_refusals, other_bounds, pinned
from generator.lowering.form_schema import form_schema
from generator.proof.application import Application, View
from generator.proof.filled import Filled, Filler
from generator.proof.landmark import Landmarks
from generator.proof.region import region
from generator.proof.replay import Claim, NotReplayedError, plain, replay
from generator.proof.solver import FALSE, TRUE, Formula, UnsettledError, all_of, any_of, no
from rules.codec import canonical
from rules.condition.decide import holds
from rules.condition.sentence import sentence
from rules.condition.tree import ALWAYS, Condition, fields_of
from rules.field import Field
from rules.kind import Facts
from rules.permit import Permit
from rules.ruleset import fact_fields
from rules.settled import settled
from rules.table import Policy, Table, choose
from rules.words import Words

T = TypeVar("T")
MOST_REGIONS = 3
EVERYWHERE = Words("", "")
ELSEWHERE = Words("keadaan lain", "other circumstances")


@dataclass(frozen=True, slots=True)
class Region:
    """Some applications: `when` in a sentence, empty where it is all of them, and one of them filled in; `telling` are
    the questions that it depends on. `condition` is None for those that are left when there are too many to tell."""

    when: Words
    example: Mapping[str, object]
    telling: tuple[str, ...] = ()
    condition: Condition | None = None


@dataclass(frozen=True, slots=True)
class Move(Generic[T]):
    """A table gives `after` where it gave `before` (None: nothing)."""

    before: T | None
    after: T | None
    region: Region


class Meaning:
    """What can be asked about two versions; nothing is made before the first question."""

    def __init__(self, before: Permit, after: Permit) -> None:
        """Ask nothing yet."""
        self._before, self._after = before, after
        self.fields: Mapping[str, Field] = {**fact_fields(before), **fact_fields(after)}

    def gained(self, before: tuple[Condition, ...], after: tuple[Condition, ...]) -> tuple[Region, ...] | None:
        """Return where one of `after` holds and none of `before` did; None where it was not settled."""

        def differs(both: BothForms) -> Formula:
            return all_of(_any(both.new.form.holds, after), no(_any(both.old.form.holds, before)))

        def replayed(old: Facts, new: Facts) -> bool:
            return any(holds(one, new) for one in after) and not any(holds(one, old) for one in before)

        return self._regions(differs, (*before, *after), replayed)

    def lost(self, before: tuple[Condition, ...], after: tuple[Condition, ...]) -> tuple[Region, ...] | None:
        """Return where one of `before` held and none of `after` does; None where it was not settled."""

        def differs(both: BothForms) -> Formula:
            return all_of(_any(both.old.form.holds, before), no(_any(both.new.form.holds, after)))

        def replayed(old: Facts, new: Facts) -> bool:
            return any(holds(one, old) for one in before) and not any(holds(one, new) for one in after)

        return self._regions(differs, (*before, *after), replayed)

    def moves(self, before: Table[T], after: Table[T], *, filled: bool = False) -> tuple[Move[T], ...] | None:
        """Return where two tables choose differently; None where it was not settled. Two plain values need no proof,
        and have a form beside them only where one is to be `filled` in."""
        was, now = _plain(before), _plain(after)
        if not filled and was is not None and now is not None:
            return () if was == now else (Move(was, now, Region(EVERYWHERE, {})),)
        if Policy.SUM in (before.policy, after.policy):
            return None
        read = tuple(row.when for table in (before, after) for row in table.rows)
        found: list[Move[T]] = []
        for old in (*_values(before), None):
            for new in (*_values(after), None) if self._left(before, after, old) else ():
                if old == new:
                    continue

                def differs(both: BothForms, old: T | None = old, new: T | None = new) -> Formula:
                    return all_of(_gives(before, old, both.old), _gives(after, new, both.new))

                def replayed(facts: Facts, now: Facts, old: T | None = old, new: T | None = new) -> bool:
                    return _chooses(before, old, facts) and _chooses(after, new, now)

                regions = self._regions(differs, read, replayed)
                if regions is None:
                    return None
                found += [Move(old, new, one) for one in regions]
        return tuple(found)

    def _left(self, before: Table[T], after: Table[T], value: T | None) -> bool:
        """Tell whether any application that had a value has another one now; true where it was not settled."""
        try:
            both = self._both
            left = all_of(_gives(before, value, both.old), no(_gives(after, value, both.new)))
            return both.solver.possible(both.new.filed, both.read_by_old, both.alike, left)
        except UnsettledError:
            return True

    def refused(self) -> tuple[Region, ...] | None:
        """Return the forms that the earlier version took and whose answers the later one refuses."""
        before, after = self._before, self._after
        if not other_bounds(before, after) and not any(new_refusals(before, after)):
            return ()
        try:
            both = self._both
            with both.solver.supposing(both.old.filed, both.alike, *self._shown_by_new(both)):
                read = tuple(refusal.when for each in (before, after) for refusal in each.eligibility)
                return tuple(self._found(both, both.newly_refused(), both.common_codes(), read, None))
        except (UnsettledError, _NotBorneOutError):
            return None

    @cached_property
    def _both(self) -> BothForms:
        return BothForms(self._before, self._after)

    def _shown_by_new(self, both: BothForms) -> Iterator[Formula]:
        """Say which questions the later form shows, whatever it would accept; what only it asks may be left out."""
        for field in self._after.fields:
            present = both.new.form.own[field.code].present
            yield any_of(no(present), both.new.form.holds(field.shown_when))
        yield both.new.derived

    def _regions(
        self,
        differs: Callable[[BothForms], Formula],
        read: tuple[Condition, ...],
        replayed: Callable[[Facts, Facts], bool],
    ) -> tuple[Region, ...] | None:
        try:
            both = self._both
            with both.solver.supposing(both.new.filed, both.read_by_old, both.alike):
                if not both.solver.possible():
                    return None
                codes = tuple(dict.fromkeys(code for one in read for code in fields_of(one)))
                return tuple(self._found(both, differs(both), codes, read, replayed))
        except (UnsettledError, _NotBorneOutError):
            return None

    def _found(
        self,
        both: BothForms,
        formula: Formula,
        codes: tuple[str, ...],
        read: tuple[Condition, ...],
        replayed: Callable[[Facts, Facts], bool] | None,
    ) -> Iterator[Region]:
        """Yield region after region until none is left, or there are too many to read. Without a replay it is spoken of
        those who filled in the earlier form, else of those who fill in the later one."""
        rest, asked, marks = formula, both.depends(codes), both.landmarks(read)
        first = both.old if replayed is None else both.new
        for _ in range(MOST_REGIONS):
            filled = self._filled(both, first, marks, rest)
            if filled is None:
                return
            other = None if both.asks_alike(asked) else self._other(both, first, marks, filled, rest)
            old, new = self._facts(filled, other)
            self._in_earnest(both, filled, new, of_new=replayed is not None)
            if replayed is not None and (other or both.asks_alike(asked)) and not replayed(old, new):
                raise _NotBorneOutError
            facts = {**new, **old, **filled.facts} if replayed is None else {**old, **new, **filled.facts}

            def certain(test: Condition, facts: Facts = facts) -> bool:
                return holds(test, facts) and not both.solver.possible(both.holds(test, first), no(formula))

            around = region(facts, asked, both.answers, marks, certain)
            if not certain(around):
                raise _NotBorneOutError
            yield Region(self._said(around), facts, tuple(fields_of(around)), around)
            rest = all_of(rest, no(both.holds(around, first)))
        if (filled := self._filled(both, first, marks, rest)) is not None:
            yield Region(ELSEWHERE, {**filled.answers, **filled.officers}, codes)

    def _filled(self, both: BothForms, application: Application, marks: Landmarks, *formulas: Formula) -> Filled | None:
        """Fill the form of one version."""
        if not both.solver.possible(*formulas):
            return None
        return Filler(application, marks).fill(View(application.form, TRUE, frozenset(), ""), *formulas)

    def _other(
        self, both: BothForms, first: Application, marks: Landmarks, filled: Filled, formula: Formula
    ) -> Filled | None:
        """Fill the form of the other version by the same applicant, where that version takes it."""
        other = both.old if first is both.new else both.new
        return self._filled(both, other, marks, formula, pinned(first, filled.answers), other.sound)

    def _in_earnest(self, both: BothForms, filled: Filled, new: Facts, *, of_new: bool) -> None:
        """Put a filled form through the schema and the rules of the version it is for; one that only the earlier takes
        must be one that the later refuses."""
        if of_new:
            replay(both.new, both.new.filing, filled, Claim())
            return
        replay(both.old, both.old.filing, filled, Claim())
        if not any(holds(refusal.when, new) for refusal in self._after.eligibility):
            schema = canonical(form_schema(self._after)).decode()
            validator = jsonschema_rs.Draft202012Validator(schema, validate_formats=True)
            instance = {code: plain(filled.facts[code]) for code in filled.answers}
            if not any(error.instance_path for error in validator.iter_errors(instance)):
                raise NotReplayedError(f"{self._after.code}: the later version takes {instance}")

    def _facts(self, filled: Filled, other: Filled | None) -> tuple[Facts, Facts]:
        """Return what both versions make of the answers of one applicant."""
        raw = {**({} if other is None else other.answers), **filled.answers}
        old, new = (settled(each, raw, filled.filed_on) for each in (self._before, self._after))
        officers = {**({} if other is None else other.officers), **filled.officers}
        return {**old, **officers}, {**new, **officers}

    def _said(self, condition: Condition) -> Words:
        if condition == ALWAYS:
            return Words("", "")
        return Words(sentence(condition, self.fields, "id"), sentence(condition, self.fields, "en"))


class _NotBorneOutError(RuntimeError):
    """What was found possible is not so once derived facts are computed in earnest."""


def _any(say: Callable[[Condition], Formula], conditions: Iterable[Condition]) -> Formula:
    return any_of(*(say(condition) for condition in conditions)) if conditions else FALSE


def _plain(table: Table[T]) -> T | None:
    """Return the value of a table that is one value for everybody."""
    return table.rows[0].value if len(table.rows) == 1 and table.rows[0].when == ALWAYS else None


def _values(table: Table[T]) -> Iterator[T]:
    """Yield the distinct values of a table; some can not be hashed."""
    seen: list[T] = []
    for row in table.rows:
        if row.value not in seen:
            seen.append(row.value)
            yield row.value


def _gives(table: Table[T], value: T | None, application: Application) -> Formula:
    """Say that a table chooses a value; None: no row at all."""
    view = View(application.form, TRUE, frozenset(), "")
    rows = [_counts(table, index, view) for index, row in enumerate(table.rows) if value in (None, row.value)]
    some = any_of(*rows) if rows else FALSE
    return no(some) if value is None else some


def _counts(table: Table[T], index: int, view: View) -> Formula:
    """Say that a row counts: that it holds, with `pertama` that none before it does, for `selainnya` that none does."""
    row = table.rows[index]
    others = table.rows if row.otherwise else table.rows[:index] if table.policy is Policy.FIRST else ()
    return all_of(view.holds(row.when), *(no(view.holds(other.when)) for other in others if not other.otherwise))


def _chooses(table: Table[T], value: T | None, facts: Facts) -> bool:
    """Tell whether a table chooses a value in earnest."""
    rows = choose(table, lambda index: holds(table.rows[index].when, facts))
    return (not rows) if value is None else any(table.rows[index].value == value for index in rows)
