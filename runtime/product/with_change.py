"""What a change of a case does to the register: issued and revoked with the permit, else given up."""

from __future__ import annotations

from sqlalchemy import Connection

from rules.case_event import Ended, Revoked, Signed
from rules.cited import cited
from rules.letter import SignedBy
from runtime.cases.case_change import Change, Effect
from runtime.cases.case_rows import found_events
from runtime.cases.comes_to import happened_of
from runtime.product.register import State, give_up, issue, of_case, revoke
from runtime.product.statement_key import StatementKeys


def keep_register(keys: StatementKeys) -> Effect:
    """Return what `Casework` does with each change. What was signed becomes valid as the case is issued and not before:
    between its signature and its end somebody may still have to answer."""

    def effect(connection: Connection, change: Change) -> None:
        key = change.case.key
        for event in change.events:
            match event:
                case Revoked(citation):
                    for entry in of_case(connection, key.daerah, key.nomor):
                        if entry.state is State.VALID:
                            revoke(connection, key.daerah, entry.id, cited(citation, change.case.city), change.at)
                case Ended():
                    _settle(connection, change, keys)
                case _:
                    pass

    return effect


def _settle(connection: Connection, change: Change, keys: StatementKeys) -> None:
    """Issue what goes out with the end of the case, and give up everything else."""
    key = change.case.key
    signed = {(file.code, file.item): file.sha256 for file in change.state.letters}
    for entry in of_case(connection, key.daerah, key.nomor):
        if entry.state is not State.PREPARED:
            continue
        sha256 = signed.get((entry.numbered.code, entry.numbered.item))
        if sha256 is None:
            give_up(connection, key.daerah, entry.id)
        else:
            issue(connection, key.daerah, entry.id, sha256, _signed_by(connection, change), keys, change.at)


def _signed_by(connection: Connection, change: Change) -> SignedBy:
    """Return how the files of a case were signed last."""
    events = [happened_of(stored).event for stored in found_events(connection, change.case.key)]
    last = [event for event in events if isinstance(event, Signed)][-1]
    return SignedBy.HAND if last.wet else SignedBy.ELECTRONIC
