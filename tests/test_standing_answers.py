"""Answers of officers count while the way of the file passes their desk, and no longer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest

from rules.case_event import APPLICANT, ItemKind, RepairItem, RepairReason
from rules.case_state import CaseState
from rules.command import Resubmit, Return
from rules.condition.tree import Not
from rules.decider import Decider
from rules.kind import Facts
from rules.lifecycle import Lifecycle
from rules.permit import Exemption
from rules.repair_list import field
from rules.standing_answers import with_standing
from tests.case_player import Player, officer
from tests.sample_way import ASKED, DOOR, FITS, FORM, ISSUE, LAW, OVEN, SIGNED, city, desk, fee, permit, stage, to


@dataclass
class Walker(Player):
    """A case whose facts follow the way."""

    decider: Decider | None = None

    def facts(self, state: CaseState) -> Facts:
        """Return the facts of the form with the answers that count."""
        assert self.decider is not None
        return with_standing(self.decider, self.lifecycle.transitions, state, self.form, self.officers)

    def pass_on(self, **answers: str) -> CaseState:
        """Let the open desk approve."""
        (asked,) = self.state.open_desks
        return self.approve(asked, answers)

    def repair(self, *tools: str) -> CaseState:
        """Let the open desk ask for the tools anew, and the applicant say which they are."""
        (asked,) = self.state.open_desks
        item = RepairItem(ItemKind.FIELD, "alat", RepairReason.MISTAKEN, asked.stage, asked.place)
        self.done(Return(asked.stage, asked.place, self.state.rounds, (item,)), officer(asked))
        self.form = {**self.form, "alat": tools}
        return self.done(Resubmit((field("alat"),), ("alat",)), APPLICANT)


@pytest.fixture
def walker() -> Iterator[Walker]:
    """A case with an oven, which one agency looks at, and free of charge where it fits; without, another looks."""
    way = permit(
        replace(DOOR, approved=to(("teknis", OVEN), ("dapur", Not(OVEN)))),
        stage("teknis", "penilaian", ASKED),
        stage("dapur", "penilaian", desk("dlhk")),
        stage("penilaian", "penerbitan", desk("bapenda")),
        SIGNED,
        ISSUE,
        fee=replace(fee(), exemptions=(Exemption(FITS, LAW),)),
    )
    decider = Decider(way, city())
    lifecycle = Lifecycle(decider)
    yield Walker(lifecycle, {**FORM, "alat": ("oven",)}, decider=decider)
    lifecycle.close()
    decider.close()


def test_an_answer_of_a_desk_that_the_file_no_longer_passes_decides_and_charges_nothing(walker: Walker) -> None:
    walker.pass_on()
    walker.pass_on(hasil="sesuai")
    assert walker.facts(walker.state)["hasil"] == "sesuai"
    walker.repair("kompor")
    assert [asked.stage for asked in walker.state.open_desks] == ["dapur"]
    assert "hasil" not in walker.facts(walker.state)
    walker.pass_on()
    walker.pass_on()
    assert walker.state.account is not None
    assert (walker.state.status, walker.state.account.due) == ("pembayaran", 45_000)


def test_it_counts_again_when_the_file_passes_the_desk_again(walker: Walker) -> None:
    walker.pass_on()
    walker.pass_on(hasil="sesuai")
    walker.repair("kompor")
    walker.pass_on()
    walker.repair("oven")
    assert [asked.stage for asked in walker.state.open_desks] == ["penilaian"]
    assert walker.facts(walker.state)["hasil"] == "sesuai"
    assert walker.pass_on().status == "penandatanganan"  # nothing is to be paid


def test_while_a_desk_before_it_looks_again_an_answer_still_counts(walker: Walker) -> None:
    walker.pass_on()
    walker.pass_on(hasil="sesuai")
    desks = tuple(replace(one, answer=None) if one.stage == "verifikasi" else one for one in walker.state.desks)
    (asked,) = walker.state.open_desks
    item = RepairItem(ItemKind.FIELD, "nama", RepairReason.MISTAKEN, asked.stage, asked.place)
    walker.done(Return(asked.stage, asked.place, 0, (item,)), officer(asked))
    assert walker.facts(replace(walker.state, desks=desks))["hasil"] == "sesuai"
