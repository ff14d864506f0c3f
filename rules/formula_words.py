"""A formula as people read it: with the labels of its names, or worked with their values."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import assert_never

from rules.calculation import Input, evaluate, exact
from rules.exact_text import printed_words
from rules.formula import Binary, Call, FormulaTree, Function, Name, Negated, Number, OfItems, Operator
from rules.memo import remembered
from rules.words import Lang, Words

Label = Callable[[str, str | None], Words]  # a code, and the `daftar` it is asked in
Leaf = Name | OfItems | Call

_UNKNOWN = Words("…", "…")
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

    def leaf(part: Leaf) -> str:
        match part:
            case Name(code):
                return label(code, None).to(lang)
            case OfItems(items, code):
                return _OF.to(lang).format(label(code, items).to(lang), label(items, None).to(lang))
            case Call(function, arguments):
                said = [readable(argument, label, lang) for argument in arguments]
                by_list = function in {Function.LEAST, Function.GREATEST}
                return _FUNCTIONS[function].to(lang).format(*(["; ".join(said)] if by_list else said))
            case _:
                assert_never(part)

    return "".join([piece.to(lang) if isinstance(piece, Words) else leaf(piece) for piece in _pieces(tree)])


def worked(tree: FormulaTree, values: Mapping[str, Input]) -> Words:
    """Say a formula with the values of its names, functions already computed."""
    pieces = [piece if isinstance(piece, Words) else _value(piece, values) for piece in _pieces(tree)]
    return Words("".join([piece.id for piece in pieces]), "".join([piece.to("en") for piece in pieces]))


def _value(part: Leaf, values: Mapping[str, Input]) -> Words:
    if isinstance(part, Call):
        outcome = evaluate(part, values)
        return printed_words(outcome) if isinstance(outcome, Fraction) else _UNKNOWN
    value = exact(values.get(part.code))
    if value is None:
        return _UNKNOWN
    said = printed_words(value)
    if value < 0 or "/" in said.id:
        return Words(f"({said.id})", f"({said.to('en')})")
    return said


@remembered
def _pieces(tree: FormulaTree) -> tuple[Words | Leaf, ...]:
    """Return what a formula is said of in order: the names and calls in it, and all else as words."""
    return tuple(_say(tree))


def _say(tree: FormulaTree, strength: int = 0, right: bool = False) -> Iterator[Words | Leaf]:
    """Say a part; parentheses only where another reading would differ."""
    match tree:
        case Number(value):
            yield printed_words(Fraction(value))
        case Name() | OfItems() | Call():
            yield tree
        case Negated(part):
            yield from _within(bool(strength), [_same("−"), *_say(part, 3)])
        case Binary(operator, left, second):
            own = _STRENGTH[operator]
            parts = [*_say(left, own), _same(f" {_SIGNS[operator]} "), *_say(second, own, True)]
            yield from _within(own < strength or (own == strength and right), parts)
        case _:
            assert_never(tree)


def _within(parentheses: bool, pieces: list[Words | Leaf]) -> list[Words | Leaf]:
    return [_same("("), *pieces, _same(")")] if parentheses else pieces


def _same(sign: str) -> Words:
    return Words(sign, sign)
