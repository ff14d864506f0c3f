"""What the examples reach is counted, and what they do not reach is told at its line."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from generator.cli import main

TINY = Path(__file__).parent / "cases" / "dasar"
EXAMPLES = Path("kota-uji") / "contoh" / "uji.yaml"
PERMIT = Path("kota-uji") / "izin" / "uji" / "2026-01-01.yaml"
SMALL = """\
- catatan: kecil
  pada: 2026-03-02
  sebagian: ya
  jawaban: {luas: 50, bertingkat: tidak}
  hasil: {dokumen: [ktp], peninjau: [dinkes], waktu: 7 hari kerja, retribusi: 500_000, akhir: terbit}
"""
LARGE = """\
- catatan: besar dan bertingkat
  pada: 2026-03-02
  sebagian: ya
  jawaban: {luas: 101, bertingkat: ya}
  hasil: {dokumen: [ktp, denah], peninjau: [dinkes, pupr], akhir: terbit}
"""
REFUSED = """\
- catatan: terlalu kecil
  pada: 2026-03-02
  sebagian: ya
  jawaban: {luas: 9, bertingkat: ya}
  hasil: {akhir: tidak_layak}
"""


@pytest.fixture
def catalog(tmp_path: Path) -> Path:
    copy = Path(shutil.copytree(TINY, tmp_path / "catalog"))
    (copy / EXAMPLES).parent.mkdir()
    return copy


def told(catalog: Path, examples: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, list[str]]:
    """Return how the command ends, its last line, and the first line of each finding with the line it is at."""
    (catalog / EXAMPLES).write_text(examples, encoding="utf-8")
    ended = main(["test", str(catalog)])
    said = capsys.readouterr()
    found = re.findall(r"^(\w+\[.*)\n +--> .*?(\w+\.yaml:\d+|\d\.yaml:\d+):", said.out, re.MULTILINE)
    return ended, said.err.splitlines()[-1], [f"{line} ({at.split(':')[1]})" for line, at in found]


def test_what_all_examples_together_reach_is_counted(catalog: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (catalog / EXAMPLES).write_text(SMALL + LARGE + REFUSED, encoding="utf-8")
    assert main(["test", str(catalog)]) == 0
    assert [line.split() for line in capsys.readouterr().out.splitlines()] == [
        ["izin", "contoh", "baris", "tahap", "dokumen", "penolakan"],
        ["uji", "2026-01-01", "3", "2/2", "4/4", "2/2", "1/1"],
        ["3", "2/2", "4/4", "2/2", "1/1"],
    ]


def test_what_no_example_reaches_is_told_at_its_line(catalog: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert told(catalog, SMALL, capsys) == (
        0,
        "1 contoh, 0 tidak sesuai, 3 bagian tidak dicapai",
        [
            "peringatan[CTH-02]: tidak ada contoh yang mencapai dokumen `denah` (27)",
            "peringatan[CTH-02]: tidak ada contoh yang mencapai penolakan ke-1 (29)",
            "peringatan[CTH-02]: tidak ada contoh yang mencapai `pupr` di tahap `teknis` (37)",
        ],
    )


def test_an_example_reaches_only_what_it_says_something_about(
    catalog: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    without = LARGE.replace("dokumen: [ktp, denah], ", "")
    _, _, found = told(catalog, without + REFUSED, capsys)
    assert found == [
        "peringatan[CTH-02]: tidak ada contoh yang mencapai dokumen `ktp` (26)",
        "peringatan[CTH-02]: tidak ada contoh yang mencapai dokumen `denah` (27)",
    ]


def test_an_example_that_does_not_hold_reaches_nothing(catalog: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ended, last, found = told(catalog, SMALL.replace("500_000", "1"), capsys)
    assert ended == 1
    assert last.startswith("1 contoh, 1 tidak sesuai, ")
    assert "peringatan[CTH-02]: `uji` versi 2026-01-01 tidak punya contoh (1)" in found


def test_an_example_that_nobody_has_confirmed_counts_as_nothing(
    catalog: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    proposed = (SMALL + LARGE + REFUSED).replace("  sebagian: ya\n", "  sebagian: ya\n  usulan: ya\n")
    assert told(catalog, proposed, capsys)[1:] == (
        "0 contoh, 0 tidak sesuai, 9 bagian tidak dicapai",
        ["peringatan[CTH-02]: `uji` versi 2026-01-01 tidak punya contoh (1)"],
    )


def test_rows_are_told_in_the_table_they_stand_in(catalog: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = catalog / PERMIT
    text = path.read_text(encoding="utf-8")
    rows = (
        "waktu_total:\n  baris:\n    - {bila: {bertingkat: tidak}, waktu: 7 hari kerja}\n"
        "    - {bila: {bertingkat: ya}, waktu: 7 hari kerja}\n"
    )
    factor = "faktor: {harga: {baris: [{bila: {luas: '<= 100'}, nilai: 1}, {bila: {luas: '> 100'}, nilai: 2}]}}"
    text = text.replace("waktu_total: 7 hari kerja\n", rows).replace("faktor: {harga: {tarif: harga-uji}}", factor)
    path.write_text(text, encoding="utf-8")
    small = SMALL.replace("500_000", "50")
    _, _, found = told(catalog, small + LARGE + REFUSED, capsys)
    assert found == [
        "peringatan[CTH-02]: tidak ada contoh yang mencapai baris 2 `waktu_total` (44)",
        "peringatan[CTH-02]: tidak ada contoh yang mencapai baris 2 `faktor/harga` (47)",
    ]


def test_what_needs_no_example_is_accepted_in_the_permits_file(
    catalog: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with (catalog / PERMIT).open("a", encoding="utf-8") as file:
        file.write("diterima: [{temuan: CTH-02, alasan: Contohnya menyusul.}]\n")
    assert told(catalog, SMALL, capsys)[2] == []
    assert main(["check", str(catalog)]) == 0
    assert capsys.readouterr().out == ""


def proposed(catalog: Path, capsys: pytest.CaptureFixture[str]) -> tuple[list[str], str]:
    """Let examples be proposed; return what is said of them, and the text that was added."""
    path = catalog / EXAMPLES
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    assert main(["test", str(catalog), "--usulkan"]) == 0
    said = [line.replace(f"{path}: ", "") for line in capsys.readouterr().err.splitlines() if "contoh, " not in line]
    return said, path.read_text(encoding="utf-8").removeprefix(before)


def test_an_example_is_proposed_for_what_none_reaches_and_counts_once_it_is_confirmed(
    catalog: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (catalog / EXAMPLES).write_text(SMALL, encoding="utf-8")

    said, added = proposed(catalog, capsys)

    assert said == [
        "usul yang mencapai dokumen `denah`",
        "usul yang mencapai penolakan ke-1",
        "usul yang mencapai `pupr` di tahap `teknis`",
    ]
    assert added.count("  usulan: ya\n") == 3
    assert 'jawaban: {\n    permohonan: baru, nama: "Contoh", luas: 101, bertingkat: tidak\n  }' in added
    assert "dokumen: [ktp, denah], peninjau: [dinkes], retribusi: 1_010_000, waktu: 7 hari kerja," in added
    assert WAY in added
    assert main(["check", str(catalog), "--cepat"]) == 0
    assert capsys.readouterr().out.count("catatan[CTH-03]") == 3
    text = (catalog / EXAMPLES).read_text(encoding="utf-8")
    assert told(catalog, text, capsys)[1] == "1 contoh, 0 tidak sesuai, 3 bagian tidak dicapai"
    assert told(catalog, text.replace("  usulan: ya\n", ""), capsys) == (
        0,
        "4 contoh, 0 tidak sesuai, 0 bagian tidak dicapai",
        [],
    )


def test_what_people_answered_before_is_answered_again_where_no_rule_reads_it(
    catalog: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (catalog / EXAMPLES).write_text(SMALL.replace("{luas", "{nama: Maria Tari, luas"), encoding="utf-8")
    added = proposed(catalog, capsys)[1]
    assert added.count('nama: "Maria Tari"') == 3


def test_what_no_application_can_reach_is_said(catalog: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = catalog / PERMIT
    text = path.read_text(encoding="utf-8").replace('{luas: "> 100"}', '{luas: "> 5000"}')
    path.write_text(text, encoding="utf-8")
    (catalog / EXAMPLES).write_text(SMALL + LARGE.replace(", denah", "") + REFUSED, encoding="utf-8")
    assert proposed(catalog, capsys) == (["`uji`: tidak ada permohonan yang dapat mencapai dokumen `denah`"], "")


WAY = (
    "tahap: {periksa: {dpmptsp.front_office: 1 hari kerja}, teknis: {dinkes: 5 hari kerja}, "
    "terbitkan: {dpmptsp.kepala: 1 hari kerja}}"
)


@pytest.mark.parametrize(
    ("way", "fault"),
    [
        (WAY, ""),
        (WAY.replace("dinkes: 5", "dinkes: 4"), "teknis: dinkes (4 hari kerja)"),
        (WAY.replace("dinkes: 5 hari kerja", 'dinkes: "5 hari kerja, ditinjau"'), "dinkes (5 hari kerja, ditinjau)"),
        (WAY.replace("dpmptsp.kepala", "dpmptsp.front_office"), "terbitkan: dpmptsp.front_office (1 hari kerja)"),
        (WAY.replace("periksa: {dpmptsp.front_office: 1 hari kerja}, ", ""), "contoh «kecil» menyebut tahap teknis: "),
    ],
)
def test_an_example_may_name_its_whole_way(
    way: str, fault: str, catalog: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ended, _, found = told(catalog, SMALL.replace("akhir:", f"{way}, akhir:"), capsys)
    assert ended == int(bool(fault))
    assert any(fault in line for line in found) if fault else not any("CTH-01" in line for line in found)


@pytest.mark.parametrize(("written", "ended"), [("5 tahun", 0), ("4 tahun", 1)])
def test_an_example_may_name_how_long_the_permit_lasts(
    written: str, ended: int, catalog: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert told(catalog, SMALL.replace("akhir:", f"masa_berlaku: {written}, akhir:"), capsys)[0] == ended


def test_a_row_of_times_is_reached_by_an_example_that_names_its_way(
    catalog: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = catalog / PERMIT
    rows = "[{bila: {bertingkat: tidak}, waktu: 5 hari kerja}, {bila: {bertingkat: ya}, waktu: 5 hari kerja}]"
    text = path.read_text(encoding="utf-8").replace(
        "{instansi: dinkes, waktu: 5 hari kerja}", f"{{instansi: dinkes, waktu: {rows}}}"
    )
    path.write_text(text, encoding="utf-8")
    named = SMALL.replace("akhir:", f"{WAY}, akhir:")
    assert told(catalog, SMALL + LARGE + REFUSED, capsys)[1].endswith(" 2 bagian tidak dicapai")
    assert told(catalog, named + LARGE + REFUSED, capsys)[1].endswith(" 1 bagian tidak dicapai")


def test_half_a_day_is_written_in_an_example_as_in_the_permit(
    catalog: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = catalog / PERMIT
    text = path.read_text(encoding="utf-8").replace("waktu_total: 7 hari kerja", "waktu_total: 4 jam kerja")
    path.write_text(text.replace("dinkes, waktu: 5 hari kerja", "dinkes, waktu: 4 jam kerja"), encoding="utf-8")
    way = WAY.replace("dinkes: 5 hari kerja", "dinkes: 4 jam kerja")
    small = SMALL.replace("waktu: 7 hari kerja", "waktu: 4 jam kerja").replace("akhir:", f"{way}, akhir:")
    assert told(catalog, small, capsys)[0] == 0


def test_an_example_that_gets_there_and_does_not_say_so_is_proposed_again_with_all_that_follows(
    catalog: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = catalog / PERMIT
    rows = "[{bila: {bertingkat: tidak}, peninjauan: ya}, {bila: {bertingkat: ya}, peninjauan: tidak}]"
    desk = "{instansi: dinkes, waktu: 5 hari kerja"
    text = path.read_text(encoding="utf-8").replace(desk, f"{desk}, peninjauan: {rows}")
    path.write_text(text, encoding="utf-8")
    whole = SMALL.replace("  sebagian: ya\n", "").replace("{luas", "{permohonan: baru, nama: Maria Tari, luas")
    (catalog / EXAMPLES).write_text(whole + LARGE + REFUSED, encoding="utf-8")

    said, added = proposed(catalog, capsys)

    assert said == [
        "usul yang mencapai baris 1 `teknis/peninjauan/0`",
        "usul yang mencapai baris 2 `teknis/peninjauan/0`",
    ]
    assert 'jawaban: {\n    permohonan: baru, nama: "Maria Tari", luas: 50, bertingkat: tidak\n  }' in added
    assert WAY.replace("dinkes: 5 hari kerja", 'dinkes: "5 hari kerja, ditinjau"') in added
    confirmed = (catalog / EXAMPLES).read_text(encoding="utf-8").replace("  usulan: ya\n", "")
    assert told(catalog, confirmed, capsys) == (0, "5 contoh, 0 tidak sesuai, 0 bagian tidak dicapai", [])
