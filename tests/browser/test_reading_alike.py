"""The browser reads numbers and dates as the server does, so that a question appears when the server would ask it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from runtime.citizen.fault import Fault
from runtime.citizen.written_date import read_date
from runtime.citizen.written_number import read_number
from runtime.static_files import StaticFiles

pytestmark = pytest.mark.browser

NUMBERS = (
    *("0", "120", "007", "1.500", "1.500.000", "Rp 1.500.000,-", "1 500 000", "24,5", "24.5", "1.234,50", "1,234.50"),
    *("1,234,567", "0.500", "0,5", " 24,5 m2 ", "24,5 m²", "2 juta", "1,5 juta", "-3", "− 3,25", "1,500", "1,500 juta"),
    *("dua", "1.50.000", "1..5", "1e5", "NaN", "", "٣", "--3", "3-", "1.500,", "12.345.6"),
)
DATES = (
    *("17/8/2026", "17/08/2026", "17-08-2026", "17.8.2026", "17 8 2026", "17082026", "2026-08-17", "2026/8/17"),
    *("17 Agustus 2026", "17 agu 2026", "17 Agt. 2026", "Senin, 17 Agustus 2026", "17 August 2026", "17-Aug-2026"),
    *("17 / 08 / 2026", "17/8/26", "31/02/2026", "29/2/2024", "29/2/2025", "00/00/2026", "besok", "17 Foo 2026", ""),
)


def test_numbers_and_dates_are_read_alike(page: Page) -> None:
    page.goto("/kota-uji/")
    script = (
        "async ([link, numbers, dates]) => { const form = await import(link);"
        " return [numbers.map((one) => form.number(one) ?? null), dates.map((one) => form.day(one) ?? null)] }"
    )
    numbers, dates = page.evaluate(script, [StaticFiles().link("form.js"), list(NUMBERS), list(DATES)])
    expected = [read_number(one, 2, "m2") for one in NUMBERS]
    assert dict(zip(NUMBERS, numbers, strict=True)) == {
        text: None if isinstance(read, Fault) else float(read) for text, read in zip(NUMBERS, expected, strict=True)
    }
    expected_dates = [read_date(one) for one in DATES]
    assert dict(zip(DATES, dates, strict=True)) == {
        text: None if isinstance(read, Fault) else read for text, read in zip(DATES, expected_dates, strict=True)
    }
