"""A finding as JSON values, and back as it was: what is kept from one check for the next.

Gains findings that can be kept and handed on. Loses nothing: whatever is not exactly a finding is refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from generator.finding import Finding, Label, Place, Said, Severity
from rules.words import Words

POINTED = "desimal, tertulis"  # no code of a question


def written(finding: Finding) -> dict[str, object]:
    """Write a finding as JSON values."""
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "says": _said_written(finding.says),
        "at": _label_written(finding.at),
        "related": [_label_written(label) for label in finding.related],
        "help": None if finding.help is None else _said_written(finding.help),
        "example": None if finding.example is None else _value_written(finding.example),
        "telling": None if finding.telling is None else _value_written(finding.telling),
        "region": None if finding.region is None else _said_written(finding.region),
        "row": finding.row,
        "story": list(map(_said_written, finding.story)),
    }


def _value_written(value: object) -> object:
    """Write a value of a form; a number with a point stands apart, so that it comes back as it was."""
    match value:
        case Mapping():
            return {key: _value_written(inner) for key, inner in value.items()}
        case list() | tuple():
            return [_value_written(inner) for inner in value]
        case Decimal():
            return {POINTED: str(value)}
        case _:
            return value


def _value(kept: object) -> object:
    match kept:
        case {"desimal, tertulis": str(text)}:
            return Decimal(text)
        case dict():
            return {key: _value(inner) for key, inner in kept.items()}
        case list():
            return [_value(inner) for inner in kept]
        case _:
            return kept


def _form(kept: object) -> Mapping[str, object] | None:
    match kept:
        case None:
            return None
        case dict():
            return {key: _value(inner) for key, inner in kept.items()}
        case _:
            raise TypeError


def _label_written(label: Label) -> list[object]:
    return [list(label.place), _said_written(label.says)]


def _said_written(said: Said) -> list[object]:
    arguments = {
        name: value if isinstance(value, str) else [value.id, value.en] for name, value in said.arguments.items()
    }
    return [said.words.id, said.words.en, arguments]


def finding_of(kept: Mapping[str, object]) -> Finding:
    """Read a finding; a TypeError, KeyError or ValueError says that it is none."""
    related, advice, story = kept["related"], kept["help"], kept["story"]
    if not isinstance(related, list) or not isinstance(story, list):
        raise TypeError
    return Finding(
        _text(kept["code"]),
        Severity(_text(kept["severity"])),
        _said(kept["says"]),
        _label(kept["at"]),
        tuple(map(_label, related)),
        None if advice is None else _said(advice),
        _form(kept["example"]),
        _form(kept["telling"]),
        None if kept["region"] is None else _said(kept["region"]),
        None if kept["row"] is None else _text(kept["row"]),
        tuple(map(_said, story)),
    )


def _label(kept: object) -> Label:
    match kept:
        case [[str(file), int(line), int(column), int(end_line), int(end_column)], says]:
            return Label(Place(file, line, column, end_line, end_column), _said(says))
        case _:
            raise TypeError


def _said(kept: object) -> Said:
    match kept:
        case [id_, en, dict(arguments)]:
            return Said(_words(id_, en), {name: _argument(value) for name, value in arguments.items()})
        case _:
            raise TypeError


def _argument(kept: object) -> str | Words:
    match kept:
        case str():
            return kept
        case [id_, en]:
            return _words(id_, en)
        case _:
            raise TypeError


def _words(id_: object, en: object) -> Words:
    return Words(_text(id_), None if en is None else _text(en))


def _text(kept: object) -> str:
    if not isinstance(kept, str):
        raise TypeError
    return kept
