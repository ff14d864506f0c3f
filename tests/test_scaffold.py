"""What `satupintu new` and `satupintu revise` write passes check but for the gaps that it marks."""

from __future__ import annotations

import difflib
import re
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from generator.cli import main
from generator.examination import examine
from generator.finding import Finding, Severity
from generator.reading.gap import MARK

ROOT = Path(__file__).parent.parent
TINY = Path(__file__).parent / "cases" / "dasar"
UJI = Path("kota-uji") / "izin" / "uji"
# What an officer types for each gap of a new permit, by the key it stands under.
TYPED = {
    "nama": "Izin pasar malam",
    "ringkas": "Izin mengadakan pasar malam.",
    "kata_kunci": "bazar",
    "masa_berlaku": "5 tahun",
    "kode": "jumlah_lapak",
    "label": "Jumlah lapak",
    "jenis": "bilangan",
    "instansi": "dinkes",
    "waktu_total": "5 hari kerja",
    "waktu": "3 hari kerja",
    "retribusi": "gratis",
}
EXAMPLE = {"catatan": "dua lapak", "waktu": "5 hari kerja", "retribusi": "gratis"}


@pytest.fixture
def catalog(tmp_path: Path) -> Path:
    """A small catalog without findings."""
    return Path(shutil.copytree(TINY, tmp_path / "catalog"))


def told(catalog: Path) -> Sequence[Finding]:
    """Return what is found, by proof too where the catalog is small."""
    found = examine(catalog, prove=(catalog / "kota-uji").exists()).findings
    return [finding for finding in found if finding.severity is not Severity.INFO]


def filled(path: Path, typed: dict[str, str]) -> None:
    """Replace each gap of a file by what is typed for its key."""
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(rf'(\w+): (\[?)"{MARK}[^"]*"', lambda m: f"{m[1]}: {m[2]}{typed.get(m[1], 'baku')}", text))


def delegating(catalog: Path) -> None:
    """Put the new permit on the list of the law that delegates permits, where it carries one."""
    law = catalog / "kota-uji" / "peraturan" / "perwali-uji.yaml"
    if law.exists():
        text = law.read_text(encoding="utf-8")
        assert "daftar: [uji]" in text or "melimpahkan: [uji]" in text
        law.write_text(text.replace(": [uji]", ": [uji, pasar-malam]"), encoding="utf-8")


