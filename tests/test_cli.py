"""The command, as a person or a program meets it: its help, its exit codes, and every form of its output."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import jsonschema
import pytest

from generator.cli import SUMMARIES, main
from generator.command.serve import demo_setting

ROOT = Path(__file__).parent.parent
TINY = Path(__file__).parent / "cases" / "dasar"
PERMIT = Path("kota-uji") / "izin" / "uji" / "2026-01-01.yaml"
UNKNOWN_FIELD = ('luas: "< 10"', 'luass: "< 10"')


@pytest.fixture
def catalog(tmp_path: Path) -> Path:
    """A small catalog without findings."""
    return Path(shutil.copytree(TINY, tmp_path / "catalog"))


@pytest.fixture
def faulty(catalog: Path) -> Path:
    """The same, with one condition that names a question that is never asked."""
    path = catalog / PERMIT
    text = path.read_text(encoding="utf-8")
    assert text.count(UNKNOWN_FIELD[0]) == 1
    path.write_text(text.replace(*UNKNOWN_FIELD), encoding="utf-8")
    return catalog


def line_of_the_fault(catalog: Path) -> int:
    lines = (catalog / PERMIT).read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if "luass" in line)


def satupintu(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the installed command."""
    command = Path(sys.executable).with_name("satupintu")
    return subprocess.run([str(command), *arguments], capture_output=True, text=True, cwd=ROOT, timeout=120)


# ---- the installed command


def test_the_installed_command_finds_nothing_wrong_with_a_clean_catalog(catalog: Path) -> None:
    done = satupintu("check", str(catalog))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "tidak ada temuan\n")


def test_the_installed_command_ends_with_one_when_there_are_findings(faulty: Path) -> None:
    done = satupintu("check", str(faulty), "--lang", "en")
    assert done.returncode == 1
    assert f"--> {faulty.as_posix()}/{PERMIT.as_posix()}:{line_of_the_fault(faulty)}:" in done.stdout
    assert "= help: did you mean `luas`?" in done.stdout
    assert done.stderr == "1 error\n"


def test_the_installed_command_ends_with_two_when_it_is_not_understood() -> None:
    done = satupintu("chek", "--lang", "en")
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1] == "Error: there is no command `chek`; did you mean `check`?"


def test_a_reader_who_has_seen_enough_is_no_fault(faulty: Path) -> None:
    command = Path(sys.executable).with_name("satupintu")
    with subprocess.Popen(
        [str(command), "check", str(faulty), "--format", "json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        process.stdout.close()
        assert process.stderr is not None
        assert process.stderr.read() == b""
        assert process.wait(60) == 1


def test_help_loads_no_verb_and_nothing_slow() -> None:
    listing = "import sys; from generator.cli import main; main(['--help']); print(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", listing], capture_output=True, text=True, cwd=ROOT, timeout=60)
    loaded = set(done.stderr.split())
    assert "generator.cli" in loaded
    slow = {"yaml", "rich", "jsonschema", "jsonschema_rs", "sqlalchemy", "starlette", "durable_rules_engine", "json"}
    assert loaded & (slow | {f"generator.command.{verb}" for verb in SUMMARIES} | {"generator.model"}) == set()


# ---- help


