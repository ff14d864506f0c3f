"""Small files as people hand them in: a PDF of one page, a photo, and a text that says it is a PDF."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw


@dataclass(frozen=True, slots=True)
class Papers:
    """One file of each sort; `rescanned` is the paper of `pdf` once more."""

    pdf: Path
    rescanned: Path
    photo: Path
    renamed: Path

    def for_(self, accepted: str | None) -> Path:
        """Choose what a control accepts: a photo where it may be one."""
        return self.photo if accepted is not None and ".jpg" in accepted else self.pdf


def papers(folder: Path) -> Papers:
    """Make them."""
    made = Papers(
        *(folder / name for name in ("surat tanah.pdf", "pindaian baru.pdf", "foto telepon.jpg", "catatan.pdf"))
    )
    _scan(made.pdf, "gray")
    _scan(made.rescanned, "black")
    picture = Image.new("RGB", (900, 1200), "white")
    ImageDraw.Draw(picture).multiline_text((60, 60), "KTP\n5371024507900001\nMARIA TARI", fill="black", font_size=60)
    picture.save(made.photo, quality=80)
    made.renamed.write_text("ini catatan, bukan PDF\n" * 40, encoding="utf-8")
    return made


def _scan(target: Path, ink: str) -> None:
    page = Image.new("RGB", (620, 877), "white")
    drawn = ImageDraw.Draw(page)
    drawn.multiline_text((60, 60), "SURAT TANAH\nM 123", fill="black", font_size=40)
    for line in range(200, 800, 30):
        drawn.line((60, line, 560 - line % 90, line), fill=ink, width=4)
    page.save(target, resolution=75)