@pytest.mark.parametrize("city", ["kota-uji", "kota-kupang"])
def test_a_new_permit_has_nothing_against_it_but_its_gaps_and_none_once_they_are_filled(
    city: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = TINY if city == "kota-uji" else ROOT / "catalog"
    catalog = Path(shutil.copytree(source, tmp_path / "catalog", ignore=shutil.ignore_patterns(".skema")))
    delegating(catalog)
    before = {(finding.code, finding.at.place.file) for finding in told(catalog)}

    assert main(["new", "pasar-malam", "--mulai", "2026-01-01", "--katalog", str(catalog)]) == 0

    permit = catalog / city / "izin" / "pasar-malam" / "2026-01-01.yaml"
    example = catalog / city / "contoh" / "pasar-malam.yaml"
    said = capsys.readouterr()
    assert said.out == f"{permit}\n{example}\n"
    gaps = [finding for finding in told(catalog) if "pasar-malam" in finding.at.place.file]
    assert len(gaps) == permit.read_text().count(MARK) > 10
    assert f"{len(gaps)} bagian bertanda" in said.err
    assert {finding.code for finding in gaps} == {"TKS-90"}
    filled(permit, {**TYPED, "dokumen": "denah" if city == "kota-uji" else "denah-bangunan"})
    assert {finding.code for finding in told(catalog) if "pasar-malam" in finding.at.place.file} == {"TKS-90"}
    filled(example, EXAMPLE)
    assert {(finding.code, finding.at.place.file) for finding in told(catalog)} <= before


def test_a_delegation_whose_list_has_not_the_permit_is_not_guessed(catalog: Path) -> None:
    main(["new", "pasar-malam", "--mulai", "2026-01-01", "--katalog", str(catalog)])
    text = (catalog / "kota-uji" / "izin" / "pasar-malam" / "2026-01-01.yaml").read_text(encoding="utf-8")
    assert 'pelimpahan: {peraturan: "ISI DI SINI: kode peraturan yang melimpahkan izin ini' in text


def test_a_gap_says_what_to_type_there(catalog: Path) -> None:
    main(["new", "pasar-malam", "--mulai", "2026-01-01", "--katalog", str(catalog)])
    helps = [finding.help.to("id") for finding in told(catalog) if finding.help is not None]
    assert "ganti seluruhnya dengan: lama berlaku izin, misalnya 5 tahun atau 30 hari kalender" in helps
    assert all(text.startswith("ganti seluruhnya dengan: ") for text in helps)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["Pasar Malam"], "`Pasar Malam` bukan kode izin: huruf kecil, angka dan `-`, misalnya `pasar-malam`"),
        (["uji"], "izin `uji` sudah ada; versi baru dimulai dengan `satupintu revise uji`"),
        (["baru", "--dasar", "perwali-lain"], "tidak ada `peraturan/perwali-lain.yaml`; yang ada: "),
        (["baru", "--daerah", "kota-lain"], "beri `--daerah`, salah satu dari `kota-uji`"),
    ],
)
def test_what_can_not_begin_is_said_in_one_sentence_and_nothing_is_written(
    arguments: list[str], said: str, catalog: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = sorted(catalog.rglob("*"))
    assert main(["new", *arguments, "--katalog", str(catalog)]) == 2
    assert said in capsys.readouterr().err
    assert sorted(catalog.rglob("*")) == files


def revised(catalog: Path, law: str, day: str = "2026-07-01") -> list[str]:
    """Revise, and return the lines that were added and taken away."""
    before = (catalog / UJI / "2026-01-01.yaml").read_text(encoding="utf-8").splitlines()
    assert main(["revise", "uji", "--mulai", day, "--dasar", law, "--katalog", str(catalog)]) == 0
    after = (catalog / UJI / f"{day}.yaml").read_text(encoding="utf-8").splitlines()
    return [
        line for line in difflib.unified_diff(before, after, lineterm="", n=0) if line[:2] not in ("--", "++", "@@")
    ]


PASAL = 'pasal: "ISI DI SINI: pasal yang mengubah izin ini; hapus pasal bila seluruhnya"'


def test_a_revised_permit_is_the_one_in_force_with_its_day_and_its_law(catalog: Path) -> None:
    assert revised(catalog, "perda-uji") == [
        "-berlaku: {mulai: 2026-01-01}",
        "+berlaku: {mulai: 2026-07-01}",
        '-dasar_hukum: [{peraturan: uu-30-2014, pasal: "53"}]',
        f'+dasar_hukum: [{{peraturan: uu-30-2014, pasal: "53"}}, {{peraturan: perda-uji, {PASAL}}}]',
    ]
    assert [finding.code for finding in told(catalog)] == ["TKS-90"]
    filled(catalog / UJI / "2026-07-01.yaml", {"pasal": "4"})
    assert told(catalog) == []


def test_a_law_is_added_below_those_that_stand_in_lines(catalog: Path) -> None:
    path = catalog / UJI / "2026-01-01.yaml"
    lines = "dasar_hukum:\n  # undang-undang\n  - {peraturan: uu-30-2014}\n  - peraturan: perwali-uji\n    pasal: '1'\n"
    text = path.read_text(encoding="utf-8").replace('dasar_hukum: [{peraturan: uu-30-2014, pasal: "53"}]\n', lines)
    path.write_text(text, encoding="utf-8")
    assert revised(catalog, "perda-uji")[2:] == [f"+  - {{peraturan: perda-uji, {PASAL}}}"]


def test_a_permit_that_named_no_law_names_the_one_that_changes_it(catalog: Path) -> None:
    path = catalog / UJI / "2026-01-01.yaml"
    text = path.read_text(encoding="utf-8").replace('dasar_hukum: [{peraturan: uu-30-2014, pasal: "53"}]\n', "")
    path.write_text(text, encoding="utf-8")
    assert revised(catalog, "perda-uji")[2:] == ["+dasar_hukum:", f"+  - {{peraturan: perda-uji, {PASAL}}}"]


def test_a_law_that_is_cited_already_is_not_cited_twice(catalog: Path) -> None:
    assert revised(catalog, "uu-30-2014") == ["-berlaku: {mulai: 2026-01-01}", "+berlaku: {mulai: 2026-07-01}"]
    assert told(catalog) == []


def test_an_end_before_the_new_version_is_left_out_of_it_and_a_later_one_stays(catalog: Path) -> None:
    path = catalog / UJI / "2026-01-01.yaml"
    text = path.read_text(encoding="utf-8").replace("{mulai: 2026-01-01}", "{mulai: 2026-01-01, sampai: 2026-10-01}")
    path.write_text(text, encoding="utf-8")
    assert "+berlaku: {mulai: 2026-07-01, sampai: 2026-10-01}" in revised(catalog, "uu-30-2014")
    (catalog / UJI / "2026-07-01.yaml").unlink()
    assert "+berlaku: {mulai: 2026-10-01}" in revised(catalog, "uu-30-2014", "2026-10-01")


def test_a_law_that_is_not_there_yet_gets_a_file_that_its_code_fills_as_far_as_it_says(
    catalog: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    revised(catalog, "perwali-uji-9-2026")
    law = catalog / "kota-uji" / "peraturan" / "perwali-uji-9-2026.yaml"
    assert law.read_text(encoding="utf-8").startswith(
        'peraturan: perwali-uji-9-2026\njenis: perwali\nnomor: "9"\ntahun: 2026\njudul: "ISI DI SINI: '
    )
    assert {finding.code for finding in told(catalog)} == {"TKS-90"}
    filled(law, {"judul": "Perubahan", "singkat": "Perwali Uji 9/2026", "berlaku": "2026-07-01"})
    filled(catalog / UJI / "2026-07-01.yaml", {"pasal": "4"})
    assert told(catalog) == []
    assert capsys.readouterr().err.splitlines() == [
        "versi 2026-01-01 berakhir dengan sendirinya pada 2026-07-01; yang sudah diajukan tetap memakainya",
        "1. isi yang bertanda `ISI DI SINI`; `satupintu check` menyebut apa yang ditulis di sana",
        "2. ubah yang diubah `perwali-uji-9-2026`; yang berdasar peraturan lain ada di baris 7, 31, 43, 58",
        "3. tambahkan contoh dengan `pada: 2026-07-01` di contoh/uji.yaml; yang ada tetap menguji versi lama",
        "4. jalankan `satupintu check`, lalu `satupintu test`; "
        "`satupintu diff 2026-01-01 2026-07-01` menyebut apa yang berubah",
    ]


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2026-01-01", "versi 2026-01-01 dari `uji` sudah ada"),
        ("2025-01-01", "`uji` baru ada sejak 2026-01-01"),
    ],
)
def test_a_day_on_which_no_version_can_begin_is_said(
    day: str, said: str, catalog: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["revise", "uji", "--mulai", day, "--dasar", "perda-uji", "--katalog", str(catalog)]) == 2
    assert said in capsys.readouterr().err
