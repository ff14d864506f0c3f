"""more time is promised than any way through the stages takes

Stages in a row add up, and desks side by side count by the longest; every application to which this row of
`waktu_total` applies is done sooner than it says.

## Why this matters

The applicant is told to wait longer than anybody needs, and an office that is late by its own times is not seen to be.

## Example

    periksa: {oleh: dpmptsp.front_office, waktu: 1 hari kerja, setuju: penerbitan}
    penerbitan: {oleh: dpmptsp.kepala, waktu: 2 hari kerja, tanda_tangan: ya, setuju: terbit}
    waktu_total: 10 hari kerja

Write instead what the stages come to:

    waktu_total: 3 hari kerja
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.check import Check
from generator.checks.exhibit import exhibited
from generator.checks.promise_words import enough, place_of, printed, total
from generator.checks.versions import Seen, versions_of
from generator.checks.wording import Wording
from generator.finding import Finding, Severity
from generator.model import Catalog
from generator.proof.promise import allowed, longest
from generator.proof.trial import trial
from rules.words import Words

HALAMAN = """\
waktu yang dijanjikan lebih lama daripada jalan mana pun melalui tahap-tahapnya

Waktu tahap yang berurutan dijumlahkan, dan waktu meja yang serentak dihitung yang terlama; setiap permohonan yang
terkena baris `waktu_total` ini selesai lebih cepat daripada yang tertulis.

## Mengapa ini penting

Pemohon disuruh menunggu lebih lama daripada yang diperlukan, dan kantor yang terlambat menurut waktunya sendiri tidak
kelihatan terlambat.

## Contoh

    periksa: {oleh: dpmptsp.front_office, waktu: 1 hari kerja, setuju: penerbitan}
    penerbitan: {oleh: dpmptsp.kepala, waktu: 2 hari kerja, tanda_tangan: ya, setuju: terbit}
    waktu_total: 10 hari kerja

Tulislah jumlah tahapnya:

    waktu_total: 3 hari kerja
"""
WORDING = Wording(
    "SLA-04",
    Severity.WARNING,
    Words(
        "`{permit}` menjanjikan {allowed}, dan jalan terlamanya {sum}",
        "`{permit}` promises {allowed}, and its longest way takes {sum}",
    ),
    Words("lebih dari jumlah tahapnya", "more than its stages"),
    Words(
        "tulis `{enough}` di sini, atau `diterima` dengan alasannya",
        "write `{enough}` here, or accept it with a reason",
    ),
)


def check(catalog: Catalog) -> Iterator[Finding]:
    """Find promises that every way is shorter than."""
    for seen in versions_of(catalog):
        if not _timed(seen):
            continue
        tried = trial(seen.permit)
        for length in allowed(seen.permit):
            found = None if length.row is None else longest(tried, seen.city.city, length)
            if found is not None and found.under:
                place = seen.at(*place_of(seen.permit, length))
                told = WORDING.at(
                    place,
                    permit=seen.permit.code,
                    allowed=printed(length.duration),
                    sum=total(found),
                    enough=enough(found, seen.city.city),
                )
                yield exhibited(told, tried, found.shown(tried))


def _timed(seen: Seen) -> bool:
    """Tell whether every desk of the office says how long it takes: where one does not, no way has a length."""
    return all(
        reviewer.duration is not None and reviewer.duration.rows
        for stage in seen.permit.stages
        if not stage.outside
        for reviewer in stage.reviewers
    )


CHECK = Check("SLA-04", "promise-too-long", check, __doc__, HALAMAN)
