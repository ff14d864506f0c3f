"""factors of a fee wait for each other in a circle

The formula of each needs the value of another of them.

## Why this matters

None of them can be computed, so the fee has no amount.

## Example

    faktor:
      indeks: {rumus: koefisien * 2}
      koefisien: {rumus: indeks / 2}

Write instead one of them as a number, or from answers:

    faktor:
      indeks: {rumus: koefisien * 2}
      koefisien: {nilai: 0.5}
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.check import Check
from generator.checks.circle import circles, drawn
from generator.checks.formulas import Written, formulas_of
from generator.checks.versions import versions_of
from generator.checks.wording import Wording
from generator.finding import Finding, Severity
from generator.model import Catalog
from rules.words import Words

HALAMAN = """\
faktor retribusi saling menunggu dalam lingkaran

Rumus masing-masing membutuhkan nilai yang lain.

## Mengapa ini penting

Tidak satu pun dapat dihitung, sehingga retribusinya tidak punya jumlah.

## Contoh

    faktor:
      indeks: {rumus: koefisien * 2}
      koefisien: {rumus: indeks / 2}

Tulislah salah satunya sebagai angka, atau dari jawaban:

    faktor:
      indeks: {rumus: koefisien * 2}
      koefisien: {nilai: 0.5}
"""

WORDING = Wording(
    "RET-06",
    Severity.ERROR,
    Words("faktor saling menunggu: {circle}", "factors wait for each other: {circle}"),
    Words("membutuhkan `{next}`", "needs `{next}`"),
    Words("tulis salah satunya sebagai angka, atau dari jawaban", "write one of them as a number, or from answers"),
)


def check(catalog: Catalog) -> Iterator[Finding]:
    """Find factors that need each other."""
    for seen in versions_of(catalog):
        factors = [each for each in formulas_of(seen) if each.owner and each.paths[0][0] == "retribusi"]
        graph: dict[str, list[str]] = {}
        for each in factors:
            graph.setdefault(each.owner, []).extend(use.code for use in each.uses() if use.items is None)
        for circle in circles(graph):
            following = circle[1 % len(circle)]
            place = seen.at(*(p for each in factors if each.owner == circle[0] for p in _named(each, following)))
            yield WORDING.at(place, circle=Words(drawn(circle), drawn(circle)), next=following)


def _named(written: Written, name: str) -> tuple[tuple[str | int, ...], ...]:
    return tuple((*path, name) for path in written.paths)


CHECK = Check("RET-06", "factors-in-a-circle", check, __doc__, HALAMAN)
