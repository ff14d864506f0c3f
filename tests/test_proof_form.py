"""The encoding of the proofs accepts exactly what the form's JSON Schema accepts, and holds what the oracle holds."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

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
from rules.condition.tree import ALWAYS, Between, OneOf, fields_of
from rules.field import Derived, Field
from rules.kind import Facts, Kind
from rules.permit import Permit
from rules.release import read_json
from rules.settled import settled
from rules.words import Words
from tests.condition_samples import EDGES, FIELDS, oracle, some_answers, some_condition
from tests.sample_permit import sample_permit

ON = date(2026, 3, 2)
EACH = 20  # submissions for one form
PLACE = (
    Field("x", Kind.INTEGER, Words("X"), minimum=0, maximum=4),
    Field("y", Kind.TEXT, Words("Y"), length=3, optional=True, shown_when=Between("x", Kind.INTEGER, low=2)),
    Field("z", Kind.YES_NO, Words("Z"), shown_when=OneOf("x", Kind.INTEGER, (1, 4))),
)
COUNTED = (
    Derived("banyak_titik", Kind.INTEGER, formula="banyak(titik)"),
    Derived("dua", Kind.INTEGER, count_of="titik", count_when=Between("x", Kind.INTEGER, low=2)),
    Derived("ya", Kind.INTEGER, count_of="titik", count_when=OneOf("z", Kind.YES_NO, (True,))),
    Derived("tinggi", Kind.DECIMAL, formula="lantai * 1.5 - kadar / 3", digits=1),
    Derived("lama", Kind.INTEGER, formula="hari_antara(tanggal_berkas, mulai)"),
    Derived("lapis", Kind.DECIMAL, formula="luas / lantai", digits=2),
)


def some_form(source: random.Random) -> Permit:
    """Make a form up: the kinds in some order, each shown by those before it."""
    fields: list[Field] = []
    for field in source.sample(list(FIELDS.values()), len(FIELDS)):
        shown = some_condition(source, 2) if source.random() < 0.6 else ALWAYS
        if not {*fields_of(shown)} <= {before.code for before in fields}:
            shown = ALWAYS
        field = replace(field, shown_when=shown, optional=source.random() < 0.4)
        if field.kind is Kind.LIST:
            field = replace(field, items=PLACE, minimum=source.choice((None, 1, 2)), maximum=source.choice((None, 2)))
        elif field.kind is Kind.TEXT:
            field = replace(field, length=source.choice((None, 3, 8)))
        elif field.code in EDGES and field.kind is not Kind.NIK and source.random() < 0.5:
            first, second = sorted(source.sample(range(len(EDGES[field.code])), 2))
            low, high = EDGES[field.code][first], EDGES[field.code][second]
            field = replace(field, minimum=low if source.random() < 0.7 else None, maximum=high)
        fields.append(field)
    return replace(sample_permit(fields), derived=COUNTED, eligibility=())


def submissions(source: random.Random, permit: Permit, schema: Mapping[str, object]) -> Iterator[Facts]:
    """Yield answers as they are settled; most fit their question, so that about half are accepted."""
    properties = schema["properties"]
    assert isinstance(properties, dict)
    fits = {code: jsonschema_rs.Draft202012Validator(says) for code, says in properties.items()}
    for _ in range(EACH):
        raw: dict[str, object] = {}
        for field in permit.fields[1:]:
            given = some_answer(source, field)
            for _ in range(30):
                if fits[field.code].is_valid(given) or source.random() < 0.001:
                    break
                given = some_answer(source, field)
            if source.random() < 0.98:
                raw[field.code] = given
        yield settled(permit, raw, ON)


def some_answer(source: random.Random, field: Field) -> object:
    if field.kind is Kind.LIST:
        return [some_place(source) for _ in range(source.randint(1, 3))]
    if field.code in EDGES and source.random() < 0.8:
        return source.choice(EDGES[field.code])
    return some_answers(source).get(field.code)


def some_place(source: random.Random) -> dict[str, object]:
    x = source.choice((0, 1, 2, 4, 4, 5 if source.random() < 0.1 else 1))
    place: dict[str, object] = {"x": x}
    if x >= 2 and source.random() < 0.5:
        place["y"] = source.choice(("abc", "abcd" if source.random() < 0.1 else "a"))
    if x in (1, 4) and source.random() < 0.95:
        place["z"] = source.random() < 0.5
    return place


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
    for _ in range(100):
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
