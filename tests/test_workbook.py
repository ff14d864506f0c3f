"""A catalog goes to a workbook and comes back the same; what a workbook lacks is named by its cell, or marked."""

from __future__ import annotations

import datetime
import shutil
import subprocess
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from generator.annex import annex_text
from generator.build import build
from generator.cli import Program
from generator.examination import examine
from generator.model import Catalog
from generator.reading.catalog_folder import read_catalog
from generator.reading.permit_file import KEYS
from generator.workbook.read import read_workbook
from generator.workbook.rows import rows_of
from generator.workbook.same import says_the_same
from generator.workbook.sheets import PERMITS, SHEETS
from generator.workbook.written import write_workbook

HERE = Path(__file__).parent
SECOND = HERE / "cases" / "kota_kedua"
KUPANG = HERE.parent / "catalog"


def run(*arguments: object) -> tuple[int, str]:
    done = CliRunner().invoke(Program("id"), [str(one) for one in arguments], standalone_mode=False)
    assert done.exception is None, done.exception
    return int(done.return_value or 0), done.output


def catalog_of(folder: Path) -> Catalog:
    catalog, findings = read_catalog(folder)
    assert catalog is not None, findings
    return catalog


@pytest.mark.parametrize(("folder", "city"), [(SECOND, "kota-ampera"), (KUPANG, "kota-kupang")])
def test_a_catalog_comes_back_from_its_workbook_as_the_same_release(folder: Path, city: str, tmp_path: Path) -> None:
    book, back = tmp_path / "katalog.xlsx", tmp_path / "kembali"
    assert run("export", "excel", folder, "--ke", book)[0] == 0
    shutil.copytree(folder, back, ignore=shutil.ignore_patterns(".skema"))
    shutil.rmtree(back / city / "izin")
    (back / city / "dokumen.yaml").unlink()
    (back / city / "instansi.yaml").unlink()
    code, said = run("import", "excel", book, "--ke", back / city)
    assert code == 0, said
    assert "0 bagian belum diisi" in said
    assert build(catalog_of(back), tmp_path / "a") == build(catalog_of(folder), tmp_path / "b")


def test_every_key_of_a_permit_has_its_column() -> None:
    elsewhere = {
        "berlaku",
        "isian",
        "syarat",
        "alur",
        "peralihan",
    }  # on sheets of their own; the last is always refused
    assert set(KEYS) - elsewhere <= {column.key for column in PERMITS.columns}


def test_the_empty_workbook_has_every_sheet_and_says_what_goes_into_each_column(tmp_path: Path) -> None:
    assert run("export", "excel", SECOND, "--kosong", "--ke", tmp_path / "kosong.xlsx")[0] == 0
    book = load_workbook(tmp_path / "kosong.xlsx")
    assert book.sheetnames == ["Petunjuk", *(sheet.name for sheet in SHEETS)]
    for sheet in SHEETS:
        page = book[sheet.name]
        assert [cell.value for cell in page[1]] == list(sheet.headings)
        assert all(cell.comment is not None and cell.comment.text for cell in page[1])


def test_what_an_office_has_not_filled_in_is_marked_and_named_by_check(tmp_path: Path) -> None:
    whose = ("pasar-malam", "2026-01-01")
    desk = ("periksa", "", "", "dpmptsp.kepala", "", "", "1 hari kerja", "", "", "", "terbit")
    rows: dict[str, list[tuple[str, ...]]] = {
        "Izin": [(*whose, "", "Izin pasar malam", "", "izin")],
        "Isian": [(*whose, "", "", "", "lapak", "Jumlah lapak")],
        "Tahap": [(*whose, *desk), (*whose, "terbit", *[""] * 15, "terbit")],
    }
    write_workbook(rows, tmp_path / "buku.xlsx")
    folder = shutil.copytree(SECOND, tmp_path / "katalog")
    code, said = run("import", "excel", tmp_path / "buku.xlsx", "--ke", folder / "kota-ampera")
    assert code == 0, said
    found = [finding for finding in examine(folder).findings if "pasar-malam" in finding.at.place.file]
    advice = " ".join(finding.help.to("id") for finding in found if finding.help is not None)
    assert {finding.code for finding in found} == {"TKS-90"}
    for words in ("jumlah waktu semua tahap", "gratis", "bilangan, desimal"):
        assert words in advice


def test_a_file_that_says_the_same_is_left_alone_with_its_comments(tmp_path: Path) -> None:
    folder = shutil.copytree(KUPANG, tmp_path / "katalog", ignore=shutil.ignore_patterns(".skema")) / "kota-kupang"
    before = {file: file.read_bytes() for file in folder.rglob("*.yaml")}
    book = tmp_path / "buku.xlsx"
    write_workbook(rows_of(folder), book)
    code, said = run("import", "excel", book, "--ke", folder, "--timpa")
    assert (code, said.count("\n")) == (0, 1)
    assert said.startswith("0 berkas; 45 lagi isinya sama, dibiarkan")
    assert {file: file.read_bytes() for file in folder.rglob("*.yaml")} == before


