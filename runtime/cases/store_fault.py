"""What can be the matter with the store itself; never the fault of who asked."""

from __future__ import annotations


class DurabilityError(RuntimeError):
    """The database can not promise to keep what it acknowledges."""


class StoreUnavailableError(RuntimeError):
    """The store can not write now: nothing of what was asked has been kept, and it may be asked again."""


class StoreUncertainError(StoreUnavailableError):
    """The commit itself failed: what was asked may or may not have been kept. Ask again with the same key."""
