"""Every target of a condition says what the oracle says, over random conditions and answers; and each comparison can
tell, because a target with one bug put into it does not."""

from __future__ import annotations

import json
import random
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import jsonschema
import jsonschema_rs
import pytest
from playwright._impl._driver import compute_driver_executable

from generator.reading.condition_entry import condition as read_condition
from generator.reading.sheet import Sheet
from generator.reading.yaml_tree import MapNode, read_tree
from rules.answers import typed
from rules.condition.as_json import kinds, to_json
from rules.condition.as_json_schema import Schema, to_schema
from rules.condition.as_yaml import to_yaml
from rules.condition.decide import compiled, holds, truth
from rules.condition.sentence import sentence
from rules.condition.tree import Answered, Condition
from rules.conjunct import Conjunct, Match, Operator
from rules.engine import Chunk, Engine, RuleBook
from rules.field import Field
from rules.limit import limits
from rules.words import Lang
from tests.condition_samples import FIELDS, Answers, Json, oracle, some_answers, some_condition, twin

EACH = 10  # answers per condition
SCRIPT = Path(__file__).parent.parent / "runtime" / "static" / "condition.js"

Verdicts = list[bool | None]
Target = Callable[[Condition, Sequence[Answers]], Verdicts]


@dataclass(frozen=True)
class Case:
    condition: Condition
    answers: tuple[Answers, ...]


