"""nobody of an agency may do what the route asks of it

The agency has no `peran` at all, or not the one the route names.

## Why this matters

Only people in a role of `instansi.yaml` see the files of their agency. Without the role, the file lies there unseen.

## Example

    periksa: {oleh: dpmptsp.frontoffice, …}     # peran: [front_office, kepala]

Write instead a role the agency has:

    periksa: {oleh: dpmptsp.front_office, …}
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.check import Check
from generator.checks.versions import versions_of
from generator.checks.wording import Wording
from generator.finding import Finding, Severity
from generator.model import Catalog
from generator.reading.tks import did_you_mean, listed
from rules.words import Words

HALAMAN = """\
tidak seorang pun di instansi itu boleh mengerjakan yang diminta alur

Instansi itu tidak punya `peran` sama sekali, atau tidak punya peran yang disebut alur.

## Mengapa ini penting

Hanya orang dengan peran dalam `instansi.yaml` yang melihat berkas instansinya. Tanpa peran itu berkas tidak terlihat.

## Contoh

    periksa: {oleh: dpmptsp.frontoffice, …}     # peran: [front_office, kepala]

Tulislah peran yang dimiliki instansi itu:

    periksa: {oleh: dpmptsp.front_office, …}
"""
WORDING = Wording(
    "OPD-02",
    Severity.ERROR,
    Words(
        "di `{agency}` tidak ada peran {role} untuk tahap `{stage}`", "`{agency}` has no {role} for the stage `{stage}`"
    ),
    Words("tidak ada yang boleh", "nobody may"),
    Words("{advice}", "{advice}"),
)
ANY = Words("apa pun", "role at all")


def check(catalog: Catalog) -> Iterator[Finding]:
    """Find desks at which nobody may sit."""
    for seen in versions_of(catalog):
        roles = {agency.code: agency.roles for agency in seen.city.city.agencies}
        for stage in seen.permit.stages:
            for index, reviewer in enumerate(stage.reviewers):
                if reviewer.agency not in roles:
                    continue
                has = roles[reviewer.agency]
                if has and (reviewer.role is None or reviewer.role in has):
                    continue
                at = ("alur", stage.code)
                place = seen.at((*at, "serentak", index, "peran"), (*at, "serentak", index, "instansi"), (*at, "oleh"))
                role = Words(f"`{reviewer.role}`", f"role `{reviewer.role}`") if reviewer.role else ANY
                otherwise = Words(
                    f"peran di sana: {listed(has)}" if has else f"tulis `peran` pada `{reviewer.agency}`",
                    f"roles there: {listed(has)}" if has else f"write `peran` at `{reviewer.agency}`",
                )
                advice = did_you_mean(reviewer.role or "", has, otherwise)
                yield WORDING.at(place, agency=reviewer.agency, role=role, stage=stage.code, advice=advice)


CHECK = Check("OPD-02", "nobody-may-review", check, __doc__, HALAMAN)
