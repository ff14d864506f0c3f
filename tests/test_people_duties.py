"""Nobody takes two duties of one case, and nobody works on an application that is their own."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import product
from pathlib import Path

import pytest

from rules.case_event import Actor, DeskAnswered, Event, Happened, Noted, Paid, SignatureAsked, Verdict
from rules.field import Field
from rules.kind import Kind
from rules.words import Words
from runtime.people.act import Act
from runtime.people.duties import Done, Duty, clash, clashes, done_in, duty_of
from runtime.people.recusal import indexes_in, nik_index, phone_index, recused
from runtime.vault import Vault, open_vault

AT = datetime(2026, 7, 1, tzinfo=UTC)
CITY = "kota-uji"
ANNA, BENO = "198501012010012001", "198501012010011002"
NIK = "5371014506850003"


@pytest.mark.parametrize(("first", "second"), list(product(Duty, Duty)))
def test_whoever_has_done_one_duty_may_do_no_other_and_the_same_again(first: Duty, second: Duty) -> None:
    done = [Done(ANNA, first)]
    assert clash(done, ANNA, second) == (None if first is second else first)
    assert clash(done, BENO, second) is None


def test_it_is_the_person_that_counts_and_not_the_post() -> None:
    history = [
        happened(DeskAnswered(0, Verdict.APPROVED), Actor(ANNA, "front_office", "dpmptsp")),
        happened(DeskAnswered(0, Verdict.APPROVED), Actor(ANNA, "tim_teknis", "dinkes")),
        happened(DeskAnswered(1, Verdict.RETURNED), Actor(BENO, "tim_teknis", "pupr")),
    ]
    done = done_in(history, CITY, "dpmptsp")
    assert done == (Done(ANNA, Duty.VERIFY), Done(ANNA, Duty.RECOMMEND), Done(BENO, Duty.RECOMMEND))
    assert clashes(done) == ((ANNA, Duty.RECOMMEND, Duty.VERIFY),)


def test_a_case_with_a_person_for_each_duty_has_no_clash() -> None:
    history = [
        happened(DeskAnswered(0, Verdict.APPROVED), Actor("1", "front_office", "dpmptsp")),
        happened(DeskAnswered(0, Verdict.APPROVED), Actor("2", "tim_teknis", "dinkes")),
        happened(DeskAnswered(0, Verdict.APPROVED), Actor("3", "back_office", "dpmptsp")),
        happened(Paid("r", 1, AT), Actor("sistem", "sistem")),  # by the bank: nobody's duty
        happened(SignatureAsked("4"), Actor("4", "kepala", "dpmptsp")),
        happened(Noted(), Actor("1", "front_office", "dpmptsp")),
        happened(Paid("r", 1, AT), Actor("5", "bendahara", "bapenda")),
    ]
    done = done_in(history, CITY, "dpmptsp")
    assert [one.duty for one in done] == [Duty.VERIFY, Duty.RECOMMEND, Duty.APPROVE, Duty.SIGN, Duty.RECEIVE]
    assert clashes(done) == ()


def test_each_act_that_is_a_duty_says_which() -> None:
    duties = {act: duty for act in Act if (duty := duty_of(act)) is not None}
    assert set(duties.values()) == set(Duty)
    assert duties[Act.INITIAL] is duties[Act.APPROVE] is Duty.APPROVE
    assert duties[Act.COUNTERSIGN] is duties[Act.RECOMMEND] is Duty.RECOMMEND
    assert Act.READ_CASE not in duties


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return open_vault(tmp_path / "kunci")


FIELDS = (
    Field("nama", Kind.TEXT, Words("Nama")),
    Field("nik", Kind.NIK, Words("NIK")),
    Field("telepon", Kind.PHONE, Words("Telepon")),
    Field("penjaga", Kind.LIST, Words("Penjaga"), items=(Field("nik", Kind.NIK, Words("NIK")),)),
)


def test_an_officer_is_recognised_in_an_application_by_nik_or_telephone_in_it(vault: Vault) -> None:
    own = frozenset({nik_index(vault, CITY, NIK), phone_index(vault, CITY, "+62 812-3456-7890")})
    for answers in (
        {"nama": "Anna", "nik": NIK},
        {"telepon": "081234567890"},
        {"penjaga": [{"nik": "5371014506850009"}, {"nik": NIK}]},
    ):
        assert recused(own, indexes_in(vault, CITY, FIELDS, answers)), answers
    for answers in ({"nama": NIK}, {"nik": "5371014506850009"}, {"telepon": "081234567891"}, {}, {"penjaga": "x"}):
        assert not recused(own, indexes_in(vault, CITY, FIELDS, answers)), answers
    assert not recused(frozenset(), indexes_in(vault, CITY, FIELDS, {"nik": NIK}))
    assert nik_index(vault, CITY, NIK) != nik_index(vault, "kota-lain", NIK)


def happened(event: Event, by: Actor) -> Happened:
    return Happened(1, AT, by, event)
