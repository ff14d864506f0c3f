"""People of a demonstration: one for each post of a city and a second administrator, with a password and an
authenticator that everybody knows.

Their accounts are marked, and open nothing where the server is not one of a demonstration (`SATUPINTU_PERAGAAN`).
"""

from __future__ import annotations

from dataclasses import dataclass

from rules.city import City
from runtime.cases.codes import slow_hash
from runtime.people.accounts import Accounts
from runtime.people.actor import Post
from runtime.people.hashing import HashingQueue
from runtime.people.posts import posts_of
from runtime.people.sealing import Seal

PASSWORD = "pintu-satu-untuk-semua"  # known to everybody on purpose
SECRET = "PERAGAANSATUPINTUKUPANG2PERAGAAN"

_NAMES = (
    *("Maria Bere", "Yosef Nalle", "Adelina Tallo", "Dominggus Ndun", "Fransiska Kolo", "Melkianus Taek"),
    *("Yuliana Manafe", "Semuel Haning", "Theresia Seran", "Imanuel Lay", "Novita Benu", "Paulus Mau"),
    *("Ratna Djami", "Gregorius Neno", "Kristina Fallo", "Benyamin Radja", "Agustina Leo", "Markus Tefa"),
    *("Siti Rahayu", "Nikolaus Asa", "Elisabet Ratu", "Daniel Kana", "Yohana Bria", "Abdul Karim"),
    *("Lusia Atok", "Petrus Klau", "Magdalena Nope", "Rafael Bau", "Dewi Lestari", "Stefanus Luan"),
)


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """One of them."""

    nip: str
    name: str
    post: Post


def demo_people(city: City) -> tuple[DemoPerson, ...]:
    """Return one person for each post of a city, and a second administrator: it takes two to change people."""
    return tuple(
        DemoPerson(f"1990{1 + at % 12:02}15201501{1 + at % 2}{at + 1:03}", _name(at), held)
        for at, held in enumerate((*posts_of(city), Post(city.door, "admin")))
    )


async def seed(accounts: Accounts, hashing: HashingQueue, seal: Seal, city: City) -> int:
    """Open the accounts of those who have none yet, and return how many there were."""
    people = demo_people(city)
    if all(accounts.find(city.code, person.nip) is not None for person in people):
        return 0
    hashed = await hashing.run(slow_hash, PASSWORD)
    sealed = {person.nip: seal.close(SECRET, city.code, person.nip) for person in people}
    return await accounts.add_known(city.code, {one.nip: (one.name, one.post) for one in people}, hashed, sealed)


def _name(at: int) -> str:
    turn, place = divmod(at, len(_NAMES))
    return _NAMES[place] if turn == 0 else f"{_NAMES[place]} {'I' * (turn + 1)}"
