"""What was asked for under which key, and the first answer: kept for ever, in the transaction that does it.

The answer is kept as it is given, so it holds nothing personal: a number, a version, a time.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, select

from runtime.cases.crash_point import reached
from runtime.cases.journal_tables import request
from runtime.cases.prepared import Prepared
from runtime.cases.submission import KeyReusedError
from runtime.clock import as_text

_FIND = Prepared(
    select(request.c.request_hash, request.c.answer).where(
        request.c.daerah == bindparam("daerah"),
        request.c.actor == bindparam("actor"),
        request.c.key == bindparam("key"),
    )
)
_KEEP = Prepared(insert(request))


def once(connection: Connection, daerah: str, actor: str, key: str, request_hash: str) -> str | None:
    """Return the answer given before under this key, None where it is new; KeyReusedError for another request."""
    row = _FIND.one(connection, {"daerah": daerah, "actor": actor, "key": key})
    if row is None:
        return None
    if row[0] != request_hash:
        raise KeyReusedError(key)
    return str(row[1])


def remember(
    connection: Connection, daerah: str, actor: str, key: str, request_hash: str, answer: str, at: datetime
) -> None:
    """Keep the answer to a request, in the transaction that does what was asked for."""
    row = {"daerah": daerah, "actor": actor, "key": key, "request_hash": request_hash}
    _KEEP.run(connection, {**row, "answer": answer, "at": as_text(at)})
    reached("after-idempotency")
