"""What differs between two catalogs: the whole list beneath, and an officer's sentences above it."""

from __future__ import annotations

import json
import random
import shutil
from dataclasses import fields, replace
from functools import cache
from pathlib import Path

import pytest

from generator.build import build
from generator.difference.change import Change, applied, changes, read, written
from generator.difference.city_told import PARTS as CITY_PARTS
from generator.difference.compared import Difference, compared
from generator.difference.permit_told import PARTS
from generator.difference.report import report
from generator.difference.told import Part, Weight
from generator.difference.tree import Tree, catalog_of, tree_of
from generator.model import Catalog, CityCatalog
from generator.reading.catalog_folder import read_catalog
from generator.render.difference_lines import as_lines
from rules.city import Agency, City, Document
from rules.condition.tree import Every
from rules.permit import Permit
from tests import random_edit

ROOT = Path(__file__).parent.parent
TENTH = 100


@cache
def real_permits() -> tuple[Catalog, ...]:
    """Return catalogs of one real permit each, none of them large."""
    read, _ = read_catalog(ROOT / "catalog")
    assert read is not None
    city = read.cities["kota-kupang"]
    chosen = [code for code in ("apotek", "reklame-insidentil", "penelitian", "sip-dokter") if code in city.permits]
    return tuple(Catalog({"kota-kupang": alone(city, code)}) for code in chosen)


def alone(city: CityCatalog, code: str) -> CityCatalog:
    """Return a city with one permit, what that uses, and what some edits name."""
    asked = {requirement.document for version in city.permits[code] for requirement in version.permit.requirements}
    documents = (one for one in city.city.documents if one.code in asked)
    shared = replace(
        city.city,
        agencies=(*city.city.agencies, Agency("instansi-lain", random_edit.NEW, "opd")),
        documents=(*documents, Document("dokumen-baru", random_edit.NEW)),
        holidays=city.city.holidays[:5],
    )
    return replace(city, city=shared, permits={code: city.permits[code]}, examples=())


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("rilis")


def listed_in_json(difference: Difference) -> list[Change]:
    """Return the changes as a program reads them."""
    return [read(one) for one in json.loads(json.dumps([written(change) for change in difference.changes]))]


def told_parts(difference: Difference) -> set[Part]:
    """Return the parts of which something is told."""
    return {
        told.part
        for city in difference.cities
        for told in (*city.told, *(told for permit in city.permits for told in permit.told))
    }


def compare_edited(seed: int, out: Path) -> None:
    choice = random.Random(seed)
    before = choice.choice(real_permits())
    after, parts = random_edit.edited(before, choice)
    difference = compared(before, after)
    tree = applied(dict(tree_of(before)), listed_in_json(difference))
    assert isinstance(tree, dict)
    assert build(catalog_of(tree), out) == build(after, out)
    if len(parts) == 1:
        assert set(parts) <= told_parts(difference), difference.cities
    assert bool(difference.changes) == (tree_of(before) != tree_of(after))
    if difference.changes:
        assert told_parts(difference)


@pytest.mark.parametrize("seed", range(TENTH))
def test_what_is_listed_makes_the_later_release_of_the_earlier_catalog(seed: int, out: Path) -> None:
    compare_edited(seed, out)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(TENTH, 10 * TENTH))
def test_a_thousand_edits_are_listed_whole(seed: int, out: Path) -> None:
    compare_edited(seed, out)


@pytest.mark.parametrize("edit", [*random_edit.OF_PERMIT, *random_edit.OF_CITY], ids=lambda edit: edit.__name__)
def test_each_kind_of_edit_is_told_of_under_its_part(edit: object) -> None:
    choice = random.Random(3)
    for before in real_permits():
        [(code, city)] = before.cities.items()
        if edit in random_edit.OF_CITY:
            after, part = edit(city, choice), random_edit.OF_CITY[edit]  # type: ignore[operator,index]
        else:
            after, part = random_edit._in_permit(city, choice, edit), random_edit.OF_PERMIT[edit]  # type: ignore[arg-type,index]
        if after is not None and after != city:
            told = told_parts(compared(before, Catalog({code: after})))
            assert part in told
            return
    pytest.fail("no permit has such a part")


