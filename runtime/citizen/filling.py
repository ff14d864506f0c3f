"""An application as far as it is filled in: what was typed, what it means, what is not right, what is shown.

Gains one answer to all of these for every page; computed anew from the typed text each time, so that a draft outlives
a change of the permit.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal

from rules.condition.decide import holds
from rules.condition.tree import Always
from rules.field import Field
from rules.kind import Facts, Kind
from rules.permit import Permit
from runtime.cases.examination import Examined, examine
from runtime.cases.field_errors import FieldError
from runtime.citizen.as_written import Answer, Answers, understand
from runtime.citizen.fault import mark
from runtime.citizen.typed import Typed
from runtime.json_text import Json
from runtime.release import PermitRelease
from runtime.voice import Voice

APPLICATION = "permohonan"
MISSING = mark("belum diisi")
MISSING_CHOICE = mark("belum dipilih")
MISSING_ITEMS = mark("belum ada; tambahkan paling sedikit satu")


@dataclasses.dataclass(frozen=True, slots=True)
class Filling:
    """`faults` are said already, by the name of the control; `hidden` are the names of questions that do not apply.

    `shown` keeps what pages have made of it, by page and whether faults were told: somebody who goes back a page, or
    loads it again, is shown the same.
    """

    release: PermitRelease
    typed: Typed
    answers: Mapping[str, Json]
    examined: Examined
    faults: Mapping[str, str]
    hidden: frozenset[str]
    shown: dict[tuple[int, bool], Mapping[str, str]] = dataclasses.field(default_factory=dict, compare=False)

    @property
    def facts(self) -> Facts:
        """Return what is known."""
        return self.examined.facts

    def shows(self, code: str) -> bool:
        """Tell whether a question applies."""
        return code not in self.hidden


def fill(
    release: PermitRelease, typed: Typed, at: datetime, voice: Voice, known: Mapping[str, Json] | None = None
) -> Filling:
    """Understand what was typed and examine it, together with answers that are `known` and nobody types any more."""
    permit = release.permit
    understood, unread = understand(permit.fields, typed, voice.lang)
    answers: dict[str, Json] = dict(known or {})
    answers |= {code: _json(answer) for code, answer in _with_application(permit, understood).items()}
    examined = examine(release, answers, at)
    hidden = frozenset(hidden_names(permit, examined.facts, typed))
    faults = {name: voice.fault(fault) for name, fault in unread.items() if not _under(name, hidden)}
    for error in (*examined.unanswered, *examined.wrong):
        name = ".".join(map(str, error.path))
        if name not in faults and not _under(name, hidden) and not any(_under(known, {name}) for known in faults):
            faults[name] = _said(error, permit, error in examined.unanswered, voice)
    return Filling(release, typed, answers, examined, faults, hidden)


def hidden_names(permit: Permit, facts: Facts, typed: Typed) -> Iterator[str]:
    """Yield the names of the questions that do not apply: `nib`, `penjaga.0.sertifikat`."""
    for field in permit.fields:
        if not holds(field.shown_when, facts):
            yield field.code
        if field.kind is Kind.LIST and any(not isinstance(item.shown_when, Always) for item in field.items):
            yield from _hidden_in_items(field, facts, typed)


def application_answer(permit: Permit) -> str | None:
    """Return the kind of application where there is only one, which is then not asked."""
    return permit.applications[0].code if len(permit.applications) == 1 else None


def _with_application(permit: Permit, answers: Answers) -> Answers:
    only = application_answer(permit)
    if only is None or all(field.code != APPLICATION for field in permit.fields):
        return answers
    return {APPLICATION: only, **answers}


def _hidden_in_items(field: Field, facts: Facts, typed: Typed) -> Iterator[str]:
    known = facts.get(field.code, ())
    given = typed.get(field.code)
    least = field.minimum if isinstance(field.minimum, int) else 1
    count = len(given) if isinstance(given, list) else max(least, 1)
    for index in range(count):
        item = known[index] if isinstance(known, tuple) and index < len(known) else {}
        for question in field.items:
            if not holds(question.shown_when, item if isinstance(item, Mapping) else {}):
                yield f"{field.code}.{index}.{question.code}"


def _under(name: str, names: frozenset[str] | set[str]) -> bool:
    """Tell whether a control, or the question it is part of, is among `names`."""
    return name in names or name.partition(".")[0] in names


def _said(error: FieldError, permit: Permit, missing: bool, voice: Voice) -> str:
    if not missing:
        # It begins with the question's label, which stands beside it already.
        return error.say(voice.lang).removeprefix(f"{error.label.to(voice.lang)}: ")
    match _kind(permit, error):
        case Kind.CHOICE | Kind.CHOICES | Kind.YES_NO:
            return voice.say(MISSING_CHOICE)
        case Kind.LIST:
            return voice.say(MISSING_ITEMS)
        case _:
            return voice.say(MISSING)


def _kind(permit: Permit, error: FieldError) -> Kind | None:
    field = next((field for field in permit.fields if field.code == error.path[0]), None)
    if field is None or len(error.path) == 1:
        return None if field is None else field.kind
    return next((item.kind for item in field.items if item.code == error.path[-1]), None)


def _json(answer: Answer) -> Json:
    match answer:
        case bool() | int() | Decimal() | str():
            return answer
        case list():
            return [
                item if isinstance(item, str) else {code: _json(inner) for code, inner in item.items()}
                for item in answer
            ]
