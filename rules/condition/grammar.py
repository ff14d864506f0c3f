"""The text of a test, read by the kind of its field: `> 8 dan <= 24`, `[100..500)`, `bukan(a, b)`, `terisi`.

Gains a condition, or one fault with its place and what to write instead; loses how it was spelt (`to_yaml` writes the
canonical spelling). The grammar is section 3 of the catalog language.
"""

from __future__ import annotations

import re

from rules.condition.as_yaml import value_text
from rules.condition.cursor import AND, CODED, WORDS, Cursor, FaultError
from rules.condition.fault import Fault, Reason
from rules.condition.tree import ALWAYS, Answered, Between, Condition, Not, OneOf, Some
from rules.field import Field
from rules.kind import NUMBERS, ORDERED, Kind, Scalar

_OPERATOR = re.compile(r"<=|>=|≤|≥|<|>|=")
_ALIEN = re.compile(r"=<|=>|!=|<>|==|≠")
_MEANT = {"=<": "<=", "=>": ">=", "==": "="}
_NOT = re.compile(r"(bukan|not)\s*\(", re.IGNORECASE)
_NOT_BARE = re.compile(r"(bukan|not|tidak sama dengan)\s+(?=\S)", re.IGNORECASE)
_DECIMAL_COMMA = re.compile(r"[0-9],[0-9]")


def parse_test(text: str, field: Field) -> Condition | Fault:
    """Read the test of one field."""
    try:
        return _Reader(text, field).whole()
    except FaultError as found:
        return found.fault


def parse_values(text: str, field: Field) -> Condition | Fault:
    """Read one entry of a YAML list of values, where `terisi`, `kosong` and `bukan(…)` have no place."""
    try:
        return _Reader(text, field).entry()
    except FaultError as found:
        return found.fault


def union(field: Field, parts: list[Condition]) -> Condition:
    """Return «any of these», as one list of values where it can be."""
    if all(isinstance(part, OneOf) for part in parts):
        values = dict.fromkeys(value for part in parts if isinstance(part, OneOf) for value in part.values)
        return OneOf(field.code, field.kind, tuple(values))
    return parts[0] if len(parts) == 1 else Some(tuple(parts))


