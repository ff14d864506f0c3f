"""One question of a form as HTML for one language, with holes where an applicant's answers and faults go.

It gains a control for each kind of answer, with label, help and hint tied together for a screen reader; it loses the
definition: whoever renders the parts needs no field. Parts are strings and holes; a hole is a list:

| hole | filled with |
|---|---|
| `["path"]` | `daftar.3.` inside the card of an item, nothing elsewhere |
| `["number"]` | the number of the card, from 1 |
| `["value", code]` | what was typed, escaped |
| `["checked", code, option]`, `["selected", code, option]` | the attribute, where the option was taken |
| `["error", code]` | the fault, as a paragraph with an id |
| `["described", code, help]` | `aria-describedby`: the id of the help (`b-…`) where `help` is true, and of a fault |
| `["invalid", code]` | `aria-invalid`, where there is a fault |
| `["wrong", code]` | a class name, where there is a fault |
| `["hidden", code]` | the attribute, where the question does not apply |
| `["repeat", code, start, parts]` | the parts once per item, at least `start` times on a blank form |
| `["full", code, most, start]` | the attribute `hidden`, where there are as many items as there may be |
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal
from html import escape
from typing import assert_never

from generator.lowering.form_words import (
    ADD,
    AUTOCOMPLETE,
    BETWEEN,
    CHOOSE,
    DATE_BETWEEN,
    DATE_FROM,
    DATE_UNTIL,
    FROM,
    HINTS,
    ITEMS,
    NO,
    OPTIONAL,
    REMOVE,
    UNTIL,
    YES,
)
from rules.codec import Json
from rules.condition.as_json import to_json
from rules.condition.tree import Always, fields_of
from rules.field import Field
from rules.kind import NUMBERS, Kind
from rules.printed import printed_date, printed_number, printed_unit
from rules.words import Lang, Words

Part = str | list[Json]
RADIOS_AT_MOST = 7
LONG_TEXT = 150  # characters; a text that may be longer gets more than one line


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a question stands. `served` are the facts that only the server knows (derived ones): a condition that
    reads one is not given to the browser. `in_card`: it is asked for each item of a `daftar`."""

    lang: Lang
    served: Collection[str] = ()
    in_card: bool = False

    def say(self, words: Words, **arguments: object) -> str:
        """Fill the words in this language and escape them."""
        return escape(words.to(self.lang).format(**arguments))


def question(field: Field, setting: Setting) -> list[Part]:
    """Write one question with its label, help, place for a fault, and control."""
    name: list[Part] = [["path"], field.code] if setting.in_card else [field.code]
    body: list[Part]
    match field.kind:
        case Kind.CHOICE if len(field.options) > RADIOS_AT_MOST:
            body = _labelled(field, setting, name, _select(field, setting, name))
        case Kind.CHOICE | Kind.CHOICES:
            options = [(option.code, option.label.to(setting.lang)) for option in field.options]
            body = _grouped(field, setting, name, _ticks(field, name, options))
        case Kind.YES_NO:
            body = _grouped(
                field, setting, name, _ticks(field, name, [("ya", setting.say(YES)), ("tidak", setting.say(NO))])
            )
        case Kind.LIST:
            body = _grouped(field, setting, name, _cards(field, setting))
        case Kind.INTEGER | Kind.MONEY | Kind.DECIMAL | Kind.DATE | Kind.TEXT | Kind.NIK | Kind.NPWP | Kind.NIB:
            body = _labelled(field, setting, name, _entry(field, setting, name))
        case Kind.PHONE | Kind.EMAIL | Kind.ADDRESS | Kind.COORDINATE:
            body = _labelled(field, setting, name, _entry(field, setting, name))
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


def joined(parts: Iterable[Part]) -> list[Part]:
    """Join strings that stand side by side."""
    together: list[Part] = []
    texts: list[str] = []
    for part in parts:
        if isinstance(part, str):
            texts.append(part)
            continue
        if texts:
            together.append("".join(texts))
            texts.clear()
        together.append(_joined_hole(part))
    if texts:
        together.append("".join(texts))
    return together


def _joined_hole(hole: list[Json]) -> list[Json]:
    """Join the parts inside a hole; only that of a repeated group has any."""
    if hole[0] != "repeat":
        return hole
    *head, inside = hole
    assert isinstance(inside, list)
    return [*head, [*joined(part for part in inside if isinstance(part, str | list))]]


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


def _hints(field: Field, lang: Lang) -> list[str]:
    """Say the officer's help, what the kind asks for, and the bounds."""
    said = [field.help.to(lang)] if field.help is not None else []
    if field.kind in HINTS:
        said.append(HINTS[field.kind].to(lang))
    words: tuple[Words, Words, Words] = (FROM, UNTIL, BETWEEN)
    least, most = _bound(field, field.minimum, lang), _bound(field, field.maximum, lang)
    if field.kind is Kind.DATE:
        words = (DATE_FROM, DATE_UNTIL, DATE_BETWEEN)
    elif field.kind is Kind.LIST:
        least, words = None, (ITEMS, ITEMS, ITEMS)
    elif field.kind in NUMBERS and field.minimum == 0:
        least = None  # nobody means a negative area
    if least or most:
        said.append(words[2 if least and most else 0 if least else 1].to(lang).format(least=least, most=most))
    return said


def _bound(field: Field, value: int | Decimal | str | bool | None, lang: Lang) -> str | None:
    match value:
        case None | bool():
            return None
        case str():
            return printed_date(value, lang) if field.kind is Kind.DATE else None
        case _:
            before = "Rp" if field.kind is Kind.MONEY else ""
            after = f" {printed_unit(field.unit)}" if field.unit and field.kind in NUMBERS else ""
            return f"{before}{printed_number(value, lang)}{after}"


def _advice(field: Field, setting: Setting, name: list[Part]) -> list[Part]:
    if not (hints := _hints(field, setting.lang)):
        return []
    return ['<p class="bantuan" id="b-', *name, '">' + "<br>".join(escape(hint) for hint in hints) + "</p>"]


def _described(field: Field, setting: Setting) -> Part:
    return ["described", field.code, bool(_hints(field, setting.lang))]


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
        _described(field, setting),
        f"><legend>{_label(field, setting)}</legend>",
        *_advice(field, setting, name),
        ["error", field.code],
        *controls,
        "</fieldset>",
    ]


def _attributes(field: Field, setting: Setting, name: list[Part]) -> list[Part]:
    return [' id="', *name, '" name="', *name, '"', _described(field, setting), ["invalid", field.code]]


def _entry(field: Field, setting: Setting, name: list[Part]) -> list[Part]:
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


def _select(field: Field, setting: Setting, name: list[Part]) -> list[Part]:
    options: list[Part] = [f'><option value="">{setting.say(CHOOSE)}</option>']
    for option in field.options:
        options += [
            f'<option value="{option.code}"',
            ["selected", field.code, option.code],
            f">{escape(option.label.to(setting.lang))}</option>",
        ]
    return ["<select", *_attributes(field, setting, name), *options, "</select>"]


def _ticks(field: Field, name: list[Part], options: list[tuple[str, str]]) -> list[Part]:
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
