"""The register: what is prepared, issued, revoked or given up, each step once, in the transaction of the caller.

A product is *prepared* before it is signed: number, id and statement are in the letter, so that they must be there
first. Preparing again gives the same row; a signature that fails, a crash or a retry takes no second number. What ends
unsigned is given up and keeps its number, so that no number of a year is missing.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Connection, Row, insert, select, update

from rules.case_event import NumberedProduct
from rules.letter import SignedBy
from rules.masked_name import masked_name
from rules.product_number import product_number, product_series
from runtime.clock import as_text
from runtime.product.numbers import next_number
from runtime.product.statement import Statement, short_title, statement_text
from runtime.product.statement_key import StatementKeys
from runtime.product.tables import issued

WHOLE = 0  # in place of an item: one for the whole application


class State(StrEnum):
    """Where a row of the register stands."""

    PREPARED = "disiapkan"
    VALID = "berlaku"
    REVOKED = "dicabut"
    REPLACED = "digantikan"
    ENDED = "berakhir"
    GIVEN_UP = "batal"


OUT = frozenset({State.VALID, State.REVOKED, State.REPLACED, State.ENDED})  # of what was ever issued


class RegisterError(RuntimeError):
    """A step that does not follow from where the row stands."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be issued. `pattern` is the product's (`Product.number`), None where the number of the application
    does; `valid_until` a day, None for what has no end; `valid_words` how long it is valid, as printed."""

    nomor: str
    permit: str
    product: str
    title: str
    holder: str
    pattern: str | None
    dated: date
    valid_until: date | None
    valid_words: str
    item: int = WHOLE


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the register. `holder` is masked; `statement` is as printed, `proof` has the digest of the file."""

    daerah: str
    id: str
    nomor: str
    product: str
    item: int
    permit: str
    title: str
    number: str
    year: int
    sequence: int
    holder: str
    dated: str
    valid_until: str | None
    valid_words: str
    state: State
    prepared_at: str
    issued_at: str | None
    revoked_at: str | None
    revoked_why: str | None
    signed_by: str | None
    pdf_sha256: str | None
    statement: str
    proof: str | None
    successor: str | None = None

    @property
    def numbered(self) -> NumberedProduct:
        """Return it as the events of its case name it, items from 0."""
        item = None if self.item == WHOLE else self.item - 1
        return NumberedProduct(self.product, self.id, self.number, self.year, self.sequence, item)

    def expired(self, today: date) -> bool:
        """Tell whether its last day is over; it is valid through that day."""
        return self.valid_until is not None and self.valid_until < today.isoformat()


_NAMES = tuple(field.name for field in fields(Entry))
_COLUMNS = [issued.c[name] for name in _NAMES]


def prepare(
    connection: Connection,
    daerah: str,
    wanted: Wanted,
    keys: StatementKeys,
    at: datetime,
    since: datetime | None = None,
) -> Entry:
    """Enter what is to be issued, with its number and its id; what is entered already is returned as it is.

    What was entered before `since`, and is not issued, is said anew with its number and its id kept: the file may have
    been repaired meanwhile.
    """
    known = find_product(connection, daerah, wanted.nomor, wanted.product, wanted.item)
    if known is not None:
        old = known.state is State.PREPARED and since is not None and known.prepared_at < as_text(since)
        return _said_anew(connection, known, wanted, keys, at) if old else known
    sequence = next_number(connection, daerah, wanted.permit, wanted.product, wanted.dated.year)
    number = wanted.nomor if wanted.pattern is None else product_number(wanted.pattern, sequence, wanted.dated)
    entry = Entry(
        daerah=daerah,
        id=secrets.token_urlsafe(16),
        nomor=wanted.nomor,
        product=wanted.product,
        item=wanted.item,
        permit=wanted.permit,
        title=wanted.title,
        number=number,
        year=wanted.dated.year,
        sequence=sequence,
        holder=masked_name(wanted.holder),
        dated=wanted.dated.isoformat(),
        valid_until=None if wanted.valid_until is None else wanted.valid_until.isoformat(),
        valid_words=wanted.valid_words,
        state=State.PREPARED,
        prepared_at=as_text(at),
        issued_at=None,
        revoked_at=None,
        revoked_why=None,
        signed_by=None,
        pdf_sha256=None,
        statement="",
        proof=None,
    )
    values = {
        **asdict(entry),
        "state": State.PREPARED.value,
        "series": product_series(wanted.permit, wanted.product),
        "statement": statement_text(statement_of(entry), keys),
    }
    connection.execute(insert(issued).values(**values))
    return _there(connection, daerah, entry.id)


def issue(
    connection: Connection,
    daerah: str,
    id_: str,
    pdf_sha256: str,
    signed_by: SignedBy,
    keys: StatementKeys,
    at: datetime,
) -> Entry:
    """Record a prepared product as issued, with the digest of its finished file; the same again changes nothing."""
    entry = _there(connection, daerah, id_)
    if entry.state is State.VALID and entry.pdf_sha256 == pdf_sha256:
        return entry
    proof = statement_text(statement_of(entry, pdf_sha256), keys)
    values = {"issued_at": as_text(at), "pdf_sha256": pdf_sha256, "signed_by": signed_by.value, "proof": proof}
    return _step(connection, entry, State.PREPARED, State.VALID, values)


