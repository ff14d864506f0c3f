"""a form that the version before took is refused by this one

It is about answers that both versions ask for: out of the new bounds, of an option that is gone, or against a new rule
of `kelayakan`. A new question refuses nobody: it can still be answered.

## Why this matters

Who began to fill in the form before the new version starts files it afterwards, and is refused for what was right.

## Example

    # izin/uji/2026-01-01.yaml
    - {kode: luas, label: Luas ruangan, jenis: desimal, digit: 2, satuan: m2, minimal: 1, maksimal: 5000}
    # izin/uji/2026-07-01.yaml
    - {kode: luas, label: Luas ruangan, jenis: desimal, digit: 2, satuan: m2, minimal: 1, maksimal: 3000}

Write instead the bound of before; where the law has changed, accept the finding with its article:

    diterima: [{temuan: VER-06, alasan: "Perda 3/2026 pasal 8"}]
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from generator.checks.check import Check
from generator.checks.versions import Seen, successions
from generator.checks.wording import Wording
from generator.difference.meaning import Meaning, Region
from generator.finding import Finding, Place, Said, Severity
from generator.model import Catalog
from rules.words import Words

HALAMAN = """\
ada formulir yang diterima versi sebelumnya, tetapi ditolak versi ini

Yang dilihat adalah jawaban yang ditanyakan kedua versi: di luar batas baru, pilihan yang sudah tidak ada, atau
melanggar `kelayakan` baru. Pertanyaan baru tidak menolak siapa pun: ia masih dapat dijawab.

## Mengapa ini penting

Pemohon yang mulai mengisi sebelum versi baru berlaku, mengajukan sesudahnya, dan ditolak karena hal yang dahulu benar.

## Contoh

    # izin/uji/2026-01-01.yaml
    - {kode: luas, label: Luas ruangan, jenis: desimal, digit: 2, satuan: m2, minimal: 1, maksimal: 5000}
    # izin/uji/2026-07-01.yaml
    - {kode: luas, label: Luas ruangan, jenis: desimal, digit: 2, satuan: m2, minimal: 1, maksimal: 3000}

Tulislah batas yang lama; bila peraturannya memang berubah, terima temuan ini dengan pasalnya:

    diterima: [{temuan: VER-06, alasan: "Perda 3/2026 pasal 8"}]
"""
WORDING = Wording(
    "VER-06",
    Severity.WARNING,
    Words(
        "formulir yang sah menurut versi {since} ditolak versi ini",
        "a form that the version of {since} takes is refused by this one",
    ),
    Words("kini ditolak", "now refused"),
    Words(
        "kembalikan aturan yang lama, atau terima temuan ini dengan pasal yang mengubahnya",
        "write the rule of before, or accept this finding with the article that changed it",
    ),
)


def check(catalog: Catalog) -> Iterator[Finding]:
    """Find forms that were right and are not any more; one that strands open cases as well is told as that."""
    for earlier, later in successions(catalog):
        if later.permit.moving is None or later.permit.moving.refused_stay:
            yield from refused(earlier, later)


def refused(earlier: Seen, later: Seen) -> Iterator[Finding]:
    """Find forms that one version takes and the later one refuses."""
    for region in Meaning(earlier.permit, later.permit).refused() or ():
        finding = WORDING.at(_place(earlier, later, region), since=earlier.permit.valid_from)
        yield replace(
            finding,
            example=region.example,
            telling={code: region.example[code] for code in region.telling if code in region.example},
            region=Said(Words("{region}"), {"region": region.when}) if region.when.id else None,
        )


def settled(earlier: Seen, later: Seen) -> bool:
    """Tell whether it could be found out which forms are refused."""
    return Meaning(earlier.permit, later.permit).refused() is not None


def _place(earlier: Seen, later: Seen, region: Region) -> Place:
    """Return where the new rule stands: a bound or an option of the one question it is about, else a new refusal."""
    before = {field.code: field for field in earlier.permit.fields}
    for field in later.permit.fields:
        old = before.get(field.code)
        if field.code in region.telling and old is not None:
            for key, same in (
                ("maksimal", old.maximum == field.maximum),
                ("minimal", old.minimum == field.minimum),
                ("pilihan", old.options == field.options),
                ("panjang", old.length == field.length),
            ):
                if not same:
                    return later.at(("isian", field.code, key), ("isian", field.code))
    known = [refusal.when for refusal in earlier.permit.eligibility]
    for index, refusal in enumerate(later.permit.eligibility):
        if refusal.when not in known:
            return later.at(("kelayakan", index, "tolak_bila"), ("kelayakan", index))
    return later.at(("berlaku", "mulai"))


CHECK = Check("VER-06", "form-now-refused", check, __doc__, HALAMAN)
