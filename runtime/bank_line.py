"""The line from a simulated bank to the site: signed calls, made again while the site itself is at fault."""

from __future__ import annotations

import asyncio
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from runtime import json_text
from runtime.clock import Clock
from runtime.json_text import Json, UnreadableJsonError
from runtime.money.bank_message import BankKeys

TIMES, WAIT = 5, 0.1  # how often a call is made until it is answered, and seconds before the second time, then doubled
NO_ANSWER = 599


@dataclass(frozen=True, slots=True)
class Answer:
    """What the site answered: a status and a JSON object, empty where it was none."""

    status: int
    said: Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class Payment:
    """Money that this bank has taken."""

    city: str
    code: str
    reference: str
    amount: int
    paid_at: datetime


@dataclass(frozen=True, slots=True)
class Line:
    """The line to the site."""

    site: str
    keys: BankKeys
    clock: Clock

    async def ask(self, city: str, code: str) -> Answer:
        """Ask what is open of a bill."""
        return await self._call(f"/{city}/bayar/tagihan", {"kode_billing": code})

    async def tell(self, paid: Payment) -> Answer:
        """Tell that money came in."""
        body = {
            "referensi": paid.reference,
            "kode_billing": paid.code,
            "jumlah": paid.amount,
            "dibayar_pada": paid.paid_at.isoformat(),
        }
        return await self._call(f"/{paid.city}/bayar/panggilan", body)

    async def _call(self, path: str, body: Mapping[str, object]) -> Answer:
        """Call until there is an answer that is no fault of the site's own."""
        content, answer = json_text.write(body).encode(), Answer(NO_ANSWER, {})
        for time in range(TIMES):
            if time:
                await asyncio.sleep(WAIT * 2**time)
            answer = await asyncio.to_thread(self._once, path, content)
            if answer.status < 500:
                break
        return answer

    def _once(self, path: str, content: bytes) -> Answer:
        headers = {"content-type": "application/json", **self.keys.headers(path, content, self.clock())}
        request = urllib.request.Request(f"{self.site}{path}", content, headers)
        try:
            with urllib.request.urlopen(request, timeout=10) as answered:
                return Answer(answered.status, _object(answered.read()))
        except urllib.error.HTTPError as refused:
            with refused:
                return Answer(refused.code, _object(refused.read()))
        except OSError:
            return Answer(NO_ANSWER, {})


def _object(content: bytes) -> Mapping[str, Json]:
    try:
        data = json_text.read(content)
    except UnreadableJsonError:
        return {}
    return data if isinstance(data, dict) else {}
