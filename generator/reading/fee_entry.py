"""A fee as YAML: `retribusi`, its factors, its components and its exemptions; or a list of several."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from generator.model import Path
from generator.reading.amount import factor_value, rupiah
from generator.reading.condition_entry import condition
from generator.reading.expect import citation, field_code, name_code, one_of, words, yes
from generator.reading.formula_entry import formula
from generator.reading.opened import entries, exactly_one, exclude, items, require
from generator.reading.sheet import Sheet
from generator.reading.table_entry import Values, policy_of, rows
from generator.reading.unique import once
from generator.reading.yaml_tree import ListNode, MapNode, Node, ScalarNode
from rules.citation import Citation
from rules.condition.tree import ALWAYS
from rules.field import Field
from rules.permit import (
    Amount,
    Component,
    Constant,
    Exemption,
    Factor,
    Fee,
    FeeKind,
    Fees,
    Formula,
    Free,
    PayWhen,
    TariffValue,
)  # fmt: skip
from rules.ruleset import item_fields
from rules.table import Row, Table
from rules.words import Words

KEYS = (
    "gratis", "dasar", "faktor", "komponen", "baris", "bebas", "pembulatan", "jenis", "bayar", "penagih", "pertama",
    "jumlahkan",
)  # fmt: skip
OF_SEVERAL = ("kode", "nama")
AMOUNT_KEYS = ("nilai", "rumus", "tarif", "butir")
WAYS = ("nilai", "rumus", "tarif", "baris")
FACTOR_KEYS = (*AMOUNT_KEYS, "dasar", "untuk_setiap", "baris", "pertama", "jumlahkan")
ROUNDING = {"rupiah": 1, "ratus": 100, "ribu": 1000}
_ROUND, _FEE = Words("pembulatan", "rounding"), Words("jenis pungutan", "kind of fee")
_PAY, _FREE = Words("waktu bayar", "time of payment"), Words("retribusi", "fee")


@dataclass(frozen=True, slots=True)
class Names:
    """What a fee may speak of: the permit's fields, and the name of what a fee of one line is for."""

    fields: Mapping[str, Field]
    permit: Words

    def each(self, listed: str | None) -> Mapping[str, Field]:
        """Return the names inside one item of `listed`: its own, before those around it."""
        around = self.fields.get(listed) if listed is not None else None
        return self.fields if around is None else {**self.fields, **item_fields(around)}


def fee(sheet: Sheet, node: Node, path: Path, names: Names) -> Fee | Fees | Free:
    """Read `gratis`, how the bill is made, or how each of several is."""
    if isinstance(node, ListNode):
        return _fees(sheet, node, path, names)
    if isinstance(node, ScalarNode):
        one_of(sheet, node, ("gratis",), _FREE)
        return Free()
    opened = entries(sheet, node, path, KEYS)
    law = citation(sheet, opened["dasar"], (*path, "dasar")) if "dasar" in opened else None
    if "gratis" in opened and yes(sheet, opened["gratis"]):
        exclude(sheet, opened, path, "gratis", tuple(key for key in opened if key not in ("gratis", "dasar")))
        return Free(law)
    return _charged(sheet, node, opened, path, names, law)


def _fees(sheet: Sheet, node: ListNode, path: Path, names: Names) -> Fees:
    """Read several fees; the place of each is that of its code."""
    found: dict[str, Fee] = {}
    for index, each in enumerate(items(sheet, node, path, 1)):
        written = next((v for k, v in each.entries if k.text == "kode"), None) if isinstance(each, MapNode) else None
        code = "" if written is None else once(sheet, written, name_code(sheet, written), found)
        at = (*path, code or index)
        sheet.mark(at, each)
        opened = entries(sheet, each, at, (*OF_SEVERAL, *KEYS[1:]), OF_SEVERAL)
        name = words(sheet, opened["nama"], (*at, "nama")) if "nama" in opened else None
        line = names.permit if name is None else name
        law = citation(sheet, opened["dasar"], (*at, "dasar")) if "dasar" in opened else None
        one = _charged(sheet, each, opened, at, replace(names, permit=line), law)
        found[code or str(index)] = replace(one, code=code, name=name)
    return Fees(tuple(found.values()))


def _charged(sheet: Sheet, node: Node, opened: Values, path: Path, names: Names, law: Citation | None) -> Fee:
    """Read how a bill is made."""
    require(sheet, node, opened, ("dasar",) if opened else ())
    way = exactly_one(sheet, opened, ("komponen", "baris"), sheet.at[path]) if opened else None
    kind = one_of(sheet, opened["jenis"], tuple(FeeKind), _FEE) if "jenis" in opened else None
    pay = one_of(sheet, opened["bayar"], tuple(PayWhen), _PAY) if "bayar" in opened else None
    rounding = one_of(sheet, opened["pembulatan"], tuple(ROUNDING), _ROUND) if "pembulatan" in opened else None
    fee_kind = FeeKind(kind) if kind else FeeKind.RETRIBUTION
    components: tuple[Component, ...] = ()
    if way == "komponen":
        at = (*path, "komponen")
        found = [
            _component(sheet, each, (*at, i), names) for i, each in enumerate(items(sheet, opened["komponen"], at, 1))
        ]
        components = tuple(each for each in found if each is not None)
    elif way == "baris":
        amount = _amount_rows(sheet, opened, (*path, "baris"), names.fields)
        name = names.permit if len(path) > 1 else _named(fee_kind, names.permit)
        components = (Component(name, amount),)
    return Fee(
        law or Citation(""),
        _factors(sheet, opened["faktor"], (*path, "faktor"), names) if "faktor" in opened else (),
        components,
        _exemptions(sheet, opened["bebas"], (*path, "bebas"), names) if "bebas" in opened else (),
        ROUNDING[rounding] if rounding else 1,
        fee_kind,
        PayWhen(pay) if pay else PayWhen.BEFORE,
        name_code(sheet, opened["penagih"]) if "penagih" in opened else None,
    )