def cases(count: int, seed: int, wrong: float = 0.1) -> list[Case]:
    source = random.Random(seed)
    return [
        Case(some_condition(source), tuple(some_answers(source, wrong) for _ in range(EACH)))
        for _ in range(count // EACH)
    ]


def disagreements(given: Sequence[Case], verdicts: Callable[[Sequence[Case]], list[Verdicts]]) -> list[str]:
    """Compare a target with the oracle, evaluation by evaluation."""
    found = []
    for case, said in zip(given, verdicts(given), strict=True):
        for answers, verdict in zip(case.answers, said, strict=True):
            if verdict is not (oracle(case.condition, answers) is True):
                found.append(f"{to_yaml(case.condition)} over {answers}: {verdict}")
    return found


def one_by_one(target: Target) -> Callable[[Sequence[Case]], list[Verdicts]]:
    return lambda given: [target(case.condition, case.answers) for case in given]


def facts_of(answers: Answers) -> dict[str, object]:
    return dict(typed(FIELDS.values(), answers))


# ---- the reference


def test_the_reference_and_its_closures_say_what_the_oracle_says() -> None:
    for case in cases(10_000, 1):
        quick = compiled(case.condition)
        for answers in case.answers:
            facts = typed(FIELDS.values(), answers)
            expected = oracle(case.condition, answers)
            assert truth(case.condition, facts) is expected, (to_yaml(case.condition), answers)
            assert holds(case.condition, facts) is quick(facts) is (expected is True)


# ---- JSON Schema


def shipped(schema: Schema | bool) -> dict[str, object] | bool:
    """Write and read a schema as a release does: plain JSON, its numbers read as decimals."""
    read = json.loads(json.dumps(schema), parse_float=Decimal)
    assert isinstance(read, dict | bool)
    return read


def by_rust(encode: Callable[[Condition, Mapping[str, Field]], Schema | bool]) -> Target:
    def target(condition: Condition, answers: Sequence[Answers]) -> Verdicts:
        validator = jsonschema_rs.Draft202012Validator(shipped(encode(condition, FIELDS)))
        return [validator.is_valid(each) for each in answers]

    return target


def by_python(condition: Condition, answers: Sequence[Answers]) -> Verdicts:
    # 5.0 is an integer to JSON Schema; as a Decimal this validator has to be told so
    whole = jsonschema.Draft202012Validator.TYPE_CHECKER.redefine(
        "integer",
        lambda _, value: (
            not isinstance(value, bool)
            and (isinstance(value, int) or (isinstance(value, Decimal) and value == value.to_integral_value()))
        ),
    )
    validator = jsonschema.validators.extend(  # type: ignore[no-untyped-call]  # its stub has none
        jsonschema.Draft202012Validator, type_checker=whole
    )
    schema = shipped(to_schema(condition, FIELDS))
    return [validator(schema).is_valid(each) for each in answers]


def dropping(key: str) -> Callable[[Condition, Mapping[str, Field]], Schema | bool]:
    def without(part: object) -> object:
        if isinstance(part, dict):
            return {name: without(value) for name, value in part.items() if name != key}
        return [without(value) for value in part] if isinstance(part, list) else part

    def encode(condition: Condition, fields: Mapping[str, Field]) -> Schema | bool:
        changed = without(to_schema(condition, fields))
        assert isinstance(changed, dict | bool)
        return changed

    return encode


def renaming(old: str, new: str) -> Callable[[Condition, Mapping[str, Field]], Schema | bool]:
    def encode(condition: Condition, fields: Mapping[str, Field]) -> Schema | bool:
        text = json.dumps(to_schema(condition, fields)).replace(f'"{old}"', f'"{new}"')
        changed = json.loads(text)
        assert isinstance(changed, dict | bool)
        return changed

    return encode


def test_json_schema_says_what_the_oracle_says() -> None:
    assert disagreements(cases(10_000, 2), one_by_one(by_rust(to_schema))) == []


@pytest.mark.long
def test_json_schema_says_what_the_oracle_says_100000_times() -> None:
    assert disagreements(cases(100_000, 3), one_by_one(by_rust(to_schema))) == []


def test_json_schema_means_the_same_to_another_validator() -> None:
    assert disagreements(cases(1_000, 4), one_by_one(by_python)) == []
    # Python's `$` forgives a line end, the schema must not
    assert by_python(Answered("mulai"), [{"mulai": "2026-01-01"}, {"mulai": "2026-01-01\n"}]) == [True, False]


@pytest.mark.parametrize(
    "encode",
    [
        dropping("required"), dropping("type"), dropping("multipleOf"), dropping("minItems"),
        renaming("exclusiveMaximum", "maximum"), renaming("minimum", "exclusiveMinimum"), renaming("not", "x-not"),
        renaming("contains", "items"), renaming("anyOf", "allOf"),
    ],
    ids=[
        "no required", "no type", "no multipleOf", "no minItems",
        "<= for <", "> for >=", "no negation", "all for any", "and for or",
    ],
)  # fmt: skip
def test_a_bug_in_the_schema_is_seen(encode: Callable[[Condition, Mapping[str, Field]], Schema | bool]) -> None:
    assert disagreements(cases(10_000, 2), one_by_one(by_rust(encode)))


# ---- the engine


def by_engine(given: Sequence[Case], open_engine: Callable[[Mapping[str, Conjunct]], Engine] = Chunk) -> list[Verdicts]:
    found: list[Verdicts] = []
    for start in range(0, len(given), 20):
        batch = given[start : start + 20]
        book = RuleBook({f"r/{i}": case.condition for i, case in enumerate(batch)}, FIELDS, open_engine=open_engine)
        for index, case in enumerate(batch):
            concluded = [book.decide(typed(FIELDS.values(), answers)) for answers in case.answers]
            found.append([None if c.manual is not None else f"r/{index}" in c.held for c in concluded])
        book.close()
    return found


def runnable(count: int, seed: int) -> list[Case]:
    """Make cases up, without the few conditions that multiply out to more than the engine holds (`RUN-01`)."""
    drawn = cases(count + count // 20, seed)
    fit = [case for case in drawn if not limits({"r": case.condition}, FIELDS)]
    assert len(fit) >= count // EACH
    return fit[: count // EACH]


def test_the_engine_says_what_the_oracle_says() -> None:
    assert disagreements(runnable(10_000, 5), by_engine) == []


@pytest.mark.long
def test_the_engine_says_what_the_oracle_says_100000_times() -> None:
    assert disagreements(runnable(100_000, 6), by_engine) == []


@pytest.mark.parametrize(
    ("sound", "bug"),
    [(Operator.AT_MOST, Operator.BELOW), (Operator.ABOVE, Operator.AT_LEAST), (Operator.NOT_EQUAL, Operator.EQUAL)],
    ids=["< for <=", ">= for >", "= for not ="],
)
def test_a_bug_in_the_engine_is_seen(sound: Operator, bug: Operator) -> None:
    def changed(conjuncts: Mapping[str, Conjunct]) -> Engine:
        def turn(match: Match) -> Match:
            return Match(match.key, bug, match.values) if match.operator is sound else match

        return Chunk({name: tuple(map(turn, conjunct)) for name, conjunct in conjuncts.items()})

    assert disagreements(runnable(600, 5), lambda given: by_engine(given, changed))


# ---- the browser


def by_browser(
    given: Sequence[Case],
    encode: Callable[[Condition], object] = to_json,
    change: Callable[[str], str] = str,
) -> list[Verdicts]:
    node = compute_driver_executable()[0]
    script = (
        change(SCRIPT.read_text("utf-8"))
        + """
let text = "";
for await (const chunk of process.stdin) text += chunk;
const { kinds, cases } = JSON.parse(text);
console.log(JSON.stringify(cases.map(([condition, answers]) =>
  answers.map((raw) => holds(condition, clean(raw, kinds))))));
"""
    )
    asked = {
        "kinds": kinds(FIELDS),
        "cases": [[encode(case.condition), [plain(answers) for answers in case.answers]] for case in given],
    }
    done = subprocess.run(
        [node, "--input-type=module", "-e", script],
        input=json.dumps(asked), capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert isinstance(found, list)
    return found


def plain(value: Json | Answers) -> object:
    """Return what a browser would send; 100.0 and 100 are one number there."""
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [plain(each) for each in value]
    return float(value) if isinstance(value, Decimal) else value


def test_the_browser_says_what_the_oracle_says() -> None:
    assert disagreements(cases(10_000, 7), by_browser) == []


@pytest.mark.long
def test_the_browser_says_what_the_oracle_says_100000_times() -> None:
    assert disagreements(cases(100_000, 8), by_browser) == []


@pytest.mark.parametrize(
    ("sound", "bug"),
    [
        ("value < b", "value <= b"), ("aIn && value === a", "value === a"), ("given && [].concat", "[].concat"),
        ('(test === "dan") === wanted', 'test === "dan"'), ("holds(field, facts, !wanted)", "!holds(field, facts)"),
        ('v.trim() !== ""', 'v !== ""'), ("Array.isArray(v) && v.length > 0", "Array.isArray(v)"),
        ("Math.abs(whole) <= MOST && whole", "whole"), (".startsWith(v)", " !== v"), ("b === null ||", ""),
    ],
)  # fmt: skip
def test_a_bug_in_the_browser_is_seen(sound: str, bug: str) -> None:
    assert SCRIPT.read_text("utf-8").count(sound) == 1
    assert disagreements(cases(5_000, 7), lambda given: by_browser(given, change=lambda js: js.replace(sound, bug)))


def test_the_browser_s_evaluator_stays_small() -> None:
    assert SCRIPT.stat().st_size < 2048


# ---- YAML, as an officer would write it


def by_yaml(write: Callable[[Condition], str]) -> Target:
    def target(condition: Condition, answers: Sequence[Answers]) -> Verdicts:
        again = reread(write(condition))
        if again is None:
            return [None for _ in answers]
        return [holds(again, typed(FIELDS.values(), each)) for each in answers]

    return target


def reread(text: str) -> Condition | None:
    root, findings = read_tree(f"bila: {text}\n".encode(), "uji.yaml")
    assert not findings, (text, findings)
    assert isinstance(root, MapNode)
    sheet = Sheet("uji.yaml")
    found = read_condition(sheet, root.entries[0][1], ("bila",), FIELDS)
    assert sheet.at.keys() <= {("bila", code) for code in FIELDS}
    return found if sheet.clean else None


def test_yaml_written_and_read_back_says_what_the_oracle_says() -> None:
    given = cases(10_000, 9)
    assert disagreements(given, one_by_one(by_yaml(to_yaml))) == []
    for case in given:
        written = to_yaml(case.condition)
        again = reread(written)
        assert again is not None
        assert to_yaml(again) == written


@pytest.mark.long
def test_yaml_written_and_read_back_says_what_the_oracle_says_100000_times() -> None:
    assert disagreements(cases(100_000, 10), one_by_one(by_yaml(to_yaml))) == []


@pytest.mark.parametrize(("sound", "bug"), [("<=", "<"), ("salah_satu", "semua"), ("kosong", "terisi")])
def test_a_bug_in_the_yaml_is_seen(sound: str, bug: str) -> None:
    given = cases(10_000, 9)
    assert disagreements(given, one_by_one(by_yaml(lambda c: to_yaml(c).replace(sound, bug))))


# ---- the sentence


def ambiguous(count: int, seed: int, say: Callable[[Condition, Lang], str]) -> list[str]:
    """Find conditions that share a sentence and differ in truth for some of `EACH` × 20 answers: random ones, and
    beside each one that differs from it in one thing."""
    source = random.Random(seed)
    probes = [typed(FIELDS.values(), some_answers(source, 0.02)) for _ in range(EACH * 20)]
    meant: dict[tuple[Lang, str], list[bool]] = {}
    found = []
    for index in range(count):
        first = some_condition(source, index % 3)
        for condition in (first, twin(source, first)):
            test = compiled(condition)
            truths = [test(facts) for facts in probes]
            for lang in LANGS:
                said = say(condition, lang)
                if meant.setdefault((lang, said), truths) != truths:
                    found.append(said)
    return found


LANGS: tuple[Lang, ...] = ("id", "en")


def said(condition: Condition, lang: Lang) -> str:
    return sentence(condition, FIELDS, lang)


def test_no_two_conditions_of_different_truth_share_a_sentence() -> None:
    assert ambiguous(4_000, 11, said) == []


@pytest.mark.long
def test_no_two_of_50000_conditions_of_different_truth_share_a_sentence() -> None:
    assert ambiguous(50_000, 12, said) == []


@pytest.mark.parametrize(
    ("sound", "bug"),
    [
        (("paling banyak", "at most"), ("kurang dari", "less than")),
        (("selain ", "other than "), ("", "")),
        (("kosong", "is empty"), ("diisi", "is answered")),
        ((": tidak", ": no"), (": ya", ": yes")),
        ((" atau ", " or "), (" dan ", " and ")),
    ],
    ids=["< for <=", "no negation", "empty or answered", "no for yes", "and for or"],
)
def test_a_bug_in_the_sentence_is_seen(sound: tuple[str, str], bug: tuple[str, str]) -> None:
    def changed(condition: Condition, lang: Lang) -> str:
        which = LANGS.index(lang)
        return said(condition, lang).replace(sound[which], bug[which])

    assert ambiguous(2_000, 11, changed)
