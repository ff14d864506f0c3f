"""Requests: what was answered once is answered so again, and every acknowledged application is there once (I1, I15)."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from sqlalchemy import Connection, func, select

from runtime.audit.audited import Audited
from runtime.audit.breach import Breach
from runtime.cases.idempotency import once
from runtime.cases.journal_tables import request
from runtime.cases.person_keys import ForgottenError
from runtime.cases.submission import KeyReusedError
from runtime.cases.tables import submission
from runtime.vault import SealBrokenError

SAMPLE = 100


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """What a client was told: the city, the key it asked with, and the number it was given."""

    city: str
    key: str
    nomor: str


def acknowledged(lines: Iterable[str]) -> Iterator[Acknowledged]:
    """Read a client's own book: a JSON object in each line, with `daerah`, `kunci` and `nomor`."""
    for line in lines:
        if line.strip():
            told = json.loads(line)
            yield Acknowledged(str(told["daerah"]), str(told["kunci"]), str(told["nomor"]))


def of_book(audited: Audited, book: Iterable[Acknowledged]) -> Iterator[Breach]:
    """Look for every application that a client was told of."""
    for told in book:
        query = select(submission.c.nomor).where(
            submission.c.daerah == told.city, submission.c.idempotency_key == told.key
        )
        found = [str(nomor) for (nomor,) in audited.rows(query)]
        if found != [told.nomor]:
            yield Breach("I1", told.city, told.nomor, f"acknowledged, and kept as {found or 'nothing'}")


def of_city(audited: Audited, daerah: str) -> Iterator[Breach]:
    """Ask a hundred old requests again, and look for keys and numbers that are there twice."""
    for column, name in ((submission.c.idempotency_key, "key"), (submission.c.nomor, "number")):
        twice = select(column).where(submission.c.daerah == daerah).group_by(column).having(func.count() > 1)
        for (value,) in audited.rows(twice):
            yield Breach("I1", daerah, str(value), f"this {name} is there more than once")
    known = select(request.c.actor, request.c.key, request.c.request_hash, request.c.answer)
    rows = audited.rows(known.where(request.c.daerah == daerah))
    for actor, key, asked, answer in random.Random(daerah).sample(rows, min(SAMPLE, len(rows))):
        try:
            again = audited.store.database.read(partial(_once, daerah, str(actor), str(key), str(asked)))
        except KeyReusedError:
            again = None
        if again != answer:
            yield Breach("I15", daerah, str(key), "the same request is not answered as it was")
    yield from _filed_again(audited, daerah)


def _once(daerah: str, actor: str, key: str, asked: str, connection: Connection) -> str | None:
    return once(connection, daerah, actor, key, asked)


def _filed_again(audited: Audited, daerah: str) -> Iterator[Breach]:
    query = select(submission.c.idempotency_key, submission.c.nomor).where(submission.c.daerah == daerah)
    rows = audited.rows(query)
    for key, nomor in random.Random(daerah).sample(rows, min(SAMPLE, len(rows))):
        try:
            filed = audited.store.submissions.earlier(daerah, str(key), None)
        except ForgottenError:
            continue  # nobody can read it any more, as it was meant
        except SealBrokenError:
            yield Breach("I15", daerah, str(nomor), "what was filed is not what was sealed under this number")
            continue
        if filed is None or filed.nomor != nomor:
            yield Breach("I15", daerah, str(nomor), "filing it once more would not give the same number")
