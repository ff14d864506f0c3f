"""Messages: each was sent or given up within its time, and none was sent twice (I7)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import Executable, func, select

from runtime.audit.audited import Audited
from runtime.audit.breach import Breach
from runtime.cases.journal_tables import event, outbox
from runtime.clock import as_text

LATEST = timedelta(hours=1)  # by when somebody should have tried what is due


def of_city(audited: Audited, daerah: str) -> Iterator[Breach]:
    """Look at what is to be sent, was sent, or was given up."""
    here = outbox.c.daerah == daerah
    waits = (outbox.c.sent_at.is_(None), outbox.c.dead_at.is_(None), outbox.c.due_at < as_text(audited.now - LATEST))
    for name, nomor in _rows(audited, select(outbox.c.id, outbox.c.nomor).where(here, *waits)):
        yield Breach("I7", daerah, nomor, f"message {name} is due and nobody has tried it for an hour")
    both = (outbox.c.sent_at.is_not(None), outbox.c.dead_at.is_not(None))
    for name, nomor in _rows(audited, select(outbox.c.id, outbox.c.nomor).where(here, *both)):
        yield Breach("I7", daerah, nomor, f"message {name} was sent and given up")
    again = select(outbox.c.channel, outbox.c.dedupe).where(here).group_by(outbox.c.channel, outbox.c.dedupe)
    for channel, dedupe in _rows(audited, again.having(func.count() > 1)):
        yield Breach("I7", daerah, dedupe, f"there is more than one message to {channel}")
    told = (event.c.daerah == outbox.c.daerah) & (event.c.nomor == outbox.c.nomor) & (event.c.seq == outbox.c.seq)
    lost = select(outbox.c.id, outbox.c.nomor).outerjoin(event, told).where(here, event.c.seq.is_(None))
    for name, nomor in _rows(audited, lost):
        yield Breach("I7", daerah, nomor, f"message {name} tells of an event that is not there")


def _rows(audited: Audited, query: Executable) -> list[tuple[str, str]]:
    return [(str(one), str(two)) for one, two in audited.rows(query)]
