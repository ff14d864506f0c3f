"""Words shown to people, in Bahasa Indonesia first and English second."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Lang = Literal["id", "en"]


@dataclass(frozen=True, slots=True)
class Words:
    """One text in both languages; `en` is None where nobody has translated it yet."""

    id: str
    en: str | None = None

    def to(self, lang: Lang) -> str:
        """Say it in `lang`, falling back to Bahasa Indonesia."""
        return self.en if lang == "en" and self.en is not None else self.id
