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
def folder(tmp_path: Path) -> Path:
    """A small catalog in which one code of finding is accepted."""
    root = Path(shutil.copytree(TINY, tmp_path / "catalog"))
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
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, last = finding("ISI-01", Severity.INFO, "a"), finding("ISI-01", Severity.ERROR, "z")

    def run(catalog: object) -> Iterator[Finding]:
        yield last
        yield first

    assert examine(folder).sound is not None
    monkeypatch.setattr("generator.examination.ALL", (Check("ISI-01", "unit", run, "", ""),))
    examined = examine(folder)
    assert examined.findings == (first, last)
    assert examined.sound is None


def test_a_folder_in_which_nothing_can_be_read_is_no_catalog(tmp_path: Path) -> None:
    examined = examine(tmp_path)
    assert (examined.catalog, examined.sound) == (None, None)
    assert [found.severity for found in examined.findings] == [Severity.ERROR]
