"""The cases that are kept, as the runtime tells them: a child process on the data folder, which changes nothing.

Gains a wall: the generator knows the runtime as a program that prints lines. What is personal in them stays in memory.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from generator.difference.replayed import Past
from rules.words import Words


class NoStoreError(RuntimeError):
    """There is nothing to read, or it can not be read; the message is the runtime's."""


def cases_kept(store: Path, releases: Path) -> dict[str, Sequence[Past]]:
    """Return every case whose answers can still be read, by city."""
    environment = {**os.environ, "SATUPINTU_DATA": str(store.resolve()), "SATUPINTU_RILIS": str(releases.resolve())}
    program = [sys.executable, "-m", "runtime.audit.past_cases"]
    done = subprocess.run(program, env=environment, capture_output=True, check=False)
    if done.returncode != 0:
        raise NoStoreError(
            (done.stderr.decode(errors="replace").strip().splitlines() or ["runtime.audit.past_cases"])[-1]
        )
    found: dict[str, list[Past]] = {}
    for line in done.stdout.splitlines():
        told = json.loads(line, parse_float=Decimal)
        found.setdefault(str(told["daerah"]), []).append(_past(told))
    return {city: tuple(cases) for city, cases in found.items()}


def _past(told: Mapping[str, object]) -> Past:
    answers, officers = told["jawaban"], told["petugas"]
    assert isinstance(answers, dict)
    assert isinstance(officers, dict)
    stage = told["tahap"]
    return Past(
        permit=str(told["izin"]),
        name=Words(str(told["nomor"])),
        filed_on=date.fromisoformat(str(told["diajukan"])),
        answers=answers,
        officers=officers,
        version=str(told["versi"]),
        open_at=None if stage is None else str(stage),
        is_case=True,
        movable=told.get("dapat_pindah") is True,
    )
