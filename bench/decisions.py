"""Decisions per second of CPU: the engine with its comparison, closures alone, and the engine bare; one run, as ratios.

`python -m bench.decisions`. The three take turns on the same 500 facts and 50 rules, and the medians of their CPU times
are compared, so that a busy machine slows all three alike.
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable
from decimal import Decimal

from rules.condition.decide import compiled
from rules.condition.tree import Answered, Between, Condition, Every, Not, OneOf, Some
from rules.engine import Chunk, RuleBook
from rules.field import Field, Option
from rules.kind import Facts, Kind, Value
from rules.limit import plan
from rules.numbering import Reader
from rules.packing import Packing, pack
from rules.words import Words

ROUNDS = 15
OPTIONS = {
    "fungsi": ("hunian", "usaha", "sosial", "campuran", "khusus"),
    "zona": ("r1", "r2", "k1", "k2", "i1", "spu"),
    "risiko": ("rendah", "menengah_rendah", "menengah_tinggi", "tinggi"),
}
NUMBERS = {"luas_bangunan": Kind.DECIMAL, "lantai": Kind.INTEGER, "parkir": Kind.INTEGER, "modal": Kind.MONEY}
YES_NO = ("usaha", "sederhana", "permanen", "tepi_jalan", "cagar_budaya")
FIELDS = {
    **{c: Field(c, Kind.CHOICE, Words(c), tuple(Option(o, Words(o)) for o in os)) for c, os in OPTIONS.items()},
    **{c: Field(c, kind, Words(c), digits=2 if kind is Kind.DECIMAL else 0) for c, kind in NUMBERS.items()},
    **{c: Field(c, Kind.YES_NO, Words(c)) for c in YES_NO},
    "mulai": Field("mulai", Kind.DATE, Words("mulai")),
    "nib": Field("nib", Kind.NIB, Words("nib")),
}


def test(r: random.Random) -> Condition:
    """Return one test as a permit's rules have them."""
    code = r.choice([*OPTIONS, *NUMBERS, *NUMBERS, *YES_NO, "mulai", "nib"])
    if code in OPTIONS:
        chosen = OneOf(code, Kind.CHOICE, tuple(r.sample(OPTIONS[code], r.randint(1, 3))))
        return Not(chosen) if r.random() < 0.2 else chosen
    if code in NUMBERS:
        low = r.choice([1, 3, 5, 50, 100, 500, 2_000])
        return Between(code, NUMBERS[code], low=low, low_included=r.random() < 0.5)
    if code in YES_NO:
        return OneOf(code, Kind.YES_NO, (r.random() < 0.7,))
    return Answered("nib") if code == "nib" else Between("mulai", Kind.DATE, low="2026-03-01")


def rules_of_a_permit(r: random.Random, count: int) -> dict[str, Condition]:
    """Return rules of one to three tests, a third of them with a choice between two."""
    return {
        f"syarat/{n}": Every(
            (*(test(r) for _ in range(r.randint(1, 3))), *([Some((test(r), test(r)))] if r.random() < 0.33 else []))
        )
        for n in range(count)
    }


def answers(r: random.Random) -> Facts:
    """Return a form that is nearly filled in."""
    facts: dict[str, Value] = {code: r.choice(options) for code, options in OPTIONS.items()}
    facts["luas_bangunan"] = Decimal(r.randrange(100_000)) / 100
    facts |= {code: r.choice([0, 1, 2, 5, 60, 120, 700, 5_000]) for code in ("lantai", "parkir", "modal")}
    facts |= {code: r.random() < 0.5 for code in YES_NO}
    facts |= {"mulai": f"2026-0{r.randint(1, 9)}-15", "nib": "1234567890123"}
    return {code: value for code, value in facts.items() if r.random() < 0.9}


def numbers_of(readers: tuple[Reader, ...], facts: Facts) -> dict[str, int]:
    """Return what the engine is shown of the facts."""
    numbers: dict[str, int] = {}
    for reader in readers:
        if reader.code in facts:
            reader.write(facts[reader.code], numbers)
        else:
            reader.absent(numbers)
    return numbers


def main() -> None:
    """Measure and print."""
    r = random.Random(1)
    rules = rules_of_a_permit(r, 50)
    cases = [answers(r) for _ in range(500)]
    book = RuleBook(rules, FIELDS)
    closures = [(rule, compiled(condition)) for rule, condition in rules.items()]
    planned = plan(rules, FIELDS)
    parts = pack(planned.conjuncts, Packing())
    chunks = [Chunk(part.conjuncts) for part in parts]
    readers = planned.numbering.readers()
    shown = [
        [{key: n for key, n in numbers_of(readers, facts).items() if key in part.keys} for part in parts]
        for facts in cases
    ]

    def compared() -> None:
        for facts in cases:
            book.decide(facts)

    def reference() -> None:
        for facts in cases:
            {rule for rule, holds in closures if holds(facts)}

    def bare() -> None:
        for each in shown:
            for chunk, numbers in zip(chunks, each, strict=True):
                chunk.run(numbers)

    ways: dict[str, Callable[[], None]] = {
        "engine, compared with the reference": compared,
        "reference alone (closures)": reference,
        "engine alone (C API, numbers ready)": bare,
    }
    spent: dict[str, list[float]] = {way: [] for way in ways}
    for turn in range(ROUNDS + 1):
        for way, run in ways.items():
            before = time.process_time()
            run()
            if turn:  # the first round warms up
                spent[way].append(time.process_time() - before)
    median = {way: statistics.median(times) for way, times in spent.items()}
    held = sum(len(book.decide(facts).held) for facts in cases) / len(cases)
    conjuncts = sum(len(part.conjuncts) for part in parts)
    print(f"50 rules, {conjuncts} conjuncts in {len(parts)} chunks, {held:.1f} hold; {ROUNDS} rounds of {len(cases)}")
    for way, seconds in median.items():
        whole = median["engine, compared with the reference"]
        print(f"  {way:38} {len(cases) / seconds:10,.0f} /s of CPU   {whole / seconds:5.2f} ×")
    assert not book.faults


if __name__ == "__main__":
    main()
