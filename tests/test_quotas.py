"""A quota: so many are taken in a period and no more, each told why; who ends in nothing gives the place back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from generator.build import build, publish
from generator.examination import examine
from generator.model import CityCatalog
from rules.case_event import APPLICANT
from rules.command import Withdraw
from rules.permit import QuotaPeriod
from runtime.settings import Settings
from runtime.site import site
from tests.form_walker import FormWalker
from tests.office_visitor import kit_behind

CATALOG = Path(__file__).parent / "cases" / "kota_kedua"
CITY, PERMIT = "kota-ampera", "pakai-aula"
FULL = "Aula besar sudah dipesan dua kali bulan ini."


@pytest.fixture(scope="module")
def ampera() -> CityCatalog:
    found = examine(CATALOG).catalog
    assert found is not None
    return found.cities[CITY]


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    found = examine(CATALOG).catalog
    assert found is not None
    publish(tmp_path / "rilis", build(found, tmp_path / "rilis"))
    morning = datetime.fromisoformat("2026-03-02T09:00+07:00")
    with TestClient(site(Settings(tmp_path / "data", tmp_path / "rilis", "http://testserver", morning))) as opened:
        yield opened


def test_what_is_over_the_quota_is_refused_in_its_words_until_a_place_comes_back(
    client: TestClient, ampera: CityCatalog
) -> None:
    booking = next(one for one in ampera.examples if one.permit == PERMIT and not one.partial)

    def booked(room: str) -> str:
        client.cookies.clear()
        given = replace(booking, answers={**booking.answers, "ruang": room})
        return FormWalker(client, CITY, PERMIT).file(given)[0]

    first = booked("besar")
    booked("besar")
    booked("kecil")  # the quota counts the large hall alone
    with pytest.raises(AssertionError, match=FULL):
        booked("besar")
    assert client.portal is not None
    client.portal.call(kit_behind(client).serving.casework.act, CITY, first, Withdraw(), APPLICANT)
    booked("besar")
    with pytest.raises(AssertionError, match=FULL):
        booked("besar")


def test_the_standard_says_the_quota_and_its_law(client: TestClient) -> None:
    page = client.get(f"/{CITY}/izin/{PERMIT}").text
    assert "Kuota: paling banyak 2 permohonan per bulan" in page
    assert "Perda Ampera 1/2024 Pasal 10" in page


@pytest.mark.parametrize(
    ("period", "told"),
    [(QuotaPeriod.DAY, "2026-03-02"), (QuotaPeriod.MONTH, "2026-03"), (QuotaPeriod.YEAR, "2026")],
)
def test_each_period_is_counted_by_itself(ampera: CityCatalog, period: QuotaPeriod, told: str) -> None:
    [quota] = ampera.permits[PERMIT][-1].permit.quotas
    assert replace(quota, period=period).series(PERMIT, 0, date(2026, 3, 2)) == f"kuota:{PERMIT}:0:{told}"
