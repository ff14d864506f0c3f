"""A formula as people read it: with the labels of its names, or worked with their values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import assert_never

from rules.calculation import Input, evaluate, exact
from rules.exact_text import printed_exact
from rules.formula import Binary, Call, FormulaTree, Function, Name, Negated, Number, OfItems, Operator
from rules.words import Lang, Words

Label = Callable[[str, str | None], Words]  # a code, and the `daftar` it is asked in

_SIGNS = {Operator.ADD: "+", Operator.SUBTRACT: "−", Operator.MULTIPLY: "×", Operator.DIVIDE: "÷"}
_STRENGTH = {Operator.ADD: 1, Operator.SUBTRACT: 1, Operator.MULTIPLY: 2, Operator.DIVIDE: 2}
_FUNCTIONS = {
    Function.COUNT: Words("banyak {}", "number of {}"),
    Function.SUM: Words("jumlah {}", "sum of {}"),
    Function.LEAST: Words("terkecil dari ({})", "least of ({})"),
    Function.GREATEST: Words("terbesar dari ({})", "greatest of ({})"),
    Function.DAYS: Words("hari dari {} sampai {}", "days from {} to {}"),
    Function.MONTHS: Words("bulan penuh dari {} sampai {}", "full months from {} to {}"),
}
_OF = Words("{} dari tiap {}", "{} of each {}")


def readable(tree: FormulaTree, label: Label, lang: Lang) -> str:
    """Say a formula with the labels of its names."""

    def leaf(part: Name | OfItems | Call) -> str:
        match part:
            case Name(code):
                return label(code, None).to(lang)
            case OfItems(items, code):
                return _OF.to(lang).format(label(code, items).to(lang), label(items, None).to(lang))
            case Call(function, arguments):
                said = [_say(argument, leaf, lang) for argument in arguments]
                by_list = function in {Function.LEAST, Function.GREATEST}
                return _FUNCTIONS[function].to(lang).format(*(["; ".join(said)] if by_list else said))
            case _:
                assert_never(part)

    return _say(tree, leaf, lang)


def worked(tree: FormulaTree, values: Mapping[str, Input], lang: Lang) -> str:
    """Say a formula with the values of its names, functions already computed."""

    def leaf(part: Name | OfItems | Call) -> str:
        if isinstance(part, Call):
            outcome = evaluate(part, values)
            return printed_exact(outcome, lang) if isinstance(outcome, Fraction) else "…"
        value = exact(values.get(part.code))
        return "…" if value is None else _signed(value, lang)

    return _say(tree, leaf, lang)


def _signed(value: Fraction, lang: Lang) -> str:
    said = printed_exact(value, lang)
    return f"({said})" if value < 0 or "/" in said else said


def _say(
    tree: FormulaTree, leaf: Callable[[Name | OfItems | Call], str], lang: Lang, strength: int = 0, right: bool = False
) -> str:
    """Say a part; parentheses only where another reading would differ."""
    match tree:
        case Number(value):
            return printed_exact(Fraction(value), lang)
        case Name() | OfItems() | Call():
            return leaf(tree)
        case Negated(part):
            said = f"−{_say(part, leaf, lang, 3)}"
            return f"({said})" if strength else said
        case Binary(operator, left, second):
            own = _STRENGTH[operator]
            said = f"{_say(left, leaf, lang, own)} {_SIGNS[operator]} {_say(second, leaf, lang, own, True)}"
            return f"({said})" if own < strength or (own == strength and right) else said
        case _:
            assert_never(tree)
