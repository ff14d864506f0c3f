"""questions wait for each other in a circle

Each is shown only when another of them is answered, directly or through a derived fact.

## Why this matters

None of them is ever shown, and whatever depends on their answers never holds.

## Example

    - {kode: basemen, tampil_bila: {lantai: "> 1"}, …}
    - {kode: lantai, tampil_bila: {basemen: ya}, …}

Write instead one question that is shown by itself:

    - {kode: lantai, …}
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.check import Check
from generator.checks.circle import circles, drawn
from generator.checks.versions import versions_of
from generator.checks.wording import Wording
from generator.finding import Finding, Severity
from generator.model import Catalog
from rules.condition.tree import fields_of
from rules.formula import FormulaFault, names
from rules.formula_reader import parse
from rules.permit import Permit
from rules.words import Words

HALAMAN = """\
pertanyaan saling menunggu dalam lingkaran

Masing-masing baru tampil bila yang lain dijawab, langsung atau lewat fakta turunan.

## Mengapa ini penting

Tidak satu pun pernah tampil, dan yang bergantung pada jawabannya tidak pernah berlaku.

## Contoh

    - {kode: basemen, tampil_bila: {lantai: "> 1"}, …}
    - {kode: lantai, tampil_bila: {basemen: ya}, …}

Tulislah satu pertanyaan yang tampil dengan sendirinya:

    - {kode: lantai, …}
"""

WORDING = Wording(
    "ISI-02",
    Severity.ERROR,
    Words("pertanyaan saling menunggu: {circle}", "questions wait for each other: {circle}"),
    Words("menunggu `{next}`", "waits for `{next}`"),
    Words("hapus salah satu `tampil_bila` dalam lingkaran ini", "delete one `tampil_bila` of this circle"),
)


def check(catalog: Catalog) -> Iterator[Finding]:
    """Find questions that wait for each other."""
    for seen in versions_of(catalog):
        for circle in circles(waits(seen.permit)):
            asked = [code for code in circle if ("isian", code, "tampil_bila") in seen.version.places.at]
            if not asked:
                continue  # a circle of derived facts alone is ISI-07
            at = circle.index(asked[0])
            turned = (*circle[at:], *circle[:at])
            place = seen.at(
                ("isian", turned[0], "tampil_bila", turned[1 % len(turned)]), ("isian", turned[0], "tampil_bila")
            )
            yield WORDING.at(place, circle=Words(drawn(turned), drawn(turned)), next=turned[1 % len(turned)])


def waits(permit: Permit) -> dict[str, list[str]]:
    """Return what each question and each derived fact waits for."""
    graph = {field.code: list(dict.fromkeys(fields_of(field.shown_when))) for field in permit.fields}
    for derived in permit.derived:
        tree = parse(derived.formula) if derived.formula is not None else None
        if tree is not None and not isinstance(tree, FormulaFault):
            graph[derived.code] = list(names(tree))
        elif derived.count_of is not None:
            graph[derived.code] = [derived.count_of]
    return graph


CHECK = Check("ISI-02", "questions-in-a-circle", check, __doc__, HALAMAN)
