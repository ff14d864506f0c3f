"""A workbook to YAML: every row that can be understood in its place, every gap marked, every fault named by its cell.

Gains files that `satupintu check` reads. Loses nothing in silence: a column or a sheet that is not known is a fault,
and with a fault nothing is written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from generator.reading.yaml_tree import read_tree
from generator.scaffold.permit_scaffold import gap
from generator.workbook.flow import quoted
from generator.workbook.sheets import DESK_KEYS, FEES, OF_PERMITS, PERMITS, SHARED, SHEETS, STAGES, Cell, Column, Sheet
from rules.words import Words

GUIDE = "Petunjuk"
ERRORS = ("#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#N/A", "#NULL!", "#NUM!")
NEEDED = {
    "nama": "nama izin",
    "jenis": "izin, nonizin, atau layanan",
    "waktu_total": "jumlah waktu semua tahap, misalnya 5 hari kerja",
    "retribusi": "gratis, atau isi lembar Biaya",
}
NEEDED_OF_QUESTION = {
    "label": "pertanyaannya",
    "jenis": "bilangan, desimal, uang, tanggal, pilihan, ya_tidak, atau teks",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """What can not be understood, and in which cell of which sheet."""

    sheet: str
    cell: str
    says: Words

    @property
    def told(self) -> Words:
        """Say where and what."""
        where = Words(f"lembar `{self.sheet}`", f"sheet `{self.sheet}`")
        if self.cell:
            where = Words(f"{where.id}, sel {self.cell}", f"{where.to('en')}, cell {self.cell}")
        return Words(f"{where.id}: {self.says.id}", f"{where.to('en')}: {self.says.to('en')}")


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its number, and the text of every cell that is not empty, by heading."""

    number: int
    cells: Mapping[str, str]


