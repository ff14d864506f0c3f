"""Where a document has a condition that every application meets: what its static check does not see."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from generator.checks import syr02_document_always_asked
from generator.checks.syr02_document_always_asked import WORDING, always
from generator.checks.versions import versions_of
from generator.finding import Finding
from generator.model import Catalog
from generator.proof.trial import trial


def check(catalog: Catalog) -> Iterator[Finding]:
    """Find documents whose condition holds for whatever can be filed."""
    for seen in versions_of(catalog):
        proof = trial(seen.permit)
        filing = proof.application.filing
        fields = {field.code: field for field in seen.permit.fields}
        if not proof.sound or not proof.possible(filing):
            continue
        for index, requirement in enumerate(seen.permit.requirements):
            path = ("syarat", index, "wajib_bila")
            if path not in seen.version.places.at or always(requirement.when, fields):
                continue
            if proof.certain(filing, filing.holds(requirement.when)):
                yield WORDING.at(seen.at(path), document=requirement.document)


CHECK = replace(syr02_document_always_asked.CHECK, each=check)
