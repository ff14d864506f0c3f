"""Everything as it stood when the life of a case began: drafts, applications, files, events, checkpoints, keys.

A table that only grows has triggers that refuse every change, whoever asks.
"""

from __future__ import annotations

from alembic import op
from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    String,
    Text,
    UniqueConstraint,
)

revision = "0001"
down_revision = None

ONLY_GROW = ("event", "event_private", "checkpoint", "request")


def upgrade() -> None:
    """Make all of it."""
    op.create_table(
        "attempt",
        Column("daerah", String(length=64), nullable=False),
        Column("scope", String(length=32), nullable=False),
        Column("who", String(length=64), nullable=False),
        Column("window_ends", String(length=27), nullable=False),
        Column("tries", Integer(), nullable=False),
        PrimaryKeyConstraint("daerah", "scope", "who"),
    )
    op.create_index("attempt_end", "attempt", ["daerah", "window_ends"])
    op.create_table(
        "case_file",
        Column("daerah", String(length=64), nullable=False),
        Column("nomor", String(length=32), nullable=False),
        Column("permit", String(length=64), nullable=False),
        Column("version", String(length=10), nullable=False),
        Column("release", String(length=64), nullable=False),
        Column("person", String(length=32), nullable=False),
        Column("state", Text(), nullable=False),
        Column("seq", Integer(), nullable=False),
        Column("hash", String(length=64), nullable=False),
        Column("status", String(length=32), nullable=False),
        Column("stage", String(length=64)),
        Column("holder_kind", String(length=32), nullable=False),
        Column("holder_agency", String(length=64)),
        Column("due_at", String(length=27)),
        Column("legal_due_at", String(length=27)),
        Column("filed_at", String(length=27), nullable=False),
        Column("changed_at", String(length=27), nullable=False),
        Column("ended_at", String(length=27)),
        PrimaryKeyConstraint("daerah", "nomor"),
    )
    op.create_index("case_file_holder", "case_file", ["daerah", "holder_kind", "holder_agency", "due_at"])
    op.create_index("case_file_person", "case_file", ["daerah", "person"])
    op.create_index("case_file_status", "case_file", ["daerah", "status", "due_at"])
    op.create_table(
        "checkpoint",
        Column("daerah", String(length=64), nullable=False),
        Column("number", Integer(), nullable=False),
        Column("at", String(length=27), nullable=False),
        Column("events", Integer(), nullable=False),
        Column("root", String(length=64), nullable=False),
        Column("previous", String(length=64), nullable=False),
        Column("spans", Text(), nullable=False),
        Column("signature", String(length=128), nullable=False),
        PrimaryKeyConstraint("daerah", "number"),
    )
    op.create_table(
        "counter",
        Column("daerah", String(length=64), nullable=False),
        Column("series", String(length=32), nullable=False),
        Column("year", Integer(), nullable=False),
        Column("value", Integer(), nullable=False),
        PrimaryKeyConstraint("daerah", "series", "year"),
    )
    op.create_table(
        "draft",
        Column("daerah", String(length=64), nullable=False),
        Column("nomor", String(length=32), nullable=False),
        Column("code_seed", String(length=200), nullable=False),
        Column("code_hash", Text(), nullable=False),
        Column("permit", String(length=64), nullable=False),
        Column("version", String(length=10), nullable=False),
        Column("sealed", LargeBinary(), nullable=False),
        Column("revision", Integer(), nullable=False),
        Column("filed_as", String(length=32)),
        Column("created_at", String(length=27), nullable=False),
        Column("changed_at", String(length=27), nullable=False),
        Column("expires_at", String(length=27), nullable=False),
        PrimaryKeyConstraint("daerah", "nomor"),
    )
    op.create_index("draft_expiry", "draft", ["daerah", "expires_at"])
    op.create_table(
        "event",
        Column("daerah", String(length=64), nullable=False),
        Column("nomor", String(length=32), nullable=False),
        Column("seq", Integer(), nullable=False),
        Column("at", String(length=27), nullable=False),
        Column("actor", String(length=64), nullable=False),
        Column("role", String(length=64)),
        Column("agency", String(length=64)),
        Column("kind", String(length=64), nullable=False),
        Column("payload", Text(), nullable=False),
        Column("hash_prev", String(length=64), nullable=False),
        Column("hash", String(length=64), nullable=False),
        PrimaryKeyConstraint("daerah", "nomor", "seq"),
    )
    op.create_table(
        "file_content",
        Column("daerah", String(length=64), nullable=False),
        Column("id", String(length=32), nullable=False),
        Column("address", String(length=64), nullable=False),
        Column("wrapped_key", String(length=128), nullable=False),
        Column("state", String(length=16), nullable=False),
        Column("giver", String(length=64), nullable=False),
        Column("round", Integer(), nullable=False),
        Column("kept_at", String(length=27), nullable=False),
        CheckConstraint("state IN ('KARANTINA', 'BERSIH', 'DITOLAK', 'GAGAL_PINDAI')", name="file_content_state"),
        PrimaryKeyConstraint("daerah", "id"),
    )
    op.create_index("file_content_address", "file_content", ["daerah", "address"])
    op.create_index("file_content_state", "file_content", ["daerah", "state"])
    op.create_table(
        "outbox",
        Column("daerah", String(length=64), nullable=False),
        Column("id", String(length=32), nullable=False),
        Column("nomor", String(length=32), nullable=False),
        Column("seq", Integer(), nullable=False),
        Column("channel", String(length=32), nullable=False),
        Column("dedupe", String(length=200), nullable=False),
        Column("body", LargeBinary(), nullable=False),
        Column("due_at", String(length=27), nullable=False),
        Column("tries", Integer(), nullable=False),
        Column("sent_at", String(length=27)),
        Column("dead_at", String(length=27)),
        PrimaryKeyConstraint("daerah", "id"),
        UniqueConstraint("daerah", "channel", "dedupe", name="outbox_once"),
    )
    op.create_index("outbox_case", "outbox", ["daerah", "nomor"])
    op.create_index("outbox_due", "outbox", ["daerah", "sent_at", "dead_at", "due_at"])
    op.create_table(
        "person_index",
        Column("daerah", String(length=64), nullable=False),
        Column("blind", String(length=64), nullable=False),
        Column("person", String(length=32), nullable=False),
        PrimaryKeyConstraint("daerah", "blind"),
    )
    op.create_index("person_index_person", "person_index", ["daerah", "person"])
    op.create_table(
        "person_key",
        Column("daerah", String(length=64), nullable=False),
        Column("person", String(length=32), nullable=False),
        Column("key_id", String(length=16), nullable=False),
        Column("wrapped", LargeBinary()),
        Column("made_at", String(length=27), nullable=False),
        Column("forgotten_at", String(length=27)),
        PrimaryKeyConstraint("daerah", "person"),
    )
    op.create_table(
        "request",
        Column("daerah", String(length=64), nullable=False),
        Column("actor", String(length=64), nullable=False),
        Column("key", String(length=200), nullable=False),
        Column("request_hash", String(length=64), nullable=False),
        Column("answer", Text(), nullable=False),
        Column("at", String(length=27), nullable=False),
        PrimaryKeyConstraint("daerah", "actor", "key"),
    )
    op.create_table(
        "session",
        Column("daerah", String(length=64), nullable=False),
        Column("id_hash", String(length=64), nullable=False),
        Column("created_at", String(length=27), nullable=False),
        Column("seen_at", String(length=27), nullable=False),
        Column("ends_at", String(length=27), nullable=False),
        PrimaryKeyConstraint("daerah", "id_hash"),
    )
    op.create_index("session_end", "session", ["daerah", "ends_at"])
    op.create_table(
        "submission",
        Column("daerah", String(length=64), nullable=False),
        Column("nomor", String(length=32), nullable=False),
        Column("code_seed", String(length=200), nullable=False),
        Column("code_hash", Text(), nullable=False),
        Column("idempotency_key", String(length=200), nullable=False),
        Column("request_hash", String(length=64), nullable=False),
        Column("draft", String(length=32)),
        Column("permit", String(length=64), nullable=False),
        Column("version", String(length=10), nullable=False),
        Column("release", String(length=64), nullable=False),
        Column("person", String(length=32), nullable=False),
        Column("sealed", LargeBinary(), nullable=False),
        Column("filed_at", String(length=27), nullable=False),
        PrimaryKeyConstraint("daerah", "nomor"),
        UniqueConstraint("daerah", "idempotency_key", name="submission_once"),
    )
    op.create_table(
        "uncovered",
        Column("daerah", String(length=64), nullable=False),
        Column("nomor", String(length=32), nullable=False),
        Column("seq", Integer(), nullable=False),
        PrimaryKeyConstraint("daerah", "nomor", "seq"),
    )
    op.create_table(
        "upload",
        Column("daerah", String(length=64), nullable=False),
        Column("id", String(length=32), nullable=False),
        Column("owner", String(length=32)),
        Column("document", String(length=64), nullable=False),
        Column("item", Integer()),
        Column("name", String(length=200), nullable=False),
        Column("format", String(length=8), nullable=False),
        Column("size", Integer(), nullable=False),
        Column("sha256", String(length=64), nullable=False),
        Column("created_at", String(length=27), nullable=False),
        Column("expires_at", String(length=27)),
        CheckConstraint("format IN ('pdf', 'jpeg', 'png')", name="upload_format"),
        PrimaryKeyConstraint("daerah", "id"),
    )
    op.create_index("upload_content", "upload", ["daerah", "sha256"])
    op.create_index("upload_expiry", "upload", ["daerah", "expires_at"])
    op.create_index("upload_owner", "upload", ["daerah", "owner"])
    op.create_table(
        "desk",
        Column("daerah", String(length=64), nullable=False),
        Column("nomor", String(length=32), nullable=False),
        Column("stage", String(length=64), nullable=False),
        Column("place", Integer(), nullable=False),
        Column("round", Integer(), nullable=False),
        Column("agency", String(length=64), nullable=False),
        Column("role", String(length=64), nullable=False),
        Column("person", String(length=64)),
        Column("opened_at", String(length=27), nullable=False),
        Column("due_at", String(length=27)),
        Column("answered_at", String(length=27)),
        Column("verdict", String(length=32)),
        ForeignKeyConstraint(
            ["daerah", "nomor"],
            ["case_file.daerah", "case_file.nomor"],
        ),
        PrimaryKeyConstraint("daerah", "nomor", "stage", "place", "round"),
    )
    op.create_index("desk_agency", "desk", ["daerah", "agency", "role", "answered_at", "due_at"])
    op.create_index("desk_person", "desk", ["daerah", "person", "answered_at", "due_at"])
    op.create_table(
        "event_private",
        Column("daerah", String(length=64), nullable=False),
        Column("nomor", String(length=32), nullable=False),
        Column("seq", Integer(), nullable=False),
        Column("ciphertext", LargeBinary(), nullable=False),
        ForeignKeyConstraint(
            ["daerah", "nomor", "seq"],
            ["event.daerah", "event.nomor", "event.seq"],
        ),
        PrimaryKeyConstraint("daerah", "nomor", "seq"),
    )
    op.create_table(
        "session_grant",
        Column("daerah", String(length=64), nullable=False),
        Column("id_hash", String(length=64), nullable=False),
        Column("nomor", String(length=32), nullable=False),
        ForeignKeyConstraint(["daerah", "id_hash"], ["session.daerah", "session.id_hash"], ondelete="CASCADE"),
        PrimaryKeyConstraint("daerah", "id_hash", "nomor"),
    )
    op.create_table(
        "submission_file",
        Column("daerah", String(length=64), nullable=False),
        Column("nomor", String(length=32), nullable=False),
        Column("id", String(length=32), nullable=False),
        Column("document", String(length=64), nullable=False),
        Column("item", Integer()),
        Column("name", String(length=200), nullable=False),
        Column("format", String(length=8), nullable=False),
        Column("size", Integer(), nullable=False),
        Column("sha256", String(length=64), nullable=False),
        ForeignKeyConstraint(
            ["daerah", "nomor"],
            ["submission.daerah", "submission.nomor"],
        ),
        PrimaryKeyConstraint("daerah", "nomor", "id"),
    )
    op.create_index("submission_file_content", "submission_file", ["daerah", "sha256"])
    op.create_index("submission_file_id", "submission_file", ["daerah", "id"])
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION '% only grows', TG_TABLE_NAME; END $$"
        )
    for table in ONLY_GROW:
        _refuse_change(table)


def _refuse_change(table: str) -> None:
    if op.get_bind().dialect.name == "postgresql":
        for name, when, each in (("change", "UPDATE OR DELETE", "ROW"), ("truncate", "TRUNCATE", "STATEMENT")):
            op.execute(
                f"CREATE TRIGGER {table}_no_{name} BEFORE {when} ON {table} "
                f"FOR EACH {each} EXECUTE FUNCTION refuse_change()"
            )
        return
    for what in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {table}_no_{what.lower()} BEFORE {what} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} only grows'); END"
        )
