"""Every place of a fee where a dated value is named."""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.versions import Seen
from generator.finding import Place
from generator.model import Path, fee_path
from rules.permit import Fee, TariffValue


def tariffs_named(seen: Seen) -> Iterator[tuple[TariffValue, tuple[Path, ...]]]:
    """Yield every dated value with the places where its keys may stand."""
    for fee in seen.permit.fees:
        yield from _of_fee(fee, fee_path(fee))


def _of_fee(fee: Fee, at: Path) -> Iterator[tuple[TariffValue, tuple[Path, ...]]]:
    for factor in fee.factors:
        head: Path = (*at, "faktor", factor.code)
        for index, row in enumerate(factor.value.rows):
            if isinstance(row.value, TariffValue):
                yield row.value, (head, (*head, index))
    for number, component in enumerate(fee.components):
        head = (*at, "komponen", number)
        for index, row in enumerate(component.amount.rows):
            if isinstance(row.value, TariffValue):
                yield row.value, (head, (*head, index), (*at, "baris", index))


def place_of(seen: Seen, heads: tuple[Path, ...], key: str) -> Place:
    """Return where `key` of a dated value was written."""
    return seen.at(*((*head, key) for head in heads))
