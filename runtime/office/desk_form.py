"""What an officer sends from the page of a file, as it was typed, so that it can be shown again whatever happens."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from rules.case_event import RepairReason, Target
from rules.citation import Citation
from rules.field import Field
from rules.kind import Kind
from rules.words import Lang, Words
from runtime.citizen.as_written import understood
from runtime.citizen.fault import Fault
from runtime.citizen.typed import Typed, typed_page
from runtime.office.case_words import OWN_REASONS
from runtime.office.target_name import read_target

MOST_WORDS = 2000
ANSWER = "jawab."  # what stands before the name of an officer's question
_TEXT = Field("catatan", Kind.TEXT, Words("Catatan", "Note"), length=MOST_WORDS, optional=True)


@dataclass(frozen=True, slots=True)
class DeskForm:
    """A form of a desk. `stage`, `place` and `round` are those the page showed; `marked`, `reasons` and `notes` go by
    the names of `target_name`; `step` is the page it came from."""

    stage: str = ""
    place: int = -1
    round: int = -1
    key: str = ""
    step: str = ""
    verdict: str = ""
    note: str = ""
    marked: tuple[str, ...] = ()
    reasons: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    law: str = ""
    next_step: str = ""
    answers: Typed = field(default_factory=dict)
    sent: Mapping[str, object] = field(default_factory=dict)  # all of it: what tells one request from another

    @property
    def targets(self) -> tuple[Target, ...]:
        """Return what is marked to be repaired."""
        return tuple(target for name in self.marked if (target := read_target(name)) is not None)

    def reason(self, name: str) -> RepairReason | None:
        """Return the reason chosen for something, None where there is none."""
        chosen = self.reasons.get(name, "")
        return RepairReason(chosen) if chosen in {one.value for one in OWN_REASONS} else None


def new_key() -> str:
    """Make the key by which a page's form happens once."""
    return secrets.token_hex(12)


def read_key(text: str) -> str:
    """Read the key of a form; one that no page of ours has written is none."""
    return text if len(text) <= 64 and text.isascii() and text.isprintable() else ""


def read_form(sent: Sequence[tuple[str, str]], questions: Iterable[Field]) -> DeskForm:
    """Read a form from the pairs a browser sent."""
    first = {name: value.replace("\r\n", "\n") for name, value in reversed(sent)}
    own = [(name.removeprefix(ANSWER), value) for name, value in sent if name.startswith(ANSWER)]
    key = read_key(first.get("kunci", ""))
    return DeskForm(
        stage=first.get("tahap", "")[:64],
        place=whole(first.get("meja", "")),
        round=whole(first.get("putaran", "")),
        key=key,
        step=first.get("langkah", ""),
        verdict=first.get("putusan", ""),
        note=first.get("catatan", ""),
        marked=tuple(dict.fromkeys(value for name, value in sent if name == "perlu")),
        reasons=_under("alasan.", first),
        notes=_under("catatan.", first),
        law=first.get("pasal", ""),
        next_step=first.get("lanjut", ""),
        answers=typed_page(questions, own),
        sent={name: [value for known, value in sent if known == name] for name in first} | {"kunci": key},
    )


def said_text(text: str, lang: Lang) -> str | Fault:
    """Return words as they are kept, or what is not right with them."""
    read = understood(_TEXT, text, lang)
    if isinstance(read, Fault):
        return read
    return read if isinstance(read, str) else ""


def law_name(citation: Citation) -> str:
    """Write an article as the value of an option."""
    return f"{citation.regulation}|{citation.article or ''}"


def whole(text: str) -> int:
    """Read a small whole number, -1 where it is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else -1


def _under(head: str, first: Mapping[str, str]) -> dict[str, str]:
    return {name.removeprefix(head): value for name, value in first.items() if name.startswith(head)}