def give_up(connection: Connection, daerah: str, id_: str) -> Entry:
    """Close a prepared product that will not be signed; its number stays taken."""
    return _step(connection, _there(connection, daerah, id_), State.PREPARED, State.GIVEN_UP, {})


def revoke(connection: Connection, daerah: str, id_: str, why: str, at: datetime) -> Entry:
    """Record that what was issued is valid no more, and why, in words anybody may read."""
    values = {"revoked_at": as_text(at), "revoked_why": why}
    return _step(connection, _there(connection, daerah, id_), State.VALID, State.REVOKED, values)


def replaced(connection: Connection, daerah: str, id_: str, successor: str, at: datetime) -> Entry:
    """Record that what was issued has given place to another product, by its id."""
    values = {"revoked_at": as_text(at), "successor": successor}
    return _step(connection, _there(connection, daerah, id_), State.VALID, State.REPLACED, values)


def ended(connection: Connection, daerah: str, id_: str, why: str, at: datetime) -> Entry:
    """Record that what was provisional ended with its case, which came to `why`."""
    values = {"revoked_at": as_text(at), "revoked_why": why}
    return _step(connection, _there(connection, daerah, id_), State.VALID, State.ENDED, values)


def find(connection: Connection, daerah: str, id_: str) -> Entry | None:
    """Return the row of an id."""
    row = connection.execute(select(*_COLUMNS).where(issued.c.daerah == daerah, issued.c.id == id_)).one_or_none()
    return None if row is None else _entry(row)


def find_product(connection: Connection, daerah: str, nomor: str, product: str, item: int = WHOLE) -> Entry | None:
    """Return the row of a product of an application."""
    return next((one for one in of_case(connection, daerah, nomor) if (one.product, one.item) == (product, item)), None)


def of_case(connection: Connection, daerah: str, nomor: str) -> tuple[Entry, ...]:
    """Return every row of an application, by product and item."""
    rows = connection.execute(
        select(*_COLUMNS)
        .where(issued.c.daerah == daerah, issued.c.nomor == nomor)
        .order_by(issued.c.product, issued.c.item)
    )
    return tuple(_entry(row) for row in rows)


def every(connection: Connection, daerah: str) -> Iterator[Entry]:
    """Yield every row of a city."""
    for row in connection.execute(select(*_COLUMNS).where(issued.c.daerah == daerah).order_by(issued.c.id)):
        yield _entry(row)


def statement_of(entry: Entry, sha256: str = "") -> Statement:
    """Return what the office states about a product."""
    return Statement(
        city=entry.daerah,
        id=entry.id,
        number=entry.number,
        title=short_title(entry.title),
        holder=entry.holder,
        dated=entry.dated,
        until=entry.valid_until or "",
        sha256=sha256,
    )


def _said_anew(connection: Connection, known: Entry, wanted: Wanted, keys: StatementKeys, at: datetime) -> Entry:
    said = replace(
        known,
        title=wanted.title,
        holder=masked_name(wanted.holder),
        dated=wanted.dated.isoformat(),
        valid_until=None if wanted.valid_until is None else wanted.valid_until.isoformat(),
        valid_words=wanted.valid_words,
        prepared_at=as_text(at),
    )
    values = {
        "title": said.title,
        "holder": said.holder,
        "dated": said.dated,
        "valid_until": said.valid_until,
        "valid_words": said.valid_words,
        "prepared_at": said.prepared_at,
        "statement": statement_text(statement_of(said), keys),
    }
    return _step(connection, known, State.PREPARED, State.PREPARED, values)


def _step(connection: Connection, entry: Entry, old: State, new: State, values: Mapping[str, str | None]) -> Entry:
    """Move a row on from where it must stand; RegisterError where it stands elsewhere."""
    where = (issued.c.daerah == entry.daerah) & (issued.c.id == entry.id) & (issued.c.state == old.value)
    moved = connection.execute(update(issued).where(where).values(state=new.value, **values))
    if moved.rowcount != 1:
        raise RegisterError(f"{entry.number} is {entry.state}, not {old}")
    return _there(connection, entry.daerah, entry.id)


def _there(connection: Connection, daerah: str, id_: str) -> Entry:
    entry = find(connection, daerah, id_)
    if entry is None:
        raise RegisterError("there is no such product")
    return entry


def _entry(row: Row[tuple[object, ...]]) -> Entry:
    return Entry(
        daerah=row.daerah,
        id=row.id,
        nomor=row.nomor,
        product=row.product,
        item=row.item,
        permit=row.permit,
        title=row.title,
        number=row.number,
        year=row.year,
        sequence=row.sequence,
        holder=row.holder,
        dated=row.dated,
        valid_until=row.valid_until,
        valid_words=row.valid_words,
        state=State(row.state),
        prepared_at=row.prepared_at,
        issued_at=row.issued_at,
        revoked_at=row.revoked_at,
        revoked_why=row.revoked_why,
        signed_by=row.signed_by,
        pdf_sha256=row.pdf_sha256,
        statement=row.statement,
        proof=row.proof,
        successor=row.successor,
    )
