"""People: accounts, posts, sessions of officers, and what was done to each."""

from __future__ import annotations

from alembic import op
from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    String,
    Text,
)

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "account",
        Column("daerah", String(length=64), nullable=False),
        Column("nip", String(length=18), nullable=False),
        Column("name", String(length=120), nullable=False),
        Column("password", Text(), nullable=False),
        Column("password_ends", String(length=27)),
        Column("totp", LargeBinary()),
        Column("totp_step", Integer(), nullable=False),
        Column("nik_index", String(length=64)),
        Column("phone_index", String(length=64)),
        Column("demo", Boolean(), nullable=False),
        Column("created_at", String(length=27), nullable=False),
        Column("ended_at", String(length=27)),
        PrimaryKeyConstraint("daerah", "nip"),
    )
    op.create_table(
        "post",
        Column("daerah", String(length=64), nullable=False),
        Column("nip", String(length=18), nullable=False),
        Column("agency", String(length=64), nullable=False),
        Column("role", String(length=32), nullable=False),
        Column("since", String(length=27), nullable=False),
        PrimaryKeyConstraint("daerah", "nip", "agency", "role"),
        ForeignKeyConstraint(["daerah", "nip"], ["account.daerah", "account.nip"]),
    )
    op.create_index("post_desk", "post", ["daerah", "agency", "role"])
    op.create_table(
        "recovery_code",
        Column("daerah", String(length=64), nullable=False),
        Column("nip", String(length=18), nullable=False),
        Column("place", Integer(), nullable=False),
        Column("hash", Text(), nullable=False),
        PrimaryKeyConstraint("daerah", "nip", "place"),
        ForeignKeyConstraint(["daerah", "nip"], ["account.daerah", "account.nip"]),
    )
    op.create_table(
        "staff_session",
        Column("daerah", String(length=64), nullable=False),
        Column("id_hash", String(length=64), nullable=False),
        Column("nip", String(length=18), nullable=False),
        Column("agency", String(length=64), nullable=False),
        Column("role", String(length=32), nullable=False),
        Column("step", String(length=8), nullable=False),
        Column("pairing", LargeBinary()),
        Column("created_at", String(length=27), nullable=False),
        Column("seen_at", String(length=27), nullable=False),
        Column("ends_at", String(length=27), nullable=False),
        Column("proved_at", String(length=27)),
        PrimaryKeyConstraint("daerah", "id_hash"),
        CheckConstraint("step IN ('sandi', 'pasang', 'kode', 'masuk')", name="staff_session_step"),
        ForeignKeyConstraint(["daerah", "nip"], ["account.daerah", "account.nip"]),
    )
    op.create_index("staff_session_end", "staff_session", ["daerah", "ends_at"])
    op.create_index("staff_session_person", "staff_session", ["daerah", "nip"])
    op.create_table(
        "people_event",
        Column("daerah", String(length=64), nullable=False),
        Column("id", String(length=32), nullable=False),
        Column("at", String(length=27), nullable=False),
        Column("kind", String(length=32), nullable=False),
        Column("nip", String(length=18), nullable=False),
        Column("by", String(length=32), nullable=False),
        Column("detail", String(length=200), nullable=False),
        PrimaryKeyConstraint("daerah", "id"),
    )
    op.create_index("people_event_person", "people_event", ["daerah", "nip", "at"])
