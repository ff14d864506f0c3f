"""Why a text is not YAML, said about what the officer most likely meant.

Gains: the trap that was stepped into, from libyaml's words and the line itself. Loses: libyaml's own wording, which
speaks of tokens and simple keys.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from generator.finding import Finding, Place
from generator.reading import kon_words as kon
from generator.reading import tks_text as tks

_RANGE = re.compile(r"[\[(]\s*[^\s\[\](),]+\s*\.\.\s*[^\s\[\](),]+\s*[\])\[]")
_BARE_RANGE = re.compile(r"[^\s,\[\]]+\s*\.\.\s*[^\s,\[\]]+")
_NO_SPACE = re.compile(r"([A-Za-z_][\w-]*):([^\s:/].*)")
_TEST = re.compile(r"(?:bukan|not)\s*\(|[\[(][^,]*\.\.")
_COMPARED = re.compile(r"(>=?)\s*\S")
_CLOSING = {"[": "]", "{": "}"}


@dataclass(frozen=True, slots=True)
class Last:
    """The last scalar read before the fault: its first and last line (from 0), and its quotes."""

    line: int
    column: int
    end_line: int
    quoted: bool


@dataclass(frozen=True, slots=True)
class Fault:
    """Where reading stopped: lines and columns from 0, `flow` is the innermost open bracket."""

    file: str
    lines: list[str]
    problem: str
    mark: tuple[int, int]
    context: tuple[int, int] | None
    last: Last | None
    flow: tuple[int, int] | None

    def line(self, number: int) -> str:
        """Return a line, or nothing past the end."""
        return self.lines[number] if 0 <= number < len(self.lines) else ""

    def at(self, where: tuple[int, int], length: int = 1) -> Place:
        """Return the place of `length` characters."""
        return Place(self.file, where[0] + 1, where[1] + 1, where[0] + 1, where[1] + 1 + max(1, length))


def is_bare_range(text: str) -> bool:
    """Tell whether a list's only item is a range that lost its brackets."""
    return _BARE_RANGE.fullmatch(text) is not None


def is_test(text: str) -> bool:
    """Tell whether a value that lost its quotes was a test of a condition."""
    return _TEST.match(text) is not None


def unequal(place: Place, text: str) -> Finding:
    """Make the finding for `!= 5`, which YAML takes for a tag."""
    return kon.OPERATOR.at(place, sign="!=", better=f"bukan({text.removeprefix('!=').strip()})")


def missing_space(text: str) -> str | None:
    """Return `text` with a space after its first colon, when that is what it lacks."""
    found = _NO_SPACE.fullmatch(text.strip())
    return None if found is None else f"{found[1]}: {found[2]}"


def why_unreadable(fault: Fault) -> Finding:
    """Find the trap behind the fault."""
    for recognise in (_quote, _range, _sign, _bracket, _lost_space, _colon, _dash, _backslash, _stray, _indentation):
        if (finding := recognise(fault)) is not None:
            return finding
    last = max((number for number, line in enumerate(fault.lines) if line.strip()), default=0)
    beyond = fault.mark[0] > last  # reading stopped at the end: show where the text ends
    return tks.NOT_YAML.at(fault.at((last, max(0, len(fault.line(last)) - 1)) if beyond else fault.mark))


def _quote(fault: Fault) -> Finding | None:
    if "unexpected end of stream" in fault.problem and fault.context is not None:
        sign = fault.line(fault.context[0])[fault.context[1] : fault.context[1] + 1]
        if sign in ("'", '"'):
            return tks.OPEN_QUOTE.at(_rest(fault, fault.context), sign=sign)
    last = fault.last
    if last is None or not last.quoted:
        return None
    sign = fault.line(last.line)[last.column : last.column + 1]
    if last.end_line > last.line and sign in ("'", '"'):
        return tks.OPEN_QUOTE.at(_rest(fault, (last.line, last.column)), sign=sign)
    if last.end_line == fault.mark[0] and "did not find expected" in fault.problem:
        after = fault.line(fault.mark[0])[fault.mark[1] :]
        if after and after[0] not in "]}-":
            return tks.AFTER_QUOTE.at(fault.at(fault.mark, len(after.split(" #")[0].rstrip(" ,}]"))))
    return None


def _range(fault: Fault) -> Finding | None:
    for number in {fault.mark[0], (fault.flow or fault.mark)[0]}:
        found = _RANGE.search(fault.line(number))
        if found is not None and found[0][:1] + found[0][-1:] != "[]" and '"' not in fault.line(number):
            return kon.UNQUOTED_RANGE.at(fault.at((number, found.start()), len(found[0])), word=found[0])
    return None


