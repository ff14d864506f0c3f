"""The JSON form of the plain types: what goes in comes out, and nothing else is taken."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from rules.citation import Citation
from rules.codec import MalformedError, canonical, decode, encode, written
from rules.condition.tree import ALWAYS, Answered, Between, Condition, Every, Not, OneOf, Some
from rules.duration import Duration, Unit
from rules.field import Field
from rules.kind import Kind
from rules.permit import Amount, Constant, Earliest, Formula, Lasting, TariffValue, UntilField, Validity
from rules.table import Policy, Row, Table
from rules.words import Words
from rules.workdays import Deadline, deadline
from tests.cases.kalender_uji import city

CONDITION = Every(
    (
        OneOf("a", Kind.YES_NO, (True, False)),
        OneOf("b", Kind.DECIMAL, (Decimal("2.50"), 3)),
        Not(Some((Answered("c"), Between("d", Kind.DATE, low="2026-01-01", high_included=False, high="2026-02-01")))),
        ALWAYS,
    )
)
AMOUNTS: Table[Amount] = Table(
    (
        Row(Constant(Decimal("0.005"))),
        Row(Formula("a * b"), when=Answered("q")),
        Row(TariffValue("shst", "sederhana"), otherwise=True, reason=Words("sisanya")),
    ),
    Policy.FIRST,
)
VALUES: list[tuple[object, object]] = [
    (Condition, CONDITION),
    (Field, Field("x", Kind.LIST, Words("X", "Y"), minimum=1, items=(Field("y", Kind.TEXT, Words("Z")),))),
    (
        Table[Amount],
        AMOUNTS,
    ),
    (Validity, Earliest((Lasting(Duration(5, Unit.YEAR)), UntilField("str_berlaku")))),
    (Citation, Citation("uu-30-2014", "53")),
    (Deadline, deadline(city(), datetime(2026, 3, 13, 9, 30, tzinfo=UTC), Duration(5, Unit.WORKING_DAY))),
]


@pytest.mark.parametrize(("type_", "value"), VALUES)
def test_a_value_read_back_is_the_value_written(type_: object, value: object) -> None:
    assert decode(type_, encode(type_, value)) == value


@pytest.mark.parametrize(("type_", "value"), VALUES)
def test_writing_what_was_read_gives_the_same_bytes(type_: object, value: object) -> None:
    first = canonical(encode(type_, value))
    assert canonical(encode(type_, decode(type_, encode(type_, value)))) == first


@pytest.mark.parametrize(("type_", "value"), VALUES)
def test_a_value_is_written_in_the_canonical_form(type_: object, value: object) -> None:
    assert written(type_, value).encode() == canonical(encode(type_, value))


def test_what_is_written_of_a_text_is_what_json_writes() -> None:
    text = "".join(map(chr, range(0x300))) + "\u2028\ufeff\U0001f3db"
    assert written(Words, Words(text)) == '{"id":' + json.dumps(text, ensure_ascii=False) + "}"


def test_a_decimal_stays_exact_and_apart_from_a_text() -> None:
    read = decode(Condition, encode(Condition, OneOf("b", Kind.DECIMAL, (Decimal("0.10"), "0.10"))))
    assert isinstance(read, OneOf)
    assert [type(v) for v in read.values] == [Decimal, str]


@pytest.mark.parametrize(
    ("type_", "data"),
    [
        (Citation, {"regulation": 5}),
        (Citation, {"article": "1"}),
        (Citation, {"regulation": "x", "other": "y"}),
        (Citation, ["x"]),
        (Condition, {"field": "x"}),
        (Condition, {"_": "Exec", "field": "x"}),
        (Condition, {"_": "Every", "parts": "x"}),
        (Duration, {"amount": True, "unit": "bulan"}),
        (Duration, {"amount": 1, "unit": "abad"}),
        (Table[Amount], {"rows": [{"value": {"_": "Constant", "value": "x"}}]}),
    ],
)
def test_json_of_another_shape_is_refused(type_: object, data: object) -> None:
    with pytest.raises(MalformedError):
        decode(type_, data)  # type: ignore[arg-type]  # that is the point