@dataclass
class BookRead:
    """The files that a workbook makes, by their path in the city, and what is not understood."""

    files: dict[str, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def read_workbook(path: Path) -> BookRead:
    """Read a workbook."""
    found = BookRead()
    try:
        book = load_workbook(path, data_only=True)
    except (InvalidFileException, BadZipFile, KeyError, OSError):
        said = Words("bukan buku Excel (.xlsx) yang dapat dibaca", "is no Excel workbook (.xlsx) that can be read")
        found.faults.append(Fault(path.name, "", said))
        return found
    sheets = {sheet.name: sheet for sheet in SHEETS}
    rows: dict[str, list[Row]] = {name: [] for name in sheets}
    for page in book.worksheets:
        if page.title in sheets:
            rows[page.title] = list(_rows(page, sheets[page.title], found.faults))
        elif page.title != GUIDE:
            known = ", ".join(f"`{name}`" for name in sheets)
            said = Words(f"lembar ini tidak dikenal; yang dibaca: {known}", f"not known; what is read: {known}")
            found.faults.append(Fault(page.title, "", said))
    for file, sheet in SHARED.items():
        if listed := [_entry(sheet, row, found.faults) for row in rows[sheet.name]]:
            found.files[file] = f"{sheet.key}:\n" + "".join(f"  - {_flow_map(one)}\n" for one in listed)
    _permits(rows, found)
    return found


def _permits(rows: Mapping[str, list[Row]], found: BookRead) -> None:
    known: dict[tuple[str, str], Row] = {}
    for row in rows[PERMITS.name]:
        key = (row.cells.get("izin", ""), row.cells.get("mulai", ""))
        if not all(key):
            said = Words("isi `izin` dan `mulai`", "fill in `izin` and `mulai`")
            found.faults.append(Fault(PERMITS.name, f"A{row.number}", said))
        elif key in known:
            said = Words(f"sudah ada di baris {known[key].number}", f"stands in row {known[key].number} already")
            found.faults.append(Fault(PERMITS.name, f"A{row.number}", said))
        else:
            known[key] = row
    for sheet in OF_PERMITS:
        for row in rows[sheet.name]:
            key = (row.cells.get("izin", ""), row.cells.get("mulai", ""))
            if key not in known:
                said = Words(
                    f"izin `{key[0]}` mulai `{key[1]}` tidak ada di lembar `{PERMITS.name}`",
                    f"the permit `{key[0]}` from `{key[1]}` is not on the sheet `{PERMITS.name}`",
                )
                found.faults.append(Fault(sheet.name, f"A{row.number}", said))
    for (code, since), row in known.items():
        own = {sheet.name: [one for one in rows[sheet.name] if _is(one, code, since)] for sheet in OF_PERMITS}
        found.files[f"izin/{code}/{since}.yaml"] = _permit(code, since, row, own, found.faults)


def _is(row: Row, code: str, since: str) -> bool:
    return (row.cells.get("izin"), row.cells.get("mulai")) == (code, since)


def _permit(code: str, since: str, row: Row, own: Mapping[str, list[Row]], faults: list[Fault]) -> str:
    opened = _entry(PERMITS, row, faults)
    until = opened.pop("sampai", None)
    fees = [_entry(FEES, one, faults) for one in own[FEES.name]]
    if fees:
        left = opened.get("retribusi", "").removeprefix("{").removesuffix("}")
        listed = ", ".join(_flow_map(one) for one in fees)
        opened["retribusi"] = f"{{{left}{', ' if left else ''}baris: [{listed}]}}"
    lines = [
        f"izin: {code}",
        f"nama: {opened.pop('nama', gap(NEEDED['nama']))}",
        f"jenis: {opened.pop('jenis', gap(NEEDED['jenis']))}",
        f"berlaku: {{mulai: {since}{'' if until is None else f', sampai: {until}'}}}",
    ]
    for key in ("waktu_total", "retribusi"):
        opened.setdefault(key, gap(NEEDED[key]))
    lines += [f"{key}: {value}" for key, value in opened.items()]
    lines += _list("isian", [_question(one, faults) for one in own["Isian"]], "pertanyaan, di lembar Isian")
    if own["Dokumen"]:
        lines += _list("syarat", [_flow_map(_entry(OF_PERMITS[1], one, faults)) for one in own["Dokumen"]], "")
    lines += _stages([(one, _entry(STAGES, one, faults)) for one in own[STAGES.name]])
    return "\n".join(lines) + "\n"


def _question(row: Row, faults: list[Fault]) -> str:
    opened = _entry(OF_PERMITS[0], row, faults)
    if "kode" in opened:
        for key, hint in NEEDED_OF_QUESTION.items():
            opened.setdefault(key, gap(hint))
    return _flow_map(opened)


def _list(key: str, items: list[str], hint: str) -> list[str]:
    return [f"{key}:", *(f"  - {item}" for item in items)] if items else [f"{key}: {gap(hint)}"]


def _stages(rows: list[tuple[Row, dict[str, str]]]) -> list[str]:
    """Write the way, the desks of a stage that has several of them below it."""
    if not rows:
        return [f"alur: {gap('tahap, di lembar Tahap')}"]
    lines = ["alur:"]
    stages: dict[str, list[dict[str, str]]] = {}
    for _, opened in rows:
        stages.setdefault(opened.pop("tahap", gap("kode tahap")), []).append(opened)
    for stage, desks in stages.items():
        if "instansi" not in desks[0]:
            lines.append(f"  {stage}: {_flow_map(desks[0])}")
            continue
        lines.append(f"  {stage}:")
        of_stage = {key: value for key, value in desks[0].items() if key not in DESK_KEYS}
        lines.append("    serentak:")
        lines += [f"      - {_flow_map({k: v for k, v in desk.items() if k in DESK_KEYS})}" for desk in desks]
        lines += [f"    {key}: {value}" for key, value in of_stage.items()]
    return lines


def _entry(sheet: Sheet, row: Row, faults: list[Fault]) -> dict[str, str]:
    """Return a row as YAML by key, in the order of the columns; the two languages of a text together."""
    found: dict[str, str] = {}
    for number, column in enumerate(sheet.columns, start=1):
        text = row.cells.get(column.heading)
        if text is None or (column.key in {"izin", "mulai"} and sheet.headings[:2] == ("izin", "mulai")):
            continue
        if column.lang == "en":
            found[column.key] = f"{{id: {found.get(column.key, gap('teks'))}, en: {quoted(text)}}}"
        elif column.cell is Cell.TEXT:
            found[column.key] = quoted(text)
        else:
            found[column.key] = _yaml(sheet, row, number, column, text, faults)
    return found


def _yaml(sheet: Sheet, row: Row, number: int, column: Column, text: str, faults: list[Fault]) -> str:
    """Return a cell of YAML; the braces of a map may be left out, and the brackets of a list of words."""
    if text[:1] in "[{":
        written = text
    elif ": " in text:
        written = f"{{{text}}}"
    else:
        written = f"[{text}]" if column.key in _LISTS else quoted(text)
    if read_tree(f"x: {written}\n".encode(), "x")[0] is not None:
        return written
    said = Words(
        f"`{text[:60]}` tidak dapat dibaca; contoh: {column.says}",
        f"`{text[:60]}` can not be read; such as: {column.says}",
    )
    faults.append(Fault(sheet.name, f"{get_column_letter(number)}{row.number}", said))
    return quoted(text)


_LISTS = frozenset({"kata_kunci", "permohonan", "sumber", "format", "peran"})


def _rows(page: Worksheet, sheet: Sheet, faults: list[Fault]) -> Iterator[Row]:
    """Yield the rows of a sheet that have anything in them."""
    headings: dict[int, str] = {}
    for number, value in enumerate(next(page.iter_rows(max_row=1, values_only=True), ()), start=1):
        name = "" if value is None else str(value).strip()
        if name in sheet.headings:
            headings[number] = name
        elif name:
            known = ", ".join(f"`{one}`" for one in sheet.headings)
            said = Words(
                f"kolom `{name}` tidak dikenal; yang ada: {known}", f"unknown column `{name}`; there are: {known}"
            )
            faults.append(Fault(sheet.name, f"{get_column_letter(number)}1", said))
    for at, row in enumerate(page.iter_rows(min_row=2, values_only=True), start=2):
        cells: dict[str, str] = {}
        for number, value in enumerate(row, start=1):
            if (text := _said(value)) and number in headings:
                cells[headings[number]] = text
                if text in ERRORS:
                    said = Words(f"Excel menulis `{text}`: betulkan rumusnya", f"Excel says `{text}`: mend its formula")
                    faults.append(Fault(sheet.name, f"{get_column_letter(number)}{at}", said))
        if cells:
            yield Row(at, cells)


def _said(value: object) -> str:
    """Return a cell as an officer would have typed it: Excel makes dates and numbers of what looks like them."""
    match value:
        case None:
            return ""
        case bool():
            return "ya" if value else "tidak"
        case datetime() | date():
            return value.date().isoformat() if isinstance(value, datetime) else value.isoformat()
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return " ".join(str(value).split())


def _flow_map(opened: Mapping[str, str]) -> str:
    return f"{{{', '.join(f'{key}: {value}' for key, value in opened.items())}}}"
