"""The formula language: what it reads, where it faults, what it comes to, and how it is said."""

from __future__ import annotations

import random
import re
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from rules.calculation import DividedByZero, Input, Missing, Unfit, evaluate
from rules.exact_text import exact_text, printed_exact
from rules.formula import FaultReason, FormulaFault, FormulaTree, Role, names, uses
from rules.formula_reader import parse
from rules.formula_words import readable, worked
from rules.months import full_months, months_after
from rules.rounding import half_up
from rules.words import Words


def tree(text: str) -> FormulaTree:
    read = parse(text)
    assert not isinstance(read, FormulaFault), read
    return read


def value(text: str, **values: Input) -> object:
    return evaluate(tree(text), values)


# --- Faults and their places -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "reason", "at", "arguments"),
    [
        ("", FaultReason.EMPTY, "", {}),
        ("  ", FaultReason.EMPTY, "  ", {}),
        ("luas * 1,5", FaultReason.COMMA_DECIMAL, "1,5", {"text": "1,5", "instead": "1.5"}),
        ("terkecil(1,5)", FaultReason.COMMA_DECIMAL, "1,5", {"text": "1,5", "instead": "1.5"}),
        ("luas * 1.500,25", FaultReason.COMMA_DECIMAL, "1.500,25", {"text": "1.500,25", "instead": "1500.25"}),
        ("luas * 1.000.000", FaultReason.GROUPED_NUMBER, "1.000.000", {"text": "1.000.000", "instead": "1_000_000"}),
        (
            "luas * 25.000",
            FaultReason.AMBIGUOUS_POINT,
            "25.000",
            {"text": "25.000", "instead": "25_000", "decimal": "25"},
        ),
        (
            "luas * 1.500",
            FaultReason.AMBIGUOUS_POINT,
            "1.500",
            {"text": "1.500", "instead": "1_500", "decimal": "1.5"},
        ),
        ("5 juta * luas", FaultReason.NUMBER_WORD, "5 juta", {"text": "5 juta", "instead": "5000000"}),
        ("luas * 1.5  ribu", FaultReason.NUMBER_WORD, "1.5  ribu", {"text": "1.5  ribu", "instead": "1500"}),
        ("0x10", FaultReason.NUMBER_FORM, "0x10", {"text": "0x10"}),
        ("luas + 010", FaultReason.NUMBER_FORM, "010", {"text": "010"}),
        ("1e5", FaultReason.NUMBER_FORM, "1e5", {"text": "1e5"}),
        (".5", FaultReason.NUMBER_FORM, ".5", {"text": ".5"}),
        ("5. * 2", FaultReason.NUMBER_FORM, "5.", {"text": "5."}),
        ("3j", FaultReason.NUMBER_FORM, "3j", {"text": "3j"}),
        ("1__0", FaultReason.NUMBER_FORM, "1__0", {"text": "1__0"}),
        ("2 * " + "9" * 16, FaultReason.NUMBER_TOO_LONG, "9" * 16, {"maximum": "15"}),
        ("1" + "_0" * 60, FaultReason.NUMBER_TOO_LONG, "1" + "_0" * 60, {"maximum": "15"}),
        ("2 * Luas", FaultReason.NAME_FORM, "Luas", {"text": "Luas"}),
        ("__import__", FaultReason.NAME_FORM, "__import__", {"text": "__import__"}),
        ("luas ^ 2", FaultReason.CHARACTER, "^", {"text": "^"}),
        ("luas × 2", FaultReason.CHARACTER, "×", {"text": "×"}),
        ("luas\x00", FaultReason.CHARACTER, "\x00", {"text": "\x00"}),
        ("luás", FaultReason.CHARACTER, "á", {"text": "á"}),
        ("luas # m2", FaultReason.CHARACTER, "#", {"text": "#"}),
        ("'a'", FaultReason.CHARACTER, "'", {"text": "'"}),
        ("luas ** 2", FaultReason.NOT_ALLOWED, "**", {"text": "**"}),
        ("luas // 2", FaultReason.NOT_ALLOWED, "//", {"text": "//"}),
        ("(a, b)", FaultReason.NOT_ALLOWED, "(a, b)", {"text": "(a, b)"}),
        ("()", FaultReason.NOT_ALLOWED, "()", {"text": "()"}),
        ("2 * +a", FaultReason.NOT_ALLOWED, "+a", {"text": "+a"}),
        ("2 * (a.b.c)", FaultReason.NOT_ALLOWED, "a.b.c", {"text": "a.b.c"}),
        ("a.b()", FaultReason.NOT_ALLOWED, "a.b()", {"text": "a.b()"}),
        ("2(3)", FaultReason.NOT_ALLOWED, "2(3)", {"text": "2(3)"}),
        ("banyak(*a)", FaultReason.WANTS_LIST, "*a", {"function": "banyak"}),
        ("terkecil(*a)", FaultReason.NOT_ALLOWED, "*a", {"text": "*a"}),
        ("luas lebar", FaultReason.SYNTAX, "lebar", {"text": "lebar"}),
        ("luas * 2)", FaultReason.SYNTAX, ")", {"text": ")"}),
        ("a if b else c", FaultReason.SYNTAX, "if", {"text": "if"}),
        ("a and b", FaultReason.SYNTAX, "and", {"text": "and"}),
        ("  luas lebar", FaultReason.SYNTAX, "lebar", {"text": "lebar"}),
        ("luas *", FaultReason.UNFINISHED, "*", {}),
        ("2 * (luas", FaultReason.UNFINISHED, "(", {}),
        (
            "2 * maks(a, b)",
            FaultReason.UNKNOWN_FUNCTION,
            "maks",
            {
                "text": "maks",
                "known": ", ".join(["banyak", "jumlah", "terkecil", "terbesar", "hari_antara", "bulan_antara"]),
            },
        ),
        ("1 + terkecil()", FaultReason.ARGUMENT_COUNT, "terkecil()", {"function": "terkecil", "wanted": "1+"}),
        ("banyak(a, b)", FaultReason.ARGUMENT_COUNT, "banyak(a, b)", {"function": "banyak", "wanted": "1"}),
        ("hari_antara(a)", FaultReason.ARGUMENT_COUNT, "hari_antara(a)", {"function": "hari_antara", "wanted": "2"}),
        ("banyak(a.b)", FaultReason.WANTS_LIST, "a.b", {"function": "banyak"}),
        ("jumlah(prasarana)", FaultReason.WANTS_ITEM_FIELD, "prasarana", {"function": "jumlah"}),
        ("hari_antara(a, 7)", FaultReason.WANTS_DATE, "7", {"function": "hari_antara"}),
        ("2 * kendaraan.kapasitas", FaultReason.ITEMS_ALONE, "kendaraan.kapasitas", {"text": "kendaraan.kapasitas"}),
        ("terkecil(-a.b)", FaultReason.ITEMS_ALONE, "a.b", {"text": "a.b"}),
        ("a" * 501, FaultReason.TOO_LONG, "a", {"maximum": "500"}),
        ("-" * 60 + "a", FaultReason.TOO_DEEP, "-" * 19 + "a", {"maximum": "40"}),
        ("(" * 240 + "a" + ")" * 240, FaultReason.TOO_DEEP, "(" * 240 + "a" + ")" * 240, {"maximum": "40"}),
        ("a*(" * 100 + "b" + ")" * 100, FaultReason.TOO_DEEP, "b" + ")" * 100, {"maximum": "40"}),
    ],
)
def test_what_is_no_formula_is_refused_with_its_place(
    text: str, reason: FaultReason, at: str, arguments: dict[str, str]
) -> None:
    fault = parse(text)
    assert isinstance(fault, FormulaFault)
    assert (fault.reason, dict(fault.arguments)) == (reason, arguments)
    if reason is not FaultReason.TOO_DEEP:
        assert text[fault.start : fault.end] == at
    assert 0 <= fault.start <= fault.end <= len(text)


