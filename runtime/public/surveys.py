"""The survey of satisfaction, kept: of each form only how often each answer was given, in a month, for a permit.

Nothing leads from an answer to a person: no form is kept, the case knows only that it was asked, and the profile is in
coarse classes. Loses to read single forms; where a permit had one respondent in a month the counts are that one's,
which is why few are never shown (`satisfaction`).
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, insert, update
from sqlalchemy.exc import SQLAlchemyError

from rules.case_event import APPLICANT
from rules.command import AnswerSurvey
from rules.words import Words
from runtime.cases.case_change import Change, Kept
from runtime.cases.case_entry import ChangedError
from runtime.cases.casework import Casework
from runtime.cases.store_fault import StoreUnavailableError
from runtime.public.tables import survey_count

FILLED, DECLINED = "diisi", "menolak"
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Trait:
    """A question about the person, with its coarse classes; nobody has to answer it."""

    code: str
    question: Words
    classes: tuple[tuple[str, Words], ...]


def _trait(code: str, question: Words, **classes: Words) -> Trait:
    return Trait(code, question, tuple(classes.items()))


TRAITS = (
    _trait(
        "umur",
        Words("Umur", "Age"),
        muda=Words("25 tahun atau kurang", "25 or younger"),
        dewasa=Words("26 sampai 40 tahun", "26 to 40"),
        madya=Words("41 sampai 60 tahun", "41 to 60"),
        lansia=Words("Lebih dari 60 tahun", "Over 60"),
    ),
    _trait("kelamin", Words("Jenis kelamin", "Sex"), p=Words("Perempuan", "Female"), l=Words("Laki-laki", "Male")),
    _trait(
        "pendidikan",
        Words("Pendidikan terakhir", "Education"),
        dasar=Words("SMP atau di bawahnya", "Junior school or less"),
        menengah=Words("SMA atau SMK", "High school"),
        tinggi=Words("Diploma atau sarjana", "Diploma or degree"),
    ),
    _trait(
        "pekerjaan",
        Words("Pekerjaan", "Work"),
        pegawai=Words("Pegawai negeri, TNI, atau Polri", "Civil servant, army or police"),
        swasta=Words("Pegawai swasta", "Employee"),
        usaha=Words("Usaha sendiri", "Own business"),
        lain=Words("Lainnya", "Other"),
    ),
)
REASONS: Mapping[str, Words] = {
    "waktu": Words("Saya tidak punya waktu", "I have no time"),
    "bersedia": Words("Saya tidak bersedia menilai", "I do not want to judge"),
    "paham": Words("Pertanyaannya sulit saya pahami", "I do not understand the questions"),
    "lain": Words("Alasan lain", "Another reason"),
}


@dataclass(frozen=True, slots=True)
class Filled:
    """A form: the score of each element by its number, and what was said of the person."""

    scores: Mapping[int, int]
    traits: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Declined:
    """Somebody does not want to, for one of the `REASONS`."""

    reason: str


class Taken(Enum):
    """What became of a form."""

    KEPT = "kept"
    NOT_ASKED = "not asked"  # any more: it was, or the permit is no longer in force
    FAILED = "failed"  # and must hold nobody up


class Surveys:
    """The surveys of one store."""

    def __init__(self, casework: Casework) -> None:
        """Count them beside these cases."""
        self._casework = casework

    async def take(self, daerah: str, nomor: str, form: Filled | Declined) -> Taken:
        """Count a form, and have its case know that it was asked, in one transaction. It never raises what a store may
        fail with: the letter behind it belongs to whoever asks."""

        def count(connection: Connection, change: Change) -> None:
            month = f"{change.at.astimezone(ZoneInfo(change.case.city.zone)):%Y-%m}"
            for what, answer in _counted(form):
                _count(connection, daerah, change.state.permit, month, what, answer)

        try:
            kept = await self._casework.act(daerah, nomor, AnswerSurvey(), APPLICANT, during=count)
        except (StoreUnavailableError, ChangedError, SQLAlchemyError) as fault:
            _log.error("a survey was not kept: %s", type(fault).__name__)
            return Taken.FAILED
        return Taken.KEPT if isinstance(kept, Kept) else Taken.NOT_ASKED


def _counted(form: Filled | Declined) -> Iterator[tuple[str, str]]:
    if isinstance(form, Declined):
        yield DECLINED, form.reason
        return
    yield FILLED, "ya"
    for number, score in form.scores.items():
        yield f"u{number}", str(score)
    yield from form.traits.items()


def _count(connection: Connection, daerah: str, permit: str, month: str, what: str, answer: str) -> None:
    key = {"daerah": daerah, "permit": permit, "month": month, "what": what, "answer": answer}
    own = [survey_count.c[name] == value for name, value in key.items()]
    raised = connection.execute(update(survey_count).where(*own).values(times=survey_count.c.times + 1))
    if raised.rowcount == 0:
        connection.execute(insert(survey_count).values(**key, times=1))
