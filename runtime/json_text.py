"""JSON as text, both ways, with exact numbers: a number with a point is a Decimal and never passes through a float.

Gains refusal of what JSON leaves open: a key written twice, NaN, other encodings, numbers and nesting of absurd size.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from json.encoder import encode_basestring as _quoted

Json = None | bool | int | Decimal | str | list["Json"] | dict[str, "Json"]

MOST_DIGITS = 40


class UnreadableJsonError(ValueError):
    """Not JSON, or JSON that can be read in more than one way. `code` names the reason."""

    def __init__(self, code: str, detail: str) -> None:
        """Name the reason."""
        super().__init__(detail)
        self.code = code


def read(content: bytes | str) -> Json:
    """Read JSON; UnreadableJsonError says why not."""
    try:
        text = content if isinstance(content, str) else content.decode("utf-8")
        data: Json = _DECODER.decode(text)
    except UnreadableJsonError:
        raise
    except RecursionError as problem:
        raise UnreadableJsonError("json_depth", "too deeply nested") from problem
    except UnicodeDecodeError as problem:
        raise UnreadableJsonError("json_encoding", "not UTF-8") from problem
    except ValueError as problem:
        raise UnreadableJsonError("json_syntax", str(problem)) from problem
    if "\\ud" in text or "\\uD" in text:
        try:
            write(data).encode()
        except UnicodeEncodeError as problem:
            raise UnreadableJsonError("json_encoding", "half of a character (an unpaired surrogate)") from problem
    return data


def write(value: object) -> str:
    """Write JSON with sorted keys and exact numbers; `value` holds what `read` returns, tuples for lists too."""
    if type(value) is dict:  # with most of what there is first: texts in objects
        said = [f"{_quoted(k)}:{_quoted(v) if type(v) is str else write(v)}" for k, v in sorted(value.items())]
        return "{" + ",".join(said) + "}"
    if value is None:
        return "null"
    if value is True or value is False:
        return "true" if value else "false"
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Decimal):
        assert value.is_finite()
        return f"{value:f}"
    if isinstance(value, Mapping):
        return write(dict(value))
    assert isinstance(value, list | tuple), type(value)
    return "[" + ",".join([write(item) for item in value]) + "]"


def _decimal(text: str) -> Decimal:
    number = Decimal(text)
    if len(text) > MOST_DIGITS or abs(number.adjusted()) > MOST_DIGITS:
        raise UnreadableJsonError("json_number", "a number of absurd size")
    return number


def _integer(text: str) -> int:
    if len(text) > MOST_DIGITS:
        raise UnreadableJsonError("json_number", "a number of absurd size")
    return int(text)


def _constant(text: str) -> Json:
    raise UnreadableJsonError("json_number", f"{text} is not a number")


def _once(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise UnreadableJsonError("json_duplicate", f"the key {twice[:40]!r} is written twice")
    return found


# Made once: making it costs as much as reading a small text.
_DECODER = json.JSONDecoder(parse_float=_decimal, parse_int=_integer, parse_constant=_constant, object_pairs_hook=_once)
