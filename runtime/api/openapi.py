"""The OpenAPI 3.1 document, made of the same table as the routes."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rules.codec import Json
from runtime.api.operation import Operation
from runtime.api.problem import KINDS
from runtime.api.shapes import COMPONENTS, Shape


def openapi(operations: Iterable[Operation], public_url: str) -> Shape:
    """Describe the operations."""
    paths: Shape = {}
    for operation in operations:
        described = paths.setdefault(operation.path, {})
        assert isinstance(described, dict)
        described[operation.method.lower()] = _described(operation)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "satupintu",
            "version": "1",
            "description": "Perizinan satu pintu: daftar, skema, standar, keputusan, pengajuan, pelacakan. "
            "One door for a city's permits: list, schema, standard, decide, submit, track.",
        },
        "servers": [{"url": public_url}],
        "paths": paths,
        "components": {"schemas": COMPONENTS},
    }


def _described(operation: Operation) -> Shape:
    described: Shape = {
        "operationId": operation.name,
        "summary": operation.summary.to("en"),
        "description": operation.summary.id,
        "parameters": [*_path_parameters(operation.path), *([_KEY] if operation.once else [])],
        "responses": {str(operation.status): _response(operation), **_problems(operation.problems)},
    }
    if operation.takes is not None:
        shape: Shape = {"$ref": f"#/components/schemas/{operation.takes}"}
        described["requestBody"] = {"required": True, "content": {operation.media_type: {"schema": shape}}}
    return described


def _path_parameters(path: str) -> list[Json]:
    return [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string", "pattern": "^[a-z0-9-]{1,64}$"}}
        for name in re.findall(r"{([a-z]+)}", path)
    ]


_KEY: Shape = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": True,
    "description": "A new random value, such as a UUID, for each application; the same one when it is sent again.",
    "schema": {"type": "string", "pattern": "^[A-Za-z0-9._~:+/=-]{16,128}$"},
}


def _response(operation: Operation) -> Shape:
    shape: Shape = {"$ref": f"#/components/schemas/{operation.gives}"}
    return {"description": operation.summary.to("en"), "content": {"application/json": {"schema": shape}}}


def _problems(kinds: Iterable[str]) -> Shape:
    """Describe the problems, those of one status together."""
    by_status: dict[int, list[str]] = {}
    for kind in (*kinds, "method"):
        status, title = KINDS[kind]
        by_status.setdefault(status, []).append(f"{kind}: {title.to('en')}")
    content: Shape = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {str(status): {"description": "; ".join(titles), "content": content} for status, titles in by_status.items()}
