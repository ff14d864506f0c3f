"""What an officer sees while typing: every key, question, option and test, and what is not one of them.

The schema is tried through the language server that editors run, not read.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from generator.lowering.editor_schema import editor_schema
from generator.model import CityCatalog
from generator.reading.catalog_folder import read_catalog
from generator.reading.permit_file import KEYS
from generator.schemas import write_schemas
from tests.language_server import LanguageServer
from tests.sample_permit import sample_city, sample_permit

ROOT = Path(__file__).parent.parent
HEAD = "# yaml-language-server: $schema=../../.skema/warung.json\n"
WHOLE = (
    HEAD
    + """\
izin: warung
nama: {id: Izin Warung, en: Food stall licence}
jenis: izin
berlaku: {mulai: 2026-01-01}
isian:
  - bagian: Usaha
  - {kode: luas, label: Luas, jenis: desimal, digit: 2, satuan: m2, minimal: 1, maksimal: 100_000}
  - kode: penjaga
    label: Penjaga
    jenis: daftar
    isian: [{kode: nama, label: Nama, jenis: teks}]
turunan:
  jumlah_penjaga: {rumus: banyak(penjaga), jenis: bilangan}
syarat:
  - {dokumen: ktp}
  - dokumen: akta
    wajib_bila: {bentuk: badan}
kelayakan:
  - tolak_bila: {buka_24_jam: ya, jumlah_penjaga: "< 2"}
    pesan: Terlalu sedikit penjaga.
    dasar: {peraturan: perda-uji-1-2024}
alur:
  verifikasi: {oleh: dpmptsp.front_office, waktu: 1 hari kerja, setuju: teknis}
  teknis:
    serentak:
      - {instansi: dinkes, waktu: 3 hari kerja}
    setuju: terbit
  terbit: {akhir: terbit}
waktu_total:
  - {bila: {luas: "> 100 dan <= 500"}, waktu: 5 hari kerja}
  - {selainnya: ya, alasan: Yang lain., waktu: 3 hari kerja}
retribusi: gratis
"""
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A city folder with the schema of `warung`."""
    city = tmp_path_factory.mktemp("kota")
    (city / ".skema").mkdir()
    (city / "izin" / "warung").mkdir(parents=True)
    catalog = CityCatalog(city=sample_city(), groups={}, permits={}, examples=(), places={})
    schema = editor_schema(catalog, sample_permit())
    (city / ".skema" / "warung.json").write_text(json.dumps(schema), encoding="utf-8")
    return city


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[LanguageServer]:
    with LanguageServer(folder) as started:
        yield started


class Page:
    """Texts opened one after the other, each in a file of its own."""

    def __init__(self, server: LanguageServer, folder: Path, name: str) -> None:
        self.server, self.folder, self.name, self.opened = server, folder, name, 0

    def open(self, text: str) -> tuple[Path, list[str]]:
        self.opened += 1
        path = self.folder / "izin" / "warung" / f"{self.name}-{self.opened}.yaml"
        return path, self.server.open(path, text)

    def completions(self, text: str) -> Mapping[str, Mapping[str, object]]:
        """Return what is offered at `|`."""
        before, _, after = text.partition("|")
        path, _ = self.open(before + after)
        line = before.count("\n")
        return self.server.completions(path, line, len(before) - before.rfind("\n") - 1)


@pytest.fixture
def page(server: LanguageServer, folder: Path, request: pytest.FixtureRequest) -> Page:
    return Page(server, folder, request.node.name)


def test_a_file_as_it_should_be_has_no_finding(page: Page) -> None:
    assert page.open(WHOLE)[1] == []


def test_every_key_of_a_permit_is_offered(page: Page) -> None:
    offered = page.completions(HEAD + "izin: warung\n|\n")
    assert {"isian", "turunan", "syarat", "kelayakan", "alur", "waktu_total", "retribusi", "produk"} <= set(offered)


def test_the_questions_of_the_permit_are_offered_in_a_condition(page: Page) -> None:
    offered = page.completions(HEAD + "syarat:\n  - dokumen: ktp\n    wajib_bila:\n      |\n")
    assert {"bentuk", "luas", "jumlah_penjaga", "permohonan", "semua", "salah_satu", "bukan"} <= set(offered)


def test_the_options_of_a_choice_are_offered_with_their_words(page: Page) -> None:
    offered = page.completions(HEAD + "syarat:\n  - dokumen: ktp\n    wajib_bila:\n      bentuk: |\n")
    assert {"perorangan", "badan", "terisi", "kosong"} <= set(offered)
    assert "Badan" in str(offered["badan"].get("documentation"))


def test_a_repeating_group_offers_only_whether_it_is_answered(page: Page) -> None:
    offered = page.completions(HEAD + "syarat:\n  - dokumen: ktp\n    wajib_bila:\n      penjaga: |\n")
    assert set(offered) == {"terisi", "kosong"}


