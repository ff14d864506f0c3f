"""Two catalogs compared: what their cities share, and each permit with the version that it follows or replaces.

Gains whom each difference touches. Loses nothing: `changes` is the whole list, from which the later release follows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.difference.change import Change, changes
from generator.difference.city_told import Cities, city_told
from generator.difference.meaning import Meaning
from generator.difference.pair import Pair
from generator.difference.permit_told import permit_told
from generator.difference.told import Part, Told, Weight, quoted, say
from generator.difference.tree import tree_of
from generator.model import Catalog, CityCatalog, PermitVersion
from rules.city import City
from rules.law_end import offered_until
from rules.permit import Permit
from rules.printed import printed_date
from rules.words import Words


@dataclass(frozen=True, slots=True)
class Versions:
    """The versions of a permit that are compared; None on a side that has none."""

    before: PermitVersion | None
    after: PermitVersion | None

    @property
    def one(self) -> Permit:
        """Return the permit, as it is after where it still is."""
        found = self.after or self.before
        assert found is not None
        return found.permit


@dataclass(frozen=True, slots=True)
class PermitDifference:
    """What differs in a permit; nothing of its own where it is only touched by what it shares (`shared`)."""

    versions: Versions
    told: tuple[Told, ...]
    shared: tuple[Told, ...] = ()

    @property
    def code(self) -> str:
        """Return the permit's code."""
        return self.versions.one.code

    @property
    def agencies(self) -> tuple[str, ...]:
        """Return the agencies whose work changes."""
        return tuple(sorted({code for told in (*self.told, *self.shared) for code in told.agencies}))


@dataclass(frozen=True, slots=True)
class CityDifference:
    """What differs in a city: in what its permits share, and permit by permit."""

    code: str
    before: CityCatalog | None
    after: CityCatalog | None
    told: tuple[Told, ...]
    permits: tuple[PermitDifference, ...]

    def agency(self, code: str) -> Words:
        """Name an agency."""
        cities = [each.city for each in (self.before, self.after) if each is not None]
        return {each.code: each.name for city in cities for each in city.agencies}.get(code, Words(code))


@dataclass(frozen=True, slots=True)
class Difference:
    """Everything that differs between two catalogs."""

    cities: tuple[CityDifference, ...]
    changes: tuple[Change, ...]


def compared(before: Catalog, after: Catalog) -> Difference:
    """Compare two catalogs."""
    codes = sorted({*before.cities, *after.cities})
    cities = (_city(code, before.cities.get(code), after.cities.get(code)) for code in codes)
    return Difference(
        tuple(city for city in cities if city.told or city.permits), tuple(changes(tree_of(before), tree_of(after)))
    )


def _city(code: str, before: CityCatalog | None, after: CityCatalog | None) -> CityDifference:
    if before is None or after is None:
        state = ("baru", "is new") if before is None else ("dihapus", "is gone")
        says = say("daerah {city} {state}", "the city {city} {state}", city=code, state=Words(*state))
        return CityDifference(code, before, after, (Told(Part.OFFICE, says),), ())
    shared = city_told(Cities(before, after))
    found = []
    for permit in sorted({*before.permits, *after.permits}):
        touching = tuple(told for told in shared if permit in told.permits and told.weight is not Weight.SPELLING)
        several = [
            PermitDifference(versions, _permit(versions, before.city, after.city), touching)
            for versions in paired(
                before.permits.get(permit, ()), after.permits.get(permit, ()), days=after.on is not None
            )
        ]
        if not several and touching:
            was, now = before.permits[permit][-1], after.permits[permit][-1]
            ends = tuple(_ends(was.permit, now.permit, before.city, after.city))
            several = [PermitDifference(Versions(was, now), ends, touching)]
        found += several
    return CityDifference(code, before, after, shared, tuple(found))


def paired(
    before: tuple[PermitVersion, ...], after: tuple[PermitVersion, ...], *, days: bool = False
) -> Iterator[Versions]:
    """Yield which version is compared with which, where they differ: with the one of the same day, else with the one
    that it follows. `days`: each side is one day, and what was in force is not gone."""
    old, new = _by_day(before), _by_day(after)
    for day, version in new.items():
        if day in old:
            if old[day].permit != version.permit:
                yield Versions(old[day], version)
            continue
        earlier = [each for since, each in old.items() if since < day] or [
            each for since, each in new.items() if since < day
        ]
        following = next(iter(old.values()), None)
        yield Versions(earlier[-1] if earlier else following, version)
    for day, version in old.items():
        if day not in new and not (days and new):
            yield Versions(version, None)


def _by_day(versions: tuple[PermitVersion, ...]) -> Mapping[str, PermitVersion]:
    return {version.permit.valid_from: version for version in versions}


def _permit(versions: Versions, before: City, after: City) -> tuple[Told, ...]:
    match versions:
        case Versions(None, PermitVersion(permit=now)):
            says = say(
                "izin baru: {name}, mulai {day}",
                "a new permit: {name}, from {day}",
                name=quoted(now.name),
                day=_day(now.valid_from),
            )
            return (Told(Part.TIME, says, agencies=_asked(now)),)
        case Versions(PermitVersion(permit=was), None):
            says = say("versi yang mulai {day} dihapus", "the version from {day} is gone", day=_day(was.valid_from))
            return (Told(Part.TIME, says, agencies=_asked(was)),)
        case Versions(PermitVersion(permit=was), PermitVersion(permit=now)):
            meaning = Meaning(was, now)
            told = permit_told(Pair(was, now, before, after, meaning))
            return (*_ends(was, now, before, after), *told, *_refused(meaning))
        case _:
            raise AssertionError(versions)


def _refused(meaning: Meaning) -> Iterator[Told]:
    """Tell which forms the earlier version took and the later one refuses."""
    for region in meaning.refused() or ():
        says = say(
            "formulir yang dahulu sah kini ditolak{when}",
            "a form that was valid is now refused{when}",
            when=say(" bila {when}", " where {when}", when=region.when) if region.when.id else Words("", ""),
        )
        yield Told(Part.ELIGIBILITY, says, example=region.example, telling=region.telling)


def _ends(was: Permit, now: Permit, before: City, after: City) -> Iterator[Told]:
    """Tell a permit that goes, or goes no more, with its delegation."""
    then = offered_until(was.delegation, was.valid_until, before)
    end = offered_until(now.delegation, now.valid_until, after)
    if end != then and end is not None and end != now.valid_until:
        says = say(
            "tidak ditawarkan lagi mulai {day}, saat pelimpahannya dicabut",
            "not offered from {day}, when its delegation is revoked",
            day=_day(end),
        )
        yield Told(Part.TIME, says)


def _asked(permit: Permit) -> frozenset[str]:
    return frozenset(desk.agency for stage in permit.stages for desk in stage.reviewers)


def _day(day: str) -> Words:
    return Words(printed_date(day, "id"), printed_date(day, "en"))
