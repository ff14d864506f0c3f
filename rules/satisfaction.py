"""The survey of satisfaction (SKM, PermenPANRB 14/2017): its nine elements, and what the answers come to.

Exact ninths: whoever answers 4 nine times has given 100.00, which nine times 0.111 does not. Gains figures that two
offices work out alike; loses each single form, of which only how often each answer was given is looked at.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from rules.words import Words

SCORES = (1, 2, 3, 4)
COST = 4  # the element of which a service that costs nothing has the best
FREE_SCORE = 4


@dataclass(frozen=True, slots=True)
class Element:
    """One of the nine: its number, its name, the question, and what the scores from 1 to 4 are called."""

    number: int
    name: Words
    question: Words
    scores: tuple[Words, Words, Words, Words]


def _fitting(id_: str, en: str) -> tuple[Words, Words, Words, Words]:
    return (
        Words(f"Tidak {id_}", f"Not {en}"),
        Words(f"Kurang {id_}", f"Hardly {en}"),
        Words(id_.capitalize(), en.capitalize()),
        Words(f"Sangat {id_}", f"Very {en}"),
    )


ELEMENTS = (
    Element(
        1,
        Words("Persyaratan", "Requirements"),
        Words("Apakah persyaratannya sesuai dengan layanannya?", "Did the requirements fit the service?"),
        _fitting("sesuai", "fitting"),
    ),
    Element(
        2,
        Words("Prosedur", "Procedure"),
        Words("Apakah prosedurnya mudah?", "Was the procedure easy?"),
        _fitting("mudah", "easy"),
    ),
    Element(
        3,
        Words("Waktu", "Time"),
        Words("Apakah layanannya cepat?", "Was the service fast?"),
        _fitting("cepat", "fast"),
    ),
    Element(
        COST,
        Words("Biaya", "Cost"),
        Words("Apakah biayanya wajar?", "Was the cost fair?"),
        _fitting("wajar", "fair"),
    ),
    Element(
        5,
        Words("Hasil layanan", "What was received"),
        Words(
            "Apakah yang Anda terima sesuai dengan yang tertulis dalam standar pelayanan?",
            "Is what you received what the service standard says?",
        ),
        _fitting("sesuai", "fitting"),
    ),
    Element(
        6,
        Words("Kemampuan petugas", "Competence of the staff"),
        Words("Apakah petugasnya mampu?", "Were the officers competent?"),
        _fitting("mampu", "competent"),
    ),
    Element(
        7,
        Words("Perilaku petugas", "Conduct of the staff"),
        Words("Apakah petugasnya sopan dan ramah?", "Were the officers polite and friendly?"),
        _fitting("sopan dan ramah", "polite and friendly"),
    ),
    Element(
        8,
        Words("Penanganan pengaduan", "Handling of complaints"),
        Words("Apakah pengaduan, saran, dan masukan ditangani dengan baik?", "Are complaints and advice handled well?"),
        _fitting("baik", "well"),
    ),
    Element(
        9,
        Words("Sarana dan prasarana", "Facilities"),
        Words("Apakah sarananya, termasuk halaman ini, baik?", "Are the facilities good, this site among them?"),
        _fitting("baik", "good"),
    ),
)


@dataclass(frozen=True, slots=True)
class Quality:
    """A band of the index: from `least` on, to two places."""

    grade: str
    least: Decimal
    name: Words


QUALITIES = (
    Quality("A", Decimal("88.31"), Words("sangat baik", "very good")),
    Quality("B", Decimal("76.61"), Words("baik", "good")),
    Quality("C", Decimal("65.00"), Words("kurang baik", "less than good")),
    Quality("D", Decimal("25.00"), Words("tidak baik", "not good")),
)


@dataclass(frozen=True, slots=True)
class Satisfaction:
    """What the forms of some people come to: the mean of each element (NRR), the index, and its band."""

    respondents: int
    means: tuple[Fraction, ...]
    index: Decimal
    quality: Quality


def satisfaction(given: Mapping[tuple[int, int], int]) -> Satisfaction | None:
    """Return what answers come to, None where there are none; `given` says how often an element had a score. Every form
    answers each element once: AssertionError where that is not so."""
    counts = {sum(given.get((one.number, score), 0) for score in SCORES) for one in ELEMENTS}
    assert len(counts) == 1, f"the elements were answered {sorted(counts)} times"
    [people] = counts
    if people == 0:
        return None
    means = tuple(
        Fraction(sum(score * given.get((one.number, score), 0) for score in SCORES), people) for one in ELEMENTS
    )
    index = rounded(sum(means, Fraction()) / len(ELEMENTS) * 25)
    return Satisfaction(people, means, index, next(one for one in QUALITIES if index >= one.least))


def rounded(value: Fraction) -> Decimal:
    """Round to two places, half up."""
    whole = (value * 200 + 1) // 2  # in hundredths
    return Decimal(int(whole)).scaleb(-2)


def sample_size(served: int) -> int:
    """Return how many of those served should answer, by Krejcie and Morgan: 95 % sure within five points."""
    if served <= 0:
        return 0
    chi, half, margin = Fraction(3841, 1000), Fraction(1, 2), Fraction(1, 20)
    wanted = chi * served * half * half / (margin * margin * (served - 1) + chi * half * half)
    return int((wanted * 2 + 1) // 2)
