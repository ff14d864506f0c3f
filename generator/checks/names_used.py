"""Every place of a permit where a question, a derived fact or a factor is named outside of a condition."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.checks.formulas import formulas_of
from generator.checks.versions import Seen
from generator.finding import Place
from generator.model import Path, fee_path
from rules.formula import Role
from rules.kind import NUMBERS, Kind
from rules.permit import AsLongAs, Earliest, Lasting, UntilField, Validity
from rules.ruleset import fact_fields
from rules.words import Words

LISTS, DATES = frozenset({Kind.LIST}), frozenset({Kind.DATE})
_WANTED = {Role.NUMBER: NUMBERS, Role.DATE: DATES, Role.LIST: LISTS}
SAID = {
    NUMBERS: Words("angka", "a number"),
    DATES: Words("tanggal", "a date"),
    LISTS: Words("daftar", "a list"),
}


@dataclass(frozen=True, slots=True)
class Used:
    """A name, what may be named there, and the kinds it may have. `shown` is how it was written."""

    name: str
    shown: str
    place: Place
    known: Mapping[str, Kind]
    wanted: frozenset[Kind]


def names_used(seen: Seen) -> Iterator[Used]:
    """Yield every use of a name."""
    yield from _in_formulas(seen)
    kinds = {code: field.kind for code, field in fact_fields(seen.permit).items()}
    for name, place in _lists(seen):
        yield Used(name, name, place, kinds, LISTS)
    for name, place in _announced(seen):
        yield Used(name, name, place, kinds, frozenset(Kind))
    validity = seen.permit.validity
    for index, row in enumerate(validity.rows if validity is not None else ()):
        for name, paths in _until(row.value, index):
            yield Used(name, name, seen.at(*paths), kinds, DATES)
    for number, product in enumerate(seen.permit.products):
        for index, row in enumerate(product.validity.rows if product.validity is not None else ()):
            for name, paths in _until(row.value, index, ("produk", number)):
                yield Used(name, name, seen.at(*paths), kinds, DATES)


def _in_formulas(seen: Seen) -> Iterator[Used]:
    for written in formulas_of(seen):
        for use in written.uses():
            place = written.place(seen, use)
            if use.items is None:
                yield Used(use.code, use.code, place, written.kinds, _WANTED[use.role])
                continue
            yield Used(use.items, f"{use.items}.{use.code}", place, written.kinds, LISTS)
            if use.items in written.of_items:
                shown = f"{use.items}.{use.code}"
                yield Used(use.code, shown, place, written.of_items[use.items], _WANTED[use.role])


def _lists(seen: Seen) -> Iterator[tuple[str, Place]]:
    permit = seen.permit
    for derived in permit.derived:
        if derived.count_of is not None:
            yield derived.count_of, seen.at(("turunan", derived.code, "banyak"))
    for index, requirement in enumerate(permit.requirements):
        if requirement.for_each is not None:
            yield requirement.for_each, seen.at(("syarat", index, "untuk_setiap"))
    for index, product in enumerate(permit.products):
        if product.for_each is not None:
            yield product.for_each, seen.at(("produk", index, "untuk_setiap"))
    for fee in permit.fees:
        at = fee_path(fee)
        for factor in fee.factors:
            if factor.for_each is not None:
                yield factor.for_each, seen.at((*at, "faktor", factor.code, "untuk_setiap"))
        for index, component in enumerate(fee.components):
            if component.for_each is not None:
                yield component.for_each, seen.at((*at, "komponen", index, "untuk_setiap"))


def _announced(seen: Seen) -> Iterator[tuple[str, Place]]:
    for stage in seen.permit.stages:
        for index, name in enumerate(stage.announced):
            yield name, seen.at(("alur", stage.code, "pengumuman", "umumkan", index))


def _until(validity: Validity, row: int, of: Path = ()) -> Iterator[tuple[str, tuple[Path, ...]]]:
    """Yield the dates that a validity waits for, and where each may be written."""
    heads: tuple[Path, ...] = ((*of, "masa_berlaku"), (*of, "masa_berlaku", row, "masa_berlaku"))
    match validity:
        case UntilField(name):
            yield name, tuple((*head, "sampai") for head in heads)
        case Earliest(ends):
            for index, end in enumerate(ends):
                if isinstance(end, UntilField):
                    yield end.field, tuple((*head, "terkecil", index, "sampai") for head in heads)
        case Lasting() | AsLongAs():
            return
