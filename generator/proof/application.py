"""An application for one permit version as unknowns, at every point of its way.

`offered` is what passes the form: what its schema accepts, with its derived facts. `filing` is what is filed: no rule
of eligibility stands against it. `entering` and `leaving` a stage are the applications that come there and are approved
there: officers' answers are free, and there from the moment their desk has answered. `issuing` knows everything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from generator.proof.answer import LAST_DAY, Lexicon
from generator.proof.derived import DerivedFacts
from generator.proof.form import Form, words_of
from generator.proof.items import Items, items_of
from generator.proof.solver import TRUE, Formula, Solver, all_of, any_of, implies, no
from rules.condition.tree import Condition
from rules.kind import Kind
from rules.permit import Permit, Reviewer, Stage
from rules.ruleset import as_field, rule_sources
from rules.table import Policy, Table

T = TypeVar("T")

FILING, ISSUED = "pengajuan", "terbit"
REFUSED = "ditolak"


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """The applications at one point of the way: `given` holds of all of them, and of them alone. What is in `unknown`
    is not answered yet. `where` is `FILING`, `ISSUED`, or the stage that is entered or left; what is not
    `of_filed` may have been refused by a rule of eligibility."""

    form: Form
    given: Formula
    unknown: frozenset[str]
    where: str
    of_filed: bool = True

    def holds(self, condition: Condition) -> Formula:
        """Say that a condition definitely holds at this point."""
        return self.form.holds(condition, self.unknown)

    def fails(self, condition: Condition) -> Formula:
        """Say that a condition is definitely false at this point."""
        return self.form.fails(condition, self.unknown)

    def where_also(self, formula: Formula) -> View:
        """Return the same point, for those applications only of which something more is so."""
        return View(self.form, all_of(self.given, formula), self.unknown, self.where, self.of_filed)

    def of_item(self, items: Items) -> View:
        """Return the same point, seen from an item of a `daftar` that is filled."""
        given = all_of(self.given, items.whole.present)
        return View(items.any_one, given, self.unknown, self.where, self.of_filed)


class Application:
    """The unknowns of one application. Several may share a solver and its lexicon: then name them apart, and let each
    know of the permits of the others (`also`), so that the same text is the same in all. Conditions that no permit has
    are `asked`."""

    def __init__(
        self,
        permit: Permit,
        solver: Solver,
        lexicon: Lexicon,
        name: str = "",
        also: Iterable[Permit] = (),
        asked: Iterable[Condition] = (),
    ) -> None:
        """Make the unknowns; nothing is required of them yet."""
        self.permit = permit
        self.solver = solver
        of_permits = (condition for each in (permit, *also) for condition in _every_condition(each))
        words = words_of((*of_permits, *asked))
        self.officers = {field.code: field for field in permit.officer_fields}
        beside = [*map(as_field, permit.derived), *self.officers.values()]
        self.form = Form(solver, lexicon, permit.fields, beside, name, words)
        self.filed_on = solver.whole(f"{name}.tanggal_berkas")
        lists = [field for field in permit.fields if field.kind is Kind.LIST]
        self.items = {
            field.code: items_of(
                solver,
                lexicon,
                self.form,
                field,
                tuple(one for one in permit.derived if one.count_of == field.code),
                words,
                self.filed_on,
            )
            for field in lists
        }
        facts = DerivedFacts(permit, self.form, self.items, self.filed_on)
        self.derived = all_of(*facts.rules(), *_days_of(permit, self))
        self.accepted = all_of(self.form.accepted, *(each.accepted for each in self.items.values()))
        self.sound = all_of(self.accepted, self.derived)
        self.exactly = all_of(*facts.exactly)
        self.read_exactly = tuple(field for field in permit.fields if field.code in facts.read_exactly)
        self.rests_on = facts.rests_on
        self._stages = {stage.code: stage for stage in permit.stages}
        self._before = {stage.code: self._ancestors(stage.code) for stage in permit.stages}
        self._visited: dict[str, Formula] = {}
        none_known = self._unknown(frozenset())
        refused = [self.form.holds(refusal.when, none_known) for refusal in permit.eligibility]
        self.filed = all_of(self.sound, *map(no, refused))
        self.filing = View(self.form, self._known(self.filed, frozenset()), none_known, FILING)
        self.offered = View(self.form, self._known(self.sound, frozenset()), none_known, FILING, of_filed=False)

    def entering(self, stage: str) -> View:
        """Return the applications that come to a stage, before any of its desks has answered."""
        return self._view(stage, self._before[stage] - {stage})

    def leaving(self, stage: str) -> View:
        """Return the applications that every desk of a stage has approved."""
        return self._view(stage, self._before[stage] | {stage})

    def issuing(self, end: str) -> View:
        """Return the applications that come to an end, with everything that officers answered on the way."""
        return self._view(end, self._before[end])

    def issued(self) -> View:
        """Return the applications that end in what was applied for, with everything that officers answered."""
        ends = [stage.code for stage in self.permit.stages if stage.end not in (None, REFUSED)]
        known = frozenset[str]().union(*(self._before[end] for end in ends))
        given = all_of(self.filed, any_of(*map(self.visited, ends)))
        return View(self.form, self._known(given, known), self._unknown(known), ISSUED)

    def row_chosen(self, stage: str, index: int) -> Formula:
        """Say that an approval at a stage leads where the row says."""
        table = self._stages[stage].approved
        assert table is not None
        return chosen(table, index, self.left(stage))

    def visited(self, stage: str) -> Formula:
        """Say that the file comes to a stage when everybody approves."""
        if stage not in self._visited:
            first = self.permit.stages[0].code
            ways = [
                all_of(self.visited(before.code), self.row_chosen(before.code, index))
                for before in self.permit.stages
                for index, row in enumerate(before.approved.rows if before.approved else ())
                if row.value == stage and before.code != stage
            ]
            self._visited[stage] = TRUE if stage == first else any_of(*ways)
        return self._visited[stage]

    def asked(self, stage: str, reviewer: Reviewer) -> Formula:
        """Say that the file comes to a stage and that this desk is asked there."""
        return all_of(self.visited(stage), self.form.holds(reviewer.when, self._unknown(self._before[stage] - {stage})))

    def _view(self, stage: str, known: frozenset[str]) -> View:
        return View(self.form, self._known(all_of(self.filed, self.visited(stage)), known), self._unknown(known), stage)

    def left(self, stage: str) -> View:
        """Return a view for its conditions alone, before it is known who comes there."""
        return View(self.form, TRUE, self._unknown(self._before[stage] | {stage}), stage)

    def _known(self, given: Formula, stages: frozenset[str]) -> Formula:
        """Add that officers have answered at these stages, and at no other."""
        return all_of(given, *self._answered(stages))

    def _answered(self, stages: frozenset[str]) -> Iterator[Formula]:
        for stage in self.permit.stages:
            for reviewer in stage.reviewers:
                for field in reviewer.officer_fields:
                    one = self.form.own[field.code]
                    if stage.code not in stages:
                        yield no(one.present)
                        continue
                    here = self.asked(stage.code, reviewer)
                    shown = self.form.holds(field.shown_when, self._unknown(self._before[stage.code] | {stage.code}))
                    yield implies(one.present, all_of(here, shown))
                    if not field.optional:
                        yield implies(all_of(here, shown), one.present)

    def _unknown(self, stages: frozenset[str]) -> frozenset[str]:
        """Return what is not answered when the officers of these stages have: their answers, and what rests on them."""
        officers = {
            field.code
            for stage in self.permit.stages
            if stage.code not in stages
            for reviewer in stage.reviewers
            for field in reviewer.officer_fields
        }
        return frozenset(officers | {code for code, needs in self.rests_on.items() if not officers.isdisjoint(needs)})

    def _ancestors(self, stage: str) -> frozenset[str]:
        """Return the stages that a file may have been approved at before it comes to this one."""
        found: set[str] = set()
        pending = [stage]
        while pending:
            at = pending.pop()
            for before in self.permit.stages:
                leads = any(row.value == at for row in (before.approved.rows if before.approved else ()))
                if leads and before.code not in found:
                    found.add(before.code)
                    pending.append(before.code)
        return frozenset(found)

    def has(self, code: str) -> bool:
        """Tell whether there is a stage of this code; `penolakan` is none that is written."""
        return code in self._stages

    def stage(self, code: str) -> Stage:
        """Return a stage by its code."""
        return self._stages[code]


def chosen(table: Table[T], index: int, view: View) -> Formula:
    """Say that a row of a table counts: with `tunggal` and `jumlahkan` that it holds, with `pertama` that it does and
    none before it, and for `selainnya` that none does."""
    row = table.rows[index]
    if row.otherwise:
        return all_of(*(no(view.holds(other.when)) for other in table.rows if not other.otherwise))
    before = table.rows[:index] if table.policy is Policy.FIRST else ()
    return all_of(view.holds(row.when), *(no(view.holds(other.when)) for other in before if not other.otherwise))


def _every_condition(permit: Permit) -> Iterator[Condition]:
    yield from rule_sources(permit).values()
    yield from (field.shown_when for field in (*permit.fields, *permit.officer_fields))
    for field in permit.fields:
        yield from (item.shown_when for item in field.items)
    yield from (one.count_when for one in permit.derived)


def _days_of(permit: Permit, application: Application) -> Iterator[Formula]:
    """Say on which days an application for this version is filed."""
    yield application.filed_on.at_least(date.fromisoformat(permit.valid_from).toordinal())
    last = LAST_DAY if permit.valid_until is None else date.fromisoformat(permit.valid_until).toordinal() - 1
    yield application.filed_on.at_most(last)
