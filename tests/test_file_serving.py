"""How files leave: to be saved or as a drawn picture, never as what they are on the address of an officer's session."""

from __future__ import annotations

import asyncio
import io
import json
import os
import re
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pikepdf
import pytest
from PIL import Image
from sqlalchemy import update
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.testclient import TestClient

from runtime.cases.store import Store
from runtime.cases.tables import file_content
from runtime.documents.file_state import FileState
from runtime.documents.preview import CHILD, MOST_PAGES, NoPreviewError, Preview, draw
from runtime.documents.serving import disposition, download, file_response, preview_response
from runtime.documents.shelf import FileNotCleanError
from runtime.documents.upload import Upload
from runtime.guard import Guard
from tests.sample_files import CITY, DRAFT, GOOD_PDF, pdf, picture
from tests.test_file_store import past_the_program
from tests.test_store_submissions import Hands
from tests.test_uploads import bomb, take

NIP = "198001012005011001"
AT = datetime(2026, 7, 1, 1, tzinfo=UTC).astimezone(ZoneInfo("Asia/Makassar"))
MARK = f"{NIP} · 01-07-2026 09.00 WITA"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path, Hands()) as opened:
        yield opened


def given(store: Store, content: bytes, name: str) -> Upload:
    taken = take(store.shelf, content, name)
    assert isinstance(taken, Upload), taken
    return taken


def previewed(store: Store, file: Upload, page: int = 1, at: datetime = AT) -> Preview:
    return asyncio.run(store.previews.preview(CITY, file, page, NIP, at))


def drawn(preview: Preview) -> Image.Image:
    image = Image.open(io.BytesIO(preview.content), formats=[preview.format.upper()])
    image.load()
    return image


def page_filled(grey: float, pages: int = 1, side: int = 400) -> bytes:
    """Return a PDF whose pages are wholly of one grey."""

    def change(document: pikepdf.Pdf) -> None:
        for page in document.pages:
            page.obj.MediaBox = pikepdf.Array([0, 0, side, side])
            page.obj.Contents = document.make_stream(f"{grey} g 0 0 {side} {side} re f".encode())

    return pdf(change, pages=pages)


@pytest.mark.parametrize(
    ("name", "form", "plain", "whole"),
    [
        ("ktp budi.pdf", "pdf", "ktp budi.pdf", "ktp%20budi.pdf"),
        ("café.jpg", "jpeg", "caf_.jpg", "caf%C3%A9.jpg"),
        ('a";filename="b.html', "pdf", "a__filename__b.html.pdf", "a%22%3Bfilename%3D%22b.html.pdf"),
        ("a\r\nSet-Cookie: x.png", "png", "aSet-Cookie_ x.png", "aSet-Cookie%3A%20x.png"),
        ("../../etc/passwd", "pdf", "passwd.pdf", "passwd.pdf"),
        ("foto.svg", "png", "foto.svg.png", "foto.svg.png"),
        ("CON", "pdf", "berkas-CON.pdf", "berkas-CON.pdf"),
        ("ktp\u202egpj.pdf", "pdf", "ktpgpj.pdf", "ktpgpj.pdf"),
        ("%41.pdf", "pdf", "_41.pdf", "%2541.pdf"),
        ("", "jpeg", "berkas.jpg", "berkas.jpg"),
    ],
)
def test_a_name_is_written_so_that_it_can_end_nothing_and_ends_as_the_file_is(
    name: str, form: str, plain: str, whole: str
) -> None:
    assert disposition("attachment", name, form) == f"attachment; filename=\"{plain}\"; filename*=UTF-8''{whole}"


def served(answer: Response) -> dict[str, str]:
    """Return the headers of an answer as they leave the guarded site; one that is said twice fails."""

    async def show(request: Request) -> Response:
        return answer

    guarded = Guard(Starlette(routes=[Route("/", show)]), "http://testserver", lambda *_: Response(status_code=500))
    with TestClient(guarded) as client:
        got = client.get("/")
        assert got.status_code == 200
        assert got.content == answer.body
        for name in ("x-content-type-options", "cross-origin-resource-policy", "cache-control", "content-disposition"):
            assert len(got.headers.get_list(name)) == 1, name
        return dict(got.headers)


@pytest.mark.parametrize("form", ["pdf", "jpeg", "png"])
def test_a_file_leaves_to_be_saved_and_can_do_nothing_on_the_way(form: str) -> None:
    headers = served(file_response(b"<script>alert(1)</script>", "a.html", form))
    assert headers["content-disposition"].startswith("attachment;")
    assert headers["content-type"] == {"pdf": "application/pdf", "jpeg": "image/jpeg", "png": "image/png"}[form]
    assert re.search(r"(^|, )sandbox; default-src 'none'", headers["content-security-policy"])
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"
    assert headers["cross-origin-resource-policy"] == "same-origin"


