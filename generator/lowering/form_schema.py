"""A permit's questions to the JSON Schema (2020-12) that says exactly which answers are an application.

The instance is the settled facts: answers with hidden ones removed, and derived facts beside them (read-only: nobody
may send them). A question is required while it is shown and refused while it is not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import assert_never

from rules.condition.as_json_schema import DATE_PATTERN, NOT_BLANK, Schema, number, to_schema
from rules.condition.tree import Always, Between
from rules.field import Field
from rules.kind import Kind
from rules.permit import Permit
from rules.ruleset import as_field, fact_fields, item_fields

MOST = 10**15 - 1  # 15 significant digits: so far comparing doubles equals comparing decimals
# Structure of identifiers: facts 3.10. A woman's day of birth is written plus 40; the serial is never 0000.
NIK = (
    "^[1-9][0-9]{5}(0[1-9]|[12][0-9]|3[01]|4[1-9]|[56][0-9]|7[01])(0[1-9]|1[0-2])[0-9]{2}"
    "(000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})$"
)
PATTERNS = {
    Kind.NIK: NIK,
    Kind.NPWP: "^[0-9]{15,16}$",
    Kind.NIB: "^[0-9]{13}$",
    Kind.PHONE: "^(0|[+]62)[0-9]{8,12}$",
    Kind.EMAIL: "^[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}([.][A-Za-z0-9-]{1,63}){1,8}$",
    Kind.COORDINATE: "^-?[0-9]{1,2}([.][0-9]{1,8})?, ?-?[0-9]{1,3}([.][0-9]{1,8})?$",
}
LENGTHS = {Kind.TEXT: 200, Kind.ADDRESS: 500}


def form_schema(permit: Permit) -> Schema:
    """Return the schema of a permit's form."""
    properties, rules = _questions(permit.fields, fact_fields(permit))
    for derived in permit.derived:
        properties[derived.code] = {**_value(as_field(derived)), "readOnly": True}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": permit.name.id,
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
        **_all_of(rules),
    }


def _all_of(rules: list[object]) -> Schema:
    """Require these rules; a form of which nothing has to be answered has none, and a schema no empty `allOf`."""
    return {"allOf": rules} if rules else {}


def _questions(fields: Iterable[Field], known: Mapping[str, Field]) -> tuple[Schema, list[object]]:
    properties: Schema = {}
    rules: list[object] = []
    for field in fields:
        properties[field.code] = {"title": field.label.id, **_value(field)}
        rules.extend(_presence(field, known))
        if field.kind is Kind.DATE and (field.minimum, field.maximum) != (None, None):
            bounds = Between(field.code, field.kind, low=field.minimum, high=field.maximum)
            rules.append({"if": {"required": [field.code]}, "then": to_schema(bounds, known)})
    return properties, rules


def _presence(field: Field, known: Mapping[str, Field]) -> Iterable[Schema]:
    asked: Schema = {} if field.optional else {"required": [field.code]}
    if isinstance(field.shown_when, Always):
        if asked:
            yield asked
    else:
        yield {
            "if": to_schema(field.shown_when, known),
            "then": asked,
            "else": {"properties": {field.code: False}},
        }


def _value(field: Field) -> Schema:
    match field.kind:
        case Kind.INTEGER | Kind.MONEY:
            return {"type": "integer", **_bounds(field, -MOST if field.kind is Kind.INTEGER else 0)}
        case Kind.DECIMAL:
            return {"type": "number", **_bounds(field, -MOST), "multipleOf": number(Decimal(1).scaleb(-field.digits))}
        case Kind.DATE:
            return {"type": "string", "format": "date", "maxLength": 10, "pattern": DATE_PATTERN}
        case Kind.CHOICE:
            return {"type": "string", "enum": [option.code for option in field.options]}
        case Kind.CHOICES:
            options = [option.code for option in field.options]
            return {"type": "array", "minItems": 1, "uniqueItems": True, "items": {"type": "string", "enum": options}}
        case Kind.YES_NO:
            return {"type": "boolean"}
        case Kind.TEXT | Kind.ADDRESS:
            return {"type": "string", "maxLength": field.length or LENGTHS[field.kind], "pattern": NOT_BLANK}
        case Kind.NIK | Kind.NPWP | Kind.NIB | Kind.PHONE | Kind.EMAIL | Kind.COORDINATE:
            return {"type": "string", "maxLength": 320, "pattern": PATTERNS[field.kind]}
        case Kind.LIST:
            properties, rules = _questions(field.items, item_fields(field))
            for derived in field.derived:
                properties[derived.code] = {**_value(as_field(derived)), "readOnly": True}
            return {
                "type": "array",
                "minItems": _whole(field.minimum, 1),
                "maxItems": _whole(field.maximum, 50),
                "items": {"type": "object", "properties": properties, "additionalProperties": False, **_all_of(rules)},
            }
        case _:
            assert_never(field.kind)


def _bounds(field: Field, lowest: int) -> Schema:
    low, high = field.minimum, field.maximum
    assert not isinstance(low, str)
    assert not isinstance(high, str)
    return {"minimum": number(lowest if low is None else low), "maximum": number(MOST if high is None else high)}


def _whole(value: object, default: int) -> int:
    return default if value is None else int(str(value))
