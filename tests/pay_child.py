"""A process that takes what a bank tells: run with a data folder, releases, a database, the moment, and calls as
JSON; prints the outcome of each call.
"""

from __future__ import annotations

import asyncio
import json
import sys
from datetime import datetime
from pathlib import Path

from runtime.cases.store import Store
from runtime.money.payments import BankCall, Payments, Receipt
from runtime.releases import Releases
from runtime.serving import casework_of
from tests.kupang_office import CITY, Hands


def main() -> None:
    """Take all of them at once."""
    folder, release, url, at, told = sys.argv[1:]
    releases = Releases(Path(release))
    with Store(Path(folder), Hands(datetime.fromisoformat(at)), url=url) as store:
        payments = Payments(store, casework_of(store, releases))
        calls = [BankCall(ref, code, amount, datetime.fromisoformat(at)) for ref, code, amount in json.loads(told)]

        async def take_all() -> list[object]:
            return list(await asyncio.gather(*(payments.take(CITY, call) for call in calls), return_exceptions=True))

        for answer in asyncio.run(take_all()):
            print(answer.outcome.value if isinstance(answer, Receipt) else repr(answer))
    releases.close()


if __name__ == "__main__":
    main()
