"""The catalog's README and its pages, done step by step as they are written: every file, every command, every answer.

```yaml tulis PATH           a file, written whole
```yaml ganti PATH           the parts of the same name replaced in a file
```yaml tambah PATH [KEY]    lines added at the end of a file, or of the list under a key
    .venv/bin/satupintu …    a command that is run
```text                      lines that the command before says, spaces apart
"""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.cli import main
from tests.test_serve import Serving

CATALOG = Path(__file__).parent.parent / "catalog"
KEPT = ("trayek", "penelitian")  # of the permits: a command need not look through all of them
PAGES = sorted(path.stem for path in (CATALOG / "panduan").glob("*.md"))
STEP = re.compile(
    r"```(?P<info>[^\n]*)\n(?P<text>.*?)```|^ {4}\.venv/bin/satupintu (?P<command>[^\n]*)$", re.DOTALL | re.M
)


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the project, with the catalog and a few of its permits."""
    left_out = [path.name for path in (CATALOG / "kota-kupang" / "izin").iterdir() if path.name not in KEPT]
    shutil.copytree(CATALOG, tmp_path / "catalog", ignore=shutil.ignore_patterns(".skema", *left_out))
    for path in (tmp_path / "catalog" / "kota-kupang" / "contoh").iterdir():
        if path.stem not in KEPT:
            path.unlink()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def steps(page: Path) -> Iterator[tuple[str, str]]:
    for found in STEP.finditer(page.read_text(encoding="utf-8")):
        if found["command"] is not None:
            yield "command", found["command"]
        else:
            yield found["info"], found["text"]


def parts(text: str) -> dict[str, str]:
    """Return the parts of a file by their keys, with the comments and lines that belong to each."""
    found: dict[str, str] = {}
    for part in filter(None, re.split(r"(?m)^(?=[a-z_]+:)", text)):
        found[part.partition(":")[0]] = part
    return found


def write(office: Path, how: str, text: str) -> None:
    verb, name, *key = how.split()
    path = office / "catalog" / "kota-kupang" / name
    path.parent.mkdir(exist_ok=True, parents=True)
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    match verb, key:
        case "tulis", []:
            after = text
        case "ganti", []:
            new = parts(text)
            assert new.keys() <= parts(before).keys(), f"{name} has no {new.keys() - parts(before).keys()}"
            after = "".join(new.get(key, part) for key, part in parts(before).items())
        case "tambah", []:
            after = before + text
        case "tambah", [listed]:
            after = "".join(part + text if key == listed else part for key, part in parts(before).items())
        case _:
            raise AssertionError(how)
    assert after != before
    path.write_text(after, encoding="utf-8")


def do(office: Path, page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Follow a page; a `check` that the page shows no error of must find none."""
    said, all_steps = "", list(steps(page))
    for number, (kind, text) in enumerate(all_steps):
        if kind == "command" and text == "serve":
            continue
        if kind == "command":
            code = main(shlex.split(text))
            told = capsys.readouterr()
            said = re.sub(r" +", " ", told.out + told.err)
            shown = next((t for k, t in all_steps[number + 1 : number + 2] if k == "text"), "")
            assert code == int("galat" in shown), f"{text}\n{said}"
        elif kind == "text":
            for line in text.splitlines():
                assert line in said, said
        elif kind:
            write(office, kind.partition(" ")[2], text)


def test_the_first_permit_is_made_step_by_step_as_the_readme_says(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    do(office, office / "catalog" / "README.md", capsys)
    with Serving(office) as server:
        server.wait_until_told("serving at")
        assert "Izin pasar malam" in server.get("/kota-kupang/?cari=bazar")[1]


@pytest.mark.parametrize("page", PAGES)
def test_each_page_is_followed_after_the_readme(page: str, office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for kind, text in steps(office / "catalog" / "README.md"):
        if kind.startswith("yaml "):
            write(office, kind.partition(" ")[2], text)
    do(office, office / "catalog" / "panduan" / f"{page}.md", capsys)


def test_the_readme_leads_to_every_page() -> None:
    readme = (CATALOG / "README.md").read_text(encoding="utf-8")
    assert sorted(re.findall(r"\(panduan/([a-z-]+)\.md\)", readme)) == PAGES
