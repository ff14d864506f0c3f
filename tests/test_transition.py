"""What may follow what: a permit's `alur` and the built-in ways, decided by the engine over facts, state and event."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from rules.limit import limits
from rules.transition import (
    ANEW,
    PAYMENT,
    PERSON,
    REPAIR,
    NotAllowed,
    Step,
    Transitions,
    Undecided,
    transition_fields,
    transition_rules,
    transitions_of,
)
from tests.sample_way import FORM, ways


@pytest.fixture
def plain() -> Iterator[Transitions]:
    opened = Transitions(ways()["plain"])
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("state", "event", "target"),
    [
        ("verifikasi", Step.APPROVE, "teknis"),
        ("verifikasi", Step.RETURN, REPAIR),
        ("verifikasi", Step.REFUSE, "penolakan"),
        ("teknis", Step.WITHDRAW, ".dibatalkan"),
        ("penerbitan", Step.APPROVE, "terbit"),
        ("penolakan", Step.APPROVE, ".ditolak"),
        (REPAIR, Step.RESUBMIT, ANEW),
        (REPAIR, Step.EXPIRE, ".kedaluwarsa"),
        (REPAIR, Step.WITHDRAW, ".dibatalkan"),
        (PAYMENT, Step.PAY, ANEW),
        (PAYMENT, Step.WITHDRAW, ".dibatalkan"),
        (PERSON, Step.DECIDE, ANEW),
        (".terbit", Step.REVOKE, ".dicabut"),
    ],
)
def test_what_leads_where(plain: Transitions, state: str, event: Step, target: str) -> None:
    assert plain.target(state, event, FORM) == target


@pytest.mark.parametrize(
    ("state", "event"),
    [
        ("verifikasi", Step.PAY),
        ("teknis", Step.EXPIRE),
        ("penolakan", Step.RETURN),
        (REPAIR, Step.APPROVE),
        (PAYMENT, Step.RESUBMIT),
        (PERSON, Step.APPROVE),
        (".terbit", Step.WITHDRAW),
        (".ditolak", Step.REVOKE),
        ("tidak_ada", Step.APPROVE),
    ],
)
def test_what_may_not_happen(plain: Transitions, state: str, event: Step) -> None:
    assert plain.target(state, event, FORM) == NotAllowed()


def test_a_way_that_depends_on_an_answer_is_told_by_it() -> None:
    opened = Transitions(ways()["refused by an answer"])
    assert opened.target("teknis", Step.APPROVE, {**FORM, "hasil": "sesuai"}) == "penerbitan"
    assert opened.target("teknis", Step.APPROVE, {**FORM, "hasil": "tidak"}) == "penolakan"
    assert opened.target("teknis", Step.APPROVE, FORM) == Undecided("0 rows hold at teknis, setuju")
    opened.close()


def test_stages_of_the_catalog_stand_for_the_built_in_ways() -> None:
    back, refused = Transitions(ways()["back inside"]), Transitions(ways()["own refusal"])
    assert back.target("teknis", Step.RETURN, FORM) == "verifikasi"
    assert refused.target("teknis", Step.REFUSE, FORM) == "surat_tolak"
    back.close()
    refused.close()


def test_a_closed_engine_leaves_it_to_a_person(plain: Transitions) -> None:
    plain.close()
    assert plain.target("verifikasi", Step.APPROVE, FORM) == Undecided("the engine was closed")


@pytest.mark.parametrize("name", list(ways()))
def test_the_rules_of_every_way_are_within_the_limits_and_decided_at_their_edges(name: str) -> None:
    permit = ways()[name]
    assert limits(transition_rules(permit), transition_fields(permit)) == ()
    opened = Transitions(permit)
    assert opened.book.exercise(50) is None
    for state, event in transitions_of(permit):
        assert not isinstance(opened.target(state, event, {**FORM, "hasil": "sesuai"}), NotAllowed | Undecided)
    opened.close()
