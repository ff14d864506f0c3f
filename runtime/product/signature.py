"""The port through which a letter is signed: what a signing service is asked, and what it may answer.

A service may be slow or fail for reasons that are nobody's fault here; both are answers, not exceptions, and neither
loses the letter: it is asked again with the same bytes, or signed by hand on paper.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from rules.signatory import Signatory


class SignatureFault(StrEnum):
    """Why a service would not sign; a closed list, so that an officer is told in words of ours."""

    NOT_REGISTERED = "not_registered"
    CERTIFICATE_EXPIRED = "certificate_expired"
    NOT_PERMITTED = "not_permitted"
    SERVICE_DOWN = "service_down"
    CHANGED_THE_LETTER = "changed_the_letter"


@dataclass(frozen=True, slots=True)
class SignedPdf:
    """The finished letter."""

    pdf: bytes

    @property
    def sha256(self) -> str:
        """Return the digest of the file."""
        return hashlib.sha256(self.pdf).hexdigest()


@dataclass(frozen=True, slots=True)
class SignatureLate:
    """Not yet: ask again from `ask_again` on, with the same letter."""

    ask_again: datetime


@dataclass(frozen=True, slots=True)
class SignatureFailed:
    """Not this time: somebody must do something before it is asked again."""

    fault: SignatureFault


SignatureAnswer = SignedPdf | SignatureLate | SignatureFailed


class Signer(Protocol):
    """A signing service. Blocking: call it in a thread, and never inside a transaction."""

    def sign(self, pdf: bytes, who: Signatory, reason: str, at: datetime) -> SignatureAnswer:
        """Sign a letter on behalf of a person."""
        ...


def ask(signer: Signer, pdf: bytes, who: Signatory, reason: str, at: datetime) -> SignatureAnswer:
    """Have a letter signed. What comes back must begin with the letter that was given: a signature is added to it."""
    answer = signer.sign(pdf, who, reason, at)
    if isinstance(answer, SignedPdf) and not (answer.pdf.startswith(pdf) and len(answer.pdf) > len(pdf)):
        return SignatureFailed(SignatureFault.CHANGED_THE_LETTER)
    return answer
