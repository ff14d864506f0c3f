"""What is kept of each case once it has ended, for figures alone: no name, no answer, nothing of what it was about."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, PrimaryKeyConstraint, String, Table

from runtime.cases.columns import city, metadata, moment


def _nomor() -> Column[str]:
    return Column("nomor", String(32), nullable=False)


ended_case = Table(
    "ended_case",
    metadata,
    city(),
    _nomor(),
    Column("permit", String(64), nullable=False),
    Column("status", String(32), nullable=False),
    Column("days", Integer, nullable=False),  # working days after that of filing
    Column("returns", Integer, nullable=False),  # how many lists went out to the applicant
    moment("ended_at"),
    PrimaryKeyConstraint("daerah", "nomor"),
    Index("ended_case_when", "daerah", "ended_at", "permit"),
)

# How often each answer of the survey was given: what nobody can be found by is all that is kept of a form.
survey_count = Table(
    "survey_count",
    metadata,
    city(),
    Column("permit", String(64), nullable=False),
    Column("month", String(7), nullable=False),  # 2026-03, in the city
    Column("what", String(16), nullable=False),  # an element (u1), a question about the person, or how it ended
    Column("answer", String(32), nullable=False),
    Column("times", Integer, nullable=False),
    PrimaryKeyConstraint("daerah", "permit", "month", "what", "answer"),
)

holder_minutes = Table(
    "holder_minutes",
    metadata,
    city(),
    _nomor(),
    Column("holder_kind", String(32), nullable=False),
    Column("agency", String(64), nullable=False),  # empty where the holder is none
    Column("minutes", Integer, nullable=False),  # in which the office was open
    moment("ended_at"),
    PrimaryKeyConstraint("daerah", "nomor", "holder_kind", "agency"),
    Index("holder_minutes_when", "daerah", "ended_at", "holder_kind", "agency", "minutes"),
)
