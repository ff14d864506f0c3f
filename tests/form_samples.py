"""Random forms over one question of every kind, and submissions to them, for tests of the proofs."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

import jsonschema_rs

from rules.condition.tree import ALWAYS, Between, OneOf, fields_of
from rules.field import Derived, Field
from rules.kind import Facts, Kind
from rules.permit import Permit
from rules.settled import settled
from rules.words import Words
from tests.condition_samples import EDGES, FIELDS, some_answers, some_condition
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
    Derived("kali", Kind.DECIMAL, formula="(lantai - 2) * kadar * -0.5", digits=2),
    Derived("paling", Kind.INTEGER, formula="terkecil(lantai, kadar * 2, nilai)"),
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
