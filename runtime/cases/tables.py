"""The tables of drafts, sessions, applications and their files; those of a case's life are in `journal_tables`.

Every key begins with the city. What somebody typed is sealed. What was filed is never updated: what became of it is in
its events.
"""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from runtime.cases.columns import city, metadata, moment

counter = Table(
    "counter",
    metadata,
    city(),
    Column("series", String(160), nullable=False),
    Column("year", Integer, nullable=False),
    Column("value", Integer, nullable=False),
    PrimaryKeyConstraint("daerah", "series", "year"),
)

draft = Table(
    "draft",
    metadata,
    city(),
    Column("nomor", String(32), nullable=False),
    Column("code_seed", String(200), nullable=False),  # what, with the installation's secret, gives the code again
    Column("code_hash", Text, nullable=False),
    Column("permit", String(64), nullable=False),
    Column("version", String(10), nullable=False),
    Column("sealed", LargeBinary, nullable=False),  # as the applicant typed it, and what was understood
    Column("revision", Integer, nullable=False),
    Column("filed_as", String(32)),
    moment("created_at"),
    moment("changed_at"),
    moment("expires_at"),
    PrimaryKeyConstraint("daerah", "nomor"),
    Index("draft_expiry", "daerah", "expires_at"),
)

repair_draft = Table(
    "repair_draft",  # what an applicant has typed of a repair that is not sent yet
    metadata,
    city(),
    Column("nomor", String(32), nullable=False),
    Column("round", Integer, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("sealed", LargeBinary, nullable=False),  # under the person's key
    moment("changed_at"),
    PrimaryKeyConstraint("daerah", "nomor"),
)

session = Table(
    "session",
    metadata,
    city(),
    Column("id_hash", String(64), nullable=False),
    moment("created_at"),
    moment("seen_at"),
    moment("ends_at"),
    PrimaryKeyConstraint("daerah", "id_hash"),
    Index("session_end", "daerah", "ends_at"),
)

session_grant = Table(
    "session_grant",
    metadata,
    city(),
    Column("id_hash", String(64), nullable=False),
    Column("nomor", String(32), nullable=False),  # of a draft or of a submission
    PrimaryKeyConstraint("daerah", "id_hash", "nomor"),
    ForeignKeyConstraint(["daerah", "id_hash"], ["session.daerah", "session.id_hash"], ondelete="CASCADE"),
)

submission = Table(
    "submission",
    metadata,
    city(),
    Column("nomor", String(32), nullable=False),
    Column("code_seed", String(200), nullable=False),  # what, with the installation's secret, gives the code again
    Column("code_hash", Text, nullable=False),
    Column("idempotency_key", String(200), nullable=False),
    Column("request_hash", String(64), nullable=False),
    Column("draft", String(32)),
    Column("permit", String(64), nullable=False),
    Column("version", String(10), nullable=False),
    Column("release", String(64), nullable=False),
    Column("person", String(32), nullable=False),  # under whose key it is sealed
    Column("sealed", LargeBinary, nullable=False),  # answers, facts with every derived one, and the decision, frozen
    moment("filed_at"),
    PrimaryKeyConstraint("daerah", "nomor"),
    UniqueConstraint("daerah", "idempotency_key", name="submission_once"),
)

upload = Table(
    "upload",
    metadata,
    city(),
    Column("id", String(32), nullable=False),
    Column("owner", String(32)),  # nomor of the draft it was given to; None: whoever knows the id
    Column("document", String(64), nullable=False),
    Column("item", Integer),  # which item of the `daftar` it belongs to
    Column("format", String(8), nullable=False),
    Column("size", Integer, nullable=False),
    Column("sha256", String(64), nullable=False),
    moment("created_at"),
    moment("expires_at", nullable=True),  # None: goes with its draft
    PrimaryKeyConstraint("daerah", "id"),
    CheckConstraint("format IN ('pdf', 'jpeg', 'png')", name="upload_format"),
    Index("upload_owner", "daerah", "owner"),
    Index("upload_content", "daerah", "sha256"),
    Index("upload_expiry", "daerah", "expires_at"),
)

submission_file = Table(
    "submission_file",
    metadata,
    city(),
    Column("nomor", String(32), nullable=False),
    Column("id", String(32), nullable=False),
    Column("document", String(64), nullable=False),
    Column("item", Integer),
    Column("format", String(8), nullable=False),
    Column("size", Integer, nullable=False),
    Column("sha256", String(64), nullable=False),
    PrimaryKeyConstraint("daerah", "nomor", "id"),
    ForeignKeyConstraint(["daerah", "nomor"], ["submission.daerah", "submission.nomor"]),
    Index("submission_file_content", "daerah", "sha256"),
    Index("submission_file_id", "daerah", "id"),
)

file_content = Table(
    "file_content",
    metadata,
    city(),
    Column("id", String(32), nullable=False),  # of an upload, or of the file of a submission that it became
    Column("address", String(64), nullable=False),  # the sha256 of the encrypted bytes, which names them
    Column("wrapped_key", String(128), nullable=False),  # what opens them, under the owner's key, bound to the place
    Column("state", String(16), nullable=False),
    Column("giver", String(64), nullable=False),  # the applicant, or the person of an office who attached it
    Column("round", Integer, nullable=False),  # which filing it belongs to: 0 is the first
    moment("kept_at"),
    PrimaryKeyConstraint("daerah", "id"),
    CheckConstraint("state IN ('KARANTINA', 'BERSIH', 'DITOLAK', 'GAGAL_PINDAI')", name="file_content_state"),
    Index("file_content_address", "daerah", "address"),
    Index("file_content_state", "daerah", "state"),
)

attempt = Table(
    "attempt",
    metadata,
    city(),
    Column("scope", String(32), nullable=False),
    Column("who", String(64), nullable=False),  # a keyed hash of the address or the nomor
    moment("window_ends"),
    Column("tries", Integer, nullable=False),
    PrimaryKeyConstraint("daerah", "scope", "who"),
    Index("attempt_end", "daerah", "window_ends"),
)
