"""Every text of a permit that people are shown, with its path."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import Path, fee_path
from rules.field import Field
from rules.permit import Permit
from rules.words import Words

USUAL = "baku"


def texts_of(permit: Permit) -> Iterator[tuple[Path, Words]]:
    """Yield the texts, in the order of the file."""
    yield ("nama",), permit.name
    if permit.summary is not None:
        yield ("ringkas",), permit.summary
    for section in permit.sections:
        for code in section.fields[:1]:
            yield ("isian", code), section.title
    for field in permit.fields:
        yield from field_texts(field, ("isian", field.code))
    for derived in permit.derived:
        if derived.label is not None:
            yield ("turunan", derived.code, "label"), derived.label
    for index, requirement in enumerate(permit.requirements):
        if requirement.note is not None:
            yield ("syarat", index, "catatan"), requirement.note
    for index, refusal in enumerate(permit.eligibility):
        yield ("kelayakan", index, "pesan"), refusal.message
    for index, quota in enumerate(permit.quotas):
        yield ("kuota", index, "pesan"), quota.message
    for stage in permit.stages:
        if stage.name is not None:
            yield ("alur", stage.code, "nama"), stage.name
        for index, reviewer in enumerate(stage.reviewers):
            head: Path = ("alur", stage.code, *(("serentak", index) if stage.side_by_side else ()))
            for field in reviewer.officer_fields:
                yield from field_texts(field, (*head, "isian_petugas", field.code))
    for fee in permit.fees:
        if fee.name is not None:
            yield (*fee_path(fee), "nama"), fee.name
        for index, component in enumerate(fee.components):
            yield (*fee_path(fee), "komponen", index, "nama"), component.name
    for index, product in enumerate(permit.products):
        yield ("produk", index, "nama"), product.name
    for key, words in permit.standard:
        if words.id != USUAL:
            yield ("standar", key), words


def field_texts(field: Field, path: Path) -> Iterator[tuple[Path, Words]]:
    """Yield the texts of a question."""
    yield (*path, "label"), field.label
    if field.help is not None:
        yield (*path, "bantuan"), field.help
    for option in field.options:
        yield (*path, "pilihan", option.code), option.label
    for item in field.items:
        yield from field_texts(item, (*path, "isian", item.code))
