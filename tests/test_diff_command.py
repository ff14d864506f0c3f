"""`satupintu diff`: folders, revisions of git and days, as an officer, a program and a reviewer read it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from generator.build import build
from generator.cli import main
from generator.difference.change import applied, read
from generator.difference.tree import catalog_of, tree_of
from generator.reading.catalog_folder import read_catalog
from rules.case_event import APPLICANT
from rules.command import Withdraw
from tests.kupang_office import open_office, published

ROOT = Path(__file__).parent.parent
TINY = Path(__file__).parent / "cases" / "dasar"
PERMIT = Path("kota-uji") / "izin" / "uji" / "2026-01-01.yaml"
TARIFF = Path("kota-uji") / "tarif" / "harga-uji.yaml"
EXAMPLE = Path("kota-uji") / "contoh" / "uji.yaml"
EDITS = (
    ("maksimal: 5000", "maksimal: 4000"),
    ('{luas: "> 100"}', '{luas: "> 80"}'),
    ("{instansi: dinkes, waktu: 5 hari kerja}", "{instansi: dinkes, waktu: 4 hari kerja}"),
    ("waktu_total: 7 hari kerja", "waktu_total: 6 hari kerja"),
    ("bila: {bertingkat: ya}}", "bila: {semua: [{bertingkat: ya}, {bertingkat: terisi}]}}"),
)
SHOP = """\
- catatan: ruko 90 m2
  dasar: perda-uji pasal 4
  pada: 2026-03-02
  sebagian: ya
  jawaban: {luas: 90, bertingkat: ya}
  hasil: {dokumen: [ktp, denah]}
"""
TARIFFS = (("bukti: F}]", "bukti: F}, {mulai: 2026-07-01, nilai: 12_000, dasar: {peraturan: perda-uji}, bukti: F}]"),)
SAID = """\
bersama: «Harga satuan» mulai 1 Juli 2026: 10.000 menjadi 12.000
    menyentuh uji
uji: batas «Luas ruangan»: paling banyak 5.000 m² menjadi paling banyak 4.000 m²
uji: dokumen «Denah» kini juga diminta bila Luas ruangan lebih dari 80 m² dan paling banyak 100 m²
    misalnya: luas: 81
uji: waktu «Dinas Kesehatan» di tahap `teknis`: 5 hari kerja menjadi 4 hari kerja
uji: janji layanan: 7 hari kerja menjadi 6 hari kerja
uji: formulir yang dahulu sah kini ditolak bila Luas ruangan lebih dari 4.000 m²
    misalnya: luas: 4001
uji: ditulis lain, artinya sama: 1 bagian
uji: instansi yang tersentuh: Dinas Kesehatan
uji: 1 dari 1 contoh berubah hasilnya
    contoh «ruko 90 m2»: dokumen tambah «Denah»; retribusi naik dari Rp900.000 menjadi Rp1.080.000; \
waktu 7 hari kerja menjadi 6 hari kerja
"""
SAID_IN_ENGLISH = """\
shared: “Unit price” from 1 July 2026: 10,000 becomes 12,000
    touches uji
uji: the bounds of “Floor area”: at most 5,000 m² becomes at most 4,000 m²
uji: the document “Floor plan” is now also asked where Floor area is more than 80 m² and at most 100 m²
    such as: luas: 81
uji: the time of “Health office” at the stage `teknis`: 5 working days becomes 4 working days
uji: the promised time: 7 working days becomes 6 working days
uji: a form that was valid is now refused where Floor area is more than 4,000 m²
    such as: luas: 4001
uji: written otherwise, meaning the same: 1
uji: agencies touched: Health office
uji: 1 of 1 examples come out otherwise
    the example “ruko 90 m2”: documents plus “Floor plan”; the fee rises from Rp900,000 to Rp1,080,000; \
