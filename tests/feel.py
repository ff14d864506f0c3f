"""What FEEL writes in a cell of a table, in the words of a catalog; and why some of it has none.

`Refused` names what a permit has no kind for. Gains: cases of others run unchanged. Loses: FEEL's expressions; a cell
here is a test of one answer.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

TIMES = "jam dan saat: isian izin punya tanggal, tidak punya jam"
LENGTHS = "lama waktu: isian izin berupa angka dengan satuan, bukan durasi"
LISTS = "daftar sebagai nilai: sebuah jawaban dibandingkan dengan unsurnya"
CONTEXTS = "konteks (peta sebagai nilai)"
TEXT_ORDER = "urutan teks: tidak ada peraturan yang mengurutkan teks"
OPEN_END = "rentang yang berujung null: tulis `<= 10`"
MIXED = "nilai dari jenis lain: ditolak saat dibaca (KON), tidak dianggap salah"
NAMES = "ungkapan atas isian lain: sebuah sel menguji satu jawaban"


@dataclass(frozen=True, slots=True)
class RefusedError(Exception):
    """It cannot be written in a catalog, for this reason."""

    reason: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A test as an officer writes it, and the kinds of the values in it."""

    text: str
    kinds: frozenset[str]


_TOKEN = re.compile(
    r"""\s*(?:
    (?P<date>date\s*\(\s*"(?P<day>\d{4}-\d{2}-\d{2})"\s*\)|@"(?P<at>\d{4}-\d{2}-\d{2})")
  | (?P<time>(?:time|date\ and\ time)\s*\(|@"[^"]*:[^"]*")
  | (?P<length>(?:duration|years\ and\ months\ duration)\s*\(|@"-?P[^"]*")
  | (?P<text>"(?:[^"\\]|\\.)*")
  | (?P<range>\.\.)
  | (?P<number>-?\d+(?:\.\d+)?|-?\.\d+)
  | (?P<compare><=|>=|!=|<|>|=)
  | (?P<word>[A-Za-z_?][\w ]*)
  | (?P<sign>[][(),{}:-])
    )""",
    re.VERBOSE,
)


def value(text: str) -> tuple[str, str]:
    """Return one value as a catalog writes it, and its kind; `null` is of no kind."""
    cell = cell_of(text)
    [kind] = cell.kinds or {""}
    return cell.text, kind


def cell_of(text: str) -> Cell:
    """Return a unary test as an officer writes it."""
    tokens = list(_tokens(text.strip()))
    kinds = frozenset(kind for kind, _ in tokens if kind in ("bilangan", "desimal", "teks", "ya_tidak", "tanggal"))
    if kinds == {"bilangan", "desimal"}:
        kinds = frozenset({"desimal"})
    words = [word for _, word in tokens]
    if "null" in words and ".." in words:
        raise RefusedError(OPEN_END)
    if "teks" in kinds and any(word in ("<", ">", "<=", ">=", "..") for word in words):
        raise RefusedError(TEXT_ORDER)
    return Cell(_written(_unwrapped(_rounded(words))), kinds)


def _tokens(text: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise RefusedError(NAMES)
        found.append(_token(match))
        at = match.end()
        while at < len(text) and text[at].isspace():
            at += 1
    return found


def _token(match: re.Match[str]) -> tuple[str, str]:
    kind, text = match.lastgroup or "", match.group().strip()
    if match.group("date"):
        return "tanggal", match.group("day") or match.group("at")
    match kind:
        case "time":
            raise RefusedError(TIMES)
        case "length":
            raise RefusedError(LENGTHS)
        case "text":
            return "teks", json.dumps(json.loads(text), ensure_ascii=False)
        case "number":
            return ("desimal" if "." in text else "bilangan"), ("0" + text if text.startswith(".") else text)
        case "word":
            return _word(text)
        case "sign" if text in "{}:":
            raise RefusedError(CONTEXTS)
        case _:
            return "", text


def _word(text: str) -> tuple[str, str]:
    match text:
        case "true" | "false":
            return "ya_tidak", "ya" if text == "true" else "tidak"
        case "null":
            return "", "null"
        case "not":
            return "", "bukan"
        case _:
            raise RefusedError(NAMES)


def _rounded(words: list[str]) -> list[str]:
    """Write a range that opens outwards, `]6..8[`, with round brackets."""
    found = list(words)
    for at, word in enumerate(words):
        if word == ".." and words[at - 2 : at - 1] == ["]"]:
            found[at - 2] = "("
        if word == ".." and words[at + 2 : at + 3] == ["["]:
            found[at + 2] = ")"
    return found


def _unwrapped(words: list[str]) -> list[str]:
    """Take away the brackets of a list of tests: `[2,3,1]`, `(1, < 5)`, `[[2..4], [1..3]]`."""
    while len(words) > 1 and words[0] in ("(", "[") and _closes(words) == len(words) - 1 and words[2:3] != [".."]:
        words = words[1:-1]
    if words and words[0] == "[" and ".." not in words[: _closes(words)]:
        raise RefusedError(LISTS)
    return words


def _closes(words: list[str]) -> int:
    depth = 0
    for index, word in enumerate(words):
        depth += (word in "([") - (word in ")]")
        if depth == 0:
            return index
    return len(words)


def _written(words: list[str]) -> str:
    """Write the words side by side; `!= x` is `bukan(x)`."""
    out: list[str] = []
    index = 0
    while index < len(words):
        word = words[index]
        if word == "!=":
            out.append(f"bukan({words[index + 1]})")
            index += 1
        else:
            out.append(", " if word == "," else f" {word}" if out and out[-1] in ("<", ">", "<=", ">=", "=") else word)
        index += 1
    return "".join(out)
