"""A catalog examined and built permit by permit says and gives what it does when it is held whole."""

from __future__ import annotations

import random
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from generator.build import build, build_folder
from generator.examination import examine, examine_in_turn
from generator.finding import Finding
from generator.model import CityCatalog
from tests.literate_case import cases_of

CASES = Path(__file__).parent / "cases"
# Those that look at more than one file at a time, and one of all the others.
FILES = [
    file
    for code in ("alr02", "bkt01", "hkm01", "hkm05", "kat01", "std03", "syr03", "ver01", "ver02", "opd01")
    for file in (CASES / "checks").glob(f"{code}_*.md")
]
FORM = "isian:\n  - kelompok: pemohon\n"
KINDS = ("{kode: KODE, label: {id: Satu, en: One}, jenis: teks}", "{kode: KODE, label: {id: Dua, en: Two}, jenis: nik}")


def in_turn(root: Path) -> tuple[Finding, ...]:
    """Examine in turn, seeing that no more than one permit is ever given."""

    def take(city: CityCatalog) -> None:
        assert len(city.permits) == 1

    return examine_in_turn(root, take).findings


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_same_is_found_permit_by_permit(file: Path, tmp_path: Path) -> None:
    def read(root: Path) -> Sequence[Finding]:
        found = examine(root).findings
        assert in_turn(root) == found
        return found

    for index, case in enumerate(cases_of(file)):
        case.said(tmp_path / str(index), read)


@pytest.mark.parametrize("seed", range(8))
def test_the_same_is_found_and_built_of_permits_that_ask_one_code_in_two_kinds(seed: int, tmp_path: Path) -> None:
    choice = random.Random(seed)
    root = Path(shutil.copytree(CASES / "dasar", tmp_path / "katalog"))
    text = (root / "kota-uji" / "izin" / "uji" / "2026-01-01.yaml").read_text(encoding="utf-8")
    for name in ("a", "b", "c", "d", "e"):
        kinds = {code: choice.choice(KINDS).replace("KODE", code) for code in ("p", "q")}
        for day in ("2026-01-01", "2027-01-01")[: choice.randint(1, 2)]:
            asked = "".join(f"  - {kinds[code]}\n" for code in ("p", "q") if choice.random() < 0.7)
            path = root / "kota-uji" / "izin" / name / f"{day}.yaml"
            path.parent.mkdir(exist_ok=True)
            written = text.replace("izin: uji\n", f"izin: {name}\n").replace("mulai: 2026-01-01", f"mulai: {day}")
            path.write_text(written.replace(FORM, FORM + asked), encoding="utf-8")
    whole = examine(root)
    assert in_turn(root) == whole.findings
    assert whole.sound is not None
    examined, digest = build_folder(root, tmp_path / "satu-satu")
    assert examined.findings == whole.findings
    assert digest == build(whole.sound, tmp_path / "utuh")


def test_a_folder_of_releases_is_not_left_behind_where_there_are_errors(tmp_path: Path) -> None:
    root = Path(shutil.copytree(CASES / "dasar", tmp_path / "katalog"))
    permit = root / "kota-uji" / "izin" / "uji" / "2026-01-01.yaml"
    permit.write_text(permit.read_text(encoding="utf-8").replace("dokumen: denah", "dokumen: dena"), encoding="utf-8")
    examined, digest = build_folder(root, tmp_path / "baru" / "rilis")
    assert digest is None
    assert examined.findings
    assert not (tmp_path / "baru").exists()
