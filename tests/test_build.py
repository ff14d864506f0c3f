"""A release: the same catalog gives the same bytes anywhere, and a release that was touched is not served."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from generator.build import build, publish
from generator.reading.catalog_folder import read_catalog
from runtime.release import BrokenReleaseError, Release, verify
from runtime.releases import Releases

ROOT = Path(__file__).parent.parent
CATALOG = ROOT / "catalog"
BUILD = """
import sys
from pathlib import Path
from generator.build import build
from generator.reading.catalog_folder import read_catalog
catalog, findings = read_catalog(Path(sys.argv[1]))
assert catalog is not None
print(build(catalog, Path(sys.argv[2])))
"""


def _built_elsewhere(folder: Path, catalog: Path, **environment: str) -> dict[str, bytes]:
    """Build in a process of its own and return every file of the release by its path."""
    folder.mkdir(parents=True)
    child = subprocess.run(
        [sys.executable, "-c", BUILD, str(catalog), str(folder / "out")],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    release = folder / "out" / child.stdout.strip()
    return {str(path.relative_to(release)): path.read_bytes() for path in release.rglob("*") if path.is_file()}


def test_the_same_catalog_gives_the_same_bytes_in_another_place_locale_zone_and_hash_seed(tmp_path: Path) -> None:
    moved = tmp_path / "salinan katalog"
    shutil.copytree(CATALOG, moved)
    here = _built_elsewhere(tmp_path / "a", CATALOG, PYTHONHASHSEED="0", LC_ALL="C", TZ="UTC")
    there = _built_elsewhere(tmp_path / "b", moved, PYTHONHASHSEED="12345", LC_ALL="C.UTF-8", TZ="Asia/Jakarta")
    assert here.keys() == there.keys()
    assert [path for path in here if here[path] != there[path]] == []
    assert len(here) > 7 * 5


def test_another_word_in_the_catalog_gives_another_digest(tmp_path: Path) -> None:
    changed = tmp_path / "katalog"
    shutil.copytree(CATALOG, changed)
    file = changed / "kota-kupang" / "dokumen.yaml"
    file.write_text(file.read_text().replace("maksimal_mb: 5", "maksimal_mb: 6", 1))
    assert _digest(CATALOG, tmp_path / "out") != _digest(changed, tmp_path / "out")


def _digest(catalog: Path, out: Path) -> str:
    read, _ = read_catalog(catalog)
    assert read is not None
    return build(read, out)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    out = tmp_path_factory.mktemp("rilis")
    return out, _digest(CATALOG, out)


def test_a_release_opens_with_every_permit_ready(built: tuple[Path, str]) -> None:
    out, digest = built
    release = verify(out / digest)
    heads = release.cities["kota-kupang"].heads_on(date(2026, 3, 2))
    assert [head.code for head in heads] == sorted(
        folder.name for folder in (CATALOG / "kota-kupang" / "izin").iterdir()
    )
    release.close()


def test_a_permit_is_not_in_force_before_its_first_version(built: tuple[Path, str]) -> None:
    out, digest = built
    city = Release(out / digest).cities["kota-kupang"]
    assert city.permit_on("pbg", date(2025, 12, 31)) is None
    assert city.permit_on("pbg", date(2026, 1, 1)) is not None


def test_no_artifact_names_a_host_a_path_or_a_moment_of_building(built: tuple[Path, str]) -> None:
    out, digest = built
    names = [str(out), str(ROOT), os.uname().nodename]
    for path in (out / digest).rglob("*.json"):
        text = path.read_text()
        assert not [name for name in names if len(name) > 3 and name in text], path


@pytest.mark.parametrize("part", ["kota-kupang/city.json", "kota-kupang/pbg/2026-01-01/rules.json"])
def test_a_file_that_was_touched_is_not_served(built: tuple[Path, str], tmp_path: Path, part: str) -> None:
    out, digest = built
    copy = tmp_path / digest
    shutil.copytree(out / digest, copy)
    file = copy / part
    file.write_bytes(file.read_bytes().replace(b"dpmptsp", b"dpmptsq", 1))
    with pytest.raises(BrokenReleaseError, match="is not the file that was built"):
        verify(copy)


def test_a_release_of_another_format_is_refused_with_what_to_do(built: tuple[Path, str], tmp_path: Path) -> None:
    out, digest = built
    copy = tmp_path / digest
    shutil.copytree(out / digest, copy)
    manifest = json.loads((copy / "manifest.json").read_text())
    (copy / "manifest.json").write_text(json.dumps({**manifest, "format": 99}))
    with pytest.raises(BrokenReleaseError, match="format 99, this program reads 1: build it again"):
        Release(copy)


def test_a_broken_release_is_not_swapped_in_and_the_last_good_one_goes_on(tmp_path: Path) -> None:
    good = _digest(CATALOG, tmp_path)
    publish(tmp_path, good)
    releases = Releases(tmp_path)
    assert releases.refresh() is False
    broken = "0" * 64
    shutil.copytree(tmp_path / good, tmp_path / broken)
    (tmp_path / broken / "kota-kupang" / "index.json").write_bytes(b"[]")
    publish(tmp_path, broken)
    assert releases.refresh() is False
    assert releases.current.digest == good
    assert releases.problem is not None
    assert "index.json is not the file that was built" in releases.problem
    publish(tmp_path, good)
    assert releases.refresh() is False
    assert releases.problem is None
    releases.close()
