"""Plain types of `rules` to JSON and back, driven by their annotations.

A dataclass becomes an object of its fields, those equal to their default left out; where an annotation is a union of
dataclasses the object carries the class name under `_`. What was one and became several keeps its form: a tuple that
names a key for a lone one (`ALONE`, in the metadata of its field) is written as that one under that key. Gains a stable
text form; loses nothing (`decode(encode(x)) == x`).
"""

from __future__ import annotations

import dataclasses
import json
import types
import typing
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cache
from json.encoder import encode_basestring as _quoted

from rules.memo import LASTING, remembered

Json = None | bool | int | float | Decimal | str | list["Json"] | dict[str, "Json"]
Write = Callable[[object], str]
TAG = "_"
ALONE = "alone"
PLAIN = frozenset({str, int, bool, type(None)})
NO_DEFAULT = dataclasses.MISSING
MOST_TEXTS = 500  # records of one type that are remembered as they were written: those of a permit or two
# Types written as text, and how each is read back.
TEXTUAL: dict[object, Callable[[str], object]] = {
    Decimal: Decimal,
    Fraction: Fraction,
    date: date.fromisoformat,
    datetime: datetime.fromisoformat,
}
# Made once: making it costs as much as writing a small text.
_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
# Types that a union tells apart from plain text by a mark.
MARKED: dict[str, type[Decimal] | type[Fraction]] = {"desimal": Decimal, "pecahan": Fraction}


class MalformedError(ValueError):
    """The JSON does not describe the type asked for."""


@dataclasses.dataclass(frozen=True, slots=True)
class _Codec:
    write: Write
    decode: Callable[[Json], object]


def encode(type_: object, value: object) -> Json:
    """Turn a value of `type_` into plain JSON values."""
    data: Json = json.loads(written(type_, value))
    return data


def written(type_: object, value: object) -> str:
    """Write a value of `type_` as the text of its canonical JSON: what `canonical` makes of `encode`, in a fifth of the
    time."""
    return _codec(type_).write(value)


def decode(type_: object, data: Json) -> object:
    """Turn plain JSON values back into a value of `type_`; MalformedError when they do not fit."""
    try:
        return _codec(type_).decode(data)
    except (KeyError, TypeError, AttributeError, ArithmeticError, ValueError) as problem:
        raise MalformedError(f"{type_}: {problem}") from problem


def canonical(data: object) -> bytes:
    """Write JSON in the one form that digests are made of: sorted keys, no blanks, UTF-8."""
    return _CANONICAL.encode(data).encode()


def _write_plain(value: object) -> str:
    if isinstance(value, str):
        return _quoted(value)
    if value is None:
        return "null"
    assert isinstance(value, int)
    return ("true" if value else "false") if isinstance(value, bool) else int.__repr__(value)


def _write_moment(value: object) -> str:
    assert isinstance(value, date)
    return f'"{value.isoformat()}"'


def _write_number(value: object) -> str:
    return f'"{value}"'


def _exactly(*expected: type) -> Callable[[Json], object]:
    def check(data: Json) -> object:
        if type(data) not in expected:
            raise MalformedError(f"{data!r} is not {' or '.join(t.__name__ for t in expected)}")
        return data

    return check


@cache
def _codec(type_: object) -> _Codec:
    if type_ in PLAIN:
        assert isinstance(type_, type)
        return _Codec(_write_plain, _exactly(type_))
    if type_ in TEXTUAL:
        read = TEXTUAL[type_]
        write = _write_moment if type_ in {date, datetime} else _write_number
        return _Codec(write, lambda data: read(str(_exactly(str)(data))))
    origin, arguments = typing.get_origin(type_), typing.get_args(type_)
    if origin is tuple:
        return _tuple(arguments)
    if origin in (typing.Union, types.UnionType):
        return _union(arguments)
    if isinstance(type_, type) and issubclass(type_, StrEnum):
        return _Codec(_write_plain, type_)
    class_ = origin or type_
    if dataclasses.is_dataclass(class_) and isinstance(class_, type):
        return _record(class_, arguments)
    raise TypeError(f"no JSON form for {type_}")


