"""The one shape of every error: `application/problem+json` (RFC 9457), in Bahasa Indonesia and English."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from starlette.responses import Response

from rules.words import Words
from runtime import json_text
from runtime.cases.field_errors import FieldError

KINDS: Mapping[str, tuple[int, Words]] = {
    "bad_request": (400, Words("Permintaan tidak dapat dibaca", "The request can not be read")),
    "json": (400, Words("Isi permintaan bukan JSON yang jelas", "The body is not unambiguous JSON")),
    "key_missing": (
        400,
        Words("Kepala Idempotency-Key belum ada atau bentuknya lain", "Idempotency-Key is missing or malformed"),
    ),
    "not_the_bank": (401, Words("Panggilan ini bukan dari bank", "This call is not the bank's")),
    "not_found": (404, Words("Tidak ditemukan", "Not found")),
    "method": (405, Words("Cara memanggil ini tidak dilayani", "This method is not served here")),
    "version": (
        409,
        Words("Versi izin ini sudah tidak berlaku", "This version of the permit is no longer in force"),
    ),
    "too_large": (413, Words("Isi permintaan terlalu besar", "The body is too large")),
    "media_type": (415, Words("Jenis isi permintaan ini tidak dilayani", "This content type is not served here")),
    "body": (422, Words("Isi permintaan belum sesuai", "The body does not have the shape asked for")),
    "answers": (422, Words("Ada jawaban yang belum sesuai", "Some answers can not be accepted")),
    "not_filed": (422, Words("Permohonan belum dapat diajukan", "The application can not be filed yet")),
    "file": (422, Words("Berkas tidak dapat diterima", "The file can not be taken")),
    "file_gone": (422, Words("Berkas yang disebut tidak ada", "A file that is named is not there")),
    "key_reused": (
        422,
        Words(
            "Idempotency-Key ini sudah dipakai untuk permintaan lain", "This Idempotency-Key belongs to another request"
        ),
    ),
    "no_such_bill": (422, Words("Kode billing ini tidak dikenal", "This billing code is not known")),
    "reference_reused": (
        422,
        Words("Referensi ini sudah dipakai untuk pembayaran lain", "This reference belongs to another payment"),
    ),
    "too_many": (429, Words("Terlalu sering mencoba", "Tried too often")),
    "unavailable": (503, Words("Sedang tidak dapat menyimpan; coba lagi", "Nothing can be kept now; try again")),
    "rules_gone": (
        503,
        Words(
            "Aturan saat permohonan ini diajukan tidak ada di server ini; semua yang tercatat tetap tersimpan",
            "The rules by which this was filed are not on this server; everything recorded is kept",
        ),
    ),
    "failed": (500, Words("Ada gangguan pada sistem kami", "Something went wrong on our side")),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One fault in the body: where (a JSON pointer), which, and in words."""

    pointer: str
    code: str
    words: Words


@dataclass(frozen=True, slots=True)
class Problem:
    """An error to be answered: its kind, words about this time, and what more there is to say."""

    kind: str
    detail: Words | None = None
    entries: tuple[Entry, ...] = ()
    more: Mapping[str, object] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)


class ProblemError(Exception):
    """Ends a request with a problem."""

    def __init__(self, problem: Problem) -> None:
        """Carry the problem."""
        super().__init__(problem.kind)
        self.problem = problem


def fail(kind: str, detail: Words | None = None, entries: Iterable[Entry] = (), **headers: str) -> ProblemError:
    """Make the exception that ends a request with a problem."""
    return ProblemError(
        Problem(kind, detail, tuple(entries), headers={name.replace("_", "-"): v for name, v in headers.items()})
    )


def entry_of(error: FieldError, at: str = "/answers") -> Entry:
    """Return a fault of an answer as an entry, its place counted from the whole body."""
    return Entry(at + error.pointer, error.fault.value, Words(error.say("id"), error.say("en")))


def problem_response(problem: Problem) -> Response:
    """Write a problem."""
    status, title = KINDS[problem.kind]
    body: dict[str, object] = {
        "type": f"urn:satupintu:problem:{problem.kind}",
        "status": status,
        "title": title.id,
        "title_en": title.to("en"),
        **problem.more,
    }
    if problem.detail is not None:
        body["detail"], body["detail_en"] = problem.detail.id, problem.detail.to("en")
    if problem.entries:
        body["errors"] = [
            {"pointer": e.pointer, "code": e.code, "message": e.words.id, "message_en": e.words.to("en")}
            for e in problem.entries
        ]
    headers = {"Cache-Control": "no-store", **problem.headers}
    return Response(json_text.write(body), status, headers, media_type="application/problem+json")
