"""Files that applicants give: only what was asked for, only what it says it is, and nothing that can do anything."""

from __future__ import annotations

import asyncio
import hashlib
import io
import os
import random
import re
import struct
import time
import zipfile
import zlib
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pikepdf
import pytest
from PIL import Image
from PIL.ExifTags import GPS, IFD, Base

from rules.city import Document
from rules.words import Words
from runtime.cases.store import Store
from runtime.documents import janitor
from runtime.documents.file_name import clean_name
from runtime.documents.screening import CHILD, screen_now
from runtime.documents.shelf import Shelf
from runtime.documents.upload import Incoming, Upload
from runtime.documents.upload_fault import _SAY, RefusedUpload, UploadFault
from runtime.settings import Limits
from tests.sample_files import CITY, DRAFT, GOOD_JPEG, GOOD_PDF, KTP, pdf, picture, pieces
from tests.test_store_submissions import Hands

PDF_ONLY = Document("akta", Words("Akta"), formats=("pdf",), max_megabytes=1)


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def store(tmp_path: Path, hands: Hands) -> Iterator[Store]:
    with Store(tmp_path, hands) as opened:
        yield opened


def take(
    shelf: Shelf, content: bytes, name: str, declared: str = "", document: Document = KTP, owner: str | None = DRAFT
) -> Upload | RefusedUpload:
    return asyncio.run(shelf.accept(CITY, Incoming(document, None, name, declared, pieces(content), owner)))


def kept(store: Store, upload: Upload | RefusedUpload) -> bytes:
    assert isinstance(upload, Upload), upload
    return asyncio.run(store.shelf.open(CITY, upload))


def stored(folder: Path) -> list[Path]:
    return [path for path in (folder / "berkas").rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    ("content", "name", "declared", "form"),
    [
        (picture("JPEG"), "foto.jpg", "image/jpeg", "jpeg"),
        (picture("JPEG", mode="CMYK"), "foto.JPEG", "", "jpeg"),
        (picture("JPEG", mode="L"), "foto.jpg", "application/octet-stream", "jpeg"),
        (picture("PNG"), "gambar.png", "image/png", "png"),
        (picture("PNG", mode="P", transparency=0), "gambar.png", "image/png", "png"),
        (picture("PNG", mode="1"), "gambar.PNG", "image/png; charset=binary", "png"),
        (pdf(), "surat.pdf", "application/pdf", "pdf"),
    ],
)
def test_pictures_and_pdfs_that_are_what_they_say_are_taken(
    store: Store, content: bytes, name: str, declared: str, form: str
) -> None:
    taken = take(store.shelf, content, name, declared)
    assert isinstance(taken, Upload)
    assert (taken.format, taken.document, taken.owner) == (form, "ktp", DRAFT)
    assert store.shelf.of_draft(CITY, DRAFT) == (taken,)
    assert len(kept(store, taken)) == taken.size


def test_a_pdf_is_kept_byte_for_byte_so_that_its_signature_survives(store: Store) -> None:
    content = pdf()
    assert kept(store, take(store.shelf, content, "surat.pdf")) == content


def test_where_a_photo_was_taken_is_forgotten_and_it_stands_upright(store: Store) -> None:
    exif = Image.Exif()
    exif[Base.Orientation] = 6
    exif[Base.Model] = "CanaryPhone"
    exif.get_ifd(IFD.GPSInfo)[GPS.GPSLatitude] = (10.0, 10.0, 37.9)
    file = io.BytesIO()
    photo = Image.effect_noise((200, 100), 50).convert("RGB")
    photo.save(file, "JPEG", exif=exif, comment=b"CanaryComment", icc_profile=b"CanaryProfile")
    assert b"CanaryPhone" in file.getvalue()
    content = kept(store, take(store.shelf, file.getvalue(), "rumah.jpg"))
    with Image.open(io.BytesIO(content)) as image:
        assert (image.size, dict(image.getexif()), image.info.get("comment")) == ((100, 200), {}, None)
    assert b"Canary" not in content
    assert b"Exif" not in content


