"""In whose court cases are, in public: minutes that add up, figures of nobody alone, and soon enough for many cases."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, func, insert, select
from starlette.testclient import TestClient

from generator.model import Catalog
from rules.case_event import APPLICANT
from rules.case_state import Holder, HolderKind, Span
from rules.command import Withdraw
from rules.holder import minutes_by_holder
from runtime.cases.journal_tables import case_file
from runtime.cases.store import Store
from runtime.clock import as_text
from runtime.public.board import Board
from runtime.public.figures import CourtFigures, Few, Figures
from runtime.public.office_clock import OfficeClock
from runtime.public.tables import ended_case, holder_minutes
from runtime.settings import Settings
from runtime.site import site
from tests.case_reader import said
from tests.kupang_office import CITY, KupangOffice, kupang_catalog, open_office, published
from tests.test_case_pages import returned

KUPANG = kupang_catalog().cities[CITY].city
HOLDERS = (Holder(HolderKind.APPLICANT), Holder(HolderKind.AGENCY, "pupr"), Holder(HolderKind.FRONT_OFFICE, "dpmptsp"))
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC))


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return kupang_catalog()


@pytest.fixture(scope="module")
def releases(catalog: Catalog, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return published(tmp_path_factory.mktemp("rilis"), catalog)


@pytest.fixture
def office(tmp_path: Path, releases: Path, catalog: Catalog, database_url: str | None) -> Iterator[KupangOffice]:
    opened = open_office(tmp_path, releases, catalog, url=database_url)
    yield opened
    opened.store.close()
    opened.releases.close()


def board_of(office: KupangOffice) -> Figures:
    board = Board(office.store.database, office.hands, office.releases.city)
    return board.work_out(KUPANG, office.hands())


def court(figures: Figures, agency: str) -> CourtFigures:
    return next(one for one in figures.courts if one.court[1] == agency)


@given(st.lists(MOMENTS, min_size=2, max_size=12, unique=True), st.data())
@settings(max_examples=200, deadline=None)
def test_the_office_clock_says_the_minutes_that_the_rules_say(moments: list[datetime], data: st.DataObject) -> None:
    *marks, until = sorted(moments)
    spans = tuple(Span(at, data.draw(st.sampled_from(HOLDERS))) for at in marks)
    clock = OfficeClock(KUPANG)
    assert clock.counted(spans).until(clock.passed(until)) == minutes_by_holder(KUPANG, spans, until)


def test_a_case_that_ends_leaves_the_minutes_of_each_holder_once(office: KupangOffice) -> None:
    nomor = returned(office)
    office.hands.pass_by(days=9, minutes=41)
    office.done(nomor, Withdraw(), APPLICANT)
    state = office.state(nomor)
    assert state.ended_at is not None

    def kept(connection: Connection) -> dict[Holder, int]:
        rows = connection.execute(select(holder_minutes).where(holder_minutes.c.nomor == nomor))
        return {Holder(HolderKind(row.holder_kind), row.agency or None): row.minutes for row in rows}

    minutes = office.store.database.read(kept)
    assert minutes == minutes_by_holder(KUPANG, state.spans, state.ended_at)
    assert sum(minutes.values()) == (
        OfficeClock(KUPANG).passed(state.ended_at) - OfficeClock(KUPANG).passed(state.filed_at)
    ) // timedelta(minutes=1)
    row = office.store.database.read(lambda connection: connection.execute(select(ended_case)).one())
    assert (row.permit, row.status, row.returns, row.days) == ("pbg", "dibatalkan", 1, 7)


def test_the_minutes_of_open_cases_are_those_of_the_rules(office: KupangOffice) -> None:
    cases = [returned(office) for _ in range(3)]
    cases += [office.file() for _ in range(3)]
    office.hands.pass_by(days=3, hours=1, minutes=7)
    board = Board(office.store.database, office.hands, office.releases.city)
    for _ in range(2):  # the second time from what is remembered
        office.hands.pass_by(hours=1)
        office.approve_all(cases[-1])
        expected: dict[str, int] = {}
        for nomor in cases:
            for holder, minutes in minutes_by_holder(KUPANG, office.state(nomor).spans, office.hands()).items():
                expected[holder.agency or ""] = expected.get(holder.agency or "", 0) + minutes
        figures = board.work_out(KUPANG, office.hands())
        found = {one.court[1]: one.so_far for one in figures.courts if not isinstance(one.so_far, Few)}
        assert found.items() <= expected.items()
        assert {"", "dpmptsp", "pupr", "dishub"} <= found.keys()


def test_nothing_is_said_of_one_or_two(office: KupangOffice) -> None:
    for _ in range(2):
        office.file()
    figures = board_of(office)
    assert {(one.holds, one.asked, one.so_far) for one in figures.courts} == {(Few(), Few(), Few())}
    office.file()
    office.hands.pass_by(hours=5)
    door = court(board_of(office), "dpmptsp")
    assert (door.holds, door.asked, door.late) == (3, 3, 0)
    office.hands.pass_by(days=10)
    assert court(board_of(office), "dpmptsp").late == 3
    office.file()  # one that is not late
    assert court(board_of(office), "dpmptsp").late == Few()


def test_no_two_figures_subtracted_are_of_one_or_two(office: KupangOffice) -> None:
    first = [office.file() for _ in range(2)]
    for nomor in first:
        office.done(nomor, Withdraw(), APPLICANT)
    office.hands.pass_by(days=40)
    for nomor in [office.file() for _ in range(3)]:
        office.hands.pass_by(hours=2)
        office.done(nomor, Withdraw(), APPLICANT)
    door = court(board_of(office), "dpmptsp")
    assert isinstance(door.short, Few)
    assert not isinstance(door.long, Few)
    (permit,) = board_of(office).permits
    assert (permit.ended, permit.returns, permit.median) == (5, 0, None)  # nothing was decided


def test_the_page_is_for_everybody_and_names_no_case(
    office: KupangOffice, tmp_path: Path, releases: Path, database_url: str | None
) -> None:
    for _ in range(3):
        returned(office)
    office.store.close()
    with TestClient(
        site(Settings(tmp_path, releases, "http://testserver", office.hands(), database=database_url))
    ) as client:
        answer = client.get(f"/{CITY}/kinerja")
        home = client.get(f"/{CITY}/").text
    office.store = Store(tmp_path, office.hands, url=database_url)
    text = said(answer.text)
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "private, no-cache")
    assert f'href="/{CITY}/kinerja"' in home
    assert "Pemohon (perbaikan dan pembayaran) Permohonan yang sedang dipegang 3" in text
    assert "Angka kurang dari 3 tidak ditampilkan" in text
    assert not re.search(r"KPG-\d{4}|\d{16}|\d{18}", answer.text)
    assert len(answer.content) < 30 * 1024


@pytest.mark.long
def test_a_hundred_thousand_cases_are_counted_while_somebody_waits(office: KupangOffice) -> None:
    pattern = returned(office)
    grow(office, pattern, 95_000, 5_000)
    board = Board(office.store.database, office.hands, office.releases.city)
    taken = []
    for _ in range(3):
        began = time.monotonic()
        board.work_out(KUPANG, office.hands())
        taken.append(time.monotonic() - began)
    assert taken[0] < 30
    assert min(taken[1:]) < 10, taken


def grow(office: KupangOffice, pattern: str, ended: int, open_: int) -> None:
    """Copy the rows of a case, as many times ended and open, for what they weigh."""
    now = office.hands()

    def work(connection: Connection) -> None:
        row = dict(connection.execute(select(case_file).where(case_file.c.nomor == pattern)).mappings().one())
        for first in range(0, open_, 1000):
            rows = [{**row, "nomor": f"B-{number}"} for number in range(first, min(first + 1000, open_))]
            connection.execute(insert(case_file), rows)
        agencies = [("pemohon", ""), ("instansi", "pupr"), ("instansi", "dlhk"), ("loket", "dpmptsp")]
        for first in range(0, ended, 1000):
            numbers = range(first, min(first + 1000, ended))
            when = {n: as_text(now - timedelta(days=n % 365, minutes=1)) for n in numbers}
            over = {"holder_kind": "selesai", "holder_agency": None, "status": "terbit"}
            connection.execute(
                insert(case_file), [{**row, **over, "nomor": f"S-{n}", "ended_at": when[n]} for n in numbers]
            )
            place = {"daerah": CITY, "permit": "pbg", "status": "terbit", "returns": 1}
            connection.execute(
                insert(ended_case),
                [{**place, "nomor": f"S-{n}", "days": n % 30, "ended_at": when[n]} for n in numbers],
            )
            minutes = [
                {"daerah": CITY, "nomor": f"S-{n}", "holder_kind": kind, "agency": agency, "minutes": n % 900}
                | {"ended_at": when[n]}
                for n in numbers
                for kind, agency in agencies
            ]
            connection.execute(insert(holder_minutes), minutes)

    office.run(office.store.database.write(work))
    counted = office.store.database.read(lambda c: c.execute(select(func.count()).select_from(case_file)).scalar_one())
    assert counted == ended + open_ + 1
