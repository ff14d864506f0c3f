"""What a permit costs, in words: its components and exemptions, and the tables that their factors are read from.

Gains what a citizen can follow without the catalog; loses the exact texts of the formulas, which are in `rules.json`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never

from generator.lowering.said import entry, row_entry, said
from rules.cited import cited
from rules.city import City, Tariff
from rules.codec import Json
from rules.field import Field
from rules.formula import FormulaFault
from rules.formula_reader import parse
from rules.formula_words import readable
from rules.permit import Amount, Constant, Factor, Fee, FeeKind, Fees, Formula, Free, PayWhen, TariffValue
from rules.printed import printed_date, printed_number, printed_rupiah
from rules.ruleset import item_fields
from rules.words import Lang, Words

FREE = Words("Gratis: tidak ada yang harus dibayar.", "Free: there is nothing to pay.")
KINDS = {FeeKind.TAX: Words("Pajak daerah", "Local tax"), FeeKind.RETRIBUTION: Words("Retribusi", "Fee")}
PAID = {
    PayWhen.BEFORE: Words("dibayar sebelum izin terbit", "paid before the permit is issued"),
    PayWhen.AFTER: Words("dibayar sesudah izin terbit", "paid after the permit is issued"),
}


def fee_component(fee: Fee | Fees | Free, city: City, fields: dict[str, Field]) -> dict[str, list[Json]]:
    """Return the `entries` of the fourth component of a standard, and the `tables` its figures are read from: of each
    fee in turn."""
    match fee:
        case Fees(each):
            told = [_Told(one, city, fields).component() for one in each]
            return {key: [part for one in told for part in one[key]] for key in ("entries", "tables")}
        case Free(citation):
            return {"entries": [entry(FREE, None if citation is None else cited(citation, city))]}
        case Fee():
            return _Told(fee, city, fields).component()
        case _:
            assert_never(fee)


class _Told:
    """A fee being put into words."""

    def __init__(self, fee: Fee, city: City, fields: dict[str, Field]) -> None:
        self.fee, self.city, self.fields = fee, city, fields
        self.law = cited(fee.citation, city)
        self.factors = {factor.code: _factor_name(factor, city) for factor in fee.factors}

    def component(self) -> dict[str, list[Json]]:
        """Return entries and tables."""
        entries: list[Json] = [entry(self.headline(), self.law)]
        for component in self.fee.components:
            known = self.known(component.for_each)
            law = self.law if component.citation is None else cited(component.citation, self.city)
            for row in component.amount.rows:
                amount = self.amount(row.value, known)
                words = Words(f"{component.name.id} = {amount.id}", f"{component.name.to('en')} = {amount.to('en')}")
                entries.append(row_entry(words, row, known, None if law == self.law else law))
        for exemption in self.fee.exemptions:
            words = exemption.reason or Words("Dibebaskan dari pembayaran.", "Exempt from payment.")
            free = Words(f"Rp0. {words.id}", f"Rp0. {words.to('en')}")
            entries.append(entry(free, cited(exemption.citation, self.city), exemption.when, self.fields))
        return {"entries": entries, "tables": [self.table(factor) for factor in self.fee.factors]}

    def headline(self) -> Words:
        kind, paid = KINDS[self.fee.kind], PAID[self.fee.pay]
        names = {agency.code: agency.name for agency in self.city.agencies}
        collector = names.get(self.fee.collector or "")
        to = (
            Words("", "")
            if collector is None
            else Words(f", ditagih oleh {collector.id}", f", billed by {collector.to('en')}")
        )
        said = Words(f"{kind.id}, {paid.id}{to.id}.", f"{kind.to('en')}, {paid.to('en')}{to.to('en')}.")
        name = self.fee.name
        return said if name is None else Words(f"{name.id}. {said.id}", f"{name.to('en')}. {said.to('en')}")

    def table(self, factor: Factor) -> Json:
        known = self.known(factor.for_each)
        return {
            "title": said(self.factors[factor.code]),
            "citation": self.law if factor.citation is None else cited(factor.citation, self.city),
            "entries": [row_entry(self.amount(row.value, known), row, known) for row in factor.value.rows],
        }

    def known(self, items: str | None) -> dict[str, Field]:
        return self.fields if items is None else {**self.fields, **item_fields(self.fields[items])}

    def amount(self, amount: Amount, known: Mapping[str, Field]) -> Words:
        match amount:
            case Constant(value):
                return Words(printed_number(value, "id"), printed_number(value, "en"))
            case Formula(text):
                return Words(self.formula(text, known, "id"), self.formula(text, known, "en"))
            case TariffValue(code, item):
                return _tariff(next(tariff for tariff in self.city.tariffs if tariff.code == code), item)
            case _:
                assert_never(amount)

    def formula(self, text: str, known: Mapping[str, Field], lang: Lang) -> str:
        def label(code: str, items: str | None) -> Words:
            fields = known if items is None else item_fields(known[items])
            if code in self.factors:
                return self.factors[code]
            return fields[code].label if code in fields else Words("tanggal berkas", "filing date")

        tree = parse(text)
        assert not isinstance(tree, FormulaFault), "the reader refuses a faulty formula"
        return readable(tree, label, lang)


def _factor_name(factor: Factor, city: City) -> Words:
    """Name a factor by its label, by its tariff where it is nothing else, else by its code."""
    if factor.label is not None:
        return factor.label
    (first, *more) = factor.value.rows
    if not more and isinstance(first.value, TariffValue):
        tariff = first.value
        return next(t.name for t in city.tariffs if t.code == tariff.code)
    return Words(factor.code.replace("_", " "))


def _tariff(tariff: Tariff, item: str | None) -> Words:
    """Say the latest known value; the one in force on the filing date is on the bill."""
    dated = next(values for code, values in tariff.series if code == item)
    latest = max(dated, key=lambda value: value.valid_from)
    unit = tariff.unit or ""
    per = unit.removeprefix("rupiah ").replace("m2", "m²").replace("m3", "m³")
    since = latest.valid_from
    return Words(
        f"{printed_rupiah(latest.value, 'id')} {per}".rstrip() + f", sejak {printed_date(since, 'id')}",
        f"{printed_rupiah(latest.value, 'en')} {per}".rstrip() + f", since {printed_date(since, 'en')}",
    )
