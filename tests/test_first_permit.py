"""The first permit of the catalog's README: copied as it is written there, it is found nothing against and decided."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from generator.build import build
from generator.examination import examine
from generator.examples import run_examples

CATALOG = Path(__file__).parent.parent / "catalog"


def test_the_permit_of_the_readme_is_added_by_its_one_file_and_its_example_holds(tmp_path: Path) -> None:
    permit, example = re.findall(r"```yaml\n(.*?)```", (CATALOG / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    copy = shutil.copytree(CATALOG, tmp_path / "catalog")
    folder = copy / "kota-kupang" / "izin" / "pasar-malam"
    folder.mkdir()
    (folder / "2026-01-01.yaml").write_text(permit, encoding="utf-8")
    (copy / "kota-kupang" / "contoh" / "pasar-malam.yaml").write_text(example, encoding="utf-8")

    examined = examine(copy)
    catalog = examined.sound

    assert [f.says.to("id") for f in examined.findings if f.severity.value != "I"] == []
    assert catalog is not None
    assert "pasar-malam" in catalog.cities["kota-kupang"].permits
    digest = build(catalog, tmp_path / "build")
    assert [finding.says.to("id") for finding in run_examples(tmp_path / "build" / digest, catalog)] == []
