"""What the letters of a case say, put together of the city, the permit and the row of the register."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from rules.cited import cited
from rules.city import City
from rules.letter import Ground, Letter, LetterKind, Line, SignedBy
from rules.permit import Permit, Product
from rules.printed import printed_date
from rules.signatory import Signatory
from runtime.product.register import Entry


@dataclass(frozen=True, slots=True)
class Applicant:
    """Whose application it is, unmasked: it goes into the letter and nowhere else."""

    nomor: str
    name: str
    address: str = ""
    filed: date | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """Where what is issued can be checked: its row of the register, at the public address of the office."""

    entry: Entry
    public_url: str

    @property
    def address(self) -> str:
        """Return the address of the check page."""
        return f"{self.public_url}/{self.entry.daerah}/periksa/{self.entry.id}"

    @property
    def code(self) -> str:
        """Return what the QR code holds: the address, and the statement with it."""
        return f"{self.address}?s={self.entry.statement}"


def permit_letter(
    city: City,
    permit: Permit,
    applicant: Applicant,
    product: Product,
    dated: date,
    valid_words: str,
    signatory: Signatory,
    *,
    lines: Iterable[Line] = (),
    checked: Checked | None = None,
    signed_by: SignedBy = SignedBy.ELECTRONIC,
) -> Letter:
    """Say what a permit says. Without a row of the register it is a draft: it has no number and can not be checked."""
    letter = replace(
        _letter(LetterKind.PERMIT, product.name.id, city, permit, applicant, dated),
        valid=valid_words,
        lines=tuple(lines),
        basis=tuple(cited(each, city) for each in permit.legal_basis),
        signatory=signatory,
    )
    return _issued(letter, checked, signed_by)


def refusal_letter(
    city: City,
    permit: Permit,
    applicant: Applicant,
    dated: date,
    grounds: Iterable[Ground],
    signatory: Signatory,
    *,
    next_step: str = "",
    checked: Checked | None = None,
    signed_by: SignedBy = SignedBy.ELECTRONIC,
) -> Letter:
    """Say why an application is refused, each reason with its article, and what can be done."""
    letter = replace(
        _letter(LetterKind.REFUSAL, "Surat Penolakan", city, permit, applicant, dated),
        grounds=tuple(grounds),
        next_step=next_step,
        signatory=signatory,
    )
    return _issued(letter, checked, signed_by)


def bill_letter(
    city: City,
    permit: Permit,
    applicant: Applicant,
    dated: date,
    title: str,
    number: str,
    amounts: Iterable[Line],
    total: str,
    due: date | None,
    basis: Iterable[str],
) -> Letter:
    """Say what is to be paid, line by line, also where it is nothing; amounts are printed already."""
    return replace(
        _letter(LetterKind.BILL, title, city, permit, applicant, dated),
        number=number,
        amounts=tuple(amounts),
        total=total,
        due="" if due is None else printed_date(due.isoformat(), "id"),
        basis=tuple(basis),
    )


def receipt_letter(
    city: City, permit: Permit, applicant: Applicant, dated: date, due: str, lines: Iterable[Line] = ()
) -> Letter:
    """Say that an application was taken in, and by when it will be decided."""
    letter = _letter(LetterKind.RECEIPT, "Tanda Terima Permohonan", city, permit, applicant, dated)
    return replace(letter, due=due, lines=tuple(lines))


def seat(city: City) -> str:
    """Return where a city's letters are given: «Kupang» of «Kota Kupang»."""
    return re.sub(r"^(Kota|Kabupaten|Provinsi)\s+", "", city.name.id)


def _letter(kind: LetterKind, title: str, city: City, permit: Permit, applicant: Applicant, dated: date) -> Letter:
    return Letter(
        kind=kind,
        title=title,
        city=city.name.id,
        office=city.office.id,
        letterhead=city.letterhead,
        contact="" if city.contact is None else city.contact.id,
        case=applicant.nomor,
        permit=permit.name.id,
        holder=applicant.name,
        address=applicant.address,
        filed="" if applicant.filed is None else printed_date(applicant.filed.isoformat(), "id"),
        place=seat(city),
        day=printed_date(dated.isoformat(), "id"),
    )


def _issued(letter: Letter, checked: Checked | None, signed_by: SignedBy) -> Letter:
    if checked is None:
        return replace(letter, draft=True)
    return replace(
        letter,
        number=checked.entry.number,
        signed_by=signed_by,
        check_address=checked.address,
        check_code=checked.code,
    )
