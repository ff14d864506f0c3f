"""The one way to a case: each role reaches what is its own, and for everything else there is nothing, alike."""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from runtime.cases.case_entry import DeskRow
from runtime.cases.journal_tables import case_file
from runtime.cases.store import Store
from runtime.clock import as_text
from runtime.money.money_tables import bill
from runtime.people.act import Act
from runtime.people.actor import Actor, Anybody, Applicant, Officer, Post, Relation
from runtime.people.matrix import Sight
from runtime.people.reach import log_read, reach, reads_of, visible
from tests.sample_case import AT, CITY, Hands, desk, to_file

OTHER_CITY = "kota-uji"

# Each case by who is, or was, asked about it; the door is asked about every one.
DESKS: dict[str, tuple[DeskRow, ...]] = {
    "pupr": (desk("pupr"),),
    "dinkes, whatever role": (desk("dinkes", role=""),),
    "pupr, answered": (desk("pupr", answered_at=AT, verdict="setuju"),),
    "nobody yet": (),
    "a bill of bapenda": (),
}


@dataclass(frozen=True, slots=True)
class Filed:
    store: Store
    hands: Hands
    cases: dict[str, str]
    session: str
    elsewhere: str

    def seen(self, actor: Actor, daerah: str = CITY) -> dict[str, Relation]:
        """Return the cases that an actor reaches, and how they stand to each."""
        found = {name: reach(self.store, actor, daerah, nomor) for name, nomor in self.cases.items()}
        return {name: one.relation for name, one in found.items() if one is not None}

    def listed(self, actor: Actor) -> set[str]:
        """Return the cases that a list would show."""
        wanted = select(case_file.c.nomor).where(visible(actor, as_text(self.hands())))
        nomors = set(self.store.database.read(lambda connection: connection.execute(wanted).scalars().all()))
        return {name for name, nomor in self.cases.items() if nomor in nomors}


@pytest.fixture
def filed(tmp_path: Path, database_url: str | None) -> Iterator[Filed]:
    hands = Hands()
    with Store(tmp_path / "data", hands, url=database_url) as store:
        cases = {
            name: asyncio.run(store.submissions.file(to_file(f"api:{name}", desks=desks))).nomor
            for name, desks in DESKS.items()
        }
        foreign = asyncio.run(store.submissions.file(to_file("api:x", daerah=OTHER_CITY))).nomor
        of_bapenda = {
            **{"daerah": CITY, "nomor": cases["a bill of bapenda"], "seq": 2, "number": "1", "series": "SKRD"},
            **{"year": 2026, "sequence": 1, "agency": "bapenda", "code": "1", "due": 5, "paid": 0, "waived": 0},
            **{"cancelled": 0, "status": "terbuka", "digest": "0" * 64, "issued_at": as_text(AT)},
        }
        asyncio.run(store.database.write(lambda connection: connection.execute(insert(bill).values(of_bapenda))))
        session = asyncio.run(store.sessions.start(CITY, frozenset({cases["pupr"]})))
        yield Filed(store, hands, cases, session.token, foreign)


def officer(agency: str, role: str, daerah: str = CITY) -> Officer:
    return Officer(daerah, "198501012010011001", Post(agency, role), agency == "dpmptsp")


EVERYTHING = set(DESKS)
SEEN: dict[tuple[str, str], tuple[set[str], Relation]] = {
    ("dpmptsp", "front_office"): (EVERYTHING, Relation.CITY),
    ("dpmptsp", "verifikator"): (EVERYTHING, Relation.CITY),
    ("dpmptsp", "kepala"): (EVERYTHING, Relation.CITY),
    ("inspektorat", "auditor"): (EVERYTHING, Relation.CITY),
    ("pupr", "tim_teknis"): ({"pupr", "pupr, answered"}, Relation.ASSIGNED),
    ("pupr", "kepala"): ({"pupr", "pupr, answered"}, Relation.AGENCY),
    ("dinkes", "tim_teknis"): ({"dinkes, whatever role"}, Relation.ASSIGNED),
    ("dinkes", "kepala"): ({"dinkes, whatever role"}, Relation.ASSIGNED),
    ("dishub", "tim_teknis"): (set(), Relation.CITY),
    ("dishub", "kepala"): (set(), Relation.CITY),
    ("bapenda", "bendahara"): ({"a bill of bapenda"}, Relation.AGENCY),
    ("dpmptsp", "bendahara"): (set(), Relation.CITY),
    ("bapenda", "tim_teknis"): (set(), Relation.CITY),
    ("dpmptsp", "back_office"): (set(), Relation.CITY),
    ("dpmptsp", "pengaduan"): (set(), Relation.CITY),
    ("inspektorat", "pengaduan"): (set(), Relation.CITY),
    ("dpmptsp", "admin"): (set(), Relation.CITY),
    ("dpmptsp", "pengelola_katalog"): (set(), Relation.CITY),
}