class _Reader(Cursor):
    def whole(self) -> Condition:
        self.skip()
        match self.rest.strip():
            case "":
                raise self.fail(Reason.NOTHING, 0, len(self.text))
            case "-":
                return ALWAYS
            case "terisi":
                return Answered(self.field.code)
            case "kosong":
                return Not(Answered(self.field.code))
            case _:
                pass
        found: Condition
        if (opened := _NOT.match(self.text, self.at)) is not None:
            self.at = opened.end()
            found = Not(self.values(")"))
            self.close(opened.start(), ")")
        else:
            if (bare := _NOT_BARE.match(self.text, self.at)) is not None and self.field.kind in _SPELT:
                better = f"bukan({self.text[bare.end() :].strip()})"
                raise self.fail(Reason.NOT_WITHOUT_BRACKETS, self.at, len(self.text), better=better)
            found = self.values("")
        self.skip()
        if self.rest:
            raise self.fail(Reason.LEFT_OVER, self.at, len(self.text), text=self.rest.strip())
        return found

    def entry(self) -> Condition:
        self.skip()
        if not self.rest.strip():
            raise self.fail(Reason.NOTHING, 0, len(self.text))
        if self.rest.strip() in WORDS or _NOT.match(self.text, self.at):
            raise self.fail(Reason.KEYWORD_IN_LIST, self.at, len(self.text.rstrip()), text=self.rest.strip())
        found = self.values("")
        if self.rest.strip():
            raise self.fail(Reason.LEFT_OVER, self.at, len(self.text), text=self.rest.strip())
        return found

    def values(self, closing: str) -> Condition:
        if self.field.kind is Kind.LIST:
            raise self.fail(Reason.LIST_TESTED, self.at, len(self.text), text=self.rest.strip())
        if self.field.kind in NUMBERS and (comma := _DECIMAL_COMMA.search(self.text, self.at)) is not None:
            start, stop = _word_around(self.text, comma.start())
            word = self.text[start:stop]
            shown = {"text": word, "decimal": _pointed(word), "list": word.replace(",", ", ")}
            raise self.fail(Reason.DECIMAL_COMMA, start, stop, **shown)
        parts = [self.value(closing)]
        self.skip()
        while self.text.startswith(",", self.at):
            self.at += 1
            parts.append(self.value(closing))
            self.skip()
        return union(self.field, parts)

    def value(self, closing: str) -> Condition:
        self.skip()
        if (alien := _ALIEN.match(self.text, self.at)) is not None:
            raise self.alien(alien[0])
        if self.text.startswith(("[", "("), self.at) and self.field.kind in ORDERED:
            return self.range()
        if _OPERATOR.match(self.text, self.at) is not None:
            first = self.comparison(closing)
            joined = AND.match(self.text, self.at)
            if joined is None:
                return first
            if joined[1] != "dan":
                better = f"{self.text[: joined.start(1)].strip()} dan {self.text[joined.end() :].strip()}"
                raise self.fail(Reason.OPERATOR, joined.start(1), joined.end(1), sign=joined[1], better=better)
            self.at = joined.end()
            return self.two_sides(first, joined, closing)
        return self.one(self.literal(closing))

    def alien(self, sign: str) -> FaultError:
        after = self.text[self.at + len(sign) :].strip()
        word = _MEANT.get(sign)
        better = f"{word} {after}" if word is not None else f"bukan({after})"
        return self.fail(Reason.OPERATOR, self.at, self.at + len(sign), sign=sign, better=better)

    def one(self, value: Scalar) -> OneOf:
        return OneOf(self.field.code, self.field.kind, (value,))

    def comparison(self, closing: str) -> OneOf | Between:
        if (alien := _ALIEN.match(self.text, self.at)) is not None:
            raise self.alien(alien[0])
        found = _OPERATOR.match(self.text, self.at)
        if found is None:
            raise self.fail(Reason.NOT_TWO_SIDES, self.at, len(self.text), text=self.rest.strip())
        sign = {"≤": "<=", "≥": ">="}.get(found[0], found[0])
        if sign != "=":
            self.need_order(found.start(), found.end(), sign)
        self.at = found.end()
        value = self.literal(closing)
        code, kind = self.field.code, self.field.kind
        match sign:
            case "<":
                return Between(code, kind, high=value, high_included=False)
            case "<=":
                return Between(code, kind, high=value)
            case ">":
                return Between(code, kind, low=value, low_included=False)
            case ">=":
                return Between(code, kind, low=value)
            case _:
                return self.one(value)

    def two_sides(self, first: OneOf | Between, joined: re.Match[str], closing: str) -> Between:
        begun = self.at
        second = self.comparison(closing)
        if not (isinstance(first, Between) and isinstance(second, Between)) or (first.low is None) == (
            second.low is None
        ):
            raise self.fail(Reason.NOT_TWO_SIDES, joined.start() + 1, self.at, text=self.text[begun : self.at])
        low, high = (first, second) if first.low is not None else (second, first)
        both = Between(self.field.code, self.field.kind, low.low, low.low_included, high.high, high.high_included)
        return self.not_empty(both, 0)

    def range(self) -> Between:
        start = self.at
        self.need_order(start, start + 1, self.text[start])
        low_included = self.text[start] == "["
        self.at += 1
        end = next((i for i in range(self.at, len(self.text)) if self.text[i] in "])"), None)
        if end is None:
            raise self.fail(Reason.BRACKET, start, len(self.text), text=self.text[start:], better="]")
        inside = self.text[self.at : end]
        if ".." not in inside:
            raise self.fail(Reason.LEFT_OVER, start, end + 1, text=self.text[start : end + 1])
        left, _, right = inside.partition("..")
        for side, sign in ((left, "<=" if self.text[end] == "]" else "<"), (right, ">=" if low_included else ">")):
            if not side.strip():
                other = (right if side is left else left).strip()
                raise self.fail(
                    Reason.OPEN_RANGE, start, end + 1, text=self.text[start : end + 1], better=f"{sign} {other}"
                )
        low = self.read(left, self.at)
        high = self.read(right, self.at + len(left) + 2)
        self.at = end + 1
        both = Between(self.field.code, self.field.kind, low, low_included, high, self.text[end] == "]")
        return self.not_empty(both, start)

    def not_empty(self, test: Between, start: int) -> Between:
        low, high = test.low, test.high
        assert low is not None
        assert high is not None
        passed = low > high if isinstance(low, str) and isinstance(high, str) else _greater(low, high)
        if passed or (low == high and not (test.low_included and test.high_included)):
            same = "" if passed else value_text(low, test.kind)
            raise self.fail(Reason.EMPTY_RANGE, start, self.at, text=self.text[start : self.at].strip(), same=same)
        return test

    def need_order(self, start: int, end: int, sign: str) -> None:
        if self.field.kind not in ORDERED:
            raise self.fail(Reason.NO_ORDER, start, end, sign=sign)


_SPELT = ORDERED | CODED


def _greater(a: object, b: object) -> bool:
    return a > b  # type: ignore[operator,no-any-return]  # two numbers


def _word_around(text: str, at: int) -> tuple[int, int]:
    start = end = at
    while start > 0 and (text[start - 1].isdigit() or text[start - 1] in ".,"):
        start -= 1
    while end < len(text) and (text[end].isdigit() or text[end] in ".,"):
        end += 1
    return start, end


def _pointed(word: str) -> str:
    """Write an Indonesian decimal with a point: 1.234,5 becomes 1234.5."""
    return word.replace(".", "").replace(",", ".")