def test_what_is_downloaded_is_what_was_given_and_only_when_it_is_clean(store: Store) -> None:
    file = given(store, GOOD_PDF, "surat.pdf")
    assert asyncio.run(download(store.shelf, CITY, file)).body == GOOD_PDF
    past_the_program(store, update(file_content).values(state=FileState.SCAN_FAILED))
    (held,) = store.shelf.of_draft(CITY, DRAFT)
    with pytest.raises(FileNotCleanError):
        asyncio.run(download(store.shelf, CITY, held))
    with pytest.raises(FileNotCleanError):
        previewed(store, held)


def test_a_page_of_a_pdf_is_drawn_and_says_how_many_there_are(store: Store) -> None:
    file = given(store, page_filled(0.5, pages=3), "denah.pdf")
    for page in (1, 2, 3):
        preview = previewed(store, file, page)
        assert (preview.format, preview.pages) == ("png", 3)
        assert drawn(preview).size == (1600, 1600)
    for page in (0, 4, -1, MOST_PAGES + 1):
        with pytest.raises(NoPreviewError):
            previewed(store, file, page)


def test_a_picture_is_shown_smaller_and_a_preview_of_it_stands_in_a_page(store: Store) -> None:
    file = given(store, picture("JPEG", (4000, 3000)), "lokasi.jpg")
    preview = previewed(store, file)
    assert (preview.format, preview.pages, drawn(preview).size) == ("jpeg", 1, (1600, 1200))
    headers = served(preview_response(preview))
    assert (headers["content-type"], headers["cache-control"]) == ("image/jpeg", "no-store")
    assert headers["content-disposition"].startswith("inline;")
    with pytest.raises(NoPreviewError):
        previewed(store, file, 2)


@pytest.mark.parametrize("grey", [0.0, 0.5, 1.0])
def test_a_preview_is_marked_with_who_looks_and_when_on_any_ground(store: Store, grey: float) -> None:
    file = given(store, page_filled(grey), "denah.pdf")
    first, again = drawn(previewed(store, file)), drawn(previewed(store, file))
    assert first.tobytes() == again.tobytes()
    quarters = [(x, y, x + 800, y + 800) for x in (0, 800) for y in (0, 800)]
    for quarter in quarters:  # it can not be cut off
        assert len(first.crop(quarter).getcolors(100_000) or ()) > 5
    later = drawn(previewed(store, file, at=AT.replace(minute=1)))
    assert later.tobytes() != first.tobytes()


def test_a_preview_goes_nowhere_on_disk(tmp_path: Path) -> None:
    seen: set[str] = set()
    done = threading.Event()

    def watch() -> None:
        while not done.is_set():
            seen.update(str(path) for path in tmp_path.rglob("*"))
            time.sleep(0.001)

    watcher = threading.Thread(target=watch)
    watcher.start()
    draw(page_filled(0.5), "pdf", 1, MARK, tmp_path)
    done.set()
    watcher.join()
    assert seen == set()


@pytest.mark.parametrize(
    ("content", "form"),
    [(b"%PDF-1.7\n", "pdf"), (b"", "pdf"), (b"", "jpeg"), (picture("PNG")[:60], "png"), (picture("GIF"), "png")],
)
def test_what_can_not_be_drawn_gives_no_preview_and_harms_nothing(tmp_path: Path, content: bytes, form: str) -> None:
    with pytest.raises(NoPreviewError):
        draw(content, form, 1, MARK, tmp_path)


def test_a_page_that_unfolds_without_end_or_is_huge_is_not_drawn_or_is_drawn_small(tmp_path: Path) -> None:
    with pytest.raises(NoPreviewError):
        draw(pdf(bomb), "pdf", 1, MARK, tmp_path, seconds=0.05)
    vast = draw(page_filled(0.5, side=14_000), "pdf", 1, MARK, tmp_path)
    assert drawn(vast).size == (1600, 1600)


def test_two_previews_are_drawn_at_once_and_no_more(store: Store) -> None:
    file = given(store, page_filled(0.5), "denah.pdf")
    most = 0

    def drawing() -> int:
        found = 0
        for process in Path("/proc").iterdir():
            if process.name.isdigit():
                try:
                    command = (process / "cmdline").read_bytes()
                except OSError:
                    continue
                parent = re.search(rb"PPid:\t(\d+)", _status(process))
                found += str(CHILD).encode() in command and parent is not None and int(parent[1]) == os.getpid()
        return found

    async def all_at_once() -> None:
        nonlocal most
        previews = [asyncio.create_task(store.previews.preview(CITY, file, 1, NIP, AT)) for _ in range(6)]
        while not all(task.done() for task in previews):
            most = max(most, await asyncio.to_thread(drawing))
            await asyncio.sleep(0.01)
        for task in previews:
            assert task.result().format == "png"

    asyncio.run(all_at_once())
    assert most == 2


def _status(process: Path) -> bytes:
    try:
        return (process / "status").read_bytes()
    except OSError:
        return b""


def test_the_child_that_draws_says_what_it_found_in_one_line(tmp_path: Path) -> None:
    preview = draw(page_filled(1.0), "pdf", 1, json.dumps({"a": "\n"}), tmp_path)
    assert drawn(preview).size == (1600, 1600)
