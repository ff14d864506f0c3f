"""Every difference between two trees of JSON, small enough to read, and a tree with differences applied.

A member of a list is known by its code, or whatever else its author calls it by; where it has no such name, by all that
it says. Conditions and tables are changed whole. Gains a list that is complete by its construction:
`applied(before, changes(before, after)) == after`. Loses how something was rewritten: that is told by `told`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import assert_never

from rules.codec import Json, canonical

Path = tuple[str, ...]
# What the members of a list are called by, the first that they have.
NAMES = ("code", "document", "agency", "regulation", "date", "valid_from")
# Conditions, tables, bounds and lengths of time: whoever reads a part of one wants to see the whole.
WHOLE = frozenset(
    {
        *("when", "shown_when", "count_when", "value", "amount", "duration", "inspection", "approved", "promise"),
        *("validity", "minimum", "maximum", "notice"),
    }
)


@dataclass(frozen=True, slots=True)
class Added:
    """Something that was not there."""

    path: Path
    after: Json


@dataclass(frozen=True, slots=True)
class Removed:
    """Something that is not there any more."""

    path: Path
    before: Json


@dataclass(frozen=True, slots=True)
class Changed:
    """Something that says something else."""

    path: Path
    before: Json
    after: Json


@dataclass(frozen=True, slots=True)
class Ordered:
    """The members of a list, by what they are called, in their new order."""

    path: Path
    order: tuple[str, ...]


Change = Added | Removed | Changed | Ordered


def changes(before: Json, after: Json, path: Path = ()) -> Iterator[Change]:
    """Yield every difference, in the order of the tree."""
    if before == after and canonical(before) == canonical(after):  # to Python `1 == True`
        return
    whole = bool(path) and path[-1] in WHOLE
    if isinstance(before, dict) and isinstance(after, dict) and not whole:
        yield from _members(before, after, path)
    elif isinstance(before, list) and isinstance(after, list) and not whole:
        old, new = named(before), named(after)
        yield from _members(old, new, path)
        if list(old) != list(new):
            yield Ordered(path, tuple(new))
    else:
        yield Changed(path, before, after)


def _members(before: Mapping[str, Json], after: Mapping[str, Json], path: Path) -> Iterator[Change]:
    for name, value in before.items():
        if name not in after:
            yield Removed((*path, name), value)
        else:
            yield from changes(value, after[name], (*path, name))
    for name, value in after.items():
        if name not in before:
            yield Added((*path, name), value)


def named(members: Sequence[Json]) -> dict[str, Json]:
    """Return the members of a list by what they are called; a second of the same name is called `name#2`."""
    found: dict[str, Json] = {}
    for member in members:
        name = called = _name(member)
        again = 1
        while called in found:
            again += 1
            called = f"{name}#{again}"
        found[called] = member
    return found


def _name(member: Json) -> str:
    match member:
        case dict():
            given = next((member[key] for key in NAMES if isinstance(member.get(key), str)), None)
            role = member.get("role")
            if given is not None:
                return f"{given}.{role}" if isinstance(role, str) else str(given)
        case [str(key), _]:  # a pair: a component of the standard, a mark of evidence, a series of a tariff
            return key
        case str():
            return member
        case _:
            pass
    return canonical(member).decode()


def applied(before: Json, listed: Sequence[Change]) -> Json:
    """Return a tree with differences applied, each of which must fit it."""
    return _applied(before, tuple((change.path, change) for change in listed))


def _applied(before: Json, listed: Sequence[tuple[Path, Change]]) -> Json:
    here = [change for rest, change in listed if not rest]
    match here:
        case [Changed(after=after)]:
            return after
        case [Ordered(order=order)]:
            pass
        case []:
            order = ()
        case _:
            raise ValueError(f"{here[0].path}: more than one change of the same part")
    if isinstance(before, dict):
        return _members_applied(before, listed)
    assert isinstance(before, list), listed
    patched = _members_applied(named(before), listed)
    return [patched[name] for name in (order if here else patched)]


def _members_applied(before: Mapping[str, Json], listed: Sequence[tuple[Path, Change]]) -> dict[str, Json]:
    below: dict[str, list[tuple[Path, Change]]] = {}
    for rest, change in listed:
        if rest:
            below.setdefault(rest[0], []).append((rest[1:], change))
    found = dict(before)
    for name, inside in below.items():
        match inside:
            case [((), Added(after=after))]:
                assert name not in found, inside
                found[name] = after
            case [((), Removed())]:
                del found[name]
            case _:
                found[name] = _applied(found[name], inside)
    return found


def written(change: Change) -> dict[str, Json]:
    """Write a difference as JSON."""
    path: list[Json] = list(change.path)
    match change:
        case Added(after=after):
            return {"jalur": path, "ke": after}
        case Removed(before=before):
            return {"jalur": path, "dari": before}
        case Changed(before=before, after=after):
            return {"jalur": path, "dari": before, "ke": after}
        case Ordered(order=order):
            return {"jalur": path, "urutan": list(order)}
        case _:
            assert_never(change)


def read(data: Mapping[str, Json]) -> Change:
    """Read a difference that was written as JSON."""
    path = tuple(str(part) for part in _list(data["jalur"]))
    if "urutan" in data:
        return Ordered(path, tuple(str(name) for name in _list(data["urutan"])))
    if "dari" not in data:
        return Added(path, data["ke"])
    if "ke" not in data:
        return Removed(path, data["dari"])
    return Changed(path, data["dari"], data["ke"])


def _list(data: Json) -> list[Json]:
    assert isinstance(data, list)
    return data
