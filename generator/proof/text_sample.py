"""A text that an applicant might write and that no rule speaks of, by the kind of the question."""

from __future__ import annotations

from collections.abc import Collection

from rules.field import Field
from rules.kind import Kind


def text_sample(field: Field, number: int, taken: Collection[str]) -> str:
    """Return the `number`-th text that the form accepts and that is none of those `taken`."""
    found, tried = 0, 0
    while found < number:
        tried += 1
        text = _text(field, tried)
        if text not in taken:
            found += 1
    return _text(field, tried)


def _text(field: Field, number: int) -> str:
    match field.kind:
        case Kind.NIK:
            return f"537101010190{number:04d}"
        case Kind.NPWP:
            return f"{number:015d}"
        case Kind.NIB:
            return f"{number:013d}"
        case Kind.PHONE:
            return f"0812{number:08d}"
        case Kind.EMAIL:
            return f"nama{number}@contoh.id"
        case Kind.COORDINATE:
            return f"-10.1, 123.{number}"
        case Kind.ADDRESS:
            text = f"Jalan Contoh {number}"
        case _:
            text = "Contoh" if number == 1 else f"Contoh {number}"
    return text if field.length is None or len(text) <= field.length else _short(number, field.length)


def _short(number: int, length: int) -> str:
    """Write a number in letters, for a question that takes no longer text."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    text = ""
    while number:
        number, last = divmod(number - 1, len(letters))
        text = letters[last] + text
    return text[:length]
