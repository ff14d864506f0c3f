"""the stages of a permit take longer than is promised

Stages in a row add up, desks side by side count by the longest, and the time of the applicant and of an outside body
does not count. What they may take at most must fit into `waktu_total`, and what they may take once the file is
complete into `batas_hukum`.

## Why this matters

An office that keeps every one of its times would still break its promise, to every applicant of this kind. After
`batas_hukum` an application is deemed granted (UU 30/2014, article 53).

## Example

    periksa: {oleh: dpmptsp.front_office, waktu: 1 hari kerja, setuju: teknis}
    teknis: {oleh: dinkes, waktu: 9 hari kerja, setuju: penerbitan}
    penerbitan: {oleh: dpmptsp.kepala, waktu: 2 hari kerja, tanda_tangan: ya, setuju: terbit}
    waktu_total: 10 hari kerja

Write instead what the stages come to, or give a stage less time:

    waktu_total: 12 hari kerja
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.check import Check
from generator.checks.exhibit import exhibited
from generator.checks.promise_words import enough, place_of, printed, total
from generator.checks.versions import versions_of
from generator.checks.wording import Wording
from generator.finding import Finding, Severity
from generator.model import Catalog
from generator.proof.promise import allowed, longest
from generator.proof.trial import trial
from rules.words import Words

HALAMAN = """\
tahap-tahap sebuah izin lebih lama daripada yang dijanjikan

Waktu tahap yang berurutan dijumlahkan, waktu meja yang serentak dihitung yang terlama, dan waktu pemohon atau pihak
luar tidak dihitung. Jumlah terbesarnya harus muat dalam `waktu_total`, dan jumlahnya sejak berkas lengkap harus muat
dalam `batas_hukum`.

## Mengapa ini penting

Kantor yang menepati setiap waktunya tetap melanggar janjinya, kepada setiap pemohon seperti ini. Setelah `batas_hukum`
lewat, permohonan dianggap dikabulkan (UU 30/2014 pasal 53).

## Contoh

    periksa: {oleh: dpmptsp.front_office, waktu: 1 hari kerja, setuju: teknis}
    teknis: {oleh: dinkes, waktu: 9 hari kerja, setuju: penerbitan}
    penerbitan: {oleh: dpmptsp.kepala, waktu: 2 hari kerja, tanda_tangan: ya, setuju: terbit}
    waktu_total: 10 hari kerja

Tulislah jumlah tahapnya, atau kurangi waktu sebuah tahap:

    waktu_total: 12 hari kerja
"""

SUM = Words("jumlah tahapnya lebih besar", "its stages add up to more")
PROMISE = Wording(
    "SLA-03",
    Severity.ERROR,
    Words(
        "tahap-tahap `{permit}` dapat memakan {sum}, dijanjikan {allowed}",
        "the stages of `{permit}` may take {sum}, and {allowed} are promised",
    ),
    SUM,
    Words(
        "tulis `{enough}` di sini, atau kurangi waktu sebuah tahap", "write `{enough}` here, or give a stage less time"
    ),
)
LIMIT = Wording(
    "SLA-03",
    Severity.ERROR,
    Words(
        "sejak berkas lengkap, tahap-tahap `{permit}` dapat memakan {sum}, dan batas hukumnya {allowed}",
        "once the file is complete, the stages of `{permit}` may take {sum}, and the law's limit is {allowed}",
    ),
    SUM,
    Words(
        "kurangi waktu sebuah tahap, atau tulis `batas_hukum` menurut peraturannya",
        "give a stage less time, or write `batas_hukum` as its law says",
    ),
)


def check(catalog: Catalog) -> Iterator[Finding]:
    """Find lengths that some way of a permit does not fit into."""
    for seen in versions_of(catalog):
        tried = trial(seen.permit)
        for length in allowed(seen.permit):
            found = longest(tried, seen.city.city, length)
            if found is None or not found.over:
                continue
            place = seen.at(*place_of(seen.permit, length))
            wording = LIMIT if length.row is None else PROMISE
            told = wording.at(
                place,
                permit=seen.permit.code,
                sum=total(found),
                allowed=printed(length.duration),
                enough=enough(found, seen.city.city),
            )
            yield exhibited(told, tried, found.shown(tried))


CHECK = Check("SLA-03", "stages-exceed-promise", check, __doc__, HALAMAN)
