"""The posts of a city: those its catalog names, and the few that every city has.

Gains a list that `satupintu people` holds posts against. A post that a later release no longer names goes on: cases of
the release before may wait for it.
"""

from __future__ import annotations

from rules.city import City
from rules.words import Words
from runtime.people.actor import Post

INSPECTORATE = "inspektorat"
_INSPECTORATE = Words("Inspektorat", "Inspectorate")
_WHERE_NONE_IS_NAMED = ("tim_teknis", "kepala")
_AT_THE_DOOR = ("bendahara", "pengaduan", "admin", "pengelola_katalog", "auditor")
_AT_THE_INSPECTORATE = ("auditor", "pengaduan")
_ROLES = {
    "front_office": Words("loket depan", "front desk"),
    "back_office": Words("petugas dalam", "back office"),
    "verifikator": Words("verifikator", "verifier"),
    "tim_teknis": Words("tim teknis", "technical team"),
    "kepala": Words("kepala", "head"),
    "bendahara": Words("bendahara", "treasurer"),
    "pengaduan": Words("petugas pengaduan", "complaints officer"),
    "admin": Words("admin sistem", "system administrator"),
    "pengelola_katalog": Words("pengelola katalog", "catalog keeper"),
    "auditor": Words("auditor", "auditor"),
}


def posts_of(city: City) -> tuple[Post, ...]:
    """Return every post of a city, in the order of its catalog, the one door's own first among equals."""
    found: dict[Post, None] = {}
    for agency in city.agencies:
        for role in agency.roles or _WHERE_NONE_IS_NAMED:
            found[Post(agency.code, role)] = None
        if agency.code == city.door:
            for role in _AT_THE_DOOR:
                found[Post(agency.code, role)] = None
    if city.door not in {agency.code for agency in city.agencies}:
        found.update({Post(city.door, role): None for role in _AT_THE_DOOR})
    found.update({Post(INSPECTORATE, role): None for role in _AT_THE_INSPECTORATE})
    return tuple(found)


def agency_name(city: City, code: str) -> Words:
    """Say what an agency is called."""
    known = next((agency.name for agency in city.agencies if agency.code == code), None)
    return known or (_INSPECTORATE if code == INSPECTORATE else Words(code))


def role_name(city: City, post: Post) -> Words:
    """Say what people call a role at its agency."""
    own = next((dict(agency.role_names) for agency in city.agencies if agency.code == post.agency), {})
    return own.get(post.role) or _ROLES.get(post.role) or Words(post.role.replace("_", " "))