def test_a_number_offers_the_tests_to_start_from(page: Page) -> None:
    offered = page.completions(HEAD + "syarat:\n  - dokumen: ktp\n    wajib_bila:\n      luas: |\n")
    assert {'"> …"', '"> … dan <= …"', "terisi"} <= set(offered)


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("syarat:\n  - dokumen: |\n", {"ktp", "akta", "denah"}),
        ("alur:\n  verifikasi:\n    setuju: |\n", {"teknis", "terbit"}),
        ("alur:\n  verifikasi:\n    oleh: |\n", {"dinkes", "dpmptsp.front_office"}),
        ("alur:\n  teknis:\n    serentak:\n      - instansi: |\n", {"dinkes", "dlhk"}),
        ("pelimpahan:\n  peraturan: |\n", {"perda-uji-1-2024"}),
        ("isian:\n  - kode: a\n    jenis: |\n", {"pilihan", "daftar", "uang"}),
        ("alur:\n  verifikasi:\n    waktu: |\n", {"… hari kerja", "… jam kerja"}),
    ],
)
def test_names_of_the_city_and_of_the_permit_are_offered_where_they_belong(
    page: Page, text: str, known: set[str]
) -> None:
    assert known <= set(page.completions(HEAD + text))


def test_a_question_says_what_it_is_when_it_is_pointed_at(page: Page) -> None:
    path, _ = page.open(WHOLE.replace("{bentuk: badan}", "{luas: terisi}"))
    line = next(at for at, text in enumerate(WHOLE.splitlines()) if "wajib_bila" in text)
    said = page.server.hover(path, line, 18)
    assert "Luas ruangan" in said
    assert "desimal, m2" in said
    assert "tanpa teras" in said


def test_a_key_says_what_it_is_when_it_is_pointed_at(page: Page) -> None:
    path, _ = page.open(WHOLE)
    assert "Pertanyaan formulir" in page.server.hover(path, WHOLE[: WHOLE.index("\nisian:")].count("\n") + 1, 2)


def test_a_key_with_a_shape_of_its_own_still_says_what_it_is(page: Page) -> None:
    path, _ = page.open(WHOLE)
    assert "Nama izin, seperti pada surat." in page.server.hover(path, 2, 1)


def test_every_key_that_is_read_is_offered() -> None:
    catalog = CityCatalog(city=sample_city(), groups={}, permits={}, examples=(), places={})
    properties = editor_schema(catalog, sample_permit())["properties"]
    assert isinstance(properties, dict)
    assert set(properties) == set(KEYS)


def test_no_permit_of_the_catalog_is_marked(tmp_path: Path) -> None:
    root = shutil.copytree(ROOT / "catalog", tmp_path / "catalog", ignore=shutil.ignore_patterns(".*"))
    catalog, _ = read_catalog(root)
    assert catalog is not None
    assert write_schemas(catalog, root) > 0
    marked = {}
    with LanguageServer(root) as server:
        for code, city in catalog.cities.items():
            for versions in city.permits.values():
                for version in versions:
                    path = root / version.places.file
                    text = path.read_text(encoding="utf-8")
                    assert text.startswith(
                        f"# yaml-language-server: $schema=../../.skema/{version.permit.code}.json\n"
                    ), path
                    if found := server.open(path, text):
                        marked[f"{code}/{version.permit.code}"] = found
    assert marked == {}


@pytest.mark.parametrize(
    ("right", "wrong", "line", "said"),
    [
        ("{bentuk: badan}", "{bentu: badan}", 18, "Property bentu is not allowed."),
        ("{bentuk: badan}", "{bentuk: bada}", 18, 'Value must be "perorangan" | "badan"'),
        ("{bentuk: badan}", "{luas: 100 m3}", 18, "Tulis misalnya"),
        ('"> 100 dan <= 500"', '"> 100 dan"', 31, "Tulis misalnya"),
        ("{bentuk: badan}", "{buka_24_jam: no}", 18, "Value is not accepted."),
        ("retribusi: gratis", "retribus: gratis", 33, "Property retribus is not allowed."),
        ("instansi: dinkes", "instansi: dinkse", 27, 'Value must be "dpmptsp" | "dinkes" | "dlhk"'),
        ("waktu: 3 hari kerja}\n    setuju", "waktu: 3 hari}\n    setuju", 27, "setengah hari"),
    ],
)
def test_what_does_not_belong_is_marked_at_its_line(page: Page, right: str, wrong: str, line: int, said: str) -> None:
    assert right in WHOLE
    found = page.open(WHOLE.replace(right, wrong, 1))[1]
    assert any(one.startswith(f"{line}: ") and said in one for one in found), found
