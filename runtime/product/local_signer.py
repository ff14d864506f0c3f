"""Signing with the office's own certificates, and the two signers by which a demonstration shows what can go wrong."""

from __future__ import annotations

import hashlib
import threading
from datetime import datetime, timedelta
from typing import assert_never

from rules.signatory import Signatory
from runtime.product.certificates import Certificates
from runtime.product.signature import (
    SignatureAnswer,
    SignatureFailed,
    SignatureFault,
    SignatureLate,
    SignedPdf,
    Signer,
)
from runtime.settings import Signing

LATE = timedelta(minutes=2)


class LocalSigner:
    """Signs at once."""

    def __init__(self, certificates: Certificates, place: str) -> None:
        """Sign with these certificates; `place` is said in each signature."""
        self._certificates = certificates
        self._place = place

    def sign(self, pdf: bytes, who: Signatory, reason: str, at: datetime) -> SignatureAnswer:
        """Sign a letter on behalf of a person."""
        # Loaded here: pyHanko costs most of a second, and a server may never sign.
        from runtime.product.pades import signed

        identity = self._certificates.of(who, at)
        return SignedPdf(signed(pdf, identity, self._certificates.authority, reason, self._place, at))


class SlowSigner:
    """Keeps everybody waiting for `delay` after the first time it is asked for a letter, then signs."""

    def __init__(self, behind: Signer, delay: timedelta = LATE) -> None:
        """Let the signer behind it sign in the end."""
        self._behind, self._delay = behind, delay
        self._asked: dict[str, datetime] = {}
        self._lock = threading.Lock()

    def sign(self, pdf: bytes, who: Signatory, reason: str, at: datetime) -> SignatureAnswer:
        """Sign, or say from when to ask again."""
        with self._lock:
            ready = self._asked.setdefault(hashlib.sha256(pdf).hexdigest(), at) + self._delay
        return SignatureLate(ready) if at < ready else self._behind.sign(pdf, who, reason, at)


class FailingSigner:
    """Signs nothing."""

    def __init__(self, fault: SignatureFault = SignatureFault.SERVICE_DOWN) -> None:
        """Fail for this reason."""
        self._fault = fault

    def sign(self, pdf: bytes, who: Signatory, reason: str, at: datetime) -> SignatureAnswer:  # noqa: ARG002
        """Fail."""
        return SignatureFailed(self._fault)


def signer_of(signing: Signing, certificates: Certificates, place: str) -> Signer:
    """Return the signer an operator has chosen (`SATUPINTU_TANDA_TANGAN`)."""
    local = LocalSigner(certificates, place)
    match signing:
        case Signing.LOCAL:
            return local
        case Signing.LATE:
            return SlowSigner(local)
        case Signing.FAILING:
            return FailingSigner()
        case _:
            assert_never(signing)
