"""Who may work at a desk: everybody with an account that opens something and the desk's post."""

from __future__ import annotations

from rules.case_state import Desk
from runtime.office.opened_file import OpenedFile


def eligible(opened: OpenedFile, desk: Desk) -> list[tuple[str, str]]:
    """Return who may work at a desk, as NIP and name."""
    people = opened.visit.kit.people
    return [
        (one.nip, one.name)
        for one in people.accounts.list(opened.visit.code)
        if one.ended_at is None
        and (people.demo or not one.demo)
        and any(held.agency == desk.agency and desk.role in (None, held.role) for held in one.posts)
    ]
