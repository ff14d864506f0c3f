"""a permit can be issued while a review of it is open or negative

A refusal ends with the letter of refusal, unless the stage says otherwise (`tolak`). Where that way leads on to
`terbit`, one desk's no is overruled by another's yes. Every life of a case is looked at: desks side by side in every
combination of their answers, repairs, payment, signature, public notice.

## Why this matters

Whoever reads the file later finds a permit beside a refusal, and nobody who answers for it.

## Example

    teknis: {oleh: dinkes, waktu: 5 hari kerja, setuju: penerbitan, tolak: banding}
    banding: {oleh: dpmptsp.back_office, waktu: 2 hari kerja, setuju: penerbitan}

Write instead the way of every refusal, which is to write none:

    teknis: {oleh: dinkes, waktu: 5 hari kerja, setuju: penerbitan}
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from generator.checks.check import Check
from generator.checks.exhibit import exhibited
from generator.checks.story_words import story
from generator.checks.versions import Seen, versions_of
from generator.checks.wording import Wording
from generator.finding import Finding, Severity
from generator.model import Catalog
from generator.proof.issued_unapproved import Unapproved, form_of, refused_onward, unapproved
from generator.proof.trial import trial
from rules.words import Words

HALAMAN = """\
izin dapat terbit selagi sebuah peninjauan belum selesai atau menolak

Penolakan berakhir dengan surat penolakan, kecuali tahapnya menulis lain (`tolak`). Bila jalan itu sampai ke `terbit`,
penolakan satu meja dibatalkan oleh persetujuan meja lain. Setiap jalan hidup berkas dilihat: meja serentak dengan
setiap gabungan jawabannya, perbaikan, pembayaran, tanda tangan, pengumuman.

## Mengapa ini penting

Siapa yang membaca berkas itu kemudian menemukan izin di samping penolakan, dan tidak seorang pun yang menanggungnya.

## Contoh

    teknis: {oleh: dinkes, waktu: 5 hari kerja, setuju: penerbitan, tolak: banding}
    banding: {oleh: dpmptsp.back_office, waktu: 2 hari kerja, setuju: penerbitan}

Tulislah jalan setiap penolakan, yaitu dengan tidak menulisnya:

    teknis: {oleh: dinkes, waktu: 5 hari kerja, setuju: penerbitan}
"""
NEGATIVE = Wording(
    "ALR-07",
    Severity.ERROR,
    Words(
        "izin dapat terbit walaupun `{desk}` menolak di tahap `{stage}`",
        "the permit can be issued though `{desk}` refuses at the stage `{stage}`",
    ),
    Words("dari sini sampai terbit", "leads on to the permit"),
    Words(
        "hapus `tolak`, sehingga penolakan berakhir dengan surat", "delete `tolak`, so that a refusal ends by letter"
    ),
)
OPEN = Wording(
    "ALR-07",
    Severity.ERROR,
    Words(
        "izin dapat terbit sebelum `{desk}` menyetujui di tahap `{stage}`",
        "the permit can be issued before `{desk}` approves at the stage `{stage}`",
    ),
    Words("belum disetujui", "not approved"),
    Words("hapus `tolak` dan `perbaiki` tahap ini", "delete `tolak` and `perbaiki` of this stage"),
)


def check(catalog: Catalog) -> Iterator[Finding]:
    """Find permits with a way of their own for a refusal, on which one is issued."""
    for seen in versions_of(catalog):
        if refused_onward(seen.permit):
            found = unapproved(trial(seen.permit), seen.city.city)
            if found is not None:
                yield _told(seen, found)


def _told(seen: Seen, found: Unapproved) -> Finding:
    stage, place = found.desk
    reviewer = next(each.reviewers[place] for each in seen.permit.stages if each.code == stage)
    desk = reviewer.agency if reviewer.role is None else f"{reviewer.agency}.{reviewer.role}"
    at = seen.at(("alur", stage, "tolak"), ("alur", stage))
    finding = (NEGATIVE if found.refused else OPEN).at(at, desk=desk, stage=stage)
    shown = form_of(trial(seen.permit), seen.city.city, found)
    told = story(seen.permit, (deed for _, deed in found.story), found.end)
    return replace(exhibited(finding, trial(seen.permit), shown), region=None, story=told)


CHECK = Check("ALR-07", "issued-against-a-review", check, __doc__, HALAMAN)
