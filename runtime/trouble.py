"""Pages for when something is not as it should be: what happened, and what to do now."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, Response

from runtime.api.problem import Problem, problem_response
from runtime.cases.attempts import TooManyTriesError
from runtime.cases.case_entry import ChangedError
from runtime.cases.open_case import ReleaseGoneError
from runtime.citizen.fault import mark
from runtime.citizen.visit import language
from runtime.kept_case import kept_lines
from runtime.page_kit import kit_of

_log = logging.getLogger("satupintu.trouble")

_UNREADABLE = (mark("Permintaan ini tidak dapat dibaca"), mark("Kembali ke halaman sebelumnya, lalu coba sekali lagi."))
_PAGES: Mapping[int, tuple[str, ...]] = {
    400: _UNREADABLE,
    403: (
        mark("Permintaan ini ditolak demi keamanan"),
        mark("Halaman ini mungkin sudah terlalu lama terbuka, atau dibuka dari situs lain. Belum ada yang disimpan."),
        mark("Buka lagi halamannya dari awal. Draf yang sudah tersimpan dapat dilanjutkan dengan nomor dan kodenya."),
    ),
    404: (
        mark("Halaman ini tidak ada"),
        mark("Alamatnya mungkin salah ketik, atau layanan ini sudah tidak berlaku."),
        mark("Cari layanan yang Anda perlukan dari halaman awal."),
    ),
    405: _UNREADABLE,
    409: (
        mark("Draf ini sudah diajukan atau sudah berakhir"),
        mark("Bila sudah diajukan, buka dengan nomor dan kode pada tanda terima. Bila belum, mulai lagi dari awal."),
    ),
    413: (
        mark("Yang dikirim terlalu besar"),
        mark("Perkecil berkasnya, misalnya dengan memotret ulang pada ukuran sedang, lalu unggah lagi."),
    ),
    415: _UNREADABLE,
    422: _UNREADABLE,
    429: (
        mark("Terlalu sering mencoba"),
        mark("Demi keamanan, tunggu {minutes} menit, lalu coba lagi. Jawaban yang sudah tersimpan tidak hilang."),
    ),
    500: (
        mark("Ada gangguan pada sistem kami"),
        mark("Ini bukan kesalahan Anda. Jawaban yang sudah tersimpan tidak hilang."),
        mark("Coba lagi beberapa menit lagi, atau datang ke loket kami."),
    ),
    503: (
        mark("Sistem sedang tidak dapat menyimpan"),
        mark(
            "Yang baru Anda kirim mungkin belum tersimpan. Tunggu sebentar, lalu kirim sekali lagi: "
            "tidak akan tercatat dua kali."
        ),
    ),
}
_API_KINDS = {400: "bad_request", 403: "bad_request", 404: "not_found", 405: "method", 413: "too_large"}


def trouble(request: Request, status: int, minutes: int = 1, headers: Mapping[str, str] | None = None) -> Response:
    """Answer with the page for this status; below /api with the API's own shape."""
    known = status if status in _PAGES else 500 if status >= 500 else 400
    if request.url.path.startswith("/api/"):
        kind = _API_KINDS.get(status, "failed" if known >= 500 else "bad_request")
        return problem_response(Problem(kind, headers=dict(headers or {})))
    voice = kit_of(request).voices[language(request)]
    title, *lines = (voice.say(words, minutes=minutes) for words in _PAGES[known])
    return _page(request, status, title, lines, headers)


def _page(
    request: Request, status: int, title: str, lines: Sequence[str], headers: Mapping[str, str] | None = None
) -> Response:
    kit = kit_of(request)
    voice = kit.voices[language(request)]
    city = kit.releases.current.cities.get(request.url.path.split("/")[1])
    context = {
        "title": title,
        "lines": lines,
        "office": "" if city is None else city.city.office.to(voice.lang),
        "contact": "" if city is None or city.city.contact is None else city.city.contact.to(voice.lang),
        "city": "" if city is None else city.code,
        "home": "/" if city is None else f"/{city.code}/",
        "assets": kit.assets,
    }
    said = {"cache-control": "no-store", **(headers or {})}
    return HTMLResponse(voice.page("trouble.html", context), status, said)


async def on_http(request: Request, fault: Exception) -> Response:
    """Answer where a page ended with a status."""
    assert isinstance(fault, HTTPException)
    return trouble(request, fault.status_code, headers=fault.headers)


async def on_tired(request: Request, fault: Exception) -> Response:
    """Answer somebody who tried too often."""
    assert isinstance(fault, TooManyTriesError)
    seconds = max(1, round(fault.wait.total_seconds()))
    return trouble(request, 429, minutes=-(-seconds // 60), headers={"retry-after": str(seconds)})


async def on_gone(request: Request, fault: Exception) -> Response:
    """Answer where a draft is no longer there."""
    assert isinstance(fault, LookupError)
    return trouble(request, 409)


async def on_too_large(request: Request, fault: Exception) -> Response:
    """Answer where a draft would hold too much."""
    assert isinstance(fault, ValueError)
    return trouble(request, 413)


async def on_store(request: Request, fault: Exception) -> Response:
    """Answer where nothing can be kept: the store can not, or others were quicker again and again."""
    assert isinstance(fault, RuntimeError | ChangedError)
    return trouble(request, 503, headers={"retry-after": "5"})


async def on_release_gone(request: Request, fault: Exception) -> Response:
    """Answer where a case can not be opened, as its release is gone; whoever gets here may see the case."""
    assert isinstance(fault, ReleaseGoneError)
    _log.error("%s", fault)
    status = 200 if fault.state.ended else 503
    kit = kit_of(request)
    city = kit.releases.current.cities.get(fault.key.daerah)
    if request.url.path.startswith("/api/"):
        return problem_response(Problem("rules_gone"))
    if city is None:
        return trouble(request, 503)
    title, lines = kept_lines(kit, city, kit.voices[language(request)], fault)
    return _page(request, status, title, lines)


async def on_left(request: Request, fault: Exception) -> Response:
    """Answer, for nobody to read, a visitor whose line broke while sending; that is no failure of ours."""
    assert isinstance(fault, ClientDisconnect), request
    return Response(status_code=400)


async def on_failure(request: Request, fault: Exception) -> Response:
    """Answer where we failed; what happened is in the log."""
    assert fault is not None
    return trouble(request, 500)
