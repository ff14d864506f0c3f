"""A simulated bank for demonstrations and tests: a page where a billing code is paid, and signed calls to the site.

    python -m runtime.bank_simulator --host 127.0.0.1 --port 8001

A program of its own that speaks HTTP and nothing else, so that what holds for it holds for a bank. It can pay too
little, too much, twice, tell twice and tell late; as a bank does, it tells again what was answered by 5xx. What it has
not told yet it forgets when it ends. It takes the settings of the site, of which it needs the key, the address and the
clock.
"""

from __future__ import annotations

import argparse
import os
import secrets
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import assert_never

import uvicorn
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Scope

from runtime.bank_line import Answer, Line, Payment
from runtime.citizen.fault import mark
from runtime.citizen.visit import language
from runtime.clock import clock_for
from runtime.guard import Guard
from runtime.html_page import HtmlPage
from runtime.money.bank_message import open_bank_keys
from runtime.money.bill_record import read_code
from runtime.sent_form import sent_form
from runtime.serving import BANK_KEYS
from runtime.settings import Settings, from_environment
from runtime.static_files import StaticFiles
from runtime.voice import voices

TITLE = mark("Bank percobaan")
LESS, MORE = 1_000, 5_000


class Way(StrEnum):
    """A way of paying, as it happens at banks."""

    EXACT = "pas"
    SHORT = "kurang"
    OVER = "lebih"
    TWICE = "dua_kali"
    TOLD_TWICE = "ulang"
    LATE = "nanti"


WAYS = {
    Way.EXACT: mark("Bayar tepat"),
    Way.SHORT: mark("Bayar kurang"),
    Way.OVER: mark("Bayar lebih"),
    Way.TWICE: mark("Bayar dua kali"),
    Way.TOLD_TWICE: mark("Bayar, beri tahu kantor dua kali"),
    Way.LATE: mark("Bayar, beri tahu kantor nanti"),
}


class Bank:
    """The pages of the bank."""

    def __init__(self, settings: Settings) -> None:
        """Serve a site with these settings."""
        keys = open_bank_keys(settings.data / BANK_KEYS)
        self.line = Line(settings.public_url, keys, clock_for(settings.clock_starts))
        self.late: dict[str, Payment] = {}
        self._voices = voices()
        self.files = StaticFiles()

    async def nobody(self, request: Request) -> Response:
        """Say where to begin."""
        return self._page(request, {"city": "", "code": "", "bill": None, "status": 0, "told": [], "late": []})

    async def look(self, request: Request) -> Response:
        """Ask for a billing code, or show what is open of the bill that has it."""
        typed = request.query_params.get("kode", "")
        return await self._bill(request, typed, [])

    async def pay(self, request: Request) -> Response:
        """Pay in one of the ways; the amount is what the site has told, never what a browser sends."""
        city, sent = request.path_params["city"], dict(await sent_form(request))
        code, way = read_code(sent.get("kode", "")), sent.get("cara", "")
        if code is None or way not in set(Way):
            raise HTTPException(400)
        asked = await self.line.ask(city, code)
        open_ = asked.said.get("terbuka")
        if asked.status != 200 or not isinstance(open_, int) or open_ <= 0:
            return await self._bill(request, code, [])
        payments = [self._payment(city, code, amount) for amount in _amounts(Way(way), open_)]
        if way == Way.LATE:
            self.late.update({one.reference: one for one in payments})
            return RedirectResponse(f"/{city}/?kode={code}", 303)
        told = [(one, await self.line.tell(one)) for one in payments]
        if way == Way.TOLD_TWICE:
            told.append((payments[0], await self.line.tell(payments[0])))
        return await self._bill(request, code, told)

    async def tell_now(self, request: Request) -> Response:
        """Tell what was to be told later, whatever has become of the bill."""
        reference = dict(await sent_form(request)).get("referensi", "")
        paid = self.late.get(reference)
        if paid is None or paid.city != request.path_params["city"]:
            raise HTTPException(404)
        answer = await self.line.tell(paid)
        if answer.status < 500:
            del self.late[reference]
        return await self._bill(request, paid.code, [(paid, answer)])

    def _payment(self, city: str, code: str, amount: int) -> Payment:
        return Payment(city, code, f"SIM-{secrets.token_hex(8).upper()}", amount, self.line.clock())

    async def _bill(self, request: Request, typed: str, told: Sequence[tuple[Payment, Answer]]) -> Response:
        city, code = request.path_params["city"], read_code(typed)
        asked = Answer(0 if not typed else 422, {}) if code is None else await self.line.ask(city, code)
        context = {
            "city": city,
            "code": code or typed,
            "bill": asked.said if asked.status == 200 else None,
            "status": asked.status,
            "told": [(one.reference, one.amount, answer.status, answer.said) for one, answer in told],
            "late": [one for one in self.late.values() if (one.city, one.code) == (city, code)],
        }
        return self._page(request, context)

    def _page(self, request: Request, context: Mapping[str, object]) -> Response:
        voice = self._voices[language(request)]
        shared = {
            "title": voice.say(TITLE),
            "css": self.files.link("site.css"),
            "icon": self.files.link("icon.svg"),
            "ways": [(way.value, voice.say(words)) for way, words in WAYS.items()],
        }
        return HtmlPage(voice.page("bank.html", {**shared, **context}).encode(), 200, True)


def bank(settings: Settings | None = None) -> ASGIApp:
    """Return the bank; its settings come from the environment unless they are given."""
    given = settings or from_environment(os.environ)
    pages = Bank(given)
    app = Starlette(
        routes=[
            Route("/", pages.nobody),
            Route("/static/{digest}/{name}", pages.files.serve),
            Route("/{city}/", pages.look),
            Route("/{city}/bayar", pages.pay, methods=["POST"]),
            Route("/{city}/kabari", pages.tell_now, methods=["POST"]),
        ]
    )

    def refused(scope: Scope, status: int) -> ASGIApp:  # noqa: ARG001 - the guard's signature
        return PlainTextResponse(f"{status}\n", status)

    return Guard(app, given.bank or "http://127.0.0.1", refused)


def _amounts(way: Way, open_: int) -> list[int]:
    match way:
        case Way.EXACT | Way.LATE | Way.TOLD_TWICE:
            return [open_]
        case Way.SHORT:
            return [open_ - min(LESS, open_ // 2)]
        case Way.OVER:
            return [open_ + MORE]
        case Way.TWICE:
            return [open_, open_]
        case _:
            assert_never(way)


def main() -> None:
    """Serve the bank until it is asked to end."""
    parser = argparse.ArgumentParser(description="A simulated bank for demonstrations of satupintu.")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8001)
    given = parser.parse_args()
    uvicorn.run(bank(), host=given.host, port=given.port, log_level="warning", server_header=False)


if __name__ == "__main__":
    main()
