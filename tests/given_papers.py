"""An application with its documents: a picture or a PDF for each that is asked for, for tests that look at them."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator
from dataclasses import replace

from PIL import Image, ImageDraw

from rules.city import Document
from rules.decision import Decision
from runtime.documents.upload import Incoming, Upload
from tests.kupang_office import CITY, SHOP, KupangOffice


def picture_of(words: str, form: str = "jpeg") -> bytes:
    """Draw a page with some words on it."""
    page = Image.new("RGB", (840, 1188), "white")
    draw = ImageDraw.Draw(page)
    draw.rectangle((30, 30, 810, 1158), outline="black", width=3)
    draw.text((80, 100), words, fill="black", font_size=44)
    for line in range(12):
        draw.line((80, 260 + line * 60, 760, 260 + line * 60), fill="gray", width=2)
    buffer = io.BytesIO()
    page.save(buffer, form)
    return buffer.getvalue()


async def _once(content: bytes) -> AsyncIterator[bytes]:
    yield content


def file_with_papers(kupang: KupangOffice, permit: str = "pbg", note: str = SHOP) -> str:
    """File an example with a document for each that it asks for, and return its nomor."""
    example = kupang.example(permit, note)
    release = kupang.releases.current.cities[CITY]
    version = release.permit_on(example.permit, kupang.hands().date())
    assert version is not None
    facts = version.decider.facts(example.answers, version.decider.day_of(kupang.hands()))
    decision: Decision = version.decider.decide(facts, kupang.hands())
    kinds = {document.code: document for document in release.city.documents}
    ids = []
    for asked in decision.documents:
        for item in [None] if asked.for_each is None else range(asked.copies):
            ids.append(_given(kupang, kinds[asked.code], item).id)
    new = replace(kupang.submission(example), files=tuple(ids))
    return kupang.run(kupang.store.submissions.file(new)).nomor


def _given(kupang: KupangOffice, kind: Document, item: int | None) -> Upload:
    form = "jpeg" if "jpeg" in kind.formats else "pdf"
    content = picture_of(kind.name.id, form)
    ending, declared = ("jpg", "image/jpeg") if form == "jpeg" else ("pdf", "application/pdf")
    incoming = Incoming(kind, item, f"{kind.code}.{ending}", declared, _once(content))
    taken = kupang.run(kupang.store.shelf.accept(CITY, incoming))
    assert isinstance(taken, Upload), taken
    return taken
