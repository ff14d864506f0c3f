"""What a proof shows, put beside its finding: the filled form, all applications it is true of, the row to paste."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from generator.finding import Finding, Said
from generator.proof.application import View
from generator.proof.replay import Claim, plain
from generator.proof.solver import all_of, no
from generator.proof.trial import Shown, Trial
from rules.condition.as_yaml import to_yaml
from rules.condition.sentence import sentence
from rules.condition.tree import Always, Condition
from rules.field import Field
from rules.kind import Kind
from rules.ruleset import fact_fields, item_fields
from rules.words import Words

MOST_REGIONS = 3  # of one fault; who mends those sees the rest
UNANSWERED = "kosong"
WHATEVER = Words("apa pun yang dijawab", "whatever is answered")


def exhibited(
    finding: Finding, proof: Trial, shown: Shown, items: str | None = None, key: str | None = None
) -> Finding:
    """Put beside a finding what its proof shows; with a `key`, the row to paste, whose value only the officer knows."""
    return replace(
        finding,
        example=_plain(shown.filled.facts),
        telling=_plain(_told(proof, shown, items)),
        region=Said(Words("{region}", "{region}"), {"region": said(shown.region, proof, items)}),
        row=None if key is None else f"- {{bila: {to_yaml(shown.region)}, {key}: …}}",
    )


def _told(proof: Trial, shown: Shown, items: str | None) -> dict[str, object]:
    """Return the answers that tell it, those of an item inside its list."""
    own = () if items is None else item_fields(fact_fields(proof.permit)[items])
    facts, item = shown.filled.facts, shown.filled.item or {}
    told: dict[str, object] = {
        code: facts.get(code, UNANSWERED) for code in _with_what_they_rest_on(proof, shown) if code not in own
    }
    inside = {code: item.get(code, UNANSWERED) for code in shown.telling if code in own}
    return {**told, items: (inside,)} if items is not None and inside else told


def _with_what_they_rest_on(proof: Trial, shown: Shown) -> Iterator[str]:
    """Yield what tells it in the order of the form; before what was worked out, the answers that it comes from."""
    fields = {field.code: field for field in proof.permit.fields}
    rests_on = proof.application.rests_on
    below = {code for worked_out in shown.telling for code in rests_on.get(worked_out, ())}
    shown_below = {code for code, field in fields.items() if code in below and field.kind is not Kind.LIST}
    asked = [code for code in fields if code in shown_below or code in shown.telling]
    yield from dict.fromkeys((*asked, *shown.telling))


def said(condition: Condition, proof: Trial, items: str | None = None) -> Words:
    """Say a condition over an application, or over an item of it."""
    if isinstance(condition, Always):
        return WHATEVER
    known: dict[str, Field] = fact_fields(proof.permit)
    if items is not None:
        known |= item_fields(known[items])
    return Words(sentence(condition, known, "id"), sentence(condition, known, "en"))


def regions(proof: Trial, view: View, claim: Claim, most: int = MOST_REGIONS) -> Iterator[Shown]:
    """Yield what shows a claim, region after region, until nothing is left of it or there are enough."""
    elsewhere = all_of()
    for _ in range(most):
        shown = proof.shown(view, claim, elsewhere)
        if shown is None:
            return
        yield shown
        elsewhere = all_of(elsewhere, no(view.holds(shown.region)))


def _plain(facts: Mapping[str, object]) -> dict[str, object]:
    return {code: plain(value) for code, value in facts.items()}
