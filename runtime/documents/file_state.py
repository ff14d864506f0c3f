"""How far a file has come: nobody sees one before it is clean."""

from __future__ import annotations

from enum import StrEnum


class FileState(StrEnum):
    """Every state; the value is what is stored."""

    QUARANTINED = "KARANTINA"
    CLEAN = "BERSIH"
    REFUSED = "DITOLAK"
    SCAN_FAILED = "GAGAL_PINDAI"


WAITING = (FileState.QUARANTINED, FileState.SCAN_FAILED)  # for a scan that ends
