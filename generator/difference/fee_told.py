"""What differs in a fee: what is paid at all, how it is counted, who is exempt, when it is paid and to whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import assert_never

from generator.difference.pair import NOTHING, Pair, changed, reworded, spelling, unsaid
from generator.difference.told import Part, Told, quoted, say
from rules.permit import Amount, Component, Constant, Exemption, Factor, Fee, Formula, Free, TariffValue
from rules.printed import printed_number
from rules.ruleset import item_fields
from rules.table import Table
from rules.words import Words

FREE, PAID = Words("gratis", "free"), Words("berbayar", "to be paid")
THE_FEE = Words("retribusi", "the fee")


def fee_told(pair: Pair) -> Iterator[Told]:
    """Tell what differs in `retribusi`."""
    match pair.before.fee, pair.after.fee:
        case Free() as old, Free() as new:
            yield from pair.law(Part.FEE, THE_FEE, old.citation, new.citation)
        case Free(), _:
            yield changed(Part.FEE, THE_FEE, FREE, PAID)
        case _, Free():
            yield changed(Part.FEE, THE_FEE, PAID, FREE)
        case _:
            yield from _each(pair, *({fee.code: fee for fee in permit.fees} for permit in (pair.before, pair.after)))


def _each(pair: Pair, before: Mapping[str, Fee], after: Mapping[str, Fee]) -> Iterator[Told]:
    """Tell which fees are new or gone, and of each that stays what differs in it; where one became several, or several
    one, the only one goes on as the first."""
    if "" in before and "" not in after:
        before = {next(iter(after)): before[""]}
    elif "" in after and "" not in before:
        after = {next(iter(before)): after[""]}
    for code in dict.fromkeys((*before, *after)):
        was, now = before.get(code), after.get(code)
        if was is not None and now is not None:
            for told in _named(pair, was, now) if max(len(before), len(after)) > 1 else _fee(pair, was, now):
                says = say("{name}: {says}", "{name}: {says}", name=_of(now), says=told.says)
                yield replace(told, says=says) if now.code else told
            continue
        one = now or was
        assert one is not None
        state = Words("baru", "new") if was is None else Words("dihapus", "gone")
        yield Told(Part.FEE, say("pungutan {state}: {name}", "fee {state}: {name}", state=state, name=_of(one)))
    if list(before) != list(after) and set(before) == set(after):
        yield spelling(Part.FEE, Words("urutan pungutan", "the order of the fees"))


def _named(pair: Pair, before: Fee, after: Fee) -> Iterator[Told]:
    """Tell what differs in one fee among several, its name too."""
    if before.name is None or after.name is None:
        if before.name != after.name:
            yield changed(Part.FEE, Words("nama pungutan", "the name of the fee"), _of(before), _of(after))
    else:
        yield from reworded(Part.WORDS, Words("nama pungutan", "the name of the fee"), before.name, after.name)
    yield from _fee(pair, before, after)


def _of(fee: Fee) -> Words:
    return THE_FEE if fee.name is None else quoted(fee.name)


def _fee(pair: Pair, before: Fee, after: Fee) -> Iterator[Told]:
    yield from pair.law(Part.FEE, THE_FEE, before.citation, after.citation)
    yield from _factors(pair, before, after)
    yield from _components(pair, before, after)
    yield from _exemptions(pair, before, after)
    if before.round_to != after.round_to:
        rounding = Words("pembulatan (kelipatan rupiah)", "rounding (to multiples of rupiah)")
        yield changed(Part.FEE, rounding, _number(before.round_to), _number(after.round_to))
    if before.kind is not after.kind:
        kind = Words("jenis pungutan", "the kind of levy")
        yield changed(Part.FEE, kind, Words(before.kind.value), Words(after.kind.value))
    if before.pay is not after.pay:
        moment = Words("saat membayar", "when it is paid")
        was, now = Words(before.pay.value.replace("_", " ")), Words(after.pay.value.replace("_", " "))
        yield changed(Part.FEE, moment, was, now)
    if before.collector != after.collector:
        names = [NOTHING if each.collector is None else pair.agency(each.collector) for each in (before, after)]
        asked = frozenset(each.collector for each in (before, after) if each.collector is not None)
        yield changed(Part.FEE, Words("penagih", "the collector"), names[0], names[1], agencies=asked)


def _factors(pair: Pair, before: Fee, after: Fee) -> Iterator[Told]:
    old, new = {one.code: one for one in before.factors}, {one.code: one for one in after.factors}
    for code in dict.fromkeys((*old, *new)):
        yield from _part_told(
            pair, say("faktor `{code}`", "the factor `{code}`", code=code), old.get(code), new.get(code)
        )
    if list(old) != list(new) and set(old) == set(new):
        yield spelling(Part.FEE, Words("urutan faktor", "the order of the factors"))


def _components(pair: Pair, before: Fee, after: Fee) -> Iterator[Told]:
    old, new = _by_name(before), _by_name(after)
    for key in dict.fromkeys((*old, *new)):
        one = new.get(key) or old[key]
        yield from _part_told(
            pair, say("baris {name}", "the line {name}", name=quoted(one.name)), old.get(key), new.get(key)
        )
    if list(old) != list(new) and set(old) == set(new):
        yield spelling(Part.FEE, Words("urutan baris tagihan", "the order of the lines of the bill"))


def _by_name(fee: Fee) -> dict[tuple[str, int], Component]:
    found: dict[tuple[str, int], Component] = {}
    for one in fee.components:
        found[(one.name.id, sum(name == one.name.id for name, _ in found))] = one
    return found


def _part_told(
    pair: Pair, what: Words, was: Factor | Component | None, now: Factor | Component | None
) -> Iterator[Told]:
    if was is None or now is None:
        state = Words("baru", "is new") if was is None else Words("dihapus", "is gone")
        yield Told(Part.FEE, say("{what} {state}", "{what} {state}", what=what, state=state))
        return
    if was == now:
        return
    yield from pair.law(Part.LAW, what, was.citation, now.citation)
    if was.for_each != now.for_each:
        each = say("{what}, untuk setiap", "{what}, for each", what=what)
        yield changed(Part.FEE, each, _code(was.for_each), _code(now.for_each))
    before, after = _table(was), _table(now)
    # A row for the items of a `daftar` holds or not for each of them, of which one application has many.
    if was.for_each is None and now.for_each is None:
        yield from pair.table(Part.FEE, what, before, after, _amount, filled=True)
    else:
        fields = dict(pair.meaning.fields)
        for code in (was.for_each, now.for_each):
            fields |= {} if code is None or code not in fields else item_fields(fields[code])
        yield from pair.rows(Part.FEE, what, before, after, _amount, fields)
    match was, now:
        case Factor(), Factor():
            yield from reworded(Part.WORDS, what, was.label, now.label)
            yield from unsaid(Part.FEE, what, was, now, "value", "for_each", "citation", "label")
        case Component(), Component():
            yield from reworded(Part.WORDS, what, was.name, now.name)
            yield from unsaid(Part.FEE, what, was, now, "amount", "for_each", "citation", "name")
        case _:
            pass


def _table(part: Factor | Component) -> Table[Amount]:
    return part.value if isinstance(part, Factor) else part.amount


def _exemptions(pair: Pair, before: Fee, after: Fee) -> Iterator[Told]:
    if before.exemptions == after.exemptions:
        return
    free = Words("pembebasan", "the exemption")
    yield from pair.condition(
        Part.FEE,
        tuple(one.when for one in before.exemptions),
        tuple(one.when for one in after.exemptions),
        lambda when: say("kini dibebaskan dari retribusi{when}", "now exempt from the fee{when}", when=when),
        lambda when: say(
            "tidak dibebaskan lagi dari retribusi{when}", "not exempt from the fee any more{when}", when=when
        ),
        free,
    )
    for old, new in zip(before.exemptions, after.exemptions, strict=False):
        yield from _exemption(pair, free, old, new)
    if len(before.exemptions) != len(after.exemptions):
        counts = _number(len(before.exemptions)), _number(len(after.exemptions))
        yield changed(Part.FEE, Words("banyaknya aturan pembebasan", "the number of exemptions"), *counts)


def _exemption(pair: Pair, what: Words, before: Exemption, after: Exemption) -> Iterator[Told]:
    yield from pair.law(Part.LAW, what, before.citation, after.citation)
    yield from reworded(Part.WORDS, Words("kata pembebasan", "the words of an exemption"), before.reason, after.reason)


def _amount(amount: Amount) -> Words:
    match amount:
        case Constant(value):
            return _number(value)
        case Formula(text):
            return Words(f"`{text}`")
        case TariffValue(code, item):
            return say("tarif `{code}`", "the tariff `{code}`", code=code if item is None else f"{code}/{item}")
        case _:
            assert_never(amount)


def _number(value: int | Decimal) -> Words:
    return Words(printed_number(value, "id"), printed_number(value, "en"))


def _code(code: str | None) -> Words:
    return NOTHING if code is None else Words(f"`{code}`")
