"""A decision table with its cases, as data, run through the project's own reader of tables and its engine.

    tabel: 0004-simpletable-U
    isian: {usia: bilangan, mampu: ya_tidak}
    aturan: [{bila: {usia: ">= 18", mampu: ya}, hasil: Approved}, …]      or {pertama: ya, baris: […]}
    sepakat: ya                        where all rows that hold must say the same (DMN A)
    kasus: [{id: "001", jawaban: {usia: 18, mampu: ya}, hasil: Approved}]

Nothing here knows one table from another: a file of somebody else's is run when it can be said in these words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from generator.model import Path
from generator.reading.sheet import Sheet
from generator.reading.table_entry import table
from generator.reading.yaml_tree import Node
from rules.answers import typed
from rules.condition.decide import holds
from rules.engine import RuleBook
from rules.field import Field
from rules.kind import Kind
from rules.table import Policy, Table, choose
from rules.words import Words
from tests.condition_cases import as_sent, listed, parts, scalar

DIGITS = 6  # of a `desimal`


@dataclass(frozen=True, slots=True)
class Case:
    """One case: what is answered, and what comes out (None: nothing does)."""

    name: str
    answers: dict[str, object]
    outcome: str | None


@dataclass(frozen=True, slots=True)
class DmnTable:
    """A table, the questions it reads, and its cases."""

    name: str
    fields: Mapping[str, Field]
    table: Table[str]
    cases: tuple[Case, ...]
    agreeing: bool = False


def field_of(code: str, kind: str) -> Field:
    return Field(code, Kind(kind), Words(code), digits=DIGITS if kind == Kind.DECIMAL else 0)


def dmn_table(node: Node) -> DmnTable:
    """Read one table with its cases."""
    opened = parts(node)
    fields = {code: field_of(code, scalar(kind)) for code, kind in parts(opened["isian"]).items()}
    sheet = Sheet("uji.yaml")
    read = table(sheet, opened["aturan"], ("aturan",), fields, ("hasil",), _outcome)
    assert sheet.clean, [finding.says.to("en") for finding in sheet.findings]
    cases = tuple(_case(each, fields) for each in listed(opened["kasus"]))
    return DmnTable(scalar(opened["tabel"]), fields, read, cases, "sepakat" in opened)


def _outcome(opened: Mapping[str, Node], _: Path) -> str | None:
    return scalar(opened["hasil"])


def _case(node: Node, fields: Mapping[str, Field]) -> Case:
    opened = parts(node)
    answers = {code: as_sent(fields[code], value) for code, value in parts(opened["jawaban"]).items()}
    outcome = scalar(opened["hasil"])
    return Case(scalar(opened["id"]), answers, None if outcome == "~" else outcome)


def decided(dmn: DmnTable, case: Case) -> str | None:
    """Decide a case: the rows that hold by the reference, which the engine must say too, and what they make."""
    facts = typed(dmn.fields.values(), case.answers)
    conditions = {f"{index}": row.when for index, row in enumerate(dmn.table.rows)}
    book = RuleBook(conditions, dmn.fields)
    concluded = book.decide(facts)
    book.close()
    held = {index for index, row in enumerate(dmn.table.rows) if holds(row.when, facts)}
    assert concluded.manual is None
    assert {int(rule) for rule in concluded.held} == held
    if dmn.agreeing and len({dmn.table.rows[index].value for index in held}) > 1:
        return None
    return _made(dmn.table, held.__contains__)


def _made(read: Table[str], held: Callable[[int], bool]) -> str | None:
    chosen = [read.rows[index].value for index in choose(read, held)]
    if read.policy is Policy.SUM:
        return f"{sum(map(Decimal, chosen), Decimal()):f}" if chosen else None
    return chosen[0] if len(chosen) == 1 else None
