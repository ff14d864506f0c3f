"""What an officer is shown of an answer: identity numbers and contacts only as far as the work needs them.

A technical team speaks to an applicant through the system, so it sees no telephone and no e-mail; the NIK is whole only
for whoever holds it against the identity card.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rules.field import Field
from rules.kind import Facts, Kind, Value
from runtime.people.matrix import Sight

DOT = "•"
KEPT_AT_START, KEPT_AT_END = 4, 4
_CONTACTS = frozenset({Kind.PHONE, Kind.EMAIL})


@dataclass(frozen=True, slots=True)
class Mask:
    """What is hidden: contacts where `contacts`, the NIK where `identity`."""

    contacts: bool
    identity: bool

    @classmethod
    def of(cls, seen: Sight, checks_identity: bool) -> Mask:
        """Return what is hidden from somebody of this sight."""
        return cls(contacts=seen is not Sight.ALL, identity=not (checks_identity and seen is Sight.ALL))

    def facts(self, fields: Iterable[Field], facts: Facts) -> dict[str, Value]:
        """Return facts as they may be shown, in the items of a `daftar` too."""
        shown = dict(facts)
        for field in fields:
            value = shown.get(field.code)
            if value is not None:
                shown[field.code] = self._value(field, value)
        return shown

    def _value(self, field: Field, value: Value) -> Value:
        if field.kind is Kind.LIST and isinstance(value, tuple):
            return tuple(self.facts(field.items, item) for item in value if isinstance(item, Mapping))
        if self.contacts and field.kind in _CONTACTS:
            return DOT * 8
        return masked(str(value)) if self.identity and field.kind is Kind.NIK else value


def masked(number: str) -> str:
    """Hide the middle of a number: 5371••••••••0001."""
    hidden = len(number) - KEPT_AT_START - KEPT_AT_END
    if hidden <= 0:
        return DOT * len(number)
    return number[:KEPT_AT_START] + DOT * hidden + number[-KEPT_AT_END:]