def test_what_is_hidden_in_a_png_or_behind_a_jpeg_is_gone(store: Store) -> None:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    png = picture("PNG")
    texted = png[:33] + chunk(b"tEXt", b"Author\0CanaryAuthor") + chunk(b"eXIf", b"MM\0*CanaryGps") + png[33:]
    polyglot = picture("JPEG") + b"<script>alert('Canary')</script>PK\x03\x04Canary"
    for content, name in ((texted, "a.png"), (polyglot, "a.jpg")):
        assert b"Canary" in content
        assert b"Canary" not in kept(store, take(store.shelf, content, name))


def script() -> pikepdf.Dictionary:
    return pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))


def opening(kind: str) -> Callable[[pikepdf.Pdf], None]:
    def change(document: pikepdf.Pdf) -> None:
        plain = pikepdf.Dictionary(S=pikepdf.Name("/" + kind), F=pikepdf.String("x"))
        document.Root.OpenAction = script() if kind == "JavaScript" else plain

    return change


def attach(document: pikepdf.Pdf) -> None:
    document.Root.Names = pikepdf.Dictionary(EmbeddedFiles=pikepdf.Dictionary(Names=pikepdf.Array()))


def page_action(document: pikepdf.Pdf) -> None:
    document.pages[0].obj.AA = pikepdf.Dictionary(O=document.make_indirect(script()))


def named_script(document: pikepdf.Pdf) -> None:
    names = pikepdf.Array([pikepdf.String("x"), script()])
    document.Root.Names = pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=names))


def loose_script(document: pikepdf.Pdf) -> None:
    document.Root.Ignored = document.make_indirect(pikepdf.Dictionary(Deep=[pikepdf.Dictionary(Deeper=script())]))


def xfa(document: pikepdf.Pdf) -> None:
    document.Root.AcroForm = pikepdf.Dictionary(XFA=document.make_stream(b"<xdp/>"), Fields=pikepdf.Array())


def link(address: str) -> Callable[[pikepdf.Pdf], None]:
    def change(document: pikepdf.Pdf) -> None:
        action = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String(address))
        annotation = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, A=action, Rect=[0, 0, 9, 9])
        document.pages[0].obj.Annots = pikepdf.Array([document.make_indirect(annotation)])

    return change


def bomb(document: pikepdf.Pdf) -> None:
    folded = zlib.compress(bytes(250 * 1024 * 1024), 9)
    stream = pikepdf.Stream(document, folded)
    stream.Filter = pikepdf.Name.FlateDecode
    document.pages[0].obj.Contents = document.make_indirect(stream)


def twice_folded(document: pikepdf.Pdf) -> None:
    stream = pikepdf.Stream(document, zlib.compress(zlib.compress(bytes(300 * 1024 * 1024), 9), 9))
    stream.Filter = pikepdf.Array([pikepdf.Name.FlateDecode, pikepdf.Name.FlateDecode])
    document.Root.Ignored = document.make_indirect(stream)


def goes_by_itself(document: pikepdf.Pdf) -> None:
    action = pikepdf.Dictionary(S=pikepdf.Name.Named, N=pikepdf.Name.Print)
    document.Root.AA = pikepdf.Dictionary(WP=action)


def script_by_reference(document: pikepdf.Pdf) -> None:
    kind = document.make_indirect(pikepdf.Name.Launch)
    document.Root.OpenAction = document.make_indirect(pikepdf.Dictionary(S=kind, Next=pikepdf.Dictionary(S=kind)))


def next_action(document: pikepdf.Pdf) -> None:
    go = pikepdf.Dictionary(S=pikepdf.Name.GoTo, D=pikepdf.Array([document.pages[0].obj, pikepdf.Name.Fit]))
    go.Next = pikepdf.Array([pikepdf.Dictionary(S=pikepdf.Name.Launch, F=pikepdf.String("calc.exe"))])
    document.Root.OpenAction = go


