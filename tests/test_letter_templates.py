"""Templates go into the release as they were written, and a change of one is a change of the release."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from generator.build import build_folder
from generator.checks import template_trial
from generator.checks.template_trial import GAVE_UP, tried
from generator.known_builds import fingerprint
from runtime.release import Release, verify

BASE = Path(__file__).parent / "cases" / "dasar"


@pytest.fixture
def catalog(tmp_path: Path) -> Path:
    return Path(shutil.copytree(BASE, tmp_path / "katalog"))


def built(catalog: Path, out: Path) -> str:
    examined, digest = build_folder(catalog, out)
    assert digest is not None, examined.findings
    return digest


def test_a_template_is_in_the_release_byte_for_byte(catalog: Path, tmp_path: Path) -> None:
    words = "#kop()\n\tDiberikan kepada *#data.pemegang* — ya.\n"
    (catalog / "kota-uji" / "templat" / "sk-umum.typ").write_bytes(
        b"\xef\xbb\xbf" + words.replace("\n", "\r\n").encode()
    )
    digest = built(catalog, tmp_path / "out")
    kept = tmp_path / "out" / digest / "kota-uji" / "templat" / "sk-umum.typ"
    assert kept.read_bytes() == words.encode()
    release = verify(tmp_path / "out" / digest)
    assert release.cities["kota-uji"].template("sk-umum") == words
    assert release.cities["kota-uji"].template("../city") is None
    (catalog / "kota-uji" / "templat" / "sk-umum.typ").write_text(words.replace("ya", "tidak"), encoding="utf-8")
    assert built(catalog, tmp_path / "out") != digest


def test_a_template_that_was_changed_in_the_release_is_not_served(catalog: Path, tmp_path: Path) -> None:
    digest = built(catalog, tmp_path / "out")
    city = Release(tmp_path / "out" / digest).cities["kota-uji"]
    (tmp_path / "out" / digest / "kota-uji" / "templat" / "sk-umum.typ").write_text("lain")
    with pytest.raises(RuntimeError, match="not the file that was built"):
        city.template("sk-umum")


def test_a_template_with_a_fault_is_not_built(catalog: Path, tmp_path: Path) -> None:
    (catalog / "kota-uji" / "templat" / "sk-umum.typ").write_text("#kepala()")
    examined, digest = build_folder(catalog, tmp_path / "out")
    assert digest is None
    assert [finding.code for finding in examined.findings] == ["PRD-02"]


def test_one_that_takes_everything_does_not_speak_for_the_others() -> None:
    greedy, sound, faulty = '#("a" * 100000000000)', "Halo.", "#tidak-ada"
    found = tried([greedy, sound, faulty])
    assert found[greedy] == (GAVE_UP,)
    assert found[sound] == ()
    assert [fault.says for fault in found[faulty]] == ["unknown variable: tidak-ada"]


def test_what_was_tried_is_not_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    first = tried(["Sekali saja."])
    monkeypatch.setattr(template_trial, "CHILD", Path("/nowhere"))
    assert tried(["Sekali saja."]) == first
    with pytest.raises(RuntimeError, match="does not run"):
        tried(["Yang lain."])


def test_a_change_of_the_frame_is_a_change_of_the_program(
    catalog: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    before = fingerprint(catalog)
    program = tmp_path / "program"
    for package in ("generator", "rules", "runtime/product"):
        shutil.copytree(Path(__file__).parent.parent / package, program / package)
    monkeypatch.setattr("generator.known_builds.PROGRAM", program)
    assert fingerprint(catalog) == before
    with (program / "runtime" / "product" / "template" / "kerangka.typ").open("a") as frame:
        frame.write("// lain\n")
    assert fingerprint(catalog) != before
