"""Signing as it is: asked for in one transaction, made outside of any, late or refused, and recorded in another."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from rules.case_event import SYSTEM, Actor, NumberedProduct, SignatureAsked, SignedFile
from rules.case_state import AtStage
from rules.command import AskSignature, Command, CompleteSignature, FailSignature, Refusal
from rules.letter import Letter, SignedBy
from rules.permit import Product
from runtime.cases.case_change import Kept, Once
from runtime.cases.case_entry import ChangedError
from runtime.cases.casework import Casework
from runtime.cases.open_case import OpenCase
from runtime.cases.outbox import Delivery
from runtime.cases.store import Store
from runtime.clock import from_text
from runtime.documents import file_rows
from runtime.documents.upload import Made
from runtime.issuing.case_letter import (
    day_of,
    kind_of,
    letter_of,
    product_named,
    products_of,
    signatory_of,
    wanted,
)
from runtime.people.accounts import Accounts
from runtime.product import register
from runtime.product.issuing_office import IssuingOffice
from runtime.product.permit_pdf import template_for
from runtime.product.signature import SignatureFailed, SignatureLate, SignedPdf, ask
from runtime.release import CityRelease
from runtime.voice import Voice

REASON = "Penandatanganan oleh pejabat yang berwenang"


class NotYetSignedError(Exception):
    """The signing service has not answered yet: it is asked again later."""


@dataclass(frozen=True, slots=True)
class Signing:
    """What signing needs: cases, press and signing service, who people are, and where permits are checked."""

    store: Store
    casework: Casework
    office: IssuingOffice
    accounts: Accounts
    find_city: Callable[[str, str], CityRelease | None]
    voice: Voice
    public_url: str

    async def asked(self, daerah: str, nomor: str, command: AskSignature, by: Actor, once: Once) -> Kept | Refusal:
        """Ask for the signature of a case; its numbers are taken in the same transaction, once for all tries."""
        return await self.casework.act(daerah, nomor, command, by, only_once=once, prepare=self._numbered)

    def draft(self, case: OpenCase, stage: str, by: Actor, at: datetime) -> bytes:
        """Return the letter that is about to be signed, as a draft without number. Blocking."""
        product, _ = products_of(case, stage)[0]
        signatory = signatory_of(case.city, self._name(case, by.person), by.person)
        dated = day_of(case.city, at)
        letter = letter_of(case, product, None, signatory, self.voice, self.public_url, dated)
        return self.office.press.print(self._template(case, product.template, product.code), letter, at).pdf

    def paper(self, case: OpenCase, numbered: NumberedProduct, person: str) -> bytes:
        """Return a letter that has its number, to be printed and signed by hand. Blocking."""
        letter, product, at = self._letter(case, numbered, person, SignedBy.HAND)
        return self.office.press.print(self._template(case, product.template, product.code), letter, at).pdf

    async def deliver(self, delivery: Delivery) -> None:
        """Print and sign what was asked for, and record it: the handler of the outbox. Raises where it must be tried
        again, and goes on then with what was not signed yet; a case that waits for no signature is left alone."""
        key = delivery.key
        case = self.casework.open(key.daerah, key.nomor)
        if case is None or not isinstance(case.state.position, AtStage) or case.state.position.signing is None:
            return
        stage, person = case.state.position.stage, case.state.position.signing
        signed: list[SignedFile] = []
        made_before = self._made_before(case)
        for numbered in case.state.products:
            if (sha256 := made_before.get((numbered.code, numbered.item))) is not None:
                signed.append(SignedFile(numbered.code, sha256, numbered.item))
                continue
            answer = await asyncio.to_thread(self._signed, case, numbered, person)
            if isinstance(answer, SignatureLate):
                raise NotYetSignedError(key.nomor)
            if isinstance(answer, SignatureFailed):
                await self.casework.act(key.daerah, key.nomor, FailSignature(answer.fault.value, stage), SYSTEM)
                return
            made = Made(numbered.code, numbered.item, "pdf", answer.pdf)
            await self.store.shelf.keep_made(key.daerah, key.nomor, made)
            signed.append(SignedFile(numbered.code, answer.sha256, numbered.item))
        await self._complete(case, CompleteSignature(person, tuple(signed), stage=stage), SYSTEM)

    def _made_before(self, case: OpenCase) -> dict[tuple[str, int | None], str]:
        """Return the sha256 of the letters that earlier tries have signed since the signature was asked for."""
        key, now = case.key, self.store.clock()
        history = self.casework.history(key.daerah, key.nomor)
        since = max(one.at for one in history if isinstance(one.event, SignatureAsked))
        made = self.store.database.read(
            lambda connection: file_rows.made_since(connection, key.daerah, key.nomor, since, now)
        )
        return {(one.document, one.item): one.sha256 for one in made}

    async def signed_by_hand(
        self, case: OpenCase, scans: tuple[SignedFile, ...], by: Actor, once: Once | None = None
    ) -> Kept | Refusal:
        """Record that the letters were signed on paper, with the sha256 of the scans that were attached to the case."""
        position = case.state.position
        stage = position.stage if isinstance(position, AtStage) else None
        command = CompleteSignature(by.person, scans, wet=True, stage=stage)
        return await self._complete(case, command, by, once)

    async def _complete(
        self, case: OpenCase, command: CompleteSignature, by: Actor, once: Once | None = None
    ) -> Kept | Refusal:
        key, command = case.key, replace(command, valid_until=self._valid_until(case))
        return await self.casework.act(key.daerah, key.nomor, command, by, only_once=once)

    def _valid_until(self, case: OpenCase) -> str | None:
        """Return the last day that the letters name, however late they are signed."""
        key = case.key
        entries = self.store.database.read(lambda connection: register.of_case(connection, key.daerah, key.nomor))
        asked = {numbered.id for numbered in case.state.products}
        return next((entry.valid_until for entry in entries if entry.id in asked), None)

    def _numbered(self, connection: Connection, case: OpenCase, command: Command) -> Command:
        """Take the numbers of what is to be signed; the same as before where it was asked before."""
        assert isinstance(command, AskSignature)
        at, position = self.store.clock(), case.state.position
        since = position.since if isinstance(position, AtStage) else None
        day, keys = day_of(case.city, at), self.office.keys
        try:
            entries = [
                register.prepare(connection, case.key.daerah, wanted(case, product, item, day), keys, at, since)
                for product, item in products_of(case, command.stage)
            ]
        except register.RegisterError as met:  # another has moved a letter on since the case was read
            raise ChangedError(case.key, case.seq) from met
        return replace(command, products=tuple(entry.numbered for entry in entries))

    def _signed(
        self, case: OpenCase, numbered: NumberedProduct, person: str
    ) -> SignedPdf | SignatureLate | SignatureFailed:
        """Print one letter, the same bytes each time it is tried, and have it signed now. Blocking."""
        letter, product, at = self._letter(case, numbered, person, SignedBy.ELECTRONIC)
        signatory = signatory_of(case.city, self._name(case, person), person)
        printed = self.office.press.print(self._template(case, product.template, product.code), letter, at)
        return ask(self.office.signer(case.city), printed.pdf, signatory, REASON, self.store.clock())

    def _letter(
        self, case: OpenCase, numbered: NumberedProduct, person: str, by: SignedBy
    ) -> tuple[Letter, Product, datetime]:
        """Write a letter that has its number, with its product and the moment it was numbered."""
        entry = self.store.database.read(lambda connection: register.find(connection, case.key.daerah, numbered.id))
        assert entry is not None
        product, at = product_named(case, numbered.code), from_text(entry.prepared_at)
        signatory, dated = signatory_of(case.city, self._name(case, person), person), day_of(case.city, at)
        return letter_of(case, product, entry, signatory, self.voice, self.public_url, dated, by), product, at

    def _name(self, case: OpenCase, person: str) -> str:
        account = self.accounts.find(case.key.daerah, person)
        return person if account is None else account.name

    def _template(self, case: OpenCase, template: str | None, product: str) -> str:
        """Return the template of a product, as it was in the release of the case."""
        city = self.find_city(case.state.release, case.key.daerah)
        assert city is not None
        return template_for(city, kind_of(product_named(case, product)), template)
