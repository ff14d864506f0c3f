"""The tables of people: accounts, their posts, their sessions, what was done to each or is proposed, and which case
they opened.

No password, code or secret stands here as it is: passwords and recovery codes as Argon2id, ids of sessions as their
hash, the secret of the authenticator encrypted, the officer's own NIK and telephone as keyed indexes.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
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
)

from runtime.cases.columns import city, digest, metadata, moment


def _nip() -> Column[str]:
    return Column("nip", String(18), nullable=False)


account = Table(
    "account",
    metadata,
    city(),
    _nip(),
    Column("name", String(120), nullable=False),
    Column("password", Text, nullable=False),  # Argon2id
    moment("password_ends", nullable=True),  # until when a one-time password opens; None: the person's own
    Column("totp", LargeBinary),  # the authenticator's secret, sealed; None: not yet paired
    Column("totp_step", Integer, nullable=False),  # the last time step whose code was used
    digest("nik_index", nullable=True),  # keyed, for recusal; None: not told
    digest("phone_index", nullable=True),
    Column("demo", Boolean, nullable=False),  # of a demonstration: its password is known to everybody
    moment("created_at"),
    moment("ended_at", nullable=True),  # the account was closed
    PrimaryKeyConstraint("daerah", "nip"),
)

post = Table(
    "post",
    metadata,
    city(),
    _nip(),
    Column("agency", String(64), nullable=False),
    Column("role", String(32), nullable=False),
    moment("since"),
    PrimaryKeyConstraint("daerah", "nip", "agency", "role"),
    ForeignKeyConstraint(["daerah", "nip"], ["account.daerah", "account.nip"]),
    Index("post_desk", "daerah", "agency", "role"),
)

recovery_code = Table(
    "recovery_code",
    metadata,
    city(),
    _nip(),
    Column("place", Integer, nullable=False),  # which of the ten; its first sign tells
    Column("hash", Text, nullable=False),
    PrimaryKeyConstraint("daerah", "nip", "place"),
    ForeignKeyConstraint(["daerah", "nip"], ["account.daerah", "account.nip"]),
)

staff_session = Table(
    "staff_session",
    metadata,
    city(),
    digest("id_hash"),
    _nip(),
    Column("agency", String(64), nullable=False),  # the post that is worked in
    Column("role", String(32), nullable=False),
    Column("step", String(8), nullable=False),
    Column("pairing", LargeBinary),  # the secret that is being paired, sealed, until a code of it has come
    moment("created_at"),
    moment("seen_at"),
    moment("ends_at"),
    moment("proved_at", nullable=True),  # when a second factor was last given
    PrimaryKeyConstraint("daerah", "id_hash"),
    ForeignKeyConstraint(["daerah", "nip"], ["account.daerah", "account.nip"]),
    CheckConstraint("step IN ('sandi', 'pasang', 'kode', 'masuk')", name="staff_session_step"),
    Index("staff_session_person", "daerah", "nip"),
    Index("staff_session_end", "daerah", "ends_at"),
)

people_event = Table(
    "people_event",
    metadata,
    city(),
    Column("id", String(32), nullable=False),
    moment("at"),
    Column("kind", String(32), nullable=False),
    Column("nip", String(18), nullable=False),  # whom it is about
    Column("by", String(32), nullable=False),  # a NIP, or `perintah` for the command
    Column("detail", String(200), nullable=False),  # never a password, a code or an address
    PrimaryKeyConstraint("daerah", "id"),
    Index("people_event_person", "daerah", "nip", "at"),
)

people_change = Table(
    "people_change",
    metadata,
    city(),
    Column("id", String(32), nullable=False),
    Column("kind", String(16), nullable=False),
    _nip(),
    Column("name", String(120), nullable=False),  # of an account that is to be opened
    Column("agency", String(64), nullable=False),  # the post; empty where the change is of none
    Column("role", String(32), nullable=False),
    Column("reason", Text, nullable=False),
    Column("proposed_by", String(18), nullable=False),
    moment("proposed_at"),
    Column("status", String(16), nullable=False),
    Column("decided_by", String(18)),
    moment("decided_at", nullable=True),
    PrimaryKeyConstraint("daerah", "id"),
    Index("people_change_status", "daerah", "status", "decided_at"),
)

case_read = Table(
    "case_read",
    metadata,
    city(),
    Column("nomor", String(32), nullable=False),
    moment("at"),
    _nip(),
    Column("agency", String(64), nullable=False),
    Column("role", String(32), nullable=False),
    PrimaryKeyConstraint("daerah", "nomor", "at", "nip"),
    Index("case_read_person", "daerah", "nip", "at"),
)
