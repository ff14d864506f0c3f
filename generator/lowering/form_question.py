"""One question of a form as HTML for one language, in parts with holes (`form_part`).

It gains a control for each kind of answer, with label, help and hint tied together for a screen reader; it loses the
definition: whoever renders the parts needs no field.
"""

from __future__ import annotations

import json
from html import escape
from typing import assert_never

from generator.lowering.form_control import described, entry, select, ticks
from generator.lowering.form_hint import hints
from generator.lowering.form_part import Part, Setting
from generator.lowering.form_words import ADD, NO, OPTIONAL, REMOVE, YES
from rules.codec import Json
from rules.condition.as_json import to_json
from rules.condition.tree import Always, fields_of
from rules.field import Field
from rules.kind import Kind

RADIOS_AT_MOST = 7


def question(field: Field, setting: Setting) -> list[Part]:
    """Write one question with its label, help, place for a fault, and control."""
    name: list[Part] = [["path"], field.code] if setting.in_card else [field.code]
    body: list[Part]
    match field.kind:
        case Kind.CHOICE if len(field.options) > RADIOS_AT_MOST:
            body = _labelled(field, setting, name, select(field, setting, name))
        case Kind.CHOICE | Kind.CHOICES:
            options = [(option.code, option.label.to(setting.lang)) for option in field.options]
            body = _grouped(field, setting, name, ticks(field, name, options))
        case Kind.YES_NO:
            body = _grouped(
                field, setting, name, ticks(field, name, [("ya", setting.say(YES)), ("tidak", setting.say(NO))])
            )
        case Kind.LIST:
            body = _grouped(field, setting, name, _cards(field, setting))
        case Kind.INTEGER | Kind.MONEY | Kind.DECIMAL | Kind.DATE | Kind.TEXT | Kind.NIK | Kind.NPWP | Kind.NIB:
            body = _labelled(field, setting, name, entry(field, setting, name))
        case Kind.PHONE | Kind.EMAIL | Kind.ADDRESS | Kind.COORDINATE:
            body = _labelled(field, setting, name, entry(field, setting, name))
        case _:
            assert_never(field.kind)
    return [
        '<div class="isian',
        ["wrong", field.code],
        '" id="k-',
        *name,
        f'" data-isian="{field.code}" data-jenis="{field.kind.value}"',
        *_condition(field, setting),
        ">",
        *body,
        "</div>\n",
    ]


def _condition(field: Field, setting: Setting) -> list[Part]:
    if isinstance(field.shown_when, Always):
        return []
    if any(name in setting.served for name in fields_of(field.shown_when)):
        return [" data-syarat", ["hidden", field.code]]
    text = json.dumps(to_json(field.shown_when), ensure_ascii=False, separators=(",", ":"))
    # Single quotes around it keep JSON's own double quotes short.
    return [f" data-syarat data-bila='{escape(text, quote=False).replace(chr(39), '&#39;')}'", ["hidden", field.code]]


def _label(field: Field, setting: Setting) -> str:
    optional = f' <span class="opsional">({setting.say(OPTIONAL)})</span>' if field.optional else ""
    return escape(field.label.to(setting.lang)) + optional


def _advice(field: Field, setting: Setting, name: list[Part]) -> list[Part]:
    if not (said := hints(field, setting.lang)):
        return []
    return ['<p class="bantuan" id="b-', *name, '">' + "<br>".join(escape(hint) for hint in said) + "</p>"]


def _labelled(field: Field, setting: Setting, name: list[Part], control: list[Part]) -> list[Part]:
    label = _label(field, setting)
    return [
        '<label for="',
        *name,
        f'">{label}</label>',
        *_advice(field, setting, name),
        ["error", field.code],
        *control,
    ]


def _grouped(field: Field, setting: Setting, name: list[Part], controls: list[Part]) -> list[Part]:
    return [
        "<fieldset",
        described(field, setting),
        f"><legend>{_label(field, setting)}</legend>",
        *_advice(field, setting, name),
        ["error", field.code],
        *controls,
        "</fieldset>",
    ]


def _cards(field: Field, setting: Setting) -> list[Part]:
    """Write the items of a `daftar` as cards, with buttons that need no script."""
    label = escape(field.label.to(setting.lang))
    inside = Setting(setting.lang, setting.served, in_card=True)
    least = field.minimum if isinstance(field.minimum, int) else 0
    start = max(least, 0 if field.optional else 1)
    card: list[Part] = [f'<fieldset class="kartu" data-kartu><legend>{label} ', ["number"], "</legend>"]
    for item in field.items:
        card += question(item, inside)
    card += [
        '<button class="kecil" name="aksi" value="hapus:',
        ["path"],
        f'">{setting.say(REMOVE)}<span class="sr"> {label} ',
        ["number"],
        "</span></button></fieldset>",
    ]
    inner: list[Json] = [*card]
    buttons: list[Part] = [f'<button class="kecil" id="{field.code}" name="aksi" value="tambah:{field.code}"']
    if isinstance(field.maximum, int):
        buttons.append(["full", field.code, field.maximum, start])
    lower = label[:1].lower() + label[1:] if label[1:2].islower() else label
    buttons.append(f">{setting.say(ADD, label='{}').format(lower)}</button>")
    return [["repeat", field.code, start, inner], *buttons]
