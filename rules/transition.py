"""What may follow what: a permit's `alur` and the built-in ways, as one ruleset over facts, state and event.

The engine decides it like every other rule, compared with the reference: no conclusion is a refusal, no agreement a
case for a person. Rule ids: `transisi/<keadaan>/<peristiwa>` says that the event may happen in the state at all,
`transisi/<keadaan>/<peristiwa>/<row>` where it leads.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from rules.case_state import EXPIRED, ISSUED, REFUSAL_STAGE, REFUSED, REVOKED, WITHDRAWN
from rules.condition.tree import Condition, Every, OneOf
from rules.engine import RuleBook
from rules.field import Field, Option
from rules.kind import Facts, Kind
from rules.permit import Permit, Stage
from rules.ruleset import fact_fields
from rules.table import Row, Table, choose_rules
from rules.words import Words

STATE, EVENT = "$keadaan", "$peristiwa"
REPAIR, PAYMENT, PERSON = ".perbaikan", ".pembayaran", ".keputusan_orang"
REPAIR_WAY = "perbaikan"  # what an author may write for the built-in way back to the applicant
ANEW = ".jalan"  # the way is decided anew, from where it begins


class Step(StrEnum):
    """What happens to a case as a whole."""

    APPROVE = "setuju"
    RETURN = "kembali"
    REFUSE = "tolak"
    RESUBMIT = "kirim_ulang"
    PAY = "bayar"
    DECIDE = "putuskan"
    WITHDRAW = "tarik"
    EXPIRE = "lewat"
    REVOKE = "cabut"


@dataclass(frozen=True, slots=True)
class Undecided:
    """The engine concluded nothing: a person must see to it."""

    reason: str


@dataclass(frozen=True, slots=True)
class NotAllowed:
    """This may not happen in this state."""


Target = str | Undecided | NotAllowed


def transitions_of(permit: Permit) -> dict[tuple[str, Step], Table[str]]:
    """Return where each event leads from each state in which it may happen."""
    found: dict[tuple[str, Step], Table[str]] = {}
    for stage in permit.stages:
        found.update(_of_stage(stage))
    found[REFUSAL_STAGE, Step.APPROVE] = _to(f".{REFUSED}")
    found[REFUSAL_STAGE, Step.WITHDRAW] = _to(f".{WITHDRAWN}")
    for state, event, target in (
        (REPAIR, Step.RESUBMIT, ANEW),
        (REPAIR, Step.EXPIRE, f".{EXPIRED}"),
        (PAYMENT, Step.PAY, ANEW),
        (PERSON, Step.DECIDE, ANEW),
    ):
        found[state, event] = _to(target)
        found[state, Step.WITHDRAW] = _to(f".{WITHDRAWN}")
    return found


def _of_stage(stage: Stage) -> Iterator[tuple[tuple[str, Step], Table[str]]]:
    if stage.end is not None:
        if stage.end == ISSUED:
            yield (f".{ISSUED}", Step.REVOKE), _to(f".{REVOKED}")
        return
    assert stage.approved is not None
    yield (stage.code, Step.APPROVE), stage.approved
    yield (stage.code, Step.RETURN), _to(REPAIR if stage.returned in {None, REPAIR_WAY} else stage.returned)
    yield (stage.code, Step.REFUSE), _to(stage.refused or REFUSAL_STAGE)
    yield (stage.code, Step.WITHDRAW), _to(f".{WITHDRAWN}")


def _to(target: str) -> Table[str]:
    return Table((Row(target),))


def transition_rules(permit: Permit) -> dict[str, Condition]:
    """Return the ruleset of a permit's transitions, by rule id."""
    rules: dict[str, Condition] = {}
    for (state, event), table in transitions_of(permit).items():
        at = (OneOf(STATE, Kind.CHOICE, (state,)), OneOf(EVENT, Kind.CHOICE, (event.value,)))
        prefix = f"transisi/{state}/{event.value}"
        rules[prefix] = Every(at)
        for index, row in enumerate(table.rows):
            if not row.otherwise:
                rules[f"{prefix}/{index}"] = Every((*at, row.when))
    return rules


def transition_fields(permit: Permit) -> Mapping[str, Field]:
    """Return every name a transition's rule may read: the facts, and the state and event as two fields more."""
    states = dict.fromkeys(state for state, _ in transitions_of(permit))
    return {
        **fact_fields(permit),
        STATE: _choice(STATE, states),
        EVENT: _choice(EVENT, (event.value for event in Step)),
    }


def _choice(code: str, codes: Iterator[str] | Mapping[str, None]) -> Field:
    return Field(code, Kind.CHOICE, Words(code), tuple(Option(one, Words(one)) for one in codes), optional=True)


class Transitions:
    """The compiled transitions of one permit version."""

    def __init__(self, permit: Permit) -> None:
        """Compile them."""
        self._tables = transitions_of(permit)
        self._rules = {key: table.rules(f"transisi/{key[0]}/{key[1].value}") for key, table in self._tables.items()}
        self.book = RuleBook(transition_rules(permit), transition_fields(permit))

    def target(self, state: str, event: Step, facts: Facts) -> Target:
        """Tell where an event leads from a state, or why it does not."""
        concluded = self.book.decide({**facts, STATE: state, EVENT: event.value})
        if concluded.manual is not None:
            return Undecided(concluded.manual)
        if f"transisi/{state}/{event.value}" not in concluded.held:
            return NotAllowed()
        table = self._tables[state, event]
        rows = choose_rules(table, self._rules[state, event], concluded.held.__contains__)
        if len(rows) != 1:
            return Undecided(f"{len(rows)} rows hold at {state}, {event.value}")
        return table.rows[rows[0]].value

    def close(self) -> None:
        """Free what the engine holds."""
        self.book.close()