def _named(kind: FeeKind, permit: Words) -> Words:
    if kind is FeeKind.TAX:
        return Words(f"Pajak {permit.id}", f"Tax: {permit.to('en')}")
    return Words(f"Retribusi {permit.id}", f"Fee: {permit.to('en')}")


def _factors(sheet: Sheet, node: Node, path: Path, names: Names) -> tuple[Factor, ...]:
    opened = entries(sheet, node, path, None)
    if isinstance(node, MapNode):
        for key, _ in node.entries:
            once(sheet, key, field_code(sheet, key), names.fields)
    return tuple(_factor(sheet, code, value, (*path, code), names) for code, value in opened.items())


def _factor(sheet: Sheet, code: str, node: Node, path: Path, names: Names) -> Factor:
    if isinstance(node, ListNode):
        return Factor(code, Table(_amounts(sheet, node, path, names.fields)))
    opened = entries(sheet, node, path, ("nama", *FACTOR_KEYS))
    listed = field_code(sheet, opened["untuk_setiap"]) if "untuk_setiap" in opened else None
    law = citation(sheet, opened["dasar"], (*path, "dasar")) if "dasar" in opened else None
    label = words(sheet, opened["nama"], (*path, "nama")) if "nama" in opened else None
    return Factor(code, _table(sheet, opened, path, names.each(listed)), listed, law, label)


def _component(sheet: Sheet, node: Node, path: Path, names: Names) -> Component | None:
    opened = entries(sheet, node, path, ("nama", *FACTOR_KEYS), ("nama",))
    if not opened:
        return None
    listed = field_code(sheet, opened["untuk_setiap"]) if "untuk_setiap" in opened else None
    return Component(
        words(sheet, opened["nama"], (*path, "nama")) if "nama" in opened else Words(""),
        _table(sheet, opened, path, names.each(listed)),
        listed,
        citation(sheet, opened["dasar"], (*path, "dasar")) if "dasar" in opened else None,
    )


def _table(sheet: Sheet, opened: Values, path: Path, scope: Mapping[str, Field]) -> Table[Amount]:
    """Read one amount, or rows of them."""
    way = exactly_one(sheet, opened, WAYS, sheet.at[path]) if opened else None
    for other in ("nilai", "rumus", "baris"):
        exclude(sheet, opened, path, other, ("butir", "pertama", "jumlahkan") if other != "baris" else ("butir",))
    if way == "baris":
        return _amount_rows(sheet, opened, path, scope)
    amount = _amount(sheet, opened, path) if way is not None else None
    return Table(()) if amount is None else Table((Row(amount),))


def _amount_rows(sheet: Sheet, opened: Values, path: Path, scope: Mapping[str, Field]) -> Table[Amount]:
    return Table(_amounts(sheet, opened["baris"], path, scope), policy_of(sheet, opened))


def _amounts(sheet: Sheet, node: Node, path: Path, scope: Mapping[str, Field]) -> tuple[Row[Amount], ...]:
    def value(opened: Values, at: Path) -> Amount | None:
        way = exactly_one(sheet, opened, ("nilai", "rumus", "tarif"), sheet.at[at])
        for other in ("nilai", "rumus"):
            exclude(sheet, opened, at, other, ("butir",))
        return None if way is None else _amount(sheet, opened, at)

    return rows(sheet, node, path, scope, AMOUNT_KEYS, value)


def _amount(sheet: Sheet, opened: Values, path: Path) -> Amount | None:
    if "nilai" in opened:
        return Constant(factor_value(sheet, opened["nilai"]))
    if "rumus" in opened:
        written = formula(sheet, opened["rumus"], (*path, "rumus"))
        return None if written is None else Formula(written)
    if isinstance(opened["tarif"], MapNode):
        return _simple(sheet, opened["tarif"], (*path, "tarif"))
    item = name_code(sheet, opened["butir"]) if "butir" in opened else None
    return TariffValue(name_code(sheet, opened["tarif"]), item)


def _simple(sheet: Sheet, node: Node, path: Path) -> Amount:
    """Read `{tetap: …}`, `{per: …, rupiah: …}` or both: what an officer writes instead of a formula."""
    opened = entries(sheet, node, path, ("tetap", "per", "rupiah"))
    if "per" in opened or "rupiah" in opened:
        require(sheet, node, opened, ("per", "rupiah"))
    elif opened:
        require(sheet, node, opened, ("tetap",))
    fixed = rupiah(sheet, opened["tetap"]) if "tetap" in opened else 0
    if "per" not in opened or "rupiah" not in opened:
        return Constant(Decimal(fixed))
    each = f"{field_code(sheet, opened['per'])} * {rupiah(sheet, opened['rupiah'])}"
    return Formula(f"{fixed} + {each}" if fixed else each)


def _exemptions(sheet: Sheet, node: Node, path: Path, names: Names) -> tuple[Exemption, ...]:
    found = []
    for index, each in enumerate(items(sheet, node, path)):
        at = (*path, index)
        opened = entries(sheet, each, at, ("bila", "dasar", "alasan"), ("bila", "dasar"))
        when = condition(sheet, opened["bila"], (*at, "bila"), names.fields) if "bila" in opened else ALWAYS
        law = citation(sheet, opened["dasar"], (*at, "dasar")) if "dasar" in opened else Citation("")
        reason = words(sheet, opened["alasan"], (*at, "alasan")) if "alasan" in opened else None
        found.append(Exemption(when, law, reason))
    return tuple(found)
