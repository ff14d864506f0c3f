"""Who does the chores: one process at a time, until it stops renewing its lease."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, insert, select, update

from runtime.chores.tables import lease
from runtime.clock import as_text

LASTS = timedelta(minutes=3)


def held(connection: Connection, daerah: str, name: str, holder: str, now: datetime) -> bool:
    """Take or renew a lease; False while another holds it."""
    key = lease.c.daerah == daerah, lease.c.name == name
    until = as_text(now + LASTS)
    free = (lease.c.holder == holder) | (lease.c.until <= as_text(now))
    if connection.execute(update(lease).where(*key, free).values(holder=holder, until=until)).rowcount == 1:
        return True
    if connection.execute(select(lease.c.holder).where(*key)).one_or_none() is not None:
        return False
    connection.execute(insert(lease).values(daerah=daerah, name=name, holder=holder, until=until))
    return True
