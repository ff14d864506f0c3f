"""A case for tests of the store: who it is of, what happens to it, and hands that move the clock."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from rules.case_event import Actor
from runtime.cases.case_entry import DeskRow, Entry, Message, Projection
from runtime.cases.submission import NewSubmission

CITY = "kota-kupang"
AT = datetime(2026, 7, 1, 1, tzinfo=UTC)
OFFICER = Actor("akun-7", "front_office", "dpmptsp")
NIK, NAME, PHONE = "5371014506850003", "Maria Bere", "081234567890"


class Hands:
    """A clock whose hands a test moves."""

    def __init__(self) -> None:
        self.at = AT

    def __call__(self) -> datetime:
        return self.at


def come_to(status: str = "diajukan", **other: object) -> Projection:
    whole = Projection("pbg", "2026-01-01", "r" * 64, "{}", status, None, "kantor", None, None, None, AT, None)
    return replace(whole, **other)  # type: ignore[arg-type]  # names and types are the test's own


def desk(agency: str = "pupr", **other: object) -> DeskRow:
    whole = DeskRow("teknis", 0, 1, agency, "tim_teknis", None, AT, AT + timedelta(days=3), None, None)
    return replace(whole, **other)  # type: ignore[arg-type]


def to_file(key: str = "api:one", **other: object) -> NewSubmission:
    whole = NewSubmission(
        daerah=CITY,
        key=key,
        request_hash="hash of " + key,
        permit="pbg",
        version="2026-01-01",
        release="r" * 64,
        answers={"luas": 120, "nama": NAME, "nik": NIK, "telepon": PHONE},
        facts='{"luas":120}',
        decision='{"bill":1}',
        filed_at=AT,
        year=2026,
        entries=(
            Entry("diajukan", {"permit": "pbg"}, {"nama": NAME, "telepon": PHONE}),
            Entry("diperiksa", {"oleh": "dpmptsp"}),
        ),
        projection=come_to(),
        nik=NIK,
        desks=(desk(),),
        messages=(Message("email", {"kepada": PHONE, "isi": "diterima"}),),
    )
    return replace(whole, **other)  # type: ignore[arg-type]
