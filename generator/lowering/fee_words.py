"""What a permit costs, in words: its components, the tables of their factors, its exemptions, each with its law."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from generator.lowering.said import because, entry, row_because
from rules.cited import cited
from rules.city import City, Tariff
from rules.codec import Json
from rules.field import Field
from rules.permit import Amount, Constant, Factor, Fee, FeeKind, Formula, Free, TariffValue
from rules.printed import printed_number, printed_rupiah
from rules.ruleset import item_fields
from rules.words import Words

FREE = Words("Gratis: tidak ada yang harus dibayar.", "Free: there is nothing to pay.")


def fee_entries(fee: Fee | Free, city: City, fields: dict[str, Field]) -> Iterator[Json]:
    """Yield the entries of the fourth component of a standard."""
    match fee:
        case Free(citation):
            yield entry(FREE, None if citation is None else cited(citation, city))
        case Fee():
            yield from _fee(fee, city, fields)
        case _:
            assert_never(fee)


def _fee(fee: Fee, city: City, fields: dict[str, Field]) -> Iterator[Json]:
    kind = Words("Pajak daerah", "Local tax") if fee.kind is FeeKind.TAX else Words("Retribusi", "Fee")
    law = cited(fee.citation, city)
    for component in fee.components:
        known = fields if component.for_each is None else {**fields, **item_fields(fields[component.for_each])}
        for row in component.amount.rows:
            amount = _amount(row.value, city)
            yield entry(
                Words(
                    f"{kind.id}: {component.name.id} = {amount.id}",
                    f"{kind.to('en')}: {component.name.to('en')} = {amount.to('en')}",
                ),
                law if component.citation is None else cited(component.citation, city),
                row_because(row, known),
            )
    for factor in fee.factors:
        yield from _factor(factor, city, fields)
    for exemption in fee.exemptions:
        yield entry(
            exemption.reason or Words("Dibebaskan dari pembayaran", "Exempt from payment"),
            cited(exemption.citation, city),
            because(exemption.when, fields),
        )


def _factor(factor: Factor, city: City, fields: dict[str, Field]) -> Iterator[Json]:
    known = fields if factor.for_each is None else {**fields, **item_fields(fields[factor.for_each])}
    for row in factor.value.rows:
        amount = _amount(row.value, city)
        yield entry(
            Words(f"{factor.code} = {amount.id}", f"{factor.code} = {amount.to('en')}"),
            None if factor.citation is None else cited(factor.citation, city),
            row_because(row, known),
        )


def _amount(amount: Amount, city: City) -> Words:
    match amount:
        case Constant(value):
            return Words(printed_number(value, "id"), printed_number(value, "en"))
        case Formula(text):
            readable = " ".join(text.replace("*", "×").split())
            return Words(readable, readable)
        case TariffValue(code, item):
            tariff = next(t for t in city.tariffs if t.code == code)
            return _tariff(tariff, item)
        case _:
            assert_never(amount)


def _tariff(tariff: Tariff, item: str | None) -> Words:
    """Say the latest known value: the one on the filing date is on the bill."""
    dated = next(values for code, values in tariff.series if code == item)
    latest = max(dated, key=lambda value: value.valid_from)
    unit = "" if tariff.unit is None else f" {tariff.unit}"
    named = "" if item is None else f" ({item.replace('_', ' ')})"
    return Words(
        f"{printed_rupiah(latest.value, 'id')}{unit} — {tariff.name.id}{named}, sejak {latest.valid_from}",
        f"{printed_rupiah(latest.value, 'en')}{unit} — {tariff.name.to('en')}{named}, since {latest.valid_from}",
    )