def pinned_file(document: pikepdf.Pdf) -> None:
    annotation = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.FileAttachment, Rect=[0, 0, 9, 9])
    document.pages[0].obj.Annots = pikepdf.Array([document.make_indirect(annotation)])


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (goes_by_itself, UploadFault.ACTIVE),
        (script_by_reference, UploadFault.ACTIVE),
        (next_action, UploadFault.ACTIVE),
        (opening("URI"), UploadFault.ACTIVE),
        (opening("Named"), UploadFault.ACTIVE),
        (opening("GoToE"), UploadFault.ACTIVE),
        (link(r"\\server\berkas"), UploadFault.ACTIVE),
        (link("//server/berkas"), UploadFault.ACTIVE),
        (link("data:text/html,<script>"), UploadFault.ACTIVE),
        (pinned_file, UploadFault.ATTACHMENT),
        (twice_folded, UploadFault.UNREADABLE),
        (opening("JavaScript"), UploadFault.ACTIVE),
        (opening("Launch"), UploadFault.ACTIVE),
        (opening("SubmitForm"), UploadFault.ACTIVE),
        (opening("GoToR"), UploadFault.ACTIVE),
        (opening("ImportData"), UploadFault.ACTIVE),
        (page_action, UploadFault.ACTIVE),
        (named_script, UploadFault.ACTIVE),
        (loose_script, UploadFault.ACTIVE),
        (xfa, UploadFault.ACTIVE),
        (link("javascript:alert(1)"), UploadFault.ACTIVE),
        (link(" FILE:///etc/passwd"), UploadFault.ACTIVE),
        (attach, UploadFault.ATTACHMENT),
        (bomb, UploadFault.UNREADABLE),
    ],
)
@pytest.mark.parametrize("packed", [pikepdf.ObjectStreamMode.disable, pikepdf.ObjectStreamMode.generate])
def test_a_pdf_that_can_do_something_or_hides_something_is_refused(
    store: Store, change: Callable[[pikepdf.Pdf], None], fault: UploadFault, packed: pikepdf.ObjectStreamMode
) -> None:
    taken = take(store.shelf, pdf(change, object_stream_mode=packed), "surat.pdf")
    assert isinstance(taken, RefusedUpload)
    assert taken.fault is fault


@pytest.mark.parametrize("address", ["https://dpmptsp.example.go.id", "http://example.id", "mailto:a@b.id"])
def test_a_pdf_with_ordinary_links_is_taken(store: Store, address: str) -> None:
    assert isinstance(take(store.shelf, pdf(link(address)), "surat.pdf"), Upload)


@pytest.mark.parametrize("as_action", [False, True])
def test_a_pdf_that_opens_at_a_page_is_taken(store: Store, as_action: bool) -> None:
    def change(document: pikepdf.Pdf) -> None:
        there = pikepdf.Array([document.pages[0].obj, pikepdf.Name.Fit])
        document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.GoTo, D=there) if as_action else there

    assert isinstance(take(store.shelf, pdf(change), "surat.pdf"), Upload)


def later_version(catalog: bytes) -> bytes:
    """Return a PDF with a later version appended as signing programs do, whose catalog holds something more."""
    first = pdf(object_stream_mode=pikepdf.ObjectStreamMode.disable)
    root, pages = (int(re.search(pattern, first)[1]) for pattern in (rb"/Root (\d+) 0 R", rb"/Pages (\d+) 0 R"))  # type: ignore[index]
    size, before = int(re.search(rb"/Size (\d+)", first)[1]), int(re.search(rb"startxref\s+(\d+)", first)[1])  # type: ignore[index]
    text = first + f"{root} 0 obj\n<< /Type /Catalog /Pages {pages} 0 R ".encode() + catalog + b" >>\nendobj\n"
    table = f"xref\n{root} 1\n{len(first):010d} 00000 n \n".encode()
    trailer = f"trailer\n<< /Size {size} /Root {root} 0 R /Prev {before} >>\nstartxref\n{len(text)}\n%%EOF\n".encode()
    return text + table + trailer


def test_a_later_version_appended_to_a_pdf_is_looked_at_as_a_viewer_does(store: Store) -> None:
    signed = later_version(b"/Lang (id)")
    assert kept(store, take(store.shelf, signed, "surat.pdf")) == signed
    scripted = take(store.shelf, later_version(b"/OpenAction << /S /JavaScript /JS (app.alert(1)) >>"), "surat.pdf")
    assert scripted == RefusedUpload(UploadFault.ACTIVE)


def test_a_name_that_is_written_in_disguise_is_seen_through(store: Store) -> None:
    disguised = later_version(b"/OpenAction << /#53 /J#61vaScript /J#53 (app.alert(1)) >>")
    assert take(store.shelf, disguised, "surat.pdf") == RefusedUpload(UploadFault.ACTIVE)


