"""Every literate case says exactly what it says it says."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from generator.checks import ALL
from generator.checks.proven import EVERY, PROVEN
from generator.finding import Finding, Severity
from generator.reading import codes
from generator.reading.catalog_folder import read_catalog
from tests.literate_case import Read, cases_of, rewritten

CASES = Path(__file__).parent / "cases"
FILES = sorted([*(CASES / "reading").glob("*.md"), *(CASES / "checks").glob("*.md")])


def read_only(root: Path) -> Sequence[Finding]:
    return read_catalog(root)[1]


def checked(code: str) -> Read:
    """Read, then run the checks of one code, as `satupintu check` would: proofs where nothing plain is an error."""
    static, by_proof = ([check for check in checks if check.code == code] for checks in (ALL, PROVEN))
    assert len(static) <= 1
    assert len(by_proof) <= 1

    def read(root: Path) -> Sequence[Finding]:
        catalog, findings = read_catalog(root)
        assert catalog is not None, findings
        found = [*findings, *(finding for check in static for finding in check.run(catalog))]
        faulty = any(finding.severity is Severity.ERROR for finding in found)
        return found if faulty else [*found, *(finding for check in by_proof for finding in check.run(catalog))]

    return read


def reader_of(file: Path) -> Read:
    return read_only if file.parent.name == "reading" else checked(cases_of(file)[0].code)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_program_says_the_words_of_the_case(file: Path, tmp_path: Path, pytestconfig: pytest.Config) -> None:
    read = reader_of(file)
    said = [case.said(tmp_path / str(index), read) for index, case in enumerate(cases_of(file))]
    if pytestconfig.getoption("--rewrite-cases"):
        new = rewritten(file, said)
        if new != file.read_text(encoding="utf-8"):
            file.write_text(new, encoding="utf-8")
            pytest.fail(f"rewrote {file.name}; read the diff before you commit it")
        return
    for case, words in zip(cases_of(file), said, strict=True):
        assert words == case.expected, f"{file.name}: {case.title}"
        assert case.bad == bool(words["id"]), f"{file.name}: {case.title}"


@pytest.mark.parametrize("code", [*codes.READING, *(check.code for check in EVERY)])
def test_every_code_has_a_bad_case_and_an_ok_case(code: str) -> None:
    stem = code.replace("-", "").lower()
    [file] = [file for file in FILES if file.stem.startswith(f"{stem}_")]
    cases = cases_of(file)
    assert any(case.bad and f"[{code}]" in case.expected["id"] and f"[{code}]" in case.expected["en"] for case in cases)
    assert any(not case.bad for case in cases)


def test_no_case_file_is_left_over() -> None:
    known = {code.replace("-", "").lower() for code in (*codes.READING, *(check.code for check in EVERY))}
    assert [file.name for file in FILES if file.stem.split("_")[0] not in known] == []
