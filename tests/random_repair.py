"""A repair at random: answers taken from another application, or made up, and sometimes something nobody asked for."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from rules.case_event import ItemKind, RepairItem, Target
from rules.command import Resubmit
from rules.field import Field
from rules.kind import Facts, Kind, Value
from rules.permit import Permit
from rules.repair_list import Given, compared, field
from tests.way_oracle import differing

Files = dict[Target, tuple[str, ...]]


@dataclass(frozen=True)
class Written:
    """What an applicant has written and given: answers as JSON values, the facts from them, files by document."""

    raw: Mapping[str, object]
    form: dict[str, Value]
    files: Files


@dataclass(frozen=True)
class RandomRepair:
    """A repair that is sent in, with what it leaves; `may_change` is what was asked for and what comes and goes with
    it, `elsewhere` tells that something else was changed."""

    command: Resubmit
    written: Written
    may_change: frozenset[Target]
    elsewhere: bool


def repaired(
    rng: random.Random,
    permit: Permit,
    items: Sequence[RepairItem],
    before: Written,
    other: Mapping[str, object],
    facts: Callable[[Mapping[str, object]], dict[str, Value]],
) -> RandomRepair:
    """Repair what is listed, some of it as in another application."""
    raw, files, questions = dict(before.raw), dict(before.files), {one.code: one for one in permit.fields}
    for item in items:
        if item.kind is ItemKind.DOCUMENT:
            files[item.target] = (f"{item.code}-{rng.randrange(1000)}",)
        elif rng.random() < 0.35 and (made_up := _made_up(rng, questions.get(item.code))) is not None:
            raw[item.code] = made_up
        elif item.code in other and rng.random() < 0.8:
            raw[item.code] = other[item.code]
    asked, elsewhere = {item.target for item in items}, False
    if rng.random() < 0.12 and (unasked := [target for target in files if target not in asked]):
        files[rng.choice(unasked)] = ("lain",)
        elsewhere = True
    form = facts(raw)
    was, now = _given(before.form, before.files, questions), _given(form, files, questions)
    found = compared(was, now, items)
    comes_and_goes = {field(code) for code in was.answers.keys() ^ now.answers.keys()}
    command = Resubmit(found.changed, tuple(sorted(differing(before.form, form))), found.beyond)
    return RandomRepair(command, Written(raw, form, files), frozenset(asked | comes_and_goes), elsewhere)


def _given(form: Facts, files: Files, questions: Mapping[str, Field]) -> Given:
    return Given({code: value for code, value in form.items() if code in questions}, files)


def _made_up(rng: random.Random, question: Field | None) -> object:
    """Return an answer to a question as a JSON value, None for kinds that need more thought."""
    if question is None:
        return None
    match question.kind:
        case Kind.CHOICE:
            return rng.choice(question.options).code
        case Kind.YES_NO:
            return rng.random() < 0.5
        case Kind.INTEGER | Kind.MONEY | Kind.DECIMAL:
            low, high = question.minimum, question.maximum
            least = int(low) if isinstance(low, int | float) else 0
            most = int(high) if isinstance(high, int | float) else 1000
            return rng.randrange(least, max(least, min(most, least + 2000)) + 1)
        case _:
            return None
