"""Bills for tests: rows are decided by the reference, from small pieces that read like the catalog."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from rules.bill import Bill
from rules.citation import Citation
from rules.city import City, DatedValue, Tariff
from rules.condition.decide import holds
from rules.condition.tree import Between, Condition, Every, OneOf
from rules.derived import with_derived
from rules.fee import bills
from rules.field import Field, Option
from rules.kind import Kind, Value
from rules.permit import Amount, Component, Constant, Factor, Formula, Permit
from rules.ruleset import conditions_of, item_conditions_of
from rules.table import Policy, Row, Table
from rules.words import Words

FILED_ON = date(2026, 3, 2)


def charge(permit: Permit, city: City, answers: Mapping[str, Value], filed_on: date = FILED_ON) -> Bill:
    """Return the bill of an application with these answers."""
    facts = with_derived(permit, answers, filed_on)
    conditions, of_items = conditions_of(permit), item_conditions_of(permit)

    def holds_item(items: str, index: int, rule: str) -> bool:
        rows = facts[items]
        assert isinstance(rows, tuple)
        row = rows[index]
        assert isinstance(row, Mapping)
        return holds(of_items[items][rule], row)

    (only,) = bills(permit, city, facts, filed_on, lambda rule: holds(conditions[rule], facts), holds_item)
    return only


def always(amount: Amount) -> Table[Amount]:
    return Table((Row(amount),))


def table(*rows: tuple[Condition, str] | tuple[Condition, Amount], policy: Policy = Policy.UNIQUE) -> Table[Amount]:
    return Table(tuple(Row(constant(value) if isinstance(value, str) else value, when) for when, value in rows), policy)


def constant(value: str) -> Constant:
    return Constant(Decimal(value))


def formula(code: str, text: str) -> Factor:
    return Factor(code, always(Formula(text)))


def line(name: str, text: str, for_each: str | None = None) -> Component:
    return Component(Words(name), always(Formula(text)), for_each)


def decimal(code: str, label: str, digits: int = 2, unit: str | None = None) -> Field:
    return Field(code, Kind.DECIMAL, Words(label), digits=digits, unit=unit)


def integer(code: str, label: str) -> Field:
    return Field(code, Kind.INTEGER, Words(label))


def choice(code: str, label: str, *options: str) -> Field:
    return Field(code, Kind.CHOICE, Words(label), options=tuple(Option(o, Words(o)) for o in options))


def is_(code: str, *values: str) -> Condition:
    return OneOf(code, Kind.CHOICE, values)


def yes(code: str) -> Condition:
    return OneOf(code, Kind.YES_NO, (True,))


def between(code: str, kind: Kind, low: int | None, high: int | None) -> Condition:
    """Return low <= code < high."""
    return Between(code, kind, low, True, high, False)


def both(*parts: Condition) -> Condition:
    return Every(parts)


def tariff(code: str, name: str, values: Mapping[str, str], item: str | None = None) -> Tariff:
    dated = tuple(DatedValue(day, Decimal(value), Citation(f"kepwali-{code}")) for day, value in values.items())
    return Tariff(code, Words(name), None, ((item, dated),))
