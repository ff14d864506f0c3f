"""A decision as JSON in one language, for whoever asks by program: every part with its reason and its law."""

from __future__ import annotations

from fractions import Fraction

from rules.bill import Bill, BillInput, BillLine, Exempted, Undetermined
from rules.bill_words import pending_words
from rules.cited import cited
from rules.city import City
from rules.codec import Json
from rules.decision import Because, DecidedProduct, Decision, Desk, RequiredDocument, Step
from rules.duration import Duration
from rules.exact_text import printed_exact
from rules.permit import PauseReason
from rules.printed import printed_duration
from rules.story_words import lines, sentence
from rules.words import Lang
from rules.workdays import Deadline


def told(decision: Decision, city: City, lang: Lang) -> dict[str, Json]:
    """Tell a whole decision: eligibility, documents, stages with their reviewers, bill, deadline, validity."""
    return {
        "izin": decision.permit,
        "versi": decision.version,
        "layak": decision.found_eligible,
        "penolakan": [
            {"pesan": refused.message.to(lang), **_reason(refused.because, city, lang)} for refused in decision.refusals
        ],
        "dokumen": [_document(document, city, lang) for document in decision.documents],
        "dibawa": [_document(document, city, lang) for document in decision.bring],
        "tahap": [_step(step, city, lang) for step in decision.steps],
        "akhir": decision.end,
        "menunggu_petugas_di": decision.open_at,
        "peninjau": list(decision.agencies(city.door)),
        "biaya": _charge(decision, city, lang),
        "waktu": None if decision.promise is None else _duration(decision.promise, lang),
        "tenggat": None if decision.deadline is None else _deadline(decision.deadline, lang),
        "batas_hukum": {
            "waktu": _duration(decision.legal_limit, lang),
            "dasar": cited(decision.legal_limit_citation, city),
        },
        "masa_berlaku": None if decision.validity is None else decision.validity.to(lang),
        "produk": [_product(product, city, lang) for product in decision.products],
        "diputuskan_petugas_karena": decision.manual,
        "sidik": {"fakta": decision.facts_digest, "aturan": decision.ruleset_digest},
    }


def _reason(because: Because, city: City, lang: Lang) -> dict[str, Json]:
    return {
        "aturan": because.rule,
        "karena": None if because.words is None else because.words.to(lang),
        "dasar": None if because.citation is None else cited(because.citation, city),
    }


def _document(document: RequiredDocument, city: City, lang: Lang) -> dict[str, Json]:
    return {
        "kode": document.code,
        "nama": document.name.to(lang),
        "catatan": None if document.note is None else document.note.to(lang),
        "untuk_setiap": document.for_each,
        "jumlah": document.copies,
        **_reason(document.because, city, lang),
    }


def _step(step: Step, city: City, lang: Lang) -> dict[str, Json]:
    return {
        "tahap": step.stage,
        "nama": step.name.to(lang),
        "serentak": step.side_by_side,
        "tanda_tangan": step.signature,
        "di_luar": step.outside,
        "pengumuman": None if step.notice is None else _duration(step.notice, lang),
        "meja": [_desk(desk, city, lang) for desk in step.desks],
        "keberatan": None if step.objections is None else _desk(step.objections, city, lang),
    }


def _desk(desk: Desk, city: City, lang: Lang) -> dict[str, Json]:
    return {
        "instansi": desk.agency,
        "peran": desk.role,
        "nama": desk.name.to(lang),
        "waktu": None if desk.duration is None else _duration(desk.duration, lang),
        "peninjauan": desk.inspection,
        "jeda": [_pause(pause, city, lang) for pause in desk.pauses],
        **_reason(desk.because, city, lang),
    }


def _pause(pause: PauseReason, city: City, lang: Lang) -> dict[str, Json]:
    return {
        "kode": pause.code,
        "sebab": pause.reason.to(lang),
        "paling_lama": _duration(pause.at_most, lang),
        "paling_banyak": pause.times,
        "dasar": cited(pause.citation, city),
        "batas_hukum_berhenti": None if pause.limit_stops is None else cited(pause.limit_stops, city),
    }