def zip_behind(content: bytes, comment: bytes) -> bytes:
    """Return a file that is also a zip: whoever unpacks it finds a page with a script."""
    behind = io.BytesIO()
    with zipfile.ZipFile(behind, "w") as archive:
        archive.writestr("index.html", "<script>alert(1)</script>")
        archive.comment = comment
    whole = content + behind.getvalue()
    assert zipfile.is_zipfile(io.BytesIO(whole))
    return whole


def of_size(size: int) -> bytes:
    """Return a good PDF of exactly so many bytes."""

    def change(filling: int) -> Callable[[pikepdf.Pdf], None]:
        def fill(document: pikepdf.Pdf) -> None:
            document.Root.Ignored = document.make_stream(random.Random(1).randbytes(filling))

        return fill

    content = b""
    for filling in range(size - 700, size):
        content = pdf(change(filling), compress_streams=False)
        if len(content) >= size:
            break
        if (missing := size - len(content)) > 0 and len(pdf(change(filling + missing), compress_streams=False)) == size:
            return pdf(change(filling + missing), compress_streams=False)
    assert len(content) == size
    return content


def test_a_file_of_exactly_the_size_that_is_allowed_is_taken_and_one_byte_more_is_not(store: Store) -> None:
    content = of_size(1024 * 1024)
    assert kept(store, take(store.shelf, content, "denah.pdf")) == content
    assert take(store.shelf, content + b"\n", "denah.pdf") == RefusedUpload(UploadFault.TOO_LARGE, (("bound", "1"),))


def test_as_many_pages_as_are_allowed_are_taken(store: Store) -> None:
    assert isinstance(take(store.shelf, pdf(pages=60), "denah.pdf"), Upload)


def png_chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def vast_png(side: int) -> bytes:
    """Return the beginning of a picture of one colour, as large as it says, in a few bytes."""
    header = png_chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + png_chunk(b"IDAT", zlib.compress(bytes(99))) + png_chunk(b"IEND", b"")


def vast_jpeg() -> bytes:
    """Return a JPEG that says of itself to be as large as one can be."""
    small = picture("JPEG")
    at = small.index(b"\xff\xc0")
    return small[: at + 5] + struct.pack(">HH", 65_500, 65_500) + small[at + 9 :]


def text_bomb() -> bytes:
    good = picture("PNG")
    return good[:33] + png_chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(20 * 1024 * 1024), 9)) + good[33:]


ENCRYPTED = pdf(encryption=pikepdf.Encryption(owner="a", user="b"))
LOCKED = pdf(encryption=pikepdf.Encryption(owner="a", user=""))


