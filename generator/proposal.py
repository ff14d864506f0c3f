"""Examples for what no example reaches, found by proof: a form that gets there, and what is decided of it today.

What follows is not known to be right: it is what the catalog says. So each is marked `usulan: ya`, and counts for
nothing until a person has worked it out from the law and takes the mark away.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from generator.coverage import Coverage, Part, reached, tables_of
from generator.example_difference import as_written, ending, lasts, pauses_of, products_of, stages_of
from generator.examples import Compiled, Outcome
from generator.finding import Place
from generator.model import Example
from generator.proof import solver
from generator.proof.application import Application, View, chosen
from generator.proof.filled import Filled
from generator.proof.replay import Claim
from generator.proof.solver import UnsettledError, all_of, no
from generator.proof.trial import Trial, trial
from rules.condition.tree import fields_of
from rules.decision import Decision
from rules.permit import Earliest, Formula, Permit, UntilField
from rules.ruleset import rule_sources
from rules.table import Table

NOTE = "usul: mencapai {what}"  # the catalog is written in Bahasa Indonesia


@dataclass(frozen=True, slots=True)
class Proposal:
    """An example to be confirmed, and what it was made for. Without one `proven` tells that no application gets there;
    else none was found: a formula that the proof knows only by its bounds, or its time, stood in the way."""

    part: Part
    example: Example | None
    proven: bool = False


def proposals(coverage: Coverage, compiled: Compiled, written: Sequence[Example]) -> Iterator[Proposal]:
    """Yield an example for each part of a permit version that no example reaches, one for all that it reaches: the form
    of an example that gets there and does not say so, else one filled in by proof."""
    permit = coverage.version.permit
    proof = trial(permit)
    done: set[str] = set()
    for part in coverage.unreached:
        if part.rule in done:
            continue
        again = _again(compiled, part, coverage.holding)
        tried = list(_until_there(chain(again, _tried(proof, compiled, part, written))))
        outcome = tried[-1] if tried else None
        if outcome is None:
            yield Proposal(part, None, proven=not tried)
            continue
        done |= reached(compiled, outcome)
        yield Proposal(part, replace(outcome.example, proposed=True))


def _again(compiled: Compiled, part: Part, holding: Sequence[Example]) -> Iterator[Outcome]:
    """Yield what comes of each whole example that gets to a part when all is said that follows from it."""
    for example in holding:
        if not example.partial:
            said = _said(compiled, part, example)
            if said is not None and part.rule in reached(compiled, outcome := compiled.run(said)):
                yield outcome


def _until_there(tries: Iterator[Outcome | None]) -> Iterator[Outcome | None]:
    """Yield tries up to the first that got there."""
    for outcome in tries:
        yield outcome
        if outcome is not None:
            return


def _tried(proof: Trial, compiled: Compiled, part: Part, written: Sequence[Example]) -> Iterator[Outcome | None]:
    """Yield what comes of each form that should get to a part, decided in earnest: None where it does not get there."""
    for view, formula, claim in _ways(proof.application, part.rule):
        try:
            shown = proof.shown(view, claim, formula)
        except UnsettledError:
            yield None
            continue
        if shown is None:
            continue
        for before in (written, ()):
            example = _example(compiled, part, shown.filled, before)
            outcome = None if example is None else compiled.run(example)
            yield outcome if outcome is not None and part.rule in reached(compiled, outcome) else None


def _ways(application: Application, rule: str) -> Iterator[tuple[View, solver.Formula, Claim]]:
    """Yield where on its way an application may get to a part, and what is then so of it; the likeliest first."""
    permit, plain = application.permit, Claim()
    ends = [stage.code for stage in permit.stages if stage.end == "terbit"]
    late = [application.issuing(end) for end in ends]
    match rule.split("/"):
        case ["syarat", index]:
            when = permit.requirements[int(index)].when
            yield from ((view, view.holds(when), plain) for view in (*late, application.filing))
        case ["kelayakan", index]:
            view = application.offered
            this = permit.eligibility[int(index)].when
            others = [no(view.holds(each.when)) for at, each in enumerate(permit.eligibility) if at != int(index)]
            yield view, all_of(view.holds(this), *others), plain
            yield view, view.holds(this), plain
        case ["alur", code]:
            stage = application.stage(code)
            view = application.issuing(code) if stage.end is not None else application.entering(code)
            yield view, all_of(), plain
        case ["alur", code, "serentak", desk]:
            view = application.entering(code)
            yield view, view.holds(application.stage(code).reviewers[int(desk)].when), plain
        case ["alur", code, "setuju", row]:
            yield application.leaving(code), application.row_chosen(code, int(row)), plain
        case ["alur", code, what, desk, row]:
            view, reviewer = application.entering(code), application.stage(code).reviewers[int(desk)]
            table, _ = _table(permit, f"alur/{code}/{what}/{desk}")
            yield view, all_of(view.holds(reviewer.when), chosen(table, int(row), view)), plain
        case ["retribusi", *_, "bebas", index]:
            fee = next(fee for fee in permit.fees if rule.startswith(f"{fee.rules}/"))
            when = fee.exemptions[int(index)].when
            yield from ((view, view.holds(when), plain) for view in (*late, application.filing))
        case _:
            row = rule.rpartition("/")[2]
            table, for_each = _table(permit, rule.rpartition("/")[0])
            for view in (*late, application.filing):
                if for_each is None:
                    yield view, chosen(table, int(row), view), plain
                else:
                    of_item = view.of_item(application.items[for_each])
                    yield of_item, chosen(table, int(row), of_item), Claim(items=for_each)


def _table(permit: Permit, prefix: str) -> tuple[Table[object], str | None]:
    return next((table, for_each) for name, table, for_each in tables_of(permit) if name == prefix)


def _example(compiled: Compiled, part: Part, filled: Filled, written: Sequence[Example]) -> Example | None:
    """Make an example of a filled form, with what is decided of it; with answers as people gave them in `written`
    where no rule reads the question, else as the proof filled it in."""
    permit = compiled.decider.permit
    filled_in = Example(
        permit.code,
        0,
        "",
        filled.filed_on.isoformat(),
        _natural(permit, filled.answers, written),
        _by_desk(permit, filled.officers),
        {},
        False,
        Place(""),
    )
    return _said(compiled, part, filled_in)


def _said(compiled: Compiled, part: Part, example: Example) -> Example | None:
    """Return an example with all that is decided of it, and what it is for; None where nothing can be decided."""
    bare = replace(example, note=NOTE.format(what=part.says.id), expected={})
    decision = compiled.run(bare).decision
    return None if decision is None else replace(bare, expected=_expected(bare, decision, compiled.decider.city.door))


def _natural(permit: Permit, answers: Mapping[str, object], written: Sequence[Example]) -> dict[str, object]:
    """Answer the questions that no rule reads as they were answered before."""
    read = _read(permit)
    before: dict[str, object] = {}
    for example in written:
        before = {**{code: value for code, value in example.answers.items() if code not in read}, **before}
    return {code: before.get(code, value) for code, value in answers.items()}


def _read(permit: Permit) -> set[str]:
    """Return every question that a condition, a formula, a count or a validity reads."""
    read = {code for condition in rule_sources(permit).values() for code in fields_of(condition)}
    read |= {code for field in permit.fields for code in fields_of(field.shown_when)}
    derived = [*permit.derived, *(each for field in permit.fields for each in field.derived)]
    formulas = [each.formula or "" for each in derived]
    read |= {each.count_of for each in permit.derived if each.count_of is not None}
    for _, table, for_each in tables_of(permit):
        read |= {for_each} if for_each is not None else set()
        for row in table.rows:
            match row.value:
                case Formula(text):
                    formulas.append(text)
                case UntilField(field):
                    read.add(field)
                case Earliest(ends):
                    read |= {end.field for end in ends if isinstance(end, UntilField)}
                case _:
                    pass
    return read | set(re.findall(r"\w+", " ".join(formulas)))


def _by_desk(permit: Permit, officers: Mapping[str, object]) -> dict[str, object]:
    """Put what officers answer under their stage and agency."""
    found: dict[str, object] = {}
    for stage in permit.stages:
        desks: dict[str, object] = {}
        for reviewer in stage.reviewers:
            said = {field.code: officers[field.code] for field in reviewer.officer_fields if field.code in officers}
            if said:
                desks[reviewer.agency] = {"jawaban": said}
        if desks:
            found[stage.code] = desks
    return found


def _expected(example: Example, decision: Decision, door: str) -> dict[str, object]:
    """Say what was decided, in the words of `hasil`."""
    if not decision.eligible:
        return {"akhir": ending(example, decision)}
    found: dict[str, object] = {
        "dokumen": tuple(document.code for document in decision.documents),
        "peninjau": decision.agencies(door),
    }
    if decision.due is not None:
        several = {bill.code: bill.due for bill in decision.bills if bill.code}
        found["retribusi"] = several or decision.due
    if decision.promise is not None:
        found["waktu"] = as_written(decision.promise)
    if (end := lasts(decision)) is not None:
        found["masa_berlaku"] = end
    found["tahap"] = stages_of(decision)
    if pauses := pauses_of(decision):
        found["jeda"] = pauses
    if decision.bring:
        found["dibawa"] = tuple(document.code for document in decision.bring)
    if len(decision.products) > 1:
        found["produk"] = products_of(decision)
    return found if decision.end is None else {**found, "akhir": ending(example, decision)}
