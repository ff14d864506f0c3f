"""Slips of an officer's hand are made as they are typed, each is held against everything that could notice it, and the
share that was noticed is the same whoever asks."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from pathlib import Path

import pytest

from generator.cli import main
from generator.mutation.every_mutant import chosen
from generator.mutation.mutant import SLIPS, Mutant, Slip
from generator.mutation.of_conditions import neighbours, slips_of_digits
from generator.mutation.ordeal import Ordeal
from generator.mutation.score import Score, score
from generator.mutation.told import told
from tests.test_example_coverage import EXAMPLES, LARGE, REFUSED, SMALL

ROOT = Path(__file__).parent.parent
TINY = Path(__file__).parent / "cases" / "dasar"
PERMIT = "izin/uji/2026-01-01.yaml"


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small catalog with three examples."""
    folder = tmp_path_factory.mktemp("mutasi")
    copy = Path(shutil.copytree(TINY, folder / "catalog"))
    (copy / EXAMPLES).parent.mkdir()
    (copy / EXAMPLES).write_text(SMALL + LARGE + REFUSED, encoding="utf-8")
    return copy


@pytest.fixture(scope="module")
def ordeal(catalog: Path) -> Ordeal:
    return Ordeal(catalog, prove=False)


@pytest.fixture(scope="module")
def kupang() -> list[Mutant]:
    return list(Ordeal(ROOT / "catalog", prove=False).mutants())


def silent(done: int, of: int) -> None:
    pass


def tried(ordeal: Ordeal, before: str, after: str) -> str | None:
    """Return what first notices the one mutant that makes one line into another."""
    found = [m for m in ordeal.mutants() if (m.before, m.after) == (before, after)]
    assert len(found) == 1, sorted({(m.before, m.after) for m in ordeal.mutants() if m.before == before})
    return ordeal.verdict(found[0]).noticed_by


REFUSAL = '- tolak_bila: {bertingkat: ya, luas: "< 10"}'
COMPONENT = "komponen: [{nama: {id: Retribusi luas, en: Area fee}, rumus: luas * harga}]"
PUPR = "- {instansi: pupr, waktu: 3 hari kerja, bila: {bertingkat: ya}}"


@pytest.mark.parametrize(
    ("before", "after", "noticed_by"),
    [
        (REFUSAL, '- tolak_bila: {bertingkat: ya, luas: "> 10"}', "CTH-01"),
        (REFUSAL, '- tolak_bila: {bertingkat: ya, luas: "< 1"}', "CTH-01"),
        (REFUSAL, "- tolak_bila: {bertingkat: ya}", "CTH-01"),
        (REFUSAL, '- tolak_bila: {luas: "< 10"}', None),
        (REFUSAL, '- tolak_bila: {bertingkat: tidak, luas: "< 10"}', "CTH-01"),
        (REFUSAL, '- tolak_bila: {betringkat: ya, luas: "< 10"}', None),
        ("- {dokumen: denah, wajib_bila: {luas: \"> 100\"}}", "- {dokumen: denah}", "CTH-01"),
        ("- {dokumen: denah, wajib_bila: {luas: \"> 100\"}}", "", "SYR-03"),
        (PUPR, "- {instansi: pupr, waktu: 3 hari kerja}", "CTH-01"),
        (PUPR, "- {instansi: pupr, waktu: 3 hari kerja, bila: {bertingkat: tidak}}", "CTH-01"),
        (PUPR, "- {instansi: dinkes, waktu: 3 hari kerja, bila: {bertingkat: ya}}", "OPD-04"),
        (PUPR, "- {instansi: pupr, waktu: 4 hari kerja, bila: {bertingkat: ya}}", None),
        ("waktu_total: 7 hari kerja", "waktu_total: 8 hari kerja", "CTH-01"),
        (COMPONENT, COMPONENT.replace("*", "/"), "CTH-01"),
        ("dasar: {peraturan: perda-uji, pasal: \"4\"}", "dasar: {peraturan: perwali-uji, pasal: \"4\"}", "HKM-04"),
    ],
)  # fmt: skip
def test_a_slip_is_noticed_by_what_it_touches(before: str, after: str, noticed_by: str | None, ordeal: Ordeal) -> None:
    if "betringkat" in after:
        after, noticed_by = next(
            (m.after, "KON-01") for m in ordeal.mutants() if m.before == before and m.slip is Slip.NAME
        )
    assert tried(ordeal, before, after) == noticed_by


