"""The port to whoever takes money: what a payer is told, and whether a message comes from there.

`SignedBank` is a bank, or the simulator of one, that knows bills by their billing codes and signs its messages. Another
way of paying is another class with these two methods.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from urllib.parse import quote, urlencode

from runtime.money.bank_message import BankKeys, NotTrusted


@dataclass(frozen=True, slots=True)
class Charge:
    """What is to be paid: a bill by its billing code, and what is still open of it in whole rupiah."""

    daerah: str
    code: str
    amount: int


@dataclass(frozen=True, slots=True)
class Instructions:
    """How to pay: the code to name, what its QR holds, and a page to pay at, where there is one. None of it holds an
    amount: a bank asks for it."""

    code: str
    qr: str
    page: str | None = None


class PaymentPort(Protocol):
    """One way of paying."""

    def charge(self, charge: Charge) -> Instructions:
        """Tell how this can be paid. Asks nobody, so that a page never waits for a bank."""
        ...

    def distrust(self, path: str, headers: Mapping[str, str], body: bytes, now: datetime) -> NotTrusted | None:
        """Return why a message does not come from there, None where it does."""
        ...


class SignedBank:
    """A bank that signs. `page` is the address where bills can be paid, None where a payer goes to a counter, a machine
    or an application of the bank's."""

    def __init__(self, keys: BankKeys, page: str | None = None) -> None:
        """Trust who has one of these keys."""
        self._keys = keys
        self._page = page

    def charge(self, charge: Charge) -> Instructions:
        """Tell how a bill can be paid."""
        if self._page is None:
            return Instructions(charge.code, charge.code)
        page = f"{self._page}/{quote(charge.daerah)}/?{urlencode({'kode': charge.code})}"
        return Instructions(charge.code, page, page)

    def distrust(self, path: str, headers: Mapping[str, str], body: bytes, now: datetime) -> NotTrusted | None:
        """Return why a message is not the bank's, None where it is."""
        return self._keys.distrust(path, headers, body, now)
