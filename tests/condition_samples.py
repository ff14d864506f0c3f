"""Random conditions and answers over one field of every kind, with bounds on every edge, for tests of all targets.

The oracle here is written from the catalog language alone: it shares no line with `rules`, so that the two can
disagree.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Mapping
from decimal import Decimal

from rules.condition.tree import ALWAYS, Always, Answered, Between, Condition, Every, Not, OneOf, Some
from rules.field import Field, Option
from rules.kind import Kind, Scalar
from rules.words import Words

Json = None | bool | int | Decimal | str | list["Json"] | dict[str, "Json"]
Answers = dict[str, Json]


def _options(*codes: str) -> tuple[Option, ...]:
    return tuple(Option(code, Words(code.upper(), f"{code} in English")) for code in codes)


FIELDS = {
    field.code: field
    for field in (
        Field("lantai", Kind.INTEGER, Words("Jumlah lantai", "Storeys")),
        Field("nilai", Kind.MONEY, Words("Nilai usaha", "Turnover")),
        Field("luas", Kind.DECIMAL, Words("Luas", "Area"), digits=2, unit="m2"),
        Field("kadar", Kind.DECIMAL, Words("Kadar", "Share"), digits=3, unit="%"),
        Field("mulai", Kind.DATE, Words("Tanggal mulai", "Start date")),
        Field("fungsi", Kind.CHOICE, Words("Fungsi", "Use"), options=_options("hunian", "usaha", "campuran")),
        Field("alat", Kind.CHOICES, Words("Alat", "Tools"), options=_options("palu", "gergaji", "bor")),
        Field("milik", Kind.YES_NO, Words("Milik sendiri", "Owned")),
        Field("nama", Kind.TEXT, Words("Nama", "Name")),
        Field("nik", Kind.NIK, Words("NIK", "Identity number")),
        Field("titik", Kind.LIST, Words("Titik", "Places")),
    )
}

# the edges that every bound and every answer sits on, or one smallest step beside
EDGES: Mapping[str, tuple[Scalar, ...]] = {
    "lantai": (-3, 0, 1, 5, 10, 999_999_999_999_999),
    "nilai": (0, 1_000, 500_000_000, 999_999_999_999_999),
    "luas": tuple(map(Decimal, ("-0.01", "0.00", "0.10", "0.30", "10.50", "99.99", "100.00", "9999999999999.99"))),
    "kadar": tuple(map(Decimal, ("0.000", "0.001", "0.7", "1.005", "12.5", "999.999"))),
    "mulai": ("1000-01-01", "2025-12-31", "2026-01-01", "2026-02-28", "2028-02-29", "2030-10-09", "2999-12-31"),
    "nama": ("A1", "B 2", "é", "0123", "1.0", "true", "a'b", 'x"y', "ya, tidak", "terisi", "bukan(a)", "x\ty", "中"),
    "nik": ("5371010101900001", "0000000000000000"),
}
STEPS: Mapping[str, int | Decimal] = {"lantai": 1, "nilai": 1, "luas": Decimal("0.01"), "kadar": Decimal("0.001")}
WRONG: tuple[Json, ...] = (
    True, False, 0, 1, 5, -1, Decimal("0.5"), Decimal("1.0050"), Decimal("0.0001"), Decimal("1E+2"), Decimal("5.0"),
    10**15, -(10**15), Decimal("10000000000000.00"), "5", "0.10", "true", "ya", "A1", "hunian", "palu", "2026-01-01",
    "2026-02-30", "2026-1-1", "2026-01-01\n", "٢٠٢٦-٠١-٠١", "0999-12-31", "3000-01-01", "2027-02-29", "2100-02-29",
    [], [[]], [1], ["palu", 5], ["palu", "lain"], ["palu", "palu"], [""], [{}], [{"a": 1}, 5], {}, {"palu": True},
    None, "", " ", "\t\n", "\u00a0\u3000\ufeff", "\u200b", "\x1c", "\x85",
)  # fmt: skip


def some_condition(source: random.Random, depth: int = 3) -> Condition:
    """Make a condition up."""
    if depth == 0 or source.random() < 0.3:
        atom = _atom(source)
        return Not(atom) if source.random() < 0.25 else atom
    draw = source.random()
    if draw < 0.2:
        return Not(some_condition(source, depth - 1))
    if draw < 0.22:
        return ALWAYS
    parts = tuple(some_condition(source, depth - 1) for _ in range(source.randint(2, 3)))
    return Every(parts) if draw < 0.6 else Some(parts)


def _atom(source: random.Random) -> Condition:
    field = FIELDS[source.choice(list(FIELDS))]
    if field.kind is Kind.LIST or source.random() < 0.12:
        return Answered(field.code)
    edges = EDGES.get(field.code, ())
    if field.code in ("lantai", "nilai", "luas", "kadar", "mulai") and source.random() < 0.75:
        low, high = sorted(source.choices(edges, k=2))
        draw = source.randrange(3)
        if draw == 0:
            return Between(field.code, field.kind, low=low, low_included=source.random() < 0.5)
        if draw == 1:
            return Between(field.code, field.kind, high=high, high_included=source.random() < 0.5)
        if low == high:
            return Between(field.code, field.kind, low, True, high, True)
        return Between(field.code, field.kind, low, source.random() < 0.5, high, source.random() < 0.5)
    values: tuple[Scalar, ...] = (
        tuple(option.code for option in field.options)
        if field.options
        else (True, False)
        if field.kind is Kind.YES_NO
        else edges
    )
    return OneOf(field.code, field.kind, tuple(source.sample(values, source.randint(1, min(3, len(values))))))


def twin(source: random.Random, condition: Condition) -> Condition:
    """Change one thing: a bound, a value, a negation, «all» for «any»; most twins differ from it in truth."""
    if source.random() < 0.15:
        return Not(condition)
    match condition:
        case Not(part):
            return part if source.random() < 0.5 else Not(twin(source, part))
        case Every(parts) | Some(parts) if source.random() < 0.4:
            return Some(parts) if isinstance(condition, Every) else Every(parts)
        case Every(parts) | Some(parts):
            at = source.randrange(len(parts))
            changed = (*parts[:at], twin(source, parts[at]), *parts[at + 1 :])
            return Every(changed) if isinstance(condition, Every) else Some(changed)
        case Between(field, kind, low, low_included, high, high_included):
            return (
                Between(field, kind, low, not low_included, high, high_included)
                if high is None or (low is not None and source.random() < 0.5)
                else Between(field, kind, low, low_included, high, not high_included)
            )
        case OneOf(field, kind, values) if len(values) > 1:
            return OneOf(field, kind, values[1:])
        case _:
            return Not(condition)


def some_answers(source: random.Random, wrong: float = 0.1) -> Answers:
    """Make answers up as JSON has them: missing, null, "", blank, [], on an edge, beside it, or of a wrong type."""
    answers: Answers = {}
    for field in FIELDS.values():
        draw = source.random()
        if draw < 0.2:
            continue
        if draw < 0.28:
            answers[field.code] = source.choice((None, "", " ", "\t", []))
        elif draw < 0.28 + wrong:
            answers[field.code] = source.choice(WRONG)
        else:
            answers[field.code] = _answer(source, field)
    return answers


def _answer(source: random.Random, field: Field) -> Json:
    if field.code in STEPS:
        edge = source.choice(EDGES[field.code])
        assert isinstance(edge, int | Decimal)
        moved = edge + source.choice((-1, 0, 0, 1)) * STEPS[field.code]
        if source.random() < 0.08:  # finer than an answer can be
            moved += Decimal("0.5") * STEPS[field.code]
        return _spelt(source, moved) if isinstance(moved, Decimal) else moved
    match field.kind:
        case Kind.DATE:
            day = dt.date.fromisoformat(str(source.choice(EDGES["mulai"])))
            if dt.date(1000, 1, 1) < day < dt.date(2999, 12, 31):
                day += dt.timedelta(source.choice((-1, 0, 0, 1)))
            return day.isoformat()
        case Kind.CHOICE:
            return source.choice(field.options).code
        case Kind.CHOICES:
            return [option.code for option in source.sample(field.options, source.randint(1, 3))]
        case Kind.YES_NO:
            return source.random() < 0.5
        case Kind.LIST:
            return [{"x": 1}] * source.randint(1, 2)
        case _:
            return str(source.choice((*EDGES[field.code], "lain")))


def _spelt(source: random.Random, value: Decimal) -> Json:
    """Write the same number in one of the ways that JSON allows: 100, 100.0, 100.00."""
    if value == value.to_integral_value():
        return source.choice((int(value), value, Decimal(f"{int(value)}.0")))
    return value


# ---- the oracle


def oracle(condition: Condition, answers: Mapping[str, Json]) -> bool | None:
    """Say what the condition is worth, straight from the definition, over answers as JSON has them."""
    if isinstance(condition, Always):
        return True
    if isinstance(condition, Not):
        inner = oracle(condition.part, answers)
        return inner if inner is None else not inner
    if isinstance(condition, Every | Some):
        settles = isinstance(condition, Some)
        found = {oracle(part, answers) for part in condition.parts}
        return settles if settles in found else (None if None in found else not settles)
    field = FIELDS[condition.field]
    given = answers.get(condition.field)
    if isinstance(condition, Answered):
        return _is_answer(field, given)
    if not _is_answer(field, given):
        return None
    if isinstance(condition, OneOf):
        if field.kind is Kind.CHOICES:
            assert isinstance(given, list)
            return len({*map(str, given)} & {*map(str, condition.values)}) > 0
        return any(given == value for value in condition.values)
    place = _rank(given)
    above = (
        condition.low is None
        or place > _rank(condition.low)
        or (condition.low_included and place == _rank(condition.low))
    )
    below = (
        condition.high is None
        or place < _rank(condition.high)
        or (condition.high_included and place == _rank(condition.high))
    )
    return above and below


def _rank(value: object) -> Decimal:
    return Decimal(dt.date.fromisoformat(value).toordinal()) if isinstance(value, str) else Decimal(str(value))


_BLANK = {
    *map(
        chr,
        (9, 10, 11, 12, 13, 32, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F, 0x205F, 0x3000, 0xFEFF),
    )
}


def _is_answer(field: Field, given: Json) -> bool:
    if field.kind is Kind.YES_NO:
        return given is True or given is False
    if given is None or given is True or given is False or isinstance(given, dict):
        return False
    if field.code in STEPS:
        if isinstance(given, str | list):
            return False
        scaled = Decimal(given) * (1 / Decimal(STEPS[field.code]))
        return scaled == scaled.to_integral_value() and abs(scaled) < 10**15
    if isinstance(given, str):
        if field.kind is Kind.DATE:
            return _is_day(given)
        if field.kind is Kind.CHOICE:
            return given in {option.code for option in field.options}
        return field.kind in (Kind.TEXT, Kind.NIK) and not set(given) <= _BLANK
    if not isinstance(given, list) or not given:
        return False
    if field.kind is Kind.LIST:
        return all(isinstance(item, dict) for item in given)
    codes = [option.code for option in field.options]
    return field.kind is Kind.CHOICES and all(isinstance(one, str) and one in codes for one in given)


def _is_day(given: str) -> bool:
    try:
        day = dt.datetime.strptime(given, "%Y-%m-%d").date()
    except ValueError:
        return False
    return day.strftime("%Y-%m-%d") == given and 1000 <= day.year < 3000
