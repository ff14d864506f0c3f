"""a question is asked, and nothing is decided by its answer

No document, refusal, stage, fee, length of time or other question depends on it. Texts are not counted: people read
them.

## Why this matters

Each question costs every citizen a moment, and some of them the application. What no rule reads is either a rule that
was forgotten, or a question that can go.

## Example

    - {kode: milik_sendiri, label: Milik sendiri, jenis: ya_tidak}     # no `bila` names it

Write the rule that it was asked for, delete the question, or say in the file who reads its answer:

    diterima: [{temuan: ISI-05, alasan: Dibaca petugas saat meninjau.}]
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.check import Check
from generator.checks.names_used import names_used
from generator.checks.versions import Seen, versions_of
from generator.checks.wording import Wording, plain
from generator.finding import Finding, Label, Severity
from generator.model import Catalog
from rules.condition.tree import fields_of
from rules.field import Field
from rules.kind import NUMBERS, Kind
from rules.ruleset import rule_sources
from rules.words import Words

HALAMAN = """\
ada pertanyaan yang jawabannya tidak menentukan apa pun

Tidak ada dokumen, penolakan, tahap, biaya, waktu, atau pertanyaan lain yang bergantung padanya. Teks tidak dihitung:
teks dibaca orang.

## Mengapa ini penting

Setiap pertanyaan meminta waktu setiap warga, dan sebagian berhenti karenanya. Yang tidak dibaca aturan mana pun adalah
aturan yang terlupa, atau pertanyaan yang boleh dihapus.

## Contoh

    - {kode: milik_sendiri, label: Milik sendiri, jenis: ya_tidak}     # tidak ada `bila` yang menyebutnya

Tulislah aturan yang memerlukannya, hapus pertanyaannya, atau sebutkan dalam berkas siapa yang membaca jawabannya:

    diterima: [{temuan: ISI-05, alasan: Dibaca petugas saat meninjau.}]
"""
WORDING = Wording(
    "ISI-05",
    Severity.INFO,
    Words("`{code}` ditanyakan, tetapi tidak dipakai aturan mana pun", "`{code}` is asked, and no rule uses it"),
    Words("tidak dipakai", "not used"),
    Words("pakai `{code}` dalam aturan, atau hapus pertanyaannya", "use `{code}` in a rule, or delete the question"),
)
ALSO = plain("ini juga", "this one too")
MOST_PLACES = 5
# Answers that decide something. Names, addresses and numbers of papers are read by people and printed.
DECIDES = NUMBERS | {Kind.CHOICE, Kind.CHOICES, Kind.YES_NO, Kind.DATE}
KINDS_OF_APPLICATION = "permohonan"


def check(catalog: Catalog) -> Iterator[Finding]:
    """Find questions of a permit's own that decide nothing, once for each version."""
    for seen in versions_of(catalog):
        used = _used(seen)
        idle = [field for field in seen.permit.fields if field.code not in used and _is_own(seen, field)]
        if idle:
            first, *others = (seen.at(("isian", field.code, "kode"), ("isian", field.code)) for field in idle)
            more = tuple(Label(place, ALSO) for place in others[:MOST_PLACES])
            yield WORDING.at(first, *more, code=idle[0].code)


def _is_own(seen: Seen, field: Field) -> bool:
    """Tell whether it is a question that may decide something and was written in this very file."""
    written = seen.version.places.find("isian", field.code).file == seen.version.places.file
    return field.kind in DECIDES and field.code != KINDS_OF_APPLICATION and written


def _used(seen: Seen) -> set[str]:
    permit = seen.permit
    used = {code for condition in rule_sources(permit).values() for code in fields_of(condition)}
    used |= {code for field in seen.permit.fields for code in fields_of(field.shown_when)}
    used |= {code for field in permit.officer_fields for code in fields_of(field.shown_when)}
    used |= {code for derived in permit.derived for code in fields_of(derived.count_when)}
    return used | {use.name for use in names_used(seen)}


CHECK = Check("ISI-05", "question-never-used", check, __doc__, HALAMAN)
