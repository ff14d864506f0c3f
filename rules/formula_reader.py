"""Reading a `rumus`: from its text to a tree, or to the fault that keeps it from being one.

Gains exact places for every fault, because Python's own parser does the reading; loses everything that parser knows
and an officer does not: what is not in the language of `rules.formula` is a fault, never a surprise. Numbers have a
decimal point and may be grouped with `_`.
"""

from __future__ import annotations

import ast
import re
from decimal import Decimal
from functools import lru_cache
from typing import assert_never

from rules.formula import (
    Binary,
    Call,
    FaultReason,
    FormulaFault,
    FormulaTree,
    Function,
    Name,
    Negated,
    Number,
    OfItems,
    Operator,
)

MAX_LENGTH = 500
MAX_DEPTH = 40
MAX_DIGITS = 15  # as in conditions: what people write, not what a machine can hold

_OPERATORS: dict[type[ast.operator], Operator] = {
    ast.Add: Operator.ADD,
    ast.Sub: Operator.SUBTRACT,
    ast.Mult: Operator.MULTIPLY,
    ast.Div: Operator.DIVIDE,
}
_FUNCTIONS = tuple(function.value for function in Function)
_WORD_VALUES = {"ribu": 3, "juta": 6, "miliar": 9, "triliun": 12}
_TOKEN = re.compile(
    r"(?P<blank>\s+)|(?P<comma>[0-9][0-9_.]*,[0-9]+)|(?P<number>\.?[0-9][0-9A-Za-z_.]*)|(?P<word>[A-Za-z_][A-Za-z0-9_]*)"
    r"|(?P<power>\*\*|//)|(?P<sign>[-+*/().,])|(?P<other>.)",
    re.DOTALL,
)
_NUMBER = re.compile(r"(0|[1-9][0-9]*(_[0-9]+)*)(\.[0-9]+)?")
_NAME = re.compile(r"[a-z][a-z0-9_]*")


@lru_cache(maxsize=8192)
def parse(text: str) -> FormulaTree | FormulaFault:
    """Read a formula."""
    try:
        shift = _scan(text)
        return _tree(_python(text, shift), text, shift, 0)
    except _Fault as fault:
        return fault.fault


class _Fault(Exception):  # noqa: N818  never leaves this module
    def __init__(self, reason: FaultReason, start: int, end: int, **arguments: str) -> None:
        super().__init__(reason)
        self.fault = FormulaFault(reason, start, end, arguments)


def _scan(text: str) -> int:
    """Refuse what Python would read otherwise than an officer means it; return how many blanks come first."""
    if not text.strip():
        raise _Fault(FaultReason.EMPTY, 0, len(text))
    if len(text) > MAX_LENGTH:
        raise _Fault(FaultReason.TOO_LONG, MAX_LENGTH, len(text), maximum=str(MAX_LENGTH))
    number: re.Match[str] | None = None  # the token before, if it was a number
    for token in _TOKEN.finditer(text):
        said, start, end = token.group(), token.start(), token.end()
        match token.lastgroup:
            case "comma":
                raise _Fault(FaultReason.COMMA_DECIMAL, start, end, text=said, instead=_point(said))
            case "number":
                _check_number(said, start, end)
            case "word" if number is not None and said in _WORD_VALUES:
                value = Decimal(number.group()).scaleb(_WORD_VALUES[said])
                written, instead = text[number.start() : end], f"{value:f}"
                raise _Fault(FaultReason.NUMBER_WORD, number.start(), end, text=written, instead=instead)
            case "word" if not _NAME.fullmatch(said):
                raise _Fault(FaultReason.NAME_FORM, start, end, text=said)
            case "power":
                raise _Fault(FaultReason.NOT_ALLOWED, start, end, text=said)
            case "other":
                raise _Fault(FaultReason.CHARACTER, start, end, text=said)
            case _:
                pass
        if token.lastgroup != "blank":
            number = token if token.lastgroup == "number" else None
    return len(text) - len(text.lstrip())


def _point(said: str) -> str:
    """Return the number someone meant who wrote a decimal comma, points grouping the thousands."""
    whole, _, decimals = said.partition(",")
    return f"{whole.replace('.', '')}.{decimals}"


def _check_number(said: str, start: int, end: int) -> None:
    if re.fullmatch(r"[1-9][0-9]{0,2}(\.[0-9]{3}){2,}", said):
        raise _Fault(FaultReason.GROUPED_NUMBER, start, end, text=said, instead=said.replace(".", "_"))
    if re.fullmatch(r"[1-9][0-9]{0,2}\.[0-9]{2}0", said):
        grouped, plain = said.replace(".", "_"), said.rstrip("0").rstrip(".")
        raise _Fault(FaultReason.AMBIGUOUS_POINT, start, end, text=said, instead=grouped, decimal=plain)
    if not _NUMBER.fullmatch(said):
        raise _Fault(FaultReason.NUMBER_FORM, start, end, text=said)
    if len(re.sub("[_.]", "", said).lstrip("0")) > MAX_DIGITS or len(said) > 2 * MAX_DIGITS:
        raise _Fault(FaultReason.NUMBER_TOO_LONG, start, end, maximum=str(MAX_DIGITS))


