"""Every worked figure of the facts, to the rupiah; and what a bill says when it can not be made yet."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from rules.bill import Bill, Origin, SetByOfficer, Undetermined
from rules.bill_words import pending_words
from rules.citation import Citation
from rules.city import Agency, City, Tariff
from rules.condition.decide import holds
from rules.condition.tree import ALWAYS, Condition, Not
from rules.fee import bills
from rules.field import Derived, Field
from rules.kind import Kind, Value
from rules.permit import (
    Amount,
    Component,
    Exemption,
    Factor,
    Fee,
    FeeKind,
    Formula,
    Free,
    PayWhen,
    Permit,
    Reviewer,
    Stage,
    TariffValue,
)
from rules.ruleset import conditions_of
from rules.table import Policy, Row, Table
from rules.words import Words
from tests.cases.izin_uji import PERDA, permit
from tests.cases.kalender_uji import city
from tests.cases.tagihan_uji import (
    always,
    between,
    both,
    charge,
    choice,
    constant,
    decimal,
    formula,
    integer,
    is_,
    line,
    table,
    tariff,
    yes,
)

# --- Persetujuan Bangunan Gedung -------------------------------------------------------------------------------------

PERWALI_MBR = Citation("perwali-kupang-7-2025")
SHST = tariff("shst", "SHST", {"2025-01-01": "4500000", "2026-01-01": "5000000"})
FLOORS = ("1", "1.09", "1.12", "1.135", "1.162", "1.197", "1.236", "1.265", "1.299", "1.333", "1.364", "1.393")


SMALL_HOME = both(between("luas", Kind.DECIMAL, None, 100), between("lantai", Kind.INTEGER, None, 2))

PBG_FEE = Fee(
    citation=PERDA,
    factors=(
        Factor("ilo", always(constant("0.005"))),
        Factor("shst", always(TariffValue("shst"))),
        Factor(
            "indeks_fungsi",
            table(
                (is_("fungsi", "usaha"), "0.7"),
                (is_("fungsi", "usaha_umkm"), "0.5"),
                (is_("fungsi", "keagamaan"), "0"),
                (is_("fungsi", "khusus"), "1"),
                (is_("fungsi", "sosial_budaya"), "0.3"),
                (both(is_("fungsi", "hunian"), SMALL_HOME), "0.15"),
                (both(is_("fungsi", "hunian"), Not(SMALL_HOME)), "0.17"),
            ),
        ),
        Factor("kompleksitas", table((is_("rumit", "sederhana"), "1"), (is_("rumit", "tidak_sederhana"), "2"))),
        Factor("permanensi", table((is_("sifat", "non_permanen"), "1"), (is_("sifat", "permanen"), "2"))),
        Factor(
            "koefisien_lantai",
            table(
                *((between("lantai", Kind.INTEGER, n, n + 1), value) for n, value in enumerate(FLOORS, 1)),
            ),
        ),
        Factor("kepemilikan", table((is_("pemilik", "negara"), "0"), (is_("pemilik", "perorangan", "badan"), "1"))),
        Factor(
            "ibg",
            table((is_("kegiatan", "baru"), "1"), (is_("kegiatan", "renovasi_berat"), "0.325")),
            label=Words("Indeks kegiatan", "Kind of work index"),
        ),
        formula(
            "indeks_terintegrasi",
            "indeks_fungsi * (0.3 * kompleksitas + 0.2 * permanensi + 0.5 * koefisien_lantai) * kepemilikan",
        ),
    ),
    components=(
        line("Bangunan gedung", "luas * (ilo * shst) * indeks_terintegrasi * ibg"),
        line("Prasarana", "volume * harga_satuan * ibg", for_each="prasarana"),
    ),
    exemptions=(
        Exemption(
            both(yes("mbr"), between("luas", Kind.DECIMAL, None, 49)),
            PERWALI_MBR,
            Words("Rumah pertama masyarakat berpenghasilan rendah", "First house of a low-income household"),
        ),
    ),
)
HARGA = Factor(
    "harga_satuan",
    table(
        (is_("jenis", "pagar"), TariffValue("hspbg", "pagar")), (is_("jenis", "tangki"), TariffValue("hspbg", "tangki"))
    ),
    for_each="prasarana",
)
PBG_FEE = replace(PBG_FEE, factors=(*PBG_FEE.factors, HARGA))
HSPBG = Tariff(
    "hspbg",
    Words("Harga satuan prasarana", "unit price of structures"),
    None,
    (
        *tariff("hspbg", "", {"2026-01-01": "1250.5"}, "pagar").series,
        *tariff("hspbg", "", {"2026-07-01": "40000"}, "tangki").series,
    ),
)
PBG = permit(
    PBG_FEE,
    fields=(
        choice("fungsi", "Fungsi", "hunian", "usaha", "usaha_umkm", "keagamaan", "khusus", "sosial_budaya"),
        choice("rumit", "Kompleksitas", "sederhana", "tidak_sederhana"),
        choice("sifat", "Permanensi", "non_permanen", "permanen"),
        choice("pemilik", "Pemilik", "perorangan", "badan", "negara"),
        choice("kegiatan", "Kegiatan", "baru", "renovasi_berat"),
        decimal("luas", "Luas bangunan", unit="m2"),
        integer("lantai", "Jumlah lantai"),
        Field("mbr", Kind.YES_NO, Words("MBR")),
        Field(
            "prasarana",
            Kind.LIST,
            Words("Prasarana"),
            optional=True,
            items=(choice("jenis", "Jenis", "pagar", "tangki"), decimal("volume", "Volume")),
        ),
    ),
)
KUPANG = city(tariffs=(SHST, HSPBG))
HOUSE: dict[str, Value] = {
    "fungsi": "hunian",
    "rumit": "sederhana",
    "sifat": "permanen",
    "pemilik": "perorangan",
    "kegiatan": "baru",
    "luas": Decimal("36.00"),
    "lantai": 1,
    "mbr": False,
}
BIG_HOUSE: dict[str, Value] = {**HOUSE, "luas": Decimal("150.00"), "lantai": 2, "rumit": "tidak_sederhana"}
SHOP: dict[str, Value] = {**BIG_HOUSE, "fungsi": "usaha", "luas": Decimal("120.00")}


def pbg(answers: dict[str, Value], filed_on: date = date(2026, 3, 2), town: City = KUPANG) -> Bill:
    return charge(PBG, town, answers, filed_on)


def with_structure(kind: str, volume: str) -> dict[str, Value]:
    structure: dict[str, Value] = {"jenis": kind, "volume": Decimal(volume)}
    return {**HOUSE, "prasarana": (structure,)}


def reasons(amount: object, lang: str = "id") -> list[str]:
    assert isinstance(amount, Undetermined)
    return [pending_words(p).to("en" if lang == "en" else "id") for p in amount.pending]


@pytest.mark.parametrize(
    ("answers", "due"),
    [
        pytest.param(HOUSE, 162_000, id="a house of 36 m2"),
        pytest.param(BIG_HOUSE, 984_938, id="a house of 150 m2, in the gap of the table"),
        pytest.param(SHOP, 3_244_500, id="a shop of 120 m2"),
        pytest.param({**SHOP, "kegiatan": "renovasi_berat"}, 1_054_463, id="heavy renovation of that shop"),
        pytest.param({**SHOP, "fungsi": "keagamaan", "luas": Decimal("400.00")}, 0, id="a church"),
        pytest.param({**SHOP, "pemilik": "negara"}, 0, id="an office of the state"),
        pytest.param({**HOUSE, "mbr": True}, 0, id="a house of a low-income household"),
    ],
)
def test_a_building_costs_what_the_facts_say(answers: dict[str, Value], due: int) -> None:
    assert pbg(answers).due == due


@pytest.mark.parametrize(
    ("answers", "exact"),
    [
        (BIG_HOUSE, Fraction("984937.5")),
        ({**SHOP, "kegiatan": "renovasi_berat"}, Fraction("1054462.5")),
    ],
)
def test_the_sum_stays_exact_until_it_is_rounded_once(answers: dict[str, Value], exact: Fraction) -> None:
    assert pbg(answers).exact == exact


def test_random_buildings_agree_with_a_computation_written_apart() -> None:
    random_ = random.Random(7)
    by_use = {"usaha": 700, "usaha_umkm": 500, "keagamaan": 0, "khusus": 1000, "sosial_budaya": 300}
    for _ in range(400):
        use, floors, area = (
            random_.choice([*by_use, "hunian"]),
            random_.randint(1, 12),
            random_.randint(100, 30_000_000),
        )
        simple_, solid, state, heavy = (random_.random() < 0.5 for _ in range(4))
        answers: dict[str, Value] = {
            "fungsi": use,
            "rumit": "sederhana" if simple_ else "tidak_sederhana",
            "sifat": "permanen" if solid else "non_permanen",
            "pemilik": "negara" if state else "badan",
            "kegiatan": "renovasi_berat" if heavy else "baru",
            "luas": Decimal(area).scaleb(-2),
            "lantai": floors,
            "mbr": False,
        }
        of_use = by_use.get(use, 150 if area < 10_000 and floors < 2 else 170)  # thousandths
        index = (3000 if simple_ else 6000) + (4000 if solid else 2000) + int(Decimal(FLOORS[floors - 1]) * 5000)
        # hundredths of m2, rupiah, thousandths, ten-thousandths, nought or one, thousandths; then halves counted up
        scaled = area * 25_000 * of_use * index * (0 if state else 1) * (325 if heavy else 1000)
        assert pbg(answers).due == (2 * scaled + 10**12) // (2 * 10**12), answers


def test_each_factor_of_the_integrated_index_is_the_one_of_the_facts() -> None:
    assert [_index(answers) for answers in (HOUSE, BIG_HOUSE, SHOP)] == [
        Fraction("0.18"),
        Fraction("0.26265"),
        Fraction("1.0815"),
    ]


def _index(answers: dict[str, Value]) -> object:
    inputs = pbg(answers).lines[0].inputs
    return next(one.value for one in inputs if one.code == "indeks_terintegrasi")


def test_a_line_keeps_its_inputs_each_with_its_law() -> None:
    building = pbg(HOUSE).lines[0]
    assert [(one.code, one.value, one.unit, one.origin, one.citation) for one in building.inputs] == [
        ("luas", Fraction(36), "m2", Origin.ANSWER, None),
        ("ilo", Fraction(1, 200), None, Origin.FACTOR, PERDA),
        ("shst", Fraction(5_000_000), None, Origin.TARIFF, Citation("kepwali-shst")),
        ("indeks_terintegrasi", Fraction("0.18"), None, Origin.FACTOR, PERDA),
        ("ibg", Fraction(1), None, Origin.FACTOR, PERDA),
    ]
    shst, index = building.inputs[2:4]
    assert (shst.since, shst.evidence) == ("2026-01-01", "A")
    assert [one.code for one in index.inputs] == [
        "indeks_fungsi",
        "kompleksitas",
        "permanensi",
        "koefisien_lantai",
        "kepemilikan",
    ]
    assert building.citation == PERDA
    assert building.inputs[4].label == Words("Indeks kegiatan", "Kind of work index")


def test_a_line_says_its_formula_with_labels_and_with_values() -> None:
    building = pbg(HOUSE).lines[0]
    assert building.formula == Words(
        "Luas bangunan × (ilo × SHST) × indeks terintegrasi × Indeks kegiatan",
        "Luas bangunan × (ilo × SHST) × indeks terintegrasi × Kind of work index",
    )
    assert building.worked == Words(
        "36 × (0,005 × 5.000.000) × 0,18 × 1",
        "36 × (0.005 × 5,000,000) × 0.18 × 1",
    )


def test_an_exempted_bill_says_by_what_law_and_instead_of_what() -> None:
    exempted = pbg({**HOUSE, "mbr": True})
    assert exempted.nil
    assert exempted.exempted is not None
    assert exempted.exempted.citation == PERWALI_MBR
    assert exempted.exempted.instead_of == 162_000
    assert exempted.exact == 162_000


def test_a_structure_is_a_line_of_its_own_by_the_tariff_of_its_kind() -> None:
    made = pbg(with_structure("pagar", "10.25"))
    assert [(one.name.id, one.item, one.exact) for one in made.lines] == [
        ("Bangunan gedung", None, Fraction(162_000)),
        ("Prasarana", 1, Fraction("12817.625")),
    ]
    assert made.due == 174_818


def test_a_tariff_is_the_one_in_force_on_the_filing_date() -> None:
    assert pbg(HOUSE, date(2025, 12, 31)).due == 145_800
    assert pbg(HOUSE, date(2026, 1, 1)).due == 162_000


def test_without_a_tariff_on_that_day_the_bill_says_so() -> None:
    early = pbg(HOUSE, date(2024, 12, 31))
    assert reasons(early.due) == ["SHST belum ditetapkan untuk 31 Desember 2024"]
    assert reasons(early.due, "en") == ["SHST not set for 31 December 2024"]
    tank = pbg(with_structure("tangki", "1.00"))
    assert reasons(tank.due) == ["Harga satuan prasarana (tangki) belum ditetapkan untuk 2 Maret 2026"]
    assert tank.lines[0].exact == 162_000


def test_a_tariff_the_city_does_not_have_is_not_invented() -> None:
    assert reasons(pbg(HOUSE, town=city()).due) == ["shst belum ditetapkan untuk 2 Maret 2026"]


def test_what_is_not_answered_yet_is_told_by_its_label() -> None:
    unanswered = {code: value for code, value in HOUSE.items() if code not in {"luas", "rumit"}}
    assert reasons(pbg(unanswered).due) == [
        "Luas bangunan belum dijawab",
        "Kompleksitas belum dijawab",
    ]


# --- Reklame: a tax --------------------------------------------------------------------------------------------------

ROAD = ("i", "ii", "iii")


def by_road(*values: str, of: Condition = ALWAYS) -> Iterator[tuple[Condition, str]]:
    for road, value in zip(ROAD, values, strict=True):
        yield both(of, is_("kelas", road)), value


BILLBOARD = permit(
    Fee(
        citation=PERDA,
        factors=(
            Factor(
                "nsr",
                table(
                    *by_road("1500000", "1100000", "750000", of=is_("jenis", "billboard", "neonbox")),
                    *by_road("3000000", "2200000", "1500000", of=is_("jenis", "videotron")),
                ),
            ),
            Factor("tarif_pajak", always(constant("0.25"))),
            Factor("tambahan", table((yes("rokok"), "1.25"), (Not(yes("rokok")), "1"))),
        ),
        components=(line("Pajak reklame", "lebar * tinggi * sisi * nsr * tarif_pajak * tambahan"),),
        kind=FeeKind.TAX,
        pay=PayWhen.AFTER,
        collector="bapenda",
    ),
    fields=(
        choice("jenis", "Jenis", "billboard", "neonbox", "videotron"),
        choice("kelas", "Kelas jalan", *ROAD),
        decimal("lebar", "Lebar", unit="m"),
        decimal("tinggi", "Tinggi", unit="m"),
        integer("sisi", "Sisi"),
        Field("rokok", Kind.YES_NO, Words("Rokok atau alkohol")),
    ),
)
BANNER = permit(
    Fee(
        citation=PERDA,
        factors=(
            Factor("nsr", table(*by_road("15000", "11000", "8000"))),
            formula("hari", "hari_antara(mulai, selesai) + 1"),
        ),
        components=(line("Pajak reklame", "0.25 * luas * lembar * hari * nsr"),),
        kind=FeeKind.TAX,
    ),
    fields=(
        choice("kelas", "Kelas jalan", *ROAD),
        decimal("luas", "Luas", unit="m2"),
        integer("lembar", "Lembar"),
        Field("mulai", Kind.DATE, Words("Mulai", "Start")),
        Field("selesai", Kind.DATE, Words("Selesai", "End")),
    ),
)
BAPENDA = city(agencies=(Agency("bapenda", Words("Badan Pendapatan Daerah", "Revenue Agency"), "opd"),))


@pytest.mark.parametrize(("tobacco", "due"), [(False, 9_000_000), (True, 11_250_000)])
def test_a_billboard_costs_what_the_facts_say(tobacco: bool, due: int) -> None:
    answers: dict[str, Value] = {
        "jenis": "billboard",
        "kelas": "i",
        "lebar": Decimal("4.00"),
        "tinggi": Decimal("6.00"),
        "sisi": 1,
        "rokok": tobacco,
    }
    made = charge(BILLBOARD, BAPENDA, answers)
    assert made.due == due
    assert (made.kind, made.pay, made.collector) == (FeeKind.TAX, PayWhen.AFTER, "bapenda")
    assert made.collector_name == Words("Badan Pendapatan Daerah", "Revenue Agency")


def test_three_banners_for_fourteen_days_cost_what_the_facts_say() -> None:
    answers: dict[str, Value] = {
        "kelas": "ii",
        "luas": Decimal("5.00"),
        "lembar": 3,
        "mulai": "2026-03-02",
        "selesai": "2026-03-15",
    }
    made = charge(BANNER, city(), answers)
    assert made.due == 577_500
    days = made.lines[0].inputs[2]
    assert days.value == 14
    assert days.formula == Words("hari dari Mulai sampai Selesai + 1", "days from Start to End + 1")


# --- Bracket tables --------------------------------------------------------------------------------------------------

GRAVE = permit(
    Fee(
        PERDA,
        (),
        (
            Component(
                Words("Tanah makam"),
                table((is_("kelas", "a"), "15000"), (is_("kelas", "b"), "10000"), (is_("kelas", "c"), "7500")),
            ),
        ),
    ),
    fields=(choice("kelas", "Kelas TPU", "a", "b", "c"),),
)
ROUTE = permit(
    Fee(
        PERDA,
        (),
        (
            Component(
                Words("Kendaraan"),
                table(
                    (between("kapasitas", Kind.INTEGER, None, 9), "150000"),
                    (between("kapasitas", Kind.INTEGER, 9, 16), "200000"),
                    (between("kapasitas", Kind.INTEGER, 16, 25), "300000"),
                    (between("kapasitas", Kind.INTEGER, 25, None), "400000"),
                ),
                for_each="kendaraan",
            ),
        ),
    ),
    fields=(Field("kendaraan", Kind.LIST, Words("Kendaraan"), items=(integer("kapasitas", "Kapasitas"),)),),
)


@pytest.mark.parametrize(("grade", "due"), [("a", 15_000), ("b", 10_000), ("c", 7_500)])
def test_a_grave_costs_what_its_class_costs(grade: str, due: int) -> None:
    assert charge(GRAVE, city(), {"kelas": grade}).due == due


@pytest.mark.parametrize(
    ("seats", "due"),
    [
        (1, 150_000),
        (8, 150_000),
        (9, 200_000),
        (15, 200_000),
        (16, 300_000),
        (24, 300_000),
        (25, 400_000),
        (60, 400_000),
    ],
)
def test_a_vehicle_falls_in_one_bracket_at_each_boundary(seats: int, due: int) -> None:
    assert charge(ROUTE, city(), {"kendaraan": ({"kapasitas": seats},)}).due == due


def test_each_vehicle_is_a_line() -> None:
    made = charge(ROUTE, city(), {"kendaraan": ({"kapasitas": 8}, {"kapasitas": 16}, {"kapasitas": 8})})
    assert [(one.item, one.exact) for one in made.lines] == [
        (1, Fraction(150_000)),
        (2, Fraction(300_000)),
        (3, Fraction(150_000)),
    ]
    assert made.due == 600_000


def test_a_list_not_answered_yet_leaves_the_bill_open() -> None:
    assert reasons(charge(ROUTE, city(), {}).due) == ["Kendaraan belum dijawab"]
    assert reasons(charge(ROUTE, city(), {"kendaraan": ({},)}).due) == ["Kapasitas belum dijawab"]


# --- Everything else a bill can say ----------------------------------------------------------------------------------


def simple(
    fee: Fee | Free, *fields: Field, derived: tuple[Derived, ...] = (), stages: tuple[Stage, ...] = ()
) -> Permit:
    return permit(fee, fields, derived, stages)


def one_line(text: str, *factors: Factor) -> Fee:
    return Fee(PERDA, factors, (line("Biaya", text),))


def test_what_is_free_is_nil_with_its_law() -> None:
    made = charge(simple(Free(PERDA)), city(), {})
    assert (made.due, made.free, made.nil, made.lines, made.citation) == (0, True, True, (), PERDA)
    assert made.evidence == "A"


@pytest.mark.parametrize(
    ("round_to", "amount", "due"),
    [
        (1, "0.49", 0),
        (1, "0.5", 1),
        (100, "149.99", 100),
        (100, "150", 200),
        (1000, "1499.999", 1000),
        (1000, "1500", 2000),
        (1000, "0", 0),
    ],
)
def test_rounding_is_half_up_to_what_the_fee_says(round_to: int, amount: str, due: int) -> None:
    fee = replace(one_line(amount), round_to=round_to)
    assert charge(simple(fee), city(), {}).due == due


def test_lines_are_rounded_together_not_each() -> None:
    fee = Fee(PERDA, (), tuple(line(name, "0.4") for name in ("a", "b", "c")))
    assert charge(simple(fee), city(), {}).due == 1


PUPR = Agency("pupr", Words("Dinas PUPR", "Public Works"), "opd")
STAGE = Stage(
    "teknis",
    reviewers=(
        Reviewer("pupr", officer_fields=(decimal("luas_dasar", "Luas dasar"), choice("kelas", "Kelas", "a", "b"))),
    ),
)


def officer(text: str, *factors: Factor, **more: Value) -> Bill:
    derived = (Derived("kdb", Kind.DECIMAL, "luas_dasar / 200", digits=2),)
    return charge(simple(one_line(text, *factors), derived=derived, stages=(STAGE,)), city(agencies=(PUPR,)), more)


def test_what_an_officer_sets_is_told_before_with_who_and_by_what_law() -> None:
    made = officer("luas_dasar * 1_000")
    assert reasons(made.due) == ["Luas dasar ditetapkan oleh Dinas PUPR"]
    assert reasons(made.due, "en") == ["Luas dasar set by Public Works"]
    assert isinstance(made.due, Undetermined)
    (pending,) = made.due.pending
    assert isinstance(pending, SetByOfficer)
    assert pending.citation == PERDA
    assert officer("luas_dasar * 1_000", luas_dasar=Decimal("2.50")).due == 2_500


def test_a_derived_fact_waits_for_the_officer_behind_it() -> None:
    assert reasons(officer("kdb * 1_000").due) == ["Luas dasar ditetapkan oleh Dinas PUPR"]


def test_no_else_row_is_taken_while_an_officer_may_still_choose_another() -> None:
    rows: tuple[Row[Amount], ...] = (
        Row(constant("5000"), is_("kelas", "a")),
        Row(constant("1000"), otherwise=True),
    )
    factor = Factor("harga", Table(rows))
    assert reasons(officer("harga", factor).due) == ["Kelas ditetapkan oleh Dinas PUPR"]
    assert officer("harga", factor, kelas="a").due == 5_000
    assert officer("harga", factor, kelas="b").due == 1_000


def test_an_exemption_that_an_officer_may_still_grant_is_told() -> None:
    fee = replace(one_line("1_000"), exemptions=(Exemption(is_("kelas", "a"), PERWALI_MBR),))
    permit_ = simple(fee, stages=(STAGE,))
    made = charge(permit_, city(agencies=(PUPR,)), {})
    assert made.due == 1_000
    assert [(one.code, one.citation) for one in made.may_be_exempt] == [("kelas", PERWALI_MBR)]
    assert charge(permit_, city(), {"kelas": "b"}).may_be_exempt == ()


def test_no_later_row_and_no_sum_is_taken_while_an_officer_may_still_add_one() -> None:
    rows = ((is_("kelas", "a"), "5"), (ALWAYS, "1"))
    for policy, due in ((Policy.FIRST, 5), (Policy.SUM, 6)):
        factor = Factor("harga", table(*rows, policy=policy))
        assert reasons(officer("harga", factor).due) == ["Kelas ditetapkan oleh Dinas PUPR"]
        assert officer("harga", factor, kelas="a").due == due
        assert officer("harga", factor, kelas="b").due == 1


def test_an_officer_who_is_not_asked_is_not_waited_for() -> None:
    factor = Factor("harga", table((is_("kelas", "a"), "5"), (ALWAYS, "1"), policy=Policy.SUM))
    of = permit(one_line("harga", factor), stages=(STAGE,))
    conditions = conditions_of(of)
    (made,) = bills(of, city(), {}, date(2026, 3, 2), lambda rule: holds(conditions[rule], {}), awaited=())
    assert made.due == 1


def test_a_gap_and_an_overlap_of_a_table_are_told_not_guessed() -> None:
    number = integer("n", "Jumlah")
    gap = Factor("harga", table((between("n", Kind.INTEGER, 0, 5), "1"), (between("n", Kind.INTEGER, 6, 9), "2")))
    overlap = Factor("harga", table((between("n", Kind.INTEGER, 0, 5), "1"), (between("n", Kind.INTEGER, 4, 9), "2")))
    fee = one_line("harga", gap)
    assert reasons(charge(simple(fee, number), city(), {"n": 5}).due) == ["harga: tidak ada baris tabel yang berlaku"]
    fee = one_line("harga", overlap)
    assert reasons(charge(simple(fee, number), city(), {"n": 4}).due) == ["harga: baris 1 dan 2 berlaku bersamaan"]


def test_the_first_row_that_holds_and_the_sum_of_rows_are_policies_of_a_table() -> None:
    rows = ((between("n", Kind.INTEGER, 0, 9), "1"), (between("n", Kind.INTEGER, 5, 9), "10"))
    number = integer("n", "Jumlah")
    first = one_line("harga", Factor("harga", table(*rows, policy=Policy.FIRST)))
    added = one_line("harga", Factor("harga", table(*rows, policy=Policy.SUM)))
    assert charge(simple(first, number), city(), {"n": 6}).due == 1
    made = charge(simple(added, number), city(), {"n": 6})
    assert made.due == 11
    assert charge(simple(added, number), city(), {"n": 2}).due == 1
    assert charge(simple(added, number), city(), {"n": 12}).due == 0


def test_division_by_nought_is_told_with_the_formula() -> None:
    made = charge(simple(one_line("100 / (n - 1)"), integer("n", "Jumlah")), city(), {"n": 1})
    assert reasons(made.due) == ["pembagian dengan nol: 100 ÷ (Jumlah − 1)"]


def test_nobody_is_charged_less_than_nothing() -> None:
    made = charge(simple(one_line("n - 5"), integer("n", "Jumlah")), city(), {"n": 1})
    assert reasons(made.due) == ["jumlahnya kurang dari nol: -4"]


def test_factors_that_wait_for_each_other_end() -> None:
    made = charge(simple(one_line("a", formula("a", "b + 1"), formula("b", "a + 1"))), city(), {})
    assert reasons(made.due) == ["faktor saling menunggu: a → b → a"]


def test_a_text_is_not_multiplied() -> None:
    made = charge(simple(one_line("2 * nama"), Field("nama", Kind.TEXT, Words("Nama"))), city(), {"nama": "7"})
    assert reasons(made.due) == ["Nama tidak dapat dihitung"]


def test_an_item_that_lacks_an_answer_does_not_borrow_the_applications() -> None:
    lists = Field("lantai", Kind.LIST, Words("Lantai"), items=(integer("luas", "Luas lantai"),))
    fee = Fee(PERDA, (), (line("Lantai", "luas", for_each="lantai"),))
    made = charge(simple(fee, integer("luas", "Luas tanah"), lists), city(), {"luas": 9, "lantai": ({},)})
    assert reasons(made.due) == ["Luas lantai belum dijawab"]


PRICE_BY_KIND = table((is_("jenis", "a"), "10"), (is_("jenis", "b"), "20"))
KINDS = (choice("jenis", "Jenis", "a", "b"),)


def test_a_factor_for_each_item_is_worked_out_for_each() -> None:
    law = Citation("perwali-harga")
    fee = Fee(
        PERDA,
        (Factor("harga", PRICE_BY_KIND, for_each="k", citation=law),),
        (Component(Words("Biaya"), always(Formula("harga")), "k", Citation("perwali-biaya")),),
    )
    made = charge(
        simple(fee, Field("k", Kind.LIST, Words("K"), items=KINDS)), city(), {"k": ({"jenis": "a"}, {"jenis": "b"})}
    )
    assert [one.exact for one in made.lines] == [Fraction(10), Fraction(20)]
    assert [one.citation for one in made.lines] == [Citation("perwali-biaya")] * 2
    assert made.lines[1].inputs[0].citation == law


def test_a_factor_of_another_list_means_nothing_here() -> None:
    fee = Fee(PERDA, (Factor("harga", PRICE_BY_KIND, for_each="k"),), (line("Biaya", "harga", for_each="l"),))
    lists = (Field("k", Kind.LIST, Words("K"), items=KINDS), Field("l", Kind.LIST, Words("L"), items=KINDS))
    made = charge(simple(fee, *lists), city(), {"k": ({"jenis": "a"},), "l": ({"jenis": "b"},)})
    assert reasons(made.due) == ["harga belum dijawab"]


def test_a_name_of_the_item_comes_before_a_factor() -> None:
    fee = Fee(PERDA, (Factor("harga", always(constant("7"))),), (line("Biaya", "harga", for_each="k"),))
    made = charge(
        simple(fee, Field("k", Kind.LIST, Words("K"), items=(integer("harga", "Harga"),))),
        city(),
        {"k": ({"harga": 3},)},
    )
    assert made.due == 3


def test_an_optional_list_left_empty_adds_nothing() -> None:
    lists = Field("lantai", Kind.LIST, Words("Lantai"), optional=True, items=(integer("luas", "Luas"),))
    fee = Fee(
        PERDA,
        (),
        (line("Jumlah", "100 + 5 * jumlah(lantai.luas) + banyak(lantai)"), line("Tiap", "luas", for_each="lantai")),
    )
    assert charge(simple(fee, lists), city(), {}).due == 100
    assert charge(simple(fee, lists), city(), {"lantai": ({"luas": 3}, {"luas": 4})}).due == 144


def test_a_component_may_be_a_tariff_by_itself() -> None:
    fee = Fee(PERDA, (), (Component(Words("Kartu"), Table((Row(TariffValue("shst"), ALWAYS),))),))
    made = charge(simple(fee), KUPANG, {})
    assert made.due == 5_000_000
    assert made.lines[0].formula == Words("SHST")
    assert [one.origin for one in made.lines[0].inputs] == [Origin.TARIFF]


def test_the_filing_date_counts_in_a_formula() -> None:
    fee = one_line("1_000 * bulan_antara(tanggal_berkas, sampai)")
    made = charge(simple(fee, Field("sampai", Kind.DATE, Words("Sampai"))), city(), {"sampai": "2026-05-02"})
    assert made.due == 2_000
    assert made.lines[0].worked.id == "1.000 × 2"
    assert made.lines[0].inputs[0].value == "2026-03-02"
