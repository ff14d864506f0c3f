"""What is in force on a day: its versions, values and days off; and permits that go with their delegation."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from generator.build import build, build_folder
from generator.cli import main
from generator.command.serve import zone_of
from generator.examination import examine, examine_in_turn
from generator.in_force import catalog_on, city_on, version_on
from generator.model import CityCatalog
from generator.publishing import Publisher
from generator.reading.catalog_folder import read_catalog
from rules.release import in_force, read_city, read_heads

TINY = Path(__file__).parent / "cases" / "dasar"
FIRST = Path("kota-uji") / "izin" / "uji" / "2026-01-01.yaml"
NEW_LAW = """\
peraturan: perwali-baru
jenis: perwali
judul: {id: Pelimpahan baru, en: New delegation}
singkat: Perwali Baru
berlaku: 2026-09-01
mencabut: [perwali-uji]
"""
VALUES = """\
tarif: harga-uji
nama: {id: Harga, en: Price}
satuan: rupiah per m2
nilai:
  - {mulai: 2025-01-01, nilai: 25 ribu, bukti: F}
  - {mulai: 2026-07-01, nilai: 30 ribu, bukti: F}
"""


@pytest.fixture
def catalog(tmp_path: Path) -> Path:
    """Return a catalog whose permit has a second version from 2026-07-01, with a tariff that changes on that day."""
    root = Path(shutil.copytree(TINY, tmp_path / "katalog"))
    text = (root / FIRST).read_text(encoding="utf-8")
    later = text.replace("mulai: 2026-01-01", "mulai: 2026-07-01").replace(', wajib_bila: {luas: "> 100"}', "")
    (root / FIRST).with_name("2026-07-01.yaml").write_text(later, encoding="utf-8")
    (root / "kota-uji" / "tarif" / "harga-uji.yaml").write_text(VALUES, encoding="utf-8")
    return root


def city(root: Path) -> CityCatalog:
    read, findings = read_catalog(root)
    assert read is not None, findings
    return read.cities["kota-uji"]


def revoke(root: Path) -> None:
    (root / "kota-uji" / "peraturan" / "perwali-baru.yaml").write_text(NEW_LAW, encoding="utf-8")


@pytest.mark.parametrize(
    ("day", "version", "value"),
    [("2025-12-31", None, "25000"), ("2026-06-30", "2026-01-01", "25000"), ("2026-07-01", "2026-07-01", "30000")],
)
def test_a_day_has_its_version_and_its_value(catalog: Path, day: str, version: str | None, value: str) -> None:
    then = city_on(city(catalog), date.fromisoformat(day))
    assert [each.permit.valid_from for each in then.permits.get("uji", ())] == ([version] if version else [])
    [[(_, [kept])]] = [tariff.series for tariff in then.city.tariffs]
    assert str(kept.value) == value


def test_a_day_off_counts_from_the_day_of_its_decree(catalog: Path) -> None:
    whole = city(catalog).city
    decreed = min(holiday.decreed for holiday in whole.holidays)
    before = city_on(city(catalog), date.fromordinal(date.fromisoformat(decreed).toordinal() - 1)).city
    assert city_on(city(catalog), date(2026, 12, 31)).city.holidays == whole.holidays
    assert before.holidays == ()


def test_a_permit_is_not_offered_from_the_day_on_which_its_delegation_is_revoked(catalog: Path) -> None:
    revoke(catalog)
    read = city(catalog)
    assert version_on(read, "uji", date(2026, 8, 31)) is not None
    assert version_on(read, "uji", date(2026, 9, 1)) is None


def test_a_release_ends_a_permit_with_its_delegation_and_keeps_its_rules_for_open_cases(
    catalog: Path, tmp_path: Path
) -> None:
    revoke(catalog)
    examined, digest = build_folder(catalog, tmp_path / "rilis")
    assert digest is not None, examined.findings
    release = tmp_path / "rilis" / digest / "kota-uji"
    heads = read_heads((release / "index.json").read_bytes())
    assert [head.valid_until for head in heads] == ["2026-09-01", "2026-09-01"]
    assert in_force(heads, date(2026, 8, 31)) is not None
    assert in_force(heads, date(2026, 9, 1)) is None
    assert (release / "uji" / "2026-07-01" / "rules.json").exists()


@pytest.mark.parametrize("day", ["2025-06-01", "2026-03-02", "2026-08-01", "2026-10-01"])
def test_a_day_is_examined_and_built_permit_by_permit_as_it_is_whole(catalog: Path, tmp_path: Path, day: str) -> None:
    revoke(catalog)
    on = date.fromisoformat(day)
    whole = examine(catalog, on)
    assert examine_in_turn(catalog, lambda _: None, on).findings == whole.findings
    assert whole.sound is not None
    assert build_folder(catalog, tmp_path / "satu", on)[1] == build(whole.sound, tmp_path / "utuh")


def test_a_release_of_a_day_holds_what_is_in_force_on_it(
    catalog: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "rilis"
    assert main(["build", str(catalog), "--ke", str(out), "--pada", "2026-08-01"]) == 0
    release = Path(capsys.readouterr().out.strip())
    assert [path.name for path in (release / "kota-uji" / "uji").iterdir()] == ["2026-07-01"]
    [tariff] = read_city((release / "kota-uji" / "city.json").read_bytes()).tariffs
    assert [len(values) for _, values in tariff.series] == [1]
    assert main(["build", str(catalog), "--ke", str(out)]) == 0
    assert Path(capsys.readouterr().out.strip()) != release


def test_a_day_is_checked_by_the_law_of_that_day(catalog: Path, capsys: pytest.CaptureFixture[str]) -> None:
    law = catalog / "kota-uji" / "peraturan" / "perda-uji.yaml"
    law.write_text(law.read_text(encoding="utf-8") + "dicabut: 2026-08-01\n", encoding="utf-8")
    assert main(["check", str(catalog), "--pada", "2026-07-31"]) == 0
    assert "HKM-03" not in capsys.readouterr().out
    assert main(["check", str(catalog), "--pada", "2026-08-01"]) == 1
    assert "galat[HKM-03]: `perda-uji` sudah dicabut 2026-08-01" in capsys.readouterr().out
    assert main(["check", str(catalog)]) == 1


def test_what_is_accepted_for_another_day_is_not_called_idle(catalog: Path) -> None:
    path = catalog / FIRST
    text = path.read_text(encoding="utf-8")
    path.write_text(text + "diterima: [{temuan: HKM-06, alasan: belum waktunya}]\n", encoding="utf-8")
    assert "TRM-01" in {finding.code for finding in examine(catalog).findings}
    assert "TRM-01" not in {finding.code for finding in examine(catalog, date(2026, 3, 2)).findings}


def test_a_decision_is_that_of_its_day(catalog: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answers = tmp_path / "jawaban.json"
    answers.write_text('{"luas": 50, "bertingkat": false}', encoding="utf-8")

    def decided(day: str) -> tuple[bool, str]:
        arguments = ["decide", "uji", "--jawaban", str(answers), "--katalog", str(catalog), "--pada", day]
        assert main(arguments) == 0
        said = capsys.readouterr().out
        return "denah" in said, said

    before, after = decided("2026-06-30"), decided("2026-07-01")
    assert (before[0], after[0]) == (False, True)
    assert "1250000" in before[1].replace(".", "")
    assert "1500000" in after[1].replace(".", "")


def test_a_permit_whose_delegation_was_revoked_is_not_decided(
    catalog: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    revoke(catalog)
    answers = tmp_path / "jawaban.json"
    answers.write_text("{}", encoding="utf-8")
    arguments = ["decide", "uji", "--jawaban", str(answers), "--katalog", str(catalog), "--pada", "2026-09-01"]
    assert main(arguments) == 2
    assert "`uji` tidak berlaku pada 2026-09-01" in capsys.readouterr().err


def test_a_catalog_on_a_day_keeps_only_the_examples_of_its_versions() -> None:
    kupang, _ = read_catalog(Path(__file__).parent.parent / "catalog")
    assert kupang is not None
    assert catalog_on(kupang, date(2026, 3, 2)).cities["kota-kupang"].examples
    assert catalog_on(kupang, date(2025, 3, 2)).cities["kota-kupang"].examples == ()


def test_serving_a_day_sets_its_own_clock(catalog: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["serve", str(catalog), "--pada", "2026-08-01", "--jam", "2026-08-01T09:00:00+08:00"]
    assert main(arguments) == 2
    assert "`--pada` menetapkan rilis dan jamnya sendiri" in capsys.readouterr().err


def test_what_is_published_for_a_day_is_what_is_in_force_on_it(
    catalog: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    publisher = Publisher(catalog, tmp_path / "rilis", "id", date(2026, 8, 1))
    assert publisher.publish()
    assert main(["build", str(catalog), "--ke", str(tmp_path / "lain"), "--pada", "2026-08-01"]) == 0
    assert publisher.published_before == Path(capsys.readouterr().out.strip()).name


def test_the_clock_of_a_day_is_that_of_its_city(catalog: Path, tmp_path: Path) -> None:
    assert zone_of(catalog).key == city(catalog).city.zone
    assert zone_of(tmp_path).key == "UTC"