def test_no_text_makes_the_reader_crash() -> None:
    random_ = random.Random(5)
    pieces = [*"+-*/().,_ \n\t'\"#=<>:;[]{}@!%&|~^?\\0123456789abjxe", "jumlah(", "a.b", "lambda", "1_000", "é", "\x00"]
    for _ in range(5_000):
        text = "".join(random_.choices(pieces, k=random_.randrange(30)))
        fault = parse(text)
        if isinstance(fault, FormulaFault):
            assert 0 <= fault.start <= fault.end <= len(text), text


def test_words_python_keeps_for_itself_are_ordinary_names() -> None:
    assert value("if * is + none - not", **{"if": 2, "is": 3, "none": 4, "not": 1}) == 9


def test_a_formula_may_stand_on_several_lines() -> None:
    assert value(" 2\n  * luas\n", luas=3) == 6
    assert [(use.start, use.end) for use in uses(tree(" 2\n  * luas\n"))] == [(7, 11)]


def test_a_long_sum_is_not_deep() -> None:
    assert value("+".join(["a"] * 250), a=1) == 250


# --- Names -----------------------------------------------------------------------------------------------------------


def test_names_come_in_order_each_once_with_what_they_are_used_as() -> None:
    read = tree("luas * (jumlah(lantai.luas) + banyak(lantai)) + hari_antara(tanggal_berkas, sampai) * luas")
    assert names(read) == ("luas", "lantai", "tanggal_berkas", "sampai")
    assert [(use.items, use.code, use.role) for use in uses(read)] == [
        (None, "luas", Role.NUMBER),
        ("lantai", "luas", Role.NUMBER),
        (None, "lantai", Role.LIST),
        (None, "tanggal_berkas", Role.DATE),
        (None, "sampai", Role.DATE),
        (None, "luas", Role.NUMBER),
    ]


