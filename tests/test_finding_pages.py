"""Every finding has a page, and `docs/findings` holds exactly those pages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.finding_pages import EXAMPLE, WHY, pages
from generator.render.as_json import page

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "docs" / "findings"


def kept(code: str) -> str:
    """Return the page as it is kept: in Bahasa Indonesia, then in English."""
    said = pages()[code]
    return f"{said.id.rstrip()}\n\n---\n\n{said.to('en').rstrip()}\n"


@pytest.mark.parametrize("code", list(pages()))
def test_a_page_says_what_is_found_why_it_matters_and_shows_it(code: str) -> None:
    assert re.fullmatch(r"[A-Z]{3}-[0-9]{2}", code)
    for lang in ("id", "en"):
        said = pages()[code].to(lang)
        assert said.startswith(f"# {code} ")
        assert f"\n## {WHY.to(lang)}\n" in said
        assert f"\n## {EXAMPLE.to(lang)}" in said


def test_the_pages_that_are_kept_are_those_that_are_told(request: pytest.FixtureRequest) -> None:
    wanted = {page(code): kept(code) for code in pages()}
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
