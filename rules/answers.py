"""From what came in to what is decided on: typed facts, and only those of questions that are shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from functools import lru_cache, partial
from typing import assert_never

from rules.condition.decide import Test, compiled
from rules.condition.presence import MOST, is_date, missing
from rules.condition.tree import Always, fields_of
from rules.field import Field
from rules.kind import Facts, Kind, Value
from rules.memo import remembered

Reader = Callable[[object], Value | None]


def typed(fields: Iterable[Field], raw: Mapping[str, object]) -> dict[str, Value]:
    """Read JSON values by the kinds of their fields; what is missing, of the wrong type or unknown is left out.

    Texts are kept as they are. Numbers may be int, Decimal, or a finite float read by its shortest decimal form.
    """
    found: dict[str, Value] = {}
    for field in fields:
        given = raw.get(field.code)
        if given is not None and (value := typed_value(field, given)) is not None:
            found[field.code] = value
    return found


def typed_value(field: Field, raw: object) -> Value | None:
    """Read one JSON value as an answer to the field, or None."""
    return None if missing(raw) else _reader(field)(raw)


@remembered
def _reader(field: Field) -> Reader:
    """Return what reads an answer to a field that is not missing."""
    match field.kind:
        case Kind.INTEGER | Kind.MONEY:
            return _whole
        case Kind.DECIMAL:
            return partial(_number, digits=field.digits)
        case Kind.YES_NO:
            return lambda raw: raw if isinstance(raw, bool) else None
        case Kind.DATE:
            return lambda raw: raw if isinstance(raw, str) and is_date(raw) else None
        case Kind.CHOICE:
            codes = frozenset(option.code for option in field.options)
            return lambda raw: raw if isinstance(raw, str) and raw in codes else None
        case Kind.CHOICES:
            return partial(_choices, codes=frozenset(option.code for option in field.options))
        case Kind.LIST:
            return partial(_items, field.items)
        case Kind.TEXT | Kind.NIK | Kind.NPWP | Kind.NIB | Kind.PHONE | Kind.EMAIL | Kind.ADDRESS | Kind.COORDINATE:
            return lambda raw: raw if isinstance(raw, str) else None
        case _:
            assert_never(field.kind)


def _whole(raw: object) -> int | None:
    number = _number(raw, 0)
    return None if number is None else int(number)


def _number(raw: object, digits: int) -> Decimal | None:
    if isinstance(raw, bool) or not isinstance(raw, (int, float, Decimal)):
        return None
    value = Decimal(repr(raw)) if isinstance(raw, float) else raw
    # the size first: neither 1E+999999 nor a thousand figures have any business being written out
    if isinstance(value, int):
        return Decimal(value).quantize(_step(digits)) if abs(value) <= MOST // 10**digits else None
    if value == 0:
        return Decimal(0).quantize(_step(digits))
    if not value.is_finite() or value.adjusted() > 15:
        return None
    figures, last = list(value.as_tuple().digits), int(value.as_tuple().exponent)
    while figures[-1] == 0:
        figures.pop()
        last += 1
    if last < -digits or int("".join(map(str, figures))) * 10 ** (last + digits) > MOST:
        return None
    return value.quantize(_step(digits))


@lru_cache
def _step(digits: int) -> Decimal:
    return Decimal(1).scaleb(-digits)


def _choices(raw: object, codes: frozenset[str]) -> tuple[str, ...] | None:
    if not isinstance(raw, (list, tuple)):
        return None
    chosen = tuple(dict.fromkeys(code for code in raw if isinstance(code, str) and code in codes))
    return chosen if all(isinstance(code, str) and code in codes for code in raw) else None


def _items(fields: tuple[Field, ...], raw: object) -> tuple[Mapping[str, Value], ...] | None:
    if not isinstance(raw, (list, tuple)) or not all(isinstance(item, Mapping) for item in raw):
        return None
    return tuple(typed(fields, item) for item in raw)


def prune(fields: Iterable[Field], facts: Facts) -> dict[str, Value]:
    """Return the facts without the answers to hidden questions, those hidden by them included.

    A question that is asked inside a `daftar` is shown or hidden by the facts of its own item. Facts that are no
    question of `fields` (derived, or an officer's) are kept as they are.
    """
    kept = dict(facts)
    for field, shown in _to_prune(tuple(fields)):
        if field.code not in kept:
            continue
        if not shown(kept):
            del kept[field.code]
            continue
        value = kept[field.code]
        if field.items and isinstance(value, tuple):
            items = tuple(prune(field.items, item) for item in value if isinstance(item, Mapping))
            kept[field.code] = items
    return kept


@remembered
def _to_prune(fields: tuple[Field, ...]) -> tuple[tuple[Field, Test], ...]:
    """Return the fields that may have to go, or hold some that may, each with the test that keeps it."""
    return tuple(
        (field, compiled(field.shown_when))
        for field in in_order(fields)
        if field.items or not isinstance(field.shown_when, Always)
    )


@remembered
def in_order(fields: tuple[Field, ...]) -> tuple[Field, ...]:
    """Order the fields so that each comes after those its `tampil_bila` reads, and else as written.

    Fields that wait for each other in a circle (`ISI-02` refuses them) come in the order written.
    """
    by_code = {field.code: field for field in fields}
    ordered: dict[str, Field] = {}
    waiting: set[str] = set()
    stack = [(field, False) for field in reversed(fields)]
    while stack:
        field, ready = stack.pop()
        if ready:
            waiting.discard(field.code)
            ordered.setdefault(field.code, field)
        elif field.code not in ordered and field.code not in waiting:
            waiting.add(field.code)
            stack.append((field, True))
            needs = dict.fromkeys(fields_of(field.shown_when))
            stack.extend((by_code[code], False) for code in reversed(list(needs)) if code in by_code)
    return tuple(ordered.values())
