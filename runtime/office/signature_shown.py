"""What a file says of its signature: what will be signed, whether it is awaited or has failed, and what was issued."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rules.case_event import NumberedProduct, SignatureAsked
from rules.case_state import ISSUED, AtStage
from rules.printed import printed_date
from rules.product_standing import Standing, stands
from runtime.citizen.fault import mark
from runtime.citizen.product_words import product_words
from runtime.issuing.case_letter import applicant_of, product_named, products_of
from runtime.office.opened_file import OpenedFile
from runtime.office.when import said_moment

FAULTS: Mapping[str, str] = {
    "not_registered": mark("Anda belum terdaftar pada layanan tanda tangan. Minta admin mendaftarkan Anda."),
    "certificate_expired": mark("Sertifikat Anda sudah kedaluwarsa. Perbarui dahulu pada layanan tanda tangan."),
    "not_permitted": mark("Layanan tanda tangan menolak jabatan Anda. Hubungi admin."),
    "service_down": mark("Layanan tanda tangan sedang tidak menjawab. Coba lagi nanti."),
    "changed_the_letter": mark("Layanan tanda tangan mengembalikan surat yang lain. Jangan dipakai; hubungi admin."),
    "tidak_ditunggu": mark("Tanda tangan tidak ditunggu lagi."),
}
OTHER = mark("Layanan tanda tangan tidak berhasil: {reason}")


@dataclass(frozen=True, slots=True)
class ShownLetter:
    """A letter, to be signed or issued with its number. `scan` names the field of its scan, `file` is its file's id."""

    title: str
    scan: str
    number: str = ""
    valid: str = ""
    file: str = ""
    check: str = ""
    standing: str = ""
    id: str = ""  # of one that can be revoked


@dataclass(frozen=True, slots=True)
class ShownSignature:
    """The signature of a file. `awaited` says since when it is asked for, `failed` why it did not come."""

    letters: tuple[ShownLetter, ...]
    holder: str
    awaited: str
    failed: str
    proven: bool


def scan_name(code: str, item: int | None) -> str:
    """Name the scan of a letter: `pbg`, `stiker-2`."""
    return code if item is None else f"{code}-{item + 1}"


def shown_signature(opened: OpenedFile) -> ShownSignature | None:
    """Return what is to be signed, None where the file waits for no signature."""
    position, voice, lang = opened.state.position, opened.visit.voice, opened.visit.lang
    if not isinstance(position, AtStage) or not position.signature:
        return None
    numbers = {(one.code, one.item): one.number for one in opened.state.products}
    letters = tuple(
        ShownLetter(product.name.to(lang), scan_name(product.code, item), numbers.get((product.code, item), ""))
        for product, item in products_of(opened.case, position.stage)
    )
    asked = next((one.at for one in reversed(opened.history) if isinstance(one.event, SignatureAsked)), None)
    awaited = "" if position.signing is None or asked is None else said_moment(asked, opened.case.city, voice)
    failed = "" if position.failed is None else signature_fault(opened, position.failed)
    return ShownSignature(letters, applicant_of(opened.case).name, awaited, failed, opened.visit.proven)


def signature_fault(opened: OpenedFile, reason: str) -> str:
    """Say why a signature did not come."""
    voice = opened.visit.voice
    return voice.say(FAULTS[reason]) if reason in FAULTS else voice.say(OTHER, reason=reason)


def shown_letters(opened: OpenedFile) -> list[ShownLetter]:
    """Return what was issued, each with its number and file, and how it stands where that is not as ever."""
    state, lang = opened.state, opened.visit.lang
    out = tuple(one.file for one in state.sent_out if one.file is not None)
    now = state.letters if state.ended else state.files
    hashes = {(one.code, one.item): one.sha256 for one in (*out, *now)}
    before = tuple(one.product for one in state.sent_out)
    issued = {one.id for one in state.issued}
    files = {file.sha256: file.id for file in opened.attachments}
    valid = "" if state.valid_until is None else printed_date(state.valid_until, lang)
    return [
        ShownLetter(
            title=product_named(opened.case, one.code).name.to(lang),
            scan=scan_name(one.code, one.item),
            number=one.number,
            valid="" if one in before else valid,
            file=files.get(hashes.get((one.code, one.item), ""), ""),
            check=f"/{opened.visit.code}/periksa/{one.id}",
            standing=product_words(opened.case, one, opened.visit.voice) if one.id in issued else "",
            id=one.id if one.id in issued and _holds(opened, one) else "",
        )
        for one in (*before, *state.products)
        if (one.code, one.item) in hashes
    ]


def revocable(opened: OpenedFile) -> bool:
    """Tell whether something was issued that still holds."""
    return opened.state.status == ISSUED or any(letter.id for letter in shown_letters(opened))


def _holds(opened: OpenedFile, product: NumberedProduct) -> bool:
    return stands(opened.case.permit.permit, opened.state, product).standing is Standing.VALID
