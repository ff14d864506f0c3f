"""a condition is larger than the engine can hold

The decision engine multiplies every condition out to alternatives, and holds only so many of them, so many tests in
each, and numbers of so many digits.

## Why this matters

Past these figures the engine refuses, or never comes back, and no application could be decided.

## Example

A condition that joins many `salah_satu` in one `semua`: four of them with six parts each are 1,296 alternatives.

Write instead a derived fact (`turunan`) for a part of it, or several rows.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.check import Check
from generator.checks.route import leads_nowhere
from generator.checks.versions import Seen, versions_of
from generator.checks.wording import Wording
from generator.finding import Finding, Place, Severity
from generator.model import Catalog, Path
from rules.limit import Limit, limits
from rules.permit import Permit
from rules.ruleset import conditions_of, fact_fields, item_conditions_of, item_fields
from rules.transition import transition_fields, transition_rules
from rules.words import Words

HALAMAN = """\
sebuah kondisi lebih besar dari yang dapat dimuat mesin

Mesin keputusan menguraikan setiap kondisi menjadi pilihan-pilihan, dan hanya memuat sejumlah tertentu, dengan sejumlah
uji di dalam masing-masing, dan angka dengan sejumlah digit.

## Mengapa ini penting

Di atas jumlah itu mesin menolak, atau tidak pernah selesai, dan tidak ada permohonan yang dapat diputuskan.

## Contoh

Kondisi yang menggabungkan banyak `salah_satu` dalam satu `semua`: empat dengan masing-masing enam bagian menjadi 1.296
pilihan.

Tulislah sebagian sebagai fakta turunan (`turunan`), atau sebagai beberapa baris.
"""

WORDING = Wording(
    "RUN-01",
    Severity.ERROR,
    Words(
        "{what} {found}, dan mesin memuat paling banyak {most}", "{what} {found}, and the engine holds at most {most}"
    ),
    Words("{found}", "{found}"),
    Words("pecah menjadi beberapa baris, atau pakai `turunan`", "split it into rows, or use `turunan`"),
)
WHAT = {
    Limit.ALTERNATIVES: Words("pilihan dalam kondisi ini ada", "the alternatives of this condition are"),
    Limit.CONJUNCTS: Words("pilihan dalam semua kondisi izin ini ada", "the alternatives of all conditions are"),
    Limit.CONDITIONS: Words("uji dalam satu pilihan ada", "the tests of one alternative are"),
    Limit.GROUPS: Words("kelompok pilihan dalam kondisi ini ada", "the groups of values of this condition are"),
    Limit.PROPERTIES: Words("isian yang dibaca satu pilihan ada", "the questions that one alternative reads are"),
    Limit.DIGITS: Words("digit angka dalam kondisi ini ada", "the digits of a number in this condition are"),
}


def check(catalog: Catalog) -> Iterator[Finding]:
    """Find conditions past the limits of the engine."""
    for seen in versions_of(catalog):
        permit = seen.permit
        fields = fact_fields(permit)
        books = [(conditions_of(permit), fields)]
        for listed, rules in item_conditions_of(permit).items():
            if listed in fields:
                books.append((rules, {**fields, **item_fields(fields[listed])}))
        if not any(leads_nowhere(stage) for stage in permit.stages):
            books.append((transition_rules(permit), dict(transition_fields(permit))))
        told = set[tuple[Place, Limit]]()  # a row of `setuju` is in two rulesets
        for rules, known in books:
            for over in limits(rules, known):
                place = _place(seen, over.rule)
                if (place, over.limit) not in told:
                    told.add((place, over.limit))
                    yield WORDING.at(place, what=WHAT[over.limit], found=str(over.found), most=str(over.most))


def _place(seen: Seen, rule: str | None) -> Place:
    if rule is None:
        return seen.at(("izin",))
    path = path_of(seen.permit, rule)
    return seen.at(*((*path, key) for key in ("wajib_bila", "tolak_bila", "bila")))


def path_of(permit: Permit, rule: str) -> Path:
    """Return the path of the part that a rule id stands for."""
    parts: list[str | int] = [int(part) if part.isdigit() else part for part in rule.split("/")]
    if parts[0] == "transisi":  # of a stage and an event, and where it leads by a row
        return ("alur", *parts[1:])
    if parts[0] != "alur":
        return tuple(parts)
    side_by_side = any(stage.code == parts[1] and stage.side_by_side for stage in permit.stages)
    match parts[2:]:
        case ["serentak", int(desk)]:
            return ("alur", parts[1], "serentak", desk) if side_by_side else ("alur", parts[1])
        case [str(key), int(desk), int(row)]:
            return ("alur", parts[1], *(("serentak", desk) if side_by_side else ()), key, row)
        case _:
            return tuple(parts)


CHECK = Check("RUN-01", "engine-limit", check, __doc__, HALAMAN)
