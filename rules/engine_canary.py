"""A ruleset tried in a child process before anybody depends on it: a crash, a hang or a lie there costs nothing.

`python -m rules.engine_canary` reads the rules and the facts as JSON and decides them all with the engine, compared
with the reference as ever. It proves that it came to the end by saying how many it decided, and for which digest.
"""

from __future__ import annotations

import json
import resource
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from pathlib import Path

from rules.codec import Json, decode, encode
from rules.condition.tree import Condition
from rules.engine import RuleBook, digest_of
from rules.field import Field
from rules.kind import Facts, Value
from rules.packing import Packing

SECONDS = 20.0
PROBES = 200


@dataclass(frozen=True, slots=True)
class _Rule:
    name: str
    when: Condition


@dataclass(frozen=True, slots=True)
class _Trial:
    """What the child is told, besides the facts."""

    rules: tuple[_Rule, ...]
    fields: tuple[Field, ...]


def canary(
    rules: Mapping[str, Condition],
    fields: Mapping[str, Field],
    vectors: Sequence[Facts] = (),
    timeout: float = SECONDS,
    *,
    packing: Packing | None = None,
) -> str | None:
    """Say why the ruleset is refused; None when it decides every vector, and facts at its own edges, rightly."""
    trial = _Trial(tuple(_Rule(name, when) for name, when in rules.items()), tuple(fields.values()))
    told = json.dumps(
        {
            "trial": encode(_Trial, trial),
            "cases": [{code: _told(value) for code, value in case.items()} for case in vectors],
            "seconds": timeout,
            "packing": asdict(packing or Packing()),
        }
    )
    try:
        child = subprocess.run(
            [sys.executable, "-m", "rules.engine_canary"],
            input=told,
            capture_output=True,
            text=True,
            timeout=timeout,
            cwd=Path(__file__).parent.parent,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return f"the engine did not come back within {timeout:g} s"
    if child.returncode < 0:
        return f"the engine ended by {signal.Signals(-child.returncode).name}"
    if child.returncode:
        last = child.stderr.strip().splitlines()[-1:] or [f"exit {child.returncode}"]
        return f"the engine failed: {last[0]}"
    said = child.stdout.strip()
    return None if said == _proof(len(vectors), digest_of(rules, fields)) else f"the engine's child said «{said:.200}»"


def _proof(count: int, digest: str) -> str:
    return f"{count} decisions of {digest}"


def _told(value: object) -> Json:
    """Write an answer as JSON; of an item of a list nothing but that it is there, for no rule can see more."""
    match value:
        case Decimal():
            return {"desimal": str(value)}
        case tuple():
            return [_told(one) for one in value]
        case Mapping():
            return {}
        case _:
            assert isinstance(value, bool | int | str)
            return value


def _heard(data: Json) -> Value:
    """Read an answer back."""
    match data:
        case list():
            parts = [_heard(one) for one in data]
            return tuple(part for part in parts if isinstance(part, str)) or tuple({} for _ in parts)
        case dict():
            return Decimal(str(data["desimal"]))
        case _:
            assert isinstance(data, bool | int | str)
            return data


def main() -> None:
    """Decide what standard input tells, and say how much that was; exit 1 when a person would have had to."""
    told = json.load(sys.stdin)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    seconds = int(told["seconds"]) + 1  # a hang must end also when the parent is gone
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    trial = decode(_Trial, told["trial"])
    assert isinstance(trial, _Trial)
    rules = {rule.name: rule.when for rule in trial.rules}
    book = RuleBook(rules, {field.code: field for field in trial.fields}, packing=Packing(**told["packing"]))
    for case in told["cases"]:
        found = book.decide({code: _heard(value) for code, value in case.items()})
        if found.manual is not None:
            sys.exit(found.manual)
    if problem := book.exercise(PROBES):
        sys.exit(problem)
    print(_proof(len(told["cases"]), book.digest))


if __name__ == "__main__":
    main()