@pytest.mark.parametrize(
    ("content", "name", "declared", "fault"),
    [
        (b"", "a.pdf", "application/pdf", UploadFault.EMPTY),
        (b"\0", "a.pdf", "application/pdf", UploadFault.UNKNOWN_FORMAT),
        (b"%PDF-1.7\n", "a.pdf", "application/pdf", UploadFault.UNREADABLE),
        (GOOD_PDF[:-300], "a.pdf", "application/pdf", UploadFault.UNREADABLE),
        (GOOD_PDF + b"<script>alert(1)</script>", "a.pdf", "application/pdf", UploadFault.TRAILING),
        (GOOD_PDF + b"PK\x03\x04" + bytes(50), "a.pdf", "application/pdf", UploadFault.TRAILING),
        (b"junk " + GOOD_PDF, "a.pdf", "application/pdf", UploadFault.UNKNOWN_FORMAT),
        (ENCRYPTED, "a.pdf", "application/pdf", UploadFault.ENCRYPTED),
        (LOCKED, "a.pdf", "application/pdf", UploadFault.ENCRYPTED),
        (pdf(pages=61), "a.pdf", "application/pdf", UploadFault.TOO_MANY_PAGES),
        (GOOD_JPEG[:200], "a.jpg", "image/jpeg", UploadFault.UNREADABLE),
        (picture("PNG")[:60], "a.png", "image/png", UploadFault.UNREADABLE),
        (picture("PNG", (7000, 7000), "1"), "a.png", "image/png", UploadFault.TOO_MANY_PIXELS),
        (vast_png(30_000), "a.png", "image/png", UploadFault.TOO_MANY_PIXELS),
        (picture("GIF"), "a.png", "image/png", UploadFault.UNKNOWN_FORMAT),
        (picture("WEBP"), "a.png", "image/png", UploadFault.UNKNOWN_FORMAT),
        (picture("TIFF"), "a.jpg", "image/jpeg", UploadFault.UNKNOWN_FORMAT),
        (b"GIF89a/*<script>alert(1)</script>*/=1", "a.jpg", "image/jpeg", UploadFault.UNKNOWN_FORMAT),
        (
            b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
            "a.png",
            "image/png",
            UploadFault.UNKNOWN_FORMAT,
        ),
        (b"<!doctype html><script>alert(1)</script>", "a.pdf", "application/pdf", UploadFault.UNKNOWN_FORMAT),
        (b"PK\x03\x04" + bytes(100), "a.pdf", "application/pdf", UploadFault.UNKNOWN_FORMAT),
        (GOOD_JPEG, "a.png", "image/png", UploadFault.NAME_DISAGREES),
        (GOOD_JPEG, "a.pdf", "application/pdf", UploadFault.NAME_DISAGREES),
        (GOOD_JPEG, "a.jpg.html", "image/jpeg", UploadFault.NAME_DISAGREES),
        (GOOD_JPEG, "a", "image/jpeg", UploadFault.NAME_DISAGREES),
        (GOOD_JPEG, "a.jpg\0.pdf", "image/jpeg", UploadFault.NAME_DISAGREES),
        (GOOD_JPEG, "a.jpg", "image/png", UploadFault.TYPE_DISAGREES),
        (GOOD_PDF, "a.pdf", "text/html", UploadFault.TYPE_DISAGREES),
        (bytes(1024 * 1024 + 1), "a.pdf", "application/pdf", UploadFault.TOO_LARGE),
        (zip_behind(GOOD_PDF, b""), "a.pdf", "application/pdf", UploadFault.TRAILING),
        (zip_behind(GOOD_PDF, b"%%EOF"), "a.pdf", "application/pdf", UploadFault.TRAILING),
        (zip_behind(GOOD_PDF, b"startxref\n9\n%%EOF"), "a.pdf", "application/pdf", UploadFault.TRAILING),
        (GOOD_PDF + b"<script>alert(1)</script>\nstartxref\n9\n%%EOF\n", "a.pdf", "", UploadFault.TRAILING),
        (GOOD_PDF.rstrip().removesuffix(b"%%EOF") + b"PK\x03\x04 %%EOF", "a.pdf", "", UploadFault.TRAILING),
        (GOOD_JPEG + GOOD_PDF, "a.pdf", "application/pdf", UploadFault.NAME_DISAGREES),
        (b"GIF89a" + GOOD_PDF, "a.pdf", "application/pdf", UploadFault.UNKNOWN_FORMAT),
        (b"%PDF-1.7\n" + GOOD_JPEG, "a.pdf", "application/pdf", UploadFault.UNREADABLE),
        (b"MZ" + bytes(200), "a.pdf", "application/pdf", UploadFault.UNKNOWN_FORMAT),
        (b"\x7fELF" + bytes(200), "a.png", "image/png", UploadFault.UNKNOWN_FORMAT),
        (b"%!PS-Adobe-3.0\n(x) run\n", "a.pdf", "application/pdf", UploadFault.UNKNOWN_FORMAT),
        (GOOD_PDF, "a.jpg", "image/jpeg", UploadFault.NAME_DISAGREES),
        (GOOD_PDF, "a.pdf.exe", "application/pdf", UploadFault.NAME_DISAGREES),
        (GOOD_JPEG, "a.jpg", "image/svg+xml", UploadFault.TYPE_DISAGREES),
        (GOOD_JPEG, "a.jpg", "text/html; charset=image/jpeg", UploadFault.TYPE_DISAGREES),
        (vast_png(60_000), "a.png", "image/png", UploadFault.TOO_MANY_PIXELS),
        (vast_png(2**31 - 1), "a.png", "image/png", UploadFault.TOO_MANY_PIXELS),
        (vast_jpeg(), "a.jpg", "image/jpeg", UploadFault.TOO_MANY_PIXELS),
        (text_bomb(), "a.png", "image/png", UploadFault.UNREADABLE),
    ],
)
def test_what_is_not_what_it_says_is_refused_and_leaves_nothing_behind(
    store: Store, tmp_path: Path, content: bytes, name: str, declared: str, fault: UploadFault
) -> None:
    taken = take(store.shelf, content, name, declared)
    assert isinstance(taken, RefusedUpload)
    assert taken.fault is fault
    assert list((tmp_path / "karantina").iterdir()) == []
    assert stored(tmp_path) == []
    assert store.shelf.of_draft(CITY, DRAFT) == ()