def _tuple(arguments: tuple[object, ...]) -> _Codec:
    if len(arguments) == 2 and arguments[1] is Ellipsis:
        inner = _Late(arguments[0])

        def write_all(value: object) -> str:
            assert isinstance(value, tuple)
            return f"[{','.join([inner.write(v) for v in value])}]"

        def decode_all(data: Json) -> object:
            if not isinstance(data, list):
                raise MalformedError(f"{data!r} is not a list")
            return tuple(inner.decode(v) for v in data)

        return _Codec(write_all, decode_all)
    parts = [_Late(a) for a in arguments]

    def write_each(value: object) -> str:
        assert isinstance(value, tuple)
        return f"[{','.join([p.write(v) for p, v in zip(parts, value, strict=True)])}]"

    def decode_each(data: Json) -> object:
        if not isinstance(data, list):
            raise MalformedError(f"{data!r} is not a list")
        return tuple(p.decode(v) for p, v in zip(parts, data, strict=True))

    return _Codec(write_each, decode_each)


class _Late:
    """Look the codec up at its first use, so that a recursive type does not recurse while it is built; from then on
    this is that codec."""

    __slots__ = ("decode", "write")
    write: Write
    decode: Callable[[Json], object]

    def __init__(self, type_: object) -> None:
        def first_write(value: object) -> str:
            self.write = _codec(type_).write
            return self.write(value)

        def first_decode(data: Json) -> object:
            self.decode = _codec(type_).decode
            return self.decode(data)

        self.write, self.decode = first_write, first_decode


def _late(part: _Late) -> Write:
    return lambda value: part.write(value)


def _union(arguments: tuple[object, ...]) -> _Codec:
    records = {
        c.__name__: (c, _Late(a))
        for a in arguments
        for c in [typing.get_origin(a) or a]
        if isinstance(c, type) and dataclasses.is_dataclass(c)
    }
    plain = {t for t in arguments if t in PLAIN}
    marked = {mark: type_ for mark, type_ in MARKED.items() if type_ in arguments}
    lists = [_Late(a) for a in arguments if typing.get_origin(a) is tuple]
    # A text that stands for something, or nothing: no mark is needed to tell them apart.
    textual = [a for a in arguments if a in TEXTUAL or (isinstance(a, type) and issubclass(a, StrEnum))]
    if len(textual) == 1 and set(arguments) == {textual[0], type(None)}:
        inner = _codec(textual[0])
        return _Codec(
            lambda value: "null" if value is None else inner.write(value),
            lambda data: None if data is None else inner.decode(data),
        )
    if len(records) + len(plain) + len(marked) + len(lists) != len(arguments) or len(lists) > 1:
        raise TypeError(f"no JSON form for the union of {arguments}")
    tagged = len(records) > 1
    writes: dict[object, Write] = {}
    writes |= {class_: _tagging(name, part) if tagged else _late(part) for name, (class_, part) in records.items()}
    writes |= {type_: _marking(mark) for mark, type_ in marked.items()}
    if lists:
        writes[tuple] = _late(lists[0])

    def write_any(value: object) -> str:
        return writes.get(type(value), _write_plain)(value)

    only = next((part for _, part in records.values()), None)

    def decode_any(data: Json) -> object:
        if isinstance(data, list) and lists:
            return lists[0].decode(data)
        if not isinstance(data, dict):
            if type(data) not in plain:
                raise MalformedError(f"{data!r} is none of {arguments}")
            return data
        for mark, type_ in marked.items():
            if data.keys() == {mark}:
                return type_(str(data[mark]))
        if not tagged:
            return _exactly()(data) if only is None else only.decode(data)
        return records[str(data[TAG])][1].decode({k: v for k, v in data.items() if k != TAG})

    return _Codec(write_any, decode_any)


