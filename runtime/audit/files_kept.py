"""Files: each row has its content and each content its row (I8)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from runtime.audit.audited import Audited
from runtime.audit.breach import Breach
from runtime.documents.inventory import file_faults


def of_city(audited: Audited, daerah: str) -> Iterator[Breach]:
    """Walk through the files of a city, both ways."""
    machine = datetime.now(UTC)  # contents carry the time of the machine that keeps them
    for fault in file_faults(audited.store.shelf, daerah, machine):
        yield Breach("I8", daerah, fault.name, fault.trouble.value)
