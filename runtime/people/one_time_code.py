"""The six figures of an authenticator (TOTP, RFC 6238): which time step a code belongs to, each step taken once.

Gains tolerance for a telephone whose clock is half a minute off, and nothing for somebody who looked over a shoulder:
the step of a code that was taken, and every one before it, opens nothing more.
"""

from __future__ import annotations

import hmac
import re
from datetime import datetime

import pyotp

SECONDS = 30
AROUND = (-1, 0, 1)  # steps before and after the one it is


def new_secret() -> str:
    """Return a new secret to pair an authenticator with, in base32."""
    return pyotp.random_base32()


def step_at(moment: datetime) -> int:
    """Return the time step of a moment."""
    return int(moment.timestamp()) // SECONDS


def code_of(secret: str, step: int) -> str:
    """Return the code of a step."""
    return pyotp.HOTP(secret).at(step)


def matched_step(secret: str, typed: str, moment: datetime, used: int) -> int | None:
    """Return the step that a typed code belongs to, None where it is none of those around, or was used."""
    figures = re.sub(r"[\s\-.]", "", typed[:20])
    now, found = step_at(moment), None
    for step in (now + offset for offset in AROUND):
        if hmac.compare_digest(code_of(secret, step).encode(), figures.encode()) and step > used:
            found = step
    return found


def next_code(secret: str, moment: datetime, used: int) -> str:
    """Return a code that will be taken now, for the login page of a demonstration; empty where one must wait."""
    now = step_at(moment)
    open_steps = (now + offset for offset in AROUND if now + offset > used)
    return next((code_of(secret, step) for step in open_steps), "")


def pairing_address(secret: str, nip: str, issuer: str) -> str:
    """Return what the QR code of the pairing page says."""
    return pyotp.TOTP(secret).provisioning_uri(name=nip, issuer_name=issuer)
