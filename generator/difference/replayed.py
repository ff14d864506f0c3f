"""The same application under both catalogs: examples of the legal side, and cases of the past.

Gains rupiah and days beside the rules. Loses nothing personal into what is told: a case is named by its number alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from generator.difference.compared import CityDifference, PermitDifference
from generator.difference.told import listed, quoted, say
from generator.model import CityCatalog, Example, PermitVersion
from rules.answers import typed
from rules.bill import Undetermined
from rules.city import City
from rules.decider import Decider
from rules.decision import Decision
from rules.printed import printed_rupiah
from rules.validity import duration_words
from rules.words import Words

DOOR_OPENS = time(9)
FEE = "retribusi"  # the first word of what is told of a fee
NOT_SETTLED = Words("belum ditentukan", "not determined yet")


@dataclass(frozen=True, slots=True)
class Past:
    """An application that can be decided again: an example, or a case, which is open until it ended."""

    permit: str
    name: Words
    filed_on: date
    answers: Mapping[str, object]
    officers: Mapping[str, object]
    version: str | None = None
    open_at: str | None = None
    is_case: bool = False
    movable: bool = False  # nothing but its own answers keeps it from following a later version


@dataclass(frozen=True, slots=True)
class Replayed:
    """What comes out otherwise for one application; nothing where all is as it was."""

    past: Past
    says: tuple[Words, ...]


def examples_of(city: CityCatalog | None, permit: str) -> Iterator[Past]:
    """Yield the examples of a permit."""
    for example in () if city is None else city.examples:
        if example.permit == permit:
            name = say("contoh {note}", "the example {note}", note=quoted(Words(example.note)))
            day = date.fromisoformat(example.on)
            yield Past(permit, name, day, example.answers, officers_answers(example))


def officers_answers(example: Example) -> dict[str, object]:
    """Return what officers of all stages answer in an example, by the question's code."""
    found: dict[str, object] = {}
    for desks in example.officers.values():
        for answer in desks.values() if isinstance(desks, Mapping) else ():
            found.update(answer.get("jawaban", {}) if isinstance(answer, Mapping) else {})
    return found


def replayed(city: CityDifference, permit: PermitDifference, past: Iterable[Past]) -> tuple[Replayed, ...]:
    """Decide applications under both versions, each in its city, as if filed when both count."""
    was, now = permit.versions.before, permit.versions.after
    if was is None or now is None or city.before is None or city.after is None:
        return ()
    with ExitStack() as opened:
        sides = [_Side(version, each, opened) for version, each in ((was, city.before), (now, city.after))]
        since = _since(sides[0], sides[1])
        return tuple(
            Replayed(one, tuple(_told(sides[0].decided(one, since), sides[1].decided(one, since)))) for one in past
        )


class _Side:
    """One version in its city, ready to decide."""

    def __init__(self, version: PermitVersion, city: CityCatalog, opened: ExitStack) -> None:
        self.permit, self.city = version.permit, city.city
        self._on = city.on
        self._decider = Decider(version.permit, city.city)
        opened.callback(self._decider.close)

    def decided(self, past: Past, since: str) -> Decision:
        """Decide an application on its day, on the first on which what differs counts, or on the day looked at."""
        day = date.fromisoformat(self._on or max(past.filed_on.isoformat(), since))
        facts = self._decider.facts(past.answers, day)
        officers = typed(self.permit.officer_fields, past.officers)
        return self._decider.decide({**facts, **officers}, datetime.combine(day, DOOR_OPENS, ZoneInfo(self.city.zone)))

    def documents(self) -> Mapping[str, Words]:
        """Return the names of documents."""
        return {each.code: each.name for each in self.city.documents}


def _since(before: _Side, after: _Side) -> str:
    """Return the day from which what differs counts: of the version, or of the values its fee is counted by."""
    since = before.permit.valid_from if before.permit.valid_from == after.permit.valid_from else after.permit.valid_from
    changed = {
        value.valid_from
        for code in _tariffs(after)
        for value in set(_values(before.city, code)) ^ set(_values(after.city, code))
    }
    return max(since, min(changed, default=since))


