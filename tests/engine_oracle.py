"""Random rulesets, honest and hostile facts, and a second opinion on both that shares no code with `rules`.

The oracle is written from the definition alone: Kleene's strong logic, a missing answer settles nothing, an answer of
the wrong type goes to a person.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from rules.condition.tree import ALWAYS, Always, Answered, Between, Condition, Every, Not, OneOf, Some
from rules.conjunct import size
from rules.field import Field
from rules.kind import Kind, Scalar
from rules.words import Words

KINDS = {
    "luas": (Kind.DECIMAL, 2),
    "tinggi": (Kind.DECIMAL, 0),
    "lantai": (Kind.INTEGER, 0),
    "modal": (Kind.MONEY, 0),
    "jenis": (Kind.CHOICE, 0),
    "zona": (Kind.CHOICE, 0),
    "kbli": (Kind.TEXT, 0),
    "nik": (Kind.NIK, 0),
    "baru": (Kind.YES_NO, 0),
    "tetap": (Kind.YES_NO, 0),
    "mulai": (Kind.DATE, 0),
    "berlaku": (Kind.DATE, 0),
    "alat": (Kind.CHOICES, 0),
    "bahan": (Kind.CHOICES, 0),
    "titik": (Kind.LIST, 0),
}
FIELDS = {code: Field(code, kind, Words(code), digits=digits) for code, (kind, digits) in KINDS.items()}
TEXTS = {
    "jenis": ["apotek", "klinik", "restoran", "hotel", "bengkel", "gudang"],
    "zona": ["R1", "R2", "K1", "K2", "I1"],
    "kbli": [f"{n:05d}" for n in range(47_000, 47_040)],
    "nik": ["5371010101900001", "5371010101900002", "0"],
    "alat": ["lift", "genset", "ac", "menara"],
    "bahan": ["kayu", "baja", "beton"],
}
WHOLE = [0, 1, 5, 10, 100, -3, 10**9, 12_345_678_901, 999_999_999_999_999]
FINE = [Decimal(text) for text in ("0", "0.1", "70.5", "70.55", "100.00", "250.501", "-3.5", "0.0000001")]

HOSTILE_KEYS = (
    *("id", "sid", "$s", "$forward", "$m", "f0", "f1", "p0", "b0_0", "s0_0", "k", "p", "m", "extra", "luas.x", ""),
    "wxlpazgw",  # the engine cannot tell it from `f0`
    "uiytbeon",  # nor this from `luas`
)
HOSTILE_VALUES: tuple[object, ...] = (
    *(None, True, False, 0, 1, -1, "", " ", "\u00a0", "5", "true", "null", "apotek", [], {}, (), [1], {"a": 1}),
    *(float("nan"), float("inf"), -float("inf"), 1e16, 1e-7, 5.0, 1e308, b"x", object, datetime(2024, 1, 1)),
    *(10**30, -(10**30), 10**400, 2**63, 2**63 - 1, -(2**63), Fraction(1, 3)),
    *(Decimal("NaN"), Decimal("sNaN"), Decimal("Infinity"), Decimal("1E+30"), Decimal("1E-30"), Decimal("9E999999")),
    *("2024-13-01", "2024-01-01T00:00:00", "2024-W01-1", "20240101", "２０２４-01-01", "0000-01-01"),
    *("x" * 70_000, "apotek" + "x" * 65_536, "apotek\0", 'é"\\\n', "'", "\ud800", '"}', "47000 "),
    *(("lift", 1), ("lift", None), (("lift",),), ["lift"], "lift", ({},), ({"a": {"b": ()}},), (None,), ("",)),
)


def literal(r: random.Random, code: str) -> Scalar:
    kind = KINDS[code][0]
    if kind is Kind.DECIMAL:
        return r.choice(FINE)
    if kind in (Kind.INTEGER, Kind.MONEY):
        return r.choice(WHOLE)
    if kind is Kind.YES_NO:
        return r.random() < 0.5
    if kind is Kind.DATE:
        return (datetime(2024, 1, 1) + timedelta(days=r.randint(-3, 3))).date().isoformat()
    return r.choice(TEXTS[code])


def condition(r: random.Random, depth: int = 0) -> Condition:
    dice = r.random()
    if depth < 3 and dice < 0.45:
        parts = tuple(condition(r, depth + 1) for _ in range(r.randint(0 if r.random() < 0.05 else 1, 3)))
        return Every(parts) if r.random() < 0.5 else Some(parts)
    if depth < 4 and dice < 0.6:
        return Not(condition(r, depth + 1))
    if dice < 0.62:
        return ALWAYS
    code = r.choice(list(KINDS))
    kind = KINDS[code][0]
    if kind is Kind.LIST or r.random() < 0.12:
        return Answered(code)
    if kind in (Kind.DECIMAL, Kind.INTEGER, Kind.MONEY, Kind.DATE) and r.random() < 0.6:
        low, high = sorted([literal(r, code), literal(r, code)])
        return Between(
            code,
            kind,
            low=low if (shape := r.random()) < 0.7 else None,
            low_included=r.random() < 0.5,
            high=high if shape > 0.3 else None,
            high_included=r.random() < 0.5,
        )
    return OneOf(code, kind, tuple(literal(r, code) for _ in range(r.choice([0, 1, 1, 2, 3, 5, 30]))))


def ruleset(r: random.Random, count: int) -> dict[str, Condition]:
    """Return `count` random rules, those left out that multiply out beyond any that a person would write."""
    rules: dict[str, Condition] = {}
    while len(rules) < count:
        drawn = condition(r)
        if size(drawn) <= 60:
            rules[f"syarat/{len(rules)}"] = drawn
    return rules


def honest(r: random.Random) -> dict[str, object]:
    """Return typed facts near the literals, some left out."""
    facts: dict[str, object] = {}
    for code, (kind, _) in KINDS.items():
        if r.random() < 0.2:
            continue
        value: object = literal(r, code) if kind is not Kind.LIST else ({"x": 1},) * r.randint(0, 2)
        if kind is Kind.CHOICES:
            value = tuple(r.sample([*TEXTS[code], "lain"], r.randint(0, 3)))
        elif kind is Kind.DECIMAL:
            assert isinstance(value, Decimal)
            value = value + Decimal(r.choice(["0", "0", "0", "1", "0.01", "-0.01", "0.0001"]))
            value = int(value) if value == int(value) and r.random() < 0.5 else value
        elif kind in (Kind.INTEGER, Kind.MONEY):
            assert isinstance(value, int)
            value = value + r.choice([0, 0, 1, -1])
        elif isinstance(value, str) and kind is not Kind.DATE and r.random() < 0.1:
            value = r.choice(["lain", value + "x", value.lower(), " " + value])
        facts[code] = value
    return facts


def hostile(r: random.Random) -> dict[str, object]:
    """Return facts with values that no form would send, and with keys that mean something to the engine."""
    facts = honest(r)
    for code in KINDS:
        if r.random() < 0.04:
            facts[code] = r.choice(HOSTILE_VALUES)
    for key in HOSTILE_KEYS:
        if r.random() < 0.15:
            facts[key] = r.choice(HOSTILE_VALUES)
    return facts


def expected(rules: Mapping[str, Condition], facts: Mapping[str, object]) -> set[str] | None:
    """Return the rules that must hold, None where the case must go to a person."""
    asked = {code for rule in rules.values() for code in codes(rule)}
    for code in asked & facts.keys():
        if not absent(facts[code]) and not fits(KINDS[code][0], facts[code]):
            return None
    return {name for name, rule in rules.items() if worth(rule, facts) == 1}


def codes(c: Condition) -> set[str]:
    if isinstance(c, Always):
        return set()
    if isinstance(c, Every | Some):
        return set().union(*(codes(part) for part in c.parts)) if c.parts else set()
    return codes(c.part) if isinstance(c, Not) else {c.field}


def absent(value: object) -> bool:
    if value is None or value == () or value == []:
        return True
    return isinstance(value, str) and value.strip() == ""


def fits(kind: Kind, value: object) -> bool:
    if kind in (Kind.INTEGER, Kind.MONEY):
        return type(value) is int
    if kind is Kind.DECIMAL:
        return type(value) is int or (type(value) is Decimal and value.as_tuple().exponent not in ("n", "N", "F"))
    if kind is Kind.YES_NO:
        return value is True or value is False
    if kind is Kind.DATE:
        if type(value) is not str or len(value) != 10 or any(c not in "0123456789-" for c in value):
            return False
        try:
            return datetime.strptime(value, "%Y-%m-%d").strftime("%Y-%m-%d") == value
        except ValueError:
            return False
    if kind is Kind.CHOICES:
        return type(value) is tuple and all(type(v) is str for v in value)
    if kind is Kind.LIST:
        return type(value) is tuple and all(type(v) is dict for v in value)
    return type(value) is str


def worth(c: Condition, facts: Mapping[str, object]) -> float:
    """Return 1 for true, 0 for false, ½ for unsettled."""
    if isinstance(c, Always):
        return 1
    if isinstance(c, Every):
        return min((worth(part, facts) for part in c.parts), default=1)
    if isinstance(c, Some):
        return max((worth(part, facts) for part in c.parts), default=0)
    if isinstance(c, Not):
        return 1 - worth(c.part, facts)
    value = facts.get(c.field)
    if isinstance(c, Answered):
        return 0 if absent(value) else 1
    if absent(value):
        return 0.5
    if isinstance(c, OneOf):
        if c.kind is Kind.CHOICES:
            assert isinstance(value, tuple)
            return 1 if set(value) & set(c.values) else 0
        return 1 if value in c.values else 0
    if c.low is not None and (value < c.low or (value == c.low and not c.low_included)):  # type: ignore[operator]
        return 0
    if c.high is not None and (value > c.high or (value == c.high and not c.high_included)):  # type: ignore[operator]
        return 0
    return 1
