"""`satupintu check` in the places where a build server runs it: odd folders, terminals, and outputs."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from generator.cli import main

TINY = Path(__file__).parent / "cases" / "dasar"
COMMAND = str(Path(sys.executable).with_name("satupintu"))
FORMS = ("text", "json", "github", "sarif", "junit")


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    """A catalog with one agency misspelt."""
    catalog = Path(shutil.copytree(TINY, tmp_path / "catalog"))
    path = catalog / "kota-uji" / "izin" / "uji" / "2026-01-01.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("instansi: dinkes", "instansi: dinkse"), encoding="utf-8")
    return catalog


@pytest.mark.parametrize("form", FORMS)
def test_every_format_is_written_without_a_terminal_that_knows_its_letters(form: str, faulty: Path) -> None:
    plain = {**os.environ, "LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    command = [COMMAND, "check", "--format", form, str(faulty)]
    done = subprocess.run(command, capture_output=True, env=plain, timeout=60)
    assert done.returncode == 1
    assert "dinkse" in done.stdout.decode("utf-8")
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("out", "code"), [(">&-", 1), (">/dev/full", 2)])
def test_an_output_that_cannot_be_written_is_no_traceback(form: str, out: str, code: int, faulty: Path) -> None:
    done = subprocess.run(
        ["/bin/sh", "-c", f'"$0" check --format {form} "$1" {out}', COMMAND, faulty],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == code
    assert "Traceback" not in done.stderr
    assert (code == 2) == done.stderr.endswith("No space left on device\n")


@pytest.mark.parametrize("inside", [True, False])
def test_files_are_named_from_where_the_command_runs_however_the_catalog_is(
    inside: bool, faulty: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    here = faulty.parent if inside else faulty / "kota-uji"
    monkeypatch.chdir(here)
    name = f"{faulty.name if inside else faulty.as_posix()}/kota-uji/izin/uji/2026-01-01.yaml"
    for given in (str(faulty), os.path.relpath(faulty)):
        assert main(["check", "--format", "github", given]) == 1
        assert capsys.readouterr().out.startswith(f"::error file={name},")
        assert main(["check", "--format", "sarif", given]) == 1
        [result, *_] = json.loads(capsys.readouterr().out)["runs"][0]["results"]
        uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        assert uri == (name if inside else f"file://{name}")


def test_a_folder_whose_name_is_no_text_is_named_all_the_same(
    faulty: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    odd = tmp_path / os.fsdecode(b"kat\xffalog dua")
    faulty.rename(odd)
    assert main(["check", "--format", "json", str(odd)]) == 1
    assert json.loads(capsys.readouterr().out)[0]["file"].endswith("/kat·alog dua/kota-uji/izin/uji/2026-01-01.yaml")
