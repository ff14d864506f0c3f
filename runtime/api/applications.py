"""What can be asked about applications: give a file, submit, track."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Mapping

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response

from rules.codec import encode
from rules.words import Words
from runtime import json_text
from runtime.api.body import checker, form_body, json_body
from runtime.api.permits import PRIVATE, permit_of, place_of, written
from runtime.api.problem import Entry, Problem, ProblemError, entry_of, fail
from runtime.api.shapes import SUBMIT, TRACK
from runtime.api.tracking import tracked
from runtime.cases.attempts import Allowance
from runtime.cases.codes import read_code, read_nomor
from runtime.cases.filing import Application, NotFiled, file, filed_before, request_hash
from runtime.cases.submission import Filed, FiledDocument, KeyReusedError, UploadGoneError
from runtime.clock import as_text
from runtime.documents.upload import Incoming, Upload
from runtime.documents.upload_fault import RefusedUpload
from runtime.release import PermitRelease
from runtime.serving import address_of

_SUBMIT, _TRACK = checker(SUBMIT), checker(TRACK)
_KEY = re.compile(r'"?([A-Za-z0-9._~:+/=-]{16,128})"?')
CHUNK = 64 * 1024


async def give_file(request: Request) -> Response:
    """Take a file and return the id under which an application can name it."""
    place = place_of(request)
    limits = place.serving.settings.limits
    store, daerah = place.serving.store, place.city.code
    allowance = Allowance("upload", address_of(request), limits.uploads_per_address, limits.uploads_per_address_window)
    await store.attempts.count(daerah, allowance)
    form = await form_body(request, limits.upload_body)
    try:
        given, code, item = form.get("file"), form.get("document"), form.get("item", "")
        if not isinstance(given, UploadFile) or not isinstance(code, str) or not isinstance(item, str):
            raise fail("body", Words("Perlu bagian file dan document", "The parts file and document are needed"))
        document = next((known for known in place.city.city.documents if known.code == code), None)
        if document is None:
            raise fail(
                "body", entries=[Entry("/document", "unknown", Words("tidak ada dokumen ini", "no such document"))]
            )
        if not re.fullmatch(r"[0-9]{0,3}", item):
            raise fail("body", entries=[Entry("/item", "not_whole", Words("bukan bilangan", "not a whole number"))])
        taken = await store.shelf.accept(
            daerah,
            Incoming(
                document, int(item) if item else None, given.filename or "", given.content_type or "", _chunks(given)
            ),
        )
    finally:
        await form.close()
    if isinstance(taken, RefusedUpload):
        words = Words(taken.say("id"), taken.say("en"))
        raise fail("file", words, [Entry("/file", taken.fault.value, words)])
    return written(_file(taken), 201)


async def submit(request: Request) -> Response:
    """File an application, once for each Idempotency-Key."""
    place = place_of(request)
    daerah = place.city.code
    key = _KEY.fullmatch(request.headers.get("idempotency-key", ""))
    if key is None:
        raise fail("key_missing")
    body = await json_body(request, place.serving.settings.limits.api_body, _SUBMIT)
    answers, files, version = body["answers"], body.get("files", []), body.get("version")
    assert isinstance(answers, dict)
    assert isinstance(files, list)
    ids = tuple(str(one) for one in files)
    store = place.serving.store
    application = Application(
        daerah=daerah,
        key="api:" + key[1],
        request_hash=request_hash(request.path_params["izin"], answers, ids),
        answers=answers,
        files=ids,
    )

    def in_force() -> PermitRelease:
        permit = permit_of(request, place)
        if version not in (None, permit.permit.valid_from):
            raise ProblemError(Problem("version", more={"version": permit.permit.valid_from}))
        return permit

    try:
        try:
            effects = place.serving.casework.effects
            filed = await file(store, in_force, place.release.digest, application, effects)
        except ProblemError:  # no such permit any more; but one that was filed under it was
            if (known := filed_before(store, application)) is None:
                raise
            filed = known
    except KeyReusedError as reused:
        raise fail("key_reused") from reused
    except UploadGoneError as gone:
        raise fail("file_gone", entries=[_gone(ids, gone.upload_id)]) from gone
    if isinstance(filed, NotFiled):
        raise ProblemError(_not_filed(filed))
    return Response(_filed(filed), 201, _filed_headers(filed), media_type="application/json")


async def track(request: Request) -> Response:
    """Tell how an application stands, to whoever has its nomor and code."""
    place = place_of(request)
    body = await json_body(request, place.serving.settings.limits.api_body, _TRACK)
    found = await place.serving.store.open_submission(
        place.city.code, read_nomor(str(body["nomor"])), read_code(str(body["code"])), address_of(request)
    )
    if found is None:
        raise fail("not_found")
    return written(
        {
            "nomor": found.nomor,
            **tracked(place, found.nomor),
            "filed_at": as_text(found.filed_at),
            "permit": found.permit,
            "version": found.version,
            "release": found.release,
            "documents": [_file(document) for document in found.documents],
            "decision": found.decision,
        }
    )


async def _chunks(given: UploadFile) -> AsyncIterator[bytes]:
    while chunk := await given.read(CHUNK):
        yield chunk


def _file(file: Upload | FiledDocument) -> dict[str, object]:
    return {
        "id": file.id,
        "document": file.document,
        "item": file.item,
        "name": file.name,
        "format": file.format,
        "size": file.size,
        "sha256": file.sha256,
    }


def _filed(filed: Filed) -> str:
    """Write the answer; the decision goes in as the text that is kept, so that a retry gets the same bytes."""
    head = json_text.write(
        {
            "code": filed.code,
            "filed_at": as_text(filed.filed_at),
            "nomor": filed.nomor,
            "permit": filed.permit,
            "release": filed.release,
            "version": filed.version,
        }
    )
    return f'{head[:-1]},"decision":{filed.decision}}}'


def _filed_headers(filed: Filed) -> Mapping[str, str]:
    return {**PRIVATE, "Idempotency-Replayed": "true"} if filed.again else PRIVATE


def _not_filed(reasons: NotFiled) -> Problem:
    more: dict[str, object] = {}
    if reasons.refusals:
        more["refusals"] = [
            {"message": encode(Words, refused.message), "rule": refused.because.rule} for refused in reasons.refusals
        ]
    if reasons.missing:
        more["missing_documents"] = [
            {"document": one.document.code, "name": encode(Words, one.document.name), "item": one.item}
            for one in reasons.missing
        ]
    return Problem("not_filed", entries=tuple(entry_of(error) for error in reasons.errors), more=more)


def _gone(ids: tuple[str, ...], upload_id: str) -> Entry:
    return Entry(f"/files/{ids.index(upload_id)}", "gone", Words("berkas ini tidak ada", "this file is not there"))
