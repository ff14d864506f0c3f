"""The engine against an independent oracle, with facts that no form would send; and what happens when it fails."""

from __future__ import annotations

import gc
import os
import random
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from rules.conclusion import Cause
from rules.condition.tree import ALWAYS, Between, Condition, Not
from rules.conjunct import Conjunct, Match, Operator
from rules.engine import Chunk, Engine, RuleBook
from rules.kind import Kind
from tests.engine_oracle import FIELDS, HOSTILE_VALUES, KINDS, codes, expected, honest, hostile, ruleset

PAGE = os.sysconf("SC_PAGE_SIZE")


def resident() -> float:
    """Return the memory this process holds, in MB."""
    gc.collect()
    return int(Path("/proc/self/statm").read_text().split()[1]) * PAGE / 1e6


def wrong(book: RuleBook, rules: Mapping[str, Condition], facts: dict[str, object]) -> str | None:
    """Return what is wrong about the decision, None when it is right or rightly a person's."""
    must = expected(rules, facts)
    found = book.decide(facts)  # type: ignore[arg-type]  # what the types forbid is the point
    if must is None:
        return None if found.manual is not None and found.manual.startswith(Cause.UNTYPED) else f"{found.held}"
    return None if found.manual is None and found.held == must else f"{found.manual}: {found.held ^ must}"


def differential(books: int, each: int) -> dict[str, int]:
    counted = {"decisions": 0, "evaluations": 0, "held": 0, "manual": 0}
    for seed in range(books):
        r = random.Random(seed)
        rules = ruleset(r, r.choice([1, 5, 20, 60, 120]))
        book = RuleBook(rules, FIELDS)
        for _ in range(each):
            facts = hostile(r) if r.random() < 0.5 else honest(r)
            assert (fault := wrong(book, rules, facts)) is None, f"seed {seed}: {fault} on {facts}"
            counted["decisions"] += 1
            counted["evaluations"] += len(rules)
            counted["held"] += len(book.decide(facts).held)  # type: ignore[arg-type]
        counted["manual"] += book.faults.get(Cause.UNTYPED, 0)
        assert not book.faults.keys() - {Cause.UNTYPED}, f"seed {seed}: {book.faults}"
        book.close()
    return counted


def test_no_random_ruleset_is_decided_wrong_on_honest_or_hostile_facts() -> None:
    counted = differential(books=30, each=100)
    print(f"\n{counted}")
    assert counted["evaluations"] > 100_000
    assert counted["held"] > 10_000
    assert counted["manual"] > 100


@pytest.mark.long
def test_no_random_ruleset_is_decided_wrong_in_the_whole_count() -> None:
    counted = differential(books=200, each=500)
    print(f"\n{counted}")


@pytest.mark.parametrize("code", KINDS)
def test_every_hostile_value_of_every_kind_is_decided_right_or_by_a_person(code: str) -> None:
    r = random.Random(code)
    rules = {rule: c for rule, c in ruleset(r, 200).items() if code in codes(c)}
    book = RuleBook(rules, FIELDS)
    for value in HOSTILE_VALUES:
        assert (fault := wrong(book, rules, {code: value})) is None, f"{value!r:.80}: {fault}"
    assert not book.faults.keys() - {Cause.UNTYPED}
    book.close()


def test_a_key_that_the_engine_cannot_tell_from_ours_never_reaches_it() -> None:
    chunk = Chunk({"0": (Match("f0", Operator.EQUAL, (14,)),)})
    assert chunk.run({"wxlpazgw": 14}) == ["0"], "the two keys no longer collide: find another pair"
    chunk.close()
    book = RuleBook({"r": Between("lantai", Kind.INTEGER, low=7, high=7)}, FIELDS)
    assert book.decide({"wxlpazgw": 14, "f0": 14, "sid": "1", "id": "x", "$s": 1}).held == set()
    assert book.decide({"lantai": 7, "wxlpazgw": 1, "f0": 1, "sid": "1", "id": "x", "$s": 1}).held == {"r"}
    book.close()


def test_none_of_the_keys_we_make_up_collides_with_another() -> None:
    def hashed(key: str) -> int:  # the engine's: FNV-1a, 32 bits
        found = 2_166_136_261
        for byte in key.encode():
            found = (found ^ byte) * 16_777_619 % 2**32
        return found

    assert hashed("wxlpazgw") == hashed("f0")
    ours = [f"{letter}{n}" for letter in "fp" for n in range(1_000)]
    ours += [f"{letter}{n}_{m}" for letter in "bs" for n in range(200) for m in range(20)]
    ours += ["id", "sid", "$s", "$m", "k", "p", "m"]
    assert len({hashed(key) for key in ours}) == len(ours)


