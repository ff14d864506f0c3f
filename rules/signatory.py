"""Who signs, and in what standing: for himself, `a.n.` somebody else, or in an office that he only fills (`Plt.`).

The lines are those of an official letter (tata naskah dinas): on whose behalf, then the post.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Standing(StrEnum):
    """How the signatory holds the post: appointed, acting (pelaksana tugas), or daily (pelaksana harian)."""

    APPOINTED = ""
    ACTING = "Plt."
    DAILY = "Plh."


@dataclass(frozen=True, slots=True)
class Signatory:
    """A person who signs. `post` is the office held, «Kepala Dinas …»; `on_behalf_of` whose power it is, «Wali Kota
    Kupang»; `rank` as it stands below a name, «Pembina Utama Muda»."""

    name: str
    post: str
    nip: str | None = None
    rank: str | None = None
    standing: Standing = Standing.APPOINTED
    on_behalf_of: str | None = None

    @property
    def heading(self) -> tuple[str, ...]:
        """Return the lines above the signature."""
        post = f"{self.standing} {self.post}".strip()
        return (f"a.n. {self.on_behalf_of},", f"{post},") if self.on_behalf_of else (f"{post},",)

    @property
    def below(self) -> tuple[str, ...]:
        """Return the lines below the signature: the name is the first."""
        nip = None if self.nip is None else f"NIP {self.nip}"
        return tuple(line for line in (self.name, self.rank, nip) if line)
