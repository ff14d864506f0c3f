"""What a change of a case does to the register: revoked with the permit, given up with what ends unsigned."""

from __future__ import annotations

from sqlalchemy import Connection

from rules.case_event import Ended, Revoked
from rules.cited import cited
from runtime.cases.casework import Change
from runtime.product.register import State, give_up, of_case, revoke


def keep_register(connection: Connection, change: Change) -> None:
    """Do it: an effect of `Casework`, after whatever records products as issued in the same transaction."""
    key = change.case.key
    for event in change.events:
        match event:
            case Revoked(citation):
                for entry in of_case(connection, key.daerah, key.nomor):
                    if entry.state is State.VALID:
                        revoke(connection, key.daerah, entry.id, cited(citation, change.case.city), change.at)
            case Ended():
                signed = {(file.code, file.item) for file in change.state.files}
                for entry in of_case(connection, key.daerah, key.nomor):
                    numbered = entry.numbered
                    if entry.state is State.PREPARED and (numbered.code, numbered.item) not in signed:
                        give_up(connection, key.daerah, entry.id)
            case _:
                pass
