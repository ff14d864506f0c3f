"""What was found is kept as it was found, and whatever does not fit is as if it had not been kept."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from generator.cli import main
from generator.examination import examine
from generator.finding import Finding, Label, Place, Said, Severity
from generator.known_builds import FOLDER, fingerprint
from generator.known_findings import FILE, known, remember
from rules.words import Words

CATALOG = Path(__file__).parent.parent / "catalog"


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    """Return a catalog with errors, warnings and notes."""
    folder = tmp_path / "katalog"
    shutil.copytree(CATALOG, folder)
    permit = folder / "kota-kupang" / "izin" / "apotek" / "2026-01-01.yaml"
    text = permit.read_text(encoding="utf-8")
    permit.write_text(text.replace("jenis: izin", "jenis: ijin", 1) + "\ntambahan: 1\n", encoding="utf-8")
    return folder


def test_findings_come_back_as_they_were_found(faulty: Path, tmp_path: Path) -> None:
    found: tuple[Finding, ...] = examine(faulty).findings
    assert len({finding.severity for finding in found}) > 1
    assert any(finding.help is not None for finding in found)
    remember(tmp_path, "sidik", found)
    assert known(tmp_path, "sidik") == found
    assert known(tmp_path, "sidik lain") is None


def test_what_shows_a_proof_comes_back_digit_by_digit(tmp_path: Path) -> None:
    said = Said(Words("{region}"), {"region": Words("Luas", "Area")})
    form = {"luas": Decimal("12.50"), "lantai": 2, "ya": True, "lokasi": [{"kelas": "a", "lebar": Decimal("0.10")}]}
    found = (Finding("RET-01", Severity.ERROR, said, Label(Place("a.yaml"), said), (), None, form, {}, said, "- {}"),)
    remember(tmp_path, "sidik", found)
    [back] = known(tmp_path, "sidik") or ()
    assert back == found[0]
    assert str(back.example) == str(form)


@pytest.mark.parametrize("kept", ["", "[]", "{", '{"of": "sidik"}', '{"of": "sidik", "findings": [{"code": 1}]}', "\0"])
def test_what_was_kept_and_is_spoilt_is_not_believed(kept: str, tmp_path: Path) -> None:
    (tmp_path / FOLDER).mkdir()
    (tmp_path / FOLDER / FILE).write_text(kept, encoding="utf-8")
    assert known(tmp_path, "sidik") is None


def test_nothing_is_kept_where_there_is_no_folder_of_releases(tmp_path: Path) -> None:
    remember(tmp_path / "build", "sidik", ())
    assert not (tmp_path / "build").exists()


def test_a_check_says_the_same_when_nothing_changed_and_sees_every_change(
    faulty: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "build").mkdir()
    monkeypatch.chdir(tmp_path)

    def checked() -> tuple[int, str, str]:
        code = main(["check", str(faulty)])
        return (code, *capsys.readouterr())

    first = checked()
    assert known(Path("build"), fingerprint(faulty)) is not None
    assert checked() == first
    assert first[0] == 1
    (faulty / "kota-kupang" / "izin" / "apotek" / "2026-01-01.yaml").write_bytes(
        (CATALOG / "kota-kupang" / "izin" / "apotek" / "2026-01-01.yaml").read_bytes()
    )
    assert checked()[0] == 0
