"""Findings in every format, in both languages."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import pytest
from rich.console import Console

from generator.finding import Finding, Label, Place, Said, Severity
from generator.render.chosen import FORMATS
from generator.render.coloured import as_coloured
from generator.render.sources import Sources
from generator.render.text import as_text, summary
from rules.words import Lang, Words

FILE = "kota/izin/uji, lain/2026-01-01.yaml"
FINDING = Finding(
    "KON-01",
    Severity.ERROR,
    Said(Words("`{a}` 100% bergantung pada `b`", "`{a}` depends 100% on `b`"), {"a": "denah"}),
    Label(Place(FILE, 2, 9, 2, 10), Said(Words("tidak ada", "not there"))),
    (Label(Place(FILE, 1, 1, 1, 5), Said(Words("di sini", "here"))),),
    Said(Words("maksud Anda `c`?", "did you mean `c`?")),
    {"luas": Decimal("12.50"), "bertingkat": True},
)
PROVEN = replace(
    FINDING,
    telling={"luas": Decimal("12.50"), "jenis": ["a", "b, c"], "mulai": "2026-01-01"},
    region=Said(Words("{region}", "{region}"), {"region": Words("Luas paling sedikit 12,5", "Area at least 12.5")}),
    row='- {bila: {luas: ">= 12.5"}, nilai: …}',
)
NOTE = Finding(
    "BKT-01",
    Severity.INFO,
    Said(Words("masih anggapan", "still assumed")),
    Label(Place("kota/tidak-ada.yaml"), Said(Words("di sini", "here"))),
)


@pytest.fixture
def sources(tmp_path: Path) -> Sources:
    path = tmp_path / FILE
    path.parent.mkdir(parents=True)
    path.write_bytes(b"izin: uji\r\nsyarat: b \x1b[31m\r\n")
    return Sources(tmp_path, "katalog")


def test_text_draws_the_line_the_caret_and_the_step(sources: Sources) -> None:
    assert (
        as_text([FINDING, NOTE], sources, "id")
        == """\
galat[KON-01]: `denah` 100% bergantung pada `b`
 --> katalog/kota/izin/uji, lain/2026-01-01.yaml:2:9
  |
