"""a row is covered by the rows before it

The first row that holds counts (`pertama: ya`), and wherever this one holds, one before it does.

## Why this matters

The row is read by people and never counts. Most often it stands too low in the table.

## Example

    pertama: ya
    baris:
      - {bila: {luas: "> 10"}, waktu: 5 hari kerja}
      - {bila: {luas: "> 100"}, waktu: 9 hari kerja}

Write instead the narrower row first:

    pertama: ya
    baris:
      - {bila: {luas: "> 100"}, waktu: 9 hari kerja}
      - {bila: {luas: "> 10"}, waktu: 5 hari kerja}
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.check import Check
from generator.checks.decided_table import tables_of
from generator.checks.exhibit import exhibited
from generator.checks.versions import versions_of
from generator.checks.wording import Wording
from generator.finding import Finding, Severity
from generator.model import Catalog
from generator.proof.replay import Claim
from generator.proof.solver import no
from generator.proof.trial import trial
from rules.table import Policy
from rules.words import Words

HALAMAN = """\
sebuah baris tertutup baris sebelumnya

Baris pertama yang berlaku dipakai (`pertama: ya`), dan di mana pun baris ini berlaku, baris sebelumnya juga.

## Mengapa ini penting

Baris itu dibaca orang dan tidak pernah dipakai. Biasanya ia berdiri terlalu bawah di tabelnya.

## Contoh

    pertama: ya
    baris:
      - {bila: {luas: "> 10"}, waktu: 5 hari kerja}
      - {bila: {luas: "> 100"}, waktu: 9 hari kerja}

Tulislah baris yang lebih sempit lebih dahulu:

    pertama: ya
    baris:
      - {bila: {luas: "> 100"}, waktu: 9 hari kerja}
      - {bila: {luas: "> 10"}, waktu: 5 hari kerja}
"""

WORDING = Wording(
    "TBL-04",
    Severity.WARNING,
    Words("baris {table} ini tertutup baris sebelumnya", "this row of {table} is covered by those before it"),
    Words("baris sebelumnya selalu berlaku", "one before always holds"),
    Words("pindahkan ke atas, atau hapus", "move it up, or delete it"),
)


def check(catalog: Catalog) -> Iterator[Finding]:
    """Find rows of first-match tables that hold, and never first."""
    for seen in versions_of(catalog):
        proof = trial(seen.permit)
        for table in tables_of(seen.permit):
            if table.policy is not Policy.FIRST:
                continue
            view = table.view
            for position, (index, when) in enumerate(table.rows):
                before = [no(view.holds(other)) for _, other in table.rows[:position]]
                if proof.possible(view, view.holds(when), *before):
                    continue
                shown = proof.shown(view, Claim(holds=(when,), items=table.items, given=table.given))
                if shown is not None:  # one that never holds is told by TBL-03
                    at = seen.at((*table.path, index, "bila"), table.path)
                    yield exhibited(WORDING.at(at, table=table.name), proof, shown, table.items)


CHECK = Check("TBL-04", "row-covered-by-others", check, __doc__, HALAMAN)
