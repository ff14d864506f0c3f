"""The letters of a case: whose they are, what they say of it, who signs, each from the case as it stands."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

from rules.case_state import REFUSAL_LETTER
from rules.cited import cited
from rules.city import City
from rules.kind import Kind
from rules.letter import Ground, Letter, LetterKind, Line, SignedBy
from rules.permit import Product
from rules.product_way import signed_at
from rules.signatory import Signatory
from rules.validity import valid_until, validity_words
from rules.words import Words
from runtime.cases.open_case import OpenCase
from runtime.citizen.said_answer import said_answer
from runtime.product.permit_letter import Applicant, Checked, permit_letter, refusal_letter
from runtime.product.register import Entry, Wanted
from runtime.voice import Voice

REFUSAL = Product(REFUSAL_LETTER, Words("Surat penolakan", "Letter of refusal"))
# Who holds a permit: a body before the person who acts for it, by the codes of the shared groups of questions.
HOLDERS = ("nama_badan", "nama_instansi", "nama_perusahaan", "nama_pemohon", "nama")
PRIVATE = frozenset({Kind.NIK, Kind.NPWP, Kind.PHONE, Kind.EMAIL})
MOST_LINES = 14
UNFIT = "Permohonan tidak memenuhi ketentuan."
NEXT_STEP = "Permohonan dapat diajukan lagi setelah alasannya diatasi. Keberatan disampaikan ke loket pengaduan."


def applicant_of(case: OpenCase) -> Applicant:
    """Return whose application it is."""
    texts = {code: value for code, value in case.facts.items() if isinstance(value, str)}
    fields = case.permit.permit.fields
    first = next((texts[field.code] for field in fields if field.kind is Kind.TEXT and field.code in texts), "")
    name = next((texts[code] for code in HOLDERS if code in texts), first)
    address = next((texts[field.code] for field in fields if field.kind is Kind.ADDRESS and field.code in texts), "")
    return Applicant(case.key.nomor, name, address, case.filed_on)


def products_of(case: OpenCase, stage: str) -> tuple[tuple[Product, int | None], ...]:
    """Return what is signed at a stage, each with the item of the `daftar` it is for: its products where it leads to
    the permit, else the letter that refuses it."""
    decider, transitions = case.permit.decider, case.permit.lifecycle.transitions
    found = signed_at(decider, transitions, case.state, stage, case.all_facts)
    return ((REFUSAL, None),) if found is None else found


def wanted(case: OpenCase, product: Product, item: int | None, dated: date) -> Wanted:
    """Return what the register is to enter of a product."""
    until, words = validity_of(case, product, dated) if product.code != REFUSAL.code else (None, "")
    return Wanted(
        nomor=case.key.nomor,
        permit=case.permit.permit.code,
        product=product.code,
        title=product.name.id,
        holder=applicant_of(case).name,
        pattern=product.number,
        dated=dated,
        valid_until=until,
        valid_words=words,
        item=0 if item is None else item + 1,
    )


def validity_of(case: OpenCase, product: Product, dated: date) -> tuple[date | None, str]:
    """Return the last day of a product, and how long it is valid in words."""
    decider, facts = case.permit.decider, case.all_facts
    validity = decider.validity(facts, product)
    if validity is None:
        return None, ""
    return valid_until(validity, facts, dated), validity_words(validity, dict(decider.fields), facts).id


def letter_of(
    case: OpenCase,
    product: Product,
    entry: Entry | None,
    signatory: Signatory,
    voice: Voice,
    public_url: str,
    dated: date,
    by: SignedBy = SignedBy.ELECTRONIC,
) -> Letter:
    """Write the letter of a product; without a row of the register it is a draft."""
    checked = None if entry is None else Checked(entry, public_url)
    permit, city, applicant = case.permit.permit, case.city, applicant_of(case)
    if product.code == REFUSAL.code:
        grounds, step = tuple(_grounds(case)), _next_step(case)
        return refusal_letter(
            city, permit, applicant, dated, grounds, signatory, next_step=step, checked=checked, signed_by=by
        )
    words = entry.valid_words if entry is not None else validity_of(case, product, dated)[1]
    lines = tuple(_lines(case, voice))
    return permit_letter(
        *(city, permit, applicant, product, dated, words, signatory),
        lines=lines,
        checked=checked,
        signed_by=by,
    )


def kind_of(product: Product) -> LetterKind:
    """Return which kind of letter a product is."""
    return LetterKind.REFUSAL if product.code == REFUSAL.code else LetterKind.PERMIT


def product_named(case: OpenCase, code: str) -> Product:
    """Return a product by its code."""
    return next(product for product in (*case.permit.permit.products, REFUSAL) if product.code == code)


def signatory_of(city: City, name: str, nip: str) -> Signatory:
    """Return who signs for the office: its head, on behalf of the mayor or the regent whose power it is."""
    head = city.name.id
    return Signatory(
        name=name,
        post=f"Kepala {city.office.id}",
        nip=nip,
        on_behalf_of=f"Bupati {head.removeprefix('Kabupaten ')}" if head.startswith("Kabupaten") else f"Wali {head}",
    )


def day_of(city: City, at: datetime) -> date:
    """Return the day it is in a city."""
    return at.astimezone(ZoneInfo(city.zone)).date()


def _grounds(case: OpenCase) -> Iterator[Ground]:
    """Yield why each desk refused, in the words it gave, with its article; where none did and the answers of officers
    led here, that it does not conform."""
    refusing = [desk.answer for desk in case.state.desks if desk.answer is not None and desk.answer.verdict == "tolak"]
    for answer in refusing:
        law = answer.citation
        yield Ground(case.note(answer.seq) or UNFIT, "" if law is None else cited(law, case.city))
    if not refusing:
        yield Ground(UNFIT, "; ".join(cited(law, case.city) for law in case.permit.permit.legal_basis))


def _next_step(case: OpenCase) -> str:
    """Return what the applicant can do, in the words of whoever refused."""
    answers = (desk.answer for desk in case.state.desks if desk.answer is not None and desk.answer.verdict == "tolak")
    steps = (case.next_step(answer.seq) for answer in answers)
    return " ".join(step for step in steps if step) or NEXT_STEP


def _lines(case: OpenCase, voice: Voice) -> Iterator[Line]:
    """Yield what a permit says of its subject: the answers of every page that does not ask who somebody is."""
    permit = case.permit.permit
    known = {field.code: field for field in permit.fields}
    shown = 0
    for section in permit.sections:
        fields = [known[code] for code in section.fields]
        if any(field.kind in PRIVATE for field in fields):
            continue
        for field in fields:
            value = case.facts.get(field.code)
            if value is not None and field.kind is not Kind.LIST and shown < MOST_LINES:
                shown += 1
                yield Line(field.label.id, said_answer(field, value, voice))
