"""A permit of the sample city as it is issued: what is wanted, the letter it becomes, who signs."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from rules.letter import Letter, LetterKind, Line, SignedBy
from rules.signatory import Signatory
from runtime.product.permit_letter import Applicant, Checked, permit_letter
from runtime.product.permit_pdf import HERE
from runtime.product.register import Entry, Wanted
from tests.sample_permit import sample_city, sample_permit

CITY = "kota-uji"
AT = datetime(2026, 7, 1, 2, 0, tzinfo=UTC)
URL = "https://perizinan.kotauji.go.id"
HEAD = Signatory(
    "Dra. Agustina Lado, M.Si.",
    "Kepala Dinas Penanaman Modal",
    "197108171997032004",
    "Pembina Utama Muda",
    on_behalf_of="Wali Kota Uji",
)
WANTED = Wanted(
    nomor="UJI-2026-000123",
    permit="warung",
    product="sk",
    title="Izin Warung Makan",
    holder="Maria Bere",
    pattern="503/{urut}/WRG/DPMPTSP/{bulan_romawi}/{tahun}",
    dated=date(2026, 7, 1),
    valid_until=date(2031, 7, 1),
    valid_words="sampai 1 Juli 2031",
)


def template(kind: LetterKind = LetterKind.PERMIT) -> str:
    """Return our own template of a kind of letter."""
    return (HERE / "template" / f"{kind.value}.typ").read_text(encoding="utf-8")


def sample_letter(
    entry: Entry | None, holder: str = "Maria Bere", url: str = URL, by: SignedBy = SignedBy.ELECTRONIC
) -> Letter:
    """Return the letter of a row of the register; of none, a draft."""
    permit = sample_permit()
    return permit_letter(
        sample_city(),
        permit,
        Applicant("UJI-2026-000123", holder, "Jl. Uji 2", date(2026, 6, 15)),
        permit.products[0],
        date(2026, 7, 1),
        "sampai 1 Juli 2031",
        HEAD,
        lines=(Line("Nama usaha", "Warung Bere"), Line("Luas", "40,5 m²")),
        checked=None if entry is None else Checked(entry, url),
        signed_by=by,
    )


def written(folder: Path, name: str, content: bytes) -> Path:
    """Write a file and return where it is."""
    path = folder / name
    path.write_bytes(content)
    return path
