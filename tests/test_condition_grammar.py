"""The text of a test: no text stops the reader, and what it advises can be read."""

from __future__ import annotations

import random
import time
from collections.abc import Mapping

import pytest

from generator.reading.condition_entry import condition
from generator.reading.sheet import Sheet
from generator.reading.yaml_tree import MapNode, read_tree
from rules.condition.fault import Fault, Reason
from rules.condition.grammar import parse_test, parse_values
from rules.condition.tree import Condition
from rules.words import Lang
from tests.condition_samples import FIELDS

PIECES = (
    "<", "<=", ">", ">=", "=", "≤", "≥", "!=", "=>", "==", "<>", "[", "]", "(", ")", "..", ",", ", ", "-", '"', '""',
    "bukan", "not", "bukan(", " dan ", " and ", "terisi", "kosong", "selalu", "ya", "tidak", "no", "1", "0", "5", "010",
    "1.5", "1,5", "1.000", "1_000", "500.000", "Rp", "juta", "ribu", " m2", " ha", "%", "2026-03-15", "15/03/2026",
    "usaha", "hunian", "palu", "é", "中", " ", "\u00a0", "٣", "\x00", "9" * 20, "a'b", ":", "#", "{", "}", "\\",
    "[5..1]", "(5..5]", "[5..]", "> 5 dan < 9", "> 5 dan > 9", "bukan(1, 2)",
)  # fmt: skip


def texts(count: int, seed: int) -> list[str]:
    source = random.Random(seed)
    return ["".join(source.choices(PIECES, k=source.randint(0, 6))) for _ in range(count)]


def test_any_text_is_a_condition_or_one_fault_with_a_place() -> None:
    seen: set[Reason] = set()
    for text in texts(3_000, 1):
        for field in FIELDS.values():
            for parse in (parse_test, parse_values):
                found = parse(text, field)
                if isinstance(found, Fault):
                    seen.add(found.reason)
                    assert 0 <= found.start < found.end <= len(text) + 1, (text, field.code, found)
    assert seen == set(Reason)


ADVISED: Mapping[str, tuple[str, ...]] = {
    "lantai": ("=> 5", "!= 5", "== 5", "> 5 and < 8", "[5..]", "(5..]", "[..5]", "[..5)", "010", "bukan 5", "(5..5]",
               "3 tingkat", "Rp5"),
    "luas": ("5 ha", "> 5 ha", "bukan 5.5"),
    "fungsi": ("!= usaha", "bukan usaha", "<> usaha"),
    "milik": ("no", "yes", "true", "Ya", "TIDAK"),
    "mulai": ("15/03/2026", "1 Agustus 2026", "15-3-2026", "29 February 2028"),
}  # fmt: skip


@pytest.mark.parametrize(("code", "text"), [(code, text) for code, said in ADVISED.items() for text in said])
def test_what_a_fault_advises_to_write_can_be_read(code: str, text: str) -> None:
    found = parse_test(text, FIELDS[code])
    assert isinstance(found, Fault)
    better = found.arguments.get("better") or found.arguments["same"]
    assert not isinstance(parse_test(better, FIELDS[code]), Fault), better


@pytest.mark.parametrize("text", ["> 1.000", "1.005", "> 1.234", "< 1.500"])
def test_both_readings_of_a_point_can_be_written(text: str) -> None:
    found = parse_test(text, FIELDS["kadar"])
    assert isinstance(found, Fault)
    for reading in ("thousands", "decimal"):
        assert not isinstance(parse_test(found.arguments[reading], FIELDS["kadar"]), Fault)


def spelt(text: str, code: str) -> Condition | Fault:
    return parse_test(text, FIELDS[code])


@pytest.mark.parametrize(
    ("code", "one", "other"),
    [
        ("lantai", "> 8 dan <= 24", "<=24 dan >8"),
        ("lantai", "(8..24]", "> 8 dan <= 24"),
        ("lantai", "not (5, 6)", "bukan(5,  6)"),
        ("lantai", "= 5", "5"),
        ("lantai", "-5", "\u22125"),
        ("nilai", "500.000.000", "500 juta"),
        ("nilai", "Rp500.000.000", "Rp. 0.5 miliar"),
        ("nilai", "500_000_000", "500000000"),
        ("nilai", "1 triliun", "1.000.000.000.000 rupiah"),
        ("luas", "24 m2", "24.00 M²"),
        ("luas", "24m2", "24"),
        ("kadar", "12.5%", "12.50 %"),
        ("fungsi", "usaha, hunian", '"usaha","hunian"'),
        ("nama", "A B", '"A B"'),
    ],
)
def test_two_spellings_of_one_test_are_one_condition(code: str, one: str, other: str) -> None:
    assert not isinstance(spelt(one, code), Fault)
    assert spelt(one, code) == spelt(other, code)


@pytest.mark.parametrize(
    "text",
    [
        "[" + "1, " * 60_000 + "1]",
        '"' + "> 5, " * 40_000 + '> 5"',
        '"' + "(" * 200_000 + '"',
        '"' + '""' * 100_000 + '"',
        '"' + "9" * 200_000 + '"',
        '"' + "1." * 100_000 + '"',
        '"' + "> 5 dan " * 20_000 + '> 6"',
        '"' + " " * 200_000 + 'x"',
        '"' + "1,1" * 60_000 + '"',
    ],
    ids=["values", "tests", "brackets", "quotes", "figures", "points", "dan", "blanks", "commas"],
)
@pytest.mark.parametrize("code", ["lantai", "luas", "mulai", "fungsi", "nama"])
def test_a_test_as_long_as_a_file_is_read_in_a_moment(text: str, code: str) -> None:
    root, findings = read_tree(f"bila: {{{code}: {text}}}".encode(), "uji.yaml")
    if root is None:
        assert findings
        return
    assert isinstance(root, MapNode)
    started = time.monotonic()
    condition(Sheet("uji.yaml"), root.entries[0][1], ("bila",), FIELDS)
    assert time.monotonic() - started < 5  # a guard against quadratic reading, not a measurement


NODES = (
    "{", "}", "[", "]", ", ", ": ", "semua", "salah_satu", "bukan", "selalu", "lantai", "luas", "fungsi", "titik", "x",
    "5", "> 5", '"> 5"', "usaha", "'", '"', "~", "!=5", "!", "&a", "*a", "|", "terisi", "1,5", "bukan(a, b)", "[1..5)",
    "\n  ", "- ", "# ", "? ", "\\",
)  # fmt: skip


def test_any_yaml_is_a_condition_or_has_findings_with_a_place() -> None:
    source = random.Random(2)
    read = 0
    for _ in range(6_000):
        text = "".join(source.choices(NODES, k=source.randint(1, 12)))
        root, findings = read_tree(f"bila: {{{text}}}\n".encode(), "uji.yaml")
        if isinstance(root, MapNode):
            sheet = Sheet("uji.yaml")
            condition(sheet, root.entries[0][1], ("bila",), FIELDS)
            findings = tuple(sheet.findings)
            read += 1
        for finding in findings:
            place = finding.at.place
            assert (1, 1) <= (place.line, place.column) <= (place.end_line, place.end_column), (text, finding)
            for lang in LANGS:
                assert finding.says.to(lang)
                assert finding.at.says.to(lang)
                assert finding.help is not None
                assert finding.help.to(lang)
    assert read > 300


LANGS: tuple[Lang, ...] = ("id", "en")
