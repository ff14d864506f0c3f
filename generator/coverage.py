"""What the examples of a permit reach: its rows, stages, documents and refusals, and which of them no example does.

A part is reached when an example that holds writes down what follows from it: a row of a fee by one that names the
`retribusi`, a document by one that lists them. An example that waits to be confirmed reaches nothing. Gains a measure
of what would be noticed. Loses whether the two sides of a bound are both tried: that is what mutants are for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import TypeVar

from generator.examples import Compiled, Outcome
from generator.finding import Finding, Label, Place, Said, Severity
from generator.model import Example, Path, PermitVersion
from rules.item_rules import ItemRules
from rules.permit import Fee, Permit
from rules.ruleset import RuleId
from rules.table import Row, Table, choose_rules
from rules.words import Words

CODE = "CTH-02"
T = TypeVar("T")
UNREACHED = Words("tidak ada contoh yang mencapai {what}", "no example reaches {what}")
NO_EXAMPLE = Words("`{permit}` versi {version} tidak punya contoh", "`{permit}` of {version} has no example")
AT_CARET = Words("tidak pernah dicapai", "never reached")
ADVICE = Words(
    "tambahkan contoh yang mencapainya; `satupintu test --usulkan` menuliskan usulnya",
    "add an example that reaches it; `satupintu test --usulkan` writes one to be confirmed",
)


class Sort(StrEnum):
    """What is counted apart."""

    ROW = "baris"
    STAGE = "tahap"
    DOCUMENT = "dokumen"
    REFUSAL = "penolakan"


@dataclass(frozen=True, slots=True)
class Part:
    """Something an example can reach: a rule by its id, or a stage (`alur/teknis`)."""

    sort: Sort
    rule: str
    says: Words


def parts_of(permit: Permit) -> Iterator[Part]:
    """Yield everything of a permit that an example can reach, in the order of the file."""
    for index, requirement in enumerate(permit.requirements):
        said = f"dokumen `{requirement.document}`", f"the document `{requirement.document}`"
        yield Part(Sort.DOCUMENT, f"syarat/{index}", Words(*said))
    for index, _ in enumerate(permit.eligibility):
        yield Part(
            Sort.REFUSAL, f"kelayakan/{index}", Words(f"penolakan ke-{index + 1}", f"refusal number {index + 1}")
        )
    for stage in permit.stages:
        yield Part(Sort.STAGE, f"alur/{stage.code}", Words(f"tahap `{stage.code}`", f"the stage `{stage.code}`"))
        for index, reviewer in enumerate(stage.reviewers):
            if stage.side_by_side:
                said = (
                    f"`{reviewer.agency}` di tahap `{stage.code}`",
                    f"`{reviewer.agency}` at the stage `{stage.code}`",
                )
                yield Part(Sort.ROW, f"alur/{stage.code}/serentak/{index}", Words(*said))
    for prefix, table, _ in tables_of(permit):
        if len(table.rows) > 1:
            yield from (_row(prefix, index) for index, _ in enumerate(table.rows))
    for fee in permit.fees:
        for index, _ in enumerate(fee.exemptions):
            yield _row(f"{fee.rules}/bebas", index)


def _row(prefix: str, index: int) -> Part:
    name = prefix.removeprefix("alur/").removeprefix("retribusi/")
    return Part(Sort.ROW, f"{prefix}/{index}", Words(f"baris {index + 1} `{name}`", f"row {index + 1} of `{name}`"))


def tables_of(permit: Permit) -> Iterator[tuple[str, Table[object], str | None]]:
    """Yield every table with the prefix of its rules, and the `daftar` for whose items it is decided."""
    for stage in permit.stages:
        for index, reviewer in enumerate(stage.reviewers):
            if reviewer.duration is not None:
                yield f"alur/{stage.code}/waktu/{index}", _any(reviewer.duration), None
            if reviewer.inspection is not None:
                yield f"alur/{stage.code}/peninjauan/{index}", _any(reviewer.inspection), None
        if stage.approved is not None:
            yield f"alur/{stage.code}/setuju", _any(stage.approved), None
    yield "waktu_total", _any(permit.promise), None
    if permit.validity is not None:
        yield "masa_berlaku", _any(permit.validity), None
    for index, product in enumerate(permit.products):
        if product.duration is not None:
            yield f"produk/{index}/waktu", _any(product.duration), None
        if product.validity is not None:
            yield f"produk/{index}/masa_berlaku", _any(product.validity), None
    for fee in permit.fees:
        for factor in fee.factors:
            yield f"{fee.rules}/faktor/{factor.code}", _any(factor.value), factor.for_each
        for index, component in enumerate(fee.components):
            yield f"{fee.rules}/komponen/{index}", _any(component.amount), component.for_each


def _any(table: Table[T]) -> Table[object]:
    rows: list[Row[object]] = [Row(row.value, row.when, row.otherwise, row.reason) for row in table.rows]
    return Table(tuple(rows), table.policy)


def reached(compiled: Compiled, outcome: Outcome) -> frozenset[str]:
    """Return the rules and stages that an example reaches and says something about."""
    example, decision, facts = outcome.example, outcome.decision, outcome.facts
    if not outcome.holds or decision is None or facts is None:
        return frozenset()
    permit = compiled.decider.permit
    held = compiled.decider.concluded(facts).held
    lists = {field.code: field for field in permit.fields}
    items = ItemRules(compiled.decider.item_books, lists, facts)
    if not decision.eligible:
        return frozenset(refusal.because.rule for refusal in decision.refusals if "akhir" in example.expected)
    papers = decision.documents if "dokumen" in example.expected else ()
    papers += decision.bring if "dibawa" in example.expected else ()
    found = {document.because.rule for document in papers}
    walked = {step.stage for step in decision.steps}
    found |= {f"alur/{stage}" for stage in walked}
    found |= {f"alur/{stage.code}" for stage in permit.stages if stage.end and stage.end == decision.end}
    found |= {rule for rule in held if "/serentak/" in rule and rule.split("/")[1] in walked}
    said = tuple(f"{fee.rules}/" for fee in _fees_said(permit, example.expected.get("retribusi")))
    for prefix, table, for_each in tables_of(permit):
        if not _compared(prefix, example.expected.keys(), walked):
            continue
        if prefix.startswith("retribusi/") and not prefix.startswith(said):
            continue
        if for_each is None:
            found |= _chosen(prefix, table, held.__contains__)
            continue
        listed = facts.get(for_each, ())
        for index, _ in enumerate(listed if isinstance(listed, tuple) else ()):
            found |= _chosen(prefix, table, partial(items.holds, for_each, index))
    found |= {rule for rule in held if rule.startswith(tuple(f"{fee}bebas/" for fee in said))}
    return frozenset(found)


def _fees_said(permit: Permit, expected: object) -> Iterator[Fee]:
    """Yield the fees that an example says: by their codes, or all of them in one sum."""
    for fee in permit.fees if expected is not None else ():
        if not isinstance(expected, Mapping) or fee.code in expected:
            yield fee


def _compared(prefix: str, expected: Iterable[str], walked: set[str]) -> bool:
    """Tell whether an example says anything that a table decides."""
    match prefix.split("/"):
        case ["alur", stage, "waktu" | "peninjauan", *_]:
            return stage in walked and "tahap" in expected
        case ["alur", stage, *_]:
            return stage in walked
        case ["produk", *_]:
            return "produk" in expected
        case ["masa_berlaku"]:
            return "masa_berlaku" in expected
        case ["retribusi", *_]:
            return "retribusi" in expected
        case _:
            return "waktu" in expected


def _chosen(prefix: str, table: Table[object], holds: Callable[[RuleId], bool]) -> set[str]:
    return {f"{prefix}/{index}" for index in choose_rules(table, table.rules(prefix), holds)}


@dataclass(frozen=True, slots=True)
class Coverage:
    """What there is of one permit version, and which of it is reached by the examples that hold."""

    version: PermitVersion
    parts: tuple[Part, ...]
    reached: frozenset[str]
    holding: tuple[Example, ...]

    @property
    def examples(self) -> int:
        """Count the examples that hold."""
        return len(self.holding)

    def count(self, sort: Sort) -> tuple[int, int]:
        """Return how many of a sort are reached, of how many."""
        rules = [part.rule for part in self.parts if part.sort is sort]
        return sum(rule in self.reached for rule in rules), len(rules)

    @property
    def unreached(self) -> tuple[Part, ...]:
        """Return the parts that no example reaches."""
        return tuple(part for part in self.parts if part.rule not in self.reached)

    def findings(self) -> Iterator[Finding]:
        """Yield a warning for each part that no example reaches; one for all where there is no example."""
        places, permit = self.version.places, self.version.permit
        if not self.examples:
            said = Said(NO_EXAMPLE, {"permit": permit.code, "version": permit.valid_from})
            yield Finding(CODE, Severity.WARNING, said, Label(places.find("izin"), Said(AT_CARET)), (), Said(ADVICE))
            return
        for part in self.unreached:
            at = Label(place_of(self.version, part.rule), Said(AT_CARET))
            yield Finding(CODE, Severity.WARNING, Said(UNREACHED, {"what": part.says}), at, (), Said(ADVICE))


def coverage_of(version: PermitVersion, compiled: Compiled, outcomes: Iterable[Outcome]) -> Coverage:
    """Gather what the examples of one permit version reach."""
    good = [outcome for outcome in outcomes if outcome.holds]
    found: frozenset[str] = frozenset().union(*(reached(compiled, outcome) for outcome in good))
    return Coverage(version, tuple(parts_of(version.permit)), found, tuple(each.example for each in good))


def place_of(version: PermitVersion, rule: str) -> Place:
    """Return where a rule is written: rows stand at once in their table, or below `baris`."""
    steps: list[str | int] = [int(step) if step.isdigit() else step for step in rule.split("/")]
    match steps:
        case ["alur", str(stage), ("waktu" | "peninjauan") as what, int(desk), int(row)]:
            side_by_side = any(each.code == stage and each.side_by_side for each in version.permit.stages)
            at: Path = ("alur", stage, *(("serentak", desk) if side_by_side else ()), what)
            written = [(*at, row), (*at, "baris", row)]
        case ["retribusi", *fee, "komponen", int(), int(row)]:
            written = [tuple(steps), (*steps[:-1], "baris", row), ("retribusi", *fee, "baris", row)]
        case _:
            written = [tuple(steps), (*steps[:-1], "baris", steps[-1])]
    known = [path for path in written if path in version.places.at]
    return version.places.find(*(known or written)[0])
