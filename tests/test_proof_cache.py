"""What was proven is kept until something it can see changes, is believed only when it is whole, and is found as well
by many processes as by one; who wants no proof never loads the solver."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from generator.examination import Examination, examine, examine_in_turn
from generator.finding import Finding
from generator.proof_cache import ProofCache

ROOT = Path(__file__).parent.parent
TINY = Path(__file__).parent / "cases" / "dasar"
CODES = ("a", "b", "c", "d", "e", "f")
PERMITS = 1 + len(CODES)
KEPT = PERMITS + 1  # and that the templates were tried
# A row that never applies: the range leaves no measure.
GAP = ("waktu_total: 7 hari kerja", 'waktu_total:\n  - {bila: {luas: "< 100"}, waktu: 7 hari kerja}')
RUN = """
import json, sys
from generator.cli import main
code = main(sys.argv[1:])
print(json.dumps([code, "z3" in sys.modules]), file=sys.stderr)
"""


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder where proofs will be kept."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "singgahan"))
    return tmp_path / "singgahan" / "satupintu" / "bukti"


@pytest.fixture
def catalog(tmp_path: Path) -> Path:
    """Return a catalog of seven small permits, two of which leave applications without a promise."""
    root = Path(shutil.copytree(TINY, tmp_path / "katalog"))
    text = (root / "kota-uji" / "izin" / "uji" / "2026-01-01.yaml").read_text(encoding="utf-8")
    for code in CODES:
        path = root / "kota-uji" / "izin" / code / "2026-01-01.yaml"
        path.parent.mkdir()
        written = text.replace("izin: uji\n", f"izin: {code}\n")
        path.write_text(written.replace(*GAP) if code in "be" else written, encoding="utf-8")
    return root


def files(kept: Path) -> set[str]:
    return {path.name for path in kept.iterdir()} if kept.is_dir() else set()


def edit(catalog: Path, name: str, old: str, new: str) -> None:
    path = catalog / "kota-uji" / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def side_by_side(catalog: Path) -> Examination:
    return examine_in_turn(catalog, None)


def proven_in(findings: tuple[Finding, ...]) -> list[str]:
    return [finding.at.place.file for finding in findings if finding.example is not None]


def run(*arguments: str, cwd: Path) -> tuple[str, int, bool]:
    """Run the command in a process of its own; return what it prints, its code, and whether z3 was loaded."""
    done = subprocess.run(
        [sys.executable, "-c", RUN, *arguments],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    code, loaded = json.loads(done.stderr.splitlines()[-1])
    return done.stdout, code, loaded


def test_the_same_is_found_side_by_side_one_by_one_and_from_what_is_kept(catalog: Path, kept: Path) -> None:
    first = side_by_side(catalog)
    assert len(files(kept)) == KEPT
    assert {file.split("/")[2] for file in proven_in(first.findings)} == {"b", "e"}
    assert side_by_side(catalog).findings == first.findings
    assert len(files(kept)) == KEPT
    shutil.rmtree(kept)
    assert examine(catalog).findings == first.findings
    assert examine_in_turn(catalog, lambda _: None).findings == first.findings


def test_an_edit_of_one_permit_proves_that_one_and_an_edit_of_what_all_share_proves_all(
    catalog: Path, kept: Path
) -> None:
    side_by_side(catalog)
    before = files(kept)
    edit(catalog, "izin/c/2026-01-01.yaml", *GAP)
    found = side_by_side(catalog)
    assert len(files(kept) - before) == 1
    assert {file.split("/")[2] for file in proven_in(found.findings)} == {"b", "c", "e"}
    before = files(kept)
    edit(catalog, "tarif/harga-uji.yaml", "10_000", "12_000")
    side_by_side(catalog)
    assert len(files(kept) - before) == PERMITS


def test_a_line_that_moves_moves_its_findings(catalog: Path, kept: Path) -> None:
    [at] = {f.at.place.line for f in examine(catalog).findings if f.example and "/b/" in f.at.place.file}
    edit(catalog, "izin/b/2026-01-01.yaml", "izin: b\n", "# Satu baris lagi.\nizin: b\n")
    [then] = {f.at.place.line for f in examine(catalog).findings if f.example and "/b/" in f.at.place.file}
    assert then == at + 1


def test_another_program_believes_nothing_that_this_one_kept(
    catalog: Path, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    examine(catalog)
    before = files(kept)
    monkeypatch.setattr("generator.proof_cache._program", lambda: "another")
    examine(catalog)
    assert len(files(kept)) == 2 * len(before)


@pytest.mark.parametrize("spoilt", ["emptied", "cut", "altered", "of another permit", "no text"])
def test_what_is_spoilt_is_proven_again_and_kept_whole(spoilt: str, catalog: Path, kept: Path) -> None:
    first = examine(catalog).findings
    whole = {name: (kept / name).read_bytes() for name in files(kept)}
    others = dict(zip(whole, [*list(whole.values())[1:], next(iter(whole.values()))], strict=True))
    for name, content in whole.items():
        change = {
            "emptied": b"",
            "cut": content[: len(content) // 2],
            "altered": content[:-1] + bytes([content[-1] ^ 1]),
            "of another permit": others[name],
            "no text": b"\xff\xfe" * 40,
        }
        (kept / name).write_bytes(change[spoilt])
    assert examine(catalog).findings == first
    assert {name: (kept / name).read_bytes() for name in files(kept)} == whole


def test_where_nothing_can_be_kept_all_is_found(catalog: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "berkas").write_text("no folder", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "berkas"))
    assert {file.split("/")[2] for file in proven_in(side_by_side(catalog).findings)} == {"b", "e"}


def test_those_who_check_at_the_same_time_say_the_same_and_leave_nothing_unfinished(catalog: Path, kept: Path) -> None:
    command = [sys.executable, "-c", RUN, "check", str(catalog), "--format", "json"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    both = [
        subprocess.Popen(command, cwd=catalog, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        for _ in range(2)
    ]
    said = [each.communicate()[0] for each in both]
    assert said[0] == said[1] != b""
    told = {(each["code"], each["file"].removeprefix("./")) for each in json.loads(said[0])}
    assert told == {(finding.code, finding.at.place.file) for finding in examine(catalog).findings}
    assert len(files(kept)) == KEPT
    assert not [name for name in files(kept) if name.startswith(".")]


def test_what_was_written_first_goes_when_there_is_too_much(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.proof_cache.MOST", 4)
    for number in range(6):
        ProofCache(tmp_path).keep(f"{number}", ())
        os.utime(tmp_path / f"{number}", (number, number))
    assert files(tmp_path) == {"2", "3", "4", "5"}
    assert ProofCache(tmp_path).known("5") == ()


def test_who_wants_no_proof_never_loads_the_solver(catalog: Path, kept: Path) -> None:
    said, code, loaded = run("check", "--cepat", str(catalog), cwd=catalog)
    assert (code, loaded) == (0, False)
    assert "SLA-01" not in said
    said, code, _ = run("check", str(catalog), cwd=catalog)
    assert code == 1
    assert "SLA-01" in said


def test_who_checks_again_loads_no_solver_and_hears_the_same(catalog: Path, kept: Path) -> None:
    first = run("check", str(catalog), cwd=catalog)
    again = run("check", str(catalog), cwd=catalog)
    assert again == (*first[:2], False)
    (kept.parent / ".known" / "findings.json").unlink()
    assert run("check", str(catalog), cwd=catalog) == again


def test_without_proofs_what_is_accepted_may_be_what_a_proof_finds(catalog: Path, kept: Path) -> None:
    edit(catalog, "izin/a/2026-01-01.yaml", "izin: a\n", 'izin: a\nditerima: [{temuan: TBL-04, alasan: "Begitu."}]\n')
    assert "TRM-01" in {finding.code for finding in examine(catalog).findings}
    assert "TRM-01" not in {finding.code for finding in examine(catalog, prove=False).findings}


EXAMPLES = """\
- catatan: Ruang kecil
  pada: 2026-02-02
  sebagian: ya
  jawaban: {luas: 50, bertingkat: tidak}
  hasil: {dokumen: [ktp]}
"""


def test_examples_are_read_again_when_they_or_their_permit_change_and_while_something_is_found(
    catalog: Path, kept: Path
) -> None:
    examples = catalog / "kota-uji" / "contoh" / "c.yaml"
    examples.parent.mkdir()
    examples.write_text(EXAMPLES, encoding="utf-8")
    sound = side_by_side(catalog).findings
    assert side_by_side(catalog).findings == sound == examine(catalog).findings
    for change in (("luas: 50", "luass: 50"), ("  sebagian: ya\n", "  sebagian: ya\n  usulan: ya\n")):
        examples.write_text(EXAMPLES.replace(*change), encoding="utf-8")
        assert side_by_side(catalog).findings == side_by_side(catalog).findings == examine(catalog).findings != sound
    examples.write_text(EXAMPLES, encoding="utf-8")
    assert side_by_side(catalog).findings == sound
    edit(catalog, "izin/c/2026-01-01.yaml", "kode: bertingkat", "kode: berlantai")
    for old, new in (("{bertingkat: ya", "{berlantai: ya"),) * 2:
        edit(catalog, "izin/c/2026-01-01.yaml", old, new)
    assert {finding.at.place.file for finding in side_by_side(catalog).findings} >= {"kota-uji/contoh/c.yaml"}