def _product(product: DecidedProduct, city: City, lang: Lang) -> dict[str, Json]:
    return {
        "kode": product.code,
        "nama": product.name.to(lang),
        "waktu": None if product.duration is None else _duration(product.duration, lang),
        "janji": None if product.promised is None else product.promised.to(lang),
        "tenggat": None if product.deadline is None else _deadline(product.deadline, lang),
        "urutan": None if product.order is None else product.order.to(lang),
        "masa_berlaku": None if product.validity is None else product.validity.to(lang),
        **_reason(product.because, city, lang),
    }


def _duration(duration: Duration, lang: Lang) -> dict[str, Json]:
    return {"jumlah": duration.amount, "satuan": duration.unit.value, "kata": printed_duration(duration, lang)}


def _deadline(deadline: Deadline, lang: Lang) -> dict[str, Json]:
    return {
        "pada": deadline.at.isoformat(),
        "sementara": deadline.provisional,
        "kata": sentence(deadline.story, lang),
        "rincian": list(lines(deadline.story, lang)),
    }


def _charge(decision: Decision, city: City, lang: Lang) -> dict[str, Json]:
    """Tell what is to be paid: the only bill, or what several come to with each of them."""
    if len(decision.bills) == 1:
        return bill_told(decision.bill, city, lang)
    bills: list[Json] = [bill_told(bill, city, lang) for bill in decision.bills]
    return {"rupiah": decision.due, "gratis": False, "tagihan": bills}


def bill_told(bill: Bill, city: City, lang: Lang) -> dict[str, Json]:
    """Tell a bill: its lines, each with its law and how it was worked out."""
    due: Json = bill.due if isinstance(bill.due, int) else None
    which: dict[str, Json] = {"kode": bill.code, "nama": None if bill.name is None else bill.name.to(lang)}
    return {
        **(which if bill.code else {}),
        "rupiah": due,
        "gratis": bill.free,
        "jenis": bill.kind.value,
        "bayar": bill.pay.value,
        "penagih": bill.collector,
        "dasar": None if bill.citation is None else cited(bill.citation, city),
        "bukti": bill.evidence,
        "baris": [_line(line, city, lang) for line in bill.lines],
        "bebas": None if bill.exempted is None else _exempted(bill.exempted, city, lang),
        "mungkin_bebas": [pending_words(pending).to(lang) for pending in bill.may_be_exempt],
        "belum_pasti": _pending(bill.due, lang) if isinstance(bill.due, Undetermined) else [],
    }


def _line(line: BillLine, city: City, lang: Lang) -> dict[str, Json]:
    return {
        "nama": line.name.to(lang),
        "untuk_setiap": line.for_each,
        "butir": line.item,
        "nilai": None if isinstance(line.exact, Undetermined) else printed_exact(line.exact, lang),
        "rumus": line.formula.to(lang),
        "hitungan": line.worked.to(lang),
        "masukan": [_input(given, city, lang) for given in line.inputs],
        "belum_pasti": _pending(line.exact, lang) if isinstance(line.exact, Undetermined) else [],
        "dasar": cited(line.citation, city),
    }


def _input(given: BillInput, city: City, lang: Lang) -> dict[str, Json]:
    """Tell one value of a line; a factor that is worked out by a formula is told with its own values."""
    return {
        "kode": given.code,
        "nama": given.label.to(lang),
        "nilai": _value(given.value, lang),
        "asal": given.origin.value,
        "satuan": given.unit,
        "dasar": None if given.citation is None else cited(given.citation, city),
        "berlaku_sejak": given.since,
        "bukti": given.evidence,
        "rumus": None if given.formula is None else given.formula.to(lang),
        "masukan": [_input(one, city, lang) for one in given.inputs],
    }


def _value(value: Fraction | str | tuple[Fraction, ...], lang: Lang) -> Json:
    if isinstance(value, tuple):
        return [_value(part, lang) for part in value]
    return value if isinstance(value, str) else printed_exact(value, lang)


def _exempted(exempted: Exempted, city: City, lang: Lang) -> dict[str, Json]:
    return {
        "dasar": cited(exempted.citation, city),
        "alasan": None if exempted.reason is None else exempted.reason.to(lang),
        "seharusnya": exempted.instead_of if isinstance(exempted.instead_of, int) else None,
    }


def _pending(amount: Undetermined, lang: Lang) -> list[Json]:
    return [pending_words(pending).to(lang) for pending in amount.pending]
