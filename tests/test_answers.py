"""From what came in to what is decided on: typed facts of the questions that are shown."""

from __future__ import annotations

from decimal import Decimal

import pytest

from rules.answers import in_order, prune, typed
from rules.condition.tree import ALWAYS, Answered, Between, Condition, Every, Not, OneOf
from rules.field import Field, Option
from rules.kind import Facts, Kind
from rules.words import Words

OPTIONS = (Option("a", Words("A")), Option("b", Words("B")))


def field(code: str, kind: Kind, shown_when: Condition = ALWAYS, digits: int = 0) -> Field:
    options = OPTIONS if kind in (Kind.CHOICE, Kind.CHOICES) else ()
    return Field(code, kind, Words(code), options=options, digits=digits, shown_when=shown_when)


@pytest.mark.parametrize(
    ("kind", "raw", "value"),
    [
        (Kind.INTEGER, 5, 5),
        (Kind.INTEGER, Decimal("5.0"), 5),
        (Kind.INTEGER, 5.0, 5),
        (Kind.INTEGER, Decimal("1E+3"), 1000),
        (Kind.INTEGER, Decimal("-0"), 0),
        (Kind.INTEGER, 999_999_999_999_999, 999_999_999_999_999),
        (Kind.MONEY, 5_000_000, 5_000_000),
        (Kind.DECIMAL, Decimal("10.50"), Decimal("10.50")),
        (Kind.DECIMAL, 0.1, Decimal("0.10")),
        (Kind.DECIMAL, 3, Decimal("3.00")),
        (Kind.DATE, "2028-02-29", "2028-02-29"),
        (Kind.CHOICE, "a", "a"),
        (Kind.CHOICES, ["b", "a", "b"], ("b", "a")),
        (Kind.YES_NO, False, False),
        (Kind.TEXT, " A ", " A "),
        (Kind.NIK, "0001", "0001"),
        (Kind.LIST, [{}], ({},)),
    ],
)
def test_an_answer_of_the_right_type_is_kept(kind: Kind, raw: object, value: object) -> None:
    found = typed([field("x", kind, digits=2)], {"x": raw})
    assert found == {"x": value}
    assert type(found["x"]) is type(value)


@pytest.mark.parametrize(
    ("kind", "raw"),
    [
        (Kind.INTEGER, None), (Kind.INTEGER, True), (Kind.INTEGER, "5"), (Kind.INTEGER, 5.5), (Kind.INTEGER, 10**15),
        (Kind.INTEGER, Decimal("1E+999999999")), (Kind.INTEGER, Decimal("1E-999999999")), (Kind.INTEGER, 10**4000),
        (Kind.INTEGER, float("nan")), (Kind.INTEGER, float("inf")), (Kind.INTEGER, Decimal("NaN")),
        (Kind.INTEGER, Decimal("1." + "0" * 40 + "1")), (Kind.INTEGER, [5]),
        (Kind.DECIMAL, Decimal("0.001")), (Kind.DECIMAL, Decimal("10000000000000.00")), (Kind.DECIMAL, False),
        (Kind.DATE, "2026-02-29"), (Kind.DATE, "2026-1-1"), (Kind.DATE, "2026-01-01\n"), (Kind.DATE, "٢٠٢٦-٠١-٠١"),
        (Kind.DATE, 20260101), (Kind.DATE, "0999-12-31"),
        (Kind.CHOICE, "c"), (Kind.CHOICE, ["a"]), (Kind.CHOICES, "a"), (Kind.CHOICES, []), (Kind.CHOICES, ["a", "c"]),
        (Kind.CHOICES, ["a", 5]), (Kind.YES_NO, 1), (Kind.YES_NO, "ya"), (Kind.TEXT, 5), (Kind.TEXT, ""),
        (Kind.TEXT, " \t\n\u00a0\ufeff"), (Kind.LIST, []), (Kind.LIST, {"a": 1}), (Kind.LIST, [1]), (Kind.LIST, "a"),
    ],
)  # fmt: skip
def test_an_answer_of_another_type_counts_as_missing(kind: Kind, raw: object) -> None:
    assert typed([field("x", kind, digits=2)], {"x": raw}) == {}


