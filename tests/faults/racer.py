"""One who races others for cases: looks at one that the others look at too, does something with it, and notes what came
of it."""

from __future__ import annotations

import asyncio
import hashlib
import mmap
import random
import struct
from collections.abc import Awaitable, Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from multiprocessing.synchronize import Barrier
from pathlib import Path

from rules.case_event import APPLICANT, SYSTEM, SignedFile
from rules.codec import written
from rules.command import AskSignature, Command, CompleteSignature, PaidAlready, Pay, Refusal, Resubmit
from runtime.cases.attempt import SIGNATURE
from runtime.cases.case_change import Kept, Once, Said
from runtime.cases.case_entry import ChangedError
from runtime.cases.outbox import Delivery
from runtime.cases.store_fault import StoreUnavailableError, StoreUncertainError
from runtime.money.bill_record import standing
from runtime.money.payments import BankCall, Receipt
from tests.faults.race_log import (
    Again,
    Changed,
    Filed,
    Got,
    Looked,
    Nothing,
    RaceLog,
    Recorded,
    Refused,
    Tried,
    Untold,
    Won,
)
from tests.faults.race_move import Move, move_for
from tests.faults.race_office import RaceOffice, race_clock, race_office
from tests.kupang_office import CITY, FILED, kupang_catalog

CATALOG = kupang_catalog()  # read once, before the processes are forked that race
PATIENCE = 600.0

OVER = frozenset({"terbit", "dicabut", "ditolak", "dibatalkan"})
NAMES = "abcdefgh"


class Front:
    """The newest case of a race, in a file that all racers see: whoever is behind goes where the first is."""

    def __init__(self, path: Path) -> None:
        """Open the file."""
        path.open("ab").close()
        with path.open("r+b") as file:
            file.truncate(8 * len(NAMES))
            self._seen = mmap.mmap(file.fileno(), 8 * len(NAMES))

    def newest(self, name: str, number: int = 0) -> int:
        """Note how far this one is, and return how far anybody is."""
        at = 8 * NAMES.index(name)
        (known,) = struct.unpack_from("q", self._seen, at)
        struct.pack_into("q", self._seen, at, max(number, known))
        numbers: tuple[int, ...] = struct.unpack_from(f"{len(NAMES)}q", self._seen)
        return max(numbers)


