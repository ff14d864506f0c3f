"""durable-rules behind one pure function: facts in, the rules that hold out.

Nothing else may import `durable_rules_engine`. What it does right is match one fact against plain numbers, and that is
all it is asked. Every decision is compared with the reference evaluator; where they differ, or the engine answers
nothing or fails, the case goes to a person (`manual`), it is counted, and the engine is built anew.
"""

from __future__ import annotations

import hashlib
import json
import threading
import weakref
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

import durable_rules_engine

from rules.codec import canonical, encode
from rules.conclusion import Cause, Conclusions, natural
from rules.condition.decide import compiled
from rules.condition.presence import missing
from rules.condition.tree import Condition, fields_of
from rules.conjunct import Conjunct, Match, Operator
from rules.field import Field
from rules.kind import Facts, Value
from rules.limit import RefusedError, plan
from rules.numbering import UntypedError
from rules.packing import Packing, pack
from rules.probe import probes


class NothingError(RuntimeError):
    """The engine gave no answer where there must be one."""


class ClosedError(RuntimeError):
    """A decision was asked of a book that is closed."""


# What an engine is known or thought able to raise: caught in the one place that asks it.
FAILURES = (
    durable_rules_engine.error,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    MemoryError,
    OSError,
    RuntimeError,
    SystemError,
    TypeError,
    ValueError,
)


class Engine(Protocol):
    """What runs one chunk: it is told numbers by key and answers with the names of the conjuncts that match."""

    def run(self, numbers: Mapping[str, int]) -> Sequence[str] | None:
        """Return the names that match."""

    def close(self) -> None:
        """Free all memory."""


class Chunk:
    """One compiled handle with one session and one message; never used again after an error."""

    def __init__(self, conjuncts: Mapping[str, Conjunct]) -> None:
        """Compile and prime it."""
        self._most = len(conjuncts)
        prime = {"p": {"all": [{"m": {"p": 1}}]}}
        rules = {name: {"all": [{"m": {"$and": [{"k": 1}, *map(_clause, c)]}}]} for name, c in conjuncts.items()}
        self._handle: int = durable_rules_engine.create_ruleset("c", json.dumps(prime | rules))
        self._prime()  # when it fails the handle is lost rather than freed
        self._freed = weakref.finalize(self, _free, self._handle)
        self._freed.atexit = False

    def _prime(self) -> None:
        """Fire once: deleting a session in which nothing ever fired frees a wild pointer."""
        code, session = durable_rules_engine.assert_event(self._handle, '{"p":1}')
        fired = durable_rules_engine.start_action_for_state(self._handle, session) if code == 0 else None
        if not fired or durable_rules_engine.complete_and_start_action(self._handle, session):
            raise NothingError("priming")

    def run(self, numbers: Mapping[str, int]) -> Sequence[str]:
        """Return the names of the conjuncts that match, and leave the session as it was."""
        if not self._freed.alive:
            raise ClosedError
        fact = '{"id":"d","k":1' + "".join([f',"{key}":{number}' for key, number in numbers.items()]) + "}"
        code, session = durable_rules_engine.assert_fact(self._handle, fact)
        if code == 1:  # it matches nothing and was not kept
            return ()
        if code:
            raise NothingError(f"assert_fact returned {code}")
        first = durable_rules_engine.start_action_for_state(self._handle, session)
        if not first:
            raise NothingError("a match without a rule")
        names: list[str] = []
        fired = first[1]
        while fired:
            names.append(fired[2 : fired.index('"', 2)])  # the text begins with the rule's name: {"12":{…
            if len(names) > self._most:
                raise NothingError("no end of matches")
            fired = durable_rules_engine.complete_and_start_action(self._handle, session)
        durable_rules_engine.retract_fact(self._handle, '{"id":"d"}')
        return names

    def close(self) -> None:
        """Free all memory; happens by itself when nobody holds the chunk any more."""
        self._freed()


def _free(handle: int) -> None:
    """Free the session and then the handle: deleting the handle alone keeps its sessions."""
    try:
        durable_rules_engine.delete_state(handle, "0")
    except durable_rules_engine.error:  # after a fault of its own it may not know its session any more
        pass
    finally:
        durable_rules_engine.delete_ruleset(handle)


def _clause(match: Match) -> dict[str, object]:
    if match.operator is Operator.AMONG:
        return {match.operator: [{match.key: value} for value in match.values]}
    return {match.operator: {match.key: match.values[0]}}


