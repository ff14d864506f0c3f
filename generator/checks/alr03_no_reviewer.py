"""an application comes to the permit without a review

Desks may be asked only for some applications (`bila`). Where a file passes the stages of review and nobody is asked at
any of them, it is issued without a review; where nobody is asked at the stage of the signature, without a signature.
The first stage, at which the one door finds the file complete, is no review of what it asks for.

## Why this matters

Who passes between the conditions of all desks gets a permit that nobody has examined, and the office answers for it.

## Example

    teknis:
      serentak:
        - {instansi: dinkes, waktu: 5 hari kerja, bila: {luas: "> 100"}}
        - {instansi: pupr, waktu: 3 hari kerja, bila: {bertingkat: ya}}
      setuju: penerbitan

Write instead at least one desk that is always asked, or conditions that leave no application out:

    teknis:
      serentak:
        - {instansi: dinkes, waktu: 5 hari kerja}
        - {instansi: pupr, waktu: 3 hari kerja, bila: {bertingkat: ya}}
      setuju: penerbitan
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.check import Check
from generator.checks.exhibit import exhibited
from generator.checks.versions import versions_of
from generator.checks.wording import Wording
from generator.finding import Finding, Severity
from generator.model import Catalog
from generator.proof.trial import trial
from generator.proof.unreviewed import Lack, unreviewed
from rules.words import Words

HALAMAN = """\
sebuah permohonan sampai di izin tanpa ditinjau

Meja dapat ditanya hanya untuk sebagian permohonan (`bila`). Bila berkas melewati tahap peninjauan dan tidak seorang pun
ditanya di sana, izin terbit tanpa ditinjau; bila tidak seorang pun ditanya di tahap tanda tangan, tanpa tanda tangan.
Tahap pertama, tempat loket menyatakan berkas lengkap, bukan peninjauan atas isinya.

## Mengapa ini penting

Siapa yang lolos di antara kondisi semua meja mendapat izin yang tidak pernah diperiksa, dan kantor yang menanggungnya.

## Contoh

    teknis:
      serentak:
        - {instansi: dinkes, waktu: 5 hari kerja, bila: {luas: "> 100"}}
        - {instansi: pupr, waktu: 3 hari kerja, bila: {bertingkat: ya}}
      setuju: penerbitan

Tulislah paling sedikit satu meja yang selalu ditanya, atau kondisi yang tidak melewatkan permohonan mana pun:

    teknis:
      serentak:
        - {instansi: dinkes, waktu: 5 hari kerja}
        - {instansi: pupr, waktu: 3 hari kerja, bila: {bertingkat: ya}}
      setuju: penerbitan
"""
REVIEW = Wording(
    "ALR-03",
    Severity.ERROR,
    Words(
        "ada permohonan yang sampai di `{end}` tanpa ditinjau: di tahap `{stage}` tidak seorang pun ditanya",
        "an application comes to `{end}` without a review: at the stage `{stage}` nobody is asked",
    ),
    Words("tidak seorang pun ditanya", "nobody is asked"),
    Words(
        "hapus `bila` satu meja, sehingga ia selalu ditanya",
        "delete the `bila` of one desk, so that it is always asked",
    ),
)
SIGNATURE = Wording(
    "ALR-03",
    Severity.ERROR,
    Words(
        "ada permohonan yang sampai di `{end}` tanpa tanda tangan: di tahap `{stage}` tidak seorang pun ditanya",
        "an application comes to `{end}` without a signature: at the stage `{stage}` nobody is asked",
    ),
    Words("tidak seorang pun menandatangani", "nobody signs"),
    Words("hapus `bila`, sehingga selalu ditandatangani", "delete `bila`, so that it is always signed"),
)
NOBODY = Wording(
    "ALR-03",
    Severity.ERROR,
    Words(
        "ada permohonan yang sampai di `{end}` tanpa dilihat siapa pun",
        "an application comes to `{end}` without anybody having looked at it",
    ),
    Words("tidak seorang pun ditanya", "nobody is asked"),
    Words("tulis tahap yang memeriksanya", "write a stage that examines it"),
)
_SAID = {Lack.REVIEW: REVIEW, Lack.SIGNATURE: SIGNATURE, Lack.ANYBODY: NOBODY}


def check(catalog: Catalog) -> Iterator[Finding]:
    """Find stages that some application passes with nobody asked, on to the permit."""
    for seen in versions_of(catalog):
        proof = trial(seen.permit)
        for found in unreviewed(proof, seen.city.city):
            told = _SAID[found.lack].at(seen.at(("alur", found.stage)), stage=found.stage, end=found.end)
            yield exhibited(told, proof, found.shown)


CHECK = Check("ALR-03", "no-reviewer", check, __doc__, HALAMAN)
