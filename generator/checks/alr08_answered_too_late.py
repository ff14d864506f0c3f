"""a stage waits for an answer that comes too late

`bila`, `waktu` and `peninjauan` of a stage read what officers answered in the stages before it; its `setuju` also reads
what the stage itself answered.

## Why this matters

A condition on an answer that nobody has given yet does not hold: the desk is not asked, or the file has no way on.

## Example

    verifikasi: {oleh: dpmptsp.front_office, setuju: [{bila: {hasil_tinjau: sesuai}, ke: teknis}, …]}
    teknis: {oleh: dinkes, isian_petugas: [{kode: hasil_tinjau, …}], setuju: terbit}

Write instead the condition where the answer is given, or after it:

    verifikasi: {oleh: dpmptsp.front_office, setuju: teknis}
    teknis: {oleh: dinkes, isian_petugas: [{kode: hasil_tinjau, …}], setuju: [{bila: {hasil_tinjau: sesuai}, …}, …]}
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from generator.checks.check import Check
from generator.checks.route import onward
from generator.checks.versions import versions_of
from generator.checks.wording import Wording
from generator.finding import Finding, Severity
from generator.model import Catalog, Path
from rules.condition.tree import Condition, fields_of
from rules.permit import Stage
from rules.table import Table
from rules.words import Words

T = TypeVar("T")

HALAMAN = """\
sebuah tahap menunggu jawaban yang datang terlambat

`bila`, `waktu` dan `peninjauan` sebuah tahap membaca jawaban petugas dari tahap sebelumnya; `setuju` juga membaca
jawaban di tahap itu sendiri.

## Mengapa ini penting

Kondisi atas jawaban yang belum diberikan siapa pun tidak berlaku: meja itu tidak ditanya, atau berkas tidak berlanjut.

## Contoh

    verifikasi: {oleh: dpmptsp.front_office, setuju: [{bila: {hasil_tinjau: sesuai}, ke: teknis}, …]}
    teknis: {oleh: dinkes, isian_petugas: [{kode: hasil_tinjau, …}], setuju: terbit}

Tulislah kondisinya di tempat jawaban itu diberikan, atau sesudahnya:

    verifikasi: {oleh: dpmptsp.front_office, setuju: teknis}
    teknis: {oleh: dinkes, isian_petugas: [{kode: hasil_tinjau, …}], setuju: [{bila: {hasil_tinjau: sesuai}, …}, …]}
"""

WORDING = Wording(
    "ALR-08",
    Severity.ERROR,
    Words(
        "tahap `{stage}` membaca `{code}`, yang baru dijawab di tahap `{later}`",
        "the stage `{stage}` reads `{code}`, which is answered no sooner than in `{later}`",
    ),
    Words("belum dijawab di sini", "not yet answered here"),
    Words("pakai jawaban dari tahap sebelumnya", "use an answer of an earlier stage"),
)


def check(catalog: Catalog) -> Iterator[Finding]:
    """Find conditions of a stage on answers of the same or a later stage."""
    for seen in versions_of(catalog):
        answered = {
            field.code: stage.code
            for stage in seen.permit.stages
            for reviewer in stage.reviewers
            for field in reviewer.officer_fields
        }
        for stage in seen.permit.stages if answered else ():
            before, told = _before(stage.code, onward(seen)), set[str]()
            for path, condition, after in _conditions(stage):
                for code in dict.fromkeys(fields_of(condition)):
                    given = answered.get(code)
                    in_time = given is None or given in before or (after and given == stage.code)
                    if given is not None and not in_time and code not in told:
                        told.add(code)
                        place = seen.at((*path, code), path)
                        yield WORDING.at(place, stage=stage.code, code=code, later=given)


def _before(stage: str, graph: dict[str, list[str]]) -> set[str]:
    """Return every stage from which a file can come to this one."""
    found: set[str] = set()
    waiting = [stage]
    while waiting:
        to = waiting.pop()
        sources = {start for start, ends in graph.items() if to in ends} - found
        found |= sources
        waiting.extend(sources)
    return found


def _conditions(stage: Stage) -> Iterator[tuple[Path, Condition, bool]]:
    """Yield the conditions of a stage with their paths, and whether each is decided after the stage has answered."""
    at: Path = ("alur", stage.code)
    for index, reviewer in enumerate(stage.reviewers):
        desk: Path = (*at, "serentak", index) if stage.side_by_side else at
        yield (*desk, "bila"), reviewer.when, False
        for number, when in _rows(reviewer.duration):
            yield (*desk, "waktu", number, "bila"), when, False
        for number, when in _rows(reviewer.inspection):
            yield (*desk, "peninjauan", number, "bila"), when, False
    for number, when in _rows(stage.approved):
        yield (*at, "setuju", number, "bila"), when, True


def _rows(table: Table[T] | None) -> Iterator[tuple[int, Condition]]:
    return ((number, row.when) for number, row in enumerate(table.rows if table is not None else ()))


CHECK = Check("ALR-08", "answered-too-late", check, __doc__, HALAMAN)
