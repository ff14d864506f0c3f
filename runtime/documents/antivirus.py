"""The virus scanner behind a socket: clamd, asked with INSTREAM. Where it does not answer, nothing is clean."""

from __future__ import annotations

import asyncio
import struct
from dataclasses import dataclass
from pathlib import Path

CHUNK = 64 * 1024
SECONDS = 30.0
LONGEST_ANSWER = 4096


@dataclass(frozen=True, slots=True)
class NothingFound:
    """The scanner looked at all of it and found nothing."""


@dataclass(frozen=True, slots=True)
class Infected:
    """The scanner knows it."""

    name: str


@dataclass(frozen=True, slots=True)
class NotScanned:
    """The scanner was not reached, gave up, or said something else."""

    reason: str


Verdict = NothingFound | Infected | NotScanned


@dataclass(frozen=True, slots=True)
class Clamd:
    """A clamd that listens on a socket of this machine (`/run/clamav/clamd.ctl`) or at `host:port`."""

    address: str
    seconds: float = SECONDS

    async def scan(self, content: bytes) -> Verdict:
        """Have a file looked at."""
        try:
            async with asyncio.timeout(self.seconds):
                answer = await self._ask(content)
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, TimeoutError) as problem:
            return NotScanned(type(problem).__name__)
        return _verdict(answer)

    async def _ask(self, content: bytes) -> str:
        if self.address.startswith("/"):
            reader, writer = await asyncio.open_unix_connection(Path(self.address), limit=LONGEST_ANSWER)
        else:
            host, _, port = self.address.rpartition(":")
            reader, writer = await asyncio.open_connection(host, int(port), limit=LONGEST_ANSWER)
        try:
            writer.write(b"zINSTREAM\0")
            for at in range(0, len(content), CHUNK):
                part = content[at : at + CHUNK]
                writer.write(struct.pack(">I", len(part)) + part)
                await writer.drain()
            writer.write(struct.pack(">I", 0))
            await writer.drain()
            return (await reader.readuntil(b"\0"))[:-1].decode("utf-8", "replace")
        finally:
            writer.close()


def _verdict(answer: str) -> Verdict:
    said = answer.removeprefix("stream: ")
    if said == "OK":
        return NothingFound()
    if said.endswith(" FOUND"):
        return Infected(said.removesuffix(" FOUND"))
    return NotScanned(said[:200])
