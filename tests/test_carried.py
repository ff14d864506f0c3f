"""The reason told to an applicant: the rule cut down to what was answered."""

from __future__ import annotations

import random

from rules.answers import typed
from rules.carried import carried
from rules.condition.decide import holds
from rules.condition.tree import Always, Answered, Between, Every, Not, OneOf, Some
from rules.kind import Facts, Kind
from tests.condition_samples import FIELDS, some_answers, some_condition


def _facts(chance: random.Random) -> Facts:
    return typed(FIELDS.values(), some_answers(chance))


NEW = OneOf("permohonan", Kind.CHOICE, ("baru", "perubahan"))
LARGE = Between("luas", Kind.INTEGER, low=500)


def test_a_reason_names_only_the_option_that_was_chosen() -> None:
    assert carried(NEW, {"permohonan": "baru"}) == OneOf("permohonan", Kind.CHOICE, ("baru",))


def test_a_reason_leaves_out_the_ways_that_did_not_hold() -> None:
    rule = Every((NEW, Some((LARGE, OneOf("fungsi", Kind.CHOICE, ("usaha",))))))
    facts: Facts = {"permohonan": "perubahan", "luas": 600, "fungsi": "hunian"}
    assert carried(rule, facts) == Every((OneOf("permohonan", Kind.CHOICE, ("perubahan",)), LARGE))


def test_what_was_not_to_be_is_told_as_what_was_answered() -> None:
    assert carried(Not(NEW), {"permohonan": "pencabutan"}) == OneOf("permohonan", Kind.CHOICE, ("pencabutan",))


def test_a_rule_that_always_holds_has_no_reason() -> None:
    assert carried(Always(), {}) == Every(())


def test_a_rule_that_does_not_hold_has_none_either() -> None:
    assert carried(Every((NEW, Answered("luas"))), {"permohonan": "baru"}) is None


def test_a_reason_exists_exactly_when_the_rule_holds_and_holds_itself() -> None:
    chance = random.Random(20261122)
    held = 0
    for _ in range(4_000):
        condition, facts = some_condition(chance), _facts(chance)
        reason = carried(condition, facts)
        assert (reason is not None) is holds(condition, facts)
        if reason is not None:
            held += 1
            assert holds(reason, facts)
    assert held > 400


def test_whoever_fits_the_reason_fits_the_rule() -> None:
    chance = random.Random(7)
    fitting = 0
    for _ in range(2_000):
        condition, facts = some_condition(chance), _facts(chance)
        if (reason := carried(condition, facts)) is None:
            continue
        for _ in range(5):
            others = _facts(chance)
            if holds(reason, others):
                fitting += 1
                assert holds(condition, others)
    assert fitting > 100