def test_a_slip_in_a_shared_file_is_noticed_by_the_permits_that_use_it(ordeal: Ordeal) -> None:
    shared = {m.file: m for m in ordeal.mutants() if m.slip in (Slip.TARIFF, Slip.LAW_DATE)}
    noticed = {file: ordeal.verdict(mutant).noticed_by for file, mutant in shared.items()}
    assert noticed == {
        "tarif/harga-uji.yaml": "CTH-01",
        "peraturan/perda-uji.yaml": "HKM-03",
        "peraturan/perwali-uji.yaml": "HKM-03",
        "peraturan/uu-30-2014.yaml": "HKM-03",
    }


def test_each_mutant_changes_one_file_and_is_shown_as_the_line_it_changes(catalog: Path, ordeal: Ordeal) -> None:
    for mutant in ordeal.mutants():
        text = (catalog / mutant.city / mutant.file).read_text(encoding="utf-8")
        changed = ordeal.cities[mutant.city].mutated(mutant).decode()
        assert changed != text
        assert mutant.before.strip("…") in text.splitlines()[mutant.line - 1]
        assert mutant.after.strip("…") in changed


def test_what_means_the_same_is_no_mutant(ordeal: Ordeal) -> None:
    base = next(m for m in ordeal.mutants() if m.after == "waktu_total: 8 hari kerja")
    [edit] = base.edits
    same = Mutant(base.slip, base.city, base.file, (type(edit)(edit.start, edit.end, '"7 hari kerja"'),), 1, "", "")
    verdict = ordeal.verdict(same)
    assert verdict.same
    assert Score((verdict, ordeal.verdict(base)), 2).share == 100.0


@pytest.mark.parametrize(
    ("number", "near", "far"),
    [
        ("100", ["101", "99"], ["10", "1000"]),
        ("8", ["9", "7"], ["88"]),
        ("0", ["1"], []),
        ("1_000", ["1_001", "999"], ["100", "10_000"]),
        ("0.15", ["0.16", "0.14"], ["0.1", "0.155"]),
    ],
)
def test_figures_slip_by_one_and_by_a_digit(number: str, near: list[str], far: list[str]) -> None:
    assert (list(neighbours(number)), list(slips_of_digits(number))) == (near, far)


def test_every_kind_of_slip_can_happen_in_the_catalog_of_kupang(kupang: list[Mutant]) -> None:
    assert set(SLIPS) == set(Slip) == {mutant.slip for mutant in kupang}
    assert len(Slip) >= 12
    assert len(kupang) >= 1_000
    assert len({mutant.key for mutant in kupang}) == len(kupang)


def test_the_choice_is_fair_to_every_kind_and_depends_on_the_seed_alone(kupang: list[Mutant]) -> None:
    first = chosen(kupang, 120, 1)
    assert first == chosen(reversed(kupang), 120, 1)
    assert first != chosen(kupang, 120, 2)
    counts = Counter(mutant.slip for mutant in first)
    assert set(counts.values()) == {4}


def test_one_process_and_two_say_the_same(catalog: Path) -> None:
    one, two = (score(catalog, 40, 1, silent, prove=False, processes=count) for count in (1, 2))
    assert one == two


def test_the_command_prints_the_share_by_kind_and_every_survivor(
    catalog: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["test", str(catalog), "--mutasi", "--paling-banyak", "10", "--cepat"]) == 0
    said = capsys.readouterr()
    found = re.search(r"skor mutasi ([0-9.]+) %: (\d+) dari (\d+) perubahan diketahui", said.err)
    assert found is not None
    lost = int(found[3]) - int(found[2])
    listed = said.out.partition("Tidak diketahui oleh apa pun:\n")[2]
    assert listed.count("    + ") == listed.count("    = bantuan: ") == lost
    assert "10/10" in said.err
    assert "jenis " in said.out


def test_most_slips_in_the_catalog_of_kupang_are_noticed() -> None:
    assert score(ROOT / "catalog", 40, 1, silent, processes=1).share >= 80


@pytest.mark.long
def test_of_a_thousand_slips_in_the_catalog_of_kupang_few_are_not_noticed() -> None:
    found = score(ROOT / "catalog", 1_000, 1, silent)
    assert len(found.tried) >= 990
    assert found.share >= 97, "\n".join(told(found, "id"))