# --- Values ----------------------------------------------------------------------------------------------------------

ITEMS: Input = ({"v": 3, "w": Decimal("0.5")}, {"v": Decimal("1.25"), "w": 4})


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("1 - 2 - 3", "-4"),
        ("1 - (2 - 3)", "2"),
        ("12 / 4 / 3", "1"),
        ("2 + 3 * 4", "14"),
        ("-2 * -3", "6"),
        ("1_000 * 0.005", "5"),
        ("1 / 3 * 3", "1"),
        ("0.1 + 0.2", "0.3"),
        ("banyak(p)", "2"),
        ("banyak(kosong)", "0"),
        ("jumlah(p.v)", "4.25"),
        ("jumlah(kosong.v)", "0"),
        ("terkecil(p.w, 1)", "0.5"),
        ("terbesar(p.v, p.w)", "4"),
        ("terbesar(1, luas)", "36"),
        ("hari_antara(a, b)", "14"),
        ("hari_antara(b, a)", "-14"),
        ("bulan_antara(a, c)", "11"),
        ("bulan_antara(c, a)", "-11"),
    ],
)
def test_a_formula_is_exact(text: str, wanted: str) -> None:
    dates = {"a": "2026-03-02", "b": "2026-03-16", "c": "2027-03-01"}
    assert value(text, p=ITEMS, kosong=(), luas=Decimal("36.00"), **dates) == Fraction(wanted)


def test_the_formula_of_the_building_index_is_exact() -> None:
    text = "indeks_fungsi * (0.3 * kompleksitas + 0.2 * permanensi + 0.5 * lantai)"
    assert value(text, indeks_fungsi=Decimal("0.17"), kompleksitas=2, permanensi=2, lantai=Decimal("1.09")) == Fraction(
        "0.26265"
    )


def test_every_missing_input_is_named_at_once() -> None:
    assert value("0 * a + b / c + jumlah(p.x)", b=1, p=ITEMS) == Missing(("a", "c", "p.x"))
    assert value("banyak(q) + jumlah(q.v)") == Missing(("q", "q.v"))
    assert value("a", a=None) == Missing(("a",))


def test_a_question_of_an_item_that_is_gone_for_good_adds_nothing() -> None:
    items: Input = ({"v": 3}, {"v": None})
    assert value("jumlah(p.v) + banyak(p)", p=items) == 5
    assert value("terkecil(p.v)", p=items) == 3


def test_the_least_of_nothing_is_not_known() -> None:
    assert value("terkecil(p.v)", p=()) == Missing(("p.v",))
    assert value("terbesar(p.v, 7)", p=()) == 7


def test_division_by_nought_is_a_result_with_its_place() -> None:
    text = "1 + 2 / (a - a)"
    found = value(text, a=1)
    assert found == DividedByZero(4, 15)


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("a", "7"),
        ("a", True),
        ("a", ("x",)),
        ("a", 10**30),
        ("a", Decimal("1E+99999999")),
        ("a", Decimal("1E-99999999")),
        ("a", Decimal("NaN")),
        ("a", Decimal("Infinity")),
        ("banyak(a)", 7),
        ("hari_antara(a, a)", 7),
        ("hari_antara(a, a)", "2026-02-30"),
        ("hari_antara(a, a)", "20260301xx"),
        ("jumlah(a.v)", 7),
    ],
)
def test_a_value_that_does_not_fit_is_named_not_guessed(text: str, given: Input) -> None:
    assert value(text, a=given) == Unfit(("a.v",) if "." in text else ("a",))


def test_random_formulas_agree_with_pythons_own_reading() -> None:
    random_ = random.Random(20260302)
    values: dict[str, Input] = {"a": 7, "b": Decimal("0.25"), "c": -3, "d": 0}
    space = {name: Fraction(str(given)) for name, given in values.items()}
    for _ in range(3_000):
        text = _random_formula(random_, 4)
        said = re.sub(r"(?<![a-z_0-9.])([0-9][0-9_.]*)", r"Fraction('\1')", text)
        said = said.replace("terkecil", "least").replace("terbesar", "greatest")
        try:
            wanted: object = eval(said, {"Fraction": Fraction, "least": min, "greatest": max}, space)
        except ZeroDivisionError:
            wanted = DividedByZero
        except TypeError:  # min of one number
            continue
        found = value(text, **values)
        assert (found == wanted) or (wanted is DividedByZero and isinstance(found, DividedByZero)), text
        # what is said of it, read again, comes to the same
        again = readable(tree(text), lambda code, _: Words(code), "en").translate(str.maketrans("−×÷;", "-*/,"))
        again = again.replace("least of ", "terkecil").replace("greatest of ", "terbesar").replace("1,000", "1_000")
        assert value(again, **values) == found or isinstance(found, DividedByZero), (text, again)


