"""The house itself: what is pinned, what imports what, what is named where, and what README promises to list."""

from __future__ import annotations

import ast
import importlib
import importlib.metadata
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parent.parent
PACKAGES = ("rules", "generator", "runtime")
CODE = (*PACKAGES, "tests", "bench")
NOT_OURS = {".git", ".venv", ".tool", "node_modules", "build", "var", "test-results", "__pycache__"}
CACHES = {".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis", ".import_linter_cache"}

# The lowest version of each package that has no known hole that reaches us, and the hole.
FLOORS = {
    "starlette": ("1.3.1", "CVE-2026-54283"),
    "python-multipart": ("0.0.27", "CVE-2026-42561"),
    "h11": ("0.16.0", "CVE-2025-43859"),
    "jinja2": ("3.1.6", "CVE-2025-27516"),
    "pillow": ("12.3", "CVE-2026-55798"),
    "sqlalchemy": ("2.1", "the dialect that takes pysqlite3"),
    "pysqlite3": ("0.6.1", "brings SQLite 3.53, without the WAL-reset bug"),
    "jsonschema-rs": ("0.60", "passes the whole test suite of the 2020-12 draft"),
}

# What is imported in one module only, so that it can be replaced there; the module is None while nothing does.
ONE_DOOR = {
    "yaml": "generator/reading/yaml_tree.py",
    "durable": None,
    "durable_rules_engine": "rules/engine.py",
    "z3": "generator/proof/solver.py",
    "pysqlite3": "runtime/cases/sqlite_database.py",
    "sqlalchemy.dialects": "runtime/cases/journal.py",
    "sqlite3": None,
    "psycopg": "runtime/cases/patient_connection.py",
}

BANNED_NAMES = {
    *("util", "utils", "helper", "helpers", "common", "core", "base", "misc", "manager", "handler", "processor"),
    *("data", "info"),
}


def files(*suffixes: str) -> Iterator[Path]:
    """Yield the project's own files, generated and fetched ones left out."""
    pending = [ROOT]
    while pending:
        for path in sorted(pending.pop().iterdir()):
            if path.is_dir():
                if path.name not in NOT_OURS | CACHES:
                    pending.append(path)
            elif not suffixes or path.suffix in suffixes:
                yield path


def modules(*folders: str) -> list[Path]:
    """Return the Python files of some folders."""
    return [path for path in files(".py") if path.relative_to(ROOT).parts[0] in folders]


@cache
def imports(path: Path) -> tuple[str, ...]:
    """Return the dotted name of every module that a file imports."""
    return tuple(_imported(path))


def _imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def project() -> dict[str, object]:
    found = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert isinstance(found, dict)
    return found


def requirements(name: str) -> list[Requirement]:
    lines = (ROOT / "lock" / name).read_text(encoding="utf-8").splitlines()
    return [Requirement(line) for line in lines if line and not line.startswith(("-r", "#"))]


@pytest.mark.parametrize("lock", ["build.txt", "run.txt", "test.txt", "uv.txt"])
def test_a_lock_pins_every_package_by_hash_and_names_no_registry(lock: str) -> None:
    text = (ROOT / "lock" / lock).read_text(encoding="utf-8")
    assert "://" not in text
    entries = re.findall(r"^([a-z0-9].*?) \\\n((?:    --hash=.*\n?)+)", text, flags=re.MULTILINE)
    assert len(entries) == len(re.findall(r"^[a-z0-9]", text, flags=re.MULTILINE))
    assert all("==" in entry for entry, _ in entries)


def test_the_locks_agree_on_every_version() -> None:
    seen: dict[str, str] = {}
    for lock in ("run.txt", "test.txt", "build.txt"):
        for line in (ROOT / "lock" / lock).read_text(encoding="utf-8").splitlines():
            if found := re.match(r"([a-z0-9._-]+)==([^ ]+)", line):
                name, version = found.groups()
                assert seen.setdefault(name, version) == version, name


def test_what_is_locked_to_run_is_what_the_project_says_it_needs() -> None:
    declared = project()["dependencies"]
    assert isinstance(declared, list)
    assert sorted(canonicalize_name(Requirement(str(line)).name) for line in declared) == sorted(
        canonicalize_name(line.name) for line in requirements("run.in")
    )


@pytest.mark.parametrize("name", sorted(FLOORS))
def test_no_package_is_older_than_the_fix_it_needs(name: str) -> None:
    floor, reason = FLOORS[name]
    assert Version(importlib.metadata.version(name)) >= Version(floor), reason


