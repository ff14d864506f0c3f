"""Numbers as offices write them, names that tell nothing, and who signs in what standing."""

from __future__ import annotations

from datetime import date

import pytest

from rules.masked_name import masked_name
from rules.product_number import product_number, product_series
from rules.signatory import Signatory, Standing


@pytest.mark.parametrize(
    ("pattern", "sequence", "on", "number"),
    [
        ("503/{urut}/SIA/DPMPTSP/{bulan_romawi}/{tahun}", 1, date(2026, 7, 1), "503/001/SIA/DPMPTSP/VII/2026"),
        ("503/{urut}/SIA/DPMPTSP/{bulan_romawi}/{tahun}", 999, date(2026, 12, 31), "503/999/SIA/DPMPTSP/XII/2026"),
        ("SK-PBG-5371-{tahun}-{urut}", 1000, date(2027, 1, 1), "SK-PBG-5371-2027-1000"),
        ("{urut}{urut}", 12, date(2026, 1, 1), "012012"),
        ("tetap", 7, date(2026, 1, 1), "tetap"),
        ("{lain}/{urut", 7, date(2026, 1, 1), "{lain}/{urut"),
    ],
)
def test_a_pattern_is_filled_with_sequence_month_and_year(pattern: str, sequence: int, on: date, number: str) -> None:
    assert product_number(pattern, sequence, on) == number


def test_every_month_has_its_roman_number() -> None:
    months = [product_number("{bulan_romawi}", 1, date(2026, month, 1)) for month in range(1, 13)]
    assert months == ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"]


def test_each_product_of_each_permit_is_a_series_of_its_own() -> None:
    assert product_series("trayek", "sk-trayek") == "trayek/sk-trayek"
    assert product_series("trayek", "kartu-pengawasan") != product_series("trayek", "sk-trayek")


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("Maria Bere", "M*** B***"),
        ("maria", "M***"),
        ("PT Sinar Jaya", "PT S*** J***"),
        ("CV. Karya-Baru Tbk", "CV K*** TBK"),
        ("Drs. H. Agus Salim Putra Nusantara", "D*** H*** A*** N***"),
        ("Ma'ruf", "M***"),
        ("  ", "***"),
        ("!!!", "***"),
        ("محمد", "م***"),
    ],
)
def test_a_masked_name_shows_first_letters_and_no_length(name: str, masked: str) -> None:
    assert masked_name(name) == masked


def test_a_signatory_signs_in_his_standing() -> None:
    head = Signatory("Dra. Lado", "Kepala Dinas", "19710817", on_behalf_of="Wali Kota Uji")
    assert head.heading == ("a.n. Wali Kota Uji,", "Kepala Dinas,")
    assert head.below == ("Dra. Lado", "NIP 19710817")
    acting = Signatory("Dra. Lado", "Kepala Dinas", standing=Standing.ACTING, rank="Pembina")
    assert acting.heading == ("Plt. Kepala Dinas,",)
    assert acting.below == ("Dra. Lado", "Pembina")