def from_threads(count: int, threads: int = 4) -> tuple[int, int, float, float]:
    r = random.Random(9)
    rules = ruleset(r, 40)
    book = RuleBook(rules, FIELDS)
    cases = [hostile(r) if r.random() < 0.2 else honest(r) for _ in range(1_000)]
    must = [expected(rules, facts) for facts in cases]
    bad: list[str] = []
    done = [0] * threads

    def work(k: int, turns: int) -> None:
        mine = random.Random(k)
        for _ in range(turns):
            j = mine.randrange(len(cases))
            found = book.decide(cases[j])  # type: ignore[arg-type]
            done[k] += 1
            right = must[j]
            if set(found.held) != (right or set()) or (found.manual is None) is (right is None):
                bad.append(f"{found.manual} {found.held} {right}")

    def all_of(turns: int) -> None:
        started = [threading.Thread(target=work, args=(k, turns)) for k in range(threads)]
        for thread in started:
            thread.start()
        for thread in started:
            thread.join()

    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)  # as many changes of thread within a decision as can be had
    try:
        all_of(500)
        before = resident()
        all_of(count // threads)
        after = resident()
    finally:
        sys.setswitchinterval(interval)
    assert not bad, bad[:3]
    assert book.faults.keys() == {Cause.UNTYPED}
    book.close()
    return sum(done), len(bad), before, after


def flat(count: int) -> None:
    decisions, bad, before, after = from_threads(count)
    print(f"\n{decisions:,} decisions from 4 threads, {bad} wrong; resident {before:.1f} MB -> {after:.1f} MB")
    assert decisions >= count
    assert after - before < 4, "memory grows with decisions"


def test_decisions_from_four_threads_are_right_and_memory_stays_flat() -> None:
    flat(20_000)


@pytest.mark.long
def test_two_hundred_thousand_decisions_from_four_threads_are_right_and_memory_stays_flat() -> None:
    flat(200_000)


def test_books_that_are_closed_or_forgotten_give_their_memory_back() -> None:
    rules = ruleset(random.Random(3), 40)

    def open_and_leave(count: int) -> None:
        for turn in range(count):
            book = RuleBook(rules, FIELDS)
            book.decide({"lantai": 5})
            if turn % 2:
                book.close()

    open_and_leave(40)
    before = resident()
    open_and_leave(200)
    after = resident()
    print(f"\n200 books opened and left: resident {before:.1f} MB -> {after:.1f} MB")
    assert after - before < 4


def test_more_books_than_the_engine_has_sessions_are_open_at_once() -> None:
    rule: dict[str, Condition] = {"r": Between("lantai", Kind.INTEGER, low=3)}
    books = [RuleBook(rule, FIELDS) for _ in range(1_100)]
    assert all(book.decide({"lantai": 3}).held == {"r"} for book in books)
    assert all(book.decide({"lantai": 2}).held == set() for book in books)


class Faulty:
    """An engine that does as told on the second run of its life, and is otherwise the real one."""

    opened = 0

    def __init__(self, conjuncts: Mapping[str, Conjunct], fault: object) -> None:
        self._real = Chunk(conjuncts)
        self._fault = fault if Faulty.opened == 0 else None
        self._runs = 0
        Faulty.opened += 1

    def run(self, numbers: Mapping[str, int]) -> Sequence[str] | None:
        self._runs += 1
        names = self._real.run(numbers)
        if self._fault is None or self._runs != 2:
            return names
        if isinstance(self._fault, BaseException):
            raise self._fault
        if self._fault == "nothing":
            return None
        return [name for name in ("0", "1") if name not in names] if self._fault == "lies" else ["99"]

    def close(self) -> None:
        self._real.close()


AT_LEAST_3 = Between("lantai", Kind.INTEGER, low=3)
TALL: dict[str, Condition] = {"tinggi": AT_LEAST_3, "rendah": Not(AT_LEAST_3)}


@pytest.mark.parametrize(
    ("fault", "cause", "words"),
    [
        ("lies", Cause.DISAGREEMENT, "the engine and the reference differ: rendah, tinggi"),
        ("nothing", Cause.NOTHING, "the engine gave no answer: None"),
        ("unknown name", Cause.FAILURE, "the engine failed: KeyError: '99'"),
        (MemoryError("1,024 sessions"), Cause.FAILURE, "the engine failed: MemoryError: 1,024 sessions"),
        (SystemError("null"), Cause.FAILURE, "the engine failed: SystemError: null"),
    ],
)
def test_a_faulty_engine_sends_the_case_to_a_person_and_the_next_decision_is_right(
    fault: object, cause: Cause, words: str
) -> None:
    Faulty.opened = 0

    def open_engine(conjuncts: Mapping[str, Conjunct]) -> Engine:
        return Faulty(conjuncts, fault)

    book = RuleBook(TALL, FIELDS, open_engine=open_engine)
    assert book.decide({"lantai": 3}).held == {"tinggi"}
    assert not book.faults
    faulty = book.decide({"lantai": 2})
    assert faulty.manual == words
    assert faulty.held == set()
    assert faulty.why("rendah") == ()
    assert dict(book.faults) == {cause: 1}
    assert book.decide({"lantai": 2}).held == {"rendah"}
    assert book.decide({"lantai": 4}).held == {"tinggi"}
    assert dict(book.faults) == {cause: 1}
    assert Faulty.opened == 2, "the engine was not built anew"
    book.close()


class Seeded:
    """The real engine, told something slightly different from what the rules say."""

    def __init__(self, conjuncts: Mapping[str, Conjunct], bug: str) -> None:
        self._bug = bug
        self._real = Chunk({name: tuple(map(self._told, conjunct)) for name, conjunct in conjuncts.items()})
        self._keys = [match.key for conjunct in conjuncts.values() for match in conjunct]

    def _told(self, match: Match) -> Match:
        swapped = {
            ("bound", Operator.AT_MOST): Operator.BELOW,
            ("bound", Operator.AT_LEAST): Operator.ABOVE,
            ("negation", Operator.NOT_EQUAL): Operator.EQUAL,
        }
        if self._bug == "first of a list" and match.operator is Operator.AMONG:
            return Match(match.key, Operator.EQUAL, match.values[:1])
        return match._replace(operator=swapped.get((self._bug, match.operator), match.operator))

    def run(self, numbers: Mapping[str, int]) -> Sequence[str]:
        if self._bug == "missing is zero":
            return self._real.run(dict.fromkeys(self._keys, 0) | dict(numbers))
        if self._bug == "halves rounded":
            return self._real.run({key: n - n % 2 if key[0] == "f" and n > 1 else n for key, n in numbers.items()})
        return self._real.run(numbers)

    def close(self) -> None:
        self._real.close()


@pytest.mark.parametrize("bug", ["bound", "negation", "first of a list", "missing is zero", "halves rounded"])
def test_a_seeded_bug_is_noticed_and_nobody_is_decided_wrong_by_it(bug: str) -> None:
    r = random.Random(bug)
    rules = ruleset(r, 40)
    book = RuleBook(rules, FIELDS, open_engine=lambda conjuncts: Seeded(conjuncts, bug))
    for _ in range(200):
        facts = honest(r)
        found = book.decide(facts)  # type: ignore[arg-type]
        assert set(found.held) == (expected(rules, facts) if found.manual is None else set())
    assert book.faults.keys() == {Cause.DISAGREEMENT}
    assert book.faults[Cause.DISAGREEMENT] > 5
    book.close()


def test_an_engine_that_cannot_be_built_anew_is_tried_again_at_each_decision() -> None:
    attempts = 0

    def open_engine(conjuncts: Mapping[str, Conjunct]) -> Engine:
        nonlocal attempts
        attempts += 1
        if attempts == 2:
            raise MemoryError
        return Faulty(conjuncts, RuntimeError("once")) if attempts == 1 else Chunk(conjuncts)

    Faulty.opened = 0
    book = RuleBook(TALL, FIELDS, open_engine=open_engine)
    found = [book.decide({"lantai": 3}) for _ in range(4)]
    assert [one.manual for one in found] == [
        None,
        "the engine failed: RuntimeError: once",
        "the engine failed: MemoryError: ",
        None,
    ]
    assert found[3].held == {"tinggi"}
    book.close()


def test_an_interrupt_leaves_no_ghost_of_the_case_it_interrupted() -> None:
    Faulty.opened = 0

    def open_engine(conjuncts: Mapping[str, Conjunct]) -> Engine:
        return Faulty(conjuncts, KeyboardInterrupt())

    book = RuleBook(TALL, FIELDS, open_engine=open_engine)
    book.decide({"lantai": 3})
    with pytest.raises(KeyboardInterrupt):
        book.decide({"lantai": 2})
    assert book.decide({"lantai": 3}).held == {"tinggi"}
    assert Faulty.opened == 2
    book.close()


def test_a_rule_without_tests_and_a_book_without_rules_are_decided_too() -> None:
    assert RuleBook({}, FIELDS).decide({"lantai": 3}).held == set()
    assert RuleBook({"a": ALWAYS, "b": Not(ALWAYS)}, FIELDS).decide({}).held == {"a"}
