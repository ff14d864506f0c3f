"""What is written of a case and what is read back: events, what they come to, who is asked, what is to be sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from rules.case_event import Actor
from runtime import json_text
from runtime.json_text import Json


@dataclass(frozen=True, slots=True)
class CaseKey:
    """Names a case: its city and its number."""

    daerah: str
    nomor: str


@dataclass(frozen=True, slots=True)
class Written:
    """A JSON object that is text already, as `json_text` or the codec of `rules` writes it."""

    text: str


@dataclass(frozen=True, slots=True)
class Entry:
    """An event to be written. `payload` holds nothing personal; `private` is sealed, and only committed to."""

    kind: str
    payload: Mapping[str, Json] | Written
    private: Mapping[str, Json] | None = None

    def text(self) -> str:
        """Return the payload as it is stored."""
        return self.payload.text if isinstance(self.payload, Written) else json_text.write(self.payload)


@dataclass(frozen=True, slots=True)
class Projection:
    """What the events of a case come to. `state` is JSON, as `rules` folds them; the rest is for lists."""

    permit: str
    version: str
    release: str
    state: str
    status: str
    stage: str | None
    holder_kind: str
    holder_agency: str | None
    due_at: datetime | None
    legal_due_at: datetime | None
    filed_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class DeskRow:
    """Somebody who is asked, or has answered, in a round of a stage."""

    stage: str
    place: int
    round: int
    agency: str
    role: str
    person: str | None
    opened_at: datetime
    due_at: datetime | None
    answered_at: datetime | None
    verdict: str | None


@dataclass(frozen=True, slots=True)
class Message:
    """Something to be sent once: without a `dedupe` key of its own, once for each event and channel."""

    channel: str
    body: Json
    dedupe: str | None = None
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case as it stands: `seq` is what a change of it must name."""

    key: CaseKey
    seq: int
    hash: str
    person: str
    changed_at: datetime
    projection: Projection


@dataclass(frozen=True, slots=True)
class StoredEvent:
    """An event as it was written. `commitments` stand for its private values, by their names."""

    key: CaseKey
    seq: int
    at: datetime
    actor: Actor
    kind: str
    payload: Mapping[str, Json]
    commitments: Mapping[str, str]
    hash: str


class ChangedError(ValueError):
    """The case is not as it was seen: somebody was faster. `found` is its last event now, 0 where there is none."""

    def __init__(self, key: CaseKey, found: int) -> None:
        """Name the case and what was found."""
        super().__init__(f"{key.nomor} is at {found}")
        self.key = key
        self.found = found
