"""A form as unknowns: its questions, the facts derived beside them, and what conditions over them come to.

`accepted` is exactly what the generated JSON Schema accepts: a question that is shown is answered unless it is
optional, one that is hidden is not, and every answer fits its kind and bounds. A condition *holds* only if it is
definitely true.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import assert_never

from generator.proof.answer import Answer, Lexicon, answer
from generator.proof.solver import FALSE, TRUE, Formula, Solver, all_of, any_of, implies, no
from rules.condition.tree import Always, Answered, Between, Condition, Every, Not, OneOf, Some
from rules.field import Field
from rules.kind import TEXTS, Facts

NOTHING: frozenset[str] = frozenset()


class Form:
    """The unknowns of one form. `around` are those of the application that a form of items stands in: a name of the
    item comes first."""

    def __init__(
        self,
        solver: Solver,
        lexicon: Lexicon,
        fields: Iterable[Field],
        beside: Iterable[Field],
        name: str,
        words: Mapping[str, tuple[str, ...]],
        around: Form | None = None,
    ) -> None:
        """Make the unknowns of its questions (`fields`), and of the facts that stand `beside` them."""
        self.name = name
        self.fields = tuple(fields)
        self.beside = tuple(beside)
        self.own = {
            field.code: answer(solver, lexicon, field, f"{name}.{field.code}", words.get(field.code, ()))
            for field in (*self.fields, *self.beside)
        }
        self.answers: dict[str, Answer] = {**(around.answers if around else {}), **self.own}
        self._held: dict[tuple[int, bool, frozenset[str]], tuple[Condition, Formula]] = {}
        self.accepted = all_of(*self._accepted())

    def holds(self, condition: Condition, unknown: frozenset[str] = NOTHING) -> Formula:
        """Say that a condition definitely holds, with the answers in `unknown` not given yet."""
        return self._closed(condition, True, unknown)

    def fails(self, condition: Condition, unknown: frozenset[str] = NOTHING) -> Formula:
        """Say that a condition is definitely false: what makes its `bukan` hold."""
        return self._closed(condition, False, unknown)

    def filled(self, facts: Facts) -> Formula:
        """Say that the questions and facts of the form are answered so, and no others."""
        return all_of(*(one.filled(facts.get(code)) for code, one in self.own.items()))

    def _accepted(self) -> Iterator[Formula]:
        for field in self.fields:
            yield self.asked(field)
        for one in self.own.values():
            yield one.fits()

    def asked(self, field: Field, unknown: frozenset[str] = NOTHING) -> Formula:
        """Say that a question is answered where it is shown and must be, and not where it is hidden."""
        shown, present = self.holds(field.shown_when, unknown), self.own[field.code].present
        must = TRUE if field.optional else implies(shown, present)
        return all_of(must, implies(present, shown))

    def _closed(self, condition: Condition, wanted: bool, unknown: frozenset[str]) -> Formula:
        key = (id(condition), wanted, unknown)
        known = self._held.get(key)
        if known is None or known[0] is not condition:
            known = self._held[key] = (condition, self._made(condition, wanted, unknown))
        return known[1]

    def _made(self, condition: Condition, wanted: bool, unknown: frozenset[str]) -> Formula:
        match condition:
            case Always():
                return TRUE if wanted else FALSE
            case Answered(code):
                present = FALSE if code in unknown else self.answers[code].present
                return present if wanted else no(present)
            case OneOf(code) | Between(code):
                if code in unknown:
                    return FALSE
                one = self.answers[code]
                says = one.among(condition) if isinstance(condition, OneOf) else one.within(condition)
                return all_of(one.present, says if wanted else no(says))
            case Every(parts) | Some(parts):
                made = [self._closed(part, wanted, unknown) for part in parts]
                return all_of(*made) if isinstance(condition, Every) is wanted else any_of(*made)
            case Not(part):
                return self._closed(part, not wanted, unknown)
            case _:
                assert_never(condition)


def words_of(conditions: Iterable[Condition]) -> dict[str, tuple[str, ...]]:
    """Return the texts that conditions compare with, by the question they ask about."""
    found: dict[str, dict[str, None]] = {}
    for condition in conditions:
        for code, word in _words(condition):
            found.setdefault(code, {})[word] = None
    return {code: tuple(words) for code, words in found.items()}


def _words(condition: Condition) -> Iterator[tuple[str, str]]:
    match condition:
        case OneOf(code, kind, values) if kind in TEXTS:
            yield from ((code, str(value)) for value in values)
        case Every(parts) | Some(parts):
            for part in parts:
                yield from _words(part)
        case Not(part):
            yield from _words(part)
        case Always() | Answered() | OneOf() | Between():
            return
        case _:
            assert_never(condition)
