"""A trial of letter templates: each is set with example letters by the program that will set the real ones.

That program runs as a child process and can open neither a file nor the network, whatever a template asks for. Gains
a fault that is known before anything has to be printed. Loses a tenth of a second when a template is new; a text that
was tried before without a fault is not tried again.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from generator.proof_cache import digest_of, kept_proofs
from rules.letter import EXAMPLE, SPARSE, letter_data

CHILD = Path(__file__).parents[2] / "runtime" / "product" / "press_child.py"
MOMENT = 1_782_835_200  # any will do: nothing that is set is kept
SECONDS = 30.0
MOST_FAULTS = 5


class TemplateFault(NamedTuple):
    """What the typesetter says, and where in the template; line 0 where it is not in it."""

    says: str
    line: int
    column: int


GAVE_UP = TemplateFault("the typesetter gave up", 0, 0)


def tried(templates: Iterable[str]) -> dict[str, tuple[TemplateFault, ...]]:
    """Return the faults of each template."""
    texts = tuple(dict.fromkeys(templates))
    kept, key = kept_proofs(), digest_of("templates", texts)
    if kept.known(key) == ():
        return dict.fromkeys(texts, ())
    together = _together(texts) if texts else ()
    if together is not None and not any(together):
        kept.keep(key, ())
    # One that takes all memory or never ends takes the others with it: then each is tried alone.
    return dict(zip(texts, together or [_alone(text) for text in texts], strict=True))


def _alone(text: str) -> tuple[TemplateFault, ...]:
    together = _together((text,))
    return (GAVE_UP,) if together is None else together[0]


@lru_cache(maxsize=64)
def _together(texts: tuple[str, ...]) -> tuple[tuple[TemplateFault, ...], ...] | None:
    """Set templates in one child; None when it died of one of them."""
    letters = [letter_data(EXAMPLE), letter_data(SPARSE)]
    orders = [{"template": text, "data": letter, "moment": MOMENT} for text in texts for letter in letters]
    try:
        child = subprocess.run(
            [sys.executable, "-I", str(CHILD)],
            input=json.dumps(orders).encode(),
            capture_output=True,
            timeout=SECONDS,
            env={"LANG": "C.UTF-8"},
        )
    except subprocess.TimeoutExpired:
        return None
    if child.returncode > 0:  # not ended by a signal: it failed by itself
        raise RuntimeError(f"the typesetter does not run: {child.stderr.decode(errors='replace')}")
    if child.returncode != 0:
        return None
    answers = json.loads(child.stdout.partition(b"\n")[0])
    per_template = len(letters)
    return tuple(_faults(answers[first : first + per_template]) for first in range(0, len(answers), per_template))


def _faults(answers: list[dict[str, list[dict[str, str | int]]]]) -> tuple[TemplateFault, ...]:
    """Return what is said of one template, each once; what the sparse letter repeats is no news."""
    found: dict[TemplateFault, None] = {}
    for answer in answers:
        for fault in (*answer["faults"], *answer["warnings"]):
            found[TemplateFault(str(fault["says"]), int(fault["line"]), int(fault["column"]))] = None
    return tuple(found)[:MOST_FAULTS]
