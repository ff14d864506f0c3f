"""Every refusal of a command is one clear sentence in both languages, that says what to do now."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import get_args

import pytest

from rules.case_event import ItemKind, Target
from rules.command import (
    AnotherRound,
    BeyondTheList,
    CollectedAlready,
    DeskClosed,
    GivenToAnother,
    NeedsProduct,
    NoMorePauses,
    NoMoreRounds,
    NotAnsweredYet,
    NotHandedIn,
    NothingListed,
    NothingToDo,
    NoticeOver,
    NoticeRuns,
    NotNow,
    NotYourDesk,
    ObjectionsOpen,
    OneDutyEach,
    PaidAlready,
    PausedNow,
    PauseTooLong,
    RaisedTooLate,
    Refusal,
    Signing,
    Stranded,
    TimeLeft,
    TwoPeopleNeeded,
    UnknownLaw,
    VisitNotReported,
)
from runtime.cases.refusal_words import Named, refusal_words

AT = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
KTP = Target(ItemKind.DOCUMENT, "ktp")
REFUSALS: tuple[Refusal, ...] = (
    *(NotNow("perbaikan"), NotNow("akhir_lain"), DeskClosed(None), DeskClosed("1"), AnotherRound(), NotYourDesk()),
    *(GivenToAnother("1"), OneDutyEach("verifikasi"), OneDutyEach("lain"), TwoPeopleNeeded(), VisitNotReported()),
    *(NotAnsweredYet(("hasil", "nomor")), NoMoreRounds(2), RaisedTooLate((KTP,)), NothingListed()),
    *(
        BeyondTheList((KTP,)),
        NoticeRuns(AT),
        NoticeOver(AT),
        NoticeOver(),
        ObjectionsOpen((1, 2)),
        TimeLeft(AT),
        PaidAlready(),
        UnknownLaw(),
        Signing(),
        PausedNow(AT),
        NotHandedIn((KTP,)),
        CollectedAlready("1", AT),
        NoMorePauses(1),
        PauseTooLong(AT),
        NothingToDo(),
    ),
    *(NeedsProduct("krk"), Stranded("tidak ada jalan")),
)
NAMED = Named(
    person=lambda nip: f"Orang {nip}",
    target=lambda target: target.code.upper(),
    question=lambda code: code.capitalize(),
    moment=lambda at, lang: f"{at:%d-%m-%Y} {lang}",
)


def test_every_refusal_there_is_has_its_words() -> None:
    told = {type(one) for one in REFUSALS}
    assert {one for one in get_args(Refusal) if one not in told} == set()


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda one: type(one).__name__)
def test_a_refusal_is_a_sentence_in_both_languages(refusal: Refusal) -> None:
    words = refusal_words(refusal, NAMED)
    for said in (words.id, words.to("en")):
        assert said.endswith(".")
        assert said[0].isupper()
        assert "{" not in said
        assert "None" not in said
    assert words.id != words.to("en")


def test_a_refusal_names_people_questions_and_moments() -> None:
    assert "Orang 1 sudah menjawab lebih dahulu" in refusal_words(DeskClosed("1"), NAMED).id
    assert "Hasil, Nomor" in refusal_words(NotAnsweredYet(("hasil", "nomor")), NAMED).id
    assert "KTP" in refusal_words(RaisedTooLate((KTP,)), NAMED).to("en")
    assert "02-03-2026 en" in refusal_words(NoticeRuns(AT), NAMED).to("en")
