"""An example of the catalog filed over the API, with a paper for each document that is asked for.

For what comes after filing, where the form itself is walked elsewhere.
"""

from __future__ import annotations

from uuid import uuid4

import httpx2

from runtime import json_text
from tests.browser.kupang.paper import Papers
from tests.kupang_office import CITY, kupang_catalog


def file_example(address: str, permit: str, note: str, papers: Papers) -> tuple[str, str]:
    """File the example of a permit whose note holds these words; return nomor and code."""
    examples = kupang_catalog().cities[CITY].examples
    answers = next(one.answers for one in examples if one.permit == permit and note in one.note)
    with httpx2.Client(base_url=f"{address}/api/{CITY}", timeout=30) as client:
        answer = _submit(client, permit, answers, [])
        files = [_give(client, one, papers) for one in answer.json().get("missing_documents", [])]
        if files:
            answer = _submit(client, permit, answers, files)
    assert answer.status_code == 201, answer.text
    filed = answer.json()
    return str(filed["nomor"]), str(filed["code"])


def _submit(client: httpx2.Client, permit: str, answers: object, files: list[str]) -> httpx2.Response:
    headers = {"Idempotency-Key": uuid4().hex, "Content-Type": "application/json"}
    body = json_text.write({"answers": answers, "files": files})
    return client.post(f"/izin/{permit}/pengajuan", content=body.encode(), headers=headers)


def _give(client: httpx2.Client, asked: dict[str, object], papers: Papers) -> str:
    data = {"document": str(asked["document"])}
    if asked["item"] is not None:
        data["item"] = str(asked["item"])
    content = papers.pdf.read_bytes()
    answer = client.post("/berkas", data=data, files={"file": (papers.pdf.name, content, "application/pdf")})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])
