"""Everything of money that pages and calls need, put together once."""

from __future__ import annotations

from dataclasses import dataclass

from runtime.cases.casework import Casework
from runtime.cases.store import Store
from runtime.money.payment_port import PaymentPort
from runtime.money.payments import Payments
from runtime.money.returns import Returns
from runtime.money.waivers import Waivers


@dataclass(frozen=True, slots=True)
class Money:
    """What comes in, what is let go, what goes back, and the port to whoever takes it."""

    payments: Payments
    waivers: Waivers
    returns: Returns
    port: PaymentPort


def money_of(store: Store, casework: Casework, port: PaymentPort) -> Money:
    """Put together the money of one store."""
    return Money(Payments(store, casework), Waivers(store, casework), Returns(store, casework), port)
