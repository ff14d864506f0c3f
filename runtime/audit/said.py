"""A report in words, in Bahasa Indonesia or English, or as JSON."""

from __future__ import annotations

import json

from rules.words import Lang, Words
from runtime.audit.breach import Breach
from runtime.audit.inspection import INVARIANTS, Report

NAMES = {
    "I1": Words("tiap pengajuan yang diakui tersimpan sekali", "each acknowledged application is kept exactly once"),
    "I2": Words("tiap pengajuan punya rangkaian peristiwa tanpa celah", "each application has all its events"),
    "I3": Words("rantai dan titik periksa utuh", "chains and checkpoints verify"),
    "I4": Words("keadaan berkas sama dengan yang mengikuti dari peristiwanya", "each case is what its events come to"),
    "I5": Words("tagihan, pembayaran, dan buku besar cocok", "bills, payments and ledger add up"),
    "I6": Words("izin tunggal, bernomor urut, ditandatangani orang lain", "permits once, numbered, signed by another"),
    "I7": Words("tiap pesan terkirim atau dihentikan, sekali", "each message is sent or given up, once"),
    "I8": Words("tiap berkas ada isinya dan tiap isi ada berkasnya", "files and contents pair up"),
    "I9": Words("waktu tidak pernah mundur", "time never runs backwards"),
    "I10": Words("jalan berkas sesuai aturan saat diajukan", "each case went by the rules of its filing"),
    "I11": Words("tidak ada orang yang merangkap tugas", "nobody has taken two of the duties"),
    "I13": Words("tiap tenggat dapat dihitung ulang", "each date can be worked out again"),
    "I14": Words("basis data utuh", "the database is whole"),
    "I15": Words("permintaan lama dijawab sama", "old requests are answered the same"),
    "I17": Words("tiap keberatan tersimpan seperti yang dicatat", "each objection is kept as its case tells"),
    "I18": Words("tiap survei dihitung sekali", "each survey is counted once"),
}
CLEAN = Words("Tidak ada yang janggal.", "Nothing is the matter.")
FOUND = Words("{count} hal janggal:", "{count} things are the matter:")
LOOKED = Words(
    "Diperiksa: {cities} kota, {cases} berkas, {events} peristiwa, {acknowledged} pengakuan.",
    "Looked at: {cities} cities, {cases} cases, {events} events, {acknowledged} acknowledgements.",
)


def as_json(report: Report) -> str:
    """Write a report as JSON: `clean`, what was looked at, and each breach with invariant, city, subject and found."""
    counts = {name: sum(1 for one in report.breaches if one.invariant == name) for name in INVARIANTS}
    found = [
        {"invariant": one.invariant, "city": one.city, "subject": one.subject, "found": one.found}
        for one in report.breaches
    ]
    whole = {"clean": report.clean, "looked_at": dict(report.looked_at), "counts": counts, "breaches": found}
    return json.dumps(whole, ensure_ascii=False, indent=2)


def in_words(report: Report, lang: Lang) -> str:
    """Write a report for people."""
    lines = [LOOKED.to(lang).format(**report.looked_at)]
    if report.clean:
        return "\n".join([*lines, CLEAN.to(lang)])
    lines.append(FOUND.to(lang).format(count=len(report.breaches)))
    for name in INVARIANTS:
        broken = [one for one in report.breaches if one.invariant == name]
        if broken:
            lines.append(f"{name}  {NAMES[name].to(lang)}")
            lines += [f"     {_line(one)}" for one in broken]
    return "\n".join(lines)


def _line(one: Breach) -> str:
    return f"{one.city} {one.subject}: {one.found}"
