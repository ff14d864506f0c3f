"""What differs between two versions of a permit: every part of it, each told by the module of its own noun."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from generator.difference.documents_told import documents_told, eligibility_told
from generator.difference.fee_told import fee_told
from generator.difference.pair import NOTHING, Pair, changed, reworded, spelling, unsaid
from generator.difference.questions_told import options_told, questions_told
from generator.difference.survey_told import survey_told
from generator.difference.told import Part, Told, Weight, listed, quoted, say
from generator.difference.way_told import deadlines_told, repair_told, way_told
from rules.cited import cited
from rules.city import City
from rules.permit import AsLongAs, Earliest, Lasting, Moving, Permit, Product, Quota, UntilField, Validity
from rules.printed import printed_date
from rules.validity import duration_words
from rules.words import Words

LIMIT = Words("batas hukum", "the legal limit")
VALID = Words("masa berlaku", "the validity")


def permit_told(pair: Pair) -> tuple[Told, ...]:
    """Tell all that differs; what no part could tell in words of its own is named."""
    found: list[Told] = []
    for names, tell in PARTS.items():
        if any(getattr(pair.before, name) != getattr(pair.after, name) for name in names):
            told = list(tell(pair))
            found += told or [
                Told(Part.WORDS, say("`{part}` berubah", "`{part}` has changed", part=names[0]), Weight.WORDS)
            ]
    return tuple(found)


def _times(pair: Pair) -> Iterator[Told]:
    """Tell other days; a version that follows another one starts later as a matter of course."""
    if pair.before.valid_until != pair.after.valid_until and pair.before.valid_from == pair.after.valid_from:
        was, now = _until(pair.before), _until(pair.after)
        yield changed(Part.TIME, Words("berlaku sampai", "in force until"), was, now)
    elif pair.after.valid_until is not None and pair.before.valid_until != pair.after.valid_until:
        yield Told(Part.TIME, say("berlaku sampai {day}", "in force until {day}", day=_day(pair.after.valid_until)))
    else:
        yield Told(Part.TIME, say("berlaku mulai {day}", "in force from {day}", day=_day(pair.after.valid_from)))


def _head(pair: Pair) -> Iterator[Told]:
    old, new = pair.before, pair.after
    yield from reworded(Part.WORDS, Words("nama izin", "the name of the permit"), old.name, new.name)
    yield from reworded(Part.WORDS, Words("ringkasan", "the summary"), old.summary, new.summary)
    for what, was, now in (
        (Words("jenis layanan", "the kind of service"), old.kind, new.kind),
        (Words("kode resmi", "the official code"), old.official_code, new.official_code),
    ):
        if was != now:
            yield changed(Part.WORDS, what, _text(was), _text(now), Weight.WORDS)
    for what, were, are in (
        (Words("kata kunci", "the search words"), old.search_words, new.search_words),
        (Words("sumber", "the sources"), old.sources, new.sources),
    ):
        if were != are:
            yield changed(Part.WORDS, what, _texts(were), _texts(are), Weight.WORDS)


def _law(pair: Pair) -> Iterator[Told]:
    old, new = pair.before, pair.after
    yield from pair.law(Part.LAW, Words("pelimpahan", "the delegation"), old.delegation, new.delegation)
    for citation in new.legal_basis:
        if citation not in old.legal_basis:
            law = Words(cited(citation, pair.city_after))
            yield Told(Part.LAW, say("dasar hukum baru: {law}", "a new legal basis: {law}", law=law))
    for citation in old.legal_basis:
        if citation not in new.legal_basis:
            law = Words(cited(citation, pair.city_before))
            yield Told(Part.LAW, say("dasar hukum yang dihapus: {law}", "a legal basis that is gone: {law}", law=law))
    if sorted(map(repr, old.legal_basis)) == sorted(map(repr, new.legal_basis)) and old.legal_basis != new.legal_basis:
        yield spelling(Part.LAW, Words("urutan dasar hukum", "the order of the legal basis"))
    was, now = old.legal_limit, new.legal_limit
    if was.duration != now.duration:
        yield changed(Part.DEADLINES, LIMIT, duration_words(was.duration), duration_words(now.duration))
    yield from pair.law(Part.LAW, LIMIT, was.citation, now.citation)


def _applications(pair: Pair) -> Iterator[Told]:
    what = Words("jenis permohonan", "the kinds of application")
    yield from options_told(Part.QUESTIONS, what, pair.before.applications, pair.after.applications)


def _validity(pair: Pair) -> Iterator[Told]:
    yield from pair.table(Part.VALIDITY, VALID, pair.before.validity, pair.after.validity, _end)


def _end(validity: Validity) -> Words:
    match validity:
        case Lasting(duration):
            return duration_words(duration)
        case UntilField(field):
            return say("sampai `{field}`", "until `{field}`", field=field)
        case Earliest(ends):
            return say("yang lebih dulu dari {ends}", "the earliest of {ends}", ends=listed(map(_end, ends)))
        case AsLongAs(words):
            return quoted(words)


def _products(pair: Pair) -> Iterator[Told]:
    old, new = {one.code: one for one in pair.before.products}, {one.code: one for one in pair.after.products}
    for code in dict.fromkeys((*old, *new)):
        was, now = old.get(code), new.get(code)
        one = now or was
        assert one is not None
        what = say("produk {name}", "the product {name}", name=quoted(one.name))
        if was is None or now is None:
            state = Words("baru", "is new") if was is None else Words("dihapus", "is gone")
            yield Told(Part.PRODUCTS, say("{what} {state}", "{what} {state}", what=what, state=state))
            continue
        yield from reworded(
            Part.WORDS, say("nama produk `{code}`", "the name of the product `{code}`", code=code), was.name, now.name
        )
        yield from _product_parts(what, was, now)
        yield from _product_order(pair, what, was, now)
    if list(old) != list(new) and set(old) == set(new):
        yield Told(Part.PRODUCTS, Words("urutan produk berubah", "the order of the products has changed"), Weight.WORDS)


def _product_parts(what: Words, was: Product, now: Product) -> Iterator[Told]:
    for name, old, new in (
        (Words("templat", "template"), was.template, now.template),
        (Words("nomor", "number"), was.number, now.number),
        (Words("untuk setiap", "for each"), was.for_each, now.for_each),
        (Words("tahap", "stage"), was.stage, now.stage),
        (Words("yang diperlukan", "product needed before"), was.needs, now.needs),
        (Words("yang digantikan", "product replaced"), was.replaces, now.replaces),
    ):
        if old != new:
            yield changed(
                Part.PRODUCTS,
                say("{name} {what}", "the {name} of {what}", name=name, what=what),
                _text(old),
                _text(new),
            )
    told = ("name", "template", "number", "for_each", "stage", "needs", "replaces", "when", "duration", "validity")
    yield from unsaid(Part.PRODUCTS, what, was, now, *told)


def _product_order(pair: Pair, what: Words, was: Product, now: Product) -> Iterator[Told]:
    """Tell to whom a product is issued, how long it takes and how long it holds."""
    yield from pair.condition(
        Part.PRODUCTS,
        (was.when,),
        (now.when,),
        lambda when: say("{what} juga terbit{when}", "{what} is also issued{when}", what=what, when=when),
        lambda when: say("{what} tidak lagi terbit{when}", "{what} is no longer issued{when}", what=what, when=when),
        say("kapan {what} terbit", "when {what} is issued", what=what),
    )
    time = say("waktu {what}", "the time of {what}", what=what)
    yield from pair.table(Part.DEADLINES, time, was.duration, now.duration, duration_words)
    valid = say("masa berlaku {what}", "the validity of {what}", what=what)
    yield from pair.table(Part.VALIDITY, valid, was.validity, now.validity, _end)


def _standard(pair: Pair) -> Iterator[Told]:
    old, new = dict(pair.before.standard), dict(pair.after.standard)
    for key in dict.fromkeys((*old, *new)):
        what = say("komponen `{key}` standar pelayanan", "the component `{key}` of the service standard", key=key)
        yield from reworded(Part.STANDARD, what, old.get(key), new.get(key))
    if list(old) != list(new) and set(old) == set(new):
        yield spelling(Part.STANDARD, Words("urutan komponen standar", "the order of the components"))


def _evidence(pair: Pair) -> Iterator[Told]:
    old, new = dict(pair.before.evidence), dict(pair.after.evidence)
    for key in dict.fromkeys((*old, *new)):
        if old.get(key) != new.get(key):
            what = say("bukti `{key}`", "the evidence of `{key}`", key=key)
            yield changed(Part.STANDARD, what, _text(old.get(key)), _text(new.get(key)), Weight.WORDS)
    if list(old) != list(new) and set(old) == set(new):
        yield spelling(Part.STANDARD, Words("urutan bukti", "the order of the evidence"))


def _quotas(pair: Pair) -> Iterator[Told]:
    old, new = (_quotas_text(each.quotas) for each in (pair.before, pair.after))
    yield changed(Part.ELIGIBILITY, Words("kuota", "the quotas"), old, new)


def _quotas_text(quotas: tuple[Quota, ...]) -> Words:
    shown = [f"{quota.at_most}/{quota.period.value}: {quota.message.id}" for quota in quotas]
    return Words("; ".join(shown)) if shown else NOTHING


def _moving(pair: Pair) -> Iterator[Told]:
    old, new = (_moving_text(each.moving, city) for each, city in _sides(pair))
    yield changed(Part.TIME, Words("permohonan yang masih berjalan", "open cases"), old, new)


def _sides(pair: Pair) -> tuple[tuple[Permit, City], ...]:
    return (pair.before, pair.city_before), (pair.after, pair.city_after)


def _moving_text(moving: Moving | None, city: City) -> Words:
    if moving is None:
        return Words("tetap pada versinya", "stay on their version")
    found = [Words("pindah ke versi ini", "move to this version")]
    if moving.citation is not None:
        law = cited(moving.citation, city)
        found.append(Words(f"menurut {law}", f"by {law}"))
    found += [
        Words(f"tahap `{old}` menjadi `{new}`", f"the stage `{old}` becomes `{new}`") for old, new in moving.stages
    ]
    if moving.refused_stay:
        found.append(Words("yang ditolaknya tetap", "whom it refuses stay"))
    return Words(", ".join(one.id for one in found), ", ".join(one.to("en") for one in found))


def _until(permit: Permit) -> Words:
    return NOTHING if permit.valid_until is None else _day(permit.valid_until)


def _day(day: str) -> Words:
    return Words(printed_date(day, "id"), printed_date(day, "en"))


def _text(text: str | None) -> Words:
    return NOTHING if text is None else Words(f"`{text}`")


def _texts(texts: tuple[str, ...]) -> Words:
    return Words(", ".join(texts)) if texts else NOTHING


PARTS: Mapping[tuple[str, ...], Callable[[Pair], Iterator[Told]]] = {
    ("valid_from", "valid_until"): _times,
    ("name", "summary", "kind", "official_code", "search_words", "sources"): _head,
    ("delegation", "legal_basis", "legal_limit"): _law,
    ("applications",): _applications,
    ("fields", "derived", "sections"): questions_told,
    ("requirements",): documents_told,
    ("eligibility",): eligibility_told,
    ("quotas",): _quotas,
    ("moving",): _moving,
    ("survey",): lambda pair: survey_told(pair.before.survey, pair.after.survey, pair.city_before, pair.city_after),
    ("stages",): way_told,
    ("promise",): deadlines_told,
    ("repair",): repair_told,
    ("fee",): fee_told,
    ("validity",): _validity,
    ("products",): _products,
    ("standard",): _standard,
    ("evidence",): _evidence,
}