def _random_formula(random_: random.Random, depth: int) -> str:
    if depth == 0 or random_.random() < 0.2:
        return random_.choice(["a", "b", "c", "d", "2", "0.5", "1_000"])
    left, right = _random_formula(random_, depth - 1), _random_formula(random_, depth - 1)
    shape = random_.choice(
        ["{} {} {}", "({} {} {})", "{} {} ({})", "-({} {} {})", "terkecil({0}, {2})", "terbesar({0}, {2})"]
    )
    return shape.format(left, random_.choice("+-*/"), right)


# --- Words -----------------------------------------------------------------------------------------------------------


def _label(code: str, items: str | None) -> Words:
    return Words(code.upper() if items is None else code.capitalize(), code)


@pytest.mark.parametrize(
    ("text", "id_", "en"),
    [
        ("a * (b + c) - d / 2.5", "A × (B + C) − D ÷ 2,5", "a × (b + c) − d ÷ 2.5"),
        ("a - (b - c)", "A − (B − C)", "a − (b − c)"),
        ("(a * b) * c", "A × B × C", "a × b × c"),
        ("-a * b", "(−A) × B", "(−a) × b"),
        ("jumlah(p.v) * 1_000", "jumlah V dari tiap P × 1.000", "sum of v of each p × 1,000"),
        ("terkecil(a, 100) + banyak(p)", "terkecil dari (A; 100) + banyak P", "least of (a; 100) + number of p"),
        ("bulan_antara(a, b)", "bulan penuh dari A sampai B", "full months from a to b"),
    ],
)
def test_a_formula_is_said_in_both_languages(text: str, id_: str, en: str) -> None:
    assert readable(tree(text), _label, "id") == id_
    assert readable(tree(text), _label, "en") == en


def test_a_formula_is_worked_with_its_values() -> None:
    read = tree("a * (b + 0.5) - jumlah(p.v) / x")
    assert (
        worked(read, {"a": Fraction(1, 3), "b": Decimal("-2.50"), "p": ITEMS}).id == "(1/3) × ((-2,5) + 0,5) − 4,25 ÷ …"
    )


@pytest.mark.parametrize(
    ("number", "machine", "id_"),
    [
        (Fraction("984937.5"), "984937.5", "984.937,5"),
        (Fraction(1, 3), "1/3", "1/3"),
        (Fraction(-5000, 3), "-5000/3", "-5.000/3"),
        (Fraction(0), "0", "0"),
        (Fraction(1, 2**20), "0.00000095367431640625", "0,00000095367431640625"),
        (Fraction(10**40 + 1), f"1{'0' * 39}1", f"10.{'000.' * 12}001"),
        (Fraction(10**40, 10**41), "0.1", "0,1"),
    ],
)
def test_an_exact_number_is_printed_with_all_its_places(number: Fraction, machine: str, id_: str) -> None:
    assert exact_text(number) == machine
    assert printed_exact(number, "id") == id_


# --- Months and rounding ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "second", "months"),
    [
        ("2026-01-31", "2026-02-27", 0),
        ("2026-01-31", "2026-02-28", 1),
        ("2026-02-28", "2026-03-27", 0),
        ("2026-02-28", "2026-03-28", 1),
        ("2024-02-29", "2025-02-28", 12),
        ("2026-03-02", "2026-03-02", 0),
        ("2026-12-15", "2027-01-14", 0),
        ("2026-12-15", "2027-01-15", 1),
    ],
)
def test_a_month_is_full_on_the_same_day_or_the_last_of_a_shorter_month(first: str, second: str, months: int) -> None:
    one, two = date.fromisoformat(first), date.fromisoformat(second)
    assert full_months(one, two) == months
    assert full_months(two, one) == -months
    assert months_after(one, months) <= two < months_after(one, months + 1)


@pytest.mark.parametrize(
    ("exact", "to", "rounded"),
    [("0.5", 1, 1), ("1.5", 1, 2), ("2.5", 1, 3), ("-0.5", 1, -1), ("-2.5", 1, -3), ("2.49", 1, 2), ("50", 100, 100)],
)
def test_half_goes_up_away_from_nought(exact: str, to: int, rounded: int) -> None:
    assert half_up(Fraction(exact), to) == rounded
