"""What a proof shows is so, is all there is around it, and is the same whoever asked what before."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace

import jsonschema_rs
import pytest

from generator.lowering.form_schema import form_schema
from generator.proof.filled import Filled
from generator.proof.replay import Claim, NotReplayedError, plain, replay
from generator.proof.solver import Number, Solver, UnsettledError
from generator.proof.trial import Shown, Trial
from rules.codec import canonical
from rules.condition.decide import holds
from rules.condition.tree import ALWAYS, Answered, Between, Condition, Not, OneOf, fields_of
from rules.field import Field
from rules.kind import Facts, Kind
from rules.permit import Permit, Refusal, Reviewer, Stage
from rules.release import read_json
from rules.table import Row, Table
from rules.words import Words
from tests.condition_samples import some_condition
from tests.form_samples import ON, some_form, submissions
from tests.sample_permit import LAW, options, sample_permit

RESULT = Field("hasil", Kind.CHOICE, Words("Hasil", "Result"), options("sesuai", "tidak_sesuai"))
AREA_OVER_100 = Between("luas", Kind.DECIMAL, low=100, low_included=False)


def reviewed() -> Permit:
    """Make a permit of which an officer's answer decides the way, and which refuses what is open all night."""
    looking = Reviewer("dinkes", when=AREA_OVER_100, officer_fields=(RESULT,))
    rows = (Row("terbit", OneOf("hasil", Kind.CHOICE, ("sesuai",))), Row("kecil", Not(AREA_OVER_100)))
    return replace(
        sample_permit(),
        eligibility=(Refusal(OneOf("buka_24_jam", Kind.YES_NO, (True,)), Words("Tidak."), LAW),),
        stages=(
            Stage("periksa", reviewers=(looking,), approved=Table(rows)),
            Stage("kecil", reviewers=(Reviewer("dlhk"),), approved=Table((Row("terbit"),))),
            Stage("terbit", end="terbit"),
        ),
    )


def some_claims(source: random.Random, permit: Permit, count: int) -> Iterator[Claim]:
    known = {field.code for field in permit.fields}
    while count:
        first, second = some_condition(source, 2), some_condition(source, 1)
        if {*fields_of(first), *fields_of(second)} <= known:
            count -= 1
            yield Claim(holds=(first,), fails=(second,))


def is_so(claim: Claim, facts: Facts) -> bool:
    return all(holds(each, facts) for each in claim.holds) and not any(holds(each, facts) for each in claim.fails)


def test_all_that_is_around_an_example_is_as_it_is() -> None:
    source = random.Random(1)
    shown_at_all = inside = 0
    for _ in range(25):
        permit = some_form(source)
        claims = tuple(some_claims(source, permit, 3))
        proof = Trial(permit, [condition for claim in claims for condition in (*claim.holds, *claim.fails)])
        schema = read_json(canonical(form_schema(permit)))
        assert isinstance(schema, dict)
        form = jsonschema_rs.Draft202012Validator(schema, validate_formats=True)
        facts = [each for each in submissions(source, permit, schema) if form.is_valid(plain(each))]
        for claim in claims:
            shown = proof.shown(proof.application.offered, claim) if proof.sound else None
            if shown is None:
                assert not any(is_so(claim, each) for each in facts)
                continue
            shown_at_all += 1
            assert is_so(claim, shown.filled.facts)
            assert holds(shown.region, shown.filled.facts)
            for each in facts:
                if holds(shown.region, each):
                    inside += 1
                    assert is_so(claim, each), (claim, shown.region, each)
    assert shown_at_all > 30
    assert inside > 30


def filled(facts: Facts) -> Filled:
    return Filled(facts, {}, facts, ON)


def test_a_region_can_not_be_widened() -> None:
    gap = Claim(fails=(Between("luas", Kind.DECIMAL, high=8, high_included=False), AREA_OVER_100))
    proof = Trial(sample_permit(), gap.fails)
    view = proof.application.filing
    shown = proof.shown(view, gap)
    assert shown is not None
    assert shown.region == Between("luas", Kind.DECIMAL, 8, True, 100, True)


def test_an_example_is_the_plainest_and_the_same_whatever_was_asked_before() -> None:
    claim = Claim(holds=(AREA_OVER_100,))
    others = tuple(some_claims(random.Random(2), sample_permit(), 5))
    asked = [condition for claim in others for condition in (*claim.holds, *claim.fails)]
    first, second = Trial(sample_permit(), asked), Trial(sample_permit(), asked)
    found = first.shown(first.application.filing, claim)
    for other in others:
        second.shown(second.application.offered, other)
    second.possible(second.application.filing, second.application.filing.holds(Answered("npwp")))
    assert second.shown(second.application.filing, claim) == found
    assert isinstance(found, Shown)
    assert str(found.filled.facts["luas"]) == "101.00"
    assert {"npwp", "email", "uraian", "titik"}.isdisjoint(found.filled.facts)
    assert found.filled.facts["bentuk"] == "perorangan"
    assert found.telling == ("luas",)


