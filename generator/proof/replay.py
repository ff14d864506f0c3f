"""A filled form, put through everything that decides in earnest: the form's JSON Schema, the reference, durable-rules.

What a proof shows must be so. Where one of the three says otherwise the fault is ours, and the program ends with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import jsonschema_rs

from generator.lowering.form_schema import form_schema
from generator.proof.application import FILING, ISSUED, REFUSED, Application, View
from generator.proof.filled import Filled
from rules.codec import canonical
from rules.condition.decide import holds
from rules.condition.tree import Condition
from rules.engine import RuleBook
from rules.field import Field
from rules.kind import Facts
from rules.memo import remembered
from rules.permit import Permit
from rules.release import read_json
from rules.ruleset import fact_fields, item_fields
from rules.table import Table, choose


class NotReplayedError(AssertionError):
    """What was proven is not so: the encoding, the schema, the reference or the engine is at fault."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What is said of a filled form: these conditions hold, and these do not, where those `given` hold as well. With
    `items` it is said of the first item of that `daftar`."""

    holds: tuple[Condition, ...] = ()
    fails: tuple[Condition, ...] = ()
    items: str | None = None
    given: tuple[Condition, ...] = ()


def replay(application: Application, view: View, filled: Filled, claim: Claim) -> None:
    """Do nothing where a filled form is what it is claimed to be; NotReplayedError otherwise."""
    permit = application.permit
    fields = fact_fields(permit)
    filed = {code: value for code, value in filled.facts.items() if code not in application.filing.unknown}
    instance = {code: plain(value) for code, value in filed.items()}
    for error in _validator(permit).iter_errors(instance):
        raise NotReplayedError(f"{permit.code}: the schema refuses {instance}: {error.message}")
    if view.of_filed:
        _said(permit, (), [refusal.when for refusal in permit.eligibility], filed, fields)
        _came(application, filled.facts, view.where)
    facts = filled.facts
    if claim.items is not None:
        own = item_fields(fields[claim.items])
        around = {code: value for code, value in facts.items() if code not in own and code != claim.items}
        facts, fields = {**around, **(filled.item or {})}, {**fields, **own}
    _said(permit, (*claim.given, *claim.holds), claim.fails, facts, fields)


def _said(
    permit: Permit,
    hold: Iterable[Condition],
    fail: Iterable[Condition],
    facts: Facts,
    fields: Mapping[str, Field],
) -> None:
    """Ask the reference and the engine which conditions hold."""
    rules = {f"+{index}": condition for index, condition in enumerate(hold)}
    expected = set(rules)
    rules |= {f"-{index}": condition for index, condition in enumerate(fail)}
    by_reference = {rule for rule, condition in rules.items() if holds(condition, facts)}
    if by_reference != expected:
        raise NotReplayedError(f"{permit.code}: the reference says {by_reference}, not {expected}, of {facts}")
    if not rules:
        return
    book = RuleBook(rules, fields)
    try:
        concluded = book.decide(facts)
    finally:
        book.close()
    if concluded.manual is not None or set(concluded.held) != expected:
        raise NotReplayedError(f"{permit.code}: the engine says {concluded}, not {expected}, of {facts}")


def _came(application: Application, facts: Facts, where: str) -> None:
    """Walk the way as if everybody approved; it must lead where the form is said to be."""
    reached, pending = set[str](), [application.permit.stages[0].code]
    while pending:
        at = pending.pop()
        reached.add(at)
        table = application.stage(at).approved
        if table is not None:
            known = {code: value for code, value in facts.items() if code not in application.left(at).unknown}
            ways = [row.value for row, held in zip(table.rows, _held(table, known), strict=True) if held]
            pending += [way for way in ways if application.has(way) and way not in reached]
    issued = any(application.stage(at).end not in (None, REFUSED) for at in reached)
    if where not in (*reached, FILING) and not (where == ISSUED and issued):
        raise NotReplayedError(f"{application.permit.code}: {facts} does not come to {where}")


def _held(table: Table[str], facts: Facts) -> Iterator[bool]:
    """Tell of each row whether it counts."""
    counting = choose(table, lambda index: holds(table.rows[index].when, facts))
    yield from (index in counting for index, _ in enumerate(table.rows))


def _made(permit: Permit) -> jsonschema_rs.Draft202012Validator:
    schema = read_json(canonical(form_schema(permit)))
    assert isinstance(schema, dict)
    return jsonschema_rs.Draft202012Validator(schema, validate_formats=True)


_validator = remembered(_made, most=4)


def plain(value: object) -> object:
    """Return a fact as the JSON value that a schema speaks of."""
    match value:
        case Mapping():
            return {key: plain(inner) for key, inner in value.items()}
        case tuple():
            return [plain(inner) for inner in value]
        case _:
            return value
