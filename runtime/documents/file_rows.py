"""The rows of files: those that wait for an application or a repair, those that a case holds, and how one becomes the
other.

Every function here works within a transaction of its caller.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Row, and_, delete, exists, insert, or_, select, update

from runtime.cases.submission import UploadGoneError
from runtime.cases.tables import file_content, submission_file, upload
from runtime.clock import as_text, from_text
from runtime.documents.file_seal import FileKeys
from runtime.documents.file_state import FileState
from runtime.documents.upload import OFFICE, CaseFile, Upload, place_of

_WAITING = select(upload, file_content.c.state, file_content.c.giver).join(
    file_content, and_(file_content.c.daerah == upload.c.daerah, file_content.c.id == upload.c.id)
)
_KEPT = select(
    submission_file,
    file_content.c.state,
    file_content.c.giver,
    file_content.c.round,
    file_content.c.kept_at,
).join(file_content, and_(file_content.c.daerah == submission_file.c.daerah, file_content.c.id == submission_file.c.id))
_COPIED = ("id", "document", "item", "format", "size", "sha256")


def adopt(
    connection: Connection,
    keys: FileKeys,
    daerah: str,
    upload_id: str,
    owner: str | None,
    nomor: str,
    at: datetime,
    round_: int = 0,
) -> CaseFile:
    """Make a waiting file of `owner` a file of the case `nomor`, beside whatever it replaces.

    UploadGoneError when it is not there, not the owner's, too old or refused.
    """
    found = waiting(connection, daerah, upload.c.id == upload_id, at=at)
    if not found or found[0].owner != owner:
        raise UploadGoneError(upload_id)
    one = found[0]
    kept = CaseFile(
        *(nomor, one.id, one.document, one.item, one.format, one.size, one.sha256),
        *(one.state, one.giver, round_, at),
    )
    ours = file_content.c.daerah == daerah, file_content.c.id == upload_id
    wrapped = connection.execute(select(file_content.c.wrapped_key).where(*ours)).scalar_one()
    key = keys.unwrap(connection, wrapped, place_of(daerah, one))
    anew = keys.wrap(connection, key, place_of(daerah, kept))
    connection.execute(update(file_content).where(*ours).values(wrapped_key=anew, round=round_, kept_at=as_text(at)))
    connection.execute(
        insert(submission_file).values(daerah=daerah, nomor=nomor, **{name: getattr(one, name) for name in _COPIED})
    )
    connection.execute(delete(upload).where(upload.c.daerah == daerah, upload.c.id == upload_id))
    return kept


def waiting(
    connection: Connection,
    daerah: str,
    *which: ColumnElement[bool],
    at: datetime | None = None,
    refused: bool = False,
) -> tuple[Upload, ...]:
    """Return files that wait, in the order in which they came; those whose time is over at `at` are left out."""
    query = _WAITING.where(upload.c.daerah == daerah, *which)
    if at is not None:
        query = query.where(or_(upload.c.expires_at.is_(None), upload.c.expires_at > as_text(at)))
    if not refused:
        query = query.where(file_content.c.state != FileState.REFUSED)
    rows = connection.execute(query.order_by(upload.c.created_at, upload.c.id)).all()
    return tuple(_upload(row) for row in rows)


def held(connection: Connection, daerah: str, nomor: str) -> tuple[CaseFile, ...]:
    """Return every file that a case ever held, document by document, the newest of each last."""
    order = (submission_file.c.document, submission_file.c.item, file_content.c.round, file_content.c.kept_at)
    query = _KEPT.where(submission_file.c.daerah == daerah, submission_file.c.nomor == nomor)
    return tuple(_case_file(row) for row in connection.execute(query.order_by(*order, submission_file.c.id)).all())


def find(connection: Connection, daerah: str, owner: str | None, file_id: str) -> Upload | CaseFile | None:
    """Return a file of a draft or a case; None when it is not there or somebody else's."""
    kept = _KEPT.where(
        submission_file.c.daerah == daerah, submission_file.c.nomor == owner, submission_file.c.id == file_id
    )
    row = connection.execute(kept).one_or_none()
    if row is not None:
        return _case_file(row)
    found = waiting(connection, daerah, upload.c.id == file_id, refused=True)
    return found[0] if found and found[0].owner == owner else None


def made_since(connection: Connection, daerah: str, nomor: str, since: datetime, at: datetime) -> tuple[Upload, ...]:
    """Return what the office itself has made for a case since a moment, and the case has not taken yet."""
    of_case = upload.c.owner == nomor, file_content.c.giver == OFFICE
    return waiting(connection, daerah, *of_case, upload.c.created_at >= as_text(since), at=at)


def in_states(connection: Connection, daerah: str, states: Iterable[FileState]) -> tuple[Upload | CaseFile, ...]:
    """Return every file, waiting or held, that has come no further than one of these states."""
    which = file_content.c.state.in_(tuple(states))
    kept = connection.execute(_KEPT.where(submission_file.c.daerah == daerah, which)).all()
    return (*waiting(connection, daerah, which, refused=True), *(_case_file(row) for row in kept))


def remove(connection: Connection, daerah: str, *which: ColumnElement[bool]) -> int:
    """Remove files that wait, with what is known of their contents; the contents themselves go with the sweep."""
    gone = connection.execute(select(upload.c.id).where(upload.c.daerah == daerah, *which)).scalars().all()
    for table in (upload, file_content):
        connection.execute(delete(table).where(table.c.daerah == daerah, table.c.id.in_(gone)))
    return len(gone)


def unused(connection: Connection, daerah: str) -> tuple[str, ...]:
    """Return of which files a key is kept although no file has it any more."""
    return tuple(connection.execute(select(file_content.c.id).where(*_unused(daerah))).scalars())


def remove_unused(connection: Connection, daerah: str, ids: Iterable[str]) -> None:
    """Forget those of these keys that no file has."""
    connection.execute(delete(file_content).where(file_content.c.id.in_(tuple(ids)), *_unused(daerah)))


def _unused(daerah: str) -> tuple[ColumnElement[bool], ...]:
    used = (
        exists().where(table.c.daerah == file_content.c.daerah, table.c.id == file_content.c.id)
        for table in (upload, submission_file)
    )
    return (file_content.c.daerah == daerah, *(~one for one in used))


def current(files: tuple[CaseFile, ...]) -> tuple[CaseFile, ...]:
    """Return of each document what the applicant gave last, and everything that officers attached."""
    last: dict[tuple[str, int | None, str], int] = {}
    for file in files:
        last[file.document, file.item, file.giver] = max(
            file.round, last.get((file.document, file.item, file.giver), 0)
        )
    return tuple(file for file in files if file.round == last[file.document, file.item, file.giver])


def _upload(row: Row[tuple[object, ...]]) -> Upload:
    return Upload(
        *(row.id, row.owner, row.document, row.item, row.format, row.size, row.sha256),
        state=FileState(row.state),
        giver=row.giver,
    )


def _case_file(row: Row[tuple[object, ...]]) -> CaseFile:
    return CaseFile(
        *(row.nomor, row.id, row.document, row.item, row.format, row.size, row.sha256),
        *(FileState(row.state), row.giver, row.round, from_text(row.kept_at)),
    )
