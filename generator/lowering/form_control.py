"""The control by which a question is answered: a line or a box to type in, a list, radios or checkboxes.

Gains that a screen reader hears help and fault with each control; loses the label, which is the question's.
"""

from __future__ import annotations

from html import escape

from generator.lowering.form_hint import hints
from generator.lowering.form_part import Part, Setting
from generator.lowering.form_words import AUTOCOMPLETE, CHOOSE
from rules.field import Field
from rules.kind import NUMBERS, Kind
from rules.printed import printed_unit

LONG_TEXT = 150  # characters; a text that may be longer gets more than one line


def described(field: Field, setting: Setting) -> Part:
    """Write the hole that ties a control to its help and its fault."""
    return ["described", field.code, bool(hints(field, setting.lang))]


def _attributes(field: Field, setting: Setting, name: list[Part]) -> list[Part]:
    return [' id="', *name, '" name="', *name, '"', described(field, setting), ["invalid", field.code]]


def entry(field: Field, setting: Setting, name: list[Part]) -> list[Part]:
    """Write a control that is typed into."""
    attributes = _attributes(field, setting, name)
    fill = "off" if setting.in_card or field.kind not in AUTOCOMPLETE else AUTOCOMPLETE[field.kind]
    match field.kind:
        case Kind.ADDRESS | Kind.TEXT if field.kind is Kind.ADDRESS or (field.length or 0) > LONG_TEXT:
            rows = 3 if field.kind is Kind.ADDRESS else 6
            # A parser drops the first line break of a textarea; this one is there to be dropped.
            return [
                "<textarea",
                *attributes,
                f' rows="{rows}" autocomplete="{fill}">\n',
                ["value", field.code],
                "</textarea>",
            ]
        case Kind.INTEGER | Kind.MONEY | Kind.NIK | Kind.NPWP | Kind.NIB:
            mode = 'type="text" inputmode="numeric"'
        case Kind.DECIMAL:
            mode = 'type="text" inputmode="decimal"'
        case Kind.PHONE:
            mode = 'type="tel"'
        case Kind.EMAIL:
            mode = 'type="email" spellcheck="false"'
        case _:
            mode = 'type="text"'
    width = "" if field.kind in {Kind.TEXT, Kind.EMAIL, Kind.ADDRESS} else ' class="pendek"'
    control: list[Part] = [
        f"<input {mode}{width}",
        *attributes,
        f' autocomplete="{fill}" value="',
        ["value", field.code],
        '">',
    ]
    if field.kind is Kind.MONEY:
        return ['<div class="satuan"><span>Rp</span>', *control, "</div>"]
    if field.unit and field.kind in NUMBERS:
        return ['<div class="satuan">', *control, f"<span>{escape(printed_unit(field.unit))}</span></div>"]
    return control


def select(field: Field, setting: Setting, name: list[Part]) -> list[Part]:
    """Write a list of which one is taken."""
    options: list[Part] = [f'><option value="">{setting.say(CHOOSE)}</option>']
    for option in field.options:
        options += [
            f'<option value="{option.code}"',
            ["selected", field.code, option.code],
            f">{escape(option.label.to(setting.lang))}</option>",
        ]
    return ["<select", *_attributes(field, setting, name), *options, "</select>"]


def ticks(field: Field, name: list[Part], options: list[tuple[str, str]]) -> list[Part]:
    """Write radios, or checkboxes where several may be taken. The first has the id that a fault links to."""
    kind = "checkbox" if field.kind is Kind.CHOICES else "radio"
    ticks: list[Part] = []
    for position, (code, label) in enumerate(options):
        ending = "" if position == 0 else f"-{code}"
        ticks += [
            f'<label class="pilih"><input type="{kind}" id="',
            *name,
            f'{ending}" name="',
            *name,
            f'" value="{code}"',
            ["checked", field.code, code],
            f"><span>{escape(label)}</span></label>",
        ]
    return ticks
