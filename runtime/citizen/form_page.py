"""A page of a form, from the segments that were written at build time.

Gains speed: a request walks the holes of the segments and joins strings; nothing here knows a question's definition.
A page is kept twice, whole and with every hole for faults closed, so that a page without faults has few holes left.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import escape

from rules.codec import Json
from runtime.citizen.typed import Entry, Item, Typed

Faults = Mapping[str, str]  # by the name of the control: `luas`, `apoteker.0.nama`
Segment = str | tuple[object, ...]
_NOTHING: Typed = {}


@dataclass(frozen=True, slots=True)
class FormPage:
    """One page of one permit version in one language."""

    title: str
    fields: tuple[str, ...]
    whole: tuple[Segment, ...]
    faultless: tuple[Segment, ...]

    def fill(self, typed: Typed, faults: Faults, hidden: Collection[str], fault_word: str) -> str:
        """Show what was typed, and the faults beside their questions. `hidden` has the names of those that do not
        apply; `fault_word` is said before each fault, for those who do not see its colour."""
        filler = _Filler(typed, faults, hidden, fault_word)
        filler.walk(self.whole if faults else self.faultless, typed, "", 0)
        return "".join(filler.out)


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
        whole = _segments(parts)
        pages.append(FormPage(title, tuple(map(str, fields)), _settled(whole, True), _settled(whole, False)))
    return tuple(pages)


def _segments(parts: Sequence[Json]) -> tuple[Segment, ...]:
    return tuple(part if isinstance(part, str) else _hole(part) for part in parts)


def _hole(part: Json) -> tuple[object, ...]:
    assert isinstance(part, list)
    return tuple(_segments(item) if isinstance(item, list) else item for item in part)


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


def _known(hole: tuple[object, ...], faults: bool, nested: bool) -> Segment:
    match hole:
        case ("path",) if not nested:
            return ""
        case ("error" | "invalid" | "wrong", *_) if not faults:
            return ""
        case ("described", str(code), bool(help_)) if not faults and not (nested and help_):
            return f' aria-describedby="b-{code}"' if help_ else ""
        case ("repeat", code, start, tuple(parts)):
            return ("repeat", code, start, _settled(parts, faults, nested=True))
        case _:
            return hole


class _Filler:
    """Walks segments and fills their holes for one request."""

    def __init__(self, typed: Typed, faults: Faults, hidden: Collection[str], fault_word: str) -> None:
        self.typed = typed
        self.faults = faults
        self.hidden = hidden
        self.fault_word = fault_word
        self.out: list[str] = []

    def walk(self, parts: Sequence[Segment], answers: Typed | Item, path: str, number: int) -> None:
        """Fill the segments for the form itself, or for one item of a `daftar`."""
        put = self.out.append
        for part in parts:
            if isinstance(part, str):
                put(part)
                continue
            match part:
                case ("value", str(code)):
                    if isinstance(value := answers.get(code), str) and value:
                        put(escape(value))
                case ("checked", str(code), option):
                    if _taken(answers.get(code), option):
                        put(" checked")
                case ("selected", str(code), option):
                    if _taken(answers.get(code), option):
                        put(" selected")
                case ("error", str(code)):
                    if (fault := self.faults.get(path + code)) is not None:
                        word = escape(self.fault_word)
                        put(f'<p class="galat" id="e-{path}{code}"><span class="sr">{word}</span>{escape(fault)}</p>')
                case ("described", str(code), help_):
                    ids = [f"b-{path}{code}"] if help_ else []
                    ids += [f"e-{path}{code}"] if path + code in self.faults else []
                    if ids:
                        put(f' aria-describedby="{" ".join(ids)}"')
                case ("invalid", str(code)):
                    if path + code in self.faults:
                        put(' aria-invalid="true"')
                case ("wrong", str(code)):
                    if path + code in self.faults:
                        put(" salah")
                case ("hidden", str(code)):
                    if path + code in self.hidden:
                        put(" hidden")
                case ("path",):
                    put(path)
                case ("number",):
                    put(str(number))
                case ("repeat", str(code), int(start), tuple(inner)):
                    self._repeat(code, start, inner)
                case ("full", str(code), int(most), int(start)):
                    if (len(answers[code]) if code in answers else start) >= most:
                        put(" hidden")
                case _:
                    raise AssertionError(f"pages.json has a hole that nobody fills: {part!r}")

    def _repeat(self, code: str, start: int, parts: Sequence[Segment]) -> None:
        given = self.typed.get(code)
        items: list[Item] = [item for item in given if isinstance(item, dict)] if isinstance(given, list) else []
        if given is None:
            items = [{} for _ in range(start)]
        for index, item in enumerate(items):
            self.walk(parts, item, f"{code}.{index}.", index + 1)


def _taken(answer: Entry | list[Item] | None, option: object) -> bool:
    return answer == option if isinstance(answer, str) else answer is not None and option in answer
