"""JSON with exact numbers, and text without signs that can not be seen."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import given, seed, settings
from hypothesis import strategies as st

from runtime import json_text
from runtime.cases.clean_text import clean, strange_signs
from runtime.json_text import UnreadableJsonError

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
DECIMALS = st.decimals(-(10**15), 10**15, places=4)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**30), 10**30) | DECIMALS | TEXTS,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(TEXTS, inner, max_size=5),
    max_leaves=20,
)


@seed(1)
@settings(max_examples=1000, deadline=None, database=None)
@given(VALUES)
def test_what_is_written_is_read_back_the_same_and_is_json_to_others(value: json_text.Json) -> None:
    text = json_text.write(value)
    assert json_text.read(text) == value
    assert json_text.read(text.encode()) == value
    assert json.loads(text, parse_float=Decimal) == value
    assert json_text.write(json_text.read(text)) == text


def test_numbers_keep_their_places_and_keys_their_order() -> None:
    assert json_text.write(json_text.read('{"b": 1.50, "a": [0.1, 12345678901234567890, -0.0]}')) == (
        '{"a":[0.1,12345678901234567890,-0.0],"b":1.50}'
    )
    assert json_text.write({"luas": Decimal("1E+3"), "butir": ({"n": 1},)}) == '{"butir":[{"n":1}],"luas":1000}'


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('{"a":1,"a":2}', "json_duplicate"),
        ("[NaN]", "json_number"),
        ("1e99", "json_number"),
        ("9" * 41, "json_number"),
        ("[" * 100_000, "json_depth"),
        ('"\\ud800"', "json_encoding"),
        ("{", "json_syntax"),
        ("", "json_syntax"),
    ],
)
def test_what_can_be_read_in_more_ways_than_one_is_refused(text: str, code: str) -> None:
    with pytest.raises(UnreadableJsonError) as refused:
        json_text.read(text)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("given_text", "taken", "sign"),
    [
        ("Jalan Timor Raya 1", "Jalan Timor Raya 1", None),
        ("baris satu\r\nbaris dua\tlagi", "baris satu\nbaris dua lagi", None),
        ("cafe\u0301", "caf\u00e9", None),
        ("15 m\u00b2 \u00bb \U0001f334", "15 m\u00b2 \u00bb \U0001f334", None),
        ("a\u202eb", "a\u202eb", "U+202E"),
        ("a\u200bb", "a\u200bb", "U+200B"),
        ("a\ufeffb", "a\ufeffb", "U+FEFF"),
        ("a\0b", "a\0b", "U+0000"),
        ("a\x85b", "a\x85b", "U+0085"),
        ("a\ue000b", "a\ue000b", "U+E000"),
        ("a\u2028b", "a\u2028b", "U+2028"),
    ],
)
def test_text_is_composed_and_a_sign_that_cannot_be_seen_is_named_with_its_place(
    given_text: str, taken: str, sign: str | None
) -> None:
    value, found = clean({"x": [{"nama": given_text}], "n": 1})
    assert value == {"x": [{"nama": taken}], "n": 1}
    assert found == ([] if sign is None else [(("x", 0, "nama"), sign)])


@seed(2)
@settings(max_examples=1000, deadline=None, database=None)
@given(TEXTS)
def test_cleaning_twice_changes_nothing_and_what_passes_can_be_printed(text: str) -> None:
    once, found = clean(text)
    assert clean(once) == (once, found)
    assert isinstance(once, str)
    assert bool(found) == bool(list(strange_signs(once)))
    assert found or all(sign.isprintable() or sign.isspace() for sign in once)
