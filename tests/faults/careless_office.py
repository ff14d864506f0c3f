"""Offices that are careless, each in one way: what a race, its checker and the audit must see."""

from __future__ import annotations

import asyncio
import random
from dataclasses import replace

import pytest
from pysqlite3 import dbapi2
from sqlalchemy import Connection, select

from rules import case_fold
from rules.case_event import SYSTEM, Actor, Paid
from rules.case_state import CaseState
from rules.city import City
from rules.command import Command, NotNow, Pay, Refusal
from rules.conclusion import Conclusions
from rules.decider import Decider
from rules.kind import Facts
from rules.settling import Settling
from rules.telling import Telling
from runtime.cases.attempt import Attempt
from runtime.cases.case_change import Change, Effect, Kept, Once, Prepare, Said
from runtime.cases.casework import Casework
from runtime.cases.store import Store
from runtime.cases.store_fault import StoreUnavailableError
from runtime.money import book
from runtime.money.money_tables import payment
from runtime.money.payments import BankCall, Payments, Receipt, ReferenceReused, UnknownBill
from runtime.product.register import RegisterError
from tests.faults.race_office import RaceOffice
from tests.kupang_office import CITY


class ReadsThenWrites(Casework):
    """Looks where a case stands, decides, and writes: whether it still stands there nobody looks."""

    def __init__(self, office: RaceOffice) -> None:
        """Work on the cases of an office."""
        find_city = lambda digest, city: office.releases.of(digest).cities.get(city)  # noqa: E731
        super().__init__(office.store, find_city, office.casework.effects)

    async def act(
        self,
        daerah: str,
        nomor: str,
        command: Command,
        by: Actor,
        said: Said | None = None,
        *,
        only_once: Once | None = None,
        prepare: Prepare | None = None,
        during: Effect | None = None,
        calendar: City | None = None,
    ) -> Kept | Refusal:
        """Do something with a case as it was a moment ago."""
        case = self.open(daerah, nomor)
        assert case is not None

        def work(connection: Connection) -> Kept | Refusal:
            stands = self.journal.stands(connection, case.key)
            assert stands is not None
            now = replace(case, seq=stands.seq)
            one = Attempt(self, now, command, by, said or Said(), only_once, prepare, during, calendar)
            return one.work(connection)

        await asyncio.sleep(0)  # others look meanwhile
        try:
            return await self._store.database.write(work)
        except (dbapi2.IntegrityError, RegisterError) as met:  # what a key of a table still holds off
            raise StoreUnavailableError(str(met)) from met


def reads_then_writes(office: RaceOffice) -> RaceOffice:
    """Let officers approve as security.md's third fact has it."""
    careless = ReadsThenWrites(office)
    return replace(office, casework=careless, signing=replace(office.signing, casework=careless))


class TakesTwice(Payments):
    """Takes whatever a bank tells, however often it is told."""

    def __init__(self, store: Store, casework: Casework) -> None:
        """Record them with these cases."""
        super().__init__(store, casework)
        self._cases = casework

    async def take(self, daerah: str, call: BankCall) -> Receipt | UnknownBill | ReferenceReused:
        """Record a payment; whether it is there already nobody looks."""
        named = self.bill(daerah, call.code)
        assert named is not None
        await self._cases.act(daerah, named.nomor, Pay(call.reference, call.amount, call.paid_at), SYSTEM)
        receipt = self.receipt(daerah, call.reference)
        assert receipt is not None
        return receipt


def takes_twice(office: RaceOffice, patch: pytest.MonkeyPatch) -> RaceOffice:
    """Let a payment be accepted twice, by lifecycle and all, where the book holds it once."""

    def pay(settling: Settling, command: Pay, story: Telling) -> Refusal | None:
        if story.state.account is None:
            return NotNow(story.state.status)
        story.add(Paid(command.reference, command.amount, command.paid_at))
        settling._go_on_when_settled(story)
        return None

    def enter(connection: Connection, change: Change) -> None:
        paid = [event.reference for event in change.events if isinstance(event, Paid)]
        known = select(payment.c.reference).where(payment.c.daerah == CITY, payment.c.reference.in_(paid))
        if not connection.execute(known).all():
            book.with_change(connection, change)

    def paid(state: CaseState, event: Paid, _: Actor) -> CaseState:
        assert state.account is not None
        account = replace(state.account, paid=state.account.paid + event.amount)
        return replace(state, accounts=(replace(account, references=(*account.references, event.reference)),))

    patch.setattr(Settling, "pay", pay)
    patch.setattr(case_fold, "_paid", paid)
    releases, others = office.releases, office.casework.effects[1:]
    casework = Casework(
        office.store, lambda digest, city: releases.of(digest).cities.get(city), (enter, *others)
    )  # fmt: skip
    return replace(office, payments=TakesTwice(office.store, casework))


def takes_nothing_for_a_route(patch: pytest.MonkeyPatch, seed: int = 1) -> None:
    """Let the engine give no answer now and then, and somebody take that for «nothing holds»."""
    honest, chance = Decider.concluded, random.Random(seed)

    def concluded(decider: Decider, facts: Facts) -> Conclusions:
        found = honest(decider, facts)
        return replace(found, held=frozenset()) if chance.random() < 0.2 else found

    patch.setattr(Decider, "concluded", concluded)
