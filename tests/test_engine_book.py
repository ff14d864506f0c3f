"""A ruleset in the engine: what it concludes, in which order, and why."""

from __future__ import annotations

from decimal import Decimal

import pytest

from rules.condition.tree import ALWAYS, Answered, Between, Condition, Every, Not, OneOf, Some
from rules.engine import RuleBook
from rules.field import Field
from rules.kind import Kind
from rules.limit import RefusedError
from rules.reason import Reason
from rules.words import Words


def field(code: str, kind: Kind, digits: int = 0) -> Field:
    return Field(code, kind, Words(code), digits=digits)


FIELDS = {
    f.code: f
    for f in (
        field("lantai", Kind.INTEGER),
        field("luas", Kind.DECIMAL, 2),
        field("mulai", Kind.DATE),
        field("fungsi", Kind.CHOICE),
        field("alat", Kind.CHOICES),
        field("usaha", Kind.YES_NO),
        field("nama", Kind.TEXT),
        field("titik", Kind.LIST),
    )
}

TALL = Between("lantai", Kind.INTEGER, low=3)
LARGE = Between("luas", Kind.DECIMAL, low=Decimal("70.5"), low_included=False)
SHOP = OneOf("fungsi", Kind.CHOICE, ("usaha", "campuran"))


def test_every_rule_that_holds_is_concluded_and_no_other() -> None:
    book = RuleBook({"a": TALL, "b": LARGE, "c": SHOP, "d": ALWAYS, "e": Not(ALWAYS)}, FIELDS)
    found = book.decide({"lantai": 3, "luas": Decimal("70.50"), "fungsi": "campuran"})
    assert found.held == {"a", "c", "d"}
    assert found.manual is None
    book.close()


def test_a_test_on_a_missing_answer_neither_holds_nor_holds_negated() -> None:
    rules: dict[str, Condition] = {
        "a": TALL,
        "b": Not(TALL),
        "c": Not(Every((TALL, SHOP))),
        "d": Some((TALL, Not(TALL), SHOP)),
    }
    book = RuleBook(rules, FIELDS)
    assert book.decide({}).held == set()
    assert book.decide({"fungsi": "hunian"}).held == {"c"}
    assert book.decide({"lantai": 2, "fungsi": "usaha"}).held == {"b", "c", "d"}
    book.close()


def test_only_answered_speaks_of_absence() -> None:
    book = RuleBook({"ada": Answered("titik"), "tiada": Not(Answered("titik")), "nama": Answered("nama")}, FIELDS)
    assert book.decide({"titik": (), "nama": " \u00a0"}).held == {"tiada"}
    assert book.decide({"titik": ({},), "nama": "x"}).held == {"ada", "nama"}
    book.close()


@pytest.mark.parametrize(
    ("answer", "held"),
    [
        (Decimal("70.5"), set()),
        (Decimal("70.501"), {"luas"}),
        (Decimal("70.50000000000000000000000000000000000000000001"), {"luas"}),
        (Decimal("70.4999999"), set()),
        (Decimal("1e999999"), {"luas"}),
        (Decimal("-1e999999"), set()),
        (Decimal("1e-999999"), set()),
        (10**400, {"luas"}),
        (-(10**400), set()),
    ],
)
def test_a_number_is_never_rounded_to_a_limit(answer: int | Decimal, held: set[str]) -> None:
    book = RuleBook({"luas": LARGE}, FIELDS)
    found = book.decide({"luas": answer})
    assert found.manual is None
    assert found.held == held
    book.close()


def test_conclusions_stand_in_one_order_with_numbers_counted_as_numbers() -> None:
    book = RuleBook({"syarat/10": ALWAYS, "syarat/9": ALWAYS, "alur/x/waktu/1/0": ALWAYS}, FIELDS)
    assert book.decide({}).in_order == ("alur/x/waktu/1/0", "syarat/9", "syarat/10")
    book.close()


