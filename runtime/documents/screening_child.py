"""The child process that opens a file nobody trusts: `screening_child.py FORMAT IN OUT`, started by `confinement.py`.

It stands alone (standard library, Pillow, pikepdf) and says what it found as one line of JSON. A picture is written
anew, which drops its metadata and whatever hides behind it. A PDF is only looked at: an electronic signature in it must
survive, so its bytes stay as they are.
"""

from __future__ import annotations

import errno
import json
import re
import struct
import sys
import warnings
from pathlib import Path

MOST_PIXELS = 40_000_000
MOST_PAGES = 60
MOST_OBJECTS = 200_000
MOST_DECODED = 200 * 1024 * 1024
DEEPEST = 60
NO_ROOM, NO_ROOM_STATUS = (errno.ENOSPC, errno.EDQUOT), 3

ACTIONS = {
    "/JavaScript",
    "/Launch",
    "/SubmitForm",
    "/ImportData",
    "/GoToR",
    "/GoToE",
    "/Rendition",
    "/RichMediaExecute",
    "/Movie",
    "/Sound",
}
ACTIVE_KEYS = ("/JS", "/AA", "/XFA", "/RichMedia", "/RichMediaContent")  # /AA: what happens by itself
ORDINARY_LINK = re.compile(r"(?i)(https?:|mailto:|tel:|(?![/\\]{2})[^:]*$)")  # neither file: nor a server's share
ATTACHING_KEYS = ("/EF", "/EmbeddedFiles", "/EmbeddedFile")

LAST_WORDS = re.compile(rb"startxref\s+[0-9]{1,10}\s+%%EOF[\0\s]*\Z")
LATER_VERSION = re.compile(rb"[\0\s]*([0-9]{1,10}\s+[0-9]{1,5}\s+obj\b|xref\s|startxref\s|%)")


class RefusedError(Exception):
    """The file must not be taken; the argument is a code of `upload_fault`."""


def main() -> int:
    """Screen one file and print the verdict."""
    warnings.simplefilter("error")
    form, source, target = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    try:
        if form == "pdf":
            screen_pdf(source)
        else:
            rewrite_picture(form, source, target)
    except RefusedError as refused:
        print(json.dumps({"fault": str(refused)}))
    except OSError as problem:
        if problem.errno in NO_ROOM:
            return NO_ROOM_STATUS
        print(json.dumps({"fault": "unreadable", "detail": type(problem).__name__}))
    except (ValueError, SyntaxError, MemoryError, RecursionError, EOFError, Warning) as problem:
        print(json.dumps({"fault": "unreadable", "detail": type(problem).__name__}))
    else:
        print(json.dumps({"fault": None}))
    return 0


def rewrite_picture(form: str, source: Path, target: Path) -> None:
    """Write the picture anew, upright, with nothing but its dots."""
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    try:
        image = Image.open(source, formats=[form.upper()])
        if image.width * image.height > MOST_PIXELS:
            raise RefusedError("too_many_pixels")
        image.load()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise RefusedError("too_many_pixels") from bomb
    try:
        upright = ImageOps.exif_transpose(image)
    except (OSError, ValueError, SyntaxError, KeyError, TypeError, struct.error, UserWarning):
        upright = image  # what says which way is up is broken; the picture is not
    if form == "jpeg":
        plain = upright if upright.mode in ("L", "RGB") else upright.convert("RGB")
    else:
        plain = upright.convert("RGBA") if "transparency" in upright.info else upright
    plain.info.clear()
    if form == "jpeg":
        plain.save(target, "JPEG", quality=88, exif=b"")
    else:
        plain.save(target, "PNG")


def screen_pdf(source: Path) -> None:
    """Refuse a PDF that can do something, hides something, or is too much."""
    import pikepdf

    content = source.read_bytes()
    if not content.startswith(b"%PDF-"):
        raise RefusedError("unreadable")
    refuse_other_content(content)
    try:
        with pikepdf.open(source) as pdf:
            if pdf.is_encrypted:
                raise RefusedError("encrypted")
            if len(pdf.pages) > MOST_PAGES:
                raise RefusedError("too_many_pages")
            if not pdf.pages or len(pdf.objects) > MOST_OBJECTS:
                raise RefusedError("unreadable")
            decoded = 0
            for thing in pdf.objects:
                look(thing, 0)
                decoded += size_decoded(thing)
                if decoded > MOST_DECODED:
                    raise RefusedError("unreadable")
    except pikepdf.PasswordError as locked:
        raise RefusedError("encrypted") from locked
    except pikepdf.PdfError as broken:
        raise RefusedError("unreadable") from broken


def refuse_other_content(content: bytes) -> None:
    """Refuse what goes on after the PDF has ended: after each end may only come a later version of the same PDF."""
    ends = [match.end() for match in re.finditer(rb"%%EOF", content)]
    if not ends:
        raise RefusedError("unreadable")
    if content[ends[-1] :].strip(b"\0\t\n\f\r ") or not LAST_WORDS.search(content):
        raise RefusedError("trailing_content")
    if not all(LATER_VERSION.match(content, end) for end in ends[:-1]):
        raise RefusedError("trailing_content")


def look(thing: object, depth: int) -> None:
    """Look through one object and what it holds directly; referenced objects come by themselves."""
    from pikepdf import Array, Dictionary, Name, Object, Stream, String

    if depth > DEEPEST:
        raise RefusedError("unreadable")
    if not isinstance(thing, Object):
        return
    if isinstance(thing, Array):
        for part in thing:
            inside(part, depth)
        return
    if not isinstance(thing, Dictionary | Stream):
        return
    if any(key in thing for key in ACTIVE_KEYS):
        raise RefusedError("active_content")
    if any(key in thing for key in ATTACHING_KEYS) or thing.get("/Type") == Name("/EmbeddedFile"):
        raise RefusedError("attached_files")
    action = thing.get("/S")
    if isinstance(action, Name) and str(action) in ACTIONS:
        raise RefusedError("active_content")
    if str(thing.get("/Subtype", "")) in ("/FileAttachment", "/RichMedia", "/Movie", "/Sound", "/Screen", "/3D"):
        raise RefusedError("attached_files")
    address = thing.get("/URI")
    if isinstance(address, String) and not ORDINARY_LINK.match(str(address).strip()):
        raise RefusedError("active_content")
    opening = thing.get("/OpenAction")
    if isinstance(opening, Dictionary) and opening.get("/S") != Name("/GoTo"):
        raise RefusedError("active_content")
    for _, part in thing.items():
        inside(part, depth)


def inside(part: object, depth: int) -> None:
    """Go into a direct part; an indirect one is an object of the file and is looked at on its own."""
    if getattr(part, "is_indirect", False):
        return
    look(part, depth + 1)


def size_decoded(thing: object) -> int:
    """Return how much a compressed stream unfolds to; pictures stay folded."""
    from pikepdf import Name, Stream

    if not isinstance(thing, Stream):
        return 0
    filters = thing.get("/Filter")
    names = [filters] if isinstance(filters, Name) else list(filters) if filters is not None else []
    if any(
        str(name) not in ("/FlateDecode", "/LZWDecode", "/ASCII85Decode", "/ASCIIHexDecode", "/RunLengthDecode")
        for name in names
    ):
        return 0
    return len(thing.read_bytes()) if names else 0


if __name__ == "__main__":
    sys.exit(main())
