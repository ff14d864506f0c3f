"""The catalog's own examples, run on the compiled artifacts: what comes out must be what the legal side wrote.

Gains a test that officers can write and read: answers in, documents, reviewers, fee, time and ending out. It reads the
release and not the model, so that what is compared is what will be served; and it validates with jsonschema, not with
the faster validator of the server, so that each example is also judged by a second reading of the form's schema.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from jsonschema import Draft202012Validator

from generator.example_difference import differences
from generator.finding import Finding, Label, Said, Severity
from generator.model import Catalog, Example
from rules.answers import typed
from rules.city import City
from rules.decider import Decider
from rules.decision import Decision
from rules.kind import Facts
from rules.release import in_force, read_city, read_heads, read_json, read_permit
from rules.words import Words

CODE = "CTH-01"
DIFFERS = Words(
    "contoh «{note}» menyebut {what} {expected}, hasil susunannya {got}",
    "the example «{note}» says {what} {expected}, what was built says {got}",
)
NOT_FILED = Words(
    "contoh «{note}» tidak dapat diajukan: `{field}` {fault}", "the example «{note}» cannot be filed: `{field}` {fault}"
)
NO_VERSION = Words(
    "contoh «{note}» memakai tanggal {on}, saat `{permit}` tidak berlaku",
    "the example «{note}» is of {on}, when `{permit}` is not in force",
)
AT_CARET = Words("contoh ini", "this example")
ADVICE = Words(
    "hitung sekali lagi dari peraturannya, lalu betulkan contoh ini atau aturannya",
    "work it out once more from the law, then correct this example or the rule",
)
DOOR_OPENS = time(9)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one example: what was found against it, and, where it could be decided, on which facts and how."""

    example: Example
    version: str | None  # the first day of the version that decided it
    findings: tuple[Finding, ...]
    facts: Facts | None = None
    decision: Decision | None = None

    @property
    def holds(self) -> bool:
        """Tell whether it came out as written, by somebody who has confirmed it."""
        return not self.findings and self.decision is not None


@dataclass(frozen=True, slots=True)
class Compiled:
    """One permit version of a release, ready to be asked."""

    decider: Decider
    validator: Draft202012Validator

    @classmethod
    def of(cls, rules: bytes, schema: bytes, city: City) -> Compiled:
        """Compile `rules.json` and `form.schema.json`."""
        read = read_json(schema)
        assert isinstance(read, dict)
        validator = Draft202012Validator(read, format_checker=Draft202012Validator.FORMAT_CHECKER)
        return cls(Decider(read_permit(rules), city), validator)

    def run(self, example: Example) -> Outcome:
        """Decide an example and compare what came out with what is written."""
        city, version = self.decider.city, self.decider.permit.valid_from
        on = date.fromisoformat(example.on)
        answered = self.decider.facts(example.answers, on)
        if not example.partial and (fault := _first_fault(self.validator, answered)) is not None:
            return Outcome(example, version, (_finding(example, NOT_FILED, field=fault[0], fault=fault[1]),))
        officers = typed(self.decider.permit.officer_fields, _officers_answers(example))
        filed_at = datetime.combine(on, DOOR_OPENS, ZoneInfo(city.zone))
        facts = {**answered, **officers}
        decision = self.decider.decide(facts, filed_at)
        found = tuple(
            _finding(example, DIFFERS, what=what, expected=expected, got=got)
            for what, expected, got in differences(example, decision, city.door)
        )
        return Outcome(example, version, found, facts, decision)


def run_examples(release: Path, catalog: Catalog) -> Iterator[Finding]:
    """Yield what differs from what each example of the catalog expects of the release."""
    for code in sorted(catalog.cities):
        with ExitStack() as opened:
            city = CompiledCity(release / code, opened)
            for example in confirmed(catalog.cities[code].examples):
                yield from city.run(example).findings


def confirmed(examples: Iterable[Example]) -> tuple[Example, ...]:
    """Return the examples that somebody stands for: one that waits to be confirmed counts as nothing."""
    return tuple(example for example in examples if not example.proposed)


class CompiledCity:
    """The artifacts of one city; each permit version is opened once, when an example first needs it."""

    def __init__(self, folder: Path, opened: ExitStack) -> None:
        """Read the city and the list of its permits; engines are freed with `opened`."""
        self._folder = folder
        self._opened = opened
        self._city = read_city((folder / "city.json").read_bytes())
        self._heads = read_heads((folder / "index.json").read_bytes())
        self._versions: dict[str, Compiled] = {}

    def run(self, example: Example) -> Outcome:
        """Run an example on the version that is in force on its day."""
        on = date.fromisoformat(example.on)
        head = in_force((head for head in self._heads if head.code == example.permit), on)
        if head is None:
            return Outcome(example, None, (_finding(example, NO_VERSION, permit=example.permit, on=example.on),))
        return self.version(head.code, head.valid_from).run(example)

    def version(self, code: str, valid_from: str) -> Compiled:
        """Open a permit version."""
        path = f"{code}/{valid_from}"
        if path not in self._versions:
            folder = self._folder / path
            rules, schema = (folder / "rules.json").read_bytes(), (folder / "form.schema.json").read_bytes()
            self._versions[path] = compiled = Compiled.of(rules, schema, self._city)
            self._opened.callback(compiled.decider.close)
        return self._versions[path]


def _officers_answers(example: Example) -> dict[str, object]:
    """Return what officers of all stages answer, by the question's code."""
    found: dict[str, object] = {}
    for desks in example.officers.values():
        assert isinstance(desks, Mapping)
        for answer in desks.values():
            assert isinstance(answer, Mapping)
            found.update(answer.get("jawaban", {}))
    return found


def _first_fault(validator: Draft202012Validator, facts: Facts) -> tuple[str, str] | None:
    """Return the question, and the schema's complaint, that keeps an application with these facts from being filed."""
    for error in validator.iter_errors(_plain(facts)):
        return "/".join(str(part) for part in error.absolute_path) or "jawaban", error.message
    return None


def _plain(value: object) -> object:
    """Return facts as the JSON values that a schema speaks of."""
    match value:
        case Mapping():
            return {key: _plain(inner) for key, inner in value.items()}
        case tuple():
            return [_plain(inner) for inner in value]
        case _:
            return value


def _finding(example: Example, says: Words, **arguments: str | Words) -> Finding:
    said = Said(says, {"note": example.note, **arguments})
    at = Label(example.place, Said(AT_CARET))
    return Finding(CODE, Severity.ERROR, said, at, help=Said(ADVICE), example=example.answers)
