"""The cases of the DMN TCK that lie within the design are met; those that do not are refused, each for a reason.

`SATUPINTU_DMN_TCK=folder` runs every model there (`x.dmn` with `x-test-01.xml`, …) through the same reader.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from pathlib import Path

import pytest

from generator.reading.yaml_tree import Node
from tests.condition_cases import agree, case_row, listed, parts, rows, scalar, tree
from tests.dmn_case import Case, DmnTable, decided, dmn_table, field_of
from tests.dmn_file import Said, said
from tests.feel import NAMES, OPEN_END, TEXT_ORDER, TIMES, RefusedError, cell_of

CASES = Path(__file__).parent / "cases"
PAGE = Path(__file__).parent.parent / "docs" / "dmn.md"
FIELDS = {
    code: field_of(code, kind)
    for code, kind in {"n": "bilangan", "d": "tanggal", "t": "teks", "a": "ya_tidak", "b": "ya_tidak"}.items()
}
TESTS = rows(CASES / "dmn_tck.yaml", FIELDS)
TABLES = [dmn_table(node) for node in listed(tree((CASES / "dmn_tables.yaml").read_bytes(), "dmn_tables.yaml"))]
DECISIONS = [(table, case) for table in TABLES for case in table.cases]
REFUSED = {
    scalar(opened["sebab"]): [scalar(each) for each in listed(opened["kasus"])]
    for opened in map(parts, listed(tree((CASES / "dmn_refused.yaml").read_bytes(), "dmn_refused.yaml")))
}


@pytest.mark.parametrize(("bila", "answers", "worth"), [row[1:] for row in TESTS], ids=[row[0] for row in TESTS])
def test_dmn_s_own_unary_tests_and_ternary_logic_are_met(
    bila: Node, answers: dict[str, object], worth: bool | None
) -> None:
    agree(bila, answers, worth, FIELDS)


@pytest.mark.parametrize(("table", "case"), DECISIONS, ids=[f"{table.name}/{case.name}" for table, case in DECISIONS])
def test_dmn_s_own_tables_are_met(table: DmnTable, case: Case) -> None:
    assert decided(table, case) == case.outcome


def test_the_page_counts_what_is_met_and_what_is_refused() -> None:
    text = PAGE.read_text(encoding="utf-8")
    by_file = Counter(row[0].partition("/")[0] for row in TESTS)
    by_file |= Counter({table.name.partition("-")[0]: len(table.cases) for table in TABLES})
    lines = re.findall(r"^\| (\d{4}) \|[^|]*\| (\d+) \| (\d+) \|", text, re.MULTILINE)
    counted = {file: (int(met), int(refused)) for file, met, refused in lines}
    refused = Counter(each.partition("/")[0] for cases in REFUSED.values() for each in cases)
    assert counted == {file: (by_file[file], refused[file]) for file in sorted(by_file | refused)}
    told = {reason: int(count) for count, reason in re.findall(r"^- (\d+): (.+)$", text, re.MULTILINE)}
    assert told == {reason: len(cases) for reason, cases in REFUSED.items()}
    assert len({row[0] for row in TESTS}) == len(TESTS)


# ---- files of the TCK itself


def test_every_model_of_a_folder_is_run_or_refused_for_a_reason() -> None:
    folder = os.environ.get("SATUPINTU_DMN_TCK")
    for model in sorted(Path(folder).rglob("*.dmn")) if folder else ():
        for tests in sorted(model.parent.glob(f"{model.stem}-test-*.xml")):
            for each in said(model, tests):
                run(each)


def run(each: Said) -> None:
    """Run one case of a file, or see that it is refused as it is known to be."""
    known = {name: reason for reason, names in REFUSED.items() for name in names}
    if each.refused is not None:
        assert known.get(each.name, each.refused) == each.refused
    elif each.table:
        table = dmn_table(tree(each.text.encode(), f"{each.name}.yaml"))
        for case in table.cases:
            assert decided(table, case) == case.outcome, f"{each.name}/{case.name}"
    else:
        fields = {code: field_of(code, kind) for code, kind in each.fields}
        [item] = listed(tree(each.text.encode(), f"{each.name}.yaml"))
        _, bila, answers, worth = case_row(item, fields)
        agree(bila, answers, worth, fields)


MODEL = """<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" name="9001-kios">
  <itemDefinition name="tLetak"><typeRef>string</typeRef></itemDefinition>
  <inputData name="Luas kios"><variable typeRef="number"/></inputData>
  <inputData name="Letak"><variable typeRef="tLetak"/></inputData>
  <inputData name="Buka"><variable typeRef="date"/></inputData>
  <decision name="Sewa"><decisionTable hitPolicy="POLICY">
    <input><inputExpression typeRef="number"><text>Luas kios</text></inputExpression></input>
    <input><inputExpression typeRef="string"><text>Letak</text></inputExpression></input>
    <input><inputExpression typeRef="date"><text>Buka</text></inputExpression></input>
    <output/>
    <rule><inputEntry><text>[2.5..10)</text></inputEntry><inputEntry><text>not("pasar", "mal")</text></inputEntry>
      <inputEntry><text>&lt; date("2026-07-01")</text></inputEntry><outputEntry><text>10</text></outputEntry></rule>
    <rule><inputEntry><text>>= 5</text></inputEntry><inputEntry><text>-</text></inputEntry>
      <inputEntry><text>-</text></inputEntry><outputEntry><text>20</text></outputEntry></rule>
  </decisionTable></decision>
  <decision name="Uji"><literalExpression><text>7 in (&lt; 5, ]6..8[)</text></literalExpression></decision>
