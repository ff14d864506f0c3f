"""A permit's questions as a layout any client can draw: pages, labels, widgets, and when each question is shown.

Beside the schema, which says what is accepted, this says how it is asked. Conditions are in the browser's form.
"""

from __future__ import annotations

from typing import assert_never

from generator.lowering.said import said
from rules.codec import Json
from rules.condition.as_json import to_json
from rules.condition.tree import Always
from rules.field import Field
from rules.kind import Kind
from rules.permit import Permit

MANY = 7  # more options than this are a list to pick from, not buttons side by side
LONG = 200  # a text that may be longer than this gets several lines


def form_layout(permit: Permit) -> dict[str, Json]:
    """Return the layout of a permit's form."""
    fields = {field.code: field for field in permit.fields}
    sections: list[Json] = [
        {"title": said(section.title), "fields": [_question(fields[code]) for code in section.fields]}
        for section in permit.sections
    ]
    return {"permit": permit.code, "version": permit.valid_from, "name": said(permit.name), "sections": sections}


def _question(field: Field) -> dict[str, Json]:
    question: dict[str, Json] = {
        "code": field.code,
        "kind": field.kind.value,
        "widget": _widget(field),
        "label": said(field.label),
        "required": not field.optional,
    }
    if field.help is not None:
        question["help"] = said(field.help)
    if field.unit is not None:
        question["unit"] = field.unit
    if field.kind is Kind.DECIMAL:
        question["digits"] = field.digits
    if field.options:
        question["options"] = [{"code": option.code, "label": said(option.label)} for option in field.options]
    if not isinstance(field.shown_when, Always):
        shown: Json = to_json(field.shown_when)
        question["shown_when"] = shown
    if field.items:
        question["items"] = [_question(item) for item in field.items]
    return question


def _widget(field: Field) -> str:
    match field.kind:
        case Kind.INTEGER | Kind.MONEY | Kind.DECIMAL:
            return "number"
        case Kind.DATE:
            return "date"
        case Kind.CHOICE:
            return "select" if len(field.options) > MANY else "radio"
        case Kind.CHOICES:
            return "checkboxes"
        case Kind.YES_NO:
            return "radio"
        case Kind.TEXT:
            return "textarea" if (field.length or 0) > LONG else "text"
        case Kind.ADDRESS:
            return "textarea"
        case Kind.NIK | Kind.NPWP | Kind.NIB | Kind.PHONE | Kind.EMAIL | Kind.COORDINATE:
            return "text"
        case Kind.LIST:
            return "repeat"
        case _:
            assert_never(field.kind)
