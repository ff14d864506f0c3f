"""Which rows of a table count, by its policy."""

from __future__ import annotations

import pytest

from rules.condition.decide import holds
from rules.condition.fault import Fault
from rules.condition.grammar import parse_test
from rules.condition.tree import Condition, Every
from rules.field import Field, Option
from rules.kind import Facts, Kind
from rules.table import Policy, Row, Table, choose
from rules.words import Words


@pytest.mark.parametrize(
    ("policy", "held", "counts"),
    [
        (Policy.UNIQUE, {1}, (1,)),
        (Policy.UNIQUE, {0, 1}, (0, 1)),
        (Policy.UNIQUE, set(), (2,)),
        (Policy.FIRST, {0, 1}, (0,)),
        (Policy.FIRST, {1}, (1,)),
        (Policy.FIRST, set(), (2,)),
        (Policy.SUM, {0, 1}, (0, 1)),
        (Policy.SUM, set(), (2,)),
    ],
)
def test_the_rows_that_hold_count_and_else_the_selainnya_row(
    policy: Policy, held: set[int], counts: tuple[int, ...]
) -> None:
    table = Table((Row("a"), Row("b"), Row("lain", otherwise=True)), policy)
    assert choose(table, held.__contains__) == counts


@pytest.mark.parametrize("policy", list(Policy))
def test_a_table_with_no_row_that_holds_says_nothing(policy: Policy) -> None:
    assert choose(Table((Row("a"), Row("b")), policy), lambda _: False) == ()


def test_a_plain_value_always_counts() -> None:
    assert choose(Table((Row("a"),)), lambda _: True) == (0,)


AGE = Field("usia", Kind.INTEGER, Words("Usia"))
RISK = Field(
    "risiko", Kind.CHOICE, Words("Risiko"), options=tuple(Option(c, Words(c)) for c in ("high", "medium", "low"))
)
AFFORDABLE = Field("mampu", Kind.YES_NO, Words("Mampu"))
COLUMNS = (AGE, RISK, AFFORDABLE)
Cells = tuple[str, ...]

# Tables of the DMN Technology Compatibility Kit (github.com/dmn-tck/tck, commit 0dbcaf9), under their ids.
TCK: list[tuple[str, Policy, list[tuple[Cells, str]], list[tuple[Facts, list[str]]]]] = [
    (
        "0004-simpletable-U",
        Policy.UNIQUE,
        [
            ((">= 18", "medium, low", "ya"), "Approved"),
            (("< 18", "medium, low", "ya"), "Declined"),
            (("-", "high", "ya"), "Declined"),
            (("-", "-", "tidak"), "Declined"),
        ],
        [
            ({"usia": 18, "risiko": "medium", "mampu": True}, ["Approved"]),
            ({"usia": 17, "risiko": "medium", "mampu": True}, ["Declined"]),
            ({"usia": 18, "risiko": "high", "mampu": True}, ["Declined"]),
        ],
    ),
    (
        "0108-first-hitpolicy",
        Policy.FIRST,
        [
            ((">= 18", "medium", "ya"), "Approved Best"),
            ((">= 12", "medium", "ya"), "Approved Standard"),
            (("< 12", "low", "ya"), "Declined Standard"),
        ],
        [
            ({"usia": 19, "risiko": "medium", "mampu": True}, ["Approved Best"]),
            ({"usia": 13, "risiko": "medium", "mampu": True}, ["Approved Standard"]),
            ({"usia": 10, "risiko": "low", "mampu": True}, ["Declined Standard"]),
        ],
    ),
    (
        "0111-first-hitpolicy-singleoutputcol",
        Policy.FIRST,
        [(("> 18",), "Cars"), (("> 12",), "Videogames"), (("> 0",), "Toys")],
        [({"usia": 19}, ["Cars"]), ({"usia": 13}, ["Videogames"]), ({"usia": 5}, ["Toys"])],
    ),
    (
        "0115-sum-collect-hitpolicy",
        Policy.SUM,
        [(("> 1",), "100"), (("> 2",), "200"), (("> 3",), "300"), (("> 5",), "500")],
        [({"usia": 6}, ["100", "200", "300", "500"]), ({"usia": 3}, ["100", "200"]), ({"usia": 2}, ["100"])],
    ),
]


@pytest.mark.parametrize(("policy", "rows", "cases"), [each[1:] for each in TCK], ids=[each[0] for each in TCK])
def test_dmn_s_own_tables_are_met(
    policy: Policy, rows: list[tuple[Cells, str]], cases: list[tuple[Facts, list[str]]]
) -> None:
    table = Table(tuple(Row(output, when=row_condition(cells)) for cells, output in rows), policy)
    for facts, expected in cases:
        held = {index for index, row in enumerate(table.rows) if holds(row.when, facts)}
        chosen = choose(table, held.__contains__)
        assert [table.rows[index].value for index in chosen] == expected


def row_condition(cells: Cells) -> Condition:
    parts = []
    for cell, column in zip(cells, COLUMNS, strict=False):
        part = parse_test(cell, column)
        assert not isinstance(part, Fault)
        parts.append(part)
    return Every(tuple(parts))