</definitions>"""
ANSWERS = """<testCases xmlns="http://www.omg.org/spec/DMN/20160719/testcase"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
  <testCase id="001">
    <inputNode name="Luas kios"><value>LUAS</value></inputNode>
    <inputNode name="Letak"><value>terminal</value></inputNode>
    <inputNode name="Buka"><value>2026-03-01</value></inputNode>
    <resultNode name="Sewa"><expected>SEWA</expected></resultNode>
    <resultNode name="Uji"><expected><value>true</value></expected></resultNode>
  </testCase>
</testCases>"""
NOTHING = '<value xsi:nil="true"/>'


def written(folder: Path, policy: str, area: str, rent: str) -> list[Said]:
    """Write a model of our own in the TCK's form, and read it."""
    model, tests = folder / "9001-kios.dmn", folder / "9001-kios-test-01.xml"
    model.write_text(MODEL.replace('hitPolicy="POLICY"', policy), encoding="utf-8")
    tests.write_text(ANSWERS.replace("LUAS", area).replace("SEWA", rent), encoding="utf-8")
    return list(said(model, tests))


@pytest.mark.parametrize(
    ("policy", "area", "rent"),
    [
        ('hitPolicy="UNIQUE"', "2.5", "<value>10</value>"),
        ('hitPolicy="UNIQUE"', "10", "<value>20</value>"),
        ('hitPolicy="UNIQUE"', "7.25", NOTHING),
        ('hitPolicy="UNIQUE"', "1", NOTHING),
        ("", "10", "<value>20</value>"),
        ('hitPolicy="FIRST"', "7.25", "<value>10</value>"),
        ('hitPolicy="ANY"', "12", "<value>20</value>"),
        ('hitPolicy="ANY"', "7.25", NOTHING),
        ('hitPolicy="COLLECT" aggregation="SUM"', "7.25", "<value>30</value>"),
        ('hitPolicy="COLLECT" aggregation="SUM"', "1", NOTHING),
        ('hitPolicy="COLLECT" aggregation="COUNT"', "7.25", "<value>2</value>"),
    ],
)
def test_a_file_of_another_s_is_read_and_run(policy: str, area: str, rent: str, tmp_path: Path) -> None:
    read = written(tmp_path, policy, area, rent)
    assert [each.refused for each in read] == [None, None]
    for each in read:
        run(each)


def test_a_file_whose_cases_expect_something_else_fails(tmp_path: Path) -> None:
    table, _ = written(tmp_path, 'hitPolicy="FIRST"', "7.25", "<value>20</value>")
    with pytest.raises(AssertionError, match="9001-kios/001"):
        run(table)


@pytest.mark.parametrize("policy", ['hitPolicy="PRIORITY"', 'hitPolicy="COLLECT" aggregation="MAX"'])
def test_a_policy_that_no_permit_has_is_refused(policy: str, tmp_path: Path) -> None:
    table, _ = written(tmp_path, policy, "3", NOTHING)
    assert table.refused is not None
    assert table.refused.startswith("kebijakan")


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("[1..10]", "[1..10]"),
        ("]1..10[", "(1..10)"),
        ("[ [1..3], (7..9] ]", "[1..3], (7..9]"),
        ('@"2026-01-02"', "2026-01-02"),
        ('not("a","b")', 'bukan("a", "b")'),
        ("!= 3", "bukan(3)"),
        ("-", "-"),
        ("> -1.5", "> -1.5"),
        ("false", "tidak"),
    ],
)
def test_a_cell_of_feel_is_said_in_the_words_of_a_catalog(cell: str, written: str) -> None:
    assert cell_of(cell).text == written


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ('< "b"', TEXT_ORDER),
        ('time("10:00:00")', TIMES),
        ("[null..3]", OPEN_END),
        ("> harga * 2", NAMES),
        ("? > 3", NAMES),
    ],
)
def test_a_cell_that_has_no_words_is_refused(cell: str, reason: str) -> None:
    with pytest.raises(RefusedError) as refused:
        cell_of(cell)
    assert refused.value.reason == reason
