"""Small files that are what they say, and for whom they are."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator, Callable

import pikepdf
from PIL import Image

from rules.city import Document
from rules.words import Words

CITY = "kota-uji"
KTP = Document("ktp", Words("KTP"), max_megabytes=1)
DRAFT = "UJI-D-2026-000001"


async def pieces(content: bytes) -> AsyncIterator[bytes]:
    for at in range(0, len(content), 50_000):
        yield content[at : at + 50_000]


def picture(form: str, size: tuple[int, int] = (64, 48), mode: str = "RGB", **options: object) -> bytes:
    file = io.BytesIO()
    Image.new(mode, size, 0).save(file, form, **options)
    return file.getvalue()


def pdf(change: Callable[[pikepdf.Pdf], None] = lambda _: None, pages: int = 1, **save: object) -> bytes:
    file = io.BytesIO()
    with pikepdf.new() as document:
        for _ in range(pages):
            document.add_blank_page()
        change(document)
        document.save(file, **save)  # type: ignore[arg-type]  # options of pikepdf
    return file.getvalue()


GOOD_PDF = pdf()
GOOD_JPEG = picture("JPEG")
