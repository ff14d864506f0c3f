"""What is kept of an objection beside its event: who objects and in which words, sealed under a key of their own."""

from __future__ import annotations

from sqlalchemy import Column, Integer, LargeBinary, PrimaryKeyConstraint, String, Table, UniqueConstraint

from runtime.cases.columns import city, metadata, moment

objection = Table(
    "objection",
    metadata,
    city(),
    Column("kode", String(32), nullable=False),  # what the objector is given, and gives nothing by itself
    Column("nomor", String(32), nullable=False),  # of the case, which the objector is not told
    Column("number", Integer, nullable=False),  # in the case
    Column("person", String(32), nullable=False),  # under whose key it is sealed
    Column("request", String(64), nullable=False),  # the form that was sent: twice is once
    Column("sealed", LargeBinary, nullable=False),  # its digest stands in the event
    Column("answer", LargeBinary),
    moment("made_at"),
    moment("answered_at", nullable=True),
    PrimaryKeyConstraint("daerah", "kode"),
    UniqueConstraint("daerah", "nomor", "number", name="objection_in_case"),
    UniqueConstraint("daerah", "request", name="objection_request"),
)