def _tariffs(side: _Side) -> set[str]:
    return {value.code for fee in side.permit.fees for value in fee.tariffs}


@dataclass(frozen=True, slots=True)
class _Value:
    item: str | None
    valid_from: str
    value: str


def _values(city: City, code: str) -> Iterator[_Value]:
    for tariff in city.tariffs:
        if tariff.code == code:
            for item, values in tariff.series:
                yield from (_Value(item, value.valid_from, str(value.value)) for value in values)


def _told(before: Decision, after: Decision) -> Iterator[Words]:
    """Tell each part that comes out otherwise."""
    if before.eligible != after.eligible:
        refused = listed(quoted(each.message) for each in (*before.refusals, *after.refusals))
        words = (
            ("dapat diajukan, dahulu ditolak", "can be filed, and was refused")
            if after.eligible
            else ("ditolak", "is refused")
        )
        yield say("{words}: {refused}", "{words}: {refused}", words=Words(*words), refused=refused)
    names = {each.code: each.name for decision in (before, after) for each in decision.documents}
    old, new = ({each.code for each in decision.documents} for decision in (before, after))
    if old != new:
        more = [say("tambah {name}", "plus {name}", name=quoted(names[code])) for code in sorted(new - old)]
        less = [say("kurang {name}", "minus {name}", name=quoted(names[code])) for code in sorted(old - new)]
        yield say("dokumen {those}", "documents {those}", those=listed((*more, *less)))
    asked, asks = (_desks(decision) for decision in (before, after))
    if asked != asks:
        more = [say("tambah {name}", "plus {name}", name=quoted(asks[key])) for key in asks if key not in asked]
        less = [say("kurang {name}", "minus {name}", name=quoted(asked[key])) for key in asked if key not in asks]
        yield say("peninjau {those}", "reviewers {those}", those=listed((*more, *less)))
    yield from _fee(before, after)
    if before.promise != after.promise:
        times = [NOT_SETTLED if each.promise is None else duration_words(each.promise) for each in (before, after)]
        yield say("waktu {old} menjadi {new}", "time {old} becomes {new}", old=times[0], new=times[1])


def _desks(decision: Decision) -> dict[tuple[str, str | None], Words]:
    return {(desk.agency, desk.role): desk.name for step in decision.steps for desk in step.desks}


def _fee(before: Decision, after: Decision) -> Iterator[Words]:
    """Tell what is to be paid otherwise: of each fee that both have, else of all together."""
    old, new = ({bill.code: bill for bill in decision.bills} for decision in (before, after))
    if old.keys() != new.keys():
        yield from _dues(Words("retribusi", "the fee"), _whole(before), _whole(after))
        return
    for code, bill in new.items():
        name = Words("retribusi", "the fee")
        if bill.name is not None:
            name = say("retribusi {name}", "the fee {name}", name=quoted(bill.name))
        yield from _dues(name, old[code].due, bill.due)


def _whole(decision: Decision) -> int | Undetermined:
    return Undetermined(()) if decision.due is None else decision.due


def _dues(name: Words, old: int | Undetermined, new: int | Undetermined) -> Iterator[Words]:
    if old == new:
        return
    sums = [
        NOT_SETTLED if isinstance(due, Undetermined) else Words(printed_rupiah(due, "id"), printed_rupiah(due, "en"))
        for due in (old, new)
    ]
    verb = Words("berubah", "changes")
    if not isinstance(old, Undetermined) and not isinstance(new, Undetermined):
        verb = Words("naik", "rises") if new > old else Words("turun", "falls")
    yield say(
        "{name} {verb} dari {old} menjadi {new}",
        "{name} {verb} from {old} to {new}",
        name=name,
        verb=verb,
        old=sums[0],
        new=sums[1],
    )
