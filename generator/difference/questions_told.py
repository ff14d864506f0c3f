"""What differs in the questions of a form, and in the facts derived from them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from generator.difference.pair import NOTHING, Pair, changed, reworded, spelling, unsaid
from generator.difference.told import Part, Told, Weight, listed, quoted, say
from rules.field import Derived, Field, Option
from rules.kind import NUMBERS, Kind, Scalar
from rules.printed import printed_date, printed_number, printed_rupiah, printed_unit
from rules.words import Words

FORM = Words("formulir", "the form")
PAGES = Words("halaman formulir", "the pages of the form")
ORDER = Words("urutan pertanyaan", "the order of the questions")


def questions_told(pair: Pair) -> Iterator[Told]:
    """Tell what differs in the form."""
    yield from _fields(pair, pair.before.fields, pair.after.fields, None)
    yield from _derived(pair.before.derived, pair.after.derived)
    if pair.before.sections != pair.after.sections:
        titles = [quoted(section.title) for section in pair.after.sections]
        says = say("halaman formulir kini {titles}", "the form now has the pages {titles}", titles=listed(titles))
        same = [(s.title, s.fields) for s in pair.before.sections] == [(s.title, s.fields) for s in pair.after.sections]
        yield spelling(Part.QUESTIONS, PAGES) if same else Told(Part.QUESTIONS, says, Weight.WORDS)


def _fields(pair: Pair, before: tuple[Field, ...], after: tuple[Field, ...], inside: Field | None) -> Iterator[Told]:
    old, new = {field.code: field for field in before}, {field.code: field for field in after}
    for code, field in new.items():
        if code not in old:
            must = Words(", boleh dikosongkan", ", which may be left out") if field.optional else Words("", "")
            when = Words("", "") if inside else pair.if_(field.shown_when)
            says = say(
                "pertanyaan baru{when}: {what}{must}",
                "a new question{when}: {what}{must}",
                what=_name(field, inside),
                when=when,
                must=must,
            )
            yield Told(Part.QUESTIONS, says)
    for code, field in old.items():
        if code not in new:
            says = say("{what} tidak ditanyakan lagi", "{what} is not asked any more", what=_name(field, inside))
            yield Told(Part.QUESTIONS, says)
        else:
            yield from _field(pair, field, new[code], inside)
    kept = [code for code in old if code in new]
    if kept != [code for code in new if code in old]:
        says = say("{what} berubah", "{what} has changed", what=ORDER)
        yield Told(Part.QUESTIONS, says, Weight.WORDS)


def _field(pair: Pair, before: Field, after: Field, inside: Field | None) -> Iterator[Told]:
    if before == after:
        return
    what = _name(after, inside)
    if before.kind is not after.kind:
        kinds = Words(f"`{before.kind.value}`"), Words(f"`{after.kind.value}`")
        yield changed(Part.QUESTIONS, say("jenis jawaban {what}", "the kind of answer to {what}", what=what), *kinds)
    yield from options_told(Part.QUESTIONS, what, before.options, after.options)
    old, new = _limits(before), _limits(after)
    if old != new:
        was, now = [one for one in old if one not in new], [one for one in new if one not in old]
        bounds = say("batas {what}", "the bounds of {what}", what=what)
        yield changed(Part.QUESTIONS, bounds, listed(was) if was else NOTHING, listed(now) if now else NOTHING)
    if before.optional != after.optional:
        state = (
            Words("kini boleh dikosongkan", "may now be left out")
            if after.optional
            else Words("kini wajib dijawab", "must now be answered")
        )
        yield Told(Part.QUESTIONS, say("{what} {state}", "{what} {state}", what=what, state=state))
    if inside is None:
        yield from pair.condition(
            Part.QUESTIONS,
            (before.shown_when,),
            (after.shown_when,),
            lambda when: say(
                "{what} kini juga ditanyakan{when}", "{what} is now also asked{when}", what=what, when=when
            ),
            lambda when: say(
                "{what} tidak ditanyakan lagi{when}", "{what} is not asked any more{when}", what=what, when=when
            ),
            say("kapan {what} ditanyakan", "when {what} is asked", what=what),
        )
    elif before.shown_when != after.shown_when:
        yield Told(
            Part.QUESTIONS, say("kapan {what} ditanyakan berubah", "when {what} is asked has changed", what=what)
        )
    label = say("pertanyaan {what}", "the question {what}", what=_name(before, inside))
    yield from reworded(Part.WORDS, label, before.label, after.label)
    yield from reworded(Part.WORDS, say("bantuan {what}", "the help for {what}", what=what), before.help, after.help)
    yield from _fields(pair, before.items, after.items, after)
    yield from _derived(before.derived, after.derived)
    said = (
        *("kind", "options", "unit", "digits", "minimum", "maximum", "length", "optional", "shown_when", "label"),
        *("help", "items", "derived"),
    )
    yield from unsaid(Part.QUESTIONS, what, before, after, *said)


def options_told(part: Part, what: Words, before: tuple[Option, ...], after: tuple[Option, ...]) -> Iterator[Told]:
    """Tell which options are new, gone or called otherwise."""
    if before == after:
        return
    old, new = {one.code: one for one in before}, {one.code: one for one in after}
    if added := [quoted(one.label) for code, one in new.items() if code not in old]:
        says = say(
            "pilihan baru pada {what}: {those}", "new options of {what}: {those}", what=what, those=listed(added)
        )
        yield Told(part, says)
    if gone := [quoted(one.label) for code, one in old.items() if code not in new]:
        says = say(
            "pilihan {what} yang dihapus: {those}",
            "options of {what} that are gone: {those}",
            what=what,
            those=listed(gone),
        )
        yield Told(part, says)
    for code, one in old.items():
        if code in new:
            title = say("pilihan `{code}` pada {what}", "the option `{code}` of {what}", code=code, what=what)
            yield from reworded(Part.WORDS, title, one.label, new[code].label)
    if [code for code in old if code in new] != [code for code in new if code in old]:
        says = say("urutan pilihan {what} berubah", "the order of the options of {what} has changed", what=what)
        yield Told(part, says, Weight.WORDS)


def _derived(before: tuple[Derived, ...], after: tuple[Derived, ...]) -> Iterator[Told]:
    old, new = {one.code: one for one in before}, {one.code: one for one in after}
    for code in (*old, *(code for code in new if code not in old)):
        was, now = old.get(code), new.get(code)
        what = say("turunan `{code}`", "the derived fact `{code}`", code=code)
        if was is None or now is None:
            state = Words("baru", "is new") if was is None else Words("dihapus", "is gone")
            yield Told(Part.QUESTIONS, say("{what} {state}", "{what} {state}", what=what, state=state))
        elif was != now:
            if was.formula is not None and now.formula is not None and was.formula != now.formula:
                yield changed(Part.QUESTIONS, what, Words(f"`{was.formula}`"), Words(f"`{now.formula}`"))
            yield from reworded(Part.WORDS, what, was.label, now.label)
            formula = () if was.formula is None or now.formula is None else ("formula",)
            yield from unsaid(Part.QUESTIONS, what, was, now, "label", *formula)
    if list(old) != list(new) and set(old) == set(new):
        yield spelling(Part.QUESTIONS, Words("urutan turunan", "the order of the derived facts"))


def _name(field: Field, inside: Field | None) -> Words:
    own = quoted(field.label)
    return own if inside is None else say("{own} pada {list}", "{own} of {list}", own=own, list=quoted(inside.label))


def _limits(field: Field) -> list[Words]:
    """Say what an answer must lie within: bounds, digits, unit, length."""
    parts = []
    if field.minimum is not None:
        parts.append(say("paling sedikit {n}", "at least {n}", n=_value(field, field.minimum)))
    if field.maximum is not None:
        parts.append(say("paling banyak {n}", "at most {n}", n=_value(field, field.maximum)))
    if field.kind is Kind.DECIMAL:
        parts.append(say("{n} angka di belakang koma", "{n} decimals", n=field.digits))
    if field.unit is not None and field.minimum is None and field.maximum is None:
        parts.append(Words(printed_unit(field.unit), printed_unit(field.unit, "en")))
    if field.length is not None:
        parts.append(say("paling banyak {n} huruf", "at most {n} characters", n=field.length))
    return parts


def _value(field: Field, value: Scalar) -> Words:
    if field.kind is Kind.DATE:
        return Words(printed_date(str(value), "id"), printed_date(str(value), "en"))
    assert isinstance(value, int | Decimal)
    if field.kind is Kind.MONEY:
        return Words(printed_rupiah(value, "id"), printed_rupiah(value, "en"))
    unit = f" {printed_unit(field.unit)}" if field.unit and field.kind in NUMBERS else ""
    return Words(printed_number(value, "id") + unit, printed_number(value, "en") + unit)
