"""A condition as a sentence a citizen can read, in Bahasa Indonesia and English.

Two conditions that differ in truth never get the same sentence: groups inside groups stand in parentheses, names that
would read as part of the sentence in quotes, and a label that two questions share is followed by its code.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import assert_never

from rules.condition.negation import AllOf, AnyOf, Constant, Literal, Normal, flat, normal
from rules.condition.tree import Answered, Between, Condition, OneOf
from rules.field import Field
from rules.kind import TEXTS, Kind, Scalar
from rules.memo import remembered
from rules.printed import printed_date, printed_number, printed_rupiah, printed_unit
from rules.words import Lang, Words

_AND = Words("dan", "and")
_OR = Words("atau", "or")
_LEAST = Words("paling sedikit {}", "at least {}")
_MORE = Words("lebih dari {}", "more than {}")
_MOST = Words("paling banyak {}", "at most {}")
_LESS = Words("kurang dari {}", "less than {}")
_FROM = Words("pada atau setelah {}", "on or after {}")
_AFTER = Words("setelah {}", "after {}")
_UNTIL = Words("pada atau sebelum {}", "on or before {}")
_BEFORE = Words("sebelum {}", "before {}")


def sentence(condition: Condition, fields: Mapping[str, Field], lang: Lang) -> str:
    """Say when the condition holds, without a capital or a full stop of its own."""
    return _Speaker(fields, lang).say(flat(_spread(flat(normal(condition)), fields)))


def _spread(form: Normal, fields: Mapping[str, Field]) -> Normal:
    """Turn tests that read badly when negated into their opposites: a range into the values outside it."""
    match form:
        case Constant():
            return form
        case AllOf(parts):
            return AllOf(tuple(_spread(part, fields) for part in parts))
        case AnyOf(parts):
            return AnyOf(tuple(_spread(part, fields) for part in parts))
        case Literal(Between() as test, positive):
            return _opposite(test) if not positive else _unbounded(test)
        case Literal(OneOf(field, Kind.YES_NO, values), positive):
            said = tuple(value for value in (True, False) if (value in values) is positive)
            if len(said) == 2:
                return Literal(Answered(field))
            return Literal(OneOf(field, Kind.YES_NO, said)) if said else Constant(False)
        case Literal():
            return form
        case _:
            assert_never(form)


def _unbounded(test: Between) -> Normal:
    return Literal(Answered(test.field)) if test.low is None and test.high is None else Literal(test)


def _opposite(test: Between) -> Normal:
    outside: list[Normal] = []
    if test.low is not None:
        outside.append(Literal(Between(test.field, test.kind, high=test.low, high_included=not test.low_included)))
    if test.high is not None:
        outside.append(Literal(Between(test.field, test.kind, low=test.high, low_included=not test.high_included)))
    return AnyOf(tuple(outside))


@dataclass(frozen=True, slots=True)
class _Speaker:
    fields: Mapping[str, Field]
    lang: Lang

    def say(self, form: Normal) -> str:
        match form:
            case Constant(holds):
                return (
                    Words("selalu", "always").to(self.lang) if holds else Words("tidak pernah", "never").to(self.lang)
                )
            case Literal(test, positive):
                return self.test(test, positive)
            case AllOf(parts):
                return self.group(parts, _AND)
            case AnyOf(parts):
                return self.group(parts, _OR)
            case _:
                assert_never(form)

    def group(self, parts: tuple[Normal, ...], joiner: Words) -> str:
        said = [f"({self.say(part)})" if isinstance(part, (AllOf, AnyOf)) else self.say(part) for part in parts]
        word = joiner.to(self.lang)
        if (outside := _outside(parts)) and joiner is _OR:
            label = self.label(self.fields[outside[0].field])
            return f"{label} {self.verb()}{f' {word} '.join(map(self.range, outside))}"
        marked = any(mark in part for part in said for mark in (", ", " dan ", " atau ", " and ", " or "))
        if len(said) == 2 and not marked and not (joiner is _OR and _names_an_option(parts[0])):
            return f"{said[0]} {word} {said[1]}"
        return "; ".join([*said[:-1], f"{word} {said[-1]}"])

    def test(self, test: Answered | OneOf | Between, positive: bool) -> str:
        label = self.label(self.fields[test.field])
        match test:
            case Answered():
                says = Words("diisi", "is answered") if positive else Words("kosong", "is empty")
                return f"{label} {says.to(self.lang)}"
            case OneOf(kind=Kind.YES_NO, values=values):
                answer = (Words("ya", "yes") if values[0] else Words("tidak", "no")).to(self.lang)
                asked = Words("dijawab", "is answered").to(self.lang)
                return f"{label} {asked} {answer}" if label.endswith("?”") else f"{label}: {answer}"
            case OneOf(kind=Kind.CHOICES, values=values):
                says = (
                    Words("memuat {}", "includes {}") if positive else Words("diisi tanpa {}", "is answered without {}")
                )
                return f"{label} {says.to(self.lang).format(self.list_of(test.field, values, _OR))}"
            case OneOf(values=values):
                says = Words("adalah {}", "is {}") if positive else Words("selain {}", "is other than {}")
                joined = self.list_of(test.field, values, _OR if positive else _AND)
                return f"{label} {says.to(self.lang).format(joined)}"
            case Between():
                return f"{label} {self.verb()}{self.range(test)}"
            case _:
                assert_never(test)

    def verb(self) -> str:
        return "is " if self.lang == "en" else ""

    def range(self, test: Between) -> str:
        low = high = None
        on_days = test.kind is Kind.DATE
        if test.low is not None:
            words = (_FROM if on_days else _LEAST) if test.low_included else (_AFTER if on_days else _MORE)
            low = words.to(self.lang).format(self.value(test.field, test.low))
        if test.high is not None:
            words = (_UNTIL if on_days else _MOST) if test.high_included else (_BEFORE if on_days else _LESS)
            high = words.to(self.lang).format(self.value(test.field, test.high))
        return f" {_AND.to(self.lang)} ".join(part for part in (low, high) if part is not None)

    def list_of(self, field: str, values: tuple[Scalar, ...], joiner: Words) -> str:
        said = list(dict.fromkeys(self.value(field, value) for value in values))
        word = joiner.to(self.lang)
        if len(said) < 3:
            return f" {word} ".join(said)
        return ", ".join([*said[:-1], f"{word} {said[-1]}"])

    def value(self, code: str, value: Scalar) -> str:
        field = self.fields[code]
        if isinstance(value, bool):
            return (Words("ya", "yes") if value else Words("tidak", "no")).to(self.lang)
        if isinstance(value, (int, Decimal)):
            if field.kind is Kind.MONEY:
                return printed_rupiah(value, self.lang)
            said = printed_number(value, self.lang)
            return f"{said} {printed_unit(field.unit, self.lang, one=value == 1)}" if field.unit else said
        if field.kind is Kind.DATE:
            return printed_date(value, self.lang)
        if field.kind in TEXTS:
            return _quoted(value)
        labels = {option.code: option.label.to(self.lang) for option in field.options}
        said = labels.get(value, value)
        if list(labels.values()).count(said) > 1:
            return f"{said} ({value})"
        return _quoted(said) if any(mark in said for mark in _MARKS) else said

    def label(self, field: Field) -> str:
        """Name the question; one that is a question in words stands in quotes."""
        said = field.label.to(self.lang)
        shared = _labels(self.fields)[self.lang][said] > 1
        shown = _quoted(said) if said.endswith("?") else said
        return f"{shown} ({field.code})" if shared else shown


def _counted(fields: Mapping[str, Field]) -> Mapping[Lang, Counter[str]]:
    """Count how many questions have each label, in each language."""
    return {
        "id": Counter(field.label.id for field in fields.values()),
        "en": Counter(field.label.to("en") for field in fields.values()),
    }


_labels = remembered(_counted, most=16)  # a permit says dozens of sentences over the same fields


def _names_an_option(part: Normal) -> bool:
    """Tell whether a test ends in the name of an option, after which «atau» would seem to name another."""
    return isinstance(part, Literal) and isinstance(part.test, OneOf) and part.test.kind is not Kind.YES_NO


def _outside(parts: tuple[Normal, ...]) -> list[Between]:
    """Return the two sides of a gap, «at most 8 or more than 24», when that is what the parts are."""
    sides = [part.test for part in parts if isinstance(part, Literal) and isinstance(part.test, Between)]
    one_sided = [side for side in sides if (side.low is None) != (side.high is None)]
    whole = len(parts) == len(one_sided) == 2 and one_sided[0].field == one_sided[1].field
    return one_sided if whole else []


_MARKS = (",", ";", "“", "”", " dan ", " atau ", " and ", " or ")


def _quoted(text: str) -> str:
    return "“" + text.replace("”", "””") + "”"
