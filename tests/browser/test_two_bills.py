"""Two bills on a phone: the applicant finds each with its code, a treasurer the own agency's; axe finds nothing."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page

from runtime.people.actor import Post
from runtime.people.demo import PASSWORD, demo_people
from tests.browser.served import free_port, served
from tests.kupang_office import open_office, published
from tests.test_two_bills import CITY, SURVEY, catalog, issued, paid, to_payment

pytestmark = pytest.mark.browser

Shot = Callable[[Page, str], None]
Check = Callable[[Page], None]


@dataclass(frozen=True)
class Filed:
    """Two cases: one waits for its survey, of the other the tax is open."""

    waiting: str
    waiting_code: str
    granted: str
    granted_code: str


@pytest.fixture(scope="session")  # before a browser is open, whose event loop nothing else may run beside
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Filed]]:
    data, releases = tmp_path_factory.mktemp("data"), published(tmp_path_factory.mktemp("rilis"), catalog())
    office = open_office(data, releases, catalog(), city=CITY)
    waiting, granted = to_payment(office), to_payment(office)
    paid(office, granted, "survei", "B-1", SURVEY + 20_000)
    issued(office, granted)
    codes = [office.store.submissions.code(CITY, nomor) for nomor in (waiting, granted)]
    filed = Filed(waiting, codes[0], granted, codes[1])
    office.store.close()
    office.releases.close()
    port = free_port()
    settings = {
        "SATUPINTU_DATA": str(data),
        "SATUPINTU_RILIS": str(releases),
        "SATUPINTU_JAM": office.hands().isoformat(),
        "SATUPINTU_PERAGAAN": "ya",
    }
    command = [sys.executable, "-m", "uvicorn", "--factory", "runtime.site:site", "--port", str(port)]
    with served([*command, "--log-level", "warning"], port, settings) as address:
        yield address, filed


@pytest.fixture(scope="session")
def server(town: tuple[str, Filed]) -> str:
    return town[0]


def opened(page: Page, nomor: str, code: str) -> None:
    page.goto(f"/{CITY}/lacak")
    page.fill("[name=nomor]", nomor)
    page.fill("[name=kode]", code)
    page.click("main button")
    page.goto(f"/{CITY}/permohonan/{nomor}/tagihan")


def test_an_applicant_sees_both_bills_on_a_phone_without_scripts(
    plain_page: Page, town: tuple[str, Filed], accessible: Check, shot: Shot
) -> None:
    filed, page = town[1], plain_page
    opened(page, filed.waiting, filed.waiting_code)
    assert page.get_by_text("Membayar yang satu tidak melunasi yang lain.").is_visible()
    accessible(page)
    shot(page, "two-bills")
    page.click("text=Lihat tagihan dan cara membayar")
    assert page.get_by_text("Ditagih oleh").first.is_visible()
    accessible(page)
    shot(page, "two-bills-survey")
    page.goto(f"/{CITY}/permohonan/{filed.waiting}")
    accessible(page)
    shot(page, "two-bills-case")
    page.goto(f"/{CITY}/izin/reklame-besar")
    shot(page, "two-bills-standard")


def test_a_treasurer_works_on_the_bills_of_the_own_agency_on_a_phone(
    page: Page, town: tuple[str, Filed], accessible: Check, shot: Shot
) -> None:
    filed, wanted = town[1], Post("bapenda", "bendahara")
    page.goto(f"/{CITY}/kantor/masuk")
    page.fill("[name=nip]", next(one.nip for one in demo_people(catalog().cities[CITY].city) if one.post == wanted))
    page.fill("[name=sandi]", PASSWORD)
    page.click("main button")
    found = re.search(r'class="besar">(\d{6})<', page.content())
    assert found is not None
    page.fill("[name=kode]", found[1])
    page.click("main button")
    page.goto(f"/{CITY}/kantor/tagihan")
    assert page.get_by_text("Masih harus dibayar: Rp741.000.").is_visible()
    accessible(page)
    shot(page, "two-bills-treasurer")
    page.goto(f"/{CITY}/kantor/tagihan/{filed.granted}")
    assert page.get_by_text("Pajak reklame").first.is_visible()
    accessible(page)
    shot(page, "two-bills-treasurer-one")