class RuleBook:
    """A ruleset, compiled. `decide` is a pure function and may be called from any thread."""

    def __init__(
        self,
        rules: Mapping[str, Condition],
        fields: Mapping[str, Field],
        *,
        packing: Packing | None = None,
        open_engine: Callable[[Mapping[str, Conjunct]], Engine] = Chunk,
    ) -> None:
        """Compile the rules; RefusedError when they exceed a limit of the engine or a test does not fit its field."""
        planned = plan(rules, fields)
        if planned.exceeded:
            raise RefusedError("; ".join(map(str, planned.exceeded)))
        self._rules = dict(rules)
        self._fields = fields
        self._readers = planned.numbering.readers()
        self._reference = tuple((rule, compiled(condition)) for rule, condition in rules.items())
        self._parts = pack(planned.conjuncts, packing or Packing())
        self._open_engine = open_engine
        self._engines: list[Engine] = []
        self._lock = threading.Lock()
        self._faults: Counter[Cause] = Counter()
        self._closed = False
        self.digest = digest_of(rules, fields)
        self._open()

    @property
    def faults(self) -> Mapping[Cause, int]:
        """Return how many decisions went to a person, by cause, since the book was opened."""
        with self._lock:
            return dict(self._faults)

    @property
    def chunks(self) -> int:
        """Return how many handles of the engine the rules take."""
        return len(self._parts)

    def decide(self, facts: Facts) -> Conclusions:
        """Return every rule that definitely holds for the facts, or why a person must decide."""
        seen: dict[str, Value] = {}
        cause, words = Cause.DISAGREEMENT, ""
        try:
            numbers = self._numbers(facts, seen)
            wanted = {rule for rule, holds in self._reference if holds(seen)}
            found = self._ask(numbers)
            if found == wanted:
                return Conclusions(frozenset(found), None, self.digest, seen, self._rules)
            words = ", ".join(sorted(found ^ wanted, key=natural))
        except UntypedError as fault:
            cause, words = Cause.UNTYPED, str(fault)
        except NothingError as fault:
            cause, words = Cause.NOTHING, str(fault)
        except ClosedError:
            cause = Cause.CLOSED
        except FAILURES as fault:
            cause, words = Cause.FAILURE, f"{type(fault).__name__}: {fault}"
        with self._lock:
            self._faults[cause] += 1
            if cause is not Cause.UNTYPED:
                self._discard()
        return Conclusions(frozenset(), f"{cause}: {words}" if words else str(cause), self.digest, seen, self._rules)

    def exercise(self, count: int) -> str | None:
        """Decide `count` facts at the edges of the rules; say why the first that goes to a person does."""
        found = (self.decide(facts).manual for facts in probes(self._rules, self._fields, count))
        return next((manual for manual in found if manual is not None), None)

    def close(self) -> None:
        """Free the engines' memory; whoever still asks is sent to a person."""
        with self._lock:
            self._closed = True
            self._discard()

    def _numbers(self, facts: Facts, seen: dict[str, Value]) -> dict[str, int]:
        """Return the numbers of the facts that rules read, and note those facts in `seen`."""
        numbers: dict[str, int] = {}
        for reader in self._readers:
            answer = facts.get(reader.code)
            if answer is not None and reader.admits(answer):
                reader.write(answer, numbers)
                seen[reader.code] = answer
            elif missing(answer):
                reader.absent(numbers)
            else:
                raise UntypedError(reader.code)
        return numbers

    def _ask(self, numbers: Mapping[str, int]) -> set[str]:
        """Return the rules that the engine finds to hold."""
        found: set[str] = set()
        with self._lock:
            if self._closed:
                raise ClosedError
            done = False
            try:
                if len(self._engines) != len(self._parts):
                    self._open()
                for part, engine in zip(self._parts, self._engines, strict=True):
                    names = engine.run({key: numbers[key] for key in part.keys if key in numbers})
                    if names is None:
                        raise NothingError("None")
                    for name in names:
                        found.update(part.carries[name])
                done = True
            finally:
                if not done:  # a session can hold ghosts of this fact, also after an interrupt
                    self._discard()
        return found

    def _open(self) -> None:
        for part in self._parts[len(self._engines) :]:
            self._engines.append(self._open_engine(part.conjuncts))

    def _discard(self) -> None:
        """Close every engine; the next decision opens new ones."""
        engines, self._engines = self._engines, []
        for engine in engines:
            try:
                engine.close()
            except FAILURES:  # it is given up either way
                continue


def digest_of(rules: Mapping[str, Condition], fields: Mapping[str, Field]) -> str:
    """Return the sha256 of the rules and of what they know of the fields that they read."""
    read = {code for condition in rules.values() for code in fields_of(condition)}
    conditions = {rule: encode(Condition, condition) for rule, condition in rules.items()}
    kinds = {code: [str(fields[code].kind), fields[code].digits] for code in read}
    return hashlib.sha256(canonical([conditions, kinds])).hexdigest()
