"""What a change of a case does to the register: issued with its signature or with the permit, taken back, replaced,
ended with the case, or else given up."""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

from sqlalchemy import Connection

from rules.case_event import Ended, Issued, ProductRevoked, ProductsIssued, Revoked, Signed, SignedFile
from rules.cited import cited
from rules.letter import SignedBy
from rules.product_standing import Standing, stands
from runtime.cases.case_change import Change, Effect
from runtime.cases.case_rows import found_events
from runtime.cases.comes_to import happened_of
from runtime.product.register import State, ended, give_up, issue, of_case, replaced, revoke
from runtime.product.statement_key import StatementKeys


def keep_register(keys: StatementKeys) -> Effect:
    """Return what `Casework` does with each change. What names a stage becomes valid with its signature; everything
    else as the case is issued and not before: between its signature and its end somebody may still have to answer."""

    def effect(connection: Connection, change: Change) -> None:
        why = ""
        for event in change.events:
            match event:
                case ProductsIssued(files=files):
                    _issue(connection, change, files, keys)
                case Revoked(citation) | ProductRevoked(_, citation):
                    why = cited(citation, change.case.city)
                case Ended():
                    _issue(connection, change, change.state.letters, keys)
                    _give_up(connection, change)
                case _:
                    pass
        if any(
            isinstance(event, ProductsIssued | Issued | Ended | Revoked | ProductRevoked) for event in change.events
        ):
            _follow(connection, change, why)

    return effect


def _issue(connection: Connection, change: Change, files: Iterable[SignedFile], keys: StatementKeys) -> None:
    """Issue what these are the files of."""
    key = change.case.key
    signed = {(file.code, file.item): file.sha256 for file in files}
    for entry in of_case(connection, key.daerah, key.nomor):
        sha256 = signed.get((entry.numbered.code, entry.numbered.item))
        if entry.state is State.PREPARED and sha256 is not None:
            issue(connection, key.daerah, entry.id, sha256, _signed_by(connection, change), keys, change.at)


def _give_up(connection: Connection, change: Change) -> None:
    key = change.case.key
    for entry in of_case(connection, key.daerah, key.nomor):
        if entry.state is State.PREPARED:
            give_up(connection, key.daerah, entry.id)


def _follow(connection: Connection, change: Change, why: str) -> None:
    """Let what is valid in the register stand as it stands in the case; a letter of refusal stands for itself."""
    key, permit, state = change.case.key, change.case.permit.permit, change.state
    issued = {product.id: product for product in state.issued}
    for entry in of_case(connection, key.daerah, key.nomor):
        if entry.state is not State.VALID or entry.id not in issued:
            continue
        found = stands(permit, state, issued[entry.id])
        match found.standing:
            case Standing.VALID:
                pass
            case Standing.REVOKED:
                revoke(connection, key.daerah, entry.id, why, change.at)
            case Standing.REPLACED:
                assert found.by is not None
                replaced(connection, key.daerah, entry.id, found.by.id, change.at)
            case Standing.ENDED:
                ended(connection, key.daerah, entry.id, state.status, change.at)
            case _:
                assert_never(found.standing)


def _signed_by(connection: Connection, change: Change) -> SignedBy:
    """Return how the files of a case were signed last."""
    events = [happened_of(stored).event for stored in found_events(connection, change.case.key)]
    last = [event for event in events if isinstance(event, Signed)][-1]
    return SignedBy.HAND if last.wet else SignedBy.ELECTRONIC