2 | syarat: b ·[31m
  |         ^ tidak ada
 ::: katalog/kota/izin/uji, lain/2026-01-01.yaml:1:1
  |
1 | izin: uji
  | ---- di sini
  = bantuan: maksud Anda `c`?
  = contoh: {luas: 12.5, bertingkat: ya}

catatan[BKT-01]: masih anggapan
 --> katalog/kota/tidak-ada.yaml
  = di sini
"""
    )


def test_what_shows_a_proof_stands_below_the_step(sources: Sources) -> None:
    assert (
        as_text([PROVEN], sources, "id").partition("bantuan")[2]
        == """\
: maksud Anda `c`?
  = contoh: {luas: 12.5, jenis: [a, "b, c"], mulai: 2026-01-01}
  = selalu bila: Luas paling sedikit 12,5
  = tempel: - {bila: {luas: ">= 12.5"}, nilai: …}
"""
    )
    whenever = as_text([PROVEN], sources, "en").splitlines()[-2:]
    assert whenever == ["  = whenever: Area at least 12.5", '  = paste: - {bila: {luas: ">= 12.5"}, nilai: …}']
    [one] = json.loads(FORMATS["json"]([PROVEN], sources, "id"))
    assert (one["example"], one["region"], one["row"]) == (
        {"luas": "12.50", "bertingkat": True},
        "Luas paling sedikit 12,5",
        PROVEN.row,
    )
    [run] = json.loads(FORMATS["sarif"]([PROVEN], sources, "en"))["runs"]
    assert run["results"][0]["properties"]["region"] == "Area at least 12.5"
    assert FORMATS["github"]([PROVEN], sources, "id").endswith('%0Atempel: - {bila: {luas: ">= 12.5"}, nilai: …}\n')


def test_colour_changes_nothing_but_the_colour(sources: Sources) -> None:
    drawn = as_coloured([FINDING, NOTE], sources, "en")
    assert drawn.plain == as_text([FINDING, NOTE], sources, "en")
    console = Console(force_terminal=True, color_system="standard", width=200)
    with console.capture() as capture:
        console.print(drawn)
    assert "\x1b[1;31merror[KON-01]" in capture.get()


@pytest.mark.parametrize(
    ("lang", "said"), [("id", "2 galat, 1 peringatan, 1 catatan"), ("en", "2 errors, 1 warning, 1 note")]
)
def test_the_summary_counts_by_severity(lang: Lang, said: str) -> None:
    warning = Finding("SYR-02", Severity.WARNING, FINDING.says, FINDING.at)
    assert summary([FINDING, NOTE, warning, FINDING], lang) == said


def test_nothing_found_is_said_in_words() -> None:
    assert (summary([], "id"), summary([], "en")) == ("tidak ada temuan", "no findings")


def test_json_keeps_every_part_and_every_digit(sources: Sources) -> None:
    [one, note] = json.loads(FORMATS["json"]([FINDING, NOTE], sources, "en"))
    assert one == {
        "code": "KON-01",
        "severity": "G",
        "message": "`denah` depends 100% on `b`",
        "file": f"katalog/{FILE}",
        "line": 2,
        "column": 9,
        "end_line": 2,
        "end_column": 10,
        "label": "not there",
        "related": [
            {"file": f"katalog/{FILE}", "line": 1, "column": 1, "end_line": 1, "end_column": 5, "label": "here"}
        ],
        "help": "did you mean `c`?",
        "example": {"luas": "12.50", "bertingkat": True},
        "region": None,
        "row": None,
        "story": [],
        "page": "docs/findings/KON-01.md",
    }
    assert note["help"] is None


def test_github_commands_escape_what_would_end_them(sources: Sources) -> None:
    assert FORMATS["github"]([FINDING, NOTE], sources, "id") == (
        "::error file=katalog/kota/izin/uji%2C lain/2026-01-01.yaml,line=2,endLine=2,col=9,endColumn=10,title=KON-01"
        "::`denah` 100%25 bergantung pada `b`%0Amaksud Anda `c`?%0Acontoh: {luas: 12.5, bertingkat: ya}\n"
        "::notice file=katalog/kota/tidak-ada.yaml,line=1,endLine=1,col=1,endColumn=2,title=BKT-01::masih anggapan\n"
    )


@pytest.mark.parametrize("lang", ["id", "en"])
def test_sarif_names_each_rule_once_and_points_at_it(sources: Sources, lang: Lang) -> None:
    whole = json.loads(FORMATS["sarif"]([FINDING, NOTE, FINDING], sources, lang))
    assert whole["version"] == "2.1.0"
    [run] = whole["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert rules == ["BKT-01", "KON-01"]
    assert [rules[result["ruleIndex"]] for result in run["results"]] == ["KON-01", "BKT-01", "KON-01"]
    assert [result["level"] for result in run["results"]] == ["error", "note", "error"]
    [location] = run["results"][0]["locations"]
    assert location["physicalLocation"] == {
        "artifactLocation": {"uri": "katalog/kota/izin/uji%2C%20lain/2026-01-01.yaml"},
        "region": {"startLine": 2, "startColumn": 9, "endLine": 2, "endColumn": 10},
    }
    assert run["results"][0]["message"]["text"] == f"{FINDING.says.to(lang)} ({FINDING.help.to(lang)})"  # type: ignore[union-attr]  # it has one
    assert run["language"] == lang
    assert json.loads(FORMATS["sarif"]([], sources, lang))["runs"][0]["results"] == []


@pytest.mark.parametrize("lang", ["id", "en"])
def test_junit_fails_for_errors_and_passes_for_the_rest(sources: Sources, lang: Lang) -> None:
    suites = ElementTree.fromstring(FORMATS["junit"]([FINDING, NOTE], sources, lang))
    assert (suites.get("tests"), suites.get("failures")) == ("2", "1")
    [failing, passing] = suites.iter("testcase")
    failure = failing.find("failure")
    assert failure is not None
    assert failure.get("message") == FINDING.says.to(lang)
    assert failure.text == as_text([FINDING], sources, lang)
    assert passing.find("failure") is None


def test_junit_of_a_clean_catalog_is_one_test_that_passed(sources: Sources) -> None:
    suites = ElementTree.fromstring(FORMATS["junit"]([], sources, "id"))
    assert (suites.get("tests"), suites.get("failures")) == ("1", "0")
    assert len(list(suites.iter("testcase"))) == 1


def test_a_very_long_line_is_shown_around_its_caret(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("x" * 500 + "!" + "y" * 500 + "\n", encoding="utf-8")
    long = Finding("TKS-09", Severity.ERROR, NOTE.says, Label(Place("a.yaml", 1, 501, 1, 502), NOTE.at.says))
    lines = as_text([long], Sources(tmp_path), "id").splitlines()
    assert lines[3].startswith("1 | …xxxx")
    assert lines[3].endswith("y…")
    assert lines[3][lines[4].index("^")] == "!"
