"""What is decided of a whole application, and what is said of it when nothing could be concluded."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from rules.bill import LeftToAPerson, Undetermined
from rules.condition.tree import ALWAYS, Condition, OneOf
from rules.decider import Decider
from rules.decision_told import told
from rules.kind import Kind, Value
from rules.permit import Component, Constant, Exemption, Factor, Fee, Formula, Free, Permit, Requirement
from rules.table import Row, Table
from rules.words import Words
from tests.sample_permit import LAW, sample_city, sample_permit

AT = datetime(2026, 3, 2, 9, tzinfo=ZoneInfo("Asia/Makassar"))
ATTENDANTS: tuple[Mapping[str, Value], ...] = (
    {"nama": "Ani", "bersertifikat": True},
    {"nama": "Budi", "bersertifikat": False},
)
ANSWERS: dict[str, Value] = {"luas": Decimal("20.50"), "penjaga": ATTENDANTS}
CERTIFIED = OneOf("bersertifikat", Kind.YES_NO, (True,))


def per_attendant(when: Condition = CERTIFIED) -> Permit:
    """Return a permit that charges for each attendant, less for one who is certified."""
    permit = sample_permit()
    assert isinstance(permit.fee, Fee)
    fee = dataclasses.replace(
        permit.fee,
        factors=(
            Factor("pokok", Table((Row(Formula("luas * 2")),)), citation=LAW),
            Factor(
                "potongan",
                Table((Row(Constant(Decimal("0.5")), when), Row(Constant(Decimal(1)), otherwise=True))),
                "penjaga",
                LAW,
            ),
        ),
        components=(Component(Words("Penjaga"), Table((Row(Formula("pokok * potongan")),)), "penjaga"),),
        exemptions=(Exemption(OneOf("buka_24_jam", Kind.YES_NO, (True,)), LAW),),
    )
    return dataclasses.replace(permit, fee=fee)


@pytest.fixture
def decider() -> Iterator[Decider]:
    opened = Decider(per_attendant(), sample_city())
    yield opened
    opened.close()


def test_each_line_for_an_item_is_told_with_its_list_and_the_values_behind_its_factors(decider: Decider) -> None:
    bill = told(decider.decide(ANSWERS, AT), sample_city(), "id")["biaya"]
    assert isinstance(bill, dict)
    lines = bill["baris"]
    assert isinstance(lines, list)
    assert [(line["untuk_setiap"], line["butir"], line["nilai"]) for line in lines if isinstance(line, dict)] == [
        ("penjaga", 1, "20,5"),
        ("penjaga", 2, "41"),
    ]
    assert isinstance(lines[0], dict)
    given = lines[0]["masukan"]
    assert isinstance(given, list)
    assert isinstance(given[0], dict)
    assert (given[0]["kode"], given[0]["rumus"]) == ("pokok", "Luas ruangan × 2")
    behind = given[0]["masukan"]
    assert isinstance(behind, list)
    assert [one["kode"] for one in behind if isinstance(one, dict)] == ["luas"]


def test_nothing_is_concluded_where_the_engine_could_not() -> None:
    decider = Decider(per_attendant(), sample_city())
    decider.close()
    decision = decider.decide(ANSWERS, AT)
    assert decision.manual == "the engine was closed"
    assert decision.bill.due == Undetermined((LeftToAPerson(),))
    assert (decision.documents, decision.steps, decision.end, decision.promise) == ((), (), None, None)
    assert decision.open_at == "verifikasi"
    bill = told(decision, sample_city(), "id")["biaya"]
    assert isinstance(bill, dict)
    assert (bill["rupiah"], bill["belum_pasti"], bill["gratis"]) == (None, ["diputuskan petugas"], False)


def test_a_fee_is_left_to_a_person_where_the_engine_failed_at_an_item(decider: Decider) -> None:
    decider.item_books["penjaga"].close()
    decision = decider.decide(ANSWERS, AT)
    assert decision.manual == "the engine was closed"
    assert decision.bill.due == Undetermined((LeftToAPerson(),))
    assert decision.bill.lines == ()
    assert [document.code for document in decision.documents] == ["ktp"]


def test_what_is_free_by_law_stays_free_whoever_decides() -> None:
    decider = Decider(dataclasses.replace(sample_permit(), fee=Free(LAW)), sample_city())
    decider.close()
    assert decider.decide(ANSWERS, AT).bill.due == 0


def test_the_digest_of_the_rules_covers_those_of_items(decider: Decider) -> None:
    other = Decider(per_attendant(ALWAYS), sample_city())
    try:
        assert other.book.digest == decider.book.digest
        assert other.ruleset_digest != decider.ruleset_digest
    finally:
        other.close()


def test_a_reason_remembered_for_one_answer_is_not_given_for_another() -> None:
    either = OneOf("bentuk", Kind.CHOICE, ("badan", "perorangan"))
    permit = dataclasses.replace(sample_permit(), requirements=(Requirement("akta", either),))
    decider = Decider(permit, sample_city())
    try:
        given = ("badan", "perorangan", "badan")
        asked = [decider.decide({"bentuk": form}, AT).documents[0].because.words for form in given]
    finally:
        decider.close()
    assert [words and words.id for words in asked] == [
        "Bentuk usaha adalah Badan",
        "Bentuk usaha adalah Perorangan",
        "Bentuk usaha adalah Badan",
    ]
