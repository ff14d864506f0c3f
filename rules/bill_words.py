"""Why an amount can not be told yet, in words."""

from __future__ import annotations

from typing import assert_never

from rules.bill import (
    BelowNought,
    DividesByNought,
    FactorsInACircle,
    LeftToAPerson,
    NoRow,
    NotAnswered,
    NotANumber,
    NoTariff,
    Pending,
    SetByOfficer,
    SeveralRows,
)
from rules.exact_text import printed_exact
from rules.printed import printed_date
from rules.words import Lang, Words


def pending_words(pending: Pending) -> Words:
    """Say what an amount waits for: «Luas dasar ditetapkan oleh Dinas PUPR»."""
    return Words(_said(pending, "id"), _said(pending, "en"))


def _said(pending: Pending, lang: Lang) -> str:
    indonesian = lang == "id"
    match pending:
        case SetByOfficer(label=label, agency_name=agency):
            by = "ditetapkan oleh" if indonesian else "set by"
            return f"{label.to(lang)} {by} {agency.to(lang)}"
        case NotAnswered(label=label):
            return f"{label.to(lang)} {'belum dijawab' if indonesian else 'not answered yet'}"
        case NoTariff(item=item, name=name, on=on):
            which = name.to(lang) if item is None else f"{name.to(lang)} ({item.replace('_', ' ').replace('-', ' ')})"
            missing = "belum ditetapkan untuk" if indonesian else "not set for"
            return f"{which} {missing} {printed_date(on.isoformat(), lang)}"
        case NoRow(table):
            no_row = "tidak ada baris tabel yang berlaku" if indonesian else "no row of the table applies"
            return f"{table.to(lang)}: {no_row}"
        case SeveralRows(table, rows):
            numbers = _listed([str(row) for row in rows], lang)
            several = f"baris {numbers} berlaku bersamaan" if indonesian else f"rows {numbers} apply at once"
            return f"{table.to(lang)}: {several}"
        case DividesByNought(formula):
            by_nought = "pembagian dengan nol" if indonesian else "division by nought"
            return f"{by_nought}: {formula.to(lang)}"
        case NotANumber(label=label):
            return f"{label.to(lang)} {'tidak dapat dihitung' if indonesian else 'can not be computed'}"
        case FactorsInACircle(codes):
            waits = "faktor saling menunggu" if indonesian else "factors wait for each other"
            return f"{waits}: {' → '.join(codes)}"
        case BelowNought(exact):
            below = "jumlahnya kurang dari nol" if indonesian else "the sum is less than nought"
            return f"{below}: {printed_exact(exact, lang)}"
        case LeftToAPerson():
            return "diputuskan petugas" if indonesian else "decided by an officer"
        case _:
            assert_never(pending)


def _listed(words: list[str], lang: Lang) -> str:
    return f"{', '.join(words[:-1])} {'dan' if lang == 'id' else 'and'} {words[-1]}"