@pytest.mark.parametrize("seed", range(50))
def test_any_two_trees_are_told_apart_and_made_alike(seed: int) -> None:
    choice = random.Random(seed)

    def tree(depth: int) -> Tree:
        def part(left: int) -> object:
            kind = choice.randrange(6 if left else 3)
            if kind == 3:
                return [part(left - 1) for _ in range(choice.randrange(4))]
            if kind == 4:
                return [{"code": choice.choice("abc"), "x": part(left - 1)} for _ in range(choice.randrange(4))]
            if kind == 5:
                return {choice.choice("pqr"): part(left - 1) for _ in range(choice.randrange(4))}
            return choice.choice([1, True, 0, False, None, "a", "a#2", "b"])

        return {"top": part(depth)}  # type: ignore[dict-item]

    before, after = tree(4), tree(4)
    made = applied(before, [read(json.loads(json.dumps(written(one)))) for one in changes(before, after)])
    assert json.dumps(made, sort_keys=True) == json.dumps(after, sort_keys=True)


def test_every_attribute_of_a_permit_and_of_a_city_belongs_to_a_part() -> None:
    for type_, parts in ((Permit, PARTS), (City, CITY_PARTS)):
        told = {name for names in parts for name in names}
        assert {each.name for each in fields(type_)} - told == {"code"}


def test_a_catalog_does_not_differ_from_itself() -> None:
    for catalog in real_permits():
        difference = compared(catalog, catalog_of(tree_of(catalog)))
        assert difference.changes == ()
        assert difference.cities == ()


def test_a_condition_written_otherwise_is_no_change_of_meaning() -> None:
    before = real_permits()[0]
    [(code, city)] = before.cities.items()
    [version] = city.permits["apotek"]
    twice = tuple(replace(one, when=Every((one.when, one.when))) for one in version.permit.requirements)
    edited = replace(version, permit=replace(version.permit, requirements=twice))
    difference = compared(before, Catalog({code: replace(city, permits={"apotek": (edited,)})}))
    [permit] = difference.cities[0].permits
    assert difference.changes
    assert {told.weight for told in permit.told} == {Weight.SPELLING}


def kupang_sentences(permit: str, *edits: tuple[str, str], tmp_path: Path) -> list[str]:
    """Return what is told of one permit of Kupang whose file is edited."""
    before, _ = read_catalog(ROOT / "catalog")
    assert before is not None
    city = before.cities["kota-kupang"]
    root = tmp_path / "katalog"
    shutil.copytree(
        ROOT / "catalog" / "kota-kupang", root / "kota-kupang", ignore=shutil.ignore_patterns("izin", "contoh")
    )
    text = (ROOT / "catalog" / "kota-kupang" / "izin" / permit / "2026-01-01.yaml").read_text(encoding="utf-8")
    for old, new in edits:
        assert old in text, old
        text = text.replace(old, new)
    path = root / "kota-kupang" / "izin" / permit / "2026-01-01.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    after, findings = read_catalog(root)
    assert after is not None, findings
    examples = tuple(example for example in city.examples if example.permit == permit)
    old_city = replace(city, permits={permit: city.permits[permit]}, examples=examples)
    new_city = replace(after.cities["kota-kupang"], examples=examples)
    difference = compared(Catalog({"kota-kupang": old_city}), Catalog({"kota-kupang": new_city}))
    return as_lines(report(difference), "id").splitlines()


def test_a_fee_is_told_in_rupiah_of_a_filled_form_and_of_the_examples(tmp_path: Path) -> None:
    lines = kupang_sentences(
        "pbg", ("{bila: {fungsi: usaha}, nilai: 0.7}", "{bila: {fungsi: usaha}, nilai: 0.8}"), tmp_path=tmp_path
    )
    assert lines[:2] == [
        "pbg: faktor `indeks_fungsi` bila Fungsi bangunan adalah “Usaha (toko, ruko, kantor, hotel)”: 0,7 menjadi 0,8",
        "    misalnya: fungsi: usaha; retribusi naik dari Rp21.000 menjadi Rp24.000",
    ]
    assert any("contoh «ruko 120 m2" in line and "retribusi naik dari Rp3.244.500 menjadi Rp" in line for line in lines)


def test_a_table_for_each_item_is_told_row_by_row(tmp_path: Path) -> None:
    edits = ("tarif: nsr-papan, butir: papan-kelas-1}", "tarif: nsr-papan, butir: papan-kelas-2}")
    lines = kupang_sentences("reklame-tetap", edits, tmp_path=tmp_path)
    assert lines[0].startswith("reklame-tetap: faktor `nilai_sewa_reklame` bila Jenis reklame adalah ")
    assert lines[0].endswith(": tarif `nsr-papan/papan-kelas-1` menjadi tarif `nsr-papan/papan-kelas-2`")
