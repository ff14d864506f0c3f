"""What follows from some answers: what is the matter with them, the facts, and what is decided so far.

    cleaned -> typed, hidden answers removed, derived facts computed -> schema -> decided

Everything that is the matter is said at once. Partial answers are welcome: the decision is then of what is known.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from rules.conclusion import Conclusions
from rules.condition.decide import holds
from rules.condition.presence import missing
from rules.decision import Decision
from rules.field import Field
from rules.kind import Facts, Kind
from rules.memo import remembered
from rules.permit import Permit
from rules.words import Words
from runtime.cases.clean_text import clean
from runtime.cases.field_errors import Fault, FieldError, Path, explain
from runtime.release import PermitRelease

Answers = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Checked:
    """What is known of some answers at one moment: the facts, what is the matter, and what the rules conclude.

    `unanswered` are questions that must still be answered; `wrong` are answers that can not be accepted. With either,
    the decision is of what is known: it may still change. `answers` are those kept, hidden ones removed; `concluded`
    is what the engine and its reference say of the facts, once for all that follows.
    """

    at: datetime
    answers: Answers
    facts: Facts
    concluded: Conclusions
    unanswered: tuple[FieldError, ...]
    wrong: tuple[FieldError, ...]

    @property
    def complete(self) -> bool:
        """Tell whether every answer is there and right."""
        return not self.unanswered and not self.wrong

    @property
    def errors(self) -> tuple[FieldError, ...]:
        """Return everything that is the matter with the answers."""
        return (*self.wrong, *self.unanswered)


@dataclass(frozen=True, slots=True)
class Examined(Checked):
    """The same, with what is decided so far."""

    decision: Decision


def examine(release: PermitRelease, raw: Answers, at: datetime) -> Examined:
    """Say what follows from some answers: faults, facts and decision. Partial answers are welcome."""
    found = check(release, raw, at)
    decision = release.decider.decided(found.concluded, found.facts, at)
    return Examined(at, found.answers, found.facts, found.concluded, found.unanswered, found.wrong, decision)


def check(release: PermitRelease, raw: Answers, at: datetime) -> Checked:
    """Say what follows from some answers, but for the decision. Partial answers are welcome."""
    permit, decider = release.permit, release.decider
    cleaned, strange = clean(dict(raw))
    assert isinstance(cleaned, dict)
    wrong = {path: _strange(permit, path, sign, cleaned) for path, sign in strange}
    for path, fault in _uninvited(_known_names(permit), cleaned):
        wrong[path] = FieldError(path, fault, Words(str(path[-1])[:60]))
    facts = decider.facts(cleaned, decider.day_of(at))
    instance = _with_wrong(permit.fields, cleaned, facts)
    unanswered: dict[Path, FieldError] = {}
    if not release.validator.is_valid(instance):
        for path in _faulty_paths(release, instance):
            error = explain(permit.fields, path, instance)
            (unanswered if error.fault is Fault.REQUIRED else wrong).setdefault(error.path, error)
    return Checked(
        at,
        _asked(permit.fields, instance),
        facts,
        decider.concluded(facts),
        _in_form_order(unanswered.values(), permit),
        _in_form_order(wrong.values(), permit),
    )


def _faulty_paths(release: PermitRelease, instance: Mapping[str, object]) -> Iterable[Path]:
    for error in release.validator.iter_errors(instance):
        at = tuple(error.instance_path)
        if error.kind.name == "required":
            yield (*at, str(error.kind.as_dict()["property"]))
        else:
            yield at


def _with_wrong(fields: Sequence[Field], raw: Mapping[str, object], facts: Facts) -> dict[str, object]:
    """Return the facts with the answers of the wrong type put back, so that they can be complained of.

    A wrong answer is not among the facts, so whether its question is shown follows from the others.
    """
    whole: dict[str, object] = dict(facts)
    for field in fields:
        value = raw.get(field.code)
        if value is None:
            continue
        known = facts.get(field.code)
        if known is None:
            if not missing(value) and holds(field.shown_when, facts):
                whole[field.code] = value
        elif field.items and isinstance(value, list | tuple) and isinstance(known, tuple):
            whole[field.code] = tuple(
                _with_wrong(field.items, item, item_facts)
                for item, item_facts in zip(value, known, strict=True)
                if isinstance(item, Mapping) and isinstance(item_facts, Mapping)
            )
    return whole


def _asked(fields: Sequence[Field], whole: Mapping[str, object]) -> dict[str, object]:
    """Return the answers to questions alone, without what is computed."""
    answers: dict[str, object] = {}
    for field in fields:
        value = whole.get(field.code)
        if field.items and isinstance(value, tuple):
            answers[field.code] = [_asked(field.items, item) for item in value if isinstance(item, Mapping)]
        elif value is not None:
            answers[field.code] = value
    return answers


@dataclass(frozen=True, slots=True)
class _KnownNames:
    """The names a client may send, those it may not because they are computed here, and the same of each `daftar`."""

    asked: frozenset[str]
    computed: frozenset[str]
    items: Mapping[str, _KnownNames]


@remembered
def _known_names(permit: Permit) -> _KnownNames:
    officers = {field.code for field in permit.officer_fields}
    computed = {derived.code for derived in permit.derived}
    items = {
        field.code: _KnownNames(
            frozenset(item.code for item in field.items), frozenset(derived.code for derived in field.derived), {}
        )
        for field in permit.fields
        if field.kind is Kind.LIST
    }
    return _KnownNames(frozenset(field.code for field in permit.fields), frozenset(computed | officers), items)


def _uninvited(known: _KnownNames, raw: Mapping[str, object]) -> Iterable[tuple[Path, Fault]]:
    """Yield every key that is no question: one of nobody's, or a fact that is computed here."""
    for key in raw.keys() - known.asked:
        yield (key,), Fault.COMPUTED if key in known.computed else Fault.UNKNOWN
    for code, of_items in known.items.items():
        items = raw.get(code)
        for index, item in enumerate(items if isinstance(items, list) else ()):
            if isinstance(item, Mapping):
                for path, fault in _uninvited(of_items, item):
                    yield (code, index, *path), fault


def _strange(permit: Permit, path: Path, sign: str, raw: Mapping[str, object]) -> FieldError:
    found = explain(permit.fields, path, raw)
    return FieldError(found.path, Fault.STRANGE_SIGN, found.label, (("sign", Words(sign)),))


def _in_form_order(errors: Iterable[FieldError], permit: Permit) -> tuple[FieldError, ...]:
    found = list(errors)
    if len(found) > 1:
        order = {field.code: index for index, field in enumerate(permit.fields)}
        found.sort(key=lambda error: (order.get(str(error.path[0]) if error.path else "", len(order)), error.pointer))
    return tuple(found)