def test_a_conclusion_says_which_tests_carried_it_and_what_they_saw() -> None:
    condition = Every(
        (
            Between("lantai", Kind.INTEGER, low=3, high=8, high_included=False),
            Some((OneOf("fungsi", Kind.CHOICE, ("usaha",)), LARGE)),
            Not(OneOf("alat", Kind.CHOICES, ("lift", "genset"))),
            Not(Answered("nama")),
            Not(Between("mulai", Kind.DATE, high="2026-01-01")),
        )
    )
    book = RuleBook({"a": condition, "b": TALL}, FIELDS)
    found = book.decide({"lantai": 4, "fungsi": "hunian", "luas": Decimal(71), "alat": ("ac",), "mulai": "2026-02-01"})
    assert found.why("a") == (
        Reason("lantai", ">=", 3, 4),
        Reason("lantai", "<", 8, 4),
        Reason("luas", ">", Decimal("70.5"), Decimal(71)),
        Reason("alat", "not in", ("lift", "genset"), ("ac",)),
        Reason("nama", "unanswered", None, None),
        Reason("mulai", ">", "2026-01-01", "2026-02-01"),
    )
    assert book.decide({"lantai": 2}).why("b") == ()
    book.close()


def test_a_digest_speaks_of_the_answers_read_and_of_nothing_else() -> None:
    book = RuleBook({"a": TALL, "b": LARGE}, FIELDS)
    one = book.decide({"lantai": 3, "nama": "Budi"})
    assert one.facts_digest == book.decide({"nama": "Siti", "lantai": 3}).facts_digest
    assert one.facts_digest != book.decide({"lantai": 4}).facts_digest
    assert book.decide({"luas": 3}).facts_digest != book.decide({"luas": Decimal(3)}).facts_digest
    assert one.ruleset_digest == RuleBook({"b": LARGE, "a": TALL}, FIELDS).decide({}).ruleset_digest
    assert one.ruleset_digest != RuleBook({"a": TALL}, FIELDS).decide({}).ruleset_digest
    assert one.seen == {"lantai": 3}
    book.close()


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"lantai": True}, "lantai"),
        ({"lantai": "3"}, "lantai"),
        ({"lantai": 3.0}, "lantai"),
        ({"luas": Decimal("NaN")}, "luas"),
        ({"luas": float("inf")}, "luas"),
        ({"fungsi": ["usaha"]}, "fungsi"),
    ],
)
def test_an_answer_of_the_wrong_type_goes_to_a_person(facts: dict[str, object], code: str) -> None:
    book = RuleBook({"a": TALL, "b": LARGE, "c": SHOP}, FIELDS)
    found = book.decide(facts)  # type: ignore[arg-type]  # what the types forbid is the point
    assert found.manual == f"a fact does not have the type of its field: {code}"
    assert found.held == set()
    assert dict(book.faults) == {"a fact does not have the type of its field": 1}
    book.close()


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (Answered("luas_tana"), "r: `luas_tana` is not a field"),
        (Between("fungsi", Kind.CHOICE, low="a"), "r: a pilihan such as `fungsi` has no order and no values to"),
        (OneOf("lantai", Kind.DECIMAL, (1,)), "r: `lantai` is a bilangan, tested as a desimal"),
        (OneOf("lantai", Kind.INTEGER, ("1",)), "r: '1' is not a bilangan, as `lantai` is"),
        (OneOf("mulai", Kind.DATE, ("2026-02-30",)), "r: '2026-02-30' is not a tanggal, as `mulai` is"),
    ],
)
def test_a_rule_that_does_not_fit_its_fields_is_refused(condition: OneOf | Between | Answered, words: str) -> None:
    with pytest.raises(RefusedError) as refused:
        RuleBook({"r": condition}, FIELDS)
    assert str(refused.value).startswith(words)


def test_a_closed_book_sends_to_a_person() -> None:
    book = RuleBook({"a": ALWAYS}, FIELDS)
    book.close()
    book.close()
    assert book.decide({}).manual == "the engine was closed"
