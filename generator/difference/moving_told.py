"""Which open cases would move to a version that takes them over, and what each of them would be asked.

Gains the measure of the run time: the form, rules of eligibility and documents of the later version. Loses the papers
that a case holds beyond those it was asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import jsonschema_rs

from generator.difference.replayed import Past
from generator.lowering.form_schema import form_schema
from generator.proof.replay import plain
from rules.carried_over import carried_over
from rules.city import City
from rules.codec import canonical
from rules.decider import Decider
from rules.decision import Decision
from rules.permit import Permit
from rules.release import read_json
from rules.words import Words


@dataclass(frozen=True, slots=True)
class MovingCase:
    """An open case, what it would be `asked` in one list, and why it stays where it does (`refused`)."""

    past: Past
    asked: tuple[Words, ...] = ()
    refused: tuple[Words, ...] = ()


def moving_cases(
    before: Permit, after: Permit, cities: tuple[City, City], past: Iterable[Past]
) -> tuple[MovingCase, ...]:
    """Return the open cases of the earlier version that would move, in their order; none where it takes none over."""
    waiting = [one for one in past if one.movable and one.version == before.valid_from]
    if after.moving is None or not waiting:
        return ()
    old, new = (Decider(permit, city) for permit, city in zip((before, after), cities, strict=True))
    schema = read_json(canonical(form_schema(after)))
    assert isinstance(schema, dict)
    validator = jsonschema_rs.Draft202012Validator(schema, validate_formats=True)
    try:
        return tuple(_moving(old, new, validator, one) for one in waiting)
    finally:
        old.close()
        new.close()


def _moving(old: Decider, new: Decider, validator: jsonschema_rs.Draft202012Validator, one: Past) -> MovingCase:
    before = _decided(old, one.answers, one.filed_on)
    answers = carried_over(old.permit, new.permit, one.answers)
    facts = new.facts(answers, one.filed_on)
    labels = {field.code: field.label for field in new.permit.fields}
    missing, wrong = dict[str, Words](), dict[str, Words]()
    instance: dict[str, object] = {code: plain(value) for code, value in {**answers, **facts}.items()}
    shown = {code: value for code, value in instance.items() if code in facts or code in labels}
    for error in validator.iter_errors(shown):
        required = error.kind.name == "required"
        code = str([*error.instance_path, error.kind.as_dict().get("property")][0])
        (missing if required else wrong)[code] = labels.get(code, Words(code))
    after = _decided(new, answers, one.filed_on)
    refused = (*wrong.values(), *(refusal.message for refusal in after.refusals))
    return MovingCase(one, () if refused else (*missing.values(), *_papers(before, after)), refused)


def _papers(before: Decision, after: Decision) -> Iterator[Words]:
    known = {document.code for document in before.documents}
    return (document.name for document in after.documents if document.code not in known)


def _decided(decider: Decider, answers: Mapping[str, object], day: date) -> Decision:
    at = datetime.combine(day, time(9), ZoneInfo(decider.city.zone))
    return decider.decide(decider.facts(answers, day), at)
