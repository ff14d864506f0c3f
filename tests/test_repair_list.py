"""One list of repairs: what may be changed for it, who looks again, and what may still be raised."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from rules.case_event import ItemKind, RepairItem, RepairReason, Target, Verdict
from rules.case_state import Answer, Asked, CaseState, Change, Desk, Turn, WithPerson
from rules.repair_list import Given, compared, document, dropped, field, raisable, refused_items
from tests.sample_permit import sample_permit

AT = datetime(2026, 3, 2, 1, tzinfo=UTC)
APPROVED = Answer(Verdict.APPROVED, AT, 0, "a", 3)
OVEN = Desk("teknis", 1, "dlhk", None, None, None, False, (Turn(AT, AT),), answer=APPROVED, open=False, looked=0)
HEALTH = replace(OVEN, place=0, agency="dinkes")
CASE = CaseState(
    "warung", "2026-01-01", "r", "r", AT, "verifikasi", "dpmptsp", WithPerson(""), desks=(HEALTH, OVEN), rounds=1
)


def wanted(target: Target, place: int = 0) -> RepairItem:
    return RepairItem(target.kind, target.code, RepairReason.MISTAKEN, "teknis", place, target.item)


def given(
    documents: dict[Target, tuple[str, ...]] | None = None, asked: tuple[str, ...] = (), **answers: object
) -> Given:
    return Given(answers, documents or {}, frozenset(map(field, asked)))


def beyond(before: Given, after: Given, *listed: Target) -> tuple[Target, ...]:
    return compared(before, after, [wanted(target) for target in listed]).beyond


def test_what_was_asked_for_may_be_another() -> None:
    found = compared(given(nama="Ina", luas=3), given(nama="Ani", luas=3), [wanted(field("nama"))])
    assert (found.changed, found.beyond) == ((field("nama"),), ())


def test_what_was_not_asked_for_may_not() -> None:
    assert beyond(given(nama="Ina", luas=3), given(nama="Ani", luas=4), field("nama")) == (field("luas"),)


def test_what_appears_with_the_repair_may_be_answered_and_what_vanishes_may_go() -> None:
    before, after = given(bentuk="perorangan", hobi="x"), given(bentuk="badan", nib="123")
    found = compared(before, after, [wanted(field("bentuk"))])
    assert found.changed == (field("bentuk"), field("hobi"), field("nib"))
    assert found.beyond == ()


def test_nothing_appears_when_nothing_of_the_list_has_changed() -> None:
    assert beyond(given(nama="Ina"), given(nama="Ina", nib="123"), field("nama")) == (field("nib"),)


def test_a_question_that_was_open_before_is_not_answered_under_cover_of_the_repair() -> None:
    before = given(asked=("nama", "email"), nama="Ina")
    after = given(asked=("nama", "email"), nama="Ani", email="a@b.id")
    assert beyond(before, after, field("nama")) == (field("email"),)
    assert beyond(after, before, field("nama")) == (field("email"),)
    assert beyond(given(asked=("nama",), nama="Ina"), after, field("nama")) == ()


@pytest.mark.parametrize(
    ("after", "may"),
    [
        (({"n": 1}, {"n": 9}), True),
        (({"n": 9}, {"n": 9}), False),
        (({"n": 1},), False),
        (({"n": 1}, {"n": 9}, {"n": 3}), False),
    ],
)
def test_one_item_of_a_list_is_repaired_alone(after: tuple[object, ...], may: bool) -> None:
    item = Target(ItemKind.FIELD, "penjaga", 1)
    found = beyond(given(penjaga=({"n": 1}, {"n": 2})), given(penjaga=after), item)
    assert found == (() if may else (field("penjaga"),))


def test_a_document_asked_for_whole_covers_each_of_its_items_and_one_of_an_item_only_that() -> None:
    first, second = document("ktp", 0), document("ktp", 1)
    before, after = given({first: ("a",), second: ("b",)}), given({first: ("a",), second: ("c",)})
    assert beyond(before, after, document("ktp")) == ()
    assert beyond(before, after, second) == ()
    assert beyond(before, after, first) == (second,)


def test_who_is_asked_by_a_fact_that_changed_looks_again_and_nobody_else() -> None:
    assert dropped(sample_permit(), CASE, ["alat"]) == (("teknis", 1),)
    assert dropped(sample_permit(), CASE, ["nama"]) == ()
    unanswered = replace(CASE, desks=(replace(OVEN, answer=None),))
    assert dropped(sample_permit(), unanswered, ["alat"]) == ()


def test_at_the_first_look_everything_may_be_raised() -> None:
    assert raisable(CASE, replace(OVEN, looked=None)) is None
    assert refused_items(CASE, replace(OVEN, looked=None), [wanted(field("nama"))]) == ()


def test_later_a_desk_may_raise_its_own_again_and_what_has_changed_since_it_looked() -> None:
    case = replace(
        CASE,
        rounds=2,
        asked=(Asked(1, (wanted(field("nama")), wanted(field("luas"), 1))), Asked(2, ())),
        changes=(Change(0, (field("modal"),)), Change(1, (field("bentuk"), document("ktp", 1)))),
    )
    assert raisable(case, HEALTH) == frozenset({field("nama"), field("bentuk"), document("ktp", 1)})
    late = [wanted(field("modal")), wanted(field("luas")), wanted(document("ktp", 0)), wanted(field("bentuk"))]
    assert refused_items(case, HEALTH, late) == (field("modal"), field("luas"), document("ktp", 0))


def test_an_item_of_a_list_that_has_changed_may_be_raised() -> None:
    case = replace(CASE, changes=(Change(1, (field("penjaga"),)),))
    assert refused_items(case, HEALTH, [wanted(Target(ItemKind.FIELD, "penjaga", 2))]) == ()


def test_what_was_sent_back_to_a_stage_may_be_raised_by_its_desks() -> None:
    sent = Asked(1, (replace(wanted(field("nama")), stage="akhir", place=3),), to="teknis")
    assert raisable(replace(CASE, asked=(sent,)), HEALTH) == frozenset({field("nama")})
    assert raisable(replace(CASE, asked=(replace(sent, to=None),)), HEALTH) == frozenset()
