"""Permits in outline: of each only what checks across all permits ask about, and earlier permits did not say already.

Keeps, of the latest version, the questions that are new, or of another kind or label than in the first permit with
their code, and the documents that nobody asked for before; of every version who receives files and who signs, and what
its file accepts; and the places of these. Loses the rest, so that thousands of permits fit in the memory of a few.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from generator.model import Path, PermitVersion, Places
from rules.field import Field
from rules.kind import Kind
from rules.permit import Free, Permit, Requirement, Reviewer, Stage
from rules.table import Table


class Outlines:
    """The outlines of one city, drawn permit by permit in the order of their codes."""

    def __init__(self) -> None:
        """Know of no permit yet."""
        self._asked: dict[str, tuple[Kind, str]] = {}
        self._documents: set[str] = set()

    def of(self, versions: tuple[PermitVersion, ...]) -> tuple[PermitVersion, ...]:
        """Return the versions of one permit in outline."""
        *earlier, latest = versions
        fields = tuple(
            Field(field.code, field.kind, field.label)
            for field in latest.permit.fields
            if self._asked.get(field.code) != (field.kind, field.label.id)
        )
        self._asked = {**{field.code: (field.kind, field.label.id) for field in fields}, **self._asked}
        requirements = [each for version in versions for each in version.permit.requirements]
        asked = {code for each in requirements for code in (each.document, *each.instead)} - self._documents
        self._documents |= asked
        documents = tuple(Requirement(document) for document in sorted(asked))
        return (*(_outline(version, (), ()) for version in earlier), _outline(latest, fields, documents))


def _outline(version: PermitVersion, fields: tuple[Field, ...], requirements: tuple[Requirement, ...]) -> PermitVersion:
    paths: list[Path] = [("isian", field.code, key) for field in fields for key in ("jenis", "label", "kode")]
    paths += [("diterima", index, "temuan") for index, _ in enumerate(version.accepted)]
    paths += [("alur", stage.code, "oleh") for stage in _desks(version.permit)]
    places = {path: version.places.find(*path) for path in paths}
    permit = _bare(version.permit, fields, requirements)
    return replace(version, permit=permit, places=Places(version.places.file, places))


def _bare(permit: Permit, fields: tuple[Field, ...], requirements: tuple[Requirement, ...]) -> Permit:
    return replace(
        permit,
        legal_basis=(),
        applications=(),
        validity=None,
        sections=(),
        fields=fields,
        derived=(),
        requirements=requirements,
        eligibility=(),
        stages=tuple(_desks(permit)),
        promise=Table(()),
        fee=Free(),
        products=(),
        standard=(),
        evidence=(),
        sources=(),
        search_words=(),
        summary=None,
    )


def _desks(permit: Permit) -> Iterator[Stage]:
    """Yield the stage that receives files and those that sign, of each only who is asked."""
    for index, stage in enumerate(permit.stages):
        if index == 0 or stage.signature:
            asked = tuple(Reviewer(reviewer.agency, reviewer.role) for reviewer in stage.reviewers)
            yield Stage(stage.code, reviewers=asked, signature=stage.signature)
