"""The second factor: pairing an authenticator, its codes, and the ten codes on paper for when it is lost.

Every code is taken once: a time step by compare-and-set on the account, a code on paper by its removal. A code that was
right gives the session a new id and the moment of its proof.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, delete, insert, select, update

from runtime.cases.attempts import Allowance, Attempts
from runtime.cases.codes import ALPHABET, SHORT, grouped, hash_code, read_code, slow_match
from runtime.cases.database import Database
from runtime.clock import Clock
from runtime.people import one_time_code
from runtime.people.hashing import HashingQueue
from runtime.people.people_event import REFUSED, PeopleEvents, note
from runtime.people.sealing import Seal
from runtime.people.sign_in import Entered
from runtime.people.staff_sessions import StaffSession, Step, following, hashed_id, open_session
from runtime.people.tables import account, recovery_code, staff_session
from runtime.settings import Limits

ON_PAPER = 10


@dataclass(frozen=True, slots=True)
class Paired:
    """An authenticator was paired: the session goes on, and these codes are shown once."""

    entered: Entered
    on_paper: tuple[str, ...]


class SecondFactor:
    """What proves, after the password, that it is the person."""

    def __init__(
        self, database: Database, attempts: Attempts, clock: Clock, hashing: HashingQueue, seal: Seal, limits: Limits
    ) -> None:
        """Prove over this database."""
        self._database = database
        self._attempts = attempts
        self._events = PeopleEvents(database, clock)
        self._clock = clock
        self._hashing = hashing
        self._seal = seal
        self._limits = limits

    async def prove(self, session: StaffSession, typed: str) -> Entered | None:
        """Take a code of the authenticator or one on paper: at the login, or anew for an act that asks for it."""
        if session.step not in (Step.CODE, Step.IN):
            return None
        await self._attempts.count(session.daerah, self._tries(session))
        written = read_code(typed)
        on_paper = len(written) == SHORT and not written.isdigit()
        entered = await (self._by_paper(session, written) if on_paper else self._by_code(session, typed))
        if entered is None:
            await self._events.note(session.daerah, session.nip, REFUSED, session.nip, "kode")
        else:
            await self._attempts.forgive(session.daerah, self._tries(session))
        return entered

    async def pairing_secret(self, session: StaffSession) -> str:
        """Return the secret that is being paired in this session, the same until it is done."""
        here = (staff_session.c.daerah == session.daerah) & (staff_session.c.id_hash == hashed_id(session.token))
        fresh = self._seal.close(one_time_code.new_secret(), session.daerah, session.nip)

        def work(connection: Connection) -> bytes:
            connection.execute(
                update(staff_session).where(here, staff_session.c.pairing.is_(None)).values(pairing=fresh)
            )
            return bytes(connection.execute(select(staff_session.c.pairing).where(here)).scalar_one())

        opened = self._seal.open(await self._database.write(work), session.daerah, session.nip)
        assert opened is not None
        return opened

    async def pair(self, session: StaffSession, typed: str) -> Paired | None:
        """Pair the authenticator that shows this code and make new codes on paper; None where the code is wrong."""
        if session.step not in (Step.PAIRING, Step.IN):
            return None
        await self._attempts.count(session.daerah, self._tries(session))
        secret = await self.pairing_secret(session)
        now = self._clock()
        step = one_time_code.matched_step(secret, typed, now, 0)
        if step is None:
            return None
        await self._attempts.forgive(session.daerah, self._tries(session))
        codes, hashes = await self._hashing.run(_on_paper)
        sealed = self._seal.close(secret, session.daerah, session.nip)
        paired = update(account).where(_is(session)).values(totp=sealed, totp_step=step)

        def work(connection: Connection) -> str | None:
            token = open_session(connection, now, following(session, Step.IN, now))
            if token is not None:
                connection.execute(paired)
                _keep(connection, session, hashes)
                note(connection, now, session.daerah, session.nip, "dipasang", session.nip)
            return token

        token = await self._database.write(work)
        return None if token is None else Paired(Entered(token, Step.IN), codes)

    async def new_paper(self, session: StaffSession) -> tuple[str, ...]:
        """Replace the codes on paper and return the new ones."""
        codes, hashes = await self._hashing.run(_on_paper)
        now = self._clock()

        def work(connection: Connection) -> None:
            _keep(connection, session, hashes)
            note(connection, now, session.daerah, session.nip, "kode_kertas", session.nip)

        await self._database.write(work)
        return codes

    def left_on_paper(self, session: StaffSession) -> int:
        """Tell how many codes on paper are left."""
        wanted = select(recovery_code.c.place).where(_of(session))
        return len(self._database.read(lambda connection: connection.execute(wanted).all()))

    def shown(self, session: StaffSession) -> str:
        """Return a code that will be taken now: for the pages of a demonstration, of its own people only."""
        paired = self._paired(session) if session.demo else None
        return "" if paired is None else one_time_code.next_code(paired[0], self._clock(), paired[2])

    async def _by_code(self, session: StaffSession, typed: str) -> Entered | None:
        if (paired := self._paired(session)) is None:
            return None
        secret, sealed, used = paired
        now = self._clock()
        step = one_time_code.matched_step(secret, typed, now, used)
        if step is None:
            return None
        unused = (account.c.totp == sealed) & (account.c.totp_step < step)

        def work(connection: Connection) -> str | None:
            if connection.execute(update(account).where(_is(session), unused).values(totp_step=step)).rowcount != 1:
                return None
            note(connection, now, session.daerah, session.nip, "masuk" if session.step is Step.CODE else "bukti", "")
            return open_session(connection, now, following(session, Step.IN, now))

        token = await self._database.write(work)
        return None if token is None else Entered(token, Step.IN)

    async def _by_paper(self, session: StaffSession, written: str) -> Entered | None:
        place = ALPHABET.find(written[0])
        one = _of(session) & (recovery_code.c.place == place)
        stored = self._database.read(
            lambda connection: connection.execute(select(recovery_code.c.hash).where(one)).scalar()
        )
        if not await self._hashing.run(slow_match, written, stored):
            return None
        now = self._clock()

        def work(connection: Connection) -> str | None:
            if connection.execute(delete(recovery_code).where(one, recovery_code.c.hash == stored)).rowcount != 1:
                return None
            note(connection, now, session.daerah, session.nip, "kode_kertas_dipakai", session.nip)
            return open_session(connection, now, following(session, Step.IN, now))

        token = await self._database.write(work)
        return None if token is None else Entered(token, Step.IN)

    def _paired(self, session: StaffSession) -> tuple[str, bytes, int] | None:
        """Return the secret, opened and sealed, and the last step that was used; None where there is no pairing."""
        wanted = select(account.c.totp, account.c.totp_step).where(_is(session))
        row = self._database.read(lambda connection: connection.execute(wanted).one())
        if row.totp is None or (secret := self._seal.open(bytes(row.totp), session.daerah, session.nip)) is None:
            return None
        return secret, bytes(row.totp), row.totp_step

    def _tries(self, session: StaffSession) -> Allowance:
        return Allowance("kode", session.nip, self._limits.codes_per_person, self._limits.codes_per_person_window)


def _on_paper() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return new codes as they are shown, and what is stored of each; its first sign tells a code's place."""
    codes = [ALPHABET[at] + "".join(secrets.choice(ALPHABET) for _ in range(SHORT - 1)) for at in range(ON_PAPER)]
    return tuple(grouped(code) for code in codes), tuple(hash_code(code) for code in codes)


def _keep(connection: Connection, session: StaffSession, hashes: tuple[str, ...]) -> None:
    connection.execute(delete(recovery_code).where(_of(session)))
    for place, hashed in enumerate(hashes):
        values = {"daerah": session.daerah, "nip": session.nip, "place": place, "hash": hashed}
        connection.execute(insert(recovery_code).values(values))


def _is(session: StaffSession) -> ColumnElement[bool]:
    return (account.c.daerah == session.daerah) & (account.c.nip == session.nip)


def _of(session: StaffSession) -> ColumnElement[bool]:
    return (recovery_code.c.daerah == session.daerah) & (recovery_code.c.nip == session.nip)
