"""A difference as lines: text for a terminal, Markdown for a request that asks to merge.

Gains a reading in an officer's order: what changes for people first, other words after, other spelling counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from generator.difference.moving_told import MovingCase
from generator.difference.replayed import Past, Replayed
from generator.difference.report import CityReport, PermitReport, Report
from generator.difference.told import Told, Weight
from rules.words import Lang, Words

MOST_EXAMPLES, MOST_CASES = 3, 10
SAME = Words("tidak ada yang berbeda", "nothing differs")
NO_MEANING = Words("tidak ada yang berbeda bagi siapa pun", "nothing differs for anybody")
SHARED = Words("bersama", "shared")
SPELLING = Words("ditulis lain, artinya sama: {n} bagian", "written otherwise, meaning the same: {n}")
SUCH_AS = Words("misalnya", "such as")
TOUCHED = Words("instansi yang tersentuh: {those}", "agencies touched: {those}")
PERMITS = Words("menyentuh {those}", "touches {those}")
MORE = Words("dan {n} lagi", "and {n} more")
OPEN = Words(
    "{n} permohonan terbuka tetap pada versi saat diajukan: {those}",
    "{n} open cases stay on the version of their filing: {those}",
)
ANEW = Words(
    "tenggat {n} permohonan terbuka dihitung ulang: {those}", "the dates of {n} open cases are counted anew: {those}"
)
MOVE = Words("{n} permohonan terbuka pindah ke versi ini", "{n} open cases move to this version")
STAY = Words("{n} permohonan terbuka tidak dapat pindah", "{n} open cases can not move")
ASKED, REFUSED = Words("diminta {those}", "is asked for {those}"), Words("ditolak: {those}", "refused: {those}")
NOTHING_MORE = Words("tidak diminta apa pun", "is asked for nothing")
NO_OPEN = Words("tidak ada permohonan terbuka", "no open case")
EXAMPLES = Words("{n} dari {of} contoh berubah hasilnya", "{n} of {of} examples come out otherwise")
CASES = Words("{n} dari {of} permohonan lama akan berubah hasilnya", "{n} of {of} past cases would come out otherwise")


def as_lines(report: Report, lang: Lang, *, markdown: bool = False) -> str:
    """Write a report, one sentence to a line."""
    if not report.difference.changes:
        return SAME.to(lang) + "\n"
    writing = _Lines(lang, markdown, len(report.cities) > 1, report.with_cases)
    lines = [line for city in report.cities for line in writing.city(city)]
    return "".join(f"{line}\n" for line in lines) or NO_MEANING.to(lang) + "\n"


class _Lines:
    """How lines are written."""

    def __init__(self, lang: Lang, markdown: bool, several: bool, with_cases: bool) -> None:
        self.lang: Lang = lang
        self.markdown, self.several, self.with_cases = markdown, several, with_cases

    def city(self, report: CityReport) -> Iterator[str]:
        """Write what a city shares, then permit by permit."""
        prefix = f"{report.difference.code}/" if self.several else ""
        if report.difference.told:
            yield from self.heading(f"{prefix}{SHARED.to(self.lang)}")
            yield from self.told(f"{prefix}{SHARED.to(self.lang)}", report.difference.told)
        if report.counted_anew:
            numbers = self.numbers(report.counted_anew)
            said = self.filled(ANEW, n=len(report.counted_anew), those=numbers)
            yield self.item(f"{prefix}{SHARED.to(self.lang)}", said)
        for permit in report.permits:
            code = f"{prefix}{permit.difference.code}"
            name = permit.difference.versions.one.name.to(self.lang)
            yield from self.heading(f"{code}: {name}, {permit.difference.versions.one.valid_from}")
            yield from self.told(code, permit.told)
            yield from self.rest(code, report, permit)

    def told(self, code: str, told: Sequence[Told]) -> Iterator[str]:
        """Write sentences: what is meant, then what is said, then how many are only spelt otherwise."""
        for weight in (Weight.MEANING, Weight.WORDS):
            for one in (one for one in told if one.weight is weight):
                yield self.item(code, one.says.to(self.lang))
                if shown := [part for part in (self.form(one), one.outcome and one.outcome.to(self.lang)) if part]:
                    yield self.below(f"{SUCH_AS.to(self.lang)}: {'; '.join(shown)}")
                if one.permits:
                    yield self.below(self.filled(PERMITS, those=", ".join(one.permits)))
        if spelt := sum(one.weight is Weight.SPELLING for one in told):
            yield self.item(code, self.filled(SPELLING, n=spelt))

    def form(self, told: Told) -> str:
        """Write the answers of a filled form that matter, if any do."""
        if told.example is None:
            return ""
        return ", ".join(f"{code}: {_answer(told.example.get(code))}" for code in told.telling)

    def rest(self, code: str, city: CityReport, report: PermitReport) -> Iterator[str]:
        """Write whom it touches: agencies, examples, cases."""
        if report.difference.agencies:
            names = [city.difference.agency(each).to(self.lang) for each in report.difference.agencies]
            yield self.item(code, self.filled(TOUCHED, those=", ".join(names)))
        yield from self.replayed(code, EXAMPLES, report.examples, report.of_examples, MOST_EXAMPLES)
        if not self.with_cases:
            return
        yield from self.replayed(code, CASES, report.cases, report.of_cases, MOST_CASES)
        yield from self.moving(code, report.moving)
        cases = report.open_cases
        if report.moving and not cases:
            return
        said = self.filled(OPEN, n=len(cases), those=self.numbers(cases)) if cases else NO_OPEN.to(self.lang)
        yield self.item(code, said)

    def moving(self, code: str, cases: Sequence[MovingCase]) -> Iterator[str]:
        """Write which open cases would move and what each would be asked, and which would not and why."""
        follow, stay = [one for one in cases if not one.refused], [one for one in cases if one.refused]
        for found, words, what in ((follow, MOVE, ASKED), (stay, STAY, REFUSED)):
            if found:
                yield self.item(code, self.filled(words, n=len(found)))
            for one in found[:MOST_CASES]:
                said = ", ".join(each.to(self.lang) for each in (one.refused or one.asked))
                told = self.filled(what, those=said) if said else NOTHING_MORE.to(self.lang)
                yield self.below(f"{one.past.name.to(self.lang)} ({one.past.open_at}): {told}")
            if found[MOST_CASES:]:
                yield self.below(self.filled(MORE, n=len(found) - MOST_CASES))

    def numbers(self, cases: Sequence[Past]) -> str:
        """Write the numbers of cases with the stage each is at, the first of them."""
        shown = [f"{case.name.to(self.lang)} ({case.open_at})" for case in cases[:MOST_CASES]]
        left = len(cases) - MOST_CASES
        return ", ".join([*shown, *([self.filled(MORE, n=left)] if left > 0 else [])])

    def replayed(self, code: str, words: Words, found: Sequence[Replayed], of: int, most: int) -> Iterator[str]:
        """Write how many come out otherwise, and how the first do."""
        if not found:
            return
        yield self.item(code, self.filled(words, n=len(found), of=of))
        for one in found[:most]:
            said = "; ".join(words.to(self.lang) for words in one.says)
            yield self.below(f"{one.past.name.to(self.lang)}: {said}")
        if found[most:]:
            yield self.below(self.filled(MORE, n=len(found) - most))

    def filled(self, words: Words, **arguments: str | int) -> str:
        return words.to(self.lang).format(**arguments)

    def heading(self, title: str) -> Iterator[str]:
        if self.markdown:
            yield from (f"### {title}", "")

    def item(self, code: str, said: str) -> str:
        return f"- {said}" if self.markdown else f"{code}: {said}"

    def below(self, said: str) -> str:
        return f"  - {said}" if self.markdown else f"    {said}"


def _answer(value: object) -> str:
    match value:
        case True | False:
            return "ya" if value else "tidak"
        case None:
            return "-"
        case Decimal():
            return f"{value.normalize():f}"
        case list() | tuple():
            return f"[{', '.join(map(_answer, value))}]"
        case Mapping():
            return "{" + ", ".join(f"{key}: {_answer(inner)}" for key, inner in value.items()) + "}"
        case _:
            return str(value)
