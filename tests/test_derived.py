"""Derived facts: in order, typed to their kind, of items too, and never from what a browser sent."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from rules.condition.tree import ALWAYS, Between, Condition, Every, OneOf
from rules.derived import with_derived
from rules.field import Derived, Field
from rules.kind import Facts, Kind, Value
from rules.permit import Free
from rules.words import Words
from tests.cases.izin_uji import permit

FILED_ON = date(2026, 3, 2)


def ask(code: str, kind: Kind = Kind.INTEGER, shown_when: Condition = ALWAYS, optional: bool = False) -> Field:
    return Field(code, kind, Words(code), shown_when=shown_when, optional=optional)


def compute(code: str, formula: str, kind: Kind = Kind.INTEGER, digits: int = 0) -> Derived:
    return Derived(code, kind, formula, digits=digits)


def facts_of(derived: tuple[Derived, ...], answers: Facts, *fields: Field) -> dict[str, Value]:
    return with_derived(permit(Free(), fields, derived), answers, FILED_ON)


@pytest.mark.parametrize(
    ("kind", "digits", "formula", "value"),
    [
        (Kind.INTEGER, 0, "5 / 2", 3),
        (Kind.INTEGER, 0, "-5 / 2", -3),
        (Kind.MONEY, 0, "984_937.5", 984_938),
        (Kind.DECIMAL, 2, "1 / 3", Decimal("0.33")),
        (Kind.DECIMAL, 2, "0.125", Decimal("0.13")),
        (Kind.DECIMAL, 2, "36", Decimal("36.00")),
        (Kind.DECIMAL, 0, "1.5", Decimal(2)),
    ],
)
def test_a_derived_fact_has_the_type_and_the_places_of_its_kind(
    kind: Kind, digits: int, formula: str, value: Value
) -> None:
    found = facts_of((compute("x", formula, kind, digits),), {})["x"]
    assert (found, type(found), str(found)) == (value, type(value), str(value))


@pytest.mark.parametrize(
    ("kind", "formula"),
    [
        (Kind.INTEGER, "1 / (n - 1)"),
        (Kind.INTEGER, "n + lain"),
        (Kind.INTEGER, "100_000_000 * 100_000_000"),
        (Kind.TEXT, "n"),
        (Kind.INTEGER, "n +"),
    ],
)
def test_what_can_not_be_computed_is_not_known(kind: Kind, formula: str) -> None:
    assert facts_of((compute("x", formula, kind),), {"n": 1}, ask("n")) == {"n": 1}


def test_a_decimal_beyond_what_conditions_can_compare_is_not_known() -> None:
    assert facts_of((compute("x", "1_000_000_000_000 * 10", Kind.DECIMAL, 3),), {}) == {}
    assert facts_of((compute("x", "99_999_999_999 * 10", Kind.DECIMAL, 3),), {}) == {"x": Decimal("999999999990.000")}


def test_derived_facts_are_computed_in_the_order_in_which_they_rest_on_each_other() -> None:
    derived = (compute("c", "b * 2"), compute("b", "a + n"), compute("a", "n"))
    assert facts_of(derived, {"n": 3}, ask("n")) == {"n": 3, "a": 3, "b": 6, "c": 12}


def test_a_circle_ends_and_what_is_outside_it_is_computed() -> None:
    derived = (compute("a", "b + 1"), compute("b", "a + 1"), compute("c", "a"), compute("d", "n"), compute("e", "e"))
    assert facts_of(derived, {"n": 3}, ask("n")) == {"n": 3, "d": 3}


def test_a_long_chain_is_no_trouble() -> None:
    derived = tuple(compute(f"x{n}", f"x{n + 1} + 1") for n in range(600))
    assert facts_of((*derived, compute("x600", "0")), {})["x0"] == 600


def test_what_the_answers_said_of_a_derived_fact_is_dropped() -> None:
    items = Field("k", Kind.LIST, Words("k"), items=(ask("n"),), derived=(compute("sisa", "n + lain"),))
    sent: dict[str, Value] = {"x": 99, "k": ({"n": 1, "sisa": 99},)}
    assert facts_of((compute("x", "lain"),), sent, items) == {"k": ({"n": 1},)}


VEHICLES = Field(
    "kendaraan",
    Kind.LIST,
    Words("Kendaraan"),
    items=(ask("stnk", Kind.DATE), ask("kapasitas"), ask("milik", Kind.CHOICE)),
    derived=(compute("sisa_stnk", "hari_antara(tanggal_berkas, stnk)"), compute("bulan", "sisa_stnk / 30")),
)
LAPSED = Between("sisa_stnk", Kind.INTEGER, high=0, high_included=False)
VEHICLE_1: Facts = {"stnk": "2026-03-01", "kapasitas": 8, "milik": "sendiri"}
VEHICLE_2: Facts = {"stnk": "2026-04-01", "kapasitas": 12, "milik": "sendiri"}
VEHICLE_3: Facts = {"kapasitas": 9, "milik": "sewa"}
FLEET: Facts = {"kendaraan": (VEHICLE_1, VEHICLE_2, VEHICLE_3)}


def test_items_have_derived_facts_of_their_own_and_the_filing_date() -> None:
    found = facts_of((), FLEET, VEHICLES)["kendaraan"]
    assert isinstance(found, tuple)
    assert [dict(one).get("sisa_stnk") for one in found if not isinstance(one, str)] == [-1, 30, None]
    assert [dict(one).get("bulan") for one in found if not isinstance(one, str)] == [0, 1, None]


def test_items_are_counted_by_a_condition_on_their_own_facts() -> None:
    derived = (
        Derived("mati", Kind.INTEGER, count_of="kendaraan", count_when=LAPSED),
        Derived(
            "mati_sendiri",
            Kind.INTEGER,
            count_of="kendaraan",
            count_when=Every((LAPSED, OneOf("milik", Kind.CHOICE, ("sendiri",)))),
        ),
        Derived("semua", Kind.INTEGER, count_of="kendaraan"),
        compute("hidup", "semua - mati"),
        compute("muatan", "jumlah(kendaraan.kapasitas)"),
    )
    found = facts_of(derived, FLEET, VEHICLES)
    assert {code: found[code] for code in ("mati", "mati_sendiri", "semua", "hidup", "muatan")} == {
        "mati": 1,
        "mati_sendiri": 1,
        "semua": 3,
        "hidup": 2,
        "muatan": 29,
    }


def test_an_item_may_use_facts_of_the_application_but_its_own_names_come_first() -> None:
    items = Field(
        "lantai",
        Kind.LIST,
        Words("Lantai"),
        items=(ask("luas"),),
        derived=(compute("bagian", "100 * luas / total"), compute("dua", "2 * luas")),
    )
    answers: Facts = {"luas": 7, "lantai": ({"luas": 10}, {})}
    found = facts_of((compute("total", "4 * luas"),), answers, items, ask("luas"))
    assert found["lantai"] == ({"luas": 10, "bagian": 36, "dua": 20}, {})


# --- Lists that are not there ----------------------------------------------------------------------------------------

HAS = OneOf("punya", Kind.YES_NO, (True,))
TOTALS = (
    compute("banyak_nya", "banyak(rumah)"),
    compute("jumlah_nya", "jumlah(rumah.luas)"),
    Derived("hitung", Kind.INTEGER, count_of="rumah"),
)


def houses(shown_when: Condition = ALWAYS, optional: bool = False) -> Field:
    return Field("rumah", Kind.LIST, Words("Rumah"), items=(ask("luas"),), shown_when=shown_when, optional=optional)


NOTHING = {"banyak_nya": 0, "jumlah_nya": 0, "hitung": 0}


@pytest.mark.parametrize(
    ("fields", "answers", "totals"),
    [
        pytest.param((houses(),), {}, {}, id="not answered yet"),
        pytest.param((houses(optional=True),), {}, NOTHING, id="optional"),
        pytest.param((ask("punya", Kind.YES_NO), houses(HAS)), {"punya": False}, NOTHING, id="hidden"),
        pytest.param((ask("punya", Kind.YES_NO), houses(HAS)), {"punya": True}, {}, id="shown and not answered yet"),
        pytest.param((ask("punya", Kind.YES_NO), houses(HAS)), {}, {}, id="nobody knows yet whether it is shown"),
        pytest.param((ask("punya", Kind.YES_NO), houses(HAS, True)), {}, {}, id="optional, and nobody knows yet"),
        pytest.param(
            (ask("punya", Kind.YES_NO, OneOf("baru", Kind.YES_NO, (True,))), houses(HAS), ask("baru", Kind.YES_NO)),
            {"baru": False},
            NOTHING,
            id="hidden with the question that would show it",
        ),
        pytest.param((ask("punya", Kind.YES_NO, HAS), houses(HAS)), {}, {}, id="a question that waits for itself"),
    ],
)
def test_a_list_counts_as_empty_only_when_it_stays_so(
    fields: tuple[Field, ...], answers: Facts, totals: dict[str, int]
) -> None:
    found = facts_of(TOTALS, answers, *fields)
    assert {code: found[code] for code in NOTHING if code in found} == totals


def test_a_hidden_question_of_an_item_adds_nothing_to_a_sum() -> None:
    paid = OneOf("jenis", Kind.CHOICE, ("bayar",))
    items = Field(
        "k",
        Kind.LIST,
        Words("k"),
        items=(ask("jenis", Kind.CHOICE), ask("n", shown_when=paid)),
        derived=(compute("dua", "2 * n"), compute("empat", "2 * dua")),
    )
    totals = (compute("x", "jumlah(k.n)"), compute("y", "jumlah(k.empat)"))
    free: dict[str, Value] = {"jenis": "gratis"}
    charged: dict[str, Value] = {"jenis": "bayar", "n": 3}
    unanswered: dict[str, Value] = {"jenis": "bayar"}
    found = facts_of(totals, {"k": (free, charged)}, items)
    assert (found["x"], found["y"]) == (3, 12)
    assert facts_of(totals, {"k": (free, unanswered)}, items).keys() == {"k"}
