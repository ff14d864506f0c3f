"""What becomes of waiting files when something happens to their case, in the transaction in which it happens.

Gains that an event and the files it speaks of are kept together or not at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection

from rules.case_event import DeskAnswered, Ended, ItemKind, Noted, Resubmitted, Signed, Target, VisitReported
from runtime.cases.case_change import Change, Effect
from runtime.cases.submission import UploadGoneError
from runtime.cases.tables import file_content, upload
from runtime.documents import file_rows
from runtime.documents.file_seal import FileKeys
from runtime.documents.file_state import FileState
from runtime.documents.upload import APPLICANT, CaseFile, Upload


def keep_given_files(keys: FileKeys) -> Effect:
    """Return what `Casework` does with each change: let the case take the files that its events speak of.

    UploadGoneError, and nothing happens, when an officer speaks of a file that is neither given nor held.
    """

    def effect(connection: Connection, change: Change) -> None:
        for event in change.events:
            match event:
                case Resubmitted(changed):
                    _repaired(connection, keys, change, changed)
                case VisitReported(_, digests) | Noted(_, digests) | DeskAnswered(files=digests):
                    gone = _attached(connection, keys, change, digests)
                    if gone:
                        raise UploadGoneError(gone[0])
                case Signed(files=files):
                    _attached(connection, keys, change, [file.sha256 for file in files])
                case Ended():
                    _forgotten(connection, change, _given_for_repair(connection, change))
                case _:  # speaks of no files
                    pass

    return effect


def documents_of(files: Iterable[CaseFile | Upload]) -> Mapping[Target, tuple[str, ...]]:
    """Return the sha256 of the files of each document, as `rules.repair_list.Given` wants them."""
    found: dict[Target, tuple[str, ...]] = {}
    for file in files:
        if file.giver == APPLICANT:
            target = Target(ItemKind.DOCUMENT, file.document, file.item)
            found[target] = (*found.get(target, ()), file.sha256)
    return found


def documents_repaired(held: Iterable[CaseFile], waiting: Iterable[Upload]) -> Mapping[Target, tuple[str, ...]]:
    """Return the same after what waits has taken the place of what is held."""
    return {**documents_of(held), **documents_of(waiting)}


def _repaired(connection: Connection, keys: FileKeys, change: Change, changed: Iterable[Target]) -> None:
    """Take what was given for the documents that changed; whatever else was given leads to nothing."""
    key, targets = change.case.key, set(changed)
    given = _given_for_repair(connection, change)
    taken = [
        file
        for file in given
        if file.state is not FileState.REFUSED and Target(ItemKind.DOCUMENT, file.document, file.item) in targets
    ]
    for file in taken:
        file_rows.adopt(connection, keys, key.daerah, file.id, key.nomor, key.nomor, change.at, change.state.rounds)
    _forgotten(connection, change, (file for file in given if file not in taken))


def _attached(connection: Connection, keys: FileKeys, change: Change, digests: Iterable[str]) -> list[str]:
    """Take the files with these sha256 that officers gave; return those that nobody gave and the case does not hold."""
    key, missing = change.case.key, []
    which = upload.c.owner == key.nomor, file_content.c.giver != APPLICANT
    held = {file.sha256 for file in file_rows.held(connection, key.daerah, key.nomor)} if digests else set()
    for digest in dict.fromkeys(digests):
        given = file_rows.waiting(connection, key.daerah, *which, upload.c.sha256 == digest, at=change.at)
        for file in given:
            file_rows.adopt(connection, keys, key.daerah, file.id, key.nomor, key.nomor, change.at)
        if not given and digest not in held:
            missing.append(digest)
    return missing


def _given_for_repair(connection: Connection, change: Change) -> tuple[Upload, ...]:
    key = change.case.key
    return file_rows.waiting(
        connection, key.daerah, upload.c.owner == key.nomor, file_content.c.giver == APPLICANT, refused=True
    )


def _forgotten(connection: Connection, change: Change, files: Iterable[Upload]) -> None:
    file_rows.remove(connection, change.case.key.daerah, upload.c.id.in_([file.id for file in files]))
