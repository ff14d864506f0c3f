"""Numbers as people write them: 1.500.000, 24,5, Rp 2 juta, 24.5, 1 500.

The point groups thousands and the comma begins the fraction, as in Bahasa Indonesia; what can be read in two ways is
refused rather than guessed.
"""

from __future__ import annotations

import re
from decimal import Decimal

from rules.condition.presence import MOST
from rules.printed import printed_number
from runtime.citizen.fault import Fault, mark

_SCALES = {"ribu": 10**3, "rb": 10**3, "juta": 10**6, "jt": 10**6, "miliar": 10**9, "milyar": 10**9}
_WORDED = re.compile(r"(.*[0-9]) ?(ribu|rb|juta|jt|miliar|milyar)")
_SPACED = re.compile(r"[0-9]{1,3}( [0-9]{3})+(,[0-9]+)?")
_PLAIN = re.compile(r"[0-9]+")
_GROUPED = re.compile(r"([1-9][0-9]{0,2}(?:\.[0-9]{3})+)(?:,([0-9]+))?")
_COMMA = re.compile(r"([0-9]+),([0-9]+)")
_POINT = re.compile(r"([0-9]+)\.([0-9]+)")
_ENGLISH = re.compile(r"([1-9][0-9]{0,2}(?:,[0-9]{3})+)(?:\.([0-9]+))?")
_TWO_WAYS = re.compile(r"[1-9][0-9]{0,2},[0-9]{3}")

NOT_A_NUMBER = mark("tulis dengan angka, misalnya 1.500 atau 24,5")
NOT_WHOLE = mark("tulis angka bulat, tanpa koma")
TWO_WAYS = mark("tulis {large} atau {small} supaya tidak salah baca")
TOO_FINE = mark("paling banyak {digits} angka di belakang koma")
TOO_LARGE = mark("angka ini terlalu besar")


def read_number(text: str, digits: int, unit: str | None = None) -> Decimal | Fault:
    """Read a number with at most `digits` places; a unit or a sign of money around it is left out."""
    bare = _bare(text, unit)
    sign = -1 if bare[:1] in {"-", "−"} else 1
    bare = bare.lstrip("-−").strip()
    scale = 1
    if worded := _WORDED.fullmatch(bare):
        bare, scale = worded[1], _SCALES[worded[2]]
    if _SPACED.fullmatch(bare):
        bare = bare.replace(" ", "")
    if len(bare) > 40:
        return Fault(TOO_LARGE)
    if _TWO_WAYS.fullmatch(bare) and digits < 3 and scale == 1:
        large, small = bare.replace(",", ""), printed_number(Decimal(bare.replace(",", ".")), "id")
        return Fault(TWO_WAYS, {"large": large, "small": small})
    value = _value(bare)
    if value is None:
        return Fault(NOT_A_NUMBER)
    value *= scale * sign
    if abs(value) * 10**digits > MOST:
        return Fault(TOO_LARGE)
    if value != value.quantize(Decimal(1).scaleb(-digits)):
        return Fault(NOT_WHOLE) if digits == 0 else Fault(TOO_FINE, {"digits": digits})
    return value.quantize(Decimal(1).scaleb(-digits))


def _bare(text: str, unit: str | None) -> str:
    bare = re.sub(r"[\s\u00a0\u202f]+", " ", text).strip().lower()
    bare = re.sub(r"^(rp|idr)\.? ?", "", bare)
    bare = re.sub(r",-+$", "", bare)  # Rp1.500.000,-
    for ending in ("m²", "m³", unit.lower() if unit else ""):
        if ending and bare.endswith(ending):
            bare = bare[: -len(ending)].strip()
    return bare


def _value(bare: str) -> Decimal | None:
    if _PLAIN.fullmatch(bare):
        return Decimal(bare)
    if found := _GROUPED.fullmatch(bare):
        return Decimal(f"{found[1].replace('.', '')}.{found[2] or 0}")
    if found := _COMMA.fullmatch(bare) or _POINT.fullmatch(bare):
        return Decimal(f"{found[1]}.{found[2]}")
    if found := _ENGLISH.fullmatch(bare):
        return Decimal(f"{found[1].replace(',', '')}.{found[2] or 0}")
    return None
