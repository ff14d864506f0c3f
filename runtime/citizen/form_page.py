"""A page of a form, from the segments that were written at build time.

Gains speed: a request walks the holes of the segments and joins strings; nothing here knows a question's definition.
Each question is kept twice, whole and with every hole for faults closed, so that one without a fault has few left.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape

from rules.codec import Json
from runtime.citizen.typed import Entry, Item, Typed

_TO_ESCAPE = re.compile("[&<>\"']").search
_OPENS = '<div class="isian'  # every question's box begins with this, and then the hole `wrong`
Faults = Mapping[str, str]  # by the name of the control: `luas`, `apoteker.0.nama`


@dataclass(frozen=True, slots=True)
class Hole:
    """A hole of a segment, as `generator.lowering.form_part` names it. `more` is an option, or for `full` the most
    there may be; `help` whether the question has a help; `start` and `parts` belong to `repeat`."""

    name: str
    code: str = ""
    more: Json = None
    help: bool = False
    start: int = 0
    parts: tuple[Segment, ...] = ()


Segment = str | Hole


@dataclass(frozen=True, slots=True)
class Group:
    """The segments of one question, whole and with every hole for faults closed."""

    code: str
    whole: tuple[Segment, ...]
    faultless: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class FormPage:
    """One page of one permit version in one language."""

    title: str
    fields: tuple[str, ...]
    groups: tuple[Group, ...]

    def fill(
        self,
        typed: Typed,
        faults: Faults,
        hidden: Collection[str],
        fault_word: str,
        noted: Collection[str] = (),
    ) -> str:
        """Show what was typed, and the faults beside their questions. `hidden` has the names of those that do not
        apply; `fault_word` is said before each fault, for those who do not see its colour; the questions `noted` are
        described by a text with the id `n-<code>` as well."""
        filler = _Filler(typed, faults, hidden, escape(fault_word), noted)
        faulty = {*noted, *(name.partition(".")[0] for name in faults)}
        segments: list[Segment] = []
        for group in self.groups:
            segments += group.whole if group.code in faulty else group.faultless
        filler.walk(segments, typed, "", 0)
        return "".join(filler.out)

    def only(self, code: str) -> FormPage:
        """Return a page of one of these questions alone."""
        return FormPage(self.title, (code,), tuple(group for group in self.groups if group.code == code))


def form_pages(data: Json) -> tuple[FormPage, ...]:
    """Read the pages of one language from `pages.json`."""
    assert isinstance(data, list)
    pages = []
    for page in data:
        assert isinstance(page, dict)
        title, fields, parts = page["title"], page["fields"], page["parts"]
        assert isinstance(title, str)
        assert isinstance(fields, list)
        assert isinstance(parts, list)
        segments = tuple(_segment(part) for part in parts)
        pages.append(FormPage(title, tuple(map(str, fields)), tuple(_grouped(segments))))
    return tuple(pages)


def _grouped(segments: Sequence[Segment]) -> Iterator[Group]:
    """Split a page at the hole that each question begins with."""
    code, group = "", list[Segment]()
    for segment in segments:
        if isinstance(segment, Hole) and segment.name == "wrong":
            before = group.pop()
            assert isinstance(before, str)
            assert before.endswith(_OPENS), f"{segment.code} does not begin as questions do"
            group.append(before.removesuffix(_OPENS))
            yield Group(code, _settled(group, True), _settled(group, False))
            code, group = segment.code, [_OPENS]
        group.append(segment)
    yield Group(code, _settled(group, True), _settled(group, False))


def _segment(part: Json) -> Segment:
    """Read a part; a hole that nobody here fills is refused when the pages are read, not when they are shown."""
    match part:
        case str():
            return part
        case [("path" | "number") as name]:
            return Hole(str(name))
        case ["value" | "error" | "invalid" | "wrong" | "hidden" as name, str(code)]:
            return Hole(str(name), code)
        case ["checked" | "selected" as name, str(code), str(option)]:
            return Hole(str(name), code, option)
        case ["described", str(code), bool(help_)]:
            return Hole("described", code, help=help_)
        case ["full", str(code), int(most), int(start)]:
            return Hole("full", code, most, start=start)
        case ["repeat", str(code), int(start), [*parts]]:
            return Hole("repeat", code, start=start, parts=tuple(_segment(inner) for inner in parts))
        case _:
            raise AssertionError(f"pages.json has a hole that nobody fills: {part!r}")


def _settled(parts: Sequence[Segment], faults: bool, nested: bool = False) -> tuple[Segment, ...]:
    """Close the holes whose content is already known, and join the strings around them."""
    out: list[Segment] = []
    for part in parts:
        known = part if isinstance(part, str) else _known(part, faults, nested)
        if isinstance(known, str) and out and isinstance(out[-1], str):
            out[-1] += known
        elif known != "":
            out.append(known)
    return tuple(out)


def _known(hole: Hole, faults: bool, nested: bool) -> Segment:
    match hole.name:
        case "path" if not nested:
            return ""
        case "error" | "invalid" | "wrong" if not faults:
            return ""
        case "described" if not faults and not (nested and hole.help):
            return f' aria-describedby="b-{hole.code}"' if hole.help else ""
        case "repeat":
            return replace(hole, parts=_settled(hole.parts, faults, nested=True))
        case _:
            return hole


class _Filler:
    """Walks segments and fills their holes for one request."""

    def __init__(
        self, typed: Typed, faults: Faults, hidden: Collection[str], fault_word: str, noted: Collection[str]
    ) -> None:
        self.typed = typed
        self.faults = faults
        self.hidden = hidden
        self.fault_word = fault_word
        self.noted = noted
        self.out: list[str] = []

    def walk(self, parts: Sequence[Segment], answers: Typed | Item, path: str, number: int) -> None:
        """Fill the segments for the form itself, or for one item of a `daftar`. The holes there are most of come
        first: this is what a page that is shown again costs."""
        put, faults = self.out.append, self.faults
        for part in parts:
            if isinstance(part, str):
                put(part)
                continue
            name, code = part.name, part.code
            if name == "wrong":
                if path + code in faults:
                    put(" salah")
            elif name == "error":
                if (fault := faults.get(path + code)) is not None:
                    said = f'<span class="sr">{self.fault_word}</span>{escape(fault)}'
                    put(f'<p class="galat" id="e-{path}{code}">{said}</p>')
            elif name == "described":
                named = path + code
                ids = [f"b-{named}"] if part.help else []
                if named in faults:
                    ids.append(f"e-{named}")
                if named in self.noted:
                    ids.append(f"n-{named}")
                if ids:
                    put(f' aria-describedby="{" ".join(ids)}"')
            elif name == "invalid":
                if path + code in faults:
                    put(' aria-invalid="true"')
            elif name == "value":
                if isinstance(value := answers.get(code), str) and value:
                    put(escape(value) if _TO_ESCAPE(value) else value)
            elif name == "checked" or name == "selected":
                if _taken(answers.get(code), part.more):
                    put(" checked" if name == "checked" else " selected")
            elif name == "hidden":
                if path + code in self.hidden:
                    put(" hidden")
            elif name == "path":
                put(path)
            elif name == "number":
                put(str(number))
            elif name == "repeat":
                self._repeat(part)
            elif name == "full":
                assert isinstance(part.more, int)
                if (len(answers[code]) if code in answers else part.start) >= part.more:
                    put(" hidden")

    def _repeat(self, hole: Hole) -> None:
        given = self.typed.get(hole.code)
        items: list[Item] = [item for item in given if isinstance(item, dict)] if isinstance(given, list) else []
        if given is None:
            items = [{} for _ in range(hole.start)]
        for index, item in enumerate(items):
            self.walk(hole.parts, item, f"{hole.code}.{index}.", index + 1)


def _taken(answer: Entry | list[Item] | None, option: Json) -> bool:
    return answer == option if isinstance(answer, str) else answer is not None and option in answer
