"""Where a case is, in words: one for each status of the lifecycle."""

from __future__ import annotations

from collections.abc import Mapping

from rules.words import Words

_STATUSES: Mapping[str, Words] = {
    "peninjauan": Words("sedang diperiksa", "being reviewed"),
    "penandatanganan": Words("menunggu tanda tangan", "waiting for a signature"),
    "penolakan": Words("menunggu surat penolakan", "waiting for the letter of refusal"),
    "perbaikan": Words("sedang diperbaiki pemohon", "being repaired by the applicant"),
    "pembayaran": Words("menunggu pembayaran", "waiting for payment"),
    "keputusan_orang": Words("menunggu petugas karena gangguan sistem", "waiting for an officer after a fault"),
    "terbit": Words("sudah terbit", "issued"),
    "ditolak": Words("sudah ditolak", "refused"),
    "dibatalkan": Words("sudah dibatalkan pemohon", "withdrawn by the applicant"),
    "kedaluwarsa": Words("sudah kedaluwarsa", "expired"),
    "dicabut": Words("sudah dicabut", "revoked"),
}


def status_words(status: str) -> Words:
    """Say a status; an end of a catalog's own is said by its code."""
    return _STATUSES.get(status) or Words(status.replace("_", " "))
