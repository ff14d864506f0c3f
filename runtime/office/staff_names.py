"""The names of people and desks, for pages that tell who did what; looked up once in a request."""

from __future__ import annotations

from rules.case_event import APPLICANT, PUBLIC, SYSTEM, Actor
from rules.case_state import Holder, HolderKind
from rules.city import City
from rules.words import Lang
from runtime.citizen.fault import mark
from runtime.office.case_words import HOLDERS
from runtime.people.accounts import Accounts
from runtime.people.actor import Post
from runtime.people.posts import agency_name, role_name
from runtime.voice import Voice

THE_APPLICANT, THE_SYSTEM, NOBODY = mark("pemohon"), mark("sistem"), mark("tidak ada")
SOMEBODY = mark("warga")


class StaffNames:
    """Names in one language, of one city."""

    def __init__(self, city: City, accounts: Accounts, voice: Voice) -> None:
        """Look up people among these accounts."""
        self._city, self._accounts, self._voice = city, accounts, voice
        self._people: dict[str, str] = {}

    @property
    def lang(self) -> Lang:
        """Return the language."""
        return self._voice.lang

    def person(self, nip: str) -> str:
        """Say who somebody is: a name, the NIP where there is no account of it."""
        if nip not in self._people:
            known = self._accounts.find(self._city.code, nip)
            self._people[nip] = nip if known is None else known.name
        return self._people[nip]

    def actor(self, by: Actor) -> str:
        """Say who did something, with the post held then."""
        if by == APPLICANT:
            return self._voice.say(THE_APPLICANT)
        if by == PUBLIC:
            return self._voice.say(SOMEBODY)
        if by == SYSTEM:
            return self._voice.say(THE_SYSTEM)
        return self.person(by.person) if by.agency is None else f"{self.person(by.person)}, {self.post(by)}"

    def post(self, by: Actor) -> str:
        """Say a post."""
        assert by.agency is not None
        held = Post(by.agency, by.role)
        return f"{role_name(self._city, held).to(self.lang)} {self.agency(by.agency)}"

    def agency(self, code: str) -> str:
        """Say what an agency is called."""
        return agency_name(self._city, code).to(self.lang)

    def desk(self, agency: str, role: str | None) -> str:
        """Say a desk: an agency, and the role in it where one is meant."""
        if not role:
            return self.agency(agency)
        return f"{role_name(self._city, Post(agency, role)).to(self.lang)} {self.agency(agency)}"

    def holder(self, kind: str, agency: str | None) -> str:
        """Say in whose court a case is."""
        words = HOLDERS.get(kind)
        if words is None:
            return self._voice.say(NOBODY)
        return self._voice.say(words, agency="" if agency is None else self.agency(agency))

    def held_by(self, holder: Holder | None) -> str:
        """Say in whose court a case is, from its state."""
        return self._voice.say(NOBODY) if holder is None else self.holder(HolderKind(holder.kind), holder.agency)
