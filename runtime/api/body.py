"""Reading a request's body: never more than is allowed, and only into the shape that is asked for."""

from __future__ import annotations

from collections.abc import Mapping

import jsonschema_rs
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import Message, Receive

from rules.words import Words
from runtime import json_text
from runtime.api.problem import Entry, fail
from runtime.api.shapes import Shape
from runtime.json_text import Json, UnreadableJsonError

# What a program did wrong is told exactly in English, as its own libraries do, and in few words in Bahasa Indonesia.
_JSON: Mapping[str, str] = {
    "json_depth": "terlalu banyak lapisan",
    "json_duplicate": "ada kunci yang ditulis dua kali",
    "json_encoding": "bukan UTF-8, atau ada tanda yang terpotong",
    "json_number": "ada bilangan yang tidak wajar",
    "json_syntax": "bukan JSON",
}
_SHAPE: Mapping[str, str] = {
    "additionalProperties": "ada bagian yang tidak dikenal",
    "format": "bentuknya lain",
    "maxItems": "terlalu banyak",
    "maxLength": "terlalu panjang",
    "pattern": "bentuknya lain",
    "required": "ada bagian yang belum ada",
    "type": "jenisnya lain",
    "uniqueItems": "ada yang disebut dua kali",
}


def checker(shape: Shape) -> jsonschema_rs.Draft202012Validator:
    """Compile the check of a body's shape."""
    return jsonschema_rs.Draft202012Validator(shape, validate_formats=False)


async def json_body(request: Request, most: int, shape: jsonschema_rs.Draft202012Validator) -> Mapping[str, Json]:
    """Read a JSON object of this shape, or end the request with a problem."""
    if _media_type(request) != "application/json":
        raise fail("media_type", Words("Kirim sebagai application/json", "Send it as application/json"))
    return shaped(await raw_body(request, most), shape)


async def raw_body(request: Request, most: int) -> bytes:
    """Read a body as it was sent, or end the request with a problem as soon as it is too large."""
    return await _limited(request, most).body()


def shaped(content: bytes, shape: jsonschema_rs.Draft202012Validator) -> Mapping[str, Json]:
    """Read a JSON object of this shape from a body, or end the request with a problem."""
    try:
        data = json_text.read(content)
    except UnreadableJsonError as problem:
        words = Words(_JSON[problem.code], str(problem))
        raise fail("json", words, [Entry("", problem.code, words)]) from problem
    entries = [
        Entry(
            "".join(f"/{_escaped(part)}" for part in error.instance_path),
            error.kind.name,
            Words(_SHAPE.get(error.kind.name, "belum sesuai"), error.message),
        )
        for error in shape.iter_errors(data)
    ]
    if entries:
        raise fail("body", entries=entries)
    assert isinstance(data, dict)
    return data


async def form_body(request: Request, most: int) -> FormData:
    """Read a multipart body with one file, or end the request with a problem."""
    if _media_type(request) != "multipart/form-data":
        raise fail("media_type", Words("Kirim sebagai multipart/form-data", "Send it as multipart/form-data"))
    try:
        return await _limited(request, most).form(max_files=1, max_fields=4, max_part_size=1024)
    except HTTPException as problem:
        raise fail("bad_request", Words("Bagian-bagiannya tidak dapat dibaca", str(problem.detail))) from problem


def _media_type(request: Request) -> str:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


def _limited(request: Request, most: int) -> Request:
    """Return the request with a body that ends in a problem as soon as it is too large."""
    declared = request.headers.get("content-length", "0")
    if not (declared.isascii() and declared.isdigit()) or int(declared) > most:
        raise fail("too_large")
    return Request(request.scope, _counted(request.receive, most))


def _counted(receive: Receive, most: int) -> Receive:
    taken = 0

    async def counted() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > most:
            raise fail("too_large")
        return message

    return counted


def _escaped(part: str | int) -> str:
    return str(part).replace("~", "~0").replace("/", "~1")