def _python(text: str, shift: int) -> ast.expr:
    """Parse by Python's grammar: capitals, so that no name is one of its keywords, and one line."""
    source = re.sub(r"\s", " ", text).strip().upper()
    try:
        return ast.parse(source, mode="eval").body
    except RecursionError:
        raise _Fault(FaultReason.TOO_DEEP, shift, len(text), maximum=str(MAX_DEPTH)) from None
    except SyntaxError as error:
        if "nested" in error.msg:
            raise _Fault(FaultReason.TOO_DEEP, shift, len(text), maximum=str(MAX_DEPTH)) from None
        at = shift + (error.offset or 0) - 1
        if "never closed" in error.msg:
            raise _Fault(FaultReason.UNFINISHED, at, at + 1) from None
        token = _TOKEN.match(text, at) if shift <= at < shift + len(source) else None
        if token is None:
            last = shift + len(source)
            raise _Fault(FaultReason.UNFINISHED, last - 1, last) from None
        raise _Fault(FaultReason.SYNTAX, token.start(), token.end(), text=token.group()) from None


def _tree(node: ast.expr, text: str, shift: int, depth: int) -> FormulaTree:
    start = shift + node.col_offset
    assert node.end_col_offset is not None
    end = shift + node.end_col_offset
    said = text[start:end]
    if depth > MAX_DEPTH:
        raise _Fault(FaultReason.TOO_DEEP, start, end, maximum=str(MAX_DEPTH))
    match node:
        case ast.Constant(value=int() | float()):
            return Number(Decimal(said))
        case ast.Name():
            return Name(said, start, end)
        case ast.Attribute(value=ast.Name()):
            raise _Fault(FaultReason.ITEMS_ALONE, start, end, text=said)
        case ast.UnaryOp(op=ast.USub(), operand=part):
            return Negated(_tree(part, text, shift, depth + 1))
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _OPERATORS:
            # A long sum leans left: only its right sides are deeper to a reader.
            parts = _tree(left, text, shift, depth), _tree(right, text, shift, depth + 1)
            return Binary(_OPERATORS[type(op)], *parts, start, end)
        case ast.Call(func=ast.Name() as called, args=arguments, keywords=[]):
            at = shift + called.col_offset
            name = text[at : at + len(called.id)]
            if name not in _FUNCTIONS:
                known = ", ".join(_FUNCTIONS)
                raise _Fault(FaultReason.UNKNOWN_FUNCTION, at, at + len(name), text=name, known=known)
            function = Function(name)
            _check_count(function, len(arguments), start, end)
            return Call(function, tuple(_argument(function, a, text, shift, depth + 1) for a in arguments))
        case _:
            raise _Fault(FaultReason.NOT_ALLOWED, start, end, text=said)


def _check_count(function: Function, count: int, start: int, end: int) -> None:
    match function:
        case Function.COUNT | Function.SUM:
            fits, wanted = count == 1, "1"
        case Function.DAYS | Function.MONTHS:
            fits, wanted = count == 2, "2"
        case Function.LEAST | Function.GREATEST:
            fits, wanted = count >= 1, "1+"
        case _:
            assert_never(function)
    if not fits:
        raise _Fault(FaultReason.ARGUMENT_COUNT, start, end, function=function.value, wanted=wanted)


def _argument(function: Function, node: ast.expr, text: str, shift: int, depth: int) -> FormulaTree:
    assert node.end_col_offset is not None
    start, end = shift + node.col_offset, shift + node.end_col_offset
    match function, node:
        case Function.SUM | Function.LEAST | Function.GREATEST, ast.Attribute(value=ast.Name()):
            items, _, code = text[start:end].partition(".")
            return OfItems(items.strip(), code.strip(), start, end)
        case Function.SUM, _:
            raise _Fault(FaultReason.WANTS_ITEM_FIELD, start, end, function=function.value)
        case Function.COUNT, _ if not isinstance(node, ast.Name):
            raise _Fault(FaultReason.WANTS_LIST, start, end, function=function.value)
        case Function.DAYS | Function.MONTHS, _ if not isinstance(node, ast.Name):
            raise _Fault(FaultReason.WANTS_DATE, start, end, function=function.value)
        case _:
            return _tree(node, text, shift, depth)