def _sign(fault: Fault) -> Finding | None:
    """Recognise a value that starts with a sign of YAML's own."""
    start = fault.mark
    if fault.context is not None and any(
        words in fault.problem for words in ("or line break", "alphabetic or numeric", "tag")
    ):
        start = fault.context
    elif not any(
        words in fault.problem for words in ("cannot start any token", "node content", "mapping keys are not", "tag")
    ):
        return None
    sign = fault.line(start[0])[start[1] : start[1] + 1]
    value = _value_from(fault, start)
    if sign in ("", "]", "}", "[", "{") or (sign == "-" and value != "-"):
        return None
    if value.startswith("!="):
        return unequal(fault.at(start, len(value)), value)
    if sign == "!":
        return tks.TAG.at(fault.at(start), word="!")
    quoted = f"'{value}'" if '"' in value else f'"{value}"'
    if (compared := _COMPARED.match(value)) is not None:
        return kon.UNQUOTED_OPERATOR.at(fault.at(start, len(value)), sign=compared[1], quoted=quoted)
    return tks.NEEDS_QUOTES.at(fault.at(start, len(value)), sign=sign, quoted=quoted)


def _bracket(fault: Fault) -> Finding | None:
    if fault.flow is None:
        return None
    sign = fault.line(fault.flow[0])[fault.flow[1] : fault.flow[1] + 1]
    if sign not in _CLOSING:
        return None
    return tks.OPEN_BRACKET.at(fault.at(fault.flow), sign=sign, closing=_CLOSING[sign])


def _lost_space(fault: Fault) -> Finding | None:
    """Recognise `kunci:nilai`, on the line of the fault or where its last scalar began."""
    numbers = [fault.mark[0]]
    if fault.context is not None:
        numbers.insert(0, fault.context[0])
    if fault.last is not None:
        numbers.append(fault.last.line)
    if not any(words in fault.problem for words in ("mapping values are not", "find expected ':'", "expected key")):
        return None
    for number in numbers:
        line = fault.line(number)
        text = line.lstrip(" -")
        if (better := missing_space(text)) is not None and ": " not in text:
            word = text.rstrip()
            return tks.NO_SPACE.at(fault.at((number, len(line) - len(text)), len(word)), word=word, better=better)
    return None


def _colon(fault: Fault) -> Finding | None:
    if "mapping values are not" in fault.problem and fault.last is not None:
        if fault.last.line == fault.mark[0]:
            start = (fault.last.line, fault.last.column)
            value = _value_from(fault, start)
            quoted = f"'{value}'" if '"' in value else f'"{value}"'
            return tks.COLON_IN_VALUE.at(fault.at(fault.mark), quoted=quoted)
        return _indented(fault, fault.mark[0])
    if "find expected ':'" in fault.problem and fault.context is not None:
        line = fault.line(fault.context[0])
        word = line.strip(" -") or "kunci"
        return tks.NO_COLON.at(fault.at(fault.context, len(line.strip(" -"))), word=word.split()[0])
    return None


def _dash(fault: Fault) -> Finding | None:
    if "block sequence entries are not" in fault.problem:
        return tks.DASH_ON_KEY_LINE.at(fault.at(fault.mark))
    return None


def _backslash(fault: Fault) -> Finding | None:
    if "escape" in fault.problem or "hexadecimal" in fault.problem:
        return tks.ESCAPE.at(fault.at(fault.mark))
    return None


def _stray(fault: Fault) -> Finding | None:
    sign = fault.line(fault.mark[0])[fault.mark[1] : fault.mark[1] + 1]
    return tks.STRAY_BRACKET.at(fault.at(fault.mark), sign=sign) if sign in ("]", "}") else None


def _indentation(fault: Fault) -> Finding | None:
    if "expected key" in fault.problem or "'-' indicator" in fault.problem:
        line = fault.line(fault.mark[0])
        if line.lstrip().startswith(":"):
            return tks.EMPTY_KEY.at(fault.at((fault.mark[0], len(line) - len(line.lstrip()))))
        return _indented(fault, fault.mark[0])
    return None


def _indented(fault: Fault, number: int) -> Finding:
    spaces = len(fault.line(number)) - len(fault.line(number).lstrip(" "))
    return tks.INDENTATION.at(fault.at((number, 0), spaces), count=str(spaces))


def _rest(fault: Fault, start: tuple[int, int]) -> Place:
    return fault.at(start, len(fault.line(start[0]).rstrip()) - start[1])


def _value_from(fault: Fault, start: tuple[int, int]) -> str:
    """Return the value as written from `start`, up to a comma or brace in a flow, else to the end of its line."""
    before = fault.line(start[0])[: start[1]]
    text = fault.line(start[0])[start[1] :].split(" #")[0]
    # libyaml may stop before it told of the brace it is in
    inside = fault.flow is not None or any(before.count(a) > before.count(b) for a, b in _CLOSING.items())
    if inside and text[:1] not in "([":
        text = re.split(r"[,}\]]", text)[0]
    return text.rstrip()
