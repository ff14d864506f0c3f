"""The page of alarms: what has happened, what to do, and who sees to it."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from runtime.chores.alarms import AlarmKind, call
from runtime.json_text import Json
from runtime.office.alarm_list import WORDS
from runtime.people.actor import Post
from tests.office_visitor import OFFICE, Visitor, office_in, said
from tests.sample_office import CITY

ADMIN, AUDITOR, KEEPER = Post("dpmptsp", "admin"), Post("inspektorat", "auditor"), Post("dpmptsp", "pengelola_katalog")
DETAILS: Mapping[AlarmKind, Mapping[str, Json]] = {
    AlarmKind.SWEEP_HALTED: {"would": 21, "open": 40},
    AlarmKind.DEEMED: {},
    AlarmKind.ENGINE: {},
    AlarmKind.CLOCK: {"seconds": -10},
    AlarmKind.PAUSE: {"reason": "Blangko kartu habis", "permit": "Kartu juru parkir"},
    AlarmKind.CHORE: {"fault": "OSError"},
    AlarmKind.STRANDED: {"reason": "luas"},
    AlarmKind.LETTER: {"letter": "KPG-2026-000001-sk.pdf"},
}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Visitor]:
    with office_in(tmp_path) as visitor:
        yield visitor


def called(office: Visitor, kind: AlarmKind, subject: str = "notices") -> bool:
    database, at = office.serving.store.database, office.serving.store.clock()
    return asyncio.run(database.write(lambda c: call(c, CITY, kind, subject, DETAILS[kind], at)))


def buttons(page: str) -> list[str]:
    return re.findall(r'action="([^"]*/peringatan/[0-9a-f]+)"', page)


def test_every_alarm_says_what_happened_and_what_to_do(office: Visitor) -> None:
    assert set(WORDS) == set(DETAILS) == set(AlarmKind)
    office.enter(ADMIN)
    for kind in AlarmKind:
        assert called(office, kind)
    page = said(office.client.get(f"{OFFICE}/peringatan").text)
    assert f"Peringatan ({len(AlarmKind)})" in page
    assert "lewat batas hukum: 21 dari 40 yang berjalan" in page
    assert "berbeda -10 detik" in page
    assert "«notices» gagal (OSError)" in page
    english = said(office.client.get(f"{OFFICE}/peringatan?bahasa=en").text)
    assert "The rule engine could not decide" in english


def test_one_sees_to_it_and_whoever_comes_later_is_told(office: Visitor) -> None:
    assert called(office, AlarmKind.CHORE)
    office.enter(ADMIN)
    other = office.away()
    other.enter(ADMIN)
    [path] = buttons(office.client.get(f"{OFFICE}/peringatan").text)
    stale = other.token(f"{OFFICE}/peringatan")
    after = office.send(path, f"{OFFICE}/peringatan")
    assert "Tidak ada peringatan yang menunggu." in said(after.text)
    assert "Sudah ditangani" in said(after.text)
    late = other.client.post(path, data={"token": stale})
    assert late.status_code == 409
    assert "sudah ditangani rekan Anda" in said(late.text)
    assert not called(office, AlarmKind.CHORE)  # a day to see to it


def test_who_may_not_answer_sees_no_button_and_who_may_not_look_no_page(office: Visitor) -> None:
    assert called(office, AlarmKind.CHORE)
    auditor = office.away()
    auditor.enter(AUDITOR)
    page = auditor.client.get(f"{OFFICE}/peringatan")
    assert "gagal (OSError)" in said(page.text)
    assert buttons(page.text) == []
    keeper = office.away()
    keeper.enter(KEEPER)
    assert keeper.client.get(f"{OFFICE}/peringatan").status_code == 404
