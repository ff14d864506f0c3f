"""Two versions of one permit, each in its city, and what can be proven of both."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import TypeVar

from generator.difference.meaning import Meaning, Region
from generator.difference.told import Part, Told, Weight, say, when
from rules.citation import Citation
from rules.cited import cited
from rules.city import City
from rules.condition.tree import ALWAYS, Condition
from rules.field import Field
from rules.permit import Permit
from rules.table import Row, Table
from rules.words import Words

T = TypeVar("T")
NOTHING = Words("tidak ada", "none")


@dataclass(frozen=True, slots=True)
class Pair:
    """The version before and the one after; `meaning` asks about both."""

    before: Permit
    after: Permit
    city_before: City
    city_after: City
    meaning: Meaning

    def agency(self, code: str) -> Words:
        """Name an agency, as it is called after, else as it was called before."""
        names = {each.code: each.name for city in (self.city_before, self.city_after) for each in city.agencies}
        return names.get(code, Words(code))

    def document(self, code: str) -> Words:
        """Name a document, as it is called after, else as it was called before."""
        names = {each.code: each.name for city in (self.city_before, self.city_after) for each in city.documents}
        return names.get(code, Words(code))

    def on(self, region: Region) -> Words:
        """Say in which cases, as the end of a sentence; nothing where it is in all."""
        return say(" bila {when}", " where {when}", when=region.when) if region.when.id else Words("", "")

    def if_(self, condition: Condition) -> Words:
        """Say a condition as the end of a sentence; nothing where it always holds."""
        if condition == ALWAYS:
            return Words("", "")
        return say(" bila {when}", " where {when}", when=when(condition, self.meaning.fields))

    def law(self, part: Part, what: Words, before: Citation | None, after: Citation | None) -> Iterator[Told]:
        """Tell another law for the same thing."""
        if before != after:
            old = NOTHING if before is None else Words(cited(before, self.city_before))
            new = NOTHING if after is None else Words(cited(after, self.city_after))
            yield changed(part, say("dasar hukum {what}", "the law of {what}", what=what), old, new)

    def condition(
        self,
        part: Part,
        before: tuple[Condition, ...],
        after: tuple[Condition, ...],
        gained: Callable[[Words], Words],
        lost: Callable[[Words], Words],
        what: Words,
        agencies: frozenset[str] = frozenset(),
    ) -> Iterator[Told]:
        """Tell where a rule holds that did not, and the other way round; each is said with its cases."""
        if before == after:
            return
        now, then = self.meaning.gained(before, after), self.meaning.lost(before, after)
        if now is None or then is None:
            yield Told(part, say("{what} berubah", "{what} has changed", what=what), agencies=agencies)
            return
        if not now and not then:
            yield spelling(part, what)
        for regions, words in ((now, gained), (then, lost)):
            for region in regions:
                yield Told(
                    part, words(self.on(region)), example=region.example, telling=region.telling, agencies=agencies
                )

    def table(
        self,
        part: Part,
        what: Words,
        before: Table[T] | None,
        after: Table[T] | None,
        words: Callable[[T], Words],
        agencies: frozenset[str] = frozenset(),
        *,
        filled: bool = False,
    ) -> Iterator[Told]:
        """Tell where a table chooses another value; `filled` for one whose value says little without a form."""
        if before == after:
            return
        old, new = before or Table(()), after or Table(())
        moves = self.meaning.moves(old, new, filled=filled)
        if moves is None:
            yield from self.rows(part, what, old, new, words, self.meaning.fields, agencies)
            return
        if not moves:
            yield spelling(part, what)
        for move in moves:
            was = NOTHING if move.before is None else words(move.before)
            is_ = NOTHING if move.after is None else words(move.after)
            says = became(say("{what}{when}", "{what}{when}", what=what, when=self.on(move.region)), was, is_)
            yield Told(part, says, example=move.region.example or None, telling=move.region.telling, agencies=agencies)

    def rows(
        self,
        part: Part,
        what: Words,
        before: Table[T],
        after: Table[T],
        words: Callable[[T], Words],
        fields: Mapping[str, Field],
        agencies: frozenset[str] = frozenset(),
    ) -> Iterator[Told]:
        """Tell a table row by row, as it is written: where no proof compares the whole."""
        if before == after:
            return
        old, new = _by_condition(before), _by_condition(after)
        told = 0
        for key in dict.fromkeys((*old, *new)):
            was, now = old.get(key), new.get(key)
            if was is not None and now is not None and was.value == now.value:
                continue
            row = now or was
            assert row is not None
            said = [NOTHING if each is None else words(each.value) for each in (was, now)]
            case = say("{what}{case}", "{what}{case}", what=what, case=_case(row, fields))
            yield changed(part, case, said[0], said[1], agencies=agencies)
            told += 1
        if not told:
            yield Told(part, say("{what} berubah", "{what} has changed", what=what), agencies=agencies)


def _by_condition(table: Table[T]) -> dict[tuple[Condition | None, int], Row[T]]:
    """Return the rows by their condition, None for the rest; a second with the same one has its own number."""
    found: dict[tuple[Condition | None, int], Row[T]] = {}
    for row in table.rows:
        condition = None if row.otherwise else row.when
        found[(condition, sum(other == condition for other, _ in found))] = row
    return found


def _case(row: Row[T], fields: Mapping[str, Field]) -> Words:
    if row.otherwise:
        return Words(" selain itu", " otherwise")
    if row.when == ALWAYS:
        return Words("", "")
    return say(" bila {when}", " where {when}", when=when(row.when, fields))


def changed(
    part: Part,
    what: Words,
    before: Words,
    after: Words,
    weight: Weight = Weight.MEANING,
    agencies: frozenset[str] = frozenset(),
) -> Told:
    """Say that something was one thing and is another."""
    return Told(part, became(what, before, after), weight, agencies=agencies)


def became(what: Words, before: Words, after: Words) -> Words:
    """Say what something was and what it is."""
    words = ("{what}: {old} menjadi {new}", "{what}: {old} becomes {new}")
    if before is NOTHING:
        words = ("{what}: kini {new}, dahulu tidak ada", "{what}: now {new}, none before")
    elif after is NOTHING:
        words = ("{what}: dahulu {old}, kini tidak ada", "{what}: was {old}, now none")
    return say(*words, what=what, old=before, new=after)


def spelling(part: Part, what: Words) -> Told:
    """Say that something is written otherwise, and means the same."""
    says = say("{what} ditulis lain, artinya sama", "{what} is written otherwise and means the same", what=what)
    return Told(part, says, Weight.SPELLING)


def reworded(part: Part, what: Words, before: Words | None, after: Words | None) -> Iterator[Told]:
    """Tell other words for the same thing."""
    if before != after:
        old, new = before or NOTHING, after or NOTHING
        yield changed(part, what, _marked(old), _marked(new), Weight.WORDS)


def _marked(words: Words) -> Words:
    return words if words is NOTHING else Words(f"«{words.id}»", f"“{words.to('en')}”")


def unsaid(part: Part, what: Words, before: T, after: T, *said: str) -> Iterator[Told]:
    """Tell that something differs in a way that nothing else told of."""
    assert is_dataclass(before)
    names = [each.name for each in fields(before) if each.name not in said]
    if any(getattr(before, name) != getattr(after, name) for name in names):
        yield Told(part, say("{what} berubah", "{what} has changed", what=what))
