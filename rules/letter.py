"""What a letter says: everything that a template of `templat/` may print, as plain text.

A template is given this as `data`, under the Indonesian names that officers read in `templat/`; every name is always
there, empty where there is nothing to say. Gains letters whose words an officer can change and whose data only the
program fills: no text in it is ever read as markup. Loses the types: money and dates are printed already.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum

from rules.signatory import Signatory


class LetterKind(StrEnum):
    """What the letter is; the value is the code of its template where none is named."""

    PERMIT = "sk-umum"
    REFUSAL = "surat-penolakan"
    BILL = "skrd"
    RECEIPT = "tanda-terima"
    STANDARD = "standar-pelayanan"


class SignedBy(StrEnum):
    """How it will be signed, which the letter says itself."""

    ELECTRONIC = "elektronik"
    HAND = "basah"
    NOBODY = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A label and what stands behind it."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Ground:
    """Why something is refused or asked for, and the article it rests on."""

    words: str
    citation: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A heading, and what stands below it."""

    title: str
    entries: tuple[Ground, ...]


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter. `case` is the number of the application, `number` that of the letter; `place` and `day` are where
    and when it is given; `check_address` is where anybody may check it and `check_code` what its QR code holds."""

    kind: LetterKind
    title: str
    city: str
    office: str
    letterhead: tuple[str, ...]
    case: str
    permit: str
    holder: str
    place: str
    day: str
    number: str = ""
    filed: str = ""
    address: str = ""
    valid: str = ""
    lines: tuple[Line, ...] = ()
    basis: tuple[str, ...] = ()
    grounds: tuple[Ground, ...] = ()
    amounts: tuple[Line, ...] = ()
    total: str = ""
    due: str = ""
    next_step: str = ""
    contact: str = ""
    signatory: Signatory | None = None
    signed_by: SignedBy = SignedBy.NOBODY
    check_address: str = ""
    check_code: str = ""
    draft: bool = False
    parts: tuple[Part, ...] = ()


def letter_data(letter: Letter) -> str:
    """Write a letter as the JSON that its template is given."""
    signatory = letter.signatory
    data: dict[str, object] = {
        "jenis_surat": letter.kind.value,
        "judul": letter.title,
        "daerah": letter.city,
        "kantor": letter.office,
        "kop": letter.letterhead,
        "kontak": letter.contact,
        "permohonan": letter.case,
        "diajukan": letter.filed,
        "izin": letter.permit,
        "pemegang": letter.holder,
        "alamat": letter.address,
        "nomor": letter.number,
        "berlaku": letter.valid,
        "rincian": [[line.label, line.value] for line in letter.lines],
        "dasar": letter.basis,
        "alasan": [{"kata": ground.words, "dasar": ground.citation} for ground in letter.grounds],
        "tagihan": [[line.label, line.value] for line in letter.amounts],
        "jumlah": letter.total,
        "jatuh_tempo": letter.due,
        "langkah": letter.next_step,
        "tempat": letter.place,
        "tanggal": letter.day,
        "jabatan": () if signatory is None else signatory.heading,
        "penandatangan": () if signatory is None else signatory.below,
        "tanda_tangan": letter.signed_by.value,
        "alamat_periksa": letter.check_address,
        "isi_kode": letter.check_code,
        "draf": letter.draft,
        "bagian": [
            {"judul": part.title, "isi": [{"kata": one.words, "dasar": one.citation} for one in part.entries]}
            for part in letter.parts
        ],
    }
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


EXAMPLE = Letter(
    kind=LetterKind.PERMIT,
    title="Izin Contoh",
    city="Kota Contoh",
    office="Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu Kota Contoh",
    letterhead=("PEMERINTAH KOTA CONTOH", "DINAS PENANAMAN MODAL", "Jalan Contoh 1"),
    case="CTH-2026-000123",
    permit="Izin Contoh",
    holder="Maria Bere",
    place="Contoh",
    day="1 Juli 2026",
    number="503/001/CTH/DPMPTSP/VII/2026",
    filed="15 Juni 2026",
    address="Jalan Contoh 2",
    valid="sampai 1 Juli 2031",
    lines=(Line("Nama usaha", "Warung Contoh"), Line("Luas", "40,5 m²")),
    basis=("Perda Kota Contoh 1/2024 pasal 4", "UU 30/2014 pasal 53"),
    grounds=(Ground("Denah tidak sesuai lokasi.", "Perwali Contoh 2/2025 pasal 3"), Ground("Lahan sengketa.")),
    amounts=(Line("Luas bangunan", "Rp150.000"), Line("Prasarana", "Rp50.000")),
    total="Rp200.000",
    due="31 Juli 2026",
    next_step="Perbaiki denah, lalu ajukan permohonan baru.",
    contact="Jalan Contoh 1, Senin sampai Jumat",
    signatory=Signatory(
        "Drs. Contoh Penandatangan, M.Si.",
        "Kepala Dinas Penanaman Modal",
        "197001011990011001",
        "Pembina Utama Muda",
        on_behalf_of="Wali Kota Contoh",
    ),
    signed_by=SignedBy.ELECTRONIC,
    check_address="https://perizinan.example.go.id/kota-contoh/periksa/AAAAAAAAAAAAAAAAAAAAAA",
    check_code="https://perizinan.example.go.id/kota-contoh/periksa/AAAAAAAAAAAAAAAAAAAAAA",
    parts=(Part("1. Persyaratan", (Ground("KTP", "UU 25/2009 pasal 21"), Ground("Denah"))),),
)
# The same with as little as a letter can hold: a template that stands on more is found out before a letter needs it.
SPARSE = Letter(
    kind=LetterKind.PERMIT,
    title="Izin Contoh",
    city="Kota Contoh",
    office="Dinas Contoh",
    letterhead=(),
    case="CTH-2026-000124",
    permit="Izin Contoh",
    holder="Bere",
    place="Contoh",
    day="2 Juli 2026",
    draft=True,
)
