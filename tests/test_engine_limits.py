"""What the engine cannot carry is named when a catalog is built; what chunks take away is decided right past it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from decimal import Decimal

import pytest

from bench.decisions import FIELDS as PERMIT_FIELDS
from bench.decisions import rules_of_a_permit
from rules.condition.tree import ALWAYS, Answered, Between, Condition, Every, Not, OneOf, Some
from rules.engine import RuleBook
from rules.engine_canary import canary
from rules.field import Field
from rules.kind import Facts, Kind
from rules.limit import Exceeded, Limit, RefusedError, limits
from rules.packing import Packing
from rules.probe import probes
from rules.words import Words

FIELDS = {
    f"{letter}{n}": Field(f"{letter}{n}", kind, Words(f"{letter}{n}"), digits=2 if kind is Kind.DECIMAL else 0)
    for letter, kind in {"n": Kind.INTEGER, "d": Kind.DECIMAL, "t": Kind.TEXT, "g": Kind.CHOICES}.items()
    for n in range(600)
}


def equals(code: str, *values: int) -> OneOf:
    return OneOf(code, Kind.INTEGER, values)


def above(code: str, value: int) -> Between:
    return Between(code, Kind.INTEGER, low=value)


def differs(code: str, count: int) -> Every:
    return Every(tuple(Not(equals(code, n + 2)) for n in range(count)))


def at_and_past() -> Iterator[tuple[Limit, int, Condition, Condition, int]]:
    """Yield a limit, its figure, a rule at it, a rule past it, and what is found in that."""
    yield (
        Limit.ALTERNATIVES,
        240,
        Some(tuple(equals(f"n{n}", 1) for n in range(240))),
        Some(tuple(equals(f"n{n}", 1) for n in range(241))),
        241,
    )
    yield Limit.CONDITIONS, 480, differs("n0", 479), differs("n0", 480), 481
    yield (
        Limit.GROUPS,
        14,
        Every(tuple(equals(f"n{n}", 1, 2) for n in range(14))),
        Every(tuple(equals(f"n{n}", 1, 2) for n in range(15))),
        15,
    )
    yield (
        Limit.PROPERTIES,
        240,
        Every(tuple(equals(f"n{n}", 1) for n in range(240))),
        Every(tuple(equals(f"n{n}", 1) for n in range(241))),
        241,
    )
    yield Limit.DIGITS, 18, equals("n0", 10**18 - 1, 1), equals("n0", 10**18, 1), 19
    yield (
        Limit.DIGITS,
        18,
        OneOf("d0", Kind.DECIMAL, (Decimal("9999999999999999.99"), Decimal(1))),
        OneOf("d0", Kind.DECIMAL, (Decimal("9999999999999999.999"), Decimal(1))),
        19,
    )


@pytest.mark.parametrize(("limit", "most", "at", "past", "found"), list(at_and_past()))
def test_a_rule_at_a_limit_is_decided_right_and_one_past_it_is_named_with_its_figure(
    limit: Limit, most: int, at: Condition, past: Condition, found: int
) -> None:
    assert limits({"r": at, "s": ALWAYS}, FIELDS) == ()
    book = RuleBook({"r": at}, FIELDS)
    every_one = {code: (Decimal(1) if field.kind is Kind.DECIMAL else 1) for code, field in FIELDS.items()}
    assert book.decide({code: 1 for code in every_one if code[0] in "nd"}).held == {"r"}
    assert book.decide({"n0": 7}).held == set()
    assert not book.faults
    book.close()
    assert limits({"r": past, "s": ALWAYS}, FIELDS) == (Exceeded(limit, "r", found, most),)
    with pytest.raises(RefusedError, match=f"r: {found} {limit}, at most {most}"):
        RuleBook({"r": past}, FIELDS)


def test_a_ruleset_at_the_most_conjuncts_is_decided_right_and_one_more_is_named() -> None:
    rules: dict[str, Condition] = {f"r/{n}": above("n0", n) for n in range(4_096)}
    assert limits(rules, FIELDS) == ()
    book = RuleBook(rules, FIELDS)
    assert len(book.decide({"n0": 2_000}).held) == 2_001
    assert len(book.decide({"n0": 10_000}).held) == 4_096
    assert not book.faults
    book.close()
    assert limits({**rules, "one": above("n0", 4_096)}, FIELDS) == (Exceeded(Limit.CONJUNCTS, None, 4_097, 4_096),)
    assert str(limits({**rules, "one": above("n0", 4_096)}, FIELDS)[0]) == "the ruleset: 4097 conjuncts, at most 4096"


def test_a_rule_too_large_to_multiply_out_is_named_without_doing_so() -> None:
    bomb = Every(tuple(Some(tuple(equals(f"n{n}", v) for v in range(10))) for n in range(60)))
    assert limits({"r": bomb}, FIELDS) == (Exceeded(Limit.ALTERNATIVES, "r", 10**60, 240),)


@pytest.mark.parametrize("count", [64, 65, 66, 200])
def test_more_rules_matching_one_fact_than_the_engine_takes_are_spread_over_chunks(count: int) -> None:
    rules: dict[str, Condition] = {f"r/{n}": above("n0", n) for n in range(count)}
    book = RuleBook(rules, FIELDS)
    assert limits(rules, FIELDS) == ()
    assert book.decide({"n0": count}).held == rules.keys()
    book.close()


@pytest.mark.parametrize("count", [255, 256, 257, 1_000])
def test_more_rules_with_one_condition_than_the_engine_takes_share_it(count: int) -> None:
    rules: dict[str, Condition] = {f"r/{n}": above("n0", 3) for n in range(count)}
    book = RuleBook(rules, FIELDS)
    assert book.chunks == 1
    assert book.decide({"n0": 3}).held == rules.keys()
    assert book.decide({"n0": 2}).held == set()
    book.close()


@pytest.mark.parametrize("count", [511, 512, 513, 600])
def test_more_conditions_than_the_engine_takes_under_one_parent_are_spread_over_chunks(count: int) -> None:
    rules: dict[str, Condition] = {f"r/{n}": equals(f"n{n}", 1) for n in range(count)}
    book = RuleBook(rules, FIELDS)
    assert book.decide({f"n{n}": 1 for n in range(count)}).held == rules.keys()
    assert book.decide({"n7": 1}).held == {"r/7"}
    book.close()


@pytest.mark.parametrize("count", [250, 251, 252, 253, 600])
def test_more_properties_than_a_fact_takes_are_spread_over_chunks(count: int) -> None:
    starts = (*range(0, count - 10, 10), count - 10)
    rules: dict[str, Condition] = {f"r/{n}": Every(tuple(equals(f"n{n + k}", 1) for k in range(10))) for n in starts}
    book = RuleBook(rules, FIELDS)
    assert book.decide({f"n{n}": 1 for n in range(count)}).held == rules.keys()
    assert not book.faults
    book.close()


@pytest.mark.parametrize("seed", range(8))
def test_chunks_near_every_limit_at_once_are_decided_as_the_reference_does(seed: int) -> None:
    r = random.Random(seed)
    read = r.choice([3, 30, 300])

    def part() -> Condition:
        code = f"n{r.randrange(read)}"
        few = equals(code, *r.sample(range(20), r.randint(1, 16)))
        test = few if r.random() < 0.5 else Between(code, Kind.INTEGER, low=r.randrange(20), high=r.randrange(20))
        return test if r.random() < 0.5 else Not(test)

    drawn: dict[str, Condition] = {f"r/{n}": Every(tuple(part() for _ in range(r.randint(1, 24)))) for n in range(60)}
    over = {exceeded.rule for exceeded in limits(drawn, FIELDS)}
    rules = {rule: condition for rule, condition in drawn.items() if rule not in over}
    book = RuleBook(rules, FIELDS)
    assert len(rules) > 20
    for _ in range(50):
        assert book.decide({f"n{n}": r.randrange(20) for n in range(read) if r.random() < 0.9}).manual is None
    book.close()


def test_a_list_of_many_values_is_one_number_for_the_engine() -> None:
    many = OneOf("t0", Kind.TEXT, tuple(f"{n:05d}" for n in range(5_000)))
    book = RuleBook({"in": many, "out": Not(many), "given": Answered("t0")}, FIELDS)
    assert limits({"in": many}, FIELDS) == ()
    assert book.decide({"t0": "04999"}).held == {"in", "given"}
    assert book.decide({"t0": "05000"}).held == {"out", "given"}
    assert book.decide({}).held == set()
    book.close()


SMALL: dict[str, Condition] = {
    "a": Every((above("n0", 3), Not(OneOf("g0", Kind.CHOICES, ("x", "y"))))),
    "b": Some((Between("d0", Kind.DECIMAL, high=Decimal("70.5")), Not(Answered("t0")))),
}


def test_a_canary_lets_a_sound_ruleset_pass() -> None:
    vectors: tuple[Facts, ...] = ({"n0": 3, "g0": ("x",), "d0": Decimal("70.50")}, {"t0": "x", "g0": ("z", "y")})
    assert canary(SMALL, FIELDS, vectors) is None


def test_a_canary_refuses_a_ruleset_that_crashes_the_engine() -> None:
    """What 256 equal rules destroy depends on how Python and the engine were built: some crash, some refuse at 258."""
    loose = Packing(conjuncts=10_000, conditions=10_000, shared=False)
    said = []
    for many in (256, 260):
        rules: dict[str, Condition] = {f"r/{n}": ALWAYS for n in range(many)}
        assert canary(rules, FIELDS) is None
        said.append(canary(rules, FIELDS, packing=loose))
    refused = [each for each in said if each is not None]
    assert refused
    assert all(each.startswith(("the engine ended by SIG", "the engine failed: ")) for each in refused)


def test_a_canary_refuses_a_ruleset_that_hangs_the_engine() -> None:
    rules: dict[str, Condition] = {f"r/{n}": equals("n0", n) for n in range(700)}
    assert canary(rules, FIELDS, ({"n0": 3},)) is None
    loose = Packing(conjuncts=10_000, conditions=10_000)
    refused = canary(rules, FIELDS, ({"n0": 3},), timeout=3, packing=loose)
    assert refused == "the engine did not come back within 3 s"


def test_a_canary_refuses_a_ruleset_that_the_engine_answers_with_an_error() -> None:
    rules: dict[str, Condition] = {f"r/{n}": above("n0", n) for n in range(70)}
    refused = canary(rules, FIELDS, ({"n0": 100},), packing=Packing(conjuncts=100))
    assert refused is not None
    assert refused.startswith("the engine failed: the engine failed: error: ")
    assert "303" in refused


def test_a_book_exercised_at_its_edges_decides_every_rule_both_ways() -> None:
    rules = rules_of_a_permit(random.Random(1), 50)
    book = RuleBook(rules, PERMIT_FIELDS)
    seen = [book.decide(facts).held for facts in probes(rules, PERMIT_FIELDS, 400)]
    assert {rule for rule in rules if all(rule in held for held in seen)} == set()
    never = {rule for rule in rules if not any(rule in held for held in seen)}
    assert len(never) <= 5, "a rule that contradicts itself never holds, and few do"
    assert book.exercise(50) is None
    book.close()
    assert book.exercise(50) == "the engine was closed"
