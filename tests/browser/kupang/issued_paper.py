"""A letter that was issued, as whoever holds it can check it: its picture, the QR code printed on it, the verifier."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import zxingcpp
from PIL import Image

VERIFIER = Path(__file__).parents[3] / "docs" / "verifier" / "verify_permit.py"


def pictured(pdf: Path) -> list[Path]:
    """Draw the pages of a PDF, as on paper."""
    subprocess.run(["pdftoppm", "-r", "150", "-png", pdf, pdf.with_suffix("")], check=True)
    return sorted(pdf.parent.glob(f"{pdf.stem}-*.png"))


def printed_code(pdf: Path) -> str:
    """Read the one QR code that is printed on a letter."""
    codes = []
    for picture in pictured(pdf):
        with Image.open(picture) as page:
            codes += zxingcpp.read_barcodes(page)
    (code,) = codes
    return str(code.text)


def signatures(pdf: Path) -> str:
    """Return what poppler, which is no part of this project, says of the signatures of a PDF."""
    told = subprocess.run(["pdfsig", "-nocert", pdf], check=True, capture_output=True, text=True)
    return told.stdout


def verified(keys: Path, *words: str | Path) -> int:
    """Return how the offline verifier ends: 0 where what it is given is genuine."""
    command = [sys.executable, "-I", VERIFIER, "--kunci", keys, *words]
    return subprocess.run(command, capture_output=True, check=False).returncode
