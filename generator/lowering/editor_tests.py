"""The editor's schema of a condition: for each question the tests that its kind allows, with words to start from.

Gains completion of codes, options and tests while an officer types. Loses exactness on purpose: a pattern here says
what a test looks like, and the reader alone decides what it means.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from rules.field import Derived, Field
from rules.kind import NUMBERS, Kind
from rules.words import Words

Schema = dict[str, object]

NUMBER = r"-?[0-9][0-9._]*( (ribu|juta|miliar|triliun))?"
DATE = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
COMPARISON = r"(<=|>=|≤|≥|<|>|=) ?"
WRITE = 'Tulis misalnya "> 500", "> 100 dan <= 500" atau "[100..500)", di antara tanda kutip.'
ANSWERED = {"terisi": "Sudah dijawab.", "kosong": "Belum dijawab."}


def condition(fields: Iterable[Field | Derived], itself: str) -> Schema:
    """Return the schema of a condition over `fields`; `itself` is the reference by which its parts name it."""
    part: Schema = {"$ref": itself}
    parts: Schema = {"type": "array", "minItems": 1, "items": part}
    tests: Schema = {field.code: tests_on(field) for field in fields}
    # One schema for both ways to write it: each keyword minds its own type, and a misspelt key is said to be one.
    return {
        "type": ["object", "string"],
        "pattern": "^selalu$",
        "patternErrorMessage": "Tulis `selalu`, atau `isian: uji`.",
        "minProperties": 1,
        "additionalProperties": False,
        "properties": {
            **tests,
            "semua": {**parts, "description": "Semua syarat di dalamnya berlaku."},
            "salah_satu": {**parts, "description": "Paling sedikit satu syarat di dalamnya berlaku."},
            "bukan": {**part, "description": "Sudah dijawab, dan tidak demikian."},
        },
    }


def tests_on(field: Field | Derived) -> Schema:
    """Return the schema of the tests that a question, or a computed fact, takes in a condition."""
    described: Schema = {"title": said(field), "markdownDescription": described_in_full(field)}
    options = field.options if isinstance(field, Field) else ()
    match field.kind:
        case Kind.CHOICE | Kind.CHOICES:
            return {**described, "anyOf": choice_tests({option.code: option.label.id for option in options})}
        case Kind.LIST:
            return {**described, "anyOf": constants(ANSWERED)}
        case Kind.YES_NO:
            return {
                **described,
                "anyOf": [{"enum": ["ya", "tidak", *ANSWERED, "-"]}, negated({"enum": ["ya", "tidak"]})],
            }
        case kind if kind in NUMBERS or kind is Kind.DATE:
            return {**described, **ordered_tests(field)}
        case _:
            return {**described, "anyOf": text_tests()}


def said(field: Field | Derived) -> str:
    """Return the label of a question, or the code of a fact without one."""
    return (field.label or Words(field.code)).id


def described_in_full(field: Field | Derived) -> str:
    """Describe a question in Markdown: its label, its kind and unit, its choices, and what helps to answer it."""
    kind = field.kind.value + (f", {field.unit}" if field.unit else "")
    lines = [f"**{said(field)}** ({kind})"]
    if isinstance(field, Field):
        lines += [f"- `{option.code}`: {option.label.id}" for option in field.options]
        lines += [field.help.id] if field.help else []
    elif field.formula is not None:
        lines += [f"`{field.formula}`"]
    return "\n\n".join(lines)


def choice_tests(options: Mapping[str, str]) -> list[Schema]:
    """Return the tests on a `pilihan`: one option, several, none of them."""
    one = "|".join(re.escape(code) for code in options)
    listed: Schema = {"type": "array", "minItems": 1, "items": {"enum": list(options)}}
    return [
        *constants(options),
        *constants(ANSWERED),
        {"const": "-"},
        listed,
        {"type": "string", "pattern": rf"^({one})(, ?({one}))+$"},
        {"type": "string", "pattern": rf"^(bukan|not) ?\(({one})(, ?({one}))*\)$"},
        negated({"anyOf": [{"enum": list(options)}, listed]}),
    ]


def constants(described: Mapping[str, str]) -> list[Schema]:
    """Return one schema for each of a few fixed words, with what it means."""
    return [{"const": word, "description": meaning} for word, meaning in described.items()]


def ordered_tests(field: Field | Derived) -> Schema:
    """Return the tests on a number or a date: a comparison, two of them, a range, a value, a list."""
    literal = DATE if field.kind is Kind.DATE else NUMBER + (rf"( {re.escape(field.unit)})?" if field.unit else "")
    single = rf"({COMPARISON}{literal}( dan {COMPARISON}{literal})?|[\[(]{literal}\.\.{literal}[\])]|{literal})"
    text: Schema = {
        "type": "string",
        "pattern": rf"^({single}(, ?{single})*|(bukan|not) ?\(.+\)|{'|'.join(ANSWERED)}|-)$",
        "patternErrorMessage": WRITE,
    }
    value: Schema = {"anyOf": [{"type": "number"}, text]}
    start = "2026-01-01" if field.kind is Kind.DATE else "0"
    return {
        "anyOf": [text, {"type": "number"}, {"type": "array", "minItems": 1, "items": value}, negated(value)],
        "defaultSnippets": [
            {"label": '"> …"', "body": f'"> ${{1:{start}}}"', "description": "lebih dari"},
            {"label": '">= …"', "body": f'">= ${{1:{start}}}"', "description": "paling sedikit"},
            {"label": '"< …"', "body": f'"< ${{1:{start}}}"', "description": "kurang dari"},
            {"label": '"<= …"', "body": f'"<= ${{1:{start}}}"', "description": "paling banyak"},
            {
                "label": '"> … dan <= …"',
                "body": f'"> ${{1:{start}}} dan <= ${{2:{start}}}"',
                "description": "di antara",
            },
            *({"label": word, "body": word} for word in ANSWERED),
        ],
    }


def text_tests() -> list[Schema]:
    """Return the tests on a text: whether it is answered, equal to one or to several."""
    value: Schema = {"type": ["string", "number"]}
    return [
        *constants(ANSWERED),
        value,
        {"type": "array", "minItems": 1, "items": value},
        negated(value),
    ]


def negated(value: Schema) -> Schema:
    """Return the schema of `{bukan: …}` around `value`."""
    return {"type": "object", "properties": {"bukan": value}, "required": ["bukan"], "additionalProperties": False}
