"""No file makes reading crash, hang or print a traceback: always a finding with a place, soon, in little memory."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.checks import ALL
from generator.examination import proven
from generator.model import Catalog, CityCatalog, PermitVersion
from generator.reading.agency_file import agency_file
from generator.reading.calendar_file import calendar_file
from generator.reading.catalog_folder import read_catalog
from generator.reading.city_file import city_file
from generator.reading.document_file import document_file
from generator.reading.group_file import group_file
from generator.reading.law_file import law_file
from generator.reading.permit_file import permit_file
from generator.reading.sheet import Sheet
from generator.reading.tariff_file import tariff_file
from generator.reading.yaml_tree import Node, read_tree
from generator.render.sources import Sources
from generator.render.text import as_text
from tests.literate_case import BASE, CITY, DEFAULT

HERE = Path(__file__).parent.parent
PERMIT = (BASE / CITY / DEFAULT).read_bytes()
BOMB = (
    b"a: &a ["
    + b"x, " * 9
    + b"x]\n"
    + b"".join(b"%c: &%c [%s]\n" % (98 + n, 98 + n, b", ".join([b"*%c" % (97 + n)] * 9)) for n in range(9))
)
INPUTS: dict[str, bytes] = {
    "random-bytes": random.Random(1).randbytes(1024 * 1024),
    "random-bytes-small": random.Random(2).randbytes(200_000),
    "random-letters": bytes(random.Random(3).choices(b"abc:{}[],\"'|>&*!%@#- \n", k=200_000)),
    "brackets": b"[" * 100_000,
    "braces": b"{" * 100_000,
    "braces-with-keys": b"{a: " * 50_000,
    "dashes": b"- " * 100_000,
    "question-marks": b"? " * 100_000,
    "deep-map": b"".join(b" " * n + b"a:\n" for n in range(600)),
    "alias-bomb": BOMB,
    "alias-alone": b"*a\n",
    "merge": b"a: &a {b: 1}\nc: {<<: *a}\n",
    "utf-16": PERMIT.decode().encode("utf-16"),
    "utf-16-no-mark": PERMIT.decode().encode("utf-16-le"),
    "utf-32": PERMIT.decode().encode("utf-32"),
    "nul": b"izin: uji\0\n",
    "all-nul": b"\0" * 200_000,
    "escape": b"izin: \x1b[31muji\n",
    "tabs": PERMIT.replace(b"  ", b"\t"),
    "empty": b"",
    "blanks": b" \n" * 100_000,
    "comments": b"# a\n" * 60_000,
    "fifty-megabytes": b"a: b\n" * (10 * 1024 * 1024),
    "huge-scalar": b"izin: " + b"x" * 200_000 + b"\n",
    "huge-quoted": b'nama: "' + b"x " * 100_000 + b'"\n',
    "huge-key": b"k" * 200_000 + b": 1\n",
    "many-keys": b"".join(b"k%d: 1\n" % n for n in range(25_000)),
    "many-flow-keys": b"{" + b",".join(b"k%d: 1" % n for n in range(18_000)) + b"}",
    "many-repeated-keys": b"a: 1\n" * 50_000,
    "many-halves": b"nama: {id: a" + b", b" * 80_000 + b"}\n",
    "long-condition": PERMIT.replace(b'"> 100"', b'"' + b"1, " * 60_000 + b'"'),
    "long-brackets-in-condition": PERMIT.replace(b'"> 100"', b'"' + b"(" * 100_000 + b'"'),
    "long-formula": PERMIT.replace(b"luas * harga", b"luas" + b" + luas" * 20_000),
    "deep-formula": PERMIT.replace(b"luas * harga", b"(" * 100_000),
    "documents": b"---\n" * 60_000,
    "directives": b"%YAML 1.2\n" * 20_000,
    "tags": b"!!python/object:os.system [a]\n",
    "open-quote": b'a: "' + b"b\n" * 100_000,
    "escapes": b'a: "' + b"\\" * 100_000,
    "numbers": PERMIT.replace(b"maksimal: 5000", b"maksimal: " + b"9" * 200_000),
    "exponent": PERMIT.replace(b"minimal: 1", b"minimal: 1e999999999"),
    "line-separators": "izin: uji\u2028nama: a\n".encode(),
}
FINE = {
    "windows-lines": PERMIT.replace(b"\n", b"\r\n"),
    "byte-order-mark": b"\xef\xbb\xbf" + PERMIT,
    "many-fields": PERMIT.replace(
        b"  - kelompok: pemohon\n", b"".join(b"  - {kode: a%d, label: a, jenis: teks}\n" % n for n in range(5_000))
    ),
}


def place_catalog(folder: Path, content: bytes | None, file: str = DEFAULT) -> None:
    shutil.copytree(BASE, folder)
    path = folder / CITY / file
    if content is None:
        path.unlink(missing_ok=True)
        path.mkdir()
    else:
        path.write_bytes(content)


def test_every_hostile_file_is_a_finding_with_a_place_within_a_second_and_200_megabytes(tmp_path: Path) -> None:
    files = {"daerah": "daerah.yaml", "contoh": "contoh/uji.yaml", "tarif": "tarif/harga-uji.yaml"}
    (tmp_path / "katalog").mkdir()
    for name, content in INPUTS.items():
        place_catalog(tmp_path / "katalog" / name, content)
    place_catalog(tmp_path / "katalog" / "folder", None)
    for kind, file in files.items():
        for name in ("random-letters", "brackets", "alias-bomb", "many-keys", "blanks", "dashes"):
            place_catalog(tmp_path / "katalog" / f"{kind}-{name}", b"", "README.md")
            path = tmp_path / "katalog" / f"{kind}-{name}" / CITY / file
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(INPUTS[name])
    for name, content in FINE.items():
        place_catalog(tmp_path / "katalog" / name, content)
    done = subprocess.run(
        [sys.executable, "-m", "tests.hostile_child", str(tmp_path / "katalog")],
        capture_output=True,
        text=True,
        timeout=300,
        cwd=HERE,
        check=False,
    )
    assert done.stderr == ""
    assert done.returncode == 0
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(told) == len(INPUTS) + len(FINE) + 1 + 18
    for one in told:
        if one["name"] in FINE:
            assert one["found"] == [], one["name"]
            continue
        assert one["found"], one["name"]
        assert all(f["line"] >= 1 and f["column"] >= 1 and f["file"] for f in one["found"]), one["name"]
        assert len({f["file"] for f in one["found"]}) == 1, "a finding that follows from another one"
    slow = {one["name"]: one["seconds"] for one in told if one["seconds"] >= 1}
    assert slow == {}
    assert max(one["memory"] for one in told) < 200 * 1024 * 1024


SCRAPS = [
    b"\t", b"\r", b"\0", b"\xff", b"\xef\xbb\xbf",
    b"&a ", b"*a", b"!t ", b"<<: ", b"? ", b": ", b"- ", b"> ", b"| ",
    b"[", b"]", b"{", b"}", b'"', b"'", b"#", b"%", b"@", b"`", b"---\n", b"...\n", b"\n\n", b"   ", b"id: ", b"bila: ",
    b"1..2", b"(", b")", b",", b"semua: ", b"bukan: ", b"selainnya: ya, ", b"-1", b"1e9", b"9" * 30, b"rumus: ",
    b"kode: ",
    "“".encode(), "\u00a0".encode(), "\u2028".encode(), "é".encode(), b"baris: ", b"daftar", b"tarif: {}", b"~",
]  # fmt: skip
READERS: dict[str, Callable[[Sheet, Node], object]] = {
    DEFAULT: lambda sheet, node: permit_file(sheet, node, {}, "uji", "2026-01-01"),
    "daerah.yaml": lambda sheet, node: city_file(sheet, node, CITY),
    "instansi.yaml": agency_file,
    "dokumen.yaml": document_file,
    "kalender/2026.yaml": lambda sheet, node: calendar_file(sheet, node, "2026"),
    "tarif/harga-uji.yaml": lambda sheet, node: tariff_file(sheet, node, "harga-uji"),
    "peraturan/perda-uji.yaml": lambda sheet, node: law_file(sheet, node, "perda-uji"),
    "isian/pemohon.yaml": lambda sheet, node: group_file(sheet, node, "pemohon"),
}
WITHOUT_GROUP = PERMIT.replace(b"  - kelompok: pemohon\n", b"")


def mutated(content: bytes, edits: list[tuple[int, int, bytes]]) -> bytes:
    for where, cut, put in edits:
        at = where % (len(content) + 1)
        content = content[:at] + put + content[at + cut :]
    return content


EDITS = st.lists(
    st.tuples(
        st.integers(0, 1 << 16),
        st.sampled_from([0, 0, 1, 1, 2, 5, 20, 200]),
        st.one_of(st.sampled_from(SCRAPS), st.binary(max_size=4)),
    ),
    min_size=1,
    max_size=6,
)


@cache
def base_city() -> CityCatalog:
    catalog, _ = read_catalog(BASE)
    assert catalog is not None
    return catalog.cities[CITY]


def never_raises(file: str, edits: list[tuple[int, int, bytes]], tmp_path: Path) -> None:
    original = WITHOUT_GROUP if file == DEFAULT else (BASE / CITY / file).read_bytes()
    raw = mutated(original, edits)
    node, faults = read_tree(raw, file)
    findings = list(faults)
    if node is not None:
        sheet = Sheet(file)
        result = READERS[file](sheet, node)
        findings += sheet.findings
        if isinstance(result, PermitVersion):
            city = replace(base_city(), permits={"uji": (result,)}, groups={})
            findings += [found for check in ALL for found in check.run(Catalog({CITY: city}))]
            findings += proven(Catalog({CITY: city}), tuple(findings))
    (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / file).write_bytes(raw)
    lines = len(raw.replace(b"\r\n", b"\n").split(b"\n"))
    for finding in findings:
        assert 1 <= finding.at.place.line <= lines
        assert finding.at.place.column >= 1
        assert "{" not in finding.says.words.id or finding.says.arguments
    for lang in ("id", "en"):
        assert as_text(findings, Sources(tmp_path), "en" if lang == "en" else "id").count("[") >= len(findings)


@settings(max_examples=1_000, deadline=None, derandomize=True, database=None)
@given(file=st.sampled_from([DEFAULT, DEFAULT, DEFAULT, *READERS]), edits=EDITS)
def test_a_mutated_file_never_raises(
    file: str, edits: list[tuple[int, int, bytes]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    never_raises(file, edits, tmp_path_factory.getbasetemp() / "mutasi")


@pytest.mark.long
@settings(max_examples=10_000, deadline=None, database=None)
@given(file=st.sampled_from([DEFAULT, DEFAULT, DEFAULT, *READERS]), edits=EDITS)
def test_many_mutated_files_never_raise(
    file: str, edits: list[tuple[int, int, bytes]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    never_raises(file, edits, tmp_path_factory.getbasetemp() / "mutasi")
