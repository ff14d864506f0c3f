"""Where files are held up, for everybody to see: figures of agencies and permits, and of no single person's case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from starlette.requests import Request
from starlette.responses import Response

from rules.case_state import HolderKind
from rules.printed import printed_number
from rules.satisfaction import ELEMENTS, rounded, sample_size
from rules.words import Lang
from runtime.citizen.case_words import DAYS, HOURS, time_words
from runtime.citizen.fault import mark
from runtime.citizen.receipt import moment
from runtime.citizen.standard import FIND
from runtime.citizen.visit import Visit, chosen_language
from runtime.public.figures import FEWEST, Court, CourtFigures, Few, PermitFigures, Shown
from runtime.public.satisfaction import FEWEST_ASKED, Quarter, SatisfactionFigures

TITLE, APPLICANTS = mark("Di tangan siapa berkas berada"), mark("Pemohon (perbaikan dan pembayaran)")
OUTSIDE, FEW = mark("{agency} (di luar kantor ini)"), mark("kurang dari {fewest}")
NOT_SAID, NOTHING = mark("tidak ditampilkan"), mark("belum ada")


@dataclass(frozen=True, slots=True)
class CourtSaid:
    """The figures of one agency, as they are said; `late` is above nought, so that it stands out."""

    name: str
    lines: tuple[tuple[str, str], ...]
    late: bool


@dataclass(frozen=True, slots=True)
class PermitSaid:
    """The figures of one permit."""

    name: str
    ended: str
    returns: str
    median: str


@dataclass(frozen=True, slots=True)
class SatisfactionSaid:
    """What the survey comes to for one permit, or for the whole city; `index` is empty where too few have answered."""

    name: str
    index: str
    quality: str
    people: str
    means: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class QuarterSaid:
    """Three months of the survey."""

    name: str
    figures: tuple[SatisfactionSaid, ...]


QUARTER, WHOLE = mark("Triwulan {number} {year}"), mark("Semua layanan")
PEOPLE = mark("{count} responden dari {served} yang dilayani; patokan menurut Krejcie dan Morgan: {wanted}")
QUALITY = mark("mutu {grade}, {name}")
HOLDS, ASKED, LATE = (
    mark("Permohonan yang sedang dipegang"),
    mark("Sedang diminta memeriksa"),
    mark("Di antaranya terlambat"),
)
SO_FAR = mark("Waktu pada permohonan yang masih berjalan")
SHORT, LONG = mark("Waktu pada yang selesai 30 hari terakhir"), mark("Waktu pada yang selesai 90 hari terakhir")


async def show(request: Request) -> Response:
    """Show the figures."""
    if (chosen := chosen_language(request)) is not None:
        return chosen
    visit = Visit(request)
    figures = await visit.kit.serving.board.figures(visit.city.city)
    names = {head.code: head.name.to(visit.lang) for head in visit.city.heads_on(visit.today)}
    context = {
        "title": visit.voice.say(TITLE),
        "trail": [(f"/{visit.code}/", visit.voice.say(FIND))],
        "at": moment(visit, figures.at),
        "fewest": FEWEST,
        "courts": [_court(visit, one) for one in figures.courts],
        "quarters": [_quarter(visit, one, names) for one in figures.quarters],
        "fewest_asked": FEWEST_ASKED,
        "permits": [_permit(visit, one, names.get(one.permit, one.permit)) for one in figures.permits],
    }
    return visit.page("performance.html", context, personal=False)


def _quarter(visit: Visit, quarter: Quarter, names: Mapping[str, str]) -> QuarterSaid:
    return QuarterSaid(
        visit.voice.say(QUARTER, number=quarter.number, year=quarter.year),
        tuple(_satisfaction(visit, one, names) for one in quarter.figures),
    )


def _satisfaction(visit: Visit, figures: SatisfactionFigures, names: Mapping[str, str]) -> SatisfactionSaid:
    say, lang, found = visit.voice.say, visit.lang, figures.found
    name = say(WHOLE) if figures.permit is None else names.get(figures.permit, figures.permit)
    if found is None:
        return SatisfactionSaid(name, "", "", "", ())
    served = max(figures.served, found.respondents)
    people = say(PEOPLE, count=found.respondents, served=served, wanted=sample_size(served))
    means = tuple(
        (one.name.to(lang), _places(rounded(mean), lang)) for one, mean in zip(ELEMENTS, found.means, strict=True)
    )
    quality = say(QUALITY, grade=found.quality.grade, name=found.quality.name.to(lang))
    return SatisfactionSaid(name, _places(found.index, lang), quality, people, means)


def _places(value: Decimal, lang: Lang) -> str:
    """Print a figure of the survey with its two places, as the regulation does."""
    return f"{value:.2f}".replace(".", "," if lang == "id" else ".")


def _court(visit: Visit, court: CourtFigures) -> CourtSaid:
    say = visit.voice.say
    counts = [(say(HOLDS), _count(visit, court.holds))]
    if court.court[0] == HolderKind.AGENCY:
        counts += [(say(ASKED), _count(visit, court.asked)), (say(LATE), _count(visit, court.late))]
    times = ((SO_FAR, court.so_far), (SHORT, court.short), (LONG, court.long))
    return CourtSaid(
        _name(visit, court.court),
        (*counts, *((say(label), _time(visit, minutes)) for label, minutes in times)),
        court.late != 0,
    )


def _permit(visit: Visit, permit: PermitFigures, name: str) -> PermitSaid:
    returns, median = permit.returns, permit.median
    return PermitSaid(
        name,
        _count(visit, permit.ended),
        visit.voice.say(NOT_SAID) if isinstance(returns, Few) else printed_number(returns, visit.lang),
        visit.voice.say(NOTHING)
        if median is None
        else visit.voice.say(NOT_SAID)
        if isinstance(median, Few)
        else visit.voice.count(DAYS, median),
    )


def _name(visit: Visit, court: Court) -> str:
    kind, agency = court
    if kind == HolderKind.APPLICANT:
        return visit.voice.say(APPLICANTS)
    known = next((one.name.to(visit.lang) for one in visit.city.city.agencies if one.code == agency), agency)
    return visit.voice.say(OUTSIDE, agency=known) if kind == HolderKind.OUTSIDE else known


def _count(visit: Visit, count: Shown) -> str:
    return visit.voice.say(FEW, fewest=FEWEST) if isinstance(count, Few) else printed_number(count, visit.lang)


def _time(visit: Visit, minutes: Shown) -> str:
    """Say a length of office time, in hours where there are many."""
    if isinstance(minutes, Few):
        return visit.voice.say(NOT_SAID)
    if minutes < 600:
        return time_words(minutes, visit.voice)
    return visit.voice.count(HOURS, round(minutes / 60))
