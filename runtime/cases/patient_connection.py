"""A connection to PostgreSQL that waits for an answer, but not for ever: a server that stands still would else keep
whoever asks, and everybody behind them, for as long as it does.

Gains that a person is told within seconds; loses the answer of a server that is slower than it may be.
"""

from __future__ import annotations

from typing import TypeVar

from psycopg import Connection, OperationalError
from psycopg.abc import PQGen
from psycopg.pq import TransactionStatus
from psycopg.rows import TupleRow

T = TypeVar("T")

LONGEST = 12.0  # seconds for one statement; a server that is well ends it itself before (statement_timeout)
LOOK = 0.1


class PatientConnection(Connection[TupleRow]):
    """Closes itself where an answer does not come; nobody knows then whether the statement was done."""

    def wait(self, gen: PQGen[T], interval: float = LOOK, timeout: float | None = None) -> T:
        """Wait for the answer to one statement; OperationalError where it does not come."""
        try:
            return super().wait(gen, interval, LONGEST if timeout is None else timeout)
        except OperationalError:
            if self.pgconn.transaction_status == TransactionStatus.ACTIVE:
                self.close()  # what it answers later would be taken for the answer to something else
            raise