def _marking(mark: str) -> Write:
    return lambda value: f'{{"{mark}":{_quoted(str(value))}}}'


def _tagging(name: str, part: _Late) -> Write:
    """Write a record with its class name, which sorts before every name of a field."""
    alone, before = f'{{"{TAG}":"{name}"}}', f'{{"{TAG}":"{name}",'

    def write_tagged(value: object) -> str:
        said = part.write(value)
        return alone if said == "{}" else before + said[1:]

    return write_tagged


def _record(class_: type, arguments: tuple[object, ...]) -> _Codec:
    assert dataclasses.is_dataclass(class_)
    variables: Mapping[object, object] = dict(zip(getattr(class_, "__parameters__", ()), arguments, strict=True))
    hints = typing.get_type_hints(class_)
    parts = [(f.name, _Late(_substituted(hints[f.name], variables)), f.default) for f in dataclasses.fields(class_)]
    lone = {f.name: _lone(f, hints[f.name]) for f in dataclasses.fields(class_) if ALONE in f.metadata}
    keys = {key: name for name, (key, _) in lone.items()}
    names = {name for name, _, _ in parts}
    assert all(name[0].islower() for name in names), "a name sorts after the tag"
    in_order = [(name, f'"{name}":', part, default) for name, part, default in sorted(parts, key=lambda part: part[0])]

    def write_record(value: object) -> str:
        said = []
        for name, key, part, default in in_order:
            one = getattr(value, name)
            if name in lone and len(one) == 1:
                said.append(f'"{lone[name][0]}":{lone[name][1].write(one[0])}')
            elif one is not default and (default is NO_DEFAULT or one != default):
                # A text is its own JSON whatever the field's type is; most values are texts.
                said.append(key + (_quoted(one) if type(one) is str else part.write(one)))
        return f"{{{','.join(said)}}}"

    def decode_record(data: Json) -> object:
        if not isinstance(data, dict) or not data.keys() <= names | keys.keys():
            raise MalformedError(f"{data!r} is not a {class_.__name__}")
        alone = {name: (lone[name][1].decode(data[key]),) for key, name in keys.items() if key in data}
        return class_(**alone, **{name: part.decode(data[name]) for name, part, _ in parts if name in data})

    # Records of nothing but texts are mostly a permit's own words and laws, written over and over.
    lasting = class_ in LASTING or all(_plain(hint) for hint in hints.values())
    return _Codec(remembered(write_record, most=MOST_TEXTS) if lasting else write_record, decode_record)


def _lone(field: dataclasses.Field[object], hint: object) -> tuple[str, _Late]:
    """Return the key under which a lone one of a tuple is written, which takes the same place among the sorted names,
    and how."""
    key = str(field.metadata[ALONE])
    assert field.name == f"{key}s", "its key sorts where the field's own does"
    return key, _Late(typing.get_args(hint)[0])


def _plain(hint: object) -> bool:
    kinds = typing.get_args(hint) or (hint,)
    return all(kind in PLAIN or (isinstance(kind, type) and issubclass(kind, StrEnum)) for kind in kinds)


def _substituted(hint: object, variables: Mapping[object, object]) -> object:
    """Put the arguments of a generic dataclass in the place of its type variables."""
    if not variables:
        return hint
    if hint in variables:
        return variables[hint]
    arguments = typing.get_args(hint)
    if not arguments or not any(_mentions(a, variables) for a in arguments):
        return hint
    origin = typing.get_origin(hint)
    filled = tuple(_substituted(a, variables) for a in arguments)
    assert origin is not None
    return types.GenericAlias(origin, filled) if isinstance(origin, type) else hint


def _mentions(hint: object, variables: Mapping[object, object]) -> bool:
    return hint in variables or any(_mentions(a, variables) for a in typing.get_args(hint))
