"""Which rows of a table count, by its policy."""

from __future__ import annotations

import pytest

from rules.table import Policy, Row, Table, choose


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
