"""The words for what keeps a text from being a formula."""

from __future__ import annotations

from generator.reading.tks import clip
from rules.formula import FaultReason, FormulaFault
from rules.words import Words

_REASONS = {
    FaultReason.EMPTY: Words("belum ada isinya", "nothing is in it"),
    FaultReason.TOO_LONG: Words("lebih dari {maximum} huruf", "more than {maximum} letters"),
    FaultReason.TOO_DEEP: Words("kurungnya lebih dari {maximum} lapis", "more than {maximum} levels of brackets"),
    FaultReason.CHARACTER: Words("`{text}` tidak punya arti di sini", "`{text}` has no meaning here"),
    FaultReason.COMMA_DECIMAL: Words("`{text}` memakai koma desimal", "`{text}` has a decimal comma"),
    FaultReason.GROUPED_NUMBER: Words("`{text}` memakai titik ribuan", "`{text}` has points between thousands"),
    FaultReason.AMBIGUOUS_POINT: Words(
        "`{text}` dapat berarti {instead} atau {decimal}", "`{text}` may mean {instead} or {decimal}"
    ),
    FaultReason.NUMBER_WORD: Words("`{text}` memakai kata bilangan", "`{text}` has a word for a number"),
    FaultReason.NUMBER_FORM: Words("`{text}` bukan angka", "`{text}` is not a number"),
    FaultReason.NUMBER_TOO_LONG: Words("angka lebih dari {maximum} digit", "a number has more than {maximum} digits"),
    FaultReason.NAME_FORM: Words("`{text}` bukan nama isian", "`{text}` is not the name of a field"),
    FaultReason.SYNTAX: Words("`{text}` tidak dapat berdiri di sini", "`{text}` cannot stand here"),
    FaultReason.UNFINISHED: Words("rumus berhenti di tengah", "it ends in the middle"),
    FaultReason.NOT_ALLOWED: Words(
        "`{text}` tidak ada dalam bahasa rumus", "`{text}` is not in the language of formulas"
    ),
    FaultReason.UNKNOWN_FUNCTION: Words("fungsi `{text}` tidak ada", "there is no function `{text}`"),
    FaultReason.ARGUMENT_COUNT: Words("`{function}` memakai {wanted} nilai", "`{function}` takes {wanted} values"),
    FaultReason.WANTS_LIST: Words("`{function}` menghitung sebuah daftar", "`{function}` counts a list"),
    FaultReason.WANTS_ITEM_FIELD: Words(
        "`{function}` menjumlahkan isian sebuah daftar", "`{function}` adds a question of a list"
    ),
    FaultReason.WANTS_DATE: Words("`{function}` memakai dua tanggal", "`{function}` takes two dates"),
    FaultReason.ITEMS_ALONE: Words(
        "`{text}` berdiri di luar `jumlah`, `terkecil`, `terbesar`",
        "`{text}` stands outside `jumlah`, `terkecil`, `terbesar`",
    ),
}
_ADVICE = {
    FaultReason.EMPTY: Words("tulis rumusnya", "write the formula"),
    FaultReason.TOO_LONG: Words("pecah menjadi beberapa faktor", "split it into several factors"),
    FaultReason.TOO_DEEP: Words("pecah menjadi beberapa faktor", "split it into several factors"),
    FaultReason.UNFINISHED: Words("lengkapi rumus atau kurungnya", "complete the formula or its brackets"),
    FaultReason.NUMBER_TOO_LONG: Words("tulis angka yang lebih pendek", "write a shorter number"),
    FaultReason.UNKNOWN_FUNCTION: Words("pakai salah satu: {known}", "use one of: {known}"),
    FaultReason.NAME_FORM: Words(
        "tulis kodenya: huruf kecil, angka dan `_`", "write its code: small letters, digits and `_`"
    ),
    FaultReason.WANTS_LIST: Words("tulis `banyak(kode_daftar)`", "write `banyak(code_of_list)`"),
    FaultReason.WANTS_ITEM_FIELD: Words("tulis `{function}(daftar.isian)`", "write `{function}(list.field)`"),
    FaultReason.WANTS_DATE: Words("tulis `{function}(dari, sampai)`", "write `{function}(from, until)`"),
    FaultReason.ITEMS_ALONE: Words("tulis `jumlah({text})`", "write `jumlah({text})`"),
}
_INSTEAD = Words("tulis `{instead}`", "write `{instead}`")
_SIGNS = Words(
    "rumus memuat angka, nama, `+ - * / ( )` dan fungsi", "a formula has numbers, names, `+ - * / ( )` and functions"
)


def reason_of(fault: FormulaFault) -> Words:
    """Say what stands in the way."""
    return _filled(_REASONS[fault.reason], fault)


def advice_of(fault: FormulaFault) -> Words:
    """Say the one step to take."""
    if fault.reason in _ADVICE:
        return _filled(_ADVICE[fault.reason], fault)
    return _filled(_INSTEAD if "instead" in fault.arguments else _SIGNS, fault)


def _filled(words: Words, fault: FormulaFault) -> Words:
    arguments = {key: value if key == "known" else clip(value) for key, value in fault.arguments.items()}
    return Words(words.id.format(**arguments), words.to("en").format(**arguments))