@pytest.mark.parametrize("verb", list(SUMMARIES))
@pytest.mark.parametrize(("lang", "heading"), [("id", "Pemakaian:"), ("en", "Usage:")])
def test_every_verb_has_help_in_both_languages(
    verb: str, lang: str, heading: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([verb, "--help", "--lang", lang]) == 0
    said = capsys.readouterr().out
    assert said.startswith(f"{heading} satupintu {verb} ")
    assert "--lang" in said
    assert ("Show this help." in said) == (lang == "en")


@pytest.mark.parametrize("lang", ["id", "en"])
def test_the_help_lists_every_verb(lang: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--lang", lang, "--help"]) == 0
    said = capsys.readouterr().out
    assert [verb for verb in SUMMARIES if not re.search(rf"^  {verb} ", said, re.MULTILINE)] == []


def test_without_a_verb_the_help_is_shown_and_it_is_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert capsys.readouterr().err.startswith("Pemakaian: satupintu")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["check", "--formt", "json"], "Galat: tidak ada pilihan `--formt`; maksud Anda `--format`?"),
        (["check", "--format", "xml"], "Galat: `--format` adalah salah satu dari text, json, github, sarif, junit"),
        (["check", "tidak-ada"], "Galat: `KATALOG` tidak menunjuk folder yang dapat dibaca"),
        (["check", "tidak-ada", "--lang", "en"], "Error: `KATALOG` does not name a folder that can be read"),
        (["decide", "pbg"], "Galat: `--jawaban` belum diberikan"),
        (["decide", "--jawaban", str(ROOT / "README.md")], "Galat: `IZIN` belum diberikan"),
        (["explain", "KON-010"], "Galat: tidak ada temuan `KON-010`; maksud Anda `KON-10`?"),
        (["serve", "--jam", "besok"], "Galat: `--jam` adalah saat dengan zona, misalnya 2026-07-01T09:00:00+08:00"),
        (
            ["serve", "--jam", "2026-07-01T09:00:00"],
            "Galat: `--jam` adalah saat dengan zona, misalnya 2026-07-01T09:00:00+08:00",
        ),
    ],
)
def test_what_is_not_understood_is_said_in_one_sentence(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "catalog").mkdir()
    assert main(arguments) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.splitlines()[-1] == said


# ---- check


def checked(capsys: pytest.CaptureFixture[str], folder: Path, form: str, lang: str = "id") -> tuple[int, str]:
    code = main(["check", str(folder), "--format", form, "--lang", lang])
    told = capsys.readouterr()
    assert told.err == ""
    return code, told.out


def test_json_names_place_sentence_and_help(faulty: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = checked(capsys, faulty, "json")
    (finding,) = json.loads(said)
    assert code == 1
    assert finding["code"] == "KON-01"
    assert finding["severity"] == "G"
    assert finding["file"] == f"{faulty.as_posix()}/{PERMIT.as_posix()}"
    assert finding["line"] == line_of_the_fault(faulty)
    assert "`luass`" in finding["message"]
    assert "`luas`" in finding["help"]


def test_json_of_a_clean_catalog_is_an_empty_list(catalog: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert checked(capsys, catalog, "json") == (0, "[]\n")


def test_github_gets_one_annotation_line_per_finding(faulty: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = checked(capsys, faulty, "github", "en")
    (line,) = said.splitlines()
    assert code == 1
    assert re.fullmatch(
        rf"::error file={re.escape(faulty.as_posix())}/{PERMIT.as_posix()},line={line_of_the_fault(faulty)},"
        r"endLine=\d+,col=\d+,endColumn=\d+,title=KON-01::.*`luass`.*%0Adid you mean `luas`\?",
        line,
    )


def test_github_gets_nothing_from_a_clean_catalog(catalog: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert checked(capsys, catalog, "github") == (0, "")


# The part of SARIF 2.1.0 (OASIS) that a viewer needs: what section 3 of it calls «SHALL contain», and our results.
SARIF = {
    "type": "object",
    "required": ["version", "runs", "$schema"],
    "properties": {
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["tool", "results"],
                "properties": {
                    "tool": {
                        "type": "object",
                        "required": ["driver"],
                        "properties": {
                            "driver": {
                                "type": "object",
                                "required": ["name"],
                                "properties": {
                                    "name": {"const": "satupintu"},
                                    "rules": {"type": "array", "items": {"type": "object", "required": ["id"]}},
                                },
                            }
                        },
                    },
                    "results": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "required": ["ruleId", "ruleIndex", "level", "message", "locations"],
                            "properties": {
                                "ruleIndex": {"type": "integer", "minimum": 0},
                                "level": {"enum": ["error", "warning", "note"]},
                                "message": {"type": "object", "required": ["text"]},
                                "locations": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/location"}},
                            },
                        },
                    },
                },
            },
        },
    },
    "$defs": {
        "location": {
            "type": "object",
            "required": ["physicalLocation"],
            "properties": {
                "physicalLocation": {
                    "type": "object",
                    "required": ["artifactLocation", "region"],
                    "properties": {
                        "artifactLocation": {
                            "type": "object",
                            "required": ["uri"],
                            "properties": {"uri": {"type": "string", "pattern": "^[^ \\\\]+$"}},
                        },
                        "region": {
                            "type": "object",
                            "required": ["startLine"],
                            "properties": {
                                "startLine": {"type": "integer", "minimum": 1},
                                "startColumn": {"type": "integer", "minimum": 1},
                                "endLine": {"type": "integer", "minimum": 1},
                                "endColumn": {"type": "integer", "minimum": 1},
                            },
                        },
                    },
                }
            },
        }
    },
}


