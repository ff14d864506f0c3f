"""The child that draws one page: `preview_child.py`, started by `confinement.py`.

It stands alone (Pillow, pikepdf, poppler's pdftoppm). A line of JSON and the file come in; a line of JSON and a picture
go out. Nothing is written to disk.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
import warnings

from PIL import Image, ImageDraw, ImageFont, ImageOps

LONGEST = 1600  # dots, of either side
MOST_PIXELS = 40_000_000
SHORTEST = 480  # below it the mark could not be read
INK, EDGE = (120, 20, 20, 70), (255, 255, 255, 50)  # to be seen on white and on black


class NotDrawnError(Exception):
    """The page could not be drawn; the argument says why."""


def main() -> None:
    """Draw the page that is asked for."""
    warnings.simplefilter("error")
    asked = json.loads(sys.stdin.buffer.readline())
    content = sys.stdin.buffer.read()
    out = io.BytesIO()
    try:
        if asked["form"] == "pdf":
            form, pages = "png", pages_of(content)
            drawn = drawn_page(content, asked["page"], pages)
        else:
            form, pages = "jpeg", 1
            drawn = drawn_picture(content, asked["form"], asked["page"])
        watermarked(drawn, asked["mark"]).save(out, form.upper(), **({"quality": 82} if form == "jpeg" else {}))
    except NotDrawnError as problem:
        print(json.dumps({"fault": str(problem)}))
    except (OSError, ValueError, SyntaxError, MemoryError, EOFError, Warning) as problem:
        print(json.dumps({"fault": type(problem).__name__}))
    else:
        sys.stdout.buffer.write(json.dumps({"form": form, "pages": pages}).encode() + b"\n" + out.getvalue())


def pages_of(content: bytes) -> int:
    """Count the pages of a PDF."""
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            return len(pdf.pages)
    except pikepdf.PdfError as broken:
        raise NotDrawnError("unreadable") from broken


def drawn_page(content: bytes, page: int, pages: int) -> Image.Image:
    """Let poppler draw a page, never larger than `LONGEST` whatever size it says it has."""
    if page > pages:
        raise NotDrawnError("no such page")
    number = str(page)
    command = ["pdftoppm", "-png", "-scale-to", str(LONGEST), "-f", number, "-l", number, "-singlefile", "-"]
    poppler = subprocess.run(command, input=content, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
    if poppler.returncode != 0 or not poppler.stdout:
        raise NotDrawnError("poppler could not draw it")
    Image.MAX_IMAGE_PIXELS = LONGEST * LONGEST
    return Image.open(io.BytesIO(poppler.stdout), formats=["PNG"]).convert("RGB")


def drawn_picture(content: bytes, form: str, page: int) -> Image.Image:
    """Make a picture small, on white where it is transparent."""
    if page > 1:
        raise NotDrawnError("no such page")
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    image = Image.open(io.BytesIO(content), formats=[form.upper()])
    if form == "jpeg":
        image.draft("RGB", (LONGEST, LONGEST))
    image.thumbnail((LONGEST, LONGEST))
    clear = image.convert("RGBA")
    paper = Image.new("RGBA", clear.size, "white")
    return Image.alpha_composite(paper, clear).convert("RGB")


def watermarked(image: Image.Image, mark: str) -> Image.Image:
    """Write who looks and when across the whole picture."""
    if max(image.size) < SHORTEST:
        image = ImageOps.contain(image, (SHORTEST, SHORTEST))
    size = max(11, min(image.size) // 40)
    font = ImageFont.load_default(size)
    left, top, right, bottom = (round(side) for side in font.getbbox(mark))
    word = Image.new("RGBA", (right + size, bottom + size), (0, 0, 0, 0))
    ImageDraw.Draw(word).text((-left, -top), mark, INK, font, stroke_width=1, stroke_fill=EDGE)
    turned = word.rotate(30, expand=True, resample=Image.Resampling.BICUBIC)
    layer = Image.new("RGBA", image.size, (0, 0, 0, 0))
    for across in range(0, image.width, max(1, turned.width)):
        for down in range(0, image.height, max(1, turned.height)):
            layer.paste(turned, (across, down))
    return Image.alpha_composite(image.convert("RGBA"), layer).convert("RGB")


if __name__ == "__main__":
    main()