time 7 working days becomes 6 working days
"""


@pytest.fixture
def before(tmp_path: Path) -> Path:
    root = Path(shutil.copytree(TINY, tmp_path / "lama"))
    (root / EXAMPLE).parent.mkdir()
    (root / EXAMPLE).write_text(SHOP, encoding="utf-8")
    return root


def edit(root: Path, edits: Sequence[tuple[str, str]], file: Path = PERMIT) -> Path:
    text = (root / file).read_text(encoding="utf-8")
    for old, new in edits:
        assert old in text, old
        text = text.replace(old, new)
    (root / file).write_text(text, encoding="utf-8")
    return root


@pytest.fixture
def after(before: Path, tmp_path: Path) -> Path:
    root = Path(shutil.copytree(before, tmp_path / "baru"))
    return edit(edit(root, EDITS), TARIFFS, TARIFF)


def said(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> str:
    assert main(["diff", *map(str, arguments)]) == 0
    return capsys.readouterr().out


def test_an_officer_reads_sentences(before: Path, after: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, before, after) == SAID
    assert said(capsys, before, after, "--lang", "en") == SAID_IN_ENGLISH


def test_a_reviewer_reads_the_same_as_a_list(before: Path, after: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = said(capsys, before, after, "--format", "markdown").splitlines()
    assert lines[:2] == ["### bersama", ""]
    assert [line.removeprefix("- ") for line in lines if line.startswith("- ")] == [
        line.partition(": ")[2] for line in SAID.splitlines() if not line.startswith(" ")
    ]


def test_a_program_makes_the_later_release_of_what_is_listed(
    before: Path, after: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = json.loads(said(capsys, before, after, "--format", "json"))
    old, new = (read_catalog(root)[0] for root in (before, after))
    assert old is not None
    assert new is not None
    tree = applied(dict(tree_of(old)), [read(one) for one in told["perubahan"]])
    assert isinstance(tree, dict)
    assert build(catalog_of(tree), tmp_path / "rilis") == build(new, tmp_path / "rilis")
    [permit] = told["daerah"][0]["izin"]
    [document] = [one for one in permit["kalimat"] if one["bagian"] == "syarat" and one["bobot"] == "arti"]
    assert document["menentukan"] == ["luas"]
    assert document["contoh"]["luas"] == "81.00"
    assert permit["instansi"] == ["dinkes"]


def test_nothing_differs_from_itself(before: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, before, before) == "tidak ada yang berbeda\n"


def test_two_days_of_one_folder_differ_by_what_began_between(
    before: Path, after: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    later = (after / PERMIT).read_text(encoding="utf-8").replace("mulai: 2026-01-01", "mulai: 2026-08-01")
    (before / PERMIT).with_name("2026-08-01.yaml").write_text(later, encoding="utf-8")
    assert said(capsys, "2026-03-01", "2026-07-31", "--katalog", before) == "tidak ada yang berbeda\n"
    told = said(capsys, "2026-03-01", "2026-08-01", "--katalog", before).splitlines()
    assert told[0] == "uji: berlaku mulai 1 Agustus 2026"
    assert "uji: janji layanan: 7 hari kerja menjadi 6 hari kerja" in told
    assert not any("dihapus" in line for line in told)


def git(at: Path, *arguments: str) -> None:
    settings = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    who = ["-c", "user.name=uji", "-c", "user.email=uji@contoh.id"]
    subprocess.run(
        ["git", "-C", str(at), *who, *arguments], check=True, capture_output=True, env={**os.environ, **settings}
    )


@pytest.fixture
def repository(before: Path, after: Path, tmp_path: Path) -> Path:
    root = tmp_path / "repo"
    shutil.copytree(before, root / "katalog")
    git(root, "init", "--initial-branch=main")
    git(root, "add", "--all")
    git(root, "commit", "--message=lama")
    shutil.copytree(after, root / "katalog", dirs_exist_ok=True)
    git(root, "commit", "--all", "--message=baru")
    return root / "katalog"


@pytest.mark.parametrize(
    "arguments",
    [("HEAD~..",), ("HEAD~:katalog", "HEAD:katalog"), ("HEAD~", "FOLDER")],
)
def test_two_revisions_differ_as_their_folders_do(
    repository: Path, arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    named = [str(repository) if each == "FOLDER" else each for each in arguments]
    assert said(capsys, *named, "--katalog", repository) == SAID


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("main",), "`B` belum diberikan; atau tulis dua revisi sebagai `main..HEAD`"),
        (("tidak-ada", "HEAD"), "`tidak-ada` bukan folder, tanggal, atau revisi"),
        (("2026-02-30", "2026-03-01"), "`2026-02-30` bukan folder, tanggal, atau revisi"),
    ],
)
def test_what_can_not_be_compared_is_said(
    repository: Path, arguments: tuple[str, ...], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["diff", *arguments, "--katalog", str(repository)]) == 2
    assert words in capsys.readouterr().err


@pytest.mark.parametrize(
    "fault",
    [("izin: uji", "izin: lain"), ("instansi: dinkes", "instansi: dinkess"), ("setuju: teknis", "setuju: tekniss")],
)
def test_a_side_whose_rules_do_not_hang_together_is_not_compared(
    fault: tuple[str, str], before: Path, after: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(after, [fault])
    assert main(["diff", str(before), str(after)]) == 2
    told = capsys.readouterr()
    assert "galat[" in told.out
    assert f"`{after}` tidak dapat dibandingkan: ada galat" in told.err


PROMISED = '"New buildings outside the MBR route, changes and legalisation."}, waktu: 30 hari kerja'


@pytest.fixture(scope="module")
def offices(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Path, Path, tuple[str, str]]:
    """Return a catalog of one permit, the same with another promise, a store in which one case is open and one over,
    their releases, and their numbers."""
    folder = tmp_path_factory.mktemp("kantor")
    old = Path(shutil.copytree(ROOT / "catalog", folder / "lama"))
    for kind in ("izin", "contoh"):
        for entry in (old / "kota-kupang" / kind).iterdir():
            if entry.stem != "pbg":
                shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
    new = Path(shutil.copytree(old, folder / "baru"))
    edit(new, [(PROMISED, PROMISED.replace("30", "25"))], Path("kota-kupang") / "izin" / "pbg" / "2026-01-01.yaml")
    catalog, findings = read_catalog(old)
    assert catalog is not None, findings
    releases = published(folder / "rilis", catalog)
    office = open_office(folder / "data", releases, catalog)
    numbers = office.file(), office.file()
    office.done(numbers[1], Withdraw(), APPLICANT)
    office.store.close()
    office.releases.close()
    return old, new, folder / "data", releases, numbers


def test_open_cases_are_named_and_past_ones_decided_again(
    offices: tuple[Path, Path, Path, Path, tuple[str, str]], capsys: pytest.CaptureFixture[str]
) -> None:
    old, new, data, releases, (open_one, ended) = offices
    lines = said(capsys, old, new, "--penyimpanan", data, "--rilis", releases).splitlines()
    assert f"pbg: 1 permohonan terbuka tetap pada versi saat diajukan: {open_one} (verifikasi)" in lines
    at = lines.index("pbg: 2 dari 2 permohonan lama akan berubah hasilnya")
    assert lines[at + 1 : at + 3] == [
        f"    {number}: waktu 30 hari kerja menjadi 25 hari kerja" for number in sorted((open_one, ended))
    ]


def test_nothing_that_an_applicant_typed_is_told(
    offices: tuple[Path, Path, Path, Path, tuple[str, str]], capsys: pytest.CaptureFixture[str]
) -> None:
    old, new, data, releases, _ = offices
    for form in ("text", "json", "markdown"):
        told = said(capsys, old, new, "--penyimpanan", data, "--rilis", releases, "--format", form)
        assert "5371" not in told.replace("5371010101900001", "")  # but for the made-up number of a proof's form


def test_a_store_that_is_none_is_said(
    offices: tuple[Path, Path, Path, Path, tuple[str, str]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old, new, _, releases, _ = offices
    assert main(["diff", str(old), str(new), "--penyimpanan", str(tmp_path), "--rilis", str(releases)]) == 2
    assert "Traceback" not in capsys.readouterr().err


def test_a_side_whose_law_has_ended_is_compared(before: Path, after: Path, capsys: pytest.CaptureFixture[str]) -> None:
    law = Path("kota-uji") / "peraturan" / "perda-uji.yaml"
    edit(after, [("bukti: F", "bukti: F\ndicabut: 2026-05-01")], law)
    assert "bersama: Perda Uji 1/2024 dicabut: kini 1 Mei 2026, dahulu tidak ada" in said(capsys, before, after)


def test_a_new_day_off_names_the_open_cases_whose_dates_move(
    offices: tuple[Path, Path, Path, Path, tuple[str, str]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old, _, data, releases, (open_one, _) = offices
    new = Path(shutil.copytree(old, tmp_path / "libur"))
    calendar = new / "kota-kupang" / "kalender" / "2026.yaml"
    day = "  - {tanggal: 2026-03-11, nama: {id: Hari uji, en: Test day}, keputusan: skb-2026}"
    text = calendar.read_text(encoding="utf-8").rstrip()
    calendar.write_text(f"{text}\n{day}\n", encoding="utf-8")
    lines = said(capsys, old, new, "--penyimpanan", data, "--rilis", releases).splitlines()
    assert lines == [
        "bersama: hari libur baru: 11 Maret 2026, «Hari uji»",
        f"bersama: tenggat 1 permohonan terbuka dihitung ulang: {open_one} (verifikasi)",
    ]
