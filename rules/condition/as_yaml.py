"""A condition as the YAML an officer would write: one line in braces, the canonical spelling of every test.

Reading it back gives a condition of the same truth. Used for rows to paste, and for showing what was understood.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import assert_never

from rules.condition.tree import Always, Answered, Between, Condition, Every, Not, OneOf, Some
from rules.kind import NUMBERS, TEXTS, Kind, Scalar

_WORD = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_. -]*[A-Za-z0-9_])?")
_BARE_TEXT = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9 ./-]*[A-Za-z0-9])?")
_LIKE_THOUSANDS = re.compile(r"-?[1-9][0-9]{0,2}\.[0-9]{3}")
_KEYWORDS = frozenset({"terisi", "kosong", "selalu", "-"})


def to_yaml(condition: Condition) -> str:
    """Write the condition as the value of `bila`."""
    return _map(_merged(condition))


def _merged(condition: Condition) -> Condition:
    """Join tests of one field that stand beside each other under «any of» into one list of values."""
    match condition:
        case Every(parts):
            return Every(tuple(map(_merged, parts)))
        case Not(part):
            return Not(_merged(part))
        case Some(parts):
            inner: list[Condition] = []
            for part in map(_merged, parts):
                inner.extend(part.parts if isinstance(part, Some) else [part])
            fields = {part.field if isinstance(part, (OneOf, Between)) else None for part in inner}
            if len(fields) == 1 and all(isinstance(part, OneOf) for part in inner):
                values = dict.fromkeys(value for part in inner if isinstance(part, OneOf) for value in part.values)
                first = inner[0]
                assert isinstance(first, OneOf)
                return OneOf(first.field, first.kind, tuple(values))
            return Some(tuple(inner)) if len(inner) != 1 else inner[0]
        case _:
            return condition


def _map(condition: Condition) -> str:
    match condition:
        case Always():
            return "selalu"
        case Every(parts):
            return _every(parts)
        case Some(parts):
            test = _test(condition)
            return f"{{{test[0]}: {test[1]}}}" if test else _group("salah_satu", parts, never=True)
        case Not(part):
            test = _test(condition)
            return f"{{{test[0]}: {test[1]}}}" if test else f"{{bukan: {_map(part)}}}"
        case Answered() | OneOf() | Between():
            test = _test(condition)
            return f"{{{test[0]}: {test[1]}}}" if test else "{bukan: selalu}"
        case _:
            assert_never(condition)


def _every(parts: tuple[Condition, ...]) -> str:
    """Write the parts side by side where each tests another field, else under `semua`."""
    tests = [_test(part) for part in parts]
    known = [test for test in tests if test is not None]
    if parts and len(known) == len(tests) and len({field for field, _ in known}) == len(known):
        return "{" + ", ".join(f"{field}: {test}" for field, test in known) + "}"
    return _group("semua", parts, never=False)


def _group(key: str, parts: tuple[Condition, ...], never: bool) -> str:
    if not parts:
        return "{bukan: selalu}" if never else "selalu"
    return f"{{{key}: [{', '.join(_map(part) for part in parts)}]}}"


def _test(condition: Condition) -> tuple[str, str] | None:
    """Return field and YAML value where the condition is a test of one field."""
    match condition:
        case OneOf(field, kind, values) if values:
            words = [value_text(value, kind) for value in values]
            if len(words) > 1 and all(map(_WORD.fullmatch, words)):
                return field, f"[{', '.join(words)}]"
            return field, yaml_scalar(", ".join(words))
        case Answered(field):
            return field, "terisi"
        case Not(Answered(field)):
            return field, "kosong"
        case Not(part):
            inner = _values(part)
            return (inner[0], yaml_scalar(f"bukan({inner[1]})")) if inner else None
        case Between() | Some():
            inner = _values(condition)
            return (inner[0], yaml_scalar(inner[1])) if inner else None
        case _:
            return None


def _values(condition: Condition) -> tuple[str, str] | None:
    """Return field and text of what may stand in a list of values."""
    match condition:
        case OneOf(field, kind, values) if values:
            return field, ", ".join(value_text(value, kind) for value in values)
        case Between(field, kind, low, low_included, high, high_included) if low is not None or high is not None:
            sides = []
            if low is not None:
                sides.append(f"{'>=' if low_included else '>'} {value_text(low, kind)}")
            if high is not None:
                sides.append(f"{'<=' if high_included else '<'} {value_text(high, kind)}")
            return field, " dan ".join(sides)
        case Some(parts) if parts:
            inner = [_values(part) for part in parts]
            known = [one for one in inner if one is not None]
            if len(known) < len(inner) or len({field for field, _ in known}) > 1:
                return None
            return known[0][0], ", ".join(dict.fromkeys(text for _, text in known))
        case _:
            return None


def value_text(value: Scalar, kind: Kind) -> str:
    """Write one value as a literal of a test."""
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, str):
        bare = kind not in TEXTS or (_BARE_TEXT.fullmatch(value) and value not in _KEYWORDS)
        return value if bare else '"' + value.replace('"', '""') + '"'
    assert kind in NUMBERS
    if isinstance(value, Decimal):
        text = f"{value:f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
        return f"{text}0" if _LIKE_THOUSANDS.fullmatch(text) else text
    return f"{value:,}".replace(",", ".") if abs(value) >= 10_000 else str(value)


def yaml_scalar(text: str) -> str:
    """Write a text so that YAML reads it back as it is, within braces too."""
    if _WORD.fullmatch(text):
        return text
    if not text.isprintable():
        return '"' + "".join(_escaped(c) for c in text) + '"'
    return "'" + text.replace("'", "''") + "'" if '"' in text or "\\" in text else f'"{text}"'


def _escaped(character: str) -> str:
    if character in '"\\':
        return "\\" + character
    return character if character.isprintable() else f"\\U{ord(character):08x}"
