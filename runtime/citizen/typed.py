"""What an applicant typed, exactly: text by question, a list of texts where several may be taken, items of a `daftar`.

Gains a draft that shows everything as it was typed; it means nothing yet: `as_written` understands it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rules.field import Field
from rules.kind import Kind

Entry = str | list[str]
Item = dict[str, Entry]
Typed = dict[str, Entry | list[Item]]

ITEMS_AT_MOST = 200  # of one `daftar`, whatever the catalog allows


def typed_page(fields: Iterable[Field], sent: Iterable[tuple[str, str]]) -> Typed:
    """Read the questions of one page from the pairs a browser sent. Names nobody asked for are not read."""
    given: dict[str, list[str]] = {}
    for name, value in sent:
        given.setdefault(name, []).append(value)
    return {field.code: _read(field, given) for field in fields}


def doubled(fields: Iterable[Field], sent: Iterable[tuple[str, str]]) -> bool:
    """Tell whether a question that takes one answer was given two: no browser sends that, and either may be read."""
    questions = [one for field in fields for one in (field, *field.items)]
    several = {question.code for question in questions if question.kind is Kind.CHOICES}
    seen: set[str] = set()
    for name, _ in sent:
        if name in seen and name not in several and name.rpartition(".")[2] not in several:
            return True
        seen.add(name)
    return False


def _read(field: Field, given: Mapping[str, list[str]]) -> Entry | list[Item]:
    if field.kind is not Kind.LIST:
        return _entry(field, given.get(field.code, []))
    numbers = {number for name in given if (number := _number(name, field.code)) is not None}
    return [
        {item.code: _entry(item, given.get(f"{field.code}.{number}.{item.code}", [])) for item in field.items}
        for number in sorted(numbers)[:ITEMS_AT_MOST]
    ]


def _entry(field: Field, values: list[str]) -> Entry:
    if field.kind is Kind.CHOICES:
        return values
    # A browser sends CRLF for each line break of a textarea.
    return values[0].replace("\r\n", "\n") if values else ""


def _number(name: str, code: str) -> int | None:
    """Read 3 from `code.3.question`."""
    if not name.startswith(f"{code}."):
        return None
    number = name[len(code) + 1 :].partition(".")[0]
    return int(number) if number.isascii() and number.isdigit() and len(number) < 5 else None


def stored(data: object) -> Typed:
    """Read what a draft kept; anything that is not of the expected shape is dropped."""
    typed: Typed = {}
    if not isinstance(data, dict):
        return typed
    for code, value in data.items():
        if isinstance(value, str):
            typed[str(code)] = value
        elif isinstance(value, list):
            texts = [text for text in value if isinstance(text, str)]
            typed[str(code)] = texts or [_item(item) for item in value if isinstance(item, dict)]
    return typed


def _item(data: Mapping[object, object]) -> Item:
    item: Item = {}
    for code, value in data.items():
        if isinstance(value, str):
            item[str(code)] = value
        elif isinstance(value, list):
            item[str(code)] = [text for text in value if isinstance(text, str)]
    return item