@dataclass
class Racer:
    """One racer, with its log."""

    office: RaceOffice
    name: str
    log: RaceLog
    front: Front
    moves: int = 0
    cases: dict[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.chance = random.Random(f"{self.name} {self.log.count}")

    async def run(self, count: int) -> None:
        """Make so many moves; cases are filed as they are come to."""
        while self.moves < count:
            number = max(0, self.front.newest(self.name) - self.chance.choice((0,) * 8 + (1, 1, 2)))
            nomor = self.cases.get(number)
            if nomor is None:
                await self._file(number)
            elif await self._go_on(nomor) in OVER:
                self.front.newest(self.name, number + 1)

    async def _file(self, number: int) -> None:
        key = f"balapan-{number}"

        async def filed() -> Got:
            answer = await self.office.file(number, key)
            self.cases[number] = answer.nomor
            return Filed(answer.nomor, answer.again)

        await self._done(self.log.begin("file", "", APPLICANT, key), filed)

    async def _go_on(self, nomor: str) -> str:
        """Look at a case and do something; return the status that was seen."""
        looking = self.log.begin("look", nomor, APPLICANT)
        try:
            state = self.office.state(nomor)
        except StoreUnavailableError:
            self.log.end(looking, Nothing())
            return ""
        self.log.end(looking, Looked(state.seq))
        permit = self.office.releases.of(state.release).cities[CITY].version(state.permit, state.version)
        assert permit is not None
        move = move_for(permit.permit, state, nomor, self.chance)
        match move.verb:
            case "bank":
                await self._pay(nomor, move)
            case "send":
                await self._send()
            case "sign by hand":
                await self._sign(nomor, move)
            case _:
                assert move.command is not None
                await self._act(nomor, move, move.command, state.seq)
        return state.status

    async def _act(self, nomor: str, move: Move, command: Command, seen: int) -> None:
        """Do it; one in five comes to the same key as whoever else did the same at the same version: a double tap."""
        asked = hashlib.sha256(written(Command, command).encode() + repr(move.answers).encode()).hexdigest()
        own = f"{self.name}-{self.log.count}" if self.chance.random() < 0.8 else f"{asked[:16]}-{seen}"
        once = Once(f"{nomor} {own}", asked)

        async def acted() -> Got:
            answers = move.answers
            if isinstance(command, Resubmit):
                case = self.office.casework.open(CITY, nomor)
                assert case is not None
                answers = {**case.answers, **answers}
            if isinstance(command, AskSignature):
                return _got(await self.office.signing.asked(CITY, nomor, command, move.by, once))
            said = Said(answers=answers)
            return _got(await self.office.casework.act(CITY, nomor, command, move.by, said, only_once=once))

        await self._done(self.log.begin(move.verb, nomor, move.by, once.key, command), acted)

    async def _sign(self, nomor: str, move: Move) -> None:
        """Record the signatures that were made on paper."""
        case = self.office.casework.open(CITY, nomor)
        assert case is not None
        scans = tuple(SignedFile(one.code, hashlib.sha256(one.id.encode()).hexdigest(), one.item)
                      for one in case.state.products)  # fmt: skip
        once = Once(f"{nomor} {self.name}-{self.log.count}", "0" * 64)

        async def signed() -> Got:
            return _got(await self.office.signing.signed_by_hand(case, scans, move.by, once))

        command = CompleteSignature(move.by.person, scans, wet=True)
        await self._done(self.log.begin(move.verb, nomor, move.by, once.key, command), signed)

    async def _pay(self, nomor: str, move: Move) -> None:
        bill = self.office.store.database.read(lambda connection: standing(connection, CITY, nomor))
        assert bill is not None
        call = BankCall(move.reference, bill.code, move.amount, FILED)

        async def paid() -> Got:
            receipt = await self.office.payments.take(CITY, call)
            return Recorded(receipt.seq) if isinstance(receipt, Receipt) else Refused(PaidAlready())

        command = Pay(move.reference, move.amount, FILED)
        await self._done(self.log.begin(move.verb, nomor, SYSTEM, f"bayar:{move.reference}", command), paid)

    async def _send(self) -> None:
        """Print and sign what waits, as whoever sends what is to be sent."""

        async def deliver(delivery: Delivery) -> None:
            async def delivered() -> Got:
                await self.office.signing.deliver(delivery)
                return Untold()

            await self._done(self.log.begin("send", delivery.key.nomor, SYSTEM), delivered)

        await self.office.store.outbox.dispatch(CITY, {SIGNATURE: deliver})

    async def _done(self, tried: Tried, doing: Callable[[], Awaitable[Got]]) -> None:
        self.moves += 1
        try:
            got = await doing()
        except ChangedError as slow:
            got = Changed(slow.found)
        except StoreUncertainError:
            got = Untold()
        except StoreUnavailableError:
            got = Nothing()
        self.log.end(tried, got)


def _got(answer: Kept | Refusal) -> Got:
    if not isinstance(answer, Kept):
        return Refused(answer)
    if answer.again:
        return Again(answer.seq)
    assert answer.state is not None
    return Won(answer.state.seq - len(answer.events), answer.seq)


@dataclass(frozen=True, slots=True)
class Course:
    """Where a race is run: folders of data, releases and logs, the database, and when it began."""

    data: Path
    releases: Path
    logs: Path
    url: str | None
    began: int

    def office(self) -> AbstractContextManager[RaceOffice]:
        """Open the office."""
        return race_office(self.data, self.releases, CATALOG, race_clock(self.began), self.url)


def race(course: Course, name: str, count: int, together: Barrier | None = None) -> None:
    """Make so many moves in a process of its own, as soon as all are ready."""
    with course.office() as office, RaceLog(course.logs / f"{name}.log", name) as log:
        if together is not None:
            together.wait(PATIENCE)
        asyncio.run(Racer(office, name, log, Front(course.logs / "front")).run(count))