def test_a_format_that_was_not_asked_for_is_refused_by_name(store: Store) -> None:
    taken = take(store.shelf, GOOD_JPEG, "a.jpg", document=PDF_ONLY)
    assert isinstance(taken, RefusedUpload)
    assert taken.say("id") == "berkas ini JPEG, padahal yang diminta PDF"
    assert taken.say("en") == "this file is JPEG, but PDF is asked for"


def test_every_reason_has_words_in_both_languages() -> None:
    assert set(_SAY) == set(UploadFault)
    assert all(words.en and words.en != words.id for words in _SAY.values())


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("ktp budi.jpg", "ktp budi.jpg"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\budi\\ktp.jpg", "ktp.jpg"),
        ("..", "berkas"),
        ("", "berkas"),
        ("\0\n\r\t", "berkas"),
        ("ktp\0.jpg", "ktp.jpg"),
        ("ktp\u202egpj.exe", "ktpgpj.exe"),
        ("k\u200btp\ufeff.jpg", "ktp.jpg"),
        ("ktp\r\nSet-Cookie: a=b.jpg", "ktpSet-Cookie: a=b.jpg"),
        ("cafe\u0301.pdf", "caf\u00e9.pdf"),
        ("a" * 300 + ".pdf", "a" * 116 + ".pdf"),
        ("a" * 300, "a" * 120),
        (".htaccess.", "htaccess"),
        ("CON", "berkas-CON"),
        ("nul.pdf", "berkas-nul.pdf"),
        ("Com1.pdf.jpg", "berkas-Com1.pdf.jpg"),
        ("contoh.pdf", "contoh.pdf"),
        ("ktp.pdf::$DATA", "ktp.pdf::$DATA"),
        ("a\u202e" * 200 + ".pdf", "a" * 116 + ".pdf"),
        ("ktp\ud800.pdf", "ktp.pdf"),
        ("～ktp　budi．pdf", "～ktp budi．pdf"),
    ],
)
def test_a_name_is_cleaned_before_it_is_looked_at(given: str, shown: str) -> None:
    assert clean_name(given) == shown


def test_a_name_never_becomes_a_path_and_is_not_kept(store: Store, tmp_path: Path) -> None:
    taken = take(store.shelf, GOOD_JPEG, "../../../../tmp/x/..\\KTP Maria Canary.jpg")
    assert isinstance(taken, Upload)
    assert taken.name == "ktp.jpg"
    assert not [path for path in tmp_path.rglob("*") if path.is_file() and b"Maria Canary" in path.read_bytes()]
    (path,) = stored(tmp_path)
    address = hashlib.sha256(path.read_bytes()).hexdigest()
    assert path.relative_to(tmp_path) == Path("berkas", CITY, address[:2], address)


def test_what_is_received_can_be_read_by_nobody_else(store: Store, tmp_path: Path) -> None:
    taken = take(store.shelf, GOOD_PDF, "a.pdf")
    assert isinstance(taken, Upload)
    (path,) = stored(tmp_path)
    assert oct(path.stat().st_mode & 0o777) == "0o600"
    assert {oct(folder.stat().st_mode & 0o777) for folder in (tmp_path / "berkas", tmp_path / "karantina")} == {"0o700"}


def test_the_child_that_opens_files_dies_rather_than_eat_the_machine(tmp_path: Path) -> None:
    source = tmp_path / "a.pdf"
    source.write_bytes(pdf(bomb))
    assert screen_now("pdf", source, tmp_path / "out") == RefusedUpload(UploadFault.UNREADABLE)
    source.write_bytes(GOOD_PDF)
    assert screen_now("pdf", source, tmp_path / "out", seconds=0.001) == RefusedUpload(UploadFault.UNREADABLE)
    assert screen_now("pdf", tmp_path / "absent.pdf", tmp_path / "out") == RefusedUpload(UploadFault.UNREADABLE)
    assert screen_now("pdf", source, tmp_path / "out") is None


