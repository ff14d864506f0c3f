"""A condition as small JSON lists for the browser, where `runtime/static/condition.js` evaluates them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import assert_never

from rules.codec import Json
from rules.condition.tree import Always, Answered, Between, Condition, Every, Not, OneOf, Some
from rules.field import Field
from rules.kind import Kind, Scalar


def to_json(condition: Condition) -> list[Json]:
    """Return the list form: `["in", field, values]`, `["r", field, low, high, low_included, high_included]`,
    `["ada", field]`, `["dan", …]`, `["atau", …]`, `["bukan", x]`, `["selalu"]`."""
    match condition:
        case Always():
            return ["selalu"]
        case Answered(field):
            return ["ada", field]
        case OneOf(field, _, values):
            return ["in", field, [_value(value) for value in values]]
        case Between(field, _, low, low_included, high, high_included):
            return ["r", field, _value(low), _value(high), low_included, high_included]
        case Every(parts):
            return ["dan", *(to_json(part) for part in parts)]
        case Some(parts):
            return ["atau", *(to_json(part) for part in parts)]
        case Not(part):
            return ["bukan", to_json(part)]
        case _:
            assert_never(condition)


def kinds(fields: Mapping[str, Field]) -> dict[str, list[Json]]:
    """Return what `clean` needs to know of each field: `["n", digits]`, `["o", codes]`, `["m", codes]`, `["d"]`,
    `["b"]`, `["t"]` or `["l"]`."""
    return {code: _kind(field) for code, field in fields.items()}


def _kind(field: Field) -> list[Json]:
    match field.kind:
        case Kind.INTEGER | Kind.MONEY:
            return ["n", 0]
        case Kind.DECIMAL:
            return ["n", field.digits]
        case Kind.DATE:
            return ["d"]
        case Kind.YES_NO:
            return ["b"]
        case Kind.CHOICE:
            return ["o", [option.code for option in field.options]]
        case Kind.CHOICES:
            return ["m", [option.code for option in field.options]]
        case Kind.LIST:
            return ["l"]
        case Kind.TEXT | Kind.NIK | Kind.NPWP | Kind.NIB | Kind.PHONE | Kind.EMAIL | Kind.ADDRESS | Kind.COORDINATE:
            return ["t"]
        case _:
            assert_never(field.kind)


def _value(value: Scalar | None) -> bool | int | float | str | None:
    # at most 15 digits, so the double is written, and compared, as the decimal is
    return float(value) if isinstance(value, Decimal) else value
