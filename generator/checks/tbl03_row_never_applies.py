"""a row never applies

No application that comes to the table meets the row's condition; for `selainnya`, the other rows leave nothing over.
The same holds of a desk's `bila` and of a row of `bebas`.

## Why this matters

A row is a sentence of the law. One that never applies is a bound that is wrong, or a rule that some other row took.

## Example

    - {kode: luas, maksimal: 5000, …}
    waktu_total:
      - {bila: {luas: "<= 10000"}, waktu: 7 hari kerja}
      - {bila: {luas: "> 10000"}, waktu: 14 hari kerja}

Write instead the bound that the law says, or delete the row:

    waktu_total:
      - {bila: {luas: "<= 1000"}, waktu: 7 hari kerja}
      - {bila: {luas: "> 1000"}, waktu: 14 hari kerja}
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.check import Check
from generator.checks.decided_table import DecidedTable, tables_of
from generator.checks.hidden_question import reads_hidden
from generator.checks.never_met import reasons
from generator.checks.versions import Seen, versions_of
from generator.checks.wording import Wording
from generator.finding import Finding, Severity
from generator.model import Catalog, fee_path
from generator.proof.trial import trial
from rules.words import Words

HALAMAN = """\
sebuah baris tidak pernah berlaku

Tidak ada permohonan yang sampai ke tabel itu dan memenuhi kondisi barisnya; untuk `selainnya`, baris lain tidak
menyisakan apa pun. Demikian pula `bila` sebuah meja dan baris `bebas`.

## Mengapa ini penting

Sebuah baris adalah kalimat peraturan. Yang tidak pernah berlaku adalah batas yang keliru, atau aturan yang sudah
diambil baris lain.

## Contoh

    - {kode: luas, maksimal: 5000, …}
    waktu_total:
      - {bila: {luas: "<= 10000"}, waktu: 7 hari kerja}
      - {bila: {luas: "> 10000"}, waktu: 14 hari kerja}

Tulislah batas menurut peraturan, atau hapus barisnya:

    waktu_total:
      - {bila: {luas: "<= 1000"}, waktu: 7 hari kerja}
      - {bila: {luas: "> 1000"}, waktu: 14 hari kerja}
"""

WORDING = Wording(
    "TBL-03",
    Severity.ERROR,
    Words("baris {table} ini tidak pernah berlaku", "this row of {table} never applies"),
    Words("tidak pernah terpenuhi", "never met"),
    Words("betulkan kondisinya, atau hapus baris ini", "correct its condition, or delete this row"),
)
REST = Wording(
    "TBL-03",
    Severity.ERROR,
    Words("`selainnya` pada {table} tidak pernah berlaku", "`selainnya` of {table} never applies"),
    Words("baris lain sudah memuat semuanya", "other rows cover everything"),
    Words("hapus baris ini", "delete this row"),
)
DESK = Wording(
    "TBL-03",
    Severity.ERROR,
    Words("`{desk}` tidak pernah diminta di tahap `{stage}`", "`{desk}` is never asked at the stage `{stage}`"),
    Words("tidak pernah terpenuhi", "never met"),
    Words("betulkan `bila`, atau hapus meja ini", "correct `bila`, or delete this desk"),
)


def check(catalog: Catalog) -> Iterator[Finding]:
    """Find rows, desks and exemptions that no application meets."""
    for seen in versions_of(catalog):
        for table in tables_of(seen.permit):
            yield from _rows(seen, table)
        yield from _desks(seen)
        yield from _exemptions(seen)


def _rows(seen: Seen, table: DecidedTable) -> Iterator[Finding]:
    proof, view = trial(seen.permit), table.among
    for index, when in table.rows:
        if not proof.possible(view, view.holds(when)):
            why = reasons(seen, when) if table.items is None else ()
            yield WORDING.at(seen.at((*table.path, index, "bila"), table.path), *why, table=table.name)
    if table.otherwise is not None and not proof.possible(view, proof.formula(view, table.none())):
        yield REST.at(seen.at((*table.path, table.otherwise, "selainnya"), table.path), table=table.name)


def _desks(seen: Seen) -> Iterator[Finding]:
    proof = trial(seen.permit)
    for stage in seen.permit.stages if proof.sound else ():
        view = proof.application.entering(stage.code)
        if not proof.possible(view):
            continue
        for place, reviewer in enumerate(stage.reviewers):
            if not reads_hidden(seen.permit, reviewer.when) and not proof.possible(view, view.holds(reviewer.when)):
                at = ("alur", stage.code, *(("serentak", place) if stage.side_by_side else ()), "bila")
                yield DESK.at(seen.at(at), *reasons(seen, reviewer.when), desk=reviewer.agency, stage=stage.code)


def _exemptions(seen: Seen) -> Iterator[Finding]:
    proof = trial(seen.permit)
    view = proof.application.issued()
    exemptions = [(fee, *each) for fee in seen.permit.fees for each in enumerate(fee.exemptions)]
    if not exemptions or not proof.sound or not proof.possible(view):
        return
    for fee, index, exemption in exemptions:
        if not reads_hidden(seen.permit, exemption.when) and not proof.possible(view, view.holds(exemption.when)):
            place = seen.at((*fee_path(fee), "bebas", index, "bila"))
            yield WORDING.at(place, *reasons(seen, exemption.when), table=Words("`bebas`"))


CHECK = Check("TBL-03", "row-never-applies", check, __doc__, HALAMAN)
