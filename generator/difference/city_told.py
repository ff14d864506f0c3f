"""What differs in what the permits of a city share, and which permits that touches."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

from generator.difference.pair import NOTHING, changed, reworded, unsaid
from generator.difference.survey_told import survey_told
from generator.difference.tariffs_told import tariffs_told
from generator.difference.told import Part, Told, Weight, listed, quoted, say
from generator.model import CityCatalog
from rules.city import Agency, City, Document, Holiday, Moved, Opening, Regulation
from rules.permit import Permit
from rules.printed import DAYS, printed_date
from rules.words import Words


class Coded(Protocol):
    """Something that has a code."""

    @property
    def code(self) -> str:
        """Return the code."""


C = TypeVar("C", bound=Coded)
Uses = Callable[[Permit, str], bool]


@dataclass(frozen=True, slots=True)
class Cities:
    """A city before and after."""

    before: CityCatalog
    after: CityCatalog

    def touched(self, uses: Uses, code: str) -> tuple[str, ...]:
        """Return the permits that use something, of either side."""
        found = {
            permit
            for city in (self.before, self.after)
            for permit, versions in city.permits.items()
            if any(uses(version.permit, code) for version in versions)
        }
        return tuple(sorted(found))


def city_told(cities: Cities) -> tuple[Told, ...]:
    """Tell all that differs."""
    old, new = cities.before.city, cities.after.city
    found: list[Told] = []
    for names, tell in PARTS.items():
        if any(getattr(old, name) != getattr(new, name) for name in names):
            told = list(tell(cities))
            found += told or [
                Told(Part.OFFICE, say("`{part}` berubah", "`{part}` has changed", part=names[0]), Weight.WORDS)
            ]
    return (*found, *_templates(cities))


def _office(cities: Cities) -> Iterator[Told]:
    old, new = cities.before.city, cities.after.city
    yield from reworded(Part.OFFICE, Words("nama daerah", "the name of the city"), old.name, new.name)
    yield from reworded(Part.OFFICE, Words("nama kantor", "the name of the office"), old.office, new.office)
    yield from reworded(Part.OFFICE, Words("kontak", "the contact"), old.contact, new.contact)
    if old.letterhead != new.letterhead:
        heads = [Words(" / ".join(each.letterhead)) for each in (old, new)]
        yield changed(Part.OFFICE, Words("kop surat", "the letterhead"), heads[0], heads[1], Weight.WORDS)
    for what, was, now in (
        (Words("zona waktu", "the time zone"), old.zone, new.zone),
        (Words("instansi pintu", "the agency of the door"), old.door, new.door),
    ):
        if was != now:
            yield changed(Part.OFFICE, what, Words(f"`{was}`"), Words(f"`{now}`"))


def _openings(cities: Cities) -> Iterator[Told]:
    hours = [_hours(city.city.openings) for city in (cities.before, cities.after)]
    for day in range(7):
        was, now = hours[0].get(day, NOTHING), hours[1].get(day, NOTHING)
        if was != now:
            what = say("jam kerja {day}", "office hours on {day}", day=Words(DAYS["id"][day], DAYS["en"][day]))
            yield changed(Part.OFFICE, what, was, now)


def _hours(openings: tuple[Opening, ...]) -> dict[int, Words]:
    found: dict[int, list[str]] = {}
    for one in openings:
        said = [f"{minutes // 60:02}.{minutes % 60:02}" for minutes in (one.opens, one.closes)]
        found.setdefault(one.weekday, []).append("-".join(said))
    return {day: Words(", ".join(each)) for day, each in found.items()}


def _agencies(cities: Cities) -> Iterator[Told]:
    def uses(permit: Permit, code: str) -> bool:
        return any(desk.agency == code for stage in permit.stages for desk in stage.reviewers)

    def inside(old: Agency, new: Agency) -> Iterator[Told]:
        what = quoted(new.name)
        if old.roles != new.roles:
            roles = [
                Words(", ".join(f"`{role}`" for role in each.roles)) if each.roles else NOTHING for each in (old, new)
            ]
            asked = frozenset({new.code})
            yield changed(
                Part.AGENCIES,
                say("peran di {what}", "the roles of {what}", what=what),
                roles[0],
                roles[1],
                agencies=asked,
            )
        for name, was, now in (
            (Words("jenis", "kind"), old.kind, new.kind),
            (Words("loket", "counter"), old.counter, new.counter),
        ):
            if was != now:
                said = [NOTHING if each is None else Words(f"`{each}`") for each in (was, now)]
                title = say("{name} {what}", "the {name} of {what}", name=name, what=what)
                yield changed(Part.AGENCIES, title, said[0], said[1], agencies=frozenset({new.code}))
        yield from unsaid(Part.AGENCIES, what, old, new, "code", "name", "roles", "kind", "counter")

    pairs = cities.before.city.agencies, cities.after.city.agencies
    yield from _coded(cities, Part.AGENCIES, Words("instansi", "agency"), pairs[0], pairs[1], _named, inside, uses)


def _documents(cities: Cities) -> Iterator[Told]:
    def uses(permit: Permit, code: str) -> bool:
        return any(requirement.document == code for requirement in permit.requirements)

    def inside(old: Document, new: Document) -> Iterator[Told]:
        what = quoted(new.name)
        if old.max_megabytes != new.max_megabytes:
            sizes = [Words(f"{each.max_megabytes} MB") for each in (old, new)]
            yield changed(
                Part.PAPERS, say("ukuran terbesar {what}", "the greatest size of {what}", what=what), sizes[0], sizes[1]
            )
        if old.formats != new.formats:
            formats = [Words(", ".join(each.formats)) for each in (old, new)]
            yield changed(
                Part.PAPERS, say("bentuk berkas {what}", "the formats of {what}", what=what), formats[0], formats[1]
            )
        yield from reworded(
            Part.WORDS, say("nasihat {what}", "the advice on {what}", what=what), old.advice, new.advice
        )
        yield from unsaid(Part.PAPERS, what, old, new, "code", "name", "max_megabytes", "formats", "advice")

    pairs = cities.before.city.documents, cities.after.city.documents
    yield from _coded(cities, Part.PAPERS, Words("dokumen", "document"), pairs[0], pairs[1], _named, inside, uses)


def _regulations(cities: Cities) -> Iterator[Told]:
    def uses(permit: Permit, code: str) -> bool:
        delegated = permit.delegation is not None and permit.delegation.regulation == code
        return delegated or any(citation.regulation == code for citation in permit.legal_basis)

    def inside(old: Regulation, new: Regulation) -> Iterator[Told]:
        what = Words(new.short)
        for name, was, now in (
            (Words("mulai berlaku", "in force from"), old.in_force, new.in_force),
            (Words("dicabut", "revoked on"), old.revoked_on, new.revoked_on),
            (Words("diundangkan", "made known on"), old.promulgated, new.promulgated),
        ):
            if was != now:
                title = say("{what} {name}", "{what} is {name}", what=what, name=name)
                yield changed(Part.REGISTER, title, _day(was), _day(now))
        for name, were, are in (
            (Words("mencabut", "revokes"), old.revokes, new.revokes),
            (Words("melimpahkan", "delegates"), old.delegates, new.delegates),
        ):
            if were != are:
                title = say("{what} {name}", "{what} {name}", what=what, name=name)
                yield changed(Part.REGISTER, title, _codes(were), _codes(are))
        if old.listed != new.listed:
            title = say("{what} tanda bukti daftarnya", "{what} mark of evidence of its list", what=what)
            yield changed(Part.REGISTER, title, Words(old.listed), Words(new.listed))
        yield from reworded(Part.WORDS, say("judul {what}", "the title of {what}", what=what), old.title, new.title)
        said = ("code", "short", "in_force", "revoked_on", "promulgated", "revokes", "delegates", "title", "listed")
        yield from unsaid(Part.REGISTER, what, old, new, *said)

    pairs = cities.before.city.regulations, cities.after.city.regulations
    short: Callable[[Regulation], Words] = lambda law: Words(law.short)  # noqa: E731  # a name for its type
    yield from _coded(cities, Part.REGISTER, Words("peraturan", "law"), pairs[0], pairs[1], short, inside, uses)


def _moved(cities: Cities) -> Iterator[Told]:
    def inside(old: Moved, new: Moved) -> Iterator[Told]:
        yield from unsaid(Part.OFFICE, quoted(new.name), old, new, "code", "name")

    pairs = cities.before.city.moved, cities.after.city.moved
    what = Words("layanan yang berpindah", "service that has moved")
    yield from _coded(
        cities, Part.OFFICE, what, pairs[0], pairs[1], _named, inside, lambda permit, code: permit.code == code
    )


def _coded(
    cities: Cities,
    part: Part,
    what: Words,
    before: tuple[C, ...],
    after: tuple[C, ...],
    name: Callable[[C], Words],
    inside: Callable[[C, C], Iterator[Told]],
    uses: Uses,
) -> Iterator[Told]:
    """Tell what is new, gone, called otherwise, or different inside, of things with a code."""
    old, new = {one.code: one for one in before}, {one.code: one for one in after}
    for code in dict.fromkeys((*old, *new)):
        was, now = old.get(code), new.get(code)
        touched = cities.touched(uses, code)
        if was is None or now is None:
            one = now or was
            assert one is not None
            state = Words("baru", "new") if was is None else Words("dihapus", "gone")
            says = say(
                "{what} {state}: {name}", "{what} {state}: {name}", what=what, state=state, name=quoted(name(one))
            )
            yield Told(part, says, permits=touched)
        elif was != now:
            title = say("nama {what} `{code}`", "the name of the {what} `{code}`", what=what, code=code)
            for told in (*reworded(Part.WORDS, title, name(was), name(now)), *inside(was, now)):
                yield replace(told, permits=touched)
    if list(old) != list(new) and set(old) == set(new):
        yield Told(
            part, say("urutan {what} berubah", "the order of each {what} has changed", what=what), Weight.SPELLING
        )


def _calendar(cities: Cities) -> Iterator[Told]:
    old, new = cities.before.city, cities.after.city
    for year in new.decreed_years:
        if year not in old.decreed_years:
            yield Told(Part.CALENDAR, say("kalender {year} kini ada", "the calendar of {year} is there now", year=year))
    for year in old.decreed_years:
        if year not in new.decreed_years:
            yield Told(Part.CALENDAR, say("kalender {year} dihapus", "the calendar of {year} is gone", year=year))
    was, now = _by_day(old), _by_day(new)
    for key in sorted({*was, *now}):
        before, after = was.get(key), now.get(key)
        if before == after:
            continue
        day = _day(key[0])
        if before is None or after is None:
            one = after or before
            assert one is not None
            state = (
                Words("hari libur baru", "a new day off")
                if before is None
                else Words("bukan hari libur lagi", "no day off any more")
            )
            yield Told(
                Part.CALENDAR,
                say("{state}: {day}, {name}", "{state}: {day}, {name}", state=state, day=day, name=quoted(one.name)),
            )
        else:
            what = say("hari libur {day}", "the day off {day}", day=day)
            yield from reworded(Part.WORDS, what, before.name, after.name)
            yield from unsaid(Part.CALENDAR, what, before, after, "date", "name")


def _by_day(city: City) -> dict[tuple[str, int], Holiday]:
    found: dict[tuple[str, int], Holiday] = {}
    for one in city.holidays:
        found[(one.date, sum(day == one.date for day, _ in found))] = one
    return found


def _templates(cities: Cities) -> Iterator[Told]:
    old, new = cities.before.templates, cities.after.templates
    for name in dict.fromkeys((*old, *new)):
        if old.get(name) == new.get(name):
            continue
        state = (
            ("baru", "is new")
            if name not in old
            else ("dihapus", "is gone")
            if name not in new
            else ("berubah", "has changed")
        )

        def prints(permit: Permit, code: str) -> bool:
            return any(product.template == code for product in permit.products)

        says = say("templat `{name}` {state}", "the template `{name}` {state}", name=name, state=Words(*state))
        yield Told(Part.TEMPLATES, says, Weight.WORDS, permits=cities.touched(prints, name))


def _named(one: Agency | Document | Moved) -> Words:
    return one.name


def _day(day: str | None) -> Words:
    return NOTHING if day is None else Words(printed_date(day, "id"), printed_date(day, "en"))


def _codes(codes: tuple[str, ...]) -> Words:
    return listed(Words(f"`{code}`") for code in codes) if codes else NOTHING


PARTS: Mapping[tuple[str, ...], Callable[[Cities], Iterator[Told]]] = {
    ("name", "office", "zone", "letterhead", "contact", "door"): _office,
    ("openings",): _openings,
    ("agencies",): _agencies,
    ("regulations",): _regulations,
    ("decreed_years", "holidays"): _calendar,
    ("tariffs",): lambda cities: tariffs_told(cities.before.city, cities.after.city, cities.touched),
    ("documents",): _documents,
    ("moved",): _moved,
    ("survey",): lambda cities: survey_told(
        cities.before.city.survey, cities.after.city.survey, cities.before.city, cities.after.city
    ),
}
