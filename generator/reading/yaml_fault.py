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
from rules.words import Words

_RANGE = re.compile(r"[\[(]\s*[^\s\[\](),]+\s*\.\.\s*[^\s\[\](),]+\s*[\])\[]")
_BARE_RANGE = re.compile(r"[^\s,\[\]]+\s*\.\.\s*[^\s,\[\]]+")
_NO_SPACE = re.compile(r"([A-Za-z_][\w-]*):([^\s:/].*)")
_TEST = re.compile(r"(?:bukan|not)\s*\(|[\[(][^,]*\.\.")
_COMPARED = re.compile(r"(>=?)\s*\S")
_KEY = re.compile(r"[a-z][a-z_]*")
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
    for recognise in (
        _unmerged,
        _quote,
        _range,
        _sign,
        _colon_inside,
        _bracket,
        _lost_space,
        _colon,
        _dash,
        _backslash,
        _stray,
        _indentation,
    ):
        if (finding := recognise(fault)) is not None:
            return finding
    last = max((number for number, line in enumerate(fault.lines) if line.strip()), default=0)
    beyond = fault.mark[0] > last  # reading stopped at the end: show where the text ends
    return tks.NOT_YAML.at(fault.at((last, max(0, len(fault.line(last)) - 1)) if beyond else fault.mark))


def _unmerged(fault: Fault) -> Finding | None:
    number = next((number for number, line in enumerate(fault.lines) if line.startswith("<<<<<<< ")), None)
    return None if number is None else tks.MERGE_MARK.at(fault.at((number, 0), 7))


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


def _colon_inside(fault: Fault) -> Finding | None:
    """Recognise a value in braces that holds a colon and a space, or lacks the comma before the next key."""
    mark, last = fault.mark, fault.last
    if fault.flow is None or last is None or last.line != mark[0] or fault.line(mark[0])[mark[1] : mark[1] + 1] != ":":
        return None
    return _with_colon(fault, last)


def _with_colon(fault: Fault, last: Last) -> Finding:
    value = _value_from(fault, (last.line, last.column))
    quoted = f"'{value}'" if '"' in value else f'"{value}"'
    advice = Words(f"beri tanda kutip: `{quoted}`", f"quote it: `{quoted}`")
    before = fault.line(last.line)[last.column : fault.mark[1]].split()
    if fault.flow is not None and len(before) > 1 and _KEY.fullmatch(before[-1]):
        word = before[-1]
        if before[-2:-1] == ["dan"]:
            advice = Words("ganti `dan` dengan koma", "put a comma in place of `dan`")
        elif "_" in word or "{" in value or "[" in value:
            advice = Words(f"beri koma sebelum `{word}`", f"put a comma before `{word}`")
        else:
            advice = Words(
                f"beri koma sebelum `{word}` bila itu kunci; bila bagian kalimat, beri tanda kutip: `{quoted}`",
                f"put a comma before `{word}` if that is a key; if it belongs to the sentence, quote it: `{quoted}`",
            )
    return tks.COLON_IN_VALUE.at(fault.at(fault.mark), advice=advice)


def _bracket(fault: Fault) -> Finding | None:
    if fault.flow is None:
        return None
    sign = fault.line(fault.flow[0])[fault.flow[1] : fault.flow[1] + 1]
    if sign not in _CLOSING:
        return None
    closing = _CLOSING[sign]
    advice = Words(f"tambahkan `{closing}` di akhirnya", f"add `{closing}` where it ends")
    if " #" in fault.line(fault.flow[0])[fault.flow[1] :]:
        advice = Words(
            "beri tanda kutip pada nilai yang memuat `#`, atau tutup kurung sebelumnya",
            "quote the value with `#` in it, or close the bracket before it",
        )
    return tks.OPEN_BRACKET.at(fault.at(fault.flow), sign=sign, advice=advice)


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
            return _with_colon(fault, fault.last)
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
    line = fault.line(number)
    text = line.lstrip(" ")
    spaces = len(line) - len(text)
    if (better := _as_item(fault, number)) is not None:
        return tks.ITEM_WITHOUT_DASH.at(fault.at((number, spaces), len(text.rstrip())), better=better)
    advice = Words("sejajarkan dengan saudaranya di atas", "line it up with its siblings above")
    if (found := _in_line_with(fault, number)) is not None and found[0] != spaces:
        column, like = found[0], str(found[1] + 1)
        advice = (
            Words(f"tulis {column} spasi di depan, seperti baris {like}", f"indent it by {column}, like line {like}")
            if column
            else Words(f"hapus spasi di depannya, seperti baris {like}", f"do not indent it, like line {like}")
        )
    return tks.INDENTATION.at(fault.at((number, 0), spaces), count=str(spaces), advice=advice)


def _as_item(fault: Fault, number: int) -> str | None:
    """Return the line as the item of a list that it seems to be, a dash and a space before it."""
    text = fault.line(number).strip()
    above = next((line.strip() for line in reversed(fault.lines[:number]) if line.strip()), "")
    if not above.startswith("- ") or not text.startswith(("{", "-{")):
        return None
    return f"- {text.removeprefix('-')}"


def _in_line_with(fault: Fault, number: int) -> tuple[int, int] | None:
    """Return the column that a line most likely belongs in, and the line above that starts there."""
    line = fault.line(number)
    spaces, item = len(line) - len(line.lstrip(" ")), line.lstrip(" ").startswith("- ")
    found: tuple[int, int] | None = None
    deepest = 1000
    for above in range(number - 1, -1, -1):
        other = fault.line(above)
        text = other.lstrip(" ")
        indent = len(other) - len(text)
        if not text.strip() or text.startswith("#") or indent >= deepest:
            continue
        deepest = indent  # what is deeper than a line between is closed
        column = indent if item or not text.startswith("- ") else indent + 2
        if item and not text.startswith("- "):
            continue
        if found is None or abs(column - spaces) < abs(found[0] - spaces):
            found = (column, above)
    return found


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
