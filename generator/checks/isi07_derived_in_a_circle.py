"""derived facts wait for each other in a circle

The formula of each needs the value of another of them.

## Why this matters

None of them can be computed, so whatever reads them never holds and no fee comes of them.

## Example

    turunan:
      luas_total: {rumus: luas_bangunan + luas_teras}
      luas_teras: {rumus: luas_total * 0.1}

Write instead one of them from answers alone:

    turunan:
      luas_teras: {rumus: luas_bangunan * 0.1}
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.check import Check
from generator.checks.circle import circles, drawn
from generator.checks.formulas import formulas_of
from generator.checks.versions import versions_of
from generator.checks.wording import Wording
from generator.finding import Finding, Severity
from generator.model import Catalog
from rules.words import Words

HALAMAN = """\
fakta turunan saling menunggu dalam lingkaran

Rumus masing-masing membutuhkan nilai yang lain.

## Mengapa ini penting

Tidak satu pun dapat dihitung, sehingga yang membacanya tidak pernah berlaku dan retribusinya tidak keluar.

## Contoh

    turunan:
      luas_total: {rumus: luas_bangunan + luas_teras}
      luas_teras: {rumus: luas_total * 0.1}

Tulislah salah satunya dari jawaban saja:

    turunan:
      luas_teras: {rumus: luas_bangunan * 0.1}
"""

WORDING = Wording(
    "ISI-07",
    Severity.ERROR,
    Words("fakta turunan saling menunggu: {circle}", "derived facts wait for each other: {circle}"),
    Words("membutuhkan `{next}`", "needs `{next}`"),
    Words("hitung salah satunya dari jawaban saja", "compute one of them from answers alone"),
)


def check(catalog: Catalog) -> Iterator[Finding]:
    """Find derived facts that need each other."""
    for seen in versions_of(catalog):
        written = [each for each in formulas_of(seen) if each.owner and each.paths[0][0] != "retribusi"]
        own = {each.owner for each in written}
        graph = {
            each.owner: [use.code for use in each.uses() if use.items is None and use.code in own] for each in written
        }
        paths = {each.owner: each.paths[0] for each in written}
        for circle in circles(graph):
            following = circle[1 % len(circle)]
            place = seen.at((*paths[circle[0]], following))
            yield WORDING.at(place, circle=Words(drawn(circle), drawn(circle)), next=following)


CHECK = Check("ISI-07", "derived-in-a-circle", check, __doc__, HALAMAN)