def test_the_child_stands_alone() -> None:
    lines = CHILD.read_text().splitlines()
    assert [
        line
        for line in lines
        if line.strip().startswith(("import ", "from ")) and ("runtime" in line or "rules" in line)
    ] == []


def test_a_draft_takes_no_more_files_than_it_may(tmp_path: Path, hands: Hands) -> None:
    with Store(tmp_path, hands, Limits(files_per_application=2)) as store:
        taken = [take(store.shelf, GOOD_PDF, "a.pdf") for _ in range(3)]
        assert [isinstance(one, Upload) for one in taken] == [True, True, False]
        assert isinstance(taken[2], RefusedUpload)
        assert taken[2].fault is UploadFault.TOO_MANY_FILES
        assert isinstance(taken[0], Upload)
        asyncio.run(store.shelf.remove(CITY, "UJI-D-2026-000002", taken[0].id))
        assert len(store.shelf.of_draft(CITY, DRAFT)) == 2
        asyncio.run(store.shelf.remove(CITY, DRAFT, taken[0].id))
        assert len(store.shelf.of_draft(CITY, DRAFT)) == 1


def test_the_sweep_removes_what_nobody_needs_and_nothing_else(store: Store, tmp_path: Path, hands: Hands) -> None:
    used = take(store.shelf, GOOD_PDF, "a.pdf")
    (of_used,) = stored(tmp_path)
    unowned = take(store.shelf, GOOD_JPEG, "a.jpg", owner=None)
    (of_unowned,) = set(stored(tmp_path)) - {of_used}
    gone = take(store.shelf, picture("PNG"), "a.png")
    assert isinstance(used, Upload)
    assert isinstance(unowned, Upload)
    assert isinstance(gone, Upload)
    asyncio.run(store.shelf.remove(CITY, DRAFT, gone.id))
    fresh = tmp_path / "berkas" / CITY / "aa" / ("a" * 64)
    fresh.parent.mkdir(exist_ok=True)
    fresh.write_bytes(b"just placed, its row is about to come")
    half = tmp_path / "karantina" / "left-by-a-crash"
    half.write_bytes(b"x")
    half_stored = fresh.parent / ("b" * 64 + "#1")
    half_stored.write_bytes(b"x")
    long_ago = time.time() - 7200
    for path in [*stored(tmp_path), half]:
        if path != fresh:
            os.utime(path, (long_ago, long_ago))
    asyncio.run(janitor.sweep(store.shelf, CITY))
    assert set(stored(tmp_path)) == {fresh, of_used, of_unowned}
    assert not half.exists()
    assert store.shelf.unowned(CITY, (unowned.id, used.id)) == (unowned,)
    hands.at += timedelta(hours=24)
    assert store.shelf.unowned(CITY, (unowned.id,)) == ()
    asyncio.run(janitor.sweep(store.shelf, CITY))
    assert set(stored(tmp_path)) == {fresh, of_used}
    assert kept(store, used) == GOOD_PDF


def test_the_same_content_given_twice_stays_while_either_needs_it(store: Store, tmp_path: Path) -> None:
    one, two = take(store.shelf, GOOD_PDF, "a.pdf"), take(store.shelf, GOOD_PDF, "b.pdf")
    assert isinstance(one, Upload)
    assert isinstance(two, Upload)
    assert (one.sha256, one.id == two.id) == (two.sha256, False)
    assert len(stored(tmp_path)) == 2
    asyncio.run(store.shelf.remove(CITY, DRAFT, one.id))
    for path in stored(tmp_path):
        os.utime(path, (0, 0))
    asyncio.run(janitor.sweep(store.shelf, CITY))
    assert len(stored(tmp_path)) == 1
    assert kept(store, two) == GOOD_PDF


def test_a_sender_that_goes_away_leaves_nothing(store: Store, tmp_path: Path) -> None:
    async def broken() -> AsyncIterator[bytes]:
        yield b"%PDF-1.7"
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        asyncio.run(store.shelf.accept(CITY, Incoming(KTP, None, "a.pdf", "", broken(), DRAFT)))
    assert list((tmp_path / "karantina").iterdir()) == []
