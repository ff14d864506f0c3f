"""A change of a case: what goes with a command, what is about to be kept for it, and what was kept.

Gains that who keeps something of its own in the same transaction (an `Effect`) knows the change, not what made it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection

from rules.case_event import Actor, Event
from rules.case_state import CaseState
from rules.command import Command, Refusal
from runtime import json_text
from runtime.cases.open_case import ANSWERS, NOTE, OpenCase
from runtime.json_text import Json


@dataclass(frozen=True, slots=True)
class Said:
    """What goes with a command and is personal: words, an officer's answers, or an applicant's repaired answers."""

    note: str = ""
    answers: Mapping[str, object] = field(default_factory=dict)
    more: Mapping[str, Json] = field(default_factory=dict)

    def private(self) -> dict[str, Json]:
        """Return it as it is kept beside the event."""
        kept: dict[str, Json] = dict(self.more)
        if self.note:
            kept[NOTE] = self.note
        if self.answers:
            kept[ANSWERS] = json_text.read(json_text.write(self.answers))
        return kept


@dataclass(frozen=True, slots=True)
class Kept:
    """What was kept: the case after it. `again`: it had been done before, under the same key."""

    seq: int
    state: CaseState | None
    events: tuple[Event, ...] = ()
    again: bool = False


@dataclass(frozen=True, slots=True)
class Once:
    """A key that makes a request happen once, and the hash that tells a retry from another request."""

    key: str
    request_hash: str


@dataclass(frozen=True, slots=True)
class Change:
    """What is about to be kept, for those who keep something of their own in the same transaction."""

    case: OpenCase
    state: CaseState
    events: tuple[Event, ...]
    first_seq: int
    at: datetime
    by: Actor


Effect = Callable[[Connection, Change], None]
Prepare = Callable[[Connection, OpenCase, Command], Command]
Moves = Callable[[OpenCase], tuple[OpenCase, Command, Said] | Refusal]
