"""What a proof shows beside its finding: the filled form, the answers that tell it, and all of which it is true."""

from __future__ import annotations

from dataclasses import replace

from generator.finding import Finding, Said
from generator.proof.trial import Shown
from rules.condition.sentence import sentence
from rules.condition.tree import ALWAYS
from rules.permit import Permit
from rules.ruleset import fact_fields
from rules.words import Words


def with_form(finding: Finding, permit: Permit, shown: Shown) -> Finding:
    """Return the finding with the form that shows it; a region that is every application says nothing, and is left
    out."""
    fields, facts = fact_fields(permit), shown.filled.facts
    said = Words(sentence(shown.region, fields, "id"), sentence(shown.region, fields, "en"))
    return replace(
        finding,
        example=facts,
        telling={code: facts[code] for code in shown.telling if code in facts},
        region=None if shown.region == ALWAYS else Said(Words("{region}"), {"region": said}),
    )