def test_sarif_has_the_shape_that_viewers_need(faulty: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = checked(capsys, faulty, "sarif")
    log = json.loads(said)
    assert code == 1
    jsonschema.Draft202012Validator(SARIF).validate(log)
    (run,) = log["runs"]
    (result,) = run["results"]
    assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"] == "KON-01"
    region = result["locations"][0]["physicalLocation"]["region"]
    assert region["startLine"] == line_of_the_fault(faulty)


def test_sarif_of_a_clean_catalog_has_no_result(catalog: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = checked(capsys, catalog, "sarif")
    log = json.loads(said)
    assert code == 0
    jsonschema.Draft202012Validator(SARIF).validate(log)
    assert log["runs"][0]["results"] == []


def test_junit_counts_a_failure_per_error(faulty: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = checked(capsys, faulty, "junit")
    suites = ET.fromstring(said)
    assert code == 1
    assert (suites.tag, suites.get("tests"), suites.get("failures")) == ("testsuites", "1", "1")
    (case,) = suites.iter("testcase")
    assert case.get("name")
    assert case.get("classname")
    (failure,) = case.iter("failure")
    assert "`luass`" in (failure.get("message") or "")


def test_junit_of_a_clean_catalog_is_one_case_that_passes(catalog: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = checked(capsys, catalog, "junit")
    suites = ET.fromstring(said)
    assert code == 0
    assert (suites.get("tests"), suites.get("failures")) == ("1", "0")
    assert list(suites.iter("failure")) == []


# ---- build, test, decide, explain, schema


def test_build_prints_the_release_and_the_same_catalog_gives_the_same(
    catalog: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["build", str(catalog), "--ke", str(tmp_path / "one")]) == 0
    first = Path(capsys.readouterr().out.strip())
    assert main(["build", str(catalog), "--ke", str(tmp_path / "two"), "--pakai"]) == 0
    second = Path(capsys.readouterr().out.strip())
    assert first.name == second.name
    assert (first / "manifest.json").read_bytes() == (second / "manifest.json").read_bytes()
    assert not (tmp_path / "one" / "current").exists()
    assert (tmp_path / "two" / "current").resolve() == second


def test_a_catalog_that_was_built_before_is_not_read_again(
    catalog: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    assert main(["build", str(catalog), "--ke", str(out)]) == 0
    first = capsys.readouterr().out
    monkeypatch.setattr("generator.examination.read_catalog", lambda _: pytest.fail("it was read again"))
    assert main(["build", str(catalog), "--ke", str(out)]) == 0
    assert capsys.readouterr().out == first
    monkeypatch.undo()
    path = catalog / PERMIT
    path.write_text(path.read_text(encoding="utf-8").replace("Izin Uji", "Izin Coba"), encoding="utf-8")
    assert main(["build", str(catalog), "--ke", str(out)]) == 0
    assert capsys.readouterr().out != first


@pytest.mark.parametrize("spoiled", ["release", "memory"])
def test_a_release_that_is_gone_is_built_anew(
    spoiled: str, catalog: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert main(["build", str(catalog), "--ke", str(out)]) == 0
    release = Path(capsys.readouterr().out.strip())
    if spoiled == "release":
        shutil.rmtree(release)
    else:
        (remembered,) = (out / ".known").iterdir()
        remembered.write_bytes(b"\xff")
    assert main(["build", str(catalog), "--ke", str(out)]) == 0
    assert (release / "manifest.json").exists()


def test_build_writes_nothing_when_there_are_errors(
    faulty: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["build", str(faulty), "--ke", str(tmp_path / "out"), "--lang", "en"]) == 1
    told = capsys.readouterr()
    assert "error[KON-01]" in told.out
    assert told.err == "1 error\nnot built: there are errors\n"
    assert not (tmp_path / "out").exists()


EXAMPLE = """\
- catatan: toko kecil satu lantai
  pada: 2026-03-02
  jawaban: {JAWABAN, luas: 24, bertingkat: tidak}
  hasil: {dokumen: [ktp], peninjau: [dinkes], retribusi: RETRIBUSI, waktu: 7 hari kerja, akhir: terbit}
"""


def with_example(catalog: Path, fee: str, capsys: pytest.CaptureFixture[str]) -> str:
    """Write one example; return what `decide` says is due for its answers."""
    group = (catalog / "kota-uji" / "isian" / "pemohon.yaml").read_text(encoding="utf-8")
    answers = {code: ANSWERS[code] for code in re.findall(r"kode: (\w+)", group)}
    given = catalog.parent / "jawaban.json"
    given.write_text(json.dumps({**answers, "luas": 24, "bertingkat": False}), encoding="utf-8")
    assert main(["decide", "uji", "--jawaban", str(given), "--pada", "2026-03-02", "--katalog", str(catalog)]) == 0
    due = json.loads(capsys.readouterr().out)["biaya"]["rupiah"]
    folder = catalog / "kota-uji" / "contoh"
    folder.mkdir()
    said = ", ".join(f'{code}: "{answer}"' for code, answer in answers.items())
    text = EXAMPLE.replace("JAWABAN", said).replace("RETRIBUSI", fee or str(due))
    (folder / "uji.yaml").write_text(text, encoding="utf-8")
    return str(due)


ANSWERS = {
    "nama": "Maria Bere",
    "nama_pemohon": "Maria Bere",
    "nik": "5371014506850003",
    "alamat": "Jl. Uji 2",
    "telepon": "081234567890",
    "email": "maria@example.com",
}


def test_an_example_that_comes_out_as_written_passes(catalog: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with_example(catalog, "", capsys)
    assert main(["test", str(catalog), "--lang", "en"]) == 0
    told = capsys.readouterr()
    assert "CTH-01" not in told.out
    assert told.err.startswith("1 examples, 0 not as written, ")


def test_an_example_that_does_not_come_out_says_both_figures(catalog: Path, capsys: pytest.CaptureFixture[str]) -> None:
    due = with_example(catalog, "1", capsys)
    assert main(["test", str(catalog), "--lang", "en"]) == 1
    told = capsys.readouterr()
    said = f"the example «toko kecil satu lantai» says the fee Rp1, what was built says Rp{int(due):,}"
    assert f"error[CTH-01]: {said}" in told.out.splitlines()
    assert told.err.startswith("1 examples, 1 not as written, ")


def test_decide_tells_documents_reviewers_bill_and_deadline_with_their_reasons(
    catalog: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = tmp_path / "jawaban.json"
    given.write_text('{"luas": 120.5, "bertingkat": true, "luas_tana": 3}', encoding="utf-8")
    arguments = ["decide", "uji", "--jawaban", str(given), "--pada", "2026-03-02", "--katalog", str(catalog)]
    assert main([*arguments, "--lang", "en"]) == 0
    decided = json.loads(capsys.readouterr().out)
    assert decided["layak"] is True
    assert {document["kode"]: document["karena"] for document in decided["dokumen"]} == {
        "ktp": None,
        "denah": "Floor area is more than 100 m²",
    }
    assert decided["peninjau"] == ["dinkes", "pupr"]
    assert decided["biaya"]["baris"][0]["dasar"]
    assert decided["tenggat"]
    assert decided["tidak_dipakai"] == ["luas_tana"]


def test_decide_refuses_what_is_not_json(catalog: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for content in (b"[1]", b"{", b"\xff", b"[" * 100_000):
        (tmp_path / "jawaban.json").write_bytes(content)
        arguments = ["decide", "uji", "--jawaban", str(tmp_path / "jawaban.json"), "--katalog", str(catalog)]
        assert main(arguments) == 2
        assert "`--jawaban` bukan satu objek JSON" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("permit", "day", "said"),
    [
        ("ujian", "2026-03-02", "there is no permit `ujian`; there are: uji"),
        ("uji", "2025-12-31", "`uji` is not in force on 2025-12-31"),
    ],
)
def test_decide_names_what_there_is(
    permit: str, day: str, said: str, catalog: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "jawaban.json").write_text("{}", encoding="utf-8")
    given = str(tmp_path / "jawaban.json")
    arguments = ["decide", permit, "--jawaban", given, "--pada", day, "--katalog", str(catalog), "--lang", "en"]
    assert main(arguments) == 2
    assert capsys.readouterr().err.splitlines()[-1] == f"Error: {said}"


def test_explain_prints_the_page_of_a_code_however_it_is_typed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "kon-01", "--lang", "en"]) == 0
    assert capsys.readouterr().out.startswith("# KON-01 ")
    assert main(["explain"]) == 0
    assert "KON-01" in capsys.readouterr().out


def test_schema_writes_one_file_per_permit_where_its_first_line_points(
    catalog: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["schema", str(catalog), "--lang", "en"]) == 0
    assert capsys.readouterr().err == "1 schemas written\n"
    schema = json.loads((catalog / "kota-uji" / ".skema" / "uji.json").read_bytes())
    jsonschema.Draft7Validator.check_schema(schema)
    assert main(["check", str(catalog)]) == 0  # what was written is no part of the catalog


def test_the_hooks_of_a_catalog_repository_name_verbs_that_exist() -> None:
    hooks = (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    entries = re.findall(r"^  entry: satupintu (\w+)$", hooks, re.MULTILINE)
    assert entries
    assert set(entries) <= set(SUMMARIES)


@pytest.mark.parametrize(
    ("asked", "host", "environment", "expected"),
    [
        (None, "127.0.0.1", {}, {"SATUPINTU_PERAGAAN": "ya"}),
        (None, "localhost", {}, {"SATUPINTU_PERAGAAN": "ya"}),
        (None, "0.0.0.0", {}, {"SATUPINTU_PERAGAAN": "tidak"}),
        (None, "192.168.1.5", {}, {"SATUPINTU_PERAGAAN": "tidak"}),
        (None, "127.0.0.1", {"SATUPINTU_URL": "https://izin.example"}, {}),
        (None, "127.0.0.1", {"SATUPINTU_PERAGAAN": "tidak"}, {}),
        (True, "0.0.0.0", {}, {"SATUPINTU_PERAGAAN": "ya"}),
        (False, "127.0.0.1", {"SATUPINTU_PERAGAAN": "ya"}, {"SATUPINTU_PERAGAAN": "tidak"}),
    ],
)
def test_a_demonstration_is_never_given_unasked_where_others_can_reach_it(
    asked: bool | None, host: str, environment: dict[str, str], expected: dict[str, str]
) -> None:
    assert demo_setting(asked, host, environment) == expected
