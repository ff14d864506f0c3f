"""What may be published: no error was found; what an officer accepts is accepted in the file that says so."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.checks.check import Check
from generator.examination import examine, not_accepted
from generator.finding import Finding, Label, Place, Said, Severity
from generator.reading.catalog_folder import read_catalog
from rules.words import Words

TINY = Path(__file__).parent / "cases" / "dasar"
PERMIT = "kota-uji/izin/uji/2026-01-01.yaml"
ACCEPTED = '\nditerima: [{temuan: ISI-05, alasan: "Hanya untuk arsip."}]\n'


def finding(code: str, severity: Severity, file: str = PERMIT) -> Finding:
    said = Said(Words("sesuatu", "something"))
    return Finding(code, severity, said, Label(Place(file), said))


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    """A small catalog without findings."""
    return Path(shutil.copytree(TINY, tmp_path / "catalog"))


@pytest.fixture
def folder(plain: Path) -> Path:
    """The same, with one code of finding accepted."""
    root = plain
    path = root / PERMIT
    path.write_text(path.read_text(encoding="utf-8") + ACCEPTED, encoding="utf-8")
    return root


def left(folder: Path, *found: Finding) -> list[Finding]:
    catalog, faults = read_catalog(folder)
    assert catalog is not None, faults
    return list(not_accepted(catalog, found))


@pytest.mark.parametrize("severity", [Severity.WARNING, Severity.INFO])
def test_an_accepted_finding_is_not_shown(folder: Path, severity: Severity) -> None:
    assert left(folder, finding("ISI-05", severity)) == []


@pytest.mark.parametrize(
    "other",
    [
        finding("ISI-05", Severity.ERROR),
        finding("ISI-06", Severity.INFO),
        finding("ISI-05", Severity.INFO, "kota-uji/izin/lain/2026-01-01.yaml"),
    ],
)
def test_an_error_another_code_or_another_file_is_shown(folder: Path, other: Finding) -> None:
    assert left(folder, other) == [other]


def test_findings_of_checks_are_shown_in_the_order_of_the_files_and_errors_block(
    plain: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, last = finding("ISI-01", Severity.INFO, "a"), finding("ISI-01", Severity.ERROR, "z")

    def run(catalog: object) -> Iterator[Finding]:
        yield last
        yield first

    assert examine(plain).sound is not None
    monkeypatch.setattr("generator.examination.ALL", (Check("ISI-01", "unit", run, "", ""),))
    examined = examine(plain)
    assert examined.findings == (first, last)
    assert examined.sound is None


def test_a_folder_in_which_nothing_can_be_read_is_no_catalog(tmp_path: Path) -> None:
    examined = examine(tmp_path)
    assert (examined.catalog, examined.sound) == (None, None)
    assert [found.severity for found in examined.findings] == [Severity.ERROR]


def written(root: Path, name: str, old: str, new: str) -> None:
    path = root / "kota-uji" / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def codes(root: Path) -> list[str]:
    return [finding.code for finding in examine(root).findings]


def test_a_law_that_is_missing_is_one_finding_with_every_place_that_cites_it(plain: Path) -> None:
    (plain / "kota-uji" / "peraturan" / "perwali-uji.yaml").unlink()
    [found] = [finding for finding in examine(plain).findings if finding.code == "HKM-01"]
    assert found.at.place.file == PERMIT
    assert found.related
    assert {label.says.to("en") for label in found.related} == {"here too"}
    assert len({label.place for label in (found.at, *found.related)}) == 1 + len(found.related)


def test_places_beside_the_first_are_few(plain: Path) -> None:
    citations = ", ".join(["{peraturan: uu-30-2014}"] * 20)
    written(plain, "izin/uji/2026-01-01.yaml", "dasar_hukum: [", f"dasar_hukum: [{citations}, ")
    (plain / "kota-uji" / "peraturan" / "uu-30-2014.yaml").unlink()
    [found] = [finding for finding in examine(plain).findings if finding.code == "HKM-01"]
    assert len(found.related) == 5


def test_a_shared_group_that_is_missing_is_one_finding(plain: Path) -> None:
    city = plain / "kota-uji"
    shutil.copytree(city / "izin" / "uji", city / "izin" / "lain")
    written(plain, "izin/lain/2026-01-01.yaml", "izin: uji", "izin: lain")
    (city / "isian" / "pemohon.yaml").unlink()
    [found] = examine(plain).findings
    assert found.code == "TKS-54"
    assert [label.place.file for label in (found.at, *found.related)] == ["kota-uji/izin/lain/2026-01-01.yaml", PERMIT]


def test_a_misspelt_document_is_not_reported_as_never_asked_too(plain: Path) -> None:
    assert codes(plain) == []
    written(plain, "izin/uji/2026-01-01.yaml", "dokumen: denah", "dokumen: denha")
    assert codes(plain) == ["SYR-04"]


def test_nothing_follows_from_a_permit_that_has_nothing_left_but_its_examples(plain: Path) -> None:
    city = plain / "kota-uji"
    (city / "contoh").mkdir()
    (city / "contoh" / "uji.yaml").write_text("- {catatan: satu}\n", encoding="utf-8")
    (city / "izin" / "uji" / "2026-01-01.yaml").unlink()
    assert codes(plain) == ["TKS-65"]


def test_nothing_follows_from_a_permit_whose_file_is_not_read_for_its_name(plain: Path) -> None:
    path = plain / "kota-uji" / "izin" / "uji" / "2026-01-01.yaml"
    path.rename(path.with_suffix(".yml"))
    assert codes(plain) == ["TKS-57"]


def test_a_stage_after_a_dead_end_is_not_reported_as_unreachable_too(plain: Path) -> None:
    written(plain, "izin/uji/2026-01-01.yaml", "tanda_tangan: ya, setuju: terbit}", "tanda_tangan: ya}")
    assert codes(plain) == ["ALR-02"]


@pytest.mark.parametrize("code", ["STD-33", "KON-01", "STD-03"])
def test_accepting_what_is_not_found_is_a_warning(code: str, folder: Path) -> None:
    written(folder, "izin/uji/2026-01-01.yaml", "ISI-05", code)
    [found] = examine(folder).findings
    assert (found.code, found.severity) == ("TRM-01", Severity.WARNING)
    assert found.says.to("id") == f"`{code}` diterima, tetapi tidak ada di berkas ini"
    line = (folder / PERMIT).read_text(encoding="utf-8").splitlines()[found.at.place.line - 1]
    assert line[found.at.place.column - 1 : found.at.place.end_column - 1] == code


def test_accepting_what_is_found_is_silent(folder: Path) -> None:
    written(folder, "izin/uji/2026-01-01.yaml", "ISI-05", "STD-03")
    written(folder, "izin/uji/2026-01-01.yaml", "{id: Izin Uji, en: Test permit}", "Izin Uji")
    assert codes(folder) == []


GAP = (
    'waktu_total:\n  - {bila: {luas: "<= 100"}, waktu: 7 hari kerja}\n  - {bila: {luas: "> 200"}, waktu: 14 hari kerja}'
)


def with_a_gap(plain: Path, *more: tuple[str, str]) -> Path:
    path = plain / PERMIT
    text = path.read_text(encoding="utf-8")
    for old, new in (("waktu_total: 7 hari kerja", GAP), *more):
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")
    return plain


def errors(root: Path, *, prove: bool = True) -> list[str]:
    return [each.code for each in examine(root, prove=prove).findings if each.severity is Severity.ERROR]


def test_what_is_proven_is_found_only_where_proofs_are_asked_for(plain: Path) -> None:
    root = with_a_gap(plain)
    assert errors(root) == ["SLA-01"]
    assert errors(root, prove=False) == []


def test_nothing_is_proven_of_a_permit_in_whose_file_something_else_is_an_error(plain: Path) -> None:
    root = with_a_gap(plain, ("dokumen: denah", "dokumen: denahh"))
    assert errors(root) == ["SYR-04"]


def test_what_follows_from_a_question_that_is_never_shown_is_not_told(plain: Path) -> None:
    hidden = '    jenis: ya_tidak\n    tampil_bila: {luas: "> 6000"}\n'
    assert errors(with_a_gap(plain, ("    jenis: ya_tidak\n", hidden))) == ["ISI-01", "SLA-01"]
