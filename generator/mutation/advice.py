"""What would notice a slip that nothing notices today: for each kind of slip, the example that is missing."""

from __future__ import annotations

from typing import assert_never

from generator.mutation.mutant import Slip
from rules.words import Words

BOTH_SIDES = Words(
    "tambahkan dua contoh: tepat pada batas ini, dan satu langkah di seberangnya",
    "add two examples: right at this bound, and one step beyond it",
)
OTHER_OUTCOME = Words(
    "tambahkan contoh lengkap yang hasilnya lain bila syarat ini lain",
    "add a whole example that comes out otherwise when this condition is another",
)
NAMED = Words(
    "tambahkan contoh untuk baris ini yang menulisnya: `retribusi`, `waktu`, `masa_berlaku`, `tahap`, atau `jeda`",
    "add an example for this row that writes its value: `retribusi`, `waktu`, `masa_berlaku`, `tahap` or `jeda`",
)
DOCUMENTS = Words("tambahkan contoh yang menulis `dokumen`", "add an example that writes `dokumen`")
REFUSED = Words("tambahkan contoh dengan `akhir: tidak_layak`", "add an example with `akhir: tidak_layak`")
EXEMPT = Words(
    "tambahkan contoh yang dibebaskan; yang tanpa pembebasan pun tidak membayar tidak dapat membedakannya",
    "add an example that is exempt; one that pays nothing anyway can not tell",
)
WAY = Words(
    "tulis `tahap` atau `jeda` dalam hasil sebuah contoh", "write `tahap` or `jeda` in the outcome of an example"
)
PROMISED = Words("tambahkan contoh yang menulis `waktu`", "add an example that writes `waktu`")
CHARGED = Words(
    "tambahkan contoh yang menulis `retribusi` dan memakai angka ini dengan nilai selain nol dan satu",
    "add an example that writes `retribusi` and uses this figure with a value other than nought and one",
)
ANSWERED = Words("tambahkan contoh lengkap yang menjawab ini", "add a whole example that answers this")
BY_EYE = Words(
    "contoh tidak membandingkan produk: cocokkan dengan peraturannya",
    "examples do not compare products: hold it against the law",
)
LAW = Words("cocokkan dengan peraturannya", "hold it against the law")


def advice(slip: Slip) -> Words:
    """Say what would notice a slip of this kind."""
    match slip:
        case Slip.BOUND | Slip.DIGIT | Slip.OPERATOR:
            return BOTH_SIDES
        case Slip.NEGATED | Slip.OPTION | Slip.PART_OF_TEST | Slip.CONDITION:
            return OTHER_OUTCOME
        case Slip.ROW | Slip.ROWS_SWAPPED:
            return NAMED
        case Slip.DOCUMENT | Slip.OTHER_DOCUMENT:
            return DOCUMENTS
        case Slip.REFUSAL:
            return REFUSED
        case Slip.EXEMPTION:
            return EXEMPT
        case Slip.AGENCY | Slip.REVIEWER | Slip.EXIT | Slip.STAGE | Slip.SIGNATURE | Slip.STAGE_TIME:
            return WAY
        case Slip.PROMISE:
            return PROMISED
        case Slip.FEE | Slip.FORMULA | Slip.TARIFF:
            return CHARGED
        case Slip.QUESTION | Slip.FORM_OPTION | Slip.OFFICER:
            return ANSWERED
        case Slip.PRODUCT:
            return BY_EYE
        case Slip.LAW | Slip.LAW_DATE | Slip.NAME:
            return LAW
        case _:
            assert_never(slip)
