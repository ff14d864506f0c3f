"""A model and its test cases in the files of the DMN TCK, as the data that `dmn_case` and `condition_cases` run.

Decision tables with the hit policies U, F, A, C+ and C#, and literal expressions `x in …`, `a and b`, `a or b`, `not`.
A is run as first-match once the rows that hold are seen to agree, C# as a sum of ones. What cannot be said in a catalog
is refused with its reason.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from tests.feel import LISTS, MIXED, NAMES, RefusedError, cell_of, value

POLICIES = {
    "UNIQUE": "",
    "FIRST": "pertama",
    "ANY": "pertama",
    "COLLECT SUM": "jumlahkan",
    "COLLECT COUNT": "jumlahkan",
}
POLICY = "kebijakan {0}: sebuah keputusan izin adalah tepat satu baris, baris pertama, atau sebuah jumlah"
KINDS = {"number": "bilangan", "string": "teks", "boolean": "ya_tidak", "date": "tanggal"}
_IN = re.compile(r"^(?P<left>.*?)\s+in\s+(?P<right>.*)$", re.DOTALL)
_WORTH = {"true": "ya", "false": "tidak", None: "tak_tentu"}


@dataclass(frozen=True, slots=True)
class Said:
    """A case as YAML: `table` for `dmn_case`, else a row of `condition_cases` over `fields`; or why there is none."""

    name: str
    text: str = ""
    table: bool = False
    fields: tuple[tuple[str, str], ...] = ()
    refused: str | None = None


def said(model: Path, tests: Path) -> Iterator[Said]:
    """Say every case of a model: tables once with all of their cases, expressions one by one."""
    root, cases = _plain(model), _plain(tests)
    types = {item.get("name", ""): _text(item, "typeRef") for item in root.iter("itemDefinition")}
    inputs = {each.get("name", ""): _variable(each, types) for each in root.iter("inputData")}
    number = model.name.partition("-")[0]
    for decision in root.iter("decision"):
        name = decision.get("name", "")
        asked = [(case, result) for case in cases.iter("testCase") for result in case.iter("resultNode")]
        asked = [(case, result) for case, result in asked if result.get("name") == name]
        found = decision.find("decisionTable")
        if found is not None:
            yield _table(model.stem, found, inputs, asked)
            continue
        text = _text(decision.find("literalExpression"), "text")
        for case, result in asked:
            yield _expression(_id(number, case, name), text, inputs, case, result)


def _id(number: str, case: ElementTree.Element, decision: str) -> str:
    own = case.get("id", "")
    return f"{number}/{own}" if own == decision else f"{number}/{own}/{decision}"


def _plain(path: Path) -> ElementTree.Element:
    """Read a file and forget its namespaces, which differ from version to version of the standard."""
    root = ElementTree.parse(path).getroot()
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
    return root


def _text(element: ElementTree.Element | None, name: str) -> str:
    return "" if element is None else (element.findtext(name) or "").strip()


def _variable(element: ElementTree.Element, types: dict[str, str]) -> str:
    variable = element.find("variable")
    named = "" if variable is None else variable.get("typeRef", "")
    return types.get(named, named).rpartition(":")[2]


def _given(element: ElementTree.Element | None) -> str | None:
    """Return the one value of an input or of what is expected; parts of it side by side."""
    if element is None:
        return None
    if element.find("list") is not None:
        raise RefusedError(LISTS)
    values = [each.text or "" for each in element.iter("value") if not _is_nil(each)]
    return " ".join(values) if values else None


def _is_nil(element: ElementTree.Element) -> bool:
    return any(key.endswith("nil") and worth == "true" for key, worth in element.attrib.items())


# ---- tables


def _table(
    name: str,
    table: ElementTree.Element,
    inputs: dict[str, str],
    asked: list[tuple[ElementTree.Element, ElementTree.Element]],
) -> Said:
    policy = " ".join(filter(None, (table.get("hitPolicy", "UNIQUE"), table.get("aggregation"))))
    try:
        if policy not in POLICIES:
            raise RefusedError(POLICY.format(policy))
        read = [_text(column, "inputExpression/text") for column in table.iter("input")]
        if any(column not in inputs for column in read):
            raise RefusedError(NAMES)
        rows = [_row(rule, policy) for rule in table.iter("rule")]
        kinds = [_kind([row[0][at] for row in rows], inputs[column]) for at, column in enumerate(read)]
        cases = [_table_case(case, result, read, kinds) for case, result in asked]
    except RefusedError as refused:
        return Said(name, refused=refused.reason)
    rules = [{"bila": dict(zip(_codes(read), cells[0], strict=True)), "hasil": cells[1]} for cells in rows]
    how = POLICIES[policy]
    data = {
        "tabel": name,
        "isian": dict(zip(_codes(read), kinds, strict=True)),
        "aturan": {how: "ya", "baris": rules} if how else rules,
        **({"sepakat": "ya"} if policy == "ANY" else {}),
        "kasus": cases,
    }
    return Said(name, json.dumps(data, ensure_ascii=False), table=True)


def _codes(read: list[str]) -> list[str]:
    return [f"k{index}" for index, _ in enumerate(read)]


def _row(rule: ElementTree.Element, policy: str) -> tuple[list[str], str]:
    cells = [cell_of(_text(entry, "text") or "-").text for entry in rule.iter("inputEntry")]
    outputs = [_text(entry, "text") for entry in rule.iter("outputEntry")]
    if policy == "COLLECT COUNT":
        return cells, "1"
    return cells, " ".join(json.loads(each) if each.startswith('"') else each for each in outputs)


def _kind(cells: list[str], named: str) -> str:
    kind = KINDS.get(named)
    if kind is None:
        raise RefusedError(f"jenis {named}")
    return "desimal" if kind == "bilangan" and any(re.search(r"\d\.\d", cell) for cell in cells) else kind


def _table_case(
    case: ElementTree.Element, result: ElementTree.Element, read: list[str], kinds: list[str]
) -> dict[str, object]:
    given = {node.get("name", ""): _given(node) for node in case.iter("inputNode")}
    answers = {
        code: _answer(given[column], kind)
        for code, column, kind in zip(_codes(read), read, kinds, strict=True)
        if given.get(column) is not None
    }
    expected = _given(result.find("expected"))
    return {"id": case.get("id", ""), "jawaban": answers, "hasil": "~" if expected is None else expected}


def _answer(given: str | None, kind: str) -> object:
    if given is None:
        return "~"
    return {"true": "ya", "false": "tidak"}.get(given, given) if kind == "ya_tidak" else given


# ---- expressions


def _expression(
    name: str, text: str, inputs: dict[str, str], case: ElementTree.Element, result: ElementTree.Element
) -> Said:
    try:
        worth = _WORTH[_given(result.find("expected"))]
        if (test := _IN.match(text)) is not None:
            return _unary(name, test["left"], test["right"], worth)
        return _logic(name, text, inputs, case, worth)
    except RefusedError as refused:
        return Said(name, refused=refused.reason)


def _unary(name: str, left: str, right: str, worth: str) -> Said:
    if left.strip().startswith("["):
        raise RefusedError(LISTS)
    answer, kind = value(left)
    cell = cell_of(right)
    kinds = cell.kinds | ({kind} if kind else set())
    if kinds == {"bilangan", "desimal"}:
        kinds = frozenset({"desimal"})
    if len(kinds) != 1:
        raise RefusedError(MIXED)
    [one] = kinds
    given = json.loads(answer) if one == "teks" else "~" if answer == "null" else answer
    row = {"kasus": name, "bila": {"x": cell.text}, "jawaban": {"x": given}, "hasil": worth}
    return Said(name, _yaml(row), fields=(("x", one),))


def _logic(name: str, text: str, inputs: dict[str, str], case: ElementTree.Element, worth: str) -> Said:
    joined = re.split(r"\s+(and|or)\s+", text)
    operators = set(joined[1::2])
    names = dict.fromkeys(each.removeprefix("not(").removesuffix(")").strip() for each in joined[::2])
    if len(operators) > 1 or any(inputs.get(each) != "boolean" for each in names):
        raise RefusedError(NAMES)
    code = {each: f"k{index}" for index, each in enumerate(names)}
    tests = [
        {"bukan": {code[each[4:-1].strip()]: "ya"}} if each.startswith("not(") else {code[each]: "ya"}
        for each in joined[::2]
    ]
    given = {node.get("name", ""): _given(node) for node in case.iter("inputNode")}
    answers = {code[each]: _answer(given.get(each), "ya_tidak") for each in names}
    when = {"salah_satu" if operators == {"or"} else "semua": tests} if operators else tests[0]
    row = {"kasus": name, "bila": when, "jawaban": answers, "hasil": worth}
    return Said(name, _yaml(row), fields=tuple((each, "ya_tidak") for each in code.values()))


def _yaml(row: Mapping[str, object]) -> str:
    """Write JSON, which is YAML; a missing answer is a bare tilde."""
    return json.dumps([row], ensure_ascii=False).replace('"~"', "~")
