"""The encoding of the proofs accepts exactly what the form's JSON Schema accepts, and holds what the oracle holds."""

from __future__ import annotations

import random
from collections.abc import Mapping
from decimal import Decimal

import jsonschema_rs
import pytest

from generator.lowering.form_schema import form_schema
from generator.proof.answer import Lexicon
from generator.proof.application import Application
from generator.proof.form import Form, words_of
from generator.proof.replay import plain
from generator.proof.solver import Solver
from rules.answers import typed
from rules.codec import canonical
from rules.kind import Facts
from rules.release import read_json
from tests.condition_samples import FIELDS, oracle, some_answers, some_condition
from tests.form_samples import EACH, ON, some_form, submissions


def accepted(application: Application, facts: Facts) -> bool:
    """Ask the encoding whether an application with these facts is one."""
    form, solver = application.form, application.solver
    for code, items in application.items.items():
        listed = facts.get(code, ())
        for item in listed if isinstance(listed, tuple) else ():
            assert isinstance(item, Mapping)
            if not solver.possible(items.fits, items.any_one.filled(item)):
                return False
    return solver.possible(application.sound, form.filled(facts), application.filed_on.equals(ON.toordinal()))


def differences(count: int, seed: int) -> tuple[list[str], int]:
    """Compare the encoding with the schema, submission by submission; tell how many were accepted."""
    source = random.Random(seed)
    found, taken = [], 0
    for _ in range(count // EACH):
        permit = some_form(source)
        schema = read_json(canonical(form_schema(permit)))
        assert isinstance(schema, dict)
        validator = jsonschema_rs.Draft202012Validator(schema, validate_formats=True)
        application = Application(permit, Solver(), Lexicon())
        for facts in submissions(source, permit, schema):
            by_schema = validator.is_valid(plain(facts))
            taken += by_schema
            if accepted(application, facts) is not by_schema:
                found.append(f"{facts}: {by_schema}")
    return found, taken


def test_derived_facts_are_what_their_formulas_come_to_and_nothing_else() -> None:
    source = random.Random(4)
    tried = 0
    for _ in range(6):
        permit = some_form(source)
        schema = read_json(canonical(form_schema(permit)))
        assert isinstance(schema, dict)
        application = Application(permit, Solver(), Lexicon())
        form, possible = application.form, application.solver.possible
        validator = jsonschema_rs.Draft202012Validator(schema, validate_formats=True)
        given = (application.exactly, application.sound, application.filed_on.equals(ON.toordinal()))
        for facts in (each for each in submissions(source, permit, schema) if validator.is_valid(plain(each))):
            assert possible(form.filled(facts), *given), facts
            for one in (one for one in permit.derived if one.count_of is None):
                value = facts.get(one.code)
                assert isinstance(value, int | Decimal | None)
                step = Decimal(1).scaleb(-one.digits)
                others = [None, value + step, value - step] if value is not None else [0]
                for other in others:
                    tried += 1
                    changed = {code: known for code, known in {**facts, one.code: other}.items() if known is not None}
                    assert not possible(form.filled(changed), *given), (one.code, other, facts)
    assert tried > 300


def test_what_the_encoding_accepts_is_what_the_schema_accepts() -> None:
    found, taken = differences(1_000, 1)
    assert found == []
    assert 200 < taken < 900, "the samples can tell"


@pytest.mark.long
def test_what_the_encoding_accepts_is_what_the_schema_accepts_ten_thousand_times() -> None:
    found, _ = differences(10_000, 2)
    assert found == []


def test_a_condition_holds_in_the_encoding_when_the_oracle_says_so() -> None:
    source = random.Random(3)
    for _ in range(40):
        condition = some_condition(source)
        solver = Solver()
        form = Form(solver, Lexicon(), FIELDS.values(), (), "", words_of([condition]))
        for _ in range(10):
            answers = some_answers(source)
            facts = typed(FIELDS.values(), answers)
            is_so, is_not = form.holds(condition), form.fails(condition)
            given = form.filled(facts)
            expected = oracle(condition, answers)
            assert solver.possible(given, is_so) is (expected is True), (condition, answers)
            assert solver.possible(given, is_not) is (expected is False), (condition, answers)
