"""One permit version, compiled to decide: the engine for its rules, and the words of each rule by its id.

Gains speed and reasons; everything it says follows from the permit, the city, the facts and the moment of filing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date, datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from rules.carried import carried
from rules.citation import Citation
from rules.city import City
from rules.codec import canonical
from rules.conclusion import Conclusions
from rules.condition.sentence import sentence
from rules.condition.tree import ALWAYS, Condition, Every, fields_of
from rules.decision import Because, DecidedProduct, Decision, Desk, Refused, RequiredDocument, Step
from rules.duration import Duration
from rules.engine import RuleBook
from rules.fee import bills, left_to_a_person
from rules.field import Field
from rules.item_rules import ItemRules
from rules.kind import Facts, Kind
from rules.memo import Known
from rules.permit import Permit, Product, Reviewer, Stage, Validity
from rules.product_words import order_words, promise_words
from rules.ruleset import RuleId, conditions_of, fact_fields, item_conditions_of, item_fields
from rules.settled import settled
from rules.table import Table, choose_rules
from rules.validity import validity_words
from rules.words import Words
from rules.workdays import deadline

T = TypeVar("T")
MOST_REMEMBERED = 5_000  # reasons in words; one is short, and there are few for all but free text


class Decider:
    """Holds one engine for the application's own facts and one for the items of each `daftar` that rules read."""

    def __init__(self, permit: Permit, city: City) -> None:
        """Compile the permit's rules."""
        self.permit = permit
        self.city = city
        self.fields = fact_fields(permit)
        self.conditions = conditions_of(permit)
        self.book = RuleBook(self.conditions, self.fields)
        self._lists = lists = {field.code: field for field in permit.fields}
        self.item_books = {
            code: RuleBook(conditions, {**self.fields, **item_fields(lists[code])})
            for code, conditions in item_conditions_of(permit).items()
        }
        books = {code: book.digest for code, book in self.item_books.items()}
        self.ruleset_digest = hashlib.sha256(canonical([self.book.digest, books])).hexdigest()
        self._stages = {stage.code: stage for stage in permit.stages}
        agencies = {agency.code: agency for agency in city.agencies}
        self._desk_names = {
            (reviewer.agency, reviewer.role): agencies[reviewer.agency].desk(reviewer.role)
            for stage in permit.stages
            for reviewer in stage.reviewers
        }
        self._documents = {document.code: document.name for document in city.documents}
        self._zone = ZoneInfo(city.zone)
        self._read = {
            rule: tuple(_reader(self.fields[code]) for code in dict.fromkeys(fields_of(when)))
            for rule, when in self.conditions.items()
        }
        self._reasons: Known[tuple[object, ...], Because] = Known(MOST_REMEMBERED)
        self._asked: Known[tuple[object, ...], RequiredDocument] = Known(MOST_REMEMBERED)
        self._desks: Known[tuple[object, ...], Desk] = Known(MOST_REMEMBERED)
        self._steps: Known[tuple[object, ...], Step] = Known(MOST_REMEMBERED)
        self._rules: dict[str, tuple[tuple[int, RuleId], ...]] = {}
        self._said: Known[Condition, Words] = Known(MOST_REMEMBERED)

    def close(self) -> None:
        """Free what the engines hold."""
        for book in (self.book, *self.item_books.values()):
            book.close()

    def facts(self, raw: Mapping[str, object], filed_on: date) -> Facts:
        """Return what is known from answers as JSON values: hidden ones removed, every derived fact computed."""
        return settled(self.permit, raw, filed_on)

    def day_of(self, moment: datetime) -> date:
        """Return the day it is in the city."""
        return moment.astimezone(self._zone).date()

    def decide(self, facts: Facts, filed_at: datetime) -> Decision:
        """Decide everything for an application with these facts, filed (or asked about) at this moment."""
        return self.decided(self.concluded(facts), facts, filed_at)

    def decided(self, concluded: Conclusions, facts: Facts, filed_at: datetime) -> Decision:
        """Return what follows from what was concluded of these facts."""
        if concluded.manual is not None:
            return self._left_to_a_person(concluded.manual, concluded.facts_digest)
        held = concluded.held
        permit = self.permit
        steps, end, open_at = self._way(held, facts)
        items = ItemRules(self.item_books, self._lists, facts)
        charged = bills(
            permit, self.city, facts, self.day_of(filed_at), held.__contains__, items.holds, self._awaited(steps, facts)
        )
        promise = self._pick(permit.promise, "waktu_total", held)
        validity = None if permit.validity is None else self._pick(permit.validity, "masa_berlaku", held)
        return Decision(
            permit=permit.code,
            version=permit.valid_from,
            refusals=self.refusals(concluded, facts),
            documents=self.documents(concluded, facts),
            steps=steps,
            end=end,
            open_at=open_at,
            bills=charged if items.manual is None else left_to_a_person(permit, self.city),
            promise=promise,
            deadline=None if promise is None else deadline(self.city, filed_at, promise),
            legal_limit=permit.legal_limit.duration,
            legal_limit_citation=permit.legal_limit.citation,
            validity=None if validity is None else validity_words(validity, self.fields, facts),
            manual=items.manual,
            facts_digest=concluded.facts_digest,
            ruleset_digest=self.ruleset_digest,
            bring=tuple(self._documents_asked(held, facts, at_collection=True)),
            products=tuple(self._decided_products(held, facts, filed_at, {step.stage for step in steps})),
        )

    def concluded(self, facts: Facts) -> Conclusions:
        """Return every rule that holds for these facts, by the engine and its reference."""
        return self.book.decide(facts)

    def desks(self, stage: str, held: frozenset[RuleId], facts: Facts) -> tuple[tuple[int, Desk], ...]:
        """Return who is asked at a stage, each with its place in the catalog, by rules that were found to hold."""
        found = self._stages[stage]
        return tuple(
            (place, self._desk(found, place, reviewer, held, facts))
            for place, reviewer in enumerate(found.reviewers)
            if f"alur/{stage}/serentak/{place}" in held
        )

    def stage(self, code: str) -> Stage:
        """Return a stage by its code."""
        return self._stages[code]

    def promised(self, held: frozenset[RuleId]) -> Duration | None:
        """Return what is promised by rules that were found to hold."""
        return self._pick(self.permit.promise, "waktu_total", held)

    def validity(self, facts: Facts, product: Product | None = None) -> Validity | None:
        """Return which validity counts for these facts, the product's own before the permit's; None where there is
        none or none is concluded."""
        return self._validity(self.book.decide(facts).held, product)

    def _validity(self, held: frozenset[RuleId], product: Product | None) -> Validity | None:
        if product is not None and product.validity is not None:
            return self._pick(product.validity, f"{self._rule_of(product)}/masa_berlaku", held)
        table = self.permit.validity
        return None if table is None else self._pick(table, "masa_berlaku", held)

    def products(self, held: frozenset[RuleId]) -> tuple[Product, ...]:
        """Return what is issued by rules that were found to hold, in the order of the catalog."""
        return tuple(one for one in self.permit.products if one.when == ALWAYS or self._rule_of(one) in held)

    def product_promises(self, held: frozenset[RuleId]) -> tuple[tuple[str, Duration], ...]:
        """Return how long each product is promised to take that has a promise of its own."""
        found = []
        for product in self.products(held):
            if product.duration is not None:
                promised = self._pick(product.duration, f"{self._rule_of(product)}/waktu", held)
                found += [] if promised is None else [(product.code, promised)]
        return tuple(found)

    def _decided_products(
        self, held: frozenset[RuleId], facts: Facts, filed_at: datetime, walked: Collection[str]
    ) -> Iterator[DecidedProduct]:
        """Yield what is issued on the way as far as it is known, with what is promised of it."""
        promises = dict(self.product_promises(held))
        for product in self.products(held):
            if product.stage is not None and product.stage not in walked:
                continue
            duration, rule = promises.get(product.code), self._rule_of(product)
            since_filing = duration is not None and product.needs is None
            validity = self._validity(held, product)
            yield DecidedProduct(
                code=product.code,
                name=product.name,
                duration=duration,
                promised=None if duration is None else promise_words(self.permit, product, duration),
                deadline=deadline(self.city, filed_at, duration) if duration is not None and since_filing else None,
                order=order_words(self.permit, product),
                validity=None if validity is None else validity_words(validity, self.fields, facts),
                because=Because(rule, None) if product.when == ALWAYS else self._because(rule, facts),
            )

    def _rule_of(self, product: Product) -> RuleId:
        return f"produk/{self.permit.products.index(product)}"

    def _left_to_a_person(self, manual: str, facts_digest: str) -> Decision:
        """Return the decision in which nothing is: with no rule known to hold, else-rows would say what is not so."""
        return Decision(
            permit=self.permit.code,
            version=self.permit.valid_from,
            refusals=(),
            documents=(),
            steps=(),
            end=None,
            open_at=self.permit.stages[0].code,
            bills=left_to_a_person(self.permit, self.city),
            promise=None,
            deadline=None,
            legal_limit=self.permit.legal_limit.duration,
            legal_limit_citation=self.permit.legal_limit.citation,
            validity=None,
            manual=manual,
            facts_digest=facts_digest,
            ruleset_digest=self.ruleset_digest,
        )

    def _awaited(self, steps: tuple[Step, ...], facts: Facts) -> Iterator[str]:
        """Yield the officers' questions that will still be answered by the desks asked so far."""
        asked = {(step.stage, desk.agency, desk.role) for step in steps for desk in step.desks}
        for stage in self.permit.stages:
            for reviewer in stage.reviewers:
                if (stage.code, reviewer.agency, reviewer.role) in asked:
                    yield from (field.code for field in reviewer.officer_fields if field.code not in facts)

    def _pick(self, table: Table[T], prefix: str, held: frozenset[RuleId]) -> T | None:
        """Return the value of the one row that counts, None while none does."""
        rules = self._rules.get(prefix)
        if rules is None:
            rules = self._rules[prefix] = table.rules(prefix)
        rows = choose_rules(table, rules, held.__contains__)
        return table.rows[rows[0]].value if len(rows) == 1 else None

    def _because(self, rule: RuleId, facts: Facts, citation: Citation | None = None) -> Because:
        """Return the reason, remembered by the answers that its rule reads."""
        key = (rule, *[read(facts) for read in self._read[rule]])
        return self._reasons.get(key) or self._reasons.keep(key, Because(rule, self._said_of(rule, facts), citation))

    def _said_of(self, rule: RuleId, facts: Facts) -> Words | None:
        """Say what made a rule hold, None for one that always does."""
        condition = carried(self.conditions[rule], facts)
        if condition is None or condition == Every(()):
            return None
        return self._said.get(condition) or self._said.keep(
            condition, Words(sentence(condition, self.fields, "id"), sentence(condition, self.fields, "en"))
        )

    def refusals(self, concluded: Conclusions, facts: Facts) -> tuple[Refused, ...]:
        """Return the rules of eligibility that stand against an application."""
        return tuple(self._refusals(concluded.held, facts))

    def documents(self, concluded: Conclusions, facts: Facts) -> tuple[RequiredDocument, ...]:
        """Return what must be given with an application."""
        return tuple(self._documents_asked(concluded.held, facts, at_collection=False))

    def bring(self, concluded: Conclusions, facts: Facts) -> tuple[RequiredDocument, ...]:
        """Return what must be handed in when the letter is fetched."""
        return tuple(self._documents_asked(concluded.held, facts, at_collection=True))

    def _refusals(self, held: frozenset[RuleId], facts: Facts) -> Iterator[Refused]:
        for index, refusal in enumerate(self.permit.eligibility):
            if (rule := f"kelayakan/{index}") in held:
                yield Refused(refusal.message, self._because(rule, facts, refusal.citation))

    def _documents_asked(
        self, held: frozenset[RuleId], facts: Facts, *, at_collection: bool
    ) -> Iterator[RequiredDocument]:
        """Yield each document once, by the first requirement that asks for it."""
        asked: set[tuple[str, str | None]] = set()
        for index, requirement in enumerate(self.permit.requirements):
            key = (requirement.document, requirement.for_each)
            if (rule := f"syarat/{index}") not in held or key in asked or requirement.at_collection != at_collection:
                continue
            asked.add(key)
            items = 1 if requirement.for_each is None else facts.get(requirement.for_each, ())
            copies = len(items) if isinstance(items, tuple) else 1
            because = self._because(rule, facts, requirement.citation)
            made = (index, copies, id(because))
            yield self._asked.get(made) or self._asked.keep(
                made,
                RequiredDocument(
                    code=requirement.document,
                    name=self._documents[requirement.document],
                    note=requirement.said,
                    for_each=requirement.for_each,
                    copies=copies,
                    because=because,
                ),
            )

    def _way(self, held: frozenset[RuleId], facts: Facts) -> tuple[tuple[Step, ...], str | None, str | None]:
        """Follow the stages as if everybody approved; stop where the way depends on an answer not yet given."""
        steps: list[Step] = []
        stage = self.permit.stages[0]
        for _ in self.permit.stages:
            if stage.end is not None:
                return tuple(steps), stage.end, None
            if step := self._step(stage, held, facts):
                steps.append(step)
            assert stage.approved is not None
            following = self._pick(stage.approved, f"alur/{stage.code}/setuju", held)
            if following is None:
                return tuple(steps), None, stage.code
            if following not in self._stages:  # the letter of refusal that every permit has
                return tuple(steps), following, None
            stage = self._stages[following]
        raise AssertionError(f"the stages of {self.permit.code} run in a circle")

    def _step(self, stage: Stage, held: frozenset[RuleId], facts: Facts) -> Step | None:
        """Return the stage with the desks that are asked; None where nobody is, so that the file passes through."""
        desks = tuple(desk for _, desk in self.desks(stage.code, held, facts))
        if stage.reviewers and not desks:
            return None
        answers = None
        if stage.objections:
            [answers], desks = desks, ()
        made = (stage.code, id(answers), *map(id, desks))
        if (known := self._steps.get(made)) is not None:
            return known
        name = stage.name or Words(stage.code.replace("_", " ").capitalize())
        step = Step(stage.code, name, stage.side_by_side, desks, stage.outside, stage.signature, stage.notice, answers)
        return self._steps.keep(made, step)

    def _desk(self, stage: Stage, index: int, reviewer: Reviewer, held: frozenset[RuleId], facts: Facts) -> Desk:
        at = f"alur/{stage.code}"
        duration, inspection = reviewer.duration, reviewer.inspection
        promised = None if duration is None else self._pick(duration, f"{at}/waktu/{index}", held)
        inspects = inspection is not None and self._pick(inspection, f"{at}/peninjauan/{index}", held) is True
        because = self._because(f"{at}/serentak/{index}", facts)
        made = (stage.code, index, id(promised), inspects, id(because))
        return self._desks.get(made) or self._desks.keep(
            made,
            Desk(
                agency=reviewer.agency,
                role=reviewer.role,
                name=self._desk_names[reviewer.agency, reviewer.role],
                duration=promised,
                inspection=inspects,
                because=because,
                pauses=reviewer.pauses,
            ),
        )


def _reader(field: Field) -> Callable[[Facts], object]:
    """Return what a rule can read of a question's answer: of a `daftar` only whether there is one."""
    code = field.code
    return (lambda facts: bool(facts.get(code))) if field.kind is Kind.LIST else (lambda facts: facts.get(code))
