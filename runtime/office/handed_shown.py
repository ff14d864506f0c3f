"""What the page of a file says of handing its letter over: what must be handed in for it, and what counts instead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rules.case_event import Handed, Target
from rules.collecting import instead_of
from runtime.citizen.fault import mark
from runtime.office.answers_shown import label_of
from runtime.office.case_words import IDENTITIES, RECEIVERS
from runtime.office.opened_file import OpenedFile

ITSELF = "asli"  # handed in itself, and not something instead
ITSELF_WORDS, INSTEAD = mark("diserahkan"), mark("hilang; diganti {document}")


@dataclass(frozen=True, slots=True)
class ShownBring:
    """A document to be handed in: what may be chosen of it, and what was."""

    name: str
    label: str
    choices: tuple[tuple[str, str], ...]
    chosen: str


@dataclass(frozen=True, slots=True)
class ShownHandOver:
    """The form of a hand-over."""

    bring: tuple[ShownBring, ...]
    receivers: tuple[tuple[str, str], ...]
    identities: tuple[tuple[str, str], ...]
    wet: bool


def shown_hand_over(opened: OpenedFile, typed: Mapping[str, str]) -> ShownHandOver | None:
    """Return it for the page, None where there is nothing to hand over."""
    state, say = opened.state, opened.visit.voice.say
    if not state.awaits_collection:
        return None
    return ShownHandOver(
        tuple(_bring(opened, target, typed) for target in state.bring),
        tuple((one.value, say(words)) for one, words in RECEIVERS.items()),
        tuple((one.value, say(words)) for one, words in IDENTITIES.items()),
        state.wet,
    )


def field_name(target: Target) -> str:
    """Return the name of a document's field in the form."""
    return f"serah.{target.code}" if target.item is None else f"serah.{target.code}.{target.item}"


def handed_words(opened: OpenedFile, handed: Handed) -> tuple[str, str]:
    """Say what was handed in."""
    return label_of(opened, handed.target), _choice(opened, handed.instead or ITSELF)


def _bring(opened: OpenedFile, target: Target, typed: Mapping[str, str]) -> ShownBring:
    codes = (ITSELF, *instead_of(opened.case.permit.permit, target.code))
    name = field_name(target)
    choices = tuple((code, _choice(opened, code)) for code in codes)
    return ShownBring(name, label_of(opened, target), choices, typed.get(name, ""))


def _choice(opened: OpenedFile, code: str) -> str:
    say, lang = opened.visit.voice.say, opened.visit.lang
    if code == ITSELF:
        return say(ITSELF_WORDS)
    name = next((one.name.to(lang) for one in opened.case.city.documents if one.code == code), code)
    return say(INSTEAD, document=name)
