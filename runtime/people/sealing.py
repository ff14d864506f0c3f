"""Sealing the secret of a person's authenticator: under a key of the vault that is that person's alone.

Gains a database from which no authenticator can be copied, nor one person's put in the place of another's.
"""

from __future__ import annotations

from runtime.vault import SealBrokenError, Vault

_PURPOSE, _WHAT = "people", "totp"


class Seal:
    """Seals and opens with keys of the installation's vault."""

    def __init__(self, vault: Vault) -> None:
        """Derive keys from this vault."""
        self._vault = vault

    def close(self, secret: str, daerah: str, nip: str) -> bytes:
        """Return a secret sealed for one person."""
        return self._vault.derived(_PURPOSE, daerah, nip).seal(secret.encode(), _WHAT)

    def open(self, sealed: bytes, daerah: str, nip: str) -> str | None:
        """Return what was sealed for this person, None where it was not, or not by this installation."""
        try:
            return self._vault.derived(_PURPOSE, daerah, nip).unseal(sealed, _WHAT).decode()
        except SealBrokenError:
            return None
