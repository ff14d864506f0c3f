"""A condition as JSON Schema 2020-12, over an application's answers.

Every test carries `required` and the whole type of its field, and a negation stands inside `properties`; encodings
that leave either out disagreed with the reference in one evaluation of seven. Numbers in the schema are plain JSON
numbers: whoever reads it must read them, and the answers, as decimals.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import assert_never

from rules.condition.negation import AllOf, AnyOf, Atom, Constant, Literal, Normal, normal
from rules.condition.presence import BLANKS, MOST
from rules.condition.tree import Answered, Between, Condition, OneOf
from rules.field import Field
from rules.kind import Kind, Scalar

Schema = dict[str, object]

_SHORT_MONTHS = "(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31"
_LEAP = "(?:[12][0-9](?:0[48]|[2468][048]|[13579][26])|(?:12|16|20|24|28)00)-02-29"
DATE_PATTERN = f"^(?:[12][0-9]{{3}}-(?:{_SHORT_MONTHS})|{_LEAP})$"
NOT_BLANK = "[^" + "".join(f"\\u{ord(c):04x}" for c in BLANKS) + "]"


def to_schema(condition: Condition, fields: Mapping[str, Field]) -> Schema | bool:
    """Return the schema that accepts exactly the answers for which the condition holds."""
    return _schema(normal(condition), fields)


def type_schema(field: Field) -> Schema:
    """Return what any answer to the field satisfies: present, and of the right type; its own bounds are not here."""
    match field.kind:
        case Kind.INTEGER | Kind.MONEY:
            return {"type": "integer", "minimum": -MOST, "maximum": MOST}
        case Kind.DECIMAL:
            step = Decimal(1).scaleb(-field.digits)
            most = number(MOST * step)
            return {"type": "number", "minimum": -most, "maximum": most, "multipleOf": number(step)}
        case Kind.DATE:
            # the length keeps out the line end that `$` forgives in Python
            return {"type": "string", "maxLength": 10, "pattern": DATE_PATTERN}
        case Kind.YES_NO:
            return {"type": "boolean"}
        case Kind.CHOICE:
            return {"type": "string", "enum": [option.code for option in field.options]}
        case Kind.CHOICES:
            codes = [option.code for option in field.options]
            return {"type": "array", "minItems": 1, "items": {"type": "string", "enum": codes}}
        case Kind.LIST:
            return {"type": "array", "minItems": 1, "items": {"type": "object"}}
        case Kind.TEXT | Kind.NIK | Kind.NPWP | Kind.NIB | Kind.PHONE | Kind.EMAIL | Kind.ADDRESS | Kind.COORDINATE:
            return {"type": "string", "pattern": NOT_BLANK}
        case _:
            assert_never(field.kind)


def number(value: int | Decimal) -> int | float:
    """Return a number as JSON writes it; at most 15 digits, so the double reads back as the same decimal."""
    return int(value) if value == int(value) else float(value)


def _schema(form: Normal, fields: Mapping[str, Field]) -> Schema | bool:
    match form:
        case Constant(holds):
            return holds
        case Literal(test, positive):
            return _literal(test, positive, fields[test.field])
        case AllOf(parts):
            return {"allOf": [_schema(part, fields) for part in parts]} if parts else True
        case AnyOf(parts):
            return {"anyOf": [_schema(part, fields) for part in parts]} if parts else False
        case _:
            assert_never(form)


def _literal(test: Atom, positive: bool, field: Field) -> Schema:
    kind = type_schema(field)
    match test:
        case Answered():
            asked: Schema = {"required": [field.code], "properties": {field.code: kind}}
            return asked if positive else {"not": asked}
        case OneOf(values=values):
            among: Schema = {"enum": [_json(value) for value in values]}
            says: Schema = {"contains": among} if field.kind is Kind.CHOICES else among
        case Between():
            says = _range(test)
        case _:
            assert_never(test)
    answer = {"allOf": [kind, says]} if positive else {"allOf": [kind], "not": says}
    return {"required": [field.code], "properties": {field.code: answer}}


def _json(value: Scalar) -> str | bool | int | float:
    return value if isinstance(value, (str, bool)) else number(value)


def _range(test: Between) -> Schema:
    if test.kind is Kind.DATE:
        parts: list[Schema] = []
        if test.low is not None:
            parts.append({"pattern": _later(str(test.low), test.low_included)})
        if test.high is not None:
            parts.append({"not": {"pattern": _later(str(test.high), not test.high_included)}})
        return {"allOf": parts} if parts else {}
    schema: Schema = {}
    if test.low is not None:
        assert not isinstance(test.low, str)
        schema["minimum" if test.low_included else "exclusiveMinimum"] = number(test.low)
    if test.high is not None:
        assert not isinstance(test.high, str)
        schema["maximum" if test.high_included else "exclusiveMaximum"] = number(test.high)
    return schema


def _later(day: str, included: bool) -> str:
    """Return a pattern of the dates after `day` in text order, which is date order for YYYY-MM-DD."""
    choices = [
        day[:at] + f"[{chr(ord(figure) + 1)}-9]" for at, figure in enumerate(day) if figure.isdigit() and figure < "9"
    ]
    if included:
        choices.append(day)
    return "^(?:" + "|".join(choices) + ")" if choices else "^(?!)"
