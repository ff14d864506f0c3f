"""Rows to a workbook that people fill in: headings that say what belongs below them, and a sheet that explains."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from generator.workbook.sheets import SHEETS, Sheet

GUIDE = (
    "Buku ini memuat izin sebuah kota. Isi satu baris untuk setiap hal; kode menyambung lembar dengan lembar.",
    "Lalu jalankan: satupintu import excel BUKU.xlsx --ke FOLDER. Yang kurang disebut satu per satu.",
    "Sel yang kosong berarti tidak ada. Arahkan penunjuk ke judul kolom untuk melihat apa isinya.",
    'Syarat ditulis seperti dalam katalog: luas: "> 100", atau kepemilikan: badan; dengan koma bila semua berlaku.',
    'Tabel dengan syarat ditulis dalam kurung: [{bila: {luas: "<= 100"}, waktu: 3 hari kerja}, …].',
)
_WIDTH = 28
_HEAD = PatternFill("solid", fgColor="0B3D5C")
_MADE = datetime(2026, 1, 1)  # the same rows give the same workbook


def write_workbook(rows: Mapping[str, Sequence[Sequence[str]]], path: Path) -> None:
    """Write a workbook with these rows on each sheet; without rows it is the template to begin with."""
    book = Workbook()
    guide = book.active
    assert isinstance(guide, Worksheet)
    guide.title = "Petunjuk"
    guide.column_dimensions["A"].width = 110
    for line in (*GUIDE, "", *(f"{sheet.name}: {sheet.says}" for sheet in SHEETS)):
        guide.append([line])
    for sheet in SHEETS:
        _fill(book.create_sheet(sheet.name), sheet, rows.get(sheet.name, ()))
    book.properties.created = book.properties.modified = _MADE
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)


def _fill(page: Worksheet, sheet: Sheet, rows: Sequence[Sequence[str]]) -> None:
    page.append(list(sheet.headings))
    for number, column in enumerate(sheet.columns, start=1):
        head = page.cell(1, number)
        head.font, head.fill = Font(bold=True, color="FFFFFF"), _HEAD
        head.comment = Comment(column.says, "satupintu")
        page.column_dimensions[get_column_letter(number)].width = _WIDTH
    page.freeze_panes = "C2"
    for at, row in enumerate(rows, start=2):
        for number, text in enumerate(row, start=1):
            cell = page.cell(at, number)
            if text:
                cell.value, cell.data_type = text, "s"  # a text that begins with = is no formula
                cell.number_format = "@"
                cell.alignment = Alignment(wrap_text=True, vertical="top")