def test_what_no_question_asks_is_left_out_in_items_too() -> None:
    titik = Field("titik", Kind.LIST, Words("titik"), items=(field("luas", Kind.INTEGER), field("nama", Kind.TEXT)))
    raw = {"titik": [{"luas": 5, "nama": "", "lain": 1}, {"luas": "x"}], "lain": 1}
    assert typed([titik], raw) == {"titik": ({"luas": 5}, {})}


USAHA = field("usaha", Kind.YES_NO)
BENTUK = field("bentuk", Kind.CHOICE, OneOf("usaha", Kind.YES_NO, (True,)))
MODAL = field("modal", Kind.MONEY, OneOf("bentuk", Kind.CHOICE, ("b",)))


def test_a_hidden_answer_hides_what_depends_on_it() -> None:
    fields = (MODAL, BENTUK, USAHA)
    assert prune(fields, {"usaha": True, "bentuk": "b", "modal": 5}) == {"usaha": True, "bentuk": "b", "modal": 5}
    assert prune(fields, {"usaha": False, "bentuk": "b", "modal": 5}) == {"usaha": False}
    assert prune(fields, {"bentuk": "b", "modal": 5}) == {}


def test_an_unanswered_question_shows_nothing_that_asks_for_its_answer() -> None:
    hidden = field("x", Kind.TEXT, Not(OneOf("usaha", Kind.YES_NO, (True,))))
    assert prune((USAHA, hidden), {"x": "a"}) == {}
    assert prune((USAHA, hidden), {"usaha": False, "x": "a"}) == {"usaha": False, "x": "a"}
    assert prune((USAHA, field("x", Kind.TEXT, Not(Answered("usaha")))), {"x": "a"}) == {"x": "a"}


def test_a_question_inside_a_list_is_shown_by_its_own_item() -> None:
    tinggi = field("tinggi", Kind.INTEGER)
    izin = field("izin", Kind.TEXT, Between("tinggi", Kind.INTEGER, low=10))
    titik = Field("titik", Kind.LIST, Words("titik"), items=(izin, tinggi))
    items: tuple[Facts, ...] = ({"tinggi": 12, "izin": "A"}, {"tinggi": 3, "izin": "B"}, {"izin": "C"})
    facts: Facts = {"tinggi": 50, "titik": items}
    assert prune((titik,), facts) == {"tinggi": 50, "titik": ({"tinggi": 12, "izin": "A"}, {"tinggi": 3}, {})}


def test_facts_that_no_question_asks_are_kept_and_may_show_one() -> None:
    asked = field("nama", Kind.TEXT, Between("jumlah", Kind.INTEGER, low=2))
    assert prune((asked,), {"jumlah": 2, "nama": "a"}) == {"jumlah": 2, "nama": "a"}
    assert prune((asked,), {"jumlah": 1, "nama": "a"}) == {"jumlah": 1}


def test_questions_are_ordered_by_what_shows_them_and_else_as_written() -> None:
    free = field("bebas", Kind.TEXT)
    assert [f.code for f in in_order((MODAL, free, BENTUK, USAHA))] == ["usaha", "bentuk", "modal", "bebas"]


def test_a_circle_of_questions_hides_them_all_and_ends() -> None:
    circle = (
        field("a", Kind.TEXT, Answered("b")),
        field("b", Kind.TEXT, Every((Answered("c"), Answered("a")))),
        field("c", Kind.TEXT, Answered("b")),
    )
    assert {f.code for f in in_order(circle)} == {"a", "b", "c"}
    assert prune(circle, {"a": "1", "b": "1"}) == {}


def test_a_chain_of_a_thousand_questions_is_pruned_whole() -> None:
    chain = [field(f"f{i}", Kind.YES_NO, OneOf(f"f{i + 1}", Kind.YES_NO, (True,))) for i in range(1000)]
    facts = {f"f{i}": True for i in range(1000)}
    assert prune(chain, facts) == {}
    assert len(prune([*chain, field("f1000", Kind.YES_NO)], facts | {"f1000": True})) == 1001
