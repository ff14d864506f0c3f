"""Objections: each that a case tells of is kept as its event commits to it, and each that is kept is one of a case
(I17)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from sqlalchemy import select

from rules.case_event import ObjectionAnswered, ObjectionMade
from runtime.audit.audited import Audited, AuditedCase
from runtime.audit.breach import Breach
from runtime.hearing.tables import objection


def of_case(audited: Audited, case: AuditedCase) -> Iterator[Breach]:
    """Compare the objections of a case with what is kept of them; who was forgotten is still counted."""
    made = {one.event.number: one.event.digest for one in case.happened if isinstance(one.event, ObjectionMade)}
    answered = {one.event.number for one in case.happened if isinstance(one.event, ObjectionAnswered)}
    kept: dict[int, tuple[str, bool]] = {}
    columns = objection.c.number, objection.c.sealed, objection.c.answered_at
    own = objection.c.daerah == case.key.daerah, objection.c.nomor == case.key.nomor
    for number, sealed, answered_at in audited.rows(select(*columns).where(*own)):
        assert isinstance(number, int)
        assert isinstance(sealed, bytes)
        kept[number] = hashlib.sha256(sealed).hexdigest(), answered_at is not None
    for number in sorted(made.keys() | kept.keys()):
        found = None
        if number not in kept:
            found = f"objection {number} is not kept"
        elif number not in made:
            found = f"objection {number} is kept, and its case does not tell of it"
        elif kept[number][0] != made[number]:
            found = f"objection {number} is not what its event commits to"
        elif kept[number][1] != (number in answered):
            found = f"objection {number} is answered in one place and not in the other"
        if found is not None:
            yield Breach("I17", case.key.daerah, case.key.nomor, found)
