"""Every finding has a page, and `docs/findings` holds exactly those pages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.checks.proven import EVERY
from generator.finding_pages import AREAS, ELSEWHERE, EXAMPLE, WHY, pages
from generator.reading.codes import READING
from generator.render.as_json import page
from tests.literate_case import cases_of

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "docs" / "findings"
CASES = ROOT / "tests" / "cases"
SEVERITIES = {"galat": "G", "peringatan": "W", "catatan": "I"}
# Those that are no check of the model: what the tests of their own say of them.
SAID_ELSEWHERE = {"CTH-01": "G", "CTH-02": "W", "TRM-01": "W"}
HEAD = "| kode | | temuan | finding |\n|---|---|---|---|\n"
TOP = """# Temuan

Semua temuan `satupintu check` dan `satupintu test`; `satupintu explain KODE` mencetak halamannya. `G` (galat)
menghalangi penerbitan, `W` (peringatan) mengingatkan, `I` (catatan) memberi tahu. Halaman ini dan halaman setiap kode
ditulis oleh program dari pemeriksaannya dan contoh kasusnya.

All findings, written by the program from the checks and their cases: `G` blocks publishing, `W` warns, `I` informs.
"""


def kept(code: str) -> str:
    """Return the page as it is kept: in Bahasa Indonesia, then in English."""
    said = pages()[code]
    return f"{said.id.rstrip()}\n\n---\n\n{said.to('en').rstrip()}\n"


def severities(code: str) -> str:
    """Return the severities with which the cases of a code find it, the gravest first."""
    if code in ELSEWHERE:
        return SAID_ELSEWHERE[code]
    [file] = CASES.glob(f"*/{code.replace('-', '').lower()}_*.md")
    said = "".join(case.expected["id"] for case in cases_of(file))
    found = re.findall(rf"^(\w+)\[{code}\]", said, re.MULTILINE)
    return "/".join(letter for word, letter in SEVERITIES.items() if word in found)


def index() -> str:
    """Return the table of all findings, by area, with the law that each area guards."""
    parts = [TOP]
    for area, (words, law) in AREAS.items():
        codes = [code for code in pages() if code.startswith(area)]
        if codes:
            parts.append(f"\n## {area} — {words.id} ({words.to('en')})\n\n{law}\n\n{HEAD}")
            parts.extend(row(code) for code in codes)
    return "".join(parts)


def row(code: str) -> str:
    told = [pages()[code].to(lang).split("\n")[2].rstrip(".").replace("|", "\\|") for lang in ("id", "en")]
    return f"| [{code}]({code}.md) | {severities(code)} | {told[0]} | {told[1]} |\n"


def test_code_page_cases_and_table_hold_together() -> None:
    coded = {*READING, *(check.code for check in EVERY), *ELSEWHERE}
    assert set(pages()) == coded
    assert len(EVERY) == len({check.code for check in EVERY}) == len({check.name for check in EVERY})
    assert {code[:3] for code in coded} <= set(AREAS)
    assert list(AREAS) == sorted(AREAS)
    assert {code: severities(code) for code in coded if severities(code) == ""} == {}
    assert set(re.findall(r"^\| \[(\S+)\]", index(), re.MULTILINE)) == coded
    modules = {
        path.stem[:5] for path in (ROOT / "generator" / "checks").glob("*.py") if re.match(r"[a-z]{3}\d\d_", path.name)
    }
    assert {check.code.replace("-", "").lower() for check in EVERY} == modules


def test_every_code_is_named_in_the_changelog() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    named = set(re.findall(r"[A-Z]{3}-\d\d", text))
    for area, first, last in re.findall(r"`([A-Z]{3})-(\d\d)` to `[A-Z]{3}-(\d\d)`", text):
        named |= {f"{area}-{number:02}" for number in range(int(first), int(last) + 1)}
    assert {check.code for check in EVERY} - named == set()


@pytest.mark.parametrize("code", list(pages()))
def test_a_page_says_what_is_found_why_it_matters_and_shows_it(code: str) -> None:
    assert re.fullmatch(r"[A-Z]{3}-[0-9]{2}", code)
    for lang in ("id", "en"):
        said = pages()[code].to(lang)
        assert said.startswith(f"# {code} ")
        assert f"\n## {WHY.to(lang)}\n" in said
        assert f"\n## {EXAMPLE.to(lang)}" in said


def test_the_pages_that_are_kept_are_those_that_are_told(request: pytest.FixtureRequest) -> None:
    wanted = {page(code): kept(code) for code in pages()} | {"docs/findings/README.md": index()}
    found = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in FOLDER.glob("*.md")}
    if found != wanted and request.config.getoption("--rewrite-cases"):
        FOLDER.mkdir(exist_ok=True)
        for name in found.keys() - wanted.keys():
            (ROOT / name).unlink()
        for name, text in wanted.items():
            (ROOT / name).write_text(text, encoding="utf-8")
        pytest.fail("rewrote docs/findings; read the diff before you commit it")
    differing = sorted(name for name in found.keys() | wanted.keys() if found.get(name) != wanted.get(name))
    assert differing == [], "run: pytest tests/test_finding_pages.py --rewrite-cases, and read the diff"
