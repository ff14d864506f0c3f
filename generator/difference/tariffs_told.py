"""What differs in the dated values of a city, each with the day from which it counts."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from generator.difference.pair import NOTHING, changed, reworded
from generator.difference.told import Part, Told, Weight, quoted, say
from rules.city import City, DatedValue, Tariff
from rules.permit import Permit
from rules.printed import printed_date, printed_number
from rules.words import Words

Touched = Callable[[Callable[[Permit, str], bool], str], tuple[str, ...]]


def tariffs_told(before: City, after: City, touched: Touched) -> Iterator[Told]:
    """Tell which values are new, gone or other."""
    old, new = {one.code: one for one in before.tariffs}, {one.code: one for one in after.tariffs}
    for code in dict.fromkeys((*old, *new)):
        was, now = old.get(code), new.get(code)
        permits = touched(counts_by, code)
        if was is None or now is None:
            one = now or was
            assert one is not None
            state = Words("baru", "new") if was is None else Words("dihapus", "gone")
            says = say("tarif {state}: {name}", "tariff {state}: {name}", state=state, name=quoted(one.name))
            yield Told(Part.TARIFFS, says, permits=permits)
        elif was != now:
            for told in _tariff(was, now):
                yield Told(told.part, told.says, told.weight, permits=permits)
    if list(old) != list(new) and set(old) == set(new):
        yield Told(Part.TARIFFS, Words("urutan tarif berubah", "the order of the tariffs has changed"), Weight.SPELLING)


def counts_by(permit: Permit, code: str) -> bool:
    """Tell whether the fee of a permit is counted by a tariff."""
    return any(value.code == code for fee in permit.fees for value in fee.tariffs)


def _tariff(before: Tariff, after: Tariff) -> Iterator[Told]:
    name = quoted(after.name)
    yield from reworded(
        Part.WORDS,
        say("nama tarif `{code}`", "the name of the tariff `{code}`", code=after.code),
        before.name,
        after.name,
    )
    if before.unit != after.unit:
        units = [NOTHING if each.unit is None else Words(each.unit) for each in (before, after)]
        yield changed(
            Part.TARIFFS, say("satuan {name}", "the unit of {name}", name=name), units[0], units[1], Weight.WORDS
        )
    old, new = _values(before), _values(after)
    for item, day in sorted({*old, *new}, key=lambda key: (key[0] or "", key[1])):
        was, now = old.get((item, day)), new.get((item, day))
        if was == now:
            continue
        what = say(
            "{name}{item} mulai {day}",
            "{name}{item} from {day}",
            name=name,
            item="" if item is None else f" `{item}`",
            day=Words(printed_date(day, "id"), printed_date(day, "en")),
        )
        if was is None and now is not None:
            earlier = [value for (other, since), value in new.items() if other == item and since < day]
            yield changed(Part.TARIFFS, what, _value(earlier[-1] if earlier else None), _value(now))
        elif was is not None and (now is None or was.value != now.value):
            yield changed(Part.TARIFFS, what, _value(was), _value(now))
        else:
            says = say("dasar atau bukti {what} berubah", "the law or evidence of {what} has changed", what=what)
            yield Told(Part.TARIFFS, says, Weight.WORDS)
    if old == new and before.series != after.series:
        says = say("urutan nilai {name} berubah", "the order of the values of {name} has changed", name=name)
        yield Told(Part.TARIFFS, says, Weight.SPELLING)


def _values(tariff: Tariff) -> dict[tuple[str | None, str], DatedValue]:
    return {(item, value.valid_from): value for item, values in tariff.series for value in values}


def _value(value: DatedValue | None) -> Words:
    return NOTHING if value is None else Words(printed_number(value.value, "id"), printed_number(value.value, "en"))
