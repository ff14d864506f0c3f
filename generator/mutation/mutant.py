"""A mutant: one slip of an officer's hand, as a change of the text of one file."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from generator.edited_text import Edit
from rules.words import Words


class Slip(StrEnum):
    """What kind of slip it is; the value is its code on the command line and in the report."""

    BOUND = "batas"
    DIGIT = "angka"
    OPERATOR = "tanda"
    NEGATED = "negasi"
    OPTION = "pilihan"
    PART_OF_TEST = "bagian-syarat"
    CONDITION = "syarat-hilang"
    ROW = "baris"
    ROWS_SWAPPED = "baris-tertukar"
    DOCUMENT = "dokumen"
    OTHER_DOCUMENT = "dokumen-lain"
    REFUSAL = "penolakan"
    EXEMPTION = "pembebasan"
    AGENCY = "instansi"
    REVIEWER = "peninjau"
    EXIT = "jalan-keluar"
    STAGE = "tahap"
    SIGNATURE = "tanda-tangan"
    STAGE_TIME = "tenggat"
    PROMISE = "janji"
    FEE = "retribusi"
    FORMULA = "rumus"
    TARIFF = "tarif"
    QUESTION = "pertanyaan"
    FORM_OPTION = "pilihan-formulir"
    OFFICER = "petugas"
    PRODUCT = "produk"
    LAW = "peraturan"
    LAW_DATE = "tanggal-peraturan"
    NAME = "salah-ketik"


SLIPS: dict[Slip, Words] = {
    Slip.BOUND: Words("batas dalam syarat satu lebih atau kurang", "a bound of a condition one more or less"),
    Slip.DIGIT: Words("satu angka dalam syarat hilang atau ganda", "a digit of a condition lost or doubled"),
    Slip.OPERATOR: Words("tanda banding tertukar", "a comparison swapped"),
    Slip.NEGATED: Words("syarat terbalik", "a condition negated"),
    Slip.OPTION: Words("pilihan lain dalam syarat", "another option in a condition"),
    Slip.PART_OF_TEST: Words("satu bagian syarat hilang", "one part of a condition lost"),
    Slip.CONDITION: Words("seluruh syarat hilang", "a whole condition lost"),
    Slip.ROW: Words("baris tabel hilang", "a row of a table lost"),
    Slip.ROWS_SWAPPED: Words("nilai dua baris tertukar", "the values of two rows swapped"),
    Slip.DOCUMENT: Words("dokumen hilang", "a document lost"),
    Slip.OTHER_DOCUMENT: Words("dokumen lain", "another document"),
    Slip.REFUSAL: Words("penolakan hilang", "a refusal lost"),
    Slip.EXEMPTION: Words("pembebasan hilang", "an exemption lost"),
    Slip.AGENCY: Words("instansi lain", "another agency"),
    Slip.REVIEWER: Words("peninjau hilang", "a reviewer lost"),
    Slip.EXIT: Words("jalan keluar lain", "another exit"),
    Slip.STAGE: Words("tahap hilang", "a stage lost"),
    Slip.SIGNATURE: Words("tanda tangan hilang", "the signature lost"),
    Slip.STAGE_TIME: Words("waktu tahap lain", "another time of a stage"),
    Slip.PROMISE: Words("waktu total lain", "another promise"),
    Slip.FEE: Words("angka retribusi lain", "another figure of the fee"),
    Slip.FORMULA: Words("rumus lain", "another formula"),
    Slip.TARIFF: Words("tarif lain", "another tariff"),
    Slip.QUESTION: Words("pertanyaan hilang", "a question lost"),
    Slip.FORM_OPTION: Words("pilihan formulir hilang", "an option of the form lost"),
    Slip.OFFICER: Words("isian petugas hilang", "a question or option of an officer lost"),
    Slip.PRODUCT: Words("produk hilang atau nomornya rusak", "a product lost, or its number broken"),
    Slip.LAW: Words("peraturan salah atau bukan Perda", "a law that is not there, or is no Perda"),
    Slip.LAW_DATE: Words("tanggal peraturan lain", "another date of a law"),
    Slip.NAME: Words("nama salah ketik", "a name misspelt"),
}


@dataclass(frozen=True, slots=True)
class Mutant:
    """A slip in a file of a city (relative to it), on a line, and what the line says with and without it."""

    slip: Slip
    city: str
    file: str
    edits: tuple[Edit, ...]
    line: int
    before: str
    after: str

    @property
    def key(self) -> tuple[str, str, str, tuple[tuple[int, int, str], ...]]:
        """Tell it from every other, in an order that does not depend on the run."""
        return self.slip.value, self.city, self.file, tuple((e.start, e.end, e.text) for e in self.edits)
