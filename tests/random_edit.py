"""Edits of a catalog, each of one part, drawn at random: what an officer might change in a year."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal

from generator.difference.told import Part
from generator.model import Catalog, CityCatalog, PermitVersion
from rules.citation import Citation
from rules.city import Agency, Document, Holiday, Opening, Regulation, Tariff
from rules.condition.tree import ALWAYS, Answered, Condition, Every, Not, OneOf
from rules.duration import Duration, Unit
from rules.field import Derived, Field, Option, Section
from rules.kind import NUMBERS, Kind
from rules.permit import Constant, Exemption, Factor, Fee, Free, Lasting, PayWhen, Permit, Product, Refusal, Requirement
from rules.table import Row, Table
from rules.words import Words

Choice = random.Random
EditPermit = Callable[[Permit, Choice], Permit | None]
EditCity = Callable[[CityCatalog, Choice], CityCatalog | None]
NEW = Words("Baru sekali", "Brand new")
LAW = Citation("uu-30-2014", "99")


def condition(permit: Permit, choice: Choice) -> Condition:
    """Draw a condition over the questions of the form."""
    field = choice.choice([one for one in permit.fields if one.kind is not Kind.LIST])
    answered = Answered(field.code)
    if field.kind is Kind.CHOICE:
        return OneOf(field.code, field.kind, (choice.choice(field.options).code,))
    return answered if choice.random() < 0.5 else Not(answered)


def one_of(choice: Choice, permit: Permit, keep: Callable[[Field], bool]) -> Field | None:
    found = [field for field in permit.fields if keep(field) and field.code != "permohonan"]
    return choice.choice(found) if found else None


def with_field(permit: Permit, field: Field) -> Permit:
    return replace(permit, fields=tuple(field if one.code == field.code else one for one in permit.fields))


def new_question(permit: Permit, choice: Choice) -> Permit:
    field = Field("pertanyaan_baru", Kind.YES_NO, NEW, shown_when=choice.choice([ALWAYS, condition(permit, choice)]))
    sections = (*permit.sections[:-1], replace(permit.sections[-1], fields=(*permit.sections[-1].fields, field.code)))
    return replace(permit, fields=(*permit.fields, field), sections=sections if permit.sections else ())


def label(permit: Permit, choice: Choice) -> Permit | None:
    field = one_of(choice, permit, lambda _: True)
    return None if field is None else with_field(permit, replace(field, label=NEW))


def help_words(permit: Permit, choice: Choice) -> Permit | None:
    field = one_of(choice, permit, lambda _: True)
    return None if field is None else with_field(permit, replace(field, help=NEW))


def bounds(permit: Permit, choice: Choice) -> Permit | None:
    field = one_of(choice, permit, lambda field: field.kind in NUMBERS and field.maximum is not None)
    return None if field is None else with_field(permit, replace(field, maximum=Decimal(str(field.maximum)) + 1))


def optional(permit: Permit, choice: Choice) -> Permit | None:
    field = one_of(choice, permit, lambda _: True)
    return None if field is None else with_field(permit, replace(field, optional=not field.optional))


def shown(permit: Permit, choice: Choice) -> Permit | None:
    field = one_of(choice, permit, lambda _: True)
    return (
        None
        if field is None
        else with_field(
            permit,
            replace(
                field,
                shown_when=Every((field.shown_when, OneOf("permohonan", Kind.CHOICE, (permit.applications[0].code,)))),
            ),
        )
    )


def new_option(permit: Permit, choice: Choice) -> Permit | None:
    field = one_of(choice, permit, lambda field: field.kind is Kind.CHOICE)
    return (
        None
        if field is None
        else with_field(permit, replace(field, options=(*field.options, Option("yang_baru", NEW))))
    )


def option_gone(permit: Permit, choice: Choice) -> Permit | None:
    field = one_of(choice, permit, lambda field: field.kind is Kind.CHOICE and len(field.options) > 2)
    return None if field is None else with_field(permit, replace(field, options=field.options[:-1]))


def option_label(permit: Permit, choice: Choice) -> Permit | None:
    field = one_of(choice, permit, lambda field: field.kind is Kind.CHOICE)
    return (
        None
        if field is None
        else with_field(permit, replace(field, options=(replace(field.options[0], label=NEW), *field.options[1:])))
    )


def questions_shuffled(permit: Permit, choice: Choice) -> Permit | None:
    first, *rest = permit.fields
    mixed = choice.sample(rest, len(rest))
    return None if mixed == rest else replace(permit, fields=(first, *mixed))


def item(permit: Permit, choice: Choice) -> Permit | None:
    field = one_of(choice, permit, lambda field: field.kind is Kind.LIST)
    return (
        None
        if field is None
        else with_field(permit, replace(field, items=(replace(field.items[0], label=NEW), *field.items[1:])))
    )


def page(permit: Permit, choice: Choice) -> Permit:
    return replace(
        permit,
        sections=(*permit.sections[:-1], Section(NEW, permit.sections[-1].fields))
        if permit.sections
        else (Section(NEW, ()),),
    )


def derived(permit: Permit, choice: Choice) -> Permit:
    return replace(permit, derived=(*permit.derived, Derived("turunan_baru", Kind.INTEGER, formula="1 + 1")))


def document_more(permit: Permit, choice: Choice) -> Permit:
    return replace(
        permit,
        requirements=(
            *permit.requirements,
            Requirement("dokumen-baru", choice.choice([ALWAYS, condition(permit, choice)])),
        ),
    )


def document_less(permit: Permit, choice: Choice) -> Permit:
    index = choice.randrange(len(permit.requirements))
    return replace(permit, requirements=permit.requirements[:index] + permit.requirements[index + 1 :])


def with_requirement(permit: Permit, choice: Choice, change: Callable[[Requirement], Requirement]) -> Permit:
    index = choice.randrange(len(permit.requirements))
    changed = change(permit.requirements[index])
    return replace(permit, requirements=(*permit.requirements[:index], changed, *permit.requirements[index + 1 :]))


def document_when(permit: Permit, choice: Choice) -> Permit:
    return with_requirement(permit, choice, lambda one: replace(one, when=Every((one.when, condition(permit, choice)))))


def document_note(permit: Permit, choice: Choice) -> Permit:
    return with_requirement(permit, choice, lambda one: replace(one, note=NEW))


def document_law(permit: Permit, choice: Choice) -> Permit:
    return with_requirement(permit, choice, lambda one: replace(one, citation=LAW))


def documents_shuffled(permit: Permit, choice: Choice) -> Permit | None:
    mixed = choice.sample(permit.requirements, len(permit.requirements))
    return None if tuple(mixed) == permit.requirements else replace(permit, requirements=tuple(mixed))


def refusal_more(permit: Permit, choice: Choice) -> Permit:
    return replace(permit, eligibility=(*permit.eligibility, Refusal(condition(permit, choice), NEW, LAW)))


def refusal_less(permit: Permit, choice: Choice) -> Permit | None:
    return replace(permit, eligibility=permit.eligibility[1:]) if permit.eligibility else None


def refusal_words(permit: Permit, choice: Choice) -> Permit | None:
    first, *rest = permit.eligibility or (None,)
    return None if first is None else replace(permit, eligibility=(replace(first, message=NEW), *rest))


def stage_at(permit: Permit, choice: Choice) -> int:
    return choice.choice([index for index, stage in enumerate(permit.stages) if stage.reviewers])


def agency(permit: Permit, choice: Choice) -> Permit:
    index = stage_at(permit, choice)
    stage = permit.stages[index]
    desk = replace(stage.reviewers[0], agency="instansi-lain", role=None)
    changed = replace(stage, reviewers=(desk, *stage.reviewers[1:]))
    return replace(permit, stages=(*permit.stages[:index], changed, *permit.stages[index + 1 :]))


def desk_time(permit: Permit, choice: Choice) -> Permit:
    index = stage_at(permit, choice)
    stage = permit.stages[index]
    desk = replace(stage.reviewers[0], duration=Table((Row(Duration(77, Unit.WORKING_DAY)),)))
    changed = replace(stage, reviewers=(desk, *stage.reviewers[1:]))
    return replace(permit, stages=(*permit.stages[:index], changed, *permit.stages[index + 1 :]))


def stage_name(permit: Permit, choice: Choice) -> Permit:
    index = stage_at(permit, choice)
    changed = replace(permit.stages[index], name=NEW)
    return replace(permit, stages=(*permit.stages[:index], changed, *permit.stages[index + 1 :]))


def signature(permit: Permit, choice: Choice) -> Permit:
    index = stage_at(permit, choice)
    changed = replace(permit.stages[index], signature=not permit.stages[index].signature)
    return replace(permit, stages=(*permit.stages[:index], changed, *permit.stages[index + 1 :]))


def promise(permit: Permit, choice: Choice) -> Permit:
    rows = list(permit.promise.rows)
    index = choice.randrange(len(rows))
    rows[index] = replace(rows[index], value=Duration(rows[index].value.amount + 1, rows[index].value.unit))
    return replace(permit, promise=replace(permit.promise, rows=tuple(rows)))


def repair(permit: Permit, choice: Choice) -> Permit:
    return replace(permit, repair=replace(permit.repair, at_most=permit.repair.at_most + 1))


def factor(permit: Permit, choice: Choice) -> Permit | None:
    if not isinstance(permit.fee, Fee) or not permit.fee.factors:
        return None
    first, *rest = permit.fee.factors
    rows = (replace(first.value.rows[0], value=Constant(Decimal("7.25"))), *first.value.rows[1:])
    return replace(
        permit, fee=replace(permit.fee, factors=(replace(first, value=replace(first.value, rows=rows)), *rest))
    )


def factor_more(permit: Permit, choice: Choice) -> Permit | None:
    if not isinstance(permit.fee, Fee):
        return None
    more = Factor("faktor_baru", Table((Row(Constant(Decimal(2))),)))
    return replace(permit, fee=replace(permit.fee, factors=(*permit.fee.factors, more)))


def exemption(permit: Permit, choice: Choice) -> Permit | None:
    if not isinstance(permit.fee, Fee):
        return None
    more = Exemption(condition(permit, choice), LAW)
    return replace(permit, fee=replace(permit.fee, exemptions=(*permit.fee.exemptions, more)))


def rounding(permit: Permit, choice: Choice) -> Permit | None:
    return (
        replace(permit, fee=replace(permit.fee, round_to=permit.fee.round_to + 99))
        if isinstance(permit.fee, Fee)
        else None
    )


def pay_when(permit: Permit, choice: Choice) -> Permit | None:
    if not isinstance(permit.fee, Fee):
        return None
    other = PayWhen.AFTER if permit.fee.pay is PayWhen.BEFORE else PayWhen.BEFORE
    return replace(permit, fee=replace(permit.fee, pay=other))


def free(permit: Permit, choice: Choice) -> Permit | None:
    return replace(permit, fee=Free()) if isinstance(permit.fee, Fee) else replace(permit, fee=Free(LAW))


def validity(permit: Permit, choice: Choice) -> Permit:
    return replace(permit, validity=Table((Row(Lasting(Duration(choice.randrange(6, 99), Unit.YEAR))),)))


def number(permit: Permit, choice: Choice) -> Permit | None:
    first, *rest = permit.products or (None,)
    return None if first is None else replace(permit, products=(replace(first, number="{urut}/LAIN/{tahun}"), *rest))


def product_more(permit: Permit, choice: Choice) -> Permit:
    return replace(permit, products=(*permit.products, Product("produk-baru", NEW)))


def basis(permit: Permit, choice: Choice) -> Permit:
    return replace(permit, legal_basis=(*permit.legal_basis, LAW))


def delegation(permit: Permit, choice: Choice) -> Permit:
    return replace(permit, delegation=LAW)


def limit(permit: Permit, choice: Choice) -> Permit:
    return replace(permit, legal_limit=replace(permit.legal_limit, duration=Duration(88, Unit.WORKING_DAY)))


def standard(permit: Permit, choice: Choice) -> Permit:
    return replace(
        permit, standard=((permit.standard[0][0], NEW), *permit.standard[1:]) if permit.standard else (("sarana", NEW),)
    )


def evidence(permit: Permit, choice: Choice) -> Permit:
    marks = dict(permit.evidence)
    return replace(permit, evidence=tuple({**marks, "syarat": "K" if marks.get("syarat") != "K" else "A"}.items()))


def sources(permit: Permit, choice: Choice) -> Permit:
    return replace(permit, sources=(*permit.sources, "yang baru"), search_words=(*permit.search_words, "cari baru"))


def name(permit: Permit, choice: Choice) -> Permit:
    return replace(permit, name=NEW, summary=NEW)


def end_day(permit: Permit, choice: Choice) -> Permit:
    return replace(permit, valid_until="2031-05-01" if permit.valid_until is None else None)


def agency_name(city: CityCatalog, choice: Choice) -> CityCatalog:
    first, *rest = city.city.agencies
    return replace(city, city=replace(city.city, agencies=(replace(first, name=NEW), *rest)))


def agency_more(city: CityCatalog, choice: Choice) -> CityCatalog:
    return replace(city, city=replace(city.city, agencies=(*city.city.agencies, Agency("instansi-baru", NEW, "opd"))))


def day_off(city: CityCatalog, choice: Choice) -> CityCatalog:
    more = Holiday(f"2026-{choice.randrange(1, 13):02}-{choice.randrange(1, 29):02}", NEW, "libur", "SKB", "2026-01-01")
    return replace(city, city=replace(city.city, holidays=(*city.city.holidays, more)))


def day_off_gone(city: CityCatalog, choice: Choice) -> CityCatalog | None:
    return replace(city, city=replace(city.city, holidays=city.city.holidays[1:])) if city.city.holidays else None


def tariff_value(city: CityCatalog, choice: Choice) -> CityCatalog | None:
    first, *rest = city.city.tariffs or (None,)
    if first is None:
        return None
    (item_code, values), *others = first.series
    later = replace(values[-1], valid_from="2030-01-01", value=values[-1].value + 1)
    tariff: Tariff = replace(first, series=((item_code, (*values, later)), *others))
    return replace(city, city=replace(city.city, tariffs=(tariff, *rest)))


def document_size(city: CityCatalog, choice: Choice) -> CityCatalog:
    first, *rest = city.city.documents
    return replace(city, city=replace(city.city, documents=(replace(first, max_megabytes=9), *rest)))


def document_kind(city: CityCatalog, choice: Choice) -> CityCatalog:
    return replace(city, city=replace(city.city, documents=(*city.city.documents, Document("dokumen-lain", NEW))))


def revoked(city: CityCatalog, choice: Choice) -> CityCatalog:
    first, *rest = city.city.regulations
    return replace(city, city=replace(city.city, regulations=(replace(first, revoked_on="2030-01-01"), *rest)))


def law_more(city: CityCatalog, choice: Choice) -> CityCatalog:
    law = Regulation("perwali-lain", "perwali", "1", 2030, NEW, "Perwali Lain 1/2030", "2030-01-01")
    return replace(city, city=replace(city.city, regulations=(law, *city.city.regulations)))


def hours(city: CityCatalog, choice: Choice) -> CityCatalog:
    return replace(city, city=replace(city.city, openings=(*city.city.openings, Opening(5, 480, 720))))


def letterhead(city: CityCatalog, choice: Choice) -> CityCatalog:
    return replace(city, city=replace(city.city, letterhead=(*city.city.letterhead, "Baris baru")))


def template(city: CityCatalog, choice: Choice) -> CityCatalog:
    return replace(city, templates={**city.templates, "sk-lain": "= Baru"})


def template_gone(city: CityCatalog, choice: Choice) -> CityCatalog | None:
    return replace(city, templates={}) if city.templates else None


def next_version(city: CityCatalog, choice: Choice) -> CityCatalog | None:
    if not city.permits:
        return None
    code = choice.choice(sorted(city.permits))
    last = city.permits[code][-1]
    permit = promise(replace(last.permit, valid_from="2030-01-01"), choice)
    return replace(city, permits={**city.permits, code: (*city.permits[code], replace(last, permit=permit))})


def permit_gone(city: CityCatalog, choice: Choice) -> CityCatalog | None:
    if not city.permits:
        return None
    code = choice.choice(sorted(city.permits))
    return replace(city, permits={other: versions for other, versions in city.permits.items() if other != code})


OF_PERMIT: Mapping[EditPermit, Part | None] = {
    new_question: Part.QUESTIONS, label: Part.WORDS, help_words: Part.WORDS, bounds: Part.QUESTIONS,
    optional: Part.QUESTIONS, shown: Part.QUESTIONS, new_option: Part.QUESTIONS, option_gone: Part.QUESTIONS,
    option_label: Part.WORDS, questions_shuffled: Part.QUESTIONS, item: Part.WORDS, page: Part.QUESTIONS,
    derived: Part.QUESTIONS, document_more: Part.DOCUMENTS, document_less: Part.DOCUMENTS,
    document_when: Part.DOCUMENTS,
    document_note: Part.WORDS, document_law: Part.LAW, documents_shuffled: Part.DOCUMENTS,
    refusal_more: Part.ELIGIBILITY, refusal_less: Part.ELIGIBILITY, refusal_words: Part.WORDS, agency: Part.WAY,
    desk_time: Part.DEADLINES, stage_name: Part.WORDS, signature: Part.WAY, promise: Part.DEADLINES,
    repair: Part.DEADLINES, factor: Part.FEE, factor_more: Part.FEE, exemption: Part.FEE, rounding: Part.FEE,
    pay_when: Part.FEE, free: Part.FEE, validity: Part.VALIDITY, number: Part.PRODUCTS, product_more: Part.PRODUCTS,
    basis: Part.LAW, delegation: Part.LAW, limit: Part.DEADLINES, standard: Part.STANDARD, evidence: Part.STANDARD,
    sources: Part.WORDS, name: Part.WORDS, end_day: Part.TIME,
}  # fmt: skip
OF_CITY: Mapping[EditCity, Part | None] = {
    agency_name: Part.WORDS, agency_more: Part.AGENCIES, day_off: Part.CALENDAR, day_off_gone: Part.CALENDAR,
    tariff_value: Part.TARIFFS, document_size: Part.PAPERS, document_kind: Part.PAPERS, revoked: Part.REGISTER,
    law_more: Part.REGISTER, hours: Part.OFFICE, letterhead: Part.OFFICE, template: Part.TEMPLATES,
    template_gone: Part.TEMPLATES, next_version: Part.DEADLINES, permit_gone: Part.TIME,
}  # fmt: skip


def edited(catalog: Catalog, choice: Choice, most: int = 3) -> tuple[Catalog, tuple[Part, ...]]:
    """Return a catalog with a few random edits, and the parts that they are about."""
    [(code, city)] = catalog.cities.items()
    parts: list[Part] = []
    for _ in range(choice.randint(1, most)):
        if choice.random() < 0.25 or not city.permits:
            edit_city, part = choice.choice(list(OF_CITY.items()))
            new = edit_city(city, choice)
        else:
            edit, part = choice.choice(list(OF_PERMIT.items()))
            new = _in_permit(city, choice, edit)
        if new is not None and part is not None and new != city:
            city = new
            parts.append(part)
    return Catalog({code: city}), tuple(parts)


def _in_permit(city: CityCatalog, choice: Choice, edit: EditPermit) -> CityCatalog | None:
    code = choice.choice(sorted(city.permits))
    versions = city.permits[code]
    index = choice.randrange(len(versions))
    permit = edit(versions[index].permit, choice)
    if permit is None:
        return None
    changed: PermitVersion = replace(versions[index], permit=permit)
    return replace(city, permits={**city.permits, code: (*versions[:index], changed, *versions[index + 1 :])})