def test_a_file_that_says_something_else_is_not_overwritten_unless_asked(tmp_path: Path) -> None:
    folder = shutil.copytree(SECOND, tmp_path / "katalog") / "kota-ampera"
    file, book = folder / "izin" / "menara" / "2026-01-01.yaml", tmp_path / "buku.xlsx"
    write_workbook(rows_of(folder), book)
    before = file.read_text(encoding="utf-8")
    mine = before.replace("jenis: izin", "jenis: layanan", 1)
    file.write_text(mine, encoding="utf-8")
    code, said = run("import", "excel", book, "--ke", folder)
    assert code == 1
    assert said.splitlines()[0] == f"`{file}` sudah ada, dan isinya lain; `--timpa` menimpanya, komentarnya hilang"
    assert file.read_text(encoding="utf-8") == mine
    assert run("import", "excel", book, "--ke", folder, "--timpa")[0] == 0
    assert says_the_same(file.read_text(encoding="utf-8"), before)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("a: 1_000\nb: [x, y]  # kata\n", 'b: ["x", "y"]\na: 1000\n', True),
        ("alur: {a: {akhir: terbit}, b: {akhir: terbit}}", "alur: {b: {akhir: terbit}, a: {akhir: terbit}}", False),
        ("syarat: [a, b]", "syarat: [b, a]", False),
        ("a: [", "a: [", False),
    ],
)
def test_two_texts_say_the_same_whatever_their_quotes_comments_and_order_of_keys(
    one: str, other: str, same: bool
) -> None:
    assert says_the_same(one, other) is same


def test_each_thing_that_can_not_be_read_is_named_by_its_cell_and_nothing_is_written(tmp_path: Path) -> None:
    write_workbook({"Izin": [("a", "2026-01-01", "", "A", "", "izin"), ("a", "2026-01-01")]}, tmp_path / "buku.xlsx")
    book = load_workbook(tmp_path / "buku.xlsx")
    book["Izin"]["Z1"] = "biaya_admin"
    book["Izin"]["J2"] = "{rusak"
    book["Dokumen"]["A2"], book["Dokumen"]["B2"] = "b", "2026-01-01"
    book["Tahap"]["A2"], book["Tahap"]["B2"], book["Tahap"]["C2"] = "a", "2026-01-01", "#REF!"
    book.create_sheet("Rekap")
    book.save(tmp_path / "buku.xlsx")
    read = read_workbook(tmp_path / "buku.xlsx")
    told = {(fault.sheet, fault.cell) for fault in read.faults}
    assert {("Izin", "Z1"), ("Izin", "J2"), ("Izin", "A3"), ("Dokumen", "A2"), ("Tahap", "C2"), ("Rekap", "")} == told
    code, said = run("import", "excel", tmp_path / "buku.xlsx", "--ke", tmp_path / "kota")
    assert code == 1
    assert "lembar `Izin`, sel Z1: kolom `biaya_admin` tidak dikenal" in said
    assert not (tmp_path / "kota").exists()


def test_a_file_that_is_no_workbook_is_said_to_be_none(tmp_path: Path) -> None:
    (tmp_path / "surat.xlsx").write_text("bukan buku")
    assert "bukan buku Excel" in run("import", "excel", tmp_path / "surat.xlsx", "--ke", tmp_path / "kota")[1]


def test_dates_and_numbers_that_excel_made_are_read_as_they_were_typed(tmp_path: Path) -> None:
    write_workbook({"Izin": [("a", "2026-01-01", "", "A", "", "izin")]}, tmp_path / "buku.xlsx")
    book = load_workbook(tmp_path / "buku.xlsx")
    book["Izin"]["B2"] = datetime.date(2026, 1, 1)
    book["Izin"]["H2"] = 503.0
    book.save(tmp_path / "buku.xlsx")
    assert "izin/a/2026-01-01.yaml" in read_workbook(tmp_path / "buku.xlsx").files


def test_standards_are_written_as_pages_and_as_pdf(tmp_path: Path) -> None:
    assert run("export", "standar", SECOND, "--ke", tmp_path / "standar")[0] == 0
    written = sorted(path.name for path in (tmp_path / "standar").iterdir())
    assert len(written) == 2 * len(list(SECOND.glob("*/izin/*")))
    page = (tmp_path / "standar" / "standar-menara-2026-01-01.html").read_text(encoding="utf-8")
    assert page.count("<h2>") == 14
    with pikepdf.open(tmp_path / "standar" / "standar-menara-2026-01-01.pdf") as pdf:
        assert pdf.Root.MarkInfo.Marked
    shown: list[str | Path] = ["pdftotext", tmp_path / "standar" / "standar-menara-2026-01-01.pdf", "-"]
    text = subprocess.run(shown, capture_output=True, text=True, check=True).stdout
    assert "PEMERINTAH KOTA AMPERA" in text


def test_the_annex_has_a_row_for_every_service(tmp_path: Path) -> None:
    city = catalog_of(KUPANG).cities["kota-kupang"]
    text = annex_text(city, "id")
    rows = [line for line in text.splitlines() if line.startswith("| ") and line[2].isdigit()]
    assert len(rows) == len(city.permits)
    assert {row.count(" | ") for row in rows} == {7}
    assert run("export", "lampiran", SECOND)[1].startswith("# Lampiran: jenis pelayanan DPMPTSP Kota Ampera")