def test_what_is_refused_is_offered_and_never_filed() -> None:
    proof = Trial(reviewed())
    open_all_night = OneOf("buka_24_jam", Kind.YES_NO, (True,))
    assert proof.shown(proof.application.offered, Claim(holds=(open_all_night,))) is not None
    assert proof.shown(proof.application.filing, Claim(holds=(open_all_night,))) is None


def test_an_officer_s_answer_is_there_once_its_desk_has_answered_and_only_if_it_was_asked() -> None:
    proof = Trial(reviewed())
    application = proof.application
    answered, small = Answered("hasil"), Not(AREA_OVER_100)
    for view in (application.filing, application.entering("periksa")):
        assert proof.shown(view, Claim(holds=(answered,))) is None
    left = application.leaving("periksa")
    assert proof.shown(left, Claim(holds=(answered,))) is not None
    assert proof.shown(left, Claim(holds=(answered, small))) is None
    assert proof.shown(left, Claim(holds=(AREA_OVER_100,), fails=(answered,))) is None
    gap = proof.shown(left, Claim(fails=tuple(row.when for row in rows_of(proof.permit))))
    assert gap is not None
    assert gap.region == OneOf("hasil", Kind.CHOICE, ("tidak_sesuai",))


def rows_of(permit: Permit) -> tuple[Row[str], ...]:
    table = permit.stages[0].approved
    assert table is not None
    return table.rows


def test_only_those_come_to_a_stage_whom_a_row_leads_there() -> None:
    proof = Trial(reviewed())
    small = proof.application.entering("kecil")
    assert proof.certain(small, small.holds(Not(AREA_OVER_100)))
    ended = proof.application.issuing("terbit")
    assert proof.shown(ended, Claim(holds=(OneOf("hasil", Kind.CHOICE, ("tidak_sesuai",)),))) is None
    assert proof.shown(ended, Claim(holds=(AREA_OVER_100,))) is not None


@pytest.mark.parametrize("claim", [Claim(fails=(ALWAYS,)), Claim(holds=(AREA_OVER_100,))])
def test_what_does_not_come_through_stops_the_program(claim: Claim) -> None:
    proof = Trial(sample_permit())
    shown = proof.shown(proof.application.filing, Claim(holds=(Not(AREA_OVER_100),)))
    assert shown is not None
    with pytest.raises(NotReplayedError, match="reference"):
        replay(proof.application, proof.application.filing, shown.filled, claim)


def test_a_form_that_the_schema_refuses_stops_the_program() -> None:
    proof = Trial(sample_permit())
    with pytest.raises(NotReplayedError, match="schema"):
        replay(proof.application, proof.application.filing, filled({"permohonan": "baru"}), Claim())


def test_a_question_that_can_not_be_settled_in_time_is_no_answer() -> None:
    solver = Solver(effort=10_000)
    x, y, z = (solver.whole(name) for name in "xyz")
    cubes = cube(x).plus(cube(y)).plus(cube(z))
    with pytest.raises(UnsettledError):
        solver.possible(cubes.equals(33), x.above(9), y.above(x), x.plus(y).plus(z).below(-(10**9)))


def cube(number: Number) -> Number:
    return number.times(number).times(number)


@pytest.mark.parametrize(
    "program",
    [
        "import runtime.site",
        "from generator.examination import examine; from pathlib import Path; examine(Path('catalog'), prove=False)",
    ],
)
def test_nobody_loads_the_solver_who_asks_for_no_proof(program: str) -> None:
    said = f"import sys; {program}; assert 'z3' not in sys.modules"
    subprocess.run([sys.executable, "-c", said], check=True, timeout=60)


def test_conditions_of_an_item_are_asked_of_the_items_of_a_list() -> None:
    permit = sample_permit()
    proof = Trial(permit)
    view = proof.application.filing.of_item(proof.application.items["penjaga"])
    certified: Condition = OneOf("bersertifikat", Kind.YES_NO, (True,))
    shown = proof.shown(view, Claim(holds=(certified,), items="penjaga"))
    assert shown is not None
    assert shown.filled.item is not None
    assert shown.filled.item["bersertifikat"] is True
    listed = shown.filled.facts["penjaga"]
    assert isinstance(listed, tuple)
    assert listed[0] == shown.filled.item