def test_each_post_reaches_its_own_cases_and_no_other(filed: Filed) -> None:
    for (agency, role), (expected, relation) in SEEN.items():
        actor = officer(agency, role)
        assert filed.seen(actor) == dict.fromkeys(expected, relation), actor
        assert filed.listed(actor) == expected, actor  # no list shows what no page would open


def test_nobody_reaches_a_case_of_another_city(filed: Filed) -> None:
    for agency, role in SEEN:
        assert reach(filed.store, officer(agency, role), OTHER_CITY, filed.elsewhere) is None
        stranger = officer(agency, role, OTHER_CITY)
        assert filed.seen(stranger) == {}
        assert filed.listed(stranger) == set()


def test_an_applicant_reaches_what_the_session_opens_until_it_ends(filed: Filed) -> None:
    applicant = Applicant(CITY, filed.session)
    assert filed.seen(applicant) == {"pupr": Relation.OWN}
    assert filed.listed(applicant) == {"pupr"}
    assert filed.seen(Applicant(CITY, "somebody else's")) == {}
    assert filed.seen(Applicant(OTHER_CITY, filed.session)) == {}
    filed.hands.at += timedelta(hours=13)
    assert filed.seen(applicant) == {}


def test_somebody_unknown_reaches_nothing(filed: Filed) -> None:
    assert filed.seen(Anybody(CITY)) == {}
    assert filed.listed(Anybody(CITY)) == set()


def test_a_case_that_may_be_read_is_reached_for_no_act_that_the_matrix_does_not_allow(filed: Filed) -> None:
    nomor = filed.cases["pupr"]
    assert reach(filed.store, officer("pupr", "tim_teknis"), CITY, nomor, Act.RECOMMEND) is not None
    for actor, act in (
        (officer("pupr", "tim_teknis"), Act.SIGN),
        (officer("dpmptsp", "front_office"), Act.VERIFY),  # it has no desk on it
        (officer("dpmptsp", "kepala"), Act.SIGN),
        (officer("inspektorat", "auditor"), Act.RECOMMEND),
        (Applicant(CITY, filed.session), Act.RECOMMEND),
    ):
        assert reach(filed.store, actor, CITY, nomor, act) is None, (actor, act)


def test_what_is_shown_of_a_case_goes_by_the_post(filed: Filed) -> None:
    team = reach(filed.store, officer("pupr", "tim_teknis"), CITY, filed.cases["pupr"])
    treasurer = reach(filed.store, officer("bapenda", "bendahara"), CITY, filed.cases["a bill of bapenda"])
    front = reach(filed.store, officer("dpmptsp", "front_office"), CITY, filed.cases["pupr"])
    assert team is not None
    assert treasurer is not None
    assert front is not None
    assert (team.sight, treasurer.sight, front.sight) == (Sight.NO_CONTACT, Sight.BILL, Sight.ALL)
    assert (
        reach(filed.store, officer("bapenda", "bendahara"), CITY, filed.cases["a bill of bapenda"], Act.READ_DOCUMENT)
        is None
    )


def test_an_absent_case_and_a_foreign_one_are_looked_for_as_long(filed: Filed) -> None:
    actor = officer("dishub", "tim_teknis")
    times: dict[str, list[float]] = {"absent": [], "foreign": []}
    for _ in range(300):
        for name, nomor in (("absent", "KPG-2026-999999"), ("foreign", filed.cases["pupr"])):
            began = time.perf_counter()
            assert reach(filed.store, actor, CITY, nomor) is None
            times[name].append(time.perf_counter() - began)
    apart = abs(statistics.median(times["absent"]) - statistics.median(times["foreign"]))
    assert apart < 0.005


def test_no_wildcard_and_no_quote_reaches_anything(filed: Filed) -> None:
    own = filed.cases["pupr"]
    for nomor in ("", "' OR 1=1 --", "%", own[:-1] + "_", own.lower(), own + " ", "\x00", own + "\x00", "9" * 5000):
        assert reach(filed.store, officer("dpmptsp", "front_office"), CITY, nomor) is None, nomor


def test_who_opened_a_case_is_written_down_once_an_hour(filed: Filed) -> None:
    nomor = filed.cases["pupr"]
    auditor, team = officer("inspektorat", "auditor"), Officer(CITY, "2", Post("pupr", "tim_teknis"), door=False)
    for _ in range(3):
        asyncio.run(log_read(filed.store, auditor, nomor))
    asyncio.run(log_read(filed.store, team, nomor))
    assert {(one.nip, one.role) for one in reads_of(filed.store, CITY, nomor)} == {
        (auditor.nip, "auditor"),
        ("2", "tim_teknis"),
    }
    filed.hands.at += timedelta(minutes=61)
    asyncio.run(log_read(filed.store, auditor, nomor))
    assert [one.nip for one in reads_of(filed.store, CITY, nomor)].count(auditor.nip) == 2
    assert reads_of(filed.store, CITY, filed.cases["dinkes, whatever role"]) == ()
