"""What the catalog says of notices, objections and the survey, in all of its places: findings, proofs, standard,
differences, workbook."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.build import build
from generator.difference.compared import compared
from generator.difference.report import report
from generator.edited_text import Lines
from generator.examination import examine
from generator.lowering.standard import standard
from generator.model import Catalog
from generator.mutation.mutant import Slip
from generator.mutation.of_route import of_route
from generator.mutation.source import Source
from generator.reading.catalog_folder import read_catalog
from generator.reading.yaml_tree import read_tree
from generator.render.difference_lines import as_lines
from rules.release import permit_bytes, read_permit
from tests.test_language_stretch import ampera

CATALOG = Path(__file__).parent / "cases" / "kota_kedua"
MENARA = "kota-ampera/izin/menara/2026-01-01.yaml"
OFFICE = "kota-ampera/daerah.yaml"
LONG = "{selama: 14 hari kalender, umumkan: [tinggi, lokasi], keberatan: {oleh: kominfo, waktu: 3 hari kerja}}"

Edited = Callable[..., Path]


@pytest.fixture
def edited(tmp_path: Path) -> Edited:
    """Return the second city's catalog with its tower permit, or another file, edited."""

    def edit(old: str, new: str, file: str = MENARA) -> Path:
        folder = tmp_path / "katalog"
        shutil.copytree(CATALOG, folder, dirs_exist_ok=True)
        text = (folder / file).read_text(encoding="utf-8")
        assert text.count(old) == 1, old
        (folder / file).write_text(text.replace(old, new), encoding="utf-8")
        return folder

    return edit


def told(folder: Path) -> list[tuple[str, str]]:
    """Return what is found in a catalog, with the sentences."""
    found = examine(folder).findings
    return [(one.code, one.says.to("id")) for one in found if one.code not in {"ISI-05"}]


@pytest.mark.parametrize(
    ("old", "new", "code", "says"),
    [
        (LONG, LONG.replace("lokasi", "lokasinya"), "ISI-06", "`lokasinya` tidak ada dalam izin ini"),
        (LONG, LONG.replace("lokasi", "nik"), "PDP-01", "data pribadi"),
        (LONG, "{selama: 14 hari kalender, keberatan: {oleh: kominfo, waktu: 3 hari kerja}}", "TKS-32", "umumkan"),
        (LONG, LONG.replace(", waktu: 3 hari kerja", ""), "TKS-32", "waktu"),
        (f"pengumuman: {LONG}", f"oleh: kominfo, pengumuman: {LONG}", "TKS-60", "keberatan"),
        (LONG, LONG.replace("oleh: kominfo", "oleh: kominfoo"), "OPD-01", "kominfoo"),
        (LONG, LONG.replace("waktu: 3", "waktu: 13"), "SLA-03", "janji"),
    ],
)
def test_a_slip_in_a_notice_is_told_at_its_place(edited: Edited, old: str, new: str, code: str, says: str) -> None:
    found = told(edited(old, new))
    assert code in [each for each, _ in found], found
    assert says in next(words for each, words in found if each == code)


def test_a_survey_that_is_demanded_names_its_law(edited: Edited) -> None:
    law = 'dasar: {peraturan: perwali-ampera, pasal: "9"}'
    assert [code for code, _ in told(edited(f", {law}", "", OFFICE))] == ["TKS-32"]
    unknown = told(edited(law, "dasar: {peraturan: perwali-lain}", OFFICE))
    assert [code for code, _ in unknown] == ["HKM-01"]


def test_a_release_says_it_as_the_catalog_did(tmp_path: Path) -> None:
    permit = ampera().permits["menara"][-1].permit
    assert read_permit(permit_bytes(permit)) == permit
    [stage] = [one for one in permit.stages if one.objections]
    assert (stage.announced, stage.reviewers[0].agency) == (("tinggi", "lokasi"), "kominfo")
    assert build(Catalog({"kota-ampera": ampera()}), tmp_path)


def test_the_standard_says_what_is_announced_who_answers_and_that_people_are_asked() -> None:
    said = str(standard(ampera().permits["menara"][-1].permit, ampera().city))
    assert "Pengumuman: diumumkan kepada umum selama 14 hari kalender: Tinggi, Letak menara" in said
    assert "Pengumuman: Dinas Kominfo, 3 hari kerja, bila ada keberatan masyarakat" in said
    assert "Survei kepuasan masyarakat, sebelum surat diunduh; boleh ditolak dengan alasan" in said
    without = str(standard(ampera().permits["kartu-angkutan"][-1].permit, ampera().city))
    assert "sebelum surat diunduh" not in without


def test_a_difference_is_told_in_sentences(edited: Edited) -> None:
    before, _ = read_catalog(CATALOG)
    after, findings = read_catalog(edited(LONG, "14 hari kalender"))
    assert before is not None
    assert after is not None, findings
    lines = "\n".join(as_lines(report(compared(before, after)), "id").splitlines())
    assert "keberatan masyarakat: ya menjadi tidak" in lines
    assert "yang diumumkan: dahulu `tinggi`, `lokasi`" in lines
    asked, _ = read_catalog(edited("skm: {sebelum_unduh: ya", "skm: {sebelum_unduh: tidak", OFFICE))
    assert asked is not None
    whole = as_lines(report(compared(before, asked)), "id")
    law = "Perwali Ampera 2/2025 Pasal 9"
    assert f"survei kepuasan sebelum surat diunduh: diminta ({law}) menjadi tidak diminta" in whole


def test_slips_of_the_hand_are_tried_inside_a_notice_too() -> None:
    text = (CATALOG / MENARA).read_text(encoding="utf-8")
    tree, _ = read_tree(text.encode(), MENARA)
    assert tree is not None
    source = Source(ampera().city, MENARA, Lines(text), tree)
    inside = range(text.index("keberatan:"), text.index("setuju: bandara"))
    tried = {(one.slip, edit.text) for one in of_route(source) for edit in one.edits if edit.start in inside}
    assert (Slip.STAGE_TIME, "4 hari kerja") in tried
    assert (Slip.AGENCY, "bandara") in tried


def test_whoever_answers_objections_is_no_second_pair_of_eyes(edited: Edited) -> None:
    text = (CATALOG / MENARA).read_text(encoding="utf-8")
    way = text[text.index("alur:\n") : text.index("waktu_total:")]
    notice = LONG.replace("oleh: kominfo", "oleh: pupr")
    one = f"""alur:
  berkas: {{oleh: dpmptsp.kepala, waktu: 1 hari kerja, setuju: umum}}
  umum: {{pengumuman: {notice}, setuju: teknis}}
  teknis:
    oleh: dpmptsp.kepala
    waktu: 5 hari kerja
    isian_petugas: [{{kode: nilai_bangunan, label: Nilai, jenis: uang}}]
    setuju: terbitkan
  terbitkan: {{oleh: dpmptsp.kepala, waktu: 1 hari kerja, tanda_tangan: ya, setuju: terbit}}
  terbit: {{akhir: terbit}}
"""
    assert "OPD-03" in [code for code, _ in told(edited(way, one))]
