"""A list of fees as an officer writes it: what is read, what is found in each, and what is told of it."""

from __future__ import annotations

import json
import shutil
from functools import cache
from pathlib import Path

import jsonschema_rs
import yaml
from click.testing import CliRunner

from generator.cli import Program
from generator.difference.compared import compared
from generator.difference.report import report
from generator.examination import examine
from generator.finding import Finding
from generator.lowering.editor_schema import editor_schema
from generator.model import Catalog
from generator.reading.catalog_folder import read_catalog
from generator.render.difference_lines import as_lines

SECOND = Path(__file__).parent / "cases" / "kota_kedua"
CITY, PERMIT = "kota-ampera", "reklame-besar"
FILE = f"izin/{PERMIT}/2026-01-01.yaml"
WRITTEN = (SECOND / CITY / FILE).read_text(encoding="utf-8")


def folder_with(folder: Path, *edits: tuple[str, str]) -> Path:
    """Copy the city with this one permit, edited, and without its examples."""
    root = folder / "katalog"
    shutil.copytree(SECOND, root, ignore=shutil.ignore_patterns("izin", "contoh", ".skema"))
    text = WRITTEN
    for old, new in edits:
        assert old in text, old
        text = text.replace(old, new, 1)
    path = root / CITY / FILE
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    return root


def found(folder: Path, *edits: tuple[str, str]) -> list[Finding]:
    return [
        one for one in examine(folder_with(folder, *edits)).findings if one.code not in ("HKM-05", "CTH-02", "SYR-03")
    ]


def read(folder: Path, *edits: tuple[str, str]) -> Catalog:
    catalog, findings = read_catalog(folder_with(folder, *edits))
    assert catalog is not None, findings
    return catalog


@cache
def whole() -> Catalog:
    catalog, _ = read_catalog(SECOND)
    assert catalog is not None
    return catalog


def test_nothing_is_the_matter_with_it(tmp_path: Path) -> None:
    assert [one.code for one in found(tmp_path)] == []


def lines(folder: Path, *edits: tuple[str, str]) -> list[tuple[str, str]]:
    """Return what is found, each with the line it is found at."""
    findings = found(folder, *edits)
    text = (folder / "katalog" / CITY / FILE).read_text(encoding="utf-8").splitlines()
    shutil.rmtree(folder / "katalog")
    return [(one.code, text[one.at.place.line - 1].strip()) for one in findings]


def test_each_fee_among_several_needs_a_code_of_its_own_and_a_name(tmp_path: Path) -> None:
    assert len(lines(tmp_path, ("  - kode: survei\n    nama:", "  - nama:"))) == 1
    [(_, line)] = lines(tmp_path, ("kode: pajak", "kode: survei"))
    assert line == "- kode: survei"
    assert [line for _, line in lines(tmp_path, ("    jenis: pajak", "    gratis: ya"))] == ["gratis: ya"]


def test_what_is_the_matter_with_one_fee_is_found_there(tmp_path: Path) -> None:
    gap = ('{bila: {luas: "<= 10"}, tarif: {tetap: 100 ribu}}', '{bila: {luas: "< 10"}, tarif: {tetap: 100 ribu}}')
    assert [code for code, _ in lines(tmp_path, gap)] == ["RET-01"]
    twice = ('{bila: {luas: "> 50"}, nilai: 3_000}', '{bila: {luas: ">= 50"}, nilai: 3_000}')
    [(code, line)] = lines(tmp_path, twice)
    assert (code, line[:12]) == ("RET-02", "faktor: {har")
    falls = ('{bila: {luas: "> 50"}, nilai: 3_000}', '{bila: {luas: "> 50"}, nilai: 1_000}')
    [(code, line)] = lines(tmp_path, falls)
    assert (code, line[:9]) == ("RET-03", "komponen:")
    below = ("rumus: luas * harga}]\n    penagih", "rumus: luas * harga - 10_000}]\n    penagih")
    assert [code for code, _ in lines(tmp_path, below)] == ["RET-04"]
    collector = ("penagih: bapenda", "penagih: bappenda")
    assert lines(tmp_path, collector) == [("OPD-01", "penagih: bappenda")]
    no_perda = ('dasar: {peraturan: perda-ampera, pasal: "7"}', "dasar: {peraturan: perwali-ampera}")
    assert lines(tmp_path, no_perda) == [("HKM-04", "dasar: {peraturan: perwali-ampera}")]


def told(folder: Path, *edits: tuple[str, str]) -> list[str]:
    difference = compared(read(folder / "lama"), read(folder / "baru", *edits))
    return as_lines(report(difference), "id").splitlines()


def test_what_differs_is_told_of_the_fee_it_differs_in(tmp_path: Path) -> None:
    moment = told(tmp_path, ("    bayar: sesudah_terbit\n", ""))
    assert moment[0] == ("reklame-besar: «Pajak reklame»: saat membayar: sesudah terbit menjadi sebelum terbit")
    price = told(tmp_path / "harga", ("nilai: 12_345", "nilai: 13_000"))
    assert price[0] == "reklame-besar: «Pajak reklame»: faktor `harga`: 12.345 menjadi 13.000"
    row = told(tmp_path / "baris", ('{bila: {luas: "> 50"}, nilai: 3_000}', '{bila: {luas: "> 50"}, nilai: 4_000}'))
    assert row[0].startswith("reklame-besar: «Retribusi survei konstruksi»: faktor `harga` bila")
    assert "retribusi «Retribusi survei konstruksi» naik dari Rp" in row[1]
    start = WRITTEN.index("  - kode: pajak")
    tax = WRITTEN[start : WRITTEN.index("produk:")]
    assert told(tmp_path / "hapus", (tax, ""))[0] == "reklame-besar: pungutan dihapus: «Pajak reklame»"


def test_an_editor_takes_the_list() -> None:
    city = whole().cities[CITY]
    schema = editor_schema(city, city.permits[PERMIT][-1].permit)
    checker = jsonschema_rs.validator_for(json.loads(json.dumps(schema)))
    tree = json.loads(json.dumps(yaml.safe_load(WRITTEN), default=str))
    assert checker.is_valid(tree)
    del tree["retribusi"][1]["kode"]
    assert not checker.is_valid(tree)


def test_an_application_is_told_what_both_come_to(tmp_path: Path) -> None:
    answers = tmp_path / "jawaban.json"
    answers.write_text(json.dumps({"nama": "Siti", "nik": "1671014101900001", "luas": 60, "sosial": False}))
    arguments = ["decide", PERMIT, "--jawaban", str(answers), "--katalog", str(SECOND), "--pada", "2026-03-02"]
    done = CliRunner().invoke(Program("id"), arguments, standalone_mode=False)
    charge = json.loads(done.output)["biaya"]
    assert charge["rupiah"] == 921_000
    assert [(one["kode"], one["rupiah"], one["penagih"]) for one in charge["tagihan"]] == [
        ("survei", 180_000, "pupr"),
        ("pajak", 741_000, "bapenda"),
    ]
