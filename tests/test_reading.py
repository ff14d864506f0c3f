"""What a catalog folder means once it is read, and what one bad file does to the others."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

from generator.checks.proven import EVERY
from generator.examination import examine
from generator.finding import Place
from generator.model import CityCatalog, PermitVersion
from generator.reading.catalog_folder import read_catalog
from rules.condition.tree import Between, Every, OneOf
from rules.duration import Duration, Unit
from rules.field import Section
from rules.kind import Kind
from rules.permit import Component, Earliest, Fee, Formula, Lasting, Reviewer, TariffValue, UntilField
from rules.table import Policy, Row, Table
from rules.words import Words
from tests.literate_case import BASE, CITY, DEFAULT

PERMIT = (BASE / CITY / DEFAULT).read_text(encoding="utf-8")


def built(folder: Path, files: dict[str, str]) -> Path:
    """Copy the base catalog and write files into its city."""
    root = folder / "katalog"
    shutil.copytree(BASE, root)
    for name, text in files.items():
        path = root / CITY / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def read(root: Path) -> CityCatalog:
    catalog, findings = read_catalog(root)
    assert findings == ()
    assert catalog is not None
    return catalog.cities[CITY]


def version(folder: Path, *changes: tuple[str, str]) -> PermitVersion:
    text = PERMIT
    for before, after in changes:
        assert before in text
        text = text.replace(before, after, 1)
    return read(built(folder, {DEFAULT: text})).permits["uji"][0]


def test_the_permit_is_what_the_officer_wrote(tmp_path: Path) -> None:
    permit = version(tmp_path).permit
    assert (permit.code, permit.kind, permit.valid_from, permit.valid_until) == ("uji", "izin", "2026-01-01", None)
    assert [field.code for field in permit.fields] == ["permohonan", "nama", "luas", "bertingkat"]
    luas = permit.fields[2]
    assert (luas.kind, luas.digits, luas.unit, luas.minimum, luas.maximum) == (
        Kind.DECIMAL,
        2,
        "m2",
        Decimal("1.00"),
        Decimal("5000.00"),
    )
    assert permit.sections == (
        Section(Words("Data diri", "About you"), ("permohonan", "nama")),
        Section(Words("Tempat usaha", "Place of business"), ("luas", "bertingkat")),
    )
    assert permit.requirements[1].when == Between("luas", Kind.DECIMAL, Decimal("100.00"), low_included=False)
    assert permit.eligibility[0].when == Every(
        (
            OneOf("bertingkat", Kind.YES_NO, (True,)),
            Between("luas", Kind.DECIMAL, high=Decimal("10.00"), high_included=False),
        )
    )
    assert permit.stages[0].reviewers == (
        Reviewer("dpmptsp", "front_office", duration=Table((Row(Duration(1, Unit.WORKING_DAY)),))),
    )
    assert permit.promise == Table((Row(Duration(7, Unit.WORKING_DAY)),))
    assert isinstance(permit.fee, Fee)
    assert permit.fee.factors[0].value == Table((Row(TariffValue("harga-uji")),))
    assert permit.fee.components == (
        Component(Words("Retribusi luas", "Area fee"), Table((Row(Formula("luas * harga")),))),
    )


def test_every_part_knows_its_place(tmp_path: Path) -> None:
    places = version(tmp_path).places
    file = f"{CITY}/{DEFAULT}"
    assert places.find("izin") == Place(file, 1, 7, 1, 10)
    assert places.find("isian", "luas") == Place(file, 13, 11, 13, 15)
    assert places.find("isian", "nama").file == f"{CITY}/isian/pemohon.yaml"
    assert places.find("syarat", 1, "wajib_bila", "luas") == Place(file, 27, 41, 27, 48)
    assert places.find("alur", "teknis", "serentak", 1, "instansi") == Place(file, 37, 20, 37, 24)
    assert places.find("retribusi", "komponen", 0, "rumus", "harga") == Place(file, 45, 71, 45, 76)
    assert places.find("waktu_total", 3, "bila") == places.find("waktu_total")


def test_tables_keep_their_rows_and_their_policy(tmp_path: Path) -> None:
    permit = version(
        tmp_path,
        (
            "waktu_total: 7 hari kerja",
            "waktu_total:\n  pertama: ya\n  baris:\n    - {bila: {bertingkat: ya}, waktu: 9 hari kerja}\n"
            "    - {selainnya: ya, alasan: {id: satu lantai, en: one storey}, waktu: 4 jam kerja}",
        ),
        ("masa_berlaku: 5 tahun", "masa_berlaku: {terkecil: [5 tahun, {sampai: akhir_sewa}]}"),
        (
            "  - kode: bertingkat",
            "  - {kode: akhir_sewa, label: {id: Akhir, en: End}, jenis: tanggal}\n  - kode: bertingkat",
        ),
    ).permit
    assert permit.promise == Table(
        (
            Row(Duration(9, Unit.WORKING_DAY), OneOf("bertingkat", Kind.YES_NO, (True,))),
            Row(Duration(4, Unit.WORKING_HOUR), otherwise=True, reason=Words("satu lantai", "one storey")),
        ),
        Policy.FIRST,
    )
    assert permit.validity == Table((Row(Earliest((Lasting(Duration(5, Unit.YEAR)), UntilField("akhir_sewa")))),))


def test_simple_rates_become_formulas(tmp_path: Path) -> None:
    start, end = PERMIT.index("  faktor:"), PERMIT.index("produk:")
    rows = "  baris: [{bila: selalu, tarif: {tetap: 150 ribu, per: luas, rupiah: 25.000}}]\n"
    fee = version(tmp_path, (PERMIT[start:end], rows)).permit.fee
    assert isinstance(fee, Fee)
    assert fee.components == (
        Component(Words("Retribusi Izin Uji", "Fee: Test permit"), Table((Row(Formula("150000 + luas * 25000")),))),
    )


def test_a_group_with_a_condition_gives_it_to_each_of_its_questions(tmp_path: Path) -> None:
    permit = version(tmp_path, ("- kelompok: pemohon", "- {kelompok: pemohon, tampil_bila: {bertingkat: ya}}")).permit
    assert permit.fields[1].shown_when == OneOf("bertingkat", Kind.YES_NO, (True,))


def test_every_file_is_read_though_others_fail(tmp_path: Path) -> None:
    root = built(
        tmp_path,
        {
            DEFAULT: PERMIT.replace("jenis: izin", "jenis: ijin"),
            "izin/dua/2026-01-01.yaml": PERMIT.replace("izin: uji", "izin: dua").replace("luas * harga", "luas *"),
            "izin/tiga/2026-01-01.yaml": PERMIT.replace("izin: uji", "izin: tiga"),
            "tarif/lain.yaml": "tarif: [lain",
        },
    )
    _, findings = read_catalog(root)
    assert [(finding.code, finding.at.place.file.removeprefix(f"{CITY}/")) for finding in findings] == [
        ("TKS-50", "izin/dua/2026-01-01.yaml"),
        ("TKS-43", "izin/uji/2026-01-01.yaml"),
        ("TKS-17", "tarif/lain.yaml"),
    ]


def test_nothing_is_concluded_from_a_permit_that_could_not_be_read(tmp_path: Path) -> None:
    root = built(
        tmp_path,
        {
            DEFAULT: PERMIT.replace("jenis: izin", "jenis: ijin").replace("oleh: dpmptsp.kepala", "oleh: tidak-ada"),
            "contoh/uji.yaml": "- {catatan: a, pada: 2026-02-02, jawaban: {tidak_ada: 1}, hasil: {}}\n",
        },
    )
    examined = examine(root)
    assert [finding.code for finding in examined.findings] == ["TKS-43"]
    assert examined.catalog is not None
    assert examined.catalog.cities[CITY].broken == {"uji"}
    assert examined.catalog.cities[CITY].permits == {}


def test_a_broken_group_is_told_once_and_not_by_its_permits(tmp_path: Path) -> None:
    root = built(
        tmp_path,
        {
            "isian/pemohon.yaml": "kelompok: pemohon\nisian: [{kode: nama, label: Nama, jenis: tks}]\n",
            DEFAULT: PERMIT.replace('{luas: "> 100"}', "{nama: terisi}"),
        },
    )
    assert [finding.code for finding in examine(root).findings] == ["TKS-43"]


def test_a_condition_on_a_question_that_could_not_be_read_is_not_a_second_finding(tmp_path: Path) -> None:
    root = built(tmp_path, {DEFAULT: PERMIT.replace("    digit: 2\n", "")})
    assert [finding.code for finding in read_catalog(root)[1]] == ["TKS-32"]


def test_an_officer_accepts_a_warning_with_its_reason_but_never_an_error(tmp_path: Path) -> None:
    assumed = PERMIT.replace("biaya: F}", "biaya: A}").replace("templat: sk-umum", "templat: tidak-ada")
    accepted = "diterima: [{temuan: BKT-01, alasan: menunggu Perwali}, {temuan: PRD-01, alasan: tidak perlu}]\n"
    (tmp_path / "satu").mkdir()
    (tmp_path / "dua").mkdir()
    assert [f.code for f in examine(built(tmp_path / "satu", {DEFAULT: assumed})).findings] == ["PRD-01", "BKT-01"]
    root = built(tmp_path / "dua", {DEFAULT: assumed + accepted})
    assert [f.code for f in examine(root).findings] == ["PRD-01", "TRM-01"]


def test_the_base_catalog_is_clean(tmp_path: Path) -> None:
    assert examine(built(tmp_path, {})).findings == ()


def test_a_file_where_a_folder_belongs_and_a_name_nobody_can_type_are_told(tmp_path: Path) -> None:
    root = built(tmp_path, {"izin/uji/a\nb.yaml": PERMIT})
    shutil.rmtree(root / CITY / "templat")
    (root / CITY / "templat").write_text("", encoding="utf-8")
    found = [(f.code, f.at.place.file) for f in read_catalog(root)[1]]
    assert found == [("TKS-57", f"{CITY}/izin/uji/a·b.yaml"), ("TKS-57", f"{CITY}/templat")]


def test_the_order_of_files_and_findings_is_the_same_each_time(tmp_path: Path) -> None:
    files = {f"izin/a{n}/2026-01-01.yaml": PERMIT.replace("izin: uji", f"izin: a{n}") for n in range(5)}
    files |= {f"peraturan/x{n}.yaml": f"peraturan: y{n}\n" for n in range(5)}
    root = built(tmp_path, files)
    first = read_catalog(root)
    assert read_catalog(root) == first
    places = [(f.at.place.file, f.at.place.line) for f in first[1]]
    assert places == sorted(places)


def test_each_check_stands_in_a_file_named_by_its_code_and_name() -> None:
    folder = Path(__file__).parent.parent / "generator" / "checks"
    files = {path.stem for path in folder.glob("*.py")}
    assert [check.code for check in EVERY if _stem(check.code, check.name) not in files] == []
    assert len({check.code for check in EVERY}) == len(EVERY)


def _stem(code: str, name: str) -> str:
    return f"{code.replace('-', '').lower()}_{name.replace('-', '_')}"


def test_a_role_may_be_given_the_name_that_people_know_it_by(tmp_path: Path) -> None:
    text = (BASE / CITY / "instansi.yaml").read_text(encoding="utf-8")
    before = "peran: [front_office, kepala]"
    assert before in text
    named = "peran: {front_office: {id: loket depan, en: front desk}, kepala: kepala dinas}"
    door = read(built(tmp_path, {"instansi.yaml": text.replace(before, named, 1)})).city.agencies[0]
    assert door.roles == ("front_office", "kepala")
    assert door.desk("front_office") == Words(f"{door.name.id} — loket depan", f"{door.name.to('en')} — front desk")
    assert door.desk("back_office").id == f"{door.name.id} — back office"
    assert door.desk(None) == door.name
