"""The language of a `rumus`: numbers, names, `+ - * / ( )` and six functions, as a tree; and what is none of it.

    indeks_fungsi * (0.3 * kompleksitas + 0.2 * permanensi)      names are fields, derived facts or factors
    banyak(apoteker)                                             how many items a `daftar` has
    jumlah(kendaraan.kapasitas)                                  one question of a `daftar`, added over its items
    terkecil(luas, 100), terbesar(lantai.luas)                   the least and the greatest; of items too
    hari_antara(mulai, selesai), bulan_antara(tanggal_berkas, berlaku_sampai)

`rules.formula_reader` reads a text into a tree, `rules.calculation` computes it, `rules.formula_words` says it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import assert_never

from rules.memo import remembered

FILED_ON = "tanggal_berkas"  # the filing date, known to every formula


class Operator(StrEnum):
    """An arithmetic sign between two parts."""

    ADD = "+"
    SUBTRACT = "-"
    MULTIPLY = "*"
    DIVIDE = "/"


class Function(StrEnum):
    """The functions an officer may use."""

    COUNT = "banyak"
    SUM = "jumlah"
    LEAST = "terkecil"
    GREATEST = "terbesar"
    DAYS = "hari_antara"
    MONTHS = "bulan_antara"


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written."""

    value: Decimal


@dataclass(frozen=True, slots=True)
class Name:
    """A field, a derived fact, a factor, or `tanggal_berkas`; `start` and `end` are characters of the text."""

    code: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class OfItems:
    """One question of every item of a `daftar`: `kendaraan.kapasitas`."""

    items: str
    code: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Negated:
    """A sign before a part."""

    part: FormulaTree


@dataclass(frozen=True, slots=True)
class Binary:
    """Two parts with a sign between them; `start` and `end` span both."""

    operator: Operator
    left: FormulaTree
    right: FormulaTree
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Call:
    """A function of its arguments."""

    function: Function
    arguments: tuple[FormulaTree, ...]


FormulaTree = Number | Name | OfItems | Negated | Binary | Call


class FaultReason(StrEnum):
    """What keeps a text from being a formula."""

    EMPTY = "empty"
    TOO_LONG = "too_long"  # maximum
    TOO_DEEP = "too_deep"  # maximum
    CHARACTER = "character"  # text: a character with no meaning here
    COMMA_DECIMAL = "comma_decimal"  # text, instead: 1,5 for 1.5
    GROUPED_NUMBER = "grouped_number"  # text, instead: 1.000.000 for 1_000_000
    AMBIGUOUS_POINT = "ambiguous_point"  # text, instead, decimal: 25.000 is 25_000 to a reader and 25 to a machine
    NUMBER_WORD = "number_word"  # text, instead: 5 juta for 5_000_000
    NUMBER_FORM = "number_form"  # text: 0x10, 1e5, 5., .5, 010
    NUMBER_TOO_LONG = "number_too_long"  # maximum
    NAME_FORM = "name_form"  # text: a name with capitals or a leading underscore
    SYNTAX = "syntax"  # text: what stands where it can not
    UNFINISHED = "unfinished"  # it ends in the middle
    NOT_ALLOWED = "not_allowed"  # text: powers, comparisons, lists and the rest of Python
    UNKNOWN_FUNCTION = "unknown_function"  # text, known
    ARGUMENT_COUNT = "argument_count"  # function, wanted
    WANTS_LIST = "wants_list"  # function: banyak(daftar)
    WANTS_ITEM_FIELD = "wants_item_field"  # function: jumlah(daftar.isian)
    WANTS_DATE = "wants_date"  # function: hari_antara(tanggal, tanggal)
    ITEMS_ALONE = "items_alone"  # text: daftar.isian outside jumlah, terkecil, terbesar


@dataclass(frozen=True, slots=True)
class FormulaFault:
    """Why a text is not a formula, and where: characters `start` to `end` of the text, the end exclusive."""

    reason: FaultReason
    start: int
    end: int
    arguments: Mapping[str, str] = field(default_factory=dict)


class Role(StrEnum):
    """What a name is used as."""

    NUMBER = "number"
    DATE = "date"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class Use:
    """A name in a formula; `items` is its `daftar` where it is a question of the items."""

    code: str
    role: Role
    start: int
    end: int
    items: str | None = None


def uses(tree: FormulaTree, role: Role = Role.NUMBER) -> Iterator[Use]:
    """Yield every use of a name, in the order written, repeats included."""
    match tree:
        case Number():
            return
        case Name(code, start, end):
            yield Use(code, role, start, end)
        case OfItems(items, code, start, end):
            yield Use(code, Role.NUMBER, start, end, items)
        case Negated(part):
            yield from uses(part)
        case Binary(_, left, right):
            yield from uses(left)
            yield from uses(right)
        case Call(function, arguments):
            for argument in arguments:
                yield from uses(argument, _ROLES.get(function, Role.NUMBER))
        case _:
            assert_never(tree)


@remembered
def uses_of(tree: FormulaTree) -> tuple[Use, ...]:
    """Return every use of a name in a formula, in the order written, repeats included."""
    return tuple(uses(tree))


def names(tree: FormulaTree) -> tuple[str, ...]:
    """Return the names a formula needs, each once, in the order written; a question of items counts as its `daftar`."""
    return tuple(dict.fromkeys(use.items or use.code for use in uses(tree)))


_ROLES = {Function.COUNT: Role.LIST, Function.DAYS: Role.DATE, Function.MONTHS: Role.DATE}
