"""The largest region around a filled form in which the same is true: one test for each question that matters.

It begins with the cell of the form between landmarks, leaves out what does not matter, and then widens test after test
as far as the property holds. Gains a sentence and a row to paste. Loses other regions, which the next proof finds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from generator.proof.answer import Answer
from generator.proof.landmark import Landmarks
from rules.condition.tree import ALWAYS, Answered, Between, Condition, Every, Not, OneOf
from rules.kind import ORDERED, TEXTS, Facts, Kind, Scalar, Value

Certain = Callable[[Condition], bool]


@dataclass(frozen=True, slots=True)
class _Span:
    """An ordered test while it grows: the places of its landmarks, None for no bound."""

    low: int | None
    low_in: bool
    high: int | None
    high_in: bool


def region(
    facts: Facts, codes: Iterable[str], answers: Mapping[str, Answer], marks: Landmarks, certain: Certain
) -> Condition:
    """Return the largest condition around the facts for which `certain` tells that the property holds."""
    tests: dict[str, Condition] = {}
    spans: dict[str, _Span] = {}
    for code in codes:
        one = answers[code]
        value = facts.get(code)
        if value is not None and one.field.kind in ORDERED and not isinstance(value, tuple | bool):
            spans[code] = _cell(one, value, marks.get(code, ()))
            tests[code] = _as_test(one, spans[code], marks.get(code, ()))
        else:
            tests[code] = _test(one, value)

    def grown(code: str, test: Condition | None) -> bool:
        others = {other: kept for other, kept in tests.items() if other != code}
        if not certain(_whole(others if test is None else {**others, code: test})):
            return False
        if test is None:
            del tests[code]
        else:
            tests[code] = test
        return True

    for code in list(tests):
        grown(code, None)
    for code in list(tests):
        one = answers[code]
        if code in spans:
            _widened(code, one, spans[code], marks.get(code, ()), grown)
        else:
            _with_more(code, one, tests, grown)
    return _whole(tests)


def _whole(tests: dict[str, Condition]) -> Condition:
    parts = tuple(tests.values())
    return ALWAYS if not parts else parts[0] if len(parts) == 1 else Every(parts)


def _cell(one: Answer, value: Scalar, marks: tuple[Scalar, ...]) -> _Span:
    here = one.scaled(value)
    places = [one.scaled(mark) for mark in marks]
    if here in places:
        return _Span(places.index(here), True, places.index(here), True)
    low = max((index for index, place in enumerate(places) if place < here), default=None)
    high = min((index for index, place in enumerate(places) if place > here), default=None)
    return _Span(low, False, high, False)


def _as_test(one: Answer, span: _Span, marks: tuple[Scalar, ...]) -> Condition:
    code, kind = one.field.code, one.field.kind
    if span.low is None and span.high is None:
        return Answered(code)
    if span.low == span.high:
        assert span.low is not None
        return OneOf(code, kind, (marks[span.low],))
    low = None if span.low is None else marks[span.low]
    high = None if span.high is None else marks[span.high]
    return Between(code, kind, low, span.low_in, high, span.high_in)


def _test(one: Answer, value: Value | None) -> Condition:
    code, kind = one.field.code, one.field.kind
    if value is None:
        return Not(Answered(code))
    if kind is Kind.CHOICES:
        assert isinstance(value, tuple)
        chosen = tuple(option.code for option in one.field.options if option.code in value)
        parts: list[Condition] = [OneOf(code, kind, (option,)) for option in chosen]
        rest = tuple(option.code for option in one.field.options if option.code not in value)
        return Every((*parts, Not(OneOf(code, kind, rest)))) if rest else Every(tuple(parts))
    if kind in TEXTS and value not in one.words:
        return Not(OneOf(code, kind, one.words)) if one.words else Answered(code)
    if kind is Kind.LIST:
        return Answered(code)
    assert isinstance(value, int | Decimal | str)
    return OneOf(code, kind, (value,))


def _widened(
    code: str, one: Answer, span: _Span, marks: tuple[Scalar, ...], grown: Callable[[str, Condition | None], bool]
) -> None:
    for side in ("low", "high"):
        while (wider := _wider(span, side, len(marks))) is not None and grown(code, _as_test(one, wider, marks)):
            span = wider


def _wider(span: _Span, side: str, count: int) -> _Span | None:
    """Take in the landmark at one end, or what lies beyond it up to the next."""
    if side == "low":
        if span.low is None:
            return None
        if not span.low_in:
            return replace(span, low_in=True)
        return replace(span, low=span.low - 1 if span.low else None, low_in=False)
    if span.high is None:
        return None
    if not span.high_in:
        return replace(span, high_in=True)
    return replace(span, high=span.high + 1 if span.high + 1 < count else None, high_in=False)


def _with_more(
    code: str, one: Answer, tests: dict[str, Condition], grown: Callable[[str, Condition | None], bool]
) -> None:
    """Take in more options, or more texts, of those that there are; or any answer at all."""
    if grown(code, Answered(code)):
        return
    test = tests[code]
    if isinstance(test, OneOf) and one.field.kind is Kind.CHOICE:
        for option in one.field.options:
            taken = (*test.values, option.code)
            ordered = tuple(other.code for other in one.field.options if other.code in taken)
            if option.code not in test.values and grown(code, replace(test, values=ordered)):
                test = replace(test, values=ordered)
    elif isinstance(test, Every):
        parts = list(test.parts)
        for part in test.parts:
            fewer = tuple(other for other in parts if other is not part)
            if fewer and grown(code, fewer[0] if len(fewer) == 1 else Every(fewer)):
                parts = list(fewer)
