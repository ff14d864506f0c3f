"""What a race comes to: whether all that racers were told could have happened, and what is kept is what they did."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import inf
from typing import assert_never

from sqlalchemy import select

from rules.case_event import SYSTEM, Happened, SignatureFailed, Signed
from rules.case_fold import ImpossibleEventError, after
from rules.case_state import CaseState
from rules.command import Pay
from runtime.audit.requests import Acknowledged
from runtime.cases.casework import Casework
from runtime.cases.journal_tables import request
from runtime.cases.store import Store
from runtime.cases.tables import submission
from runtime.money.money_tables import payment
from tests.faults.history_checker import Operation, Step, disorder
from tests.faults.race_log import Again, Changed, Filed, Looked, Nothing, Recorded, Refused, Tried, Untold, Won
from tests.faults.told_truly import told_truly
from tests.kupang_office import CITY

Answers = Mapping[tuple[str, str], int]  # the version that a request came to, by who asked and its key


@dataclass(frozen=True, slots=True)
class Review:
    """What was found: everything that can not be, and how many operations came to what."""

    faults: tuple[str, ...]
    operations: int
    came_to: Mapping[str, int]
    told: tuple[Acknowledged, ...]

    @property
    def lost(self) -> int:
        """Return how many were told that another was quicker."""
        return sum(self.came_to[name] for name in ("Refused", "Changed", "Again", "Filed again"))


@dataclass(frozen=True, slots=True)
class _Case:
    """A case as it is kept. `batches` are what was kept in one transaction each, `states` what stood after each."""

    nomor: str
    happened: Sequence[Happened]
    batches: Mapping[int, Step]  # by the version it came to
    states: Mapping[int, CaseState]


def reviewed(store: Store, casework: Casework, tried: Sequence[Tried]) -> Review:
    """Compare what was told with what is kept."""
    rows = store.database.read(lambda c: c.execute(select(submission.c.idempotency_key, submission.c.nomor)).all())
    by_key = {str(row.idempotency_key): str(row.nomor) for row in rows}
    query = select(request.c.actor, request.c.key, request.c.answer)
    requests = store.database.read(lambda c: c.execute(query).all())
    answers = {(str(row.actor), str(row.key)): int(row.answer) for row in requests}
    of_case: dict[str, list[Tried]] = defaultdict(list)
    for one in tried:
        if (nomor := one.nomor or by_key.get(one.key)) is not None:
            of_case[nomor].append(one)
    faults = list(_filing(tried, by_key))
    for nomor in by_key.values():
        try:
            case = _kept(casework, nomor)
        except ImpossibleEventError as impossible:
            faults.append(f"{nomor}: its events come to nothing: {impossible}")
            continue
        operations = [found for one in of_case[nomor] if (found := _operation(one, case, answers)) is not None]
        if (fault := disorder(operations, len(case.happened))) is not None:
            faults.append(f"{nomor}: {fault}")
        faults += _bank(store, case, of_case[nomor])
    came_to = Counter(_name(one) for one in tried if one.verb != "look")
    told = tuple({Acknowledged(CITY, one.key, one.got.nomor) for one in tried if isinstance(one.got, Filed)})
    return Review(tuple(faults), came_to.total(), came_to, told)


def _name(one: Tried) -> str:
    again = isinstance(one.got, Filed) and one.got.again
    return f"{type(one.got).__name__} again" if again else type(one.got).__name__


def _kept(casework: Casework, nomor: str) -> _Case:
    happened = casework.history(CITY, nomor)
    batches: dict[int, Step] = {}
    for _, together in groupby(happened, key=lambda one: (one.at, one.by)):
        seqs = [one.seq for one in together]
        batches[seqs[-1]] = (seqs[0] - 1, seqs[-1])
    states: dict[int, CaseState] = {}
    state: CaseState | None = None
    for one in happened:
        state = after(state, one)
        if one.seq in batches:
            states[one.seq] = state
    return _Case(nomor, happened, batches, states)


def _filing(tried: Sequence[Tried], by_key: Mapping[str, str]) -> Iterator[str]:
    """Say where a key was answered by two numbers, or filed by two."""
    first = Counter(one.key for one in tried if isinstance(one.got, Filed) and not one.got.again)
    for key, count in first.items():
        if count > 1:
            yield f"{key} was filed {count} times"
    for one in tried:
        if isinstance(one.got, Filed) and one.got.nomor != by_key.get(one.key):
            yield f"{one.key} was told {one.got.nomor}, and is kept as {by_key.get(one.key)}"


def _bank(store: Store, case: _Case, tried: Sequence[Tried]) -> Iterator[str]:
    """Say where what a bank was told is not what is kept: each of its references once."""
    query = select(payment.c.reference, payment.c.amount, payment.c.seq).where(payment.c.nomor == case.nomor)
    kept = {str(row.reference): row for row in store.database.read(lambda c: c.execute(query).all())}
    for one in tried:
        if isinstance(one.command, Pay) and isinstance(one.got, Recorded):
            row = kept.get(one.command.reference)
            if row is None or (row.amount, row.seq) != (one.command.amount, one.got.seq):
                yield f"{one.command.reference} was recorded as {one.command.amount} at {one.got.seq}, kept is {row}"
    account = case.states[len(case.happened)].account
    if account is not None and account.paid != sum(int(row.amount) for row in kept.values()):
        yield f"{case.nomor} was paid {account.paid}, the bank sent {sum(int(row.amount) for row in kept.values())}"


def _operation(one: Tried, case: _Case, answers: Answers) -> Operation | None:
    """Return what somebody may have done to a case; None for what can not have done anything."""
    steps, certain = _steps(one, case, answers), True
    if one.got is None or isinstance(one.got, Untold):
        certain = False
    if isinstance(one.got, Nothing) or (not certain and not steps):
        return None
    return Operation(one.name, one.began, inf if one.ended is None else one.ended, frozenset(steps), certain)


def _steps(one: Tried, case: _Case, answers: Answers) -> set[Step]:
    got = one.got
    match got:
        case Looked(seq):
            return {(seq, seq)}
        case Won(before, seq):
            return {(before, seq)}
        case Again(seq):
            return {(version, version) for version in case.batches if version >= seq}
        case Filed(again=again):
            first = min(case.batches)
            return {(version, version) for version in case.batches} if again else {(0, first)}
        case Changed(found):
            return {(found, found)}
        case Refused(why):
            assert one.command is not None
            command, by = one.command, one.by
            return {(seq, seq) for seq, state in case.states.items() if told_truly(why, command, by, state)}
        case Recorded(seq):
            mine = next(batch for batch in case.batches.values() if batch[0] < seq <= batch[1])
            return {mine, *((version, version) for version in case.batches if version >= seq)}
        case None | Untold():
            return _perhaps(one, case, answers)
        case Nothing():
            return set()
        case _:
            assert_never(got)


def _perhaps(one: Tried, case: _Case, answers: Answers) -> set[Step]:
    """Return what somebody may have done who was not told: the transaction with the key, or a signature."""
    if one.verb == "file":
        return {case.batches[min(case.batches)]}
    if one.verb == "send":
        kinds = (Signed, SignatureFailed)
        signed = (each.seq for each in case.happened if each.by == SYSTEM and isinstance(each.event, kinds))
        return {batch for seq in signed for batch in case.batches.values() if batch[0] < seq <= batch[1]}
    seq = answers.get((one.by.person, one.key))
    return set() if seq is None else {case.batches[seq]}
