"""A letter to a PDF: archival (PDF/A-2a), readable aloud (PDF/UA-1), the same bytes for the same letter and moment.

Each is set in a child process that can open neither a file nor the network, two at a time. Gains templates that anybody
may edit. Loses a tenth of a second for each letter.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from rules.letter import Letter, LetterKind, letter_data
from runtime.release import CityRelease

HERE = Path(__file__).parent
CHILD = HERE / "press_child.py"
AT_ONCE = 2
SECONDS = 20.0


class PrintFailedError(RuntimeError):
    """A letter could not be set; the argument says why, in the words of the typesetter."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A PDF, and the characters that no font of ours has: in it they stand as [U+4E2D]."""

    pdf: bytes
    replaced: tuple[str, ...] = ()


class Press:
    """Sets letters, at most so many at once; the rest wait. Blocking: call it in a thread."""

    def __init__(self, at_once: int = AT_ONCE, seconds: float = SECONDS) -> None:
        """Set nothing yet."""
        self._slots = threading.BoundedSemaphore(at_once)
        self._seconds = seconds

    def print(self, template: str, letter: Letter, at: datetime) -> Printed:
        """Set a letter by a template, dated `at` in the PDF's own data; PrintFailedError where that can not be."""
        order = {"template": template, "data": letter_data(letter), "moment": int(at.timestamp())}
        with self._slots:
            try:
                child = subprocess.run(
                    [sys.executable, "-I", str(CHILD)],
                    input=json.dumps([order]).encode(),
                    capture_output=True,
                    timeout=self._seconds,
                    env={"LANG": "C.UTF-8"},
                )
            except subprocess.TimeoutExpired as slow:
                raise PrintFailedError(f"not set within {self._seconds:g} s") from slow
        return _read(child.returncode, child.stdout)


def template_for(city: CityRelease, kind: LetterKind, named: str | None = None) -> str:
    """Return the template a letter is set by: the one that is named, else the city's own of that kind, else ours."""
    own = city.template(named or kind.value)
    if own is not None:
        return own
    return (HERE / "template" / f"{kind.value}.typ").read_text(encoding="utf-8")


def _read(status: int, output: bytes) -> Printed:
    """Read what the child answered."""
    head, _, pdf = output.partition(b"\n")
    try:
        (answer,) = json.loads(head)
    except ValueError as problem:
        raise PrintFailedError(f"the typesetter ended with {status}") from problem
    if not pdf:
        says = [f"{fault['line']}:{fault['column']}: {fault['says']}" for fault in answer["faults"]]
        raise PrintFailedError("; ".join(says))
    return Printed(pdf, tuple(answer["replaced"]))
