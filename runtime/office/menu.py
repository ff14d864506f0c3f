"""The pages of the office that stand in its menu, each for the posts that the matrix lets."""

from __future__ import annotations

from dataclasses import dataclass

from runtime.citizen.fault import mark
from runtime.people.act import Act


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """A page: its path below `/{city}/kantor/`, what it is called, and the act a post must be let."""

    path: str
    words: str
    act: Act


MENU = (
    MenuEntry("", mark("Beranda"), Act.OWN_DESK),
    MenuEntry("tanda-tangan", mark("Tanda tangan"), Act.SIGN),
    MenuEntry("tagihan", mark("Tagihan"), Act.LIST_BILLS),
    MenuEntry("orang", mark("Orang dan jabatan"), Act.READ_PEOPLE),
    MenuEntry("peringatan", mark("Peringatan"), Act.SEE_ALARMS),
)