def test_every_package_we_run_on_is_imported_or_has_a_reason() -> None:
    brought_in_by = {
        "uvicorn": "started as a program by `satupintu serve`",
        "uvloop": "uvicorn takes it where it is there",
        "httptools": "uvicorn takes it where it is there",
        "python-multipart": "starlette parses multipart bodies with it",
        "durable-rules": "imported as its C part, durable_rules_engine",
    }
    named = importlib.metadata.packages_distributions()
    used = {name.split(".")[0] for path in modules(*PACKAGES) for name in imports(path)}
    distributions = {canonicalize_name(name) for module in used for name in named.get(module, [])}
    declared = {canonicalize_name(requirement.name) for requirement in requirements("run.in")}
    assert declared - distributions - set(brought_in_by) == set()


def test_what_we_import_to_run_is_declared_and_not_only_brought_along_by_another() -> None:
    named = importlib.metadata.packages_distributions()
    declared = {canonicalize_name(requirement.name) for requirement in requirements("run.in")}
    used = {name.split(".")[0] for path in modules(*PACKAGES) for name in imports(path)}
    foreign = {canonicalize_name(dist) for module in used - set(PACKAGES) for dist in named.get(module, [])}
    assert foreign - declared == set()


def test_no_other_distribution_claims_our_import_names() -> None:
    named = importlib.metadata.packages_distributions()
    for package in PACKAGES:
        assert set(named.get(package, [])) <= {"satupintu"}
        found = importlib.import_module(package).__file__
        assert found is not None
        assert Path(found).parent == ROOT / package


@pytest.mark.parametrize("package", sorted(ONE_DOOR))
def test_what_should_be_replaceable_is_imported_in_one_module_only(package: str) -> None:
    found = {
        path.relative_to(ROOT).as_posix()
        for path in modules(*PACKAGES)
        if any(name == package or name.startswith(f"{package}.") for name in imports(path))
    }
    allowed = ONE_DOOR[package]
    assert found <= ({allowed} if allowed else set())


def test_no_check_knows_another() -> None:
    checks = {path.stem: path for path in modules("generator") if re.match(r"[a-z]{3}[0-9]{2}_", path.stem)}
    assert checks
    for name, path in checks.items():
        imported = {found.split(".")[2] for found in imports(path) if found.startswith("generator.checks.")}
        assert imported & checks.keys() == set(), name


def test_no_module_has_a_name_that_says_nothing() -> None:
    vague = [path for path in modules(*CODE) if BANNED_NAMES & {path.stem, path.parent.name}]
    assert vague == []


def test_no_decision_reads_a_clock() -> None:
    """A moment comes in as a value; `now` and `today` stand at the edges only."""
    told = re.compile(r"\b(datetime\.now|datetime\.utcnow|date\.today|time\.time|time\.monotonic)\b")
    readers = {path for path in modules("rules", "generator") if told.search(path.read_text(encoding="utf-8"))}
    edges = {ROOT / "generator" / "command" / name for name in ("decide.py", "new.py", "serve.py")}
    assert readers <= edges


def test_nothing_kept_names_a_registry_or_somebodys_home() -> None:
    hosts = [
        ".".join(parts) for parts in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("npmjs", "com"))
    ]
    homes = ["/".join(("", *parts)) for parts in (("work", "main"), ("work", "shared"), ("root", ""), ("Users", ""))]
    offending = [
        (path.relative_to(ROOT).as_posix(), word)
        for path in files()
        if path.suffix not in (".png", ".ttf", ".woff2", ".pdf", ".jpg", ".mo", ".ico")
        for word in (*hosts, *homes)
        if word in path.read_text(encoding="utf-8", errors="replace")
    ]
    assert offending == []


def test_readme_has_a_row_for_every_verb_of_the_command() -> None:
    from generator.cli import SUMMARIES

    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [verb for verb in SUMMARIES if not re.search(rf"^\| `satupintu {verb}\b", readme, re.MULTILINE)] == []


def test_readme_has_a_row_for_every_setting() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in modules(*PACKAGES))
    settings = set(re.findall(r'"(SATUPINTU_[A-Z_]+)"', source))
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert {name for name in settings if not re.search(rf"^\| `{name}`", readme, re.MULTILINE)} == set()


def test_readme_has_a_row_for_every_target_of_make() -> None:
    targets = re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [target for target in targets if target != "help" and f"`make {target}`" not in readme] == []


def test_the_package_can_not_be_uploaded_by_mistake() -> None:
    classifiers = project()["classifiers"]
    assert isinstance(classifiers, list)
    assert "Private :: Do Not Upload" in classifiers
