"""a row tests a question that may be hidden

The row would hold for this application, if it were asked the question; so another row decides, or none.

## Why this matters

Unanswered is not «tidak». Who wrote the row may have thought that everybody is asked.

## Example

    - {kode: luas, tampil_bila: {kegiatan: bangunan}, …}
    waktu_total:
      - {bila: {luas: "<= 100"}, waktu: 7 hari kerja}
      - {selainnya: ya, alasan: Bangunan besar., waktu: 14 hari kerja}

Write instead what is decided for those who are not asked:

    waktu_total:
      - {bila: {luas: "<= 100"}, waktu: 7 hari kerja}
      - {bila: {luas: kosong}, waktu: 5 hari kerja}
      - {bila: {luas: "> 100"}, waktu: 14 hari kerja}
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from generator.checks.check import Check
from generator.checks.decided_table import DecidedTable, tables_of
from generator.checks.exhibit import exhibited
from generator.checks.versions import versions_of
from generator.checks.wording import Wording, plain
from generator.finding import Finding, Label, Severity
from generator.model import Catalog
from generator.proof.replay import Claim
from generator.proof.trial import Shown, Trial, trial
from rules.condition.tree import ALWAYS, Answered, Condition, Every, Not, Some, fields_of
from rules.words import Words

HALAMAN = """\
sebuah baris menguji pertanyaan yang mungkin tersembunyi

Baris itu akan berlaku bagi permohonan ini bila pertanyaannya diajukan; maka baris lain yang memutus, atau tidak ada.

## Mengapa ini penting

Tidak dijawab bukan «tidak». Penulis baris itu mungkin mengira semua orang ditanya.

## Contoh

    - {kode: luas, tampil_bila: {kegiatan: bangunan}, …}
    waktu_total:
      - {bila: {luas: "<= 100"}, waktu: 7 hari kerja}
      - {selainnya: ya, alasan: Bangunan besar., waktu: 14 hari kerja}

Tulislah apa yang diputus bagi mereka yang tidak ditanya:

    waktu_total:
      - {bila: {luas: "<= 100"}, waktu: 7 hari kerja}
      - {bila: {luas: kosong}, waktu: 5 hari kerja}
      - {bila: {luas: "> 100"}, waktu: 14 hari kerja}
"""

MOST_PLACES = 5  # beside the first
ALSO = plain("di sini juga", "here too")
WORDING = Wording(
    "ISI-04",
    Severity.INFO,
    Words(
        "baris {table} ini menguji `{question}`, yang tidak ditanyakan kepada semua pemohon",
        "this row of {table} tests `{question}`, which not every applicant is asked",
    ),
    Words("mungkin tersembunyi", "may be hidden"),
    Words(
        "pastikan baris lain memutus yang `{question}: kosong`",
        "make sure that another row decides those with `{question}: kosong`",
    ),
)


def check(catalog: Catalog) -> Iterator[Finding]:
    """Find rows that one hidden question keeps from holding, where another row then decides unseen."""
    for seen in versions_of(catalog):
        proof = trial(seen.permit)
        told: dict[str, Finding] = {}
        for table in tables_of(seen.permit):
            for index, when in table.rows if table.otherwise is not None else ():
                for code in dict.fromkeys(fields_of(when)):
                    shown = _hidden(proof, table, when, code)
                    if shown is None:
                        continue
                    place = seen.at((*table.path, index, "bila", code), (*table.path, index, "bila"), table.path)
                    if code not in told:
                        finding = WORDING.at(place, table=table.name, question=code)
                        told[code] = exhibited(finding, proof, shown, table.items)
                    elif len(told[code].related) < MOST_PLACES:
                        told[code] = replace(told[code], related=(*told[code].related, Label(place, ALSO)))
        yield from told.values()


def _hidden(proof: Trial, table: DecidedTable, when: Condition, code: str) -> Shown | None:
    """Return an application that is not asked the question, and of which all else in the row holds."""
    without = _without(when, code)
    hidden = Not(Answered(code))
    if without is None or Answered(code) in _parts(when) or hidden in _parts(when):
        return None
    claim = Claim(holds=(hidden, without), fails=(when,), items=table.items, given=table.given)
    return proof.shown(table.view, claim)


def _without(when: Condition, code: str) -> Condition | None:
    """Return a row of tests side by side without that of one question; None where they do not stand side by side."""
    parts = _parts(when)
    left = tuple(part for part in parts if code not in fields_of(part))
    if any(isinstance(part, Some | Every) or len({*fields_of(part)}) > 1 for part in parts if part not in left):
        return None
    return ALWAYS if not left else left[0] if len(left) == 1 else Every(left)


def _parts(when: Condition) -> tuple[Condition, ...]:
    return when.parts if isinstance(when, Every) else (when,)


CHECK = Check("ISI-04", "tests-a-hidden-question", check, __doc__, HALAMAN)
