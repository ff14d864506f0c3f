"""a document has a condition and is always asked

The condition is `selalu`, or lists every option of a question that everybody answers.

## Why this matters

A condition that says nothing makes a reader look for what it means, and hides the day when an option is added.

## Example

    - {dokumen: ktp, wajib_bila: selalu}

Write instead:

    - {dokumen: ktp}
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.check import Check
from generator.checks.versions import versions_of
from generator.checks.wording import Wording
from generator.finding import Finding, Severity
from generator.model import Catalog
from rules.condition.tree import Always, Condition, OneOf
from rules.field import Field
from rules.kind import Kind
from rules.words import Words

HALAMAN = """\
sebuah dokumen punya syarat, tetapi selalu diminta

Kondisinya `selalu`, atau menyebut setiap pilihan dari pertanyaan yang dijawab semua orang.

## Mengapa ini penting

Kondisi yang tidak berarti apa-apa membuat pembaca mencari artinya.

## Contoh

    - {dokumen: ktp, wajib_bila: selalu}

Tulislah:

    - {dokumen: ktp}
"""

WORDING = Wording(
    "SYR-02",
    Severity.WARNING,
    Words(
        "`{document}` selalu diminta, walau punya `wajib_bila`",
        "`{document}` is always asked, though it has `wajib_bila`",
    ),
    Words("selalu berlaku", "always holds"),
    Words("hapus `wajib_bila`", "delete `wajib_bila`"),
)


def check(catalog: Catalog) -> Iterator[Finding]:
    """Find documents whose condition says nothing."""
    for seen in versions_of(catalog):
        fields = {field.code: field for field in seen.permit.fields}
        for index, requirement in enumerate(seen.permit.requirements):
            path = ("syarat", index, "wajib_bila")
            if path in seen.version.places.at and always(requirement.when, fields):
                yield WORDING.at(seen.at(path), document=requirement.document)


def always(when: Condition, fields: dict[str, Field]) -> bool:
    """Tell whether a condition is `selalu`, or lists every option of a question that everybody answers."""
    if isinstance(when, Always):
        return True
    if not isinstance(when, OneOf):
        return False
    field = fields.get(when.field)
    if field is None or field.optional or not isinstance(field.shown_when, Always):
        return False
    every = {True, False} if field.kind is Kind.YES_NO else {option.code for option in field.options}
    return bool(every) and every <= set(when.values)


CHECK = Check("SYR-02", "document-always-asked", check, __doc__, HALAMAN)
