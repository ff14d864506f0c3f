"""A permit version in outline: what checks across all permits ask about, a hundredth of the whole.

Keeps the codes and kinds of its questions, the documents it asks for, and what its file accepts, with their places.
Loses the rest, so that thousands of permits fit in the memory of one.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from generator.model import Path, PermitVersion, Places
from rules.condition.tree import ALWAYS
from rules.field import Field
from rules.kind import Kind
from rules.permit import Free, Permit, Requirement
from rules.table import Table
from rules.words import Words

_NO_WORDS = Words("")


def outline(version: PermitVersion) -> PermitVersion:
    """Return a version with only what is asked about across permits."""
    paths: list[Path] = [("isian", field.code, "jenis") for field in version.permit.fields]
    paths += [("diterima", index, "temuan") for index, _ in enumerate(version.accepted)]
    places = {path: version.places.find(*path) for path in paths}
    return replace(version, permit=_outlined(version.permit), places=Places(version.places.file, places))


def _outlined(permit: Permit) -> Permit:
    return replace(
        permit,
        legal_basis=(),
        applications=(),
        validity=None,
        sections=(),
        fields=tuple(_question(field.code, field.kind) for field in permit.fields),
        derived=(),
        requirements=tuple(_asked(code) for code in dict.fromkeys(each.document for each in permit.requirements)),
        eligibility=(),
        stages=(),
        promise=Table(()),
        fee=Free(),
        products=(),
        standard=(),
        evidence=(),
        sources=(),
        search_words=(),
        summary=None,
    )


# The same few questions and documents come back in every permit.
@lru_cache(maxsize=4096)
def _question(code: str, kind: Kind) -> Field:
    return Field(code, kind, _NO_WORDS)


@lru_cache(maxsize=4096)
def _asked(document: str) -> Requirement:
    return Requirement(document, ALWAYS)
