"""Small files as people hand them in: a PDF of one page, a photo, and a text that says it is a PDF."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pikepdf
from PIL import Image, ImageDraw


@dataclass(frozen=True, slots=True)
class Papers:
    """One file of each sort."""

    pdf: Path
    photo: Path
    renamed: Path

    def for_(self, accepted: str | None) -> Path:
        """Choose what a control accepts: a photo where it may be one."""
        return self.photo if accepted is not None and ".jpg" in accepted else self.pdf


def papers(folder: Path) -> Papers:
    """Make them."""
    made = Papers(folder / "surat tanah.pdf", folder / "foto telepon.jpg", folder / "catatan.pdf")
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(made.pdf)
    picture = Image.new("RGB", (900, 1200), "white")
    ImageDraw.Draw(picture).multiline_text((60, 60), "KTP\n5371024507900001\nMARIA TARI", fill="black", font_size=60)
    picture.save(made.photo, quality=80)
    made.renamed.write_text("ini catatan, bukan PDF\n" * 40, encoding="utf-8")
    return made
