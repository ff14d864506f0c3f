"""A pointer to the law: which regulation, and where in it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Citation:
    """`regulation` is a code of the register; `article` is as printed («53», «lampiran IV»), None for the whole."""

    regulation: str
    article: str | None = None
