"""Where two versions answer differently: what is proven is what comes out when every form is filled in both ways.

The second decider knows nothing of proofs: it fills a small form in every way there is, and asks the reference.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from dataclasses import replace

import pytest

from generator.difference.meaning import Meaning, Region
from rules.answers import prune
from rules.condition.decide import holds
from rules.condition.tree import ALWAYS, Answered, Between, Condition, Every, Not, OneOf, Some
from rules.field import Field, Option
from rules.kind import Facts, Kind, Value
from rules.permit import Free, Permit, Refusal, Stage
from rules.table import Policy, Row, Table, choose
from rules.words import Words
from tests.cases.izin_uji import PERDA, permit

Pair = tuple[Facts, Facts]
TENTH = 40


def options(*codes: str) -> tuple[Option, ...]:
    return tuple(Option(code, Words(code)) for code in codes)


FORM = (
    Field("permohonan", Kind.CHOICE, Words("Permohonan"), options=options("baru", "ubah")),
    Field("fungsi", Kind.CHOICE, Words("Fungsi"), options=options("hunian", "usaha", "campuran")),
    Field("lantai", Kind.INTEGER, Words("Lantai"), minimum=0, maximum=4),
    Field("milik", Kind.YES_NO, Words("Milik sendiri")),
    Field("pohon", Kind.INTEGER, Words("Pohon"), minimum=0, maximum=2, optional=True),
)
WAY = (Stage("periksa", approved=Table((Row("terbit"),))), Stage("terbit", end="terbit"))


def atom(choice: random.Random, codes: tuple[str, ...]) -> Condition:
    code = choice.choice(codes)
    if choice.random() < 0.15:
        return Answered(code)
    match code:
        case "permohonan":
            return OneOf(code, Kind.CHOICE, (choice.choice(["baru", "ubah"]),))
        case "fungsi":
            return OneOf(code, Kind.CHOICE, tuple(choice.sample(["hunian", "usaha", "campuran"], choice.randint(1, 2))))
        case "milik":
            return OneOf(code, Kind.YES_NO, (choice.random() < 0.5,))
        case _:
            low, high = sorted(choice.choices(range(5), k=2))
            bounds = choice.choice([(low, None), (None, high), (low, high)])
            return Between(code, Kind.INTEGER, bounds[0], choice.random() < 0.5, bounds[1], choice.random() < 0.5)


def condition(choice: random.Random, codes: tuple[str, ...], depth: int = 2) -> Condition:
    if depth == 0 or choice.random() < 0.4:
        return atom(choice, codes)
    parts = tuple(condition(choice, codes, depth - 1) for _ in range(choice.randint(1, 3)))
    made: tuple[Condition, ...] = (Every(parts), Some(parts), Not(parts[0]))
    return choice.choice(made)


def version(choice: random.Random, codes: tuple[str, ...] | None = None) -> Permit:
    """Return a version whose questions are shown at random, each by those before it."""
    fields: list[Field] = []
    for field in FORM:
        before = tuple(one.code for one in fields)
        shown = condition(choice, before, 1) if before and choice.random() < 0.3 else ALWAYS
        if codes is None or field.code in codes:
            fields.append(replace(field, shown_when=shown))
    made = permit(Free(), tuple(fields), stages=WAY)
    return replace(made, applications=fields[0].options)


def forms(before: Permit, after: Permit) -> Iterator[Pair]:
    """Yield the facts that both versions make of every way of answering, of which the later takes them all."""
    fields = {field.code: field for field in (*before.fields, *after.fields)}
    answers: list[list[Value | None]] = []
    for field in fields.values():
        values: list[Value | None] = [None] if field.optional else []
        match field.kind:
            case Kind.CHOICE:
                values += [option.code for option in field.options]
            case Kind.YES_NO:
                values += [False, True]
            case _:
                assert isinstance(field.minimum, int)
                assert isinstance(field.maximum, int)
                values += list(range(field.minimum, field.maximum + 1))
        answers.append(values)
    for given in itertools.product(*answers):
        raw = {code: value for code, value in zip(fields, given, strict=True) if value is not None}
        old, new = (
            prune(each.fields, {code: raw[code] for code in raw if code in {one.code for one in each.fields}})
            for each in (before, after)
        )
        if not any(holds(refusal.when, new) for refusal in after.eligibility):
            yield old, new


def agrees(regions: tuple[Region, ...] | None, differing: list[bool], pairs: list[Pair]) -> None:
    """Compare what is proven with what comes out of every form; a region speaks of the answers to both."""
    assert regions is not None
    assert bool(regions) == any(differing)
    for region in regions:
        if region.condition is None:
            continue
        inside = [
            differs
            for (old, new), differs in zip(pairs, differing, strict=True)
            if holds(region.condition, {**old, **new})
        ]
        assert inside, region.when
        assert all(inside), region.when
    if regions and all(region.condition is not None for region in regions):
        told = [region.condition for region in regions if region.condition is not None]
        for (old, new), differs in zip(pairs, differing, strict=True):
            facts = {**old, **new}
            assert not differs or any(holds(one, facts) for one in told), facts


def compare_conditions(seed: int) -> None:
    choice = random.Random(seed)
    before = version(choice)
    after = version(choice) if choice.random() < 0.6 else before
    codes = tuple(field.code for field in FORM)
    was, now = ((condition(choice, codes),) for _ in range(2))
    if choice.random() < 0.2:
        now = (Every((was[0], was[0])),)
    pairs = list(forms(before, after))
    meaning = Meaning(before, after)
    gained = [holds(now[0], new) and not holds(was[0], old) for old, new in pairs]
    agrees(meaning.gained(was, now), gained, pairs)
    lost = [holds(was[0], old) and not holds(now[0], new) for old, new in pairs]
    agrees(meaning.lost(was, now), lost, pairs)


def compare_tables(seed: int) -> None:
    choice = random.Random(seed)
    before = version(choice)
    after = version(choice) if choice.random() < 0.5 else before
    codes = tuple(field.code for field in FORM)

    def table() -> Table[str]:
        rows = [Row(value, condition(choice, codes)) for value in choice.sample(["satu", "dua", "tiga"], 2)]
        rest = [Row("sisa", otherwise=True)] if choice.random() < 0.5 else []
        return Table((*rows, *rest), Policy.FIRST)

    was, now = table(), table()
    pairs = list(forms(before, after))

    def value(of: Table[str], facts: Facts) -> str | None:
        rows = choose(of, lambda index: holds(of.rows[index].when, facts))
        return of.rows[rows[0]].value if rows else None

    moves = Meaning(before, after).moves(was, now)
    assert moves is not None
    outcomes = [(value(was, old), value(now, new)) for old, new in pairs]
    assert {(move.before, move.after) for move in moves} == {(one, two) for one, two in outcomes if one != two}
    for one, two in {(move.before, move.after) for move in moves}:
        regions = tuple(move.region for move in moves if (move.before, move.after) == (one, two))
        agrees(regions, [outcome == (one, two) for outcome in outcomes], pairs)


@pytest.mark.parametrize("seed", range(TENTH))
def test_where_a_condition_holds_that_did_not_is_where_every_form_says_so(seed: int) -> None:
    compare_conditions(seed)


@pytest.mark.parametrize("seed", range(TENTH // 2))
def test_where_a_table_gives_another_value_is_where_every_form_says_so(seed: int) -> None:
    compare_tables(seed)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(TENTH, 10 * TENTH))
def test_conditions_and_tables_of_many_versions_are_told_apart_as_every_form_tells_them(seed: int) -> None:
    compare_conditions(seed)
    compare_tables(seed)


def changed(**fields: Field) -> tuple[Permit, Permit]:
    """Return a version, and one in which some questions are other ones."""
    before = replace(permit(Free(), FORM, stages=WAY), applications=FORM[0].options)
    return before, replace(before, fields=tuple(fields.get(field.code, field) for field in FORM))


def when(regions: tuple[Region, ...] | None) -> list[str]:
    assert regions is not None
    return [region.when.id for region in regions]


def test_an_answer_that_is_out_of_bounds_now_is_refused() -> None:
    before, after = changed(lantai=replace(FORM[2], minimum=1, maximum=3))
    assert when(Meaning(before, after).refused()) == ["Lantai kurang dari 1", "Lantai lebih dari 3"]


def test_an_option_that_is_gone_is_refused() -> None:
    before, after = changed(fungsi=replace(FORM[1], options=FORM[1].options[:2]))
    assert when(Meaning(before, after).refused()) == ["Fungsi adalah campuran"]


def test_what_is_hidden_now_refuses_nobody() -> None:
    hidden = replace(FORM[2], minimum=1, shown_when=OneOf("milik", Kind.YES_NO, (True,)))
    before, after = changed(lantai=replace(hidden, shown_when=OneOf("permohonan", Kind.CHOICE, ("ubah",))))
    assert when(Meaning(before, after).refused()) == ["Permohonan adalah ubah dan Lantai kurang dari 1"]


def test_a_question_that_must_be_answered_now_refuses_nobody() -> None:
    before, after = changed(pohon=replace(FORM[4], optional=False))
    assert when(Meaning(before, after).refused()) == []


def test_a_new_rule_of_eligibility_refuses_and_an_old_one_does_not() -> None:
    before, _ = changed()
    old = Refusal(OneOf("milik", Kind.YES_NO, (False,)), Words("Bukan milik"), PERDA)
    new = Refusal(Between("lantai", Kind.INTEGER, low=3), Words("Terlalu tinggi"), PERDA)
    with_old = replace(before, eligibility=(old,))
    after = replace(before, eligibility=(old, new))
    assert when(Meaning(with_old, after).refused()) == ["Lantai paling sedikit 3"]
    assert when(Meaning(after, with_old).refused()) == []
