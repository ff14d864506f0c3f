"""The register of what is issued: a row for each number that was ever taken.

A number is taken once, in the transaction that writes its row, and the row never goes away: what was not signed in the
end stays as `batal`, so that the numbers of a year have no gap that nobody can explain. Holds no personal value but the
masked name that the letter's own QR code shows.
"""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from runtime.cases.columns import city, digest, metadata, moment

STATES = ("disiapkan", "berlaku", "dicabut", "digantikan", "berakhir", "batal")

issued = Table(
    "issued",
    metadata,
    city(),
    Column("id", String(22), nullable=False),  # 128 bits nobody can guess: the address of the check page
    Column("nomor", String(32), nullable=False),  # of the application
    Column("product", String(64), nullable=False),
    Column("item", Integer, nullable=False),  # 0 for the whole application, else which item of the `daftar`, from 1
    Column("permit", String(64), nullable=False),
    Column("title", Text, nullable=False),  # what it is called, in Bahasa Indonesia
    Column("number", String(160), nullable=False),
    Column("series", String(160), nullable=False),
    Column("year", Integer, nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("holder", String(200), nullable=False),  # masked
    Column("dated", String(10), nullable=False),
    Column("valid_until", String(10)),
    Column("valid_words", Text, nullable=False),
    Column("state", String(16), nullable=False),
    moment("prepared_at"),
    moment("issued_at", nullable=True),
    moment("revoked_at", nullable=True),  # since when it is valid no more, however that came
    Column("revoked_why", Text),
    Column("signed_by", String(16)),
    digest("pdf_sha256", nullable=True),
    Column("statement", Text, nullable=False),  # as printed
    Column("proof", Text),  # the same with the sha256 of the file
    Column("successor", String(22)),  # the id of what has replaced it
    PrimaryKeyConstraint("daerah", "id"),
    UniqueConstraint("daerah", "nomor", "product", "item", name="issued_once"),
    UniqueConstraint("daerah", "series", "year", "sequence", name="issued_number"),
    CheckConstraint(
        "state IN ('disiapkan', 'berlaku', 'dicabut', 'digantikan', 'berakhir', 'batal')", name="issued_state"
    ),
    CheckConstraint("(state IN ('disiapkan', 'batal')) = (pdf_sha256 IS NULL)", name="issued_file"),
)
