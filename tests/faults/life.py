"""A whole life of one shop, from its filing to its signed letter: each step under a key of its own, so that whoever
was not answered asks again, and is told what would have been told."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from rules.case_event import Actor
from rules.codec import written
from rules.command import Approve, AskSignature, Command
from runtime.cases.attempt import SIGNATURE
from runtime.cases.case_change import Kept, Once, Said
from runtime.cases.crash_point import end_at
from runtime.clock import fixed
from runtime.money.bill_record import standing
from runtime.money.payments import BankCall, Receipt
from tests.faults.race_office import RaceOffice, race_office
from tests.faults.racer import CATALOG
from tests.kupang_office import CITY, FILED, HEAD, TESTED

KEY = "hidup"
DESKS = (
    ("verifikasi", 0, Actor("loket", "front_office", "dpmptsp")),
    ("teknis", 0, Actor("pupr", "tim_teknis", "pupr")),
    ("teknis", 1, Actor("dlhk", "tim_teknis", "dlhk")),
    ("teknis", 2, Actor("dishub", "tim_teknis", "dishub")),
    ("penetapan", 0, Actor("pupr", "tim_teknis", "pupr")),
)
STEPS = 9
BETWEEN = timedelta(minutes=10)  # two lives of one process: what was claimed is due again by then


@dataclass(frozen=True, slots=True)
class Life:
    """A life in an office."""

    office: RaceOffice

    async def steps(self) -> AsyncIterator[tuple[str, str]]:
        """Take every step, and yield its name and its answer once it is told."""
        nomor = (await self.office.file(0, KEY)).nomor
        yield "file", nomor
        for stage, place, by in DESKS:
            answers = TESTED if (stage, place) == ("teknis", 0) else {}
            command = Approve(stage, place, 0, tuple(answers))
            yield f"approve {stage} {place}", await self._done(nomor, command, by, Said(answers=answers))
        yield "pay", await self._paid(nomor)
        yield "ask", await self._asked(nomor)
        await self.office.store.outbox.dispatch(CITY, {SIGNATURE: self.office.signing.deliver})
        state = self.office.state(nomor)
        assert state.status == "terbit", state.position
        yield "signed", f"{state.files[0].sha256} {state.seq}"

    async def _done(self, nomor: str, command: Command, by: Actor, said: Said) -> str:
        once = Once(f"{nomor} {written(Command, command)}", "0" * 64)
        kept = await self.office.casework.act(CITY, nomor, command, by, said, only_once=once)
        assert isinstance(kept, Kept), kept
        return str(kept.seq)

    async def _paid(self, nomor: str) -> str:
        bill = self.office.store.database.read(lambda connection: standing(connection, CITY, nomor))
        assert bill is not None
        receipt = await self.office.payments.take(CITY, BankCall("QR-1", bill.code, bill.due, FILED))
        assert isinstance(receipt, Receipt), receipt
        return f"{receipt.seq} {receipt.amount} {receipt.outcome}"

    async def _asked(self, nomor: str) -> str:
        command = AskSignature("penerbitan", 0)
        kept = await self.office.signing.asked(CITY, nomor, command, HEAD, Once(f"{nomor} ttd", "0" * 64))
        assert isinstance(kept, Kept), kept
        return str(kept.seq)


def live(folder: Path, releases: Path, url: str | None, turn: int, point: str) -> None:
    """Live once, for the `turn`th time in this folder, and end at a point as by a power cut. What is told goes into
    `told`, a line for each step, before the next is taken."""
    told = os.open(folder / "told", os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    async def go(office: RaceOffice) -> None:
        end_at(point)
        async for step, answer in Life(office).steps():
            os.write(told, json.dumps([step, answer]).encode() + b"\n")

    with race_office(folder / "data", releases, CATALOG, fixed(FILED + turn * BETWEEN), url) as office:
        asyncio.run(go(office))


def told_in(folder: Path) -> list[tuple[str, str]]:
    """Return every answer that was told, in whatever life."""
    return [tuple(json.loads(line)) for line in (folder / "told").read_text().splitlines()]
