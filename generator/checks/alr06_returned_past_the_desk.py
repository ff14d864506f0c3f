"""a file returned for repair never comes back to the desk that returned it

`perbaiki` of a stage leads to a stage from which no approval leads back. Left out, it leads to the applicant, and then
to those who must look again.

## Why this matters

The desk that found the fault is the only one that knows whether it was mended. The permit is issued with the fault in
it, or on a route that the corrected answers would not have taken.

## Example

    periksa: {oleh: dpmptsp.front_office, …, setuju: teknis}
    teknis: {oleh: dinkes, …, setuju: penerbitan, perbaiki: penerbitan}

Write instead no `perbaiki`, or a stage that leads to this one:

    teknis: {oleh: dinkes, …, setuju: penerbitan}
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from generator.checks.check import Check
from generator.checks.route import named, onward, steps_of
from generator.checks.versions import versions_of
from generator.checks.wording import Wording
from generator.finding import Finding, Severity
from generator.model import Catalog
from rules.words import Words

HALAMAN = """\
berkas yang dikembalikan tidak pernah sampai lagi di meja yang mengembalikannya

`perbaiki` sebuah tahap menuju tahap yang persetujuannya tidak kembali ke sini. Tanpa `perbaiki`, berkas kembali kepada
pemohon, lalu kepada meja yang harus melihat lagi.

## Mengapa ini penting

Hanya meja yang menemukan kekurangan itu yang tahu apakah sudah diperbaiki. Izin terbit dengan kekurangannya, atau lewat
jalan yang tidak akan ditempuh jawaban yang sudah dibetulkan.

## Contoh

    periksa: {oleh: dpmptsp.front_office, …, setuju: teknis}
    teknis: {oleh: dinkes, …, setuju: penerbitan, perbaiki: penerbitan}

Tulislah tanpa `perbaiki`, atau tahap yang menuju ke sini:

    teknis: {oleh: dinkes, …, setuju: penerbitan}
"""
WORDING = Wording(
    "ALR-06",
    Severity.ERROR,
    Words(
        "yang dikembalikan `{stage}` tidak pernah sampai lagi di `{stage}`",
        "what `{stage}` returns never comes to `{stage}` again",
    ),
    Words("tidak kembali ke sini", "does not lead back"),
    Words("hapus `perbaiki: {to}`", "delete `perbaiki: {to}`"),
)


def check(catalog: Catalog) -> Iterator[Finding]:
    """Find repairs that pass the desk that asked for them."""
    for seen in versions_of(catalog):
        graph, known = onward(seen), named(seen.permit)
        for step in steps_of(seen):
            if step.key == "perbaiki" and step.to in known and step.stage not in _reached(step.to, graph):
                yield WORDING.at(step.place, stage=step.stage, to=step.to)


def _reached(start: str, graph: Mapping[str, Sequence[str]]) -> set[str]:
    """Return a stage and every one that approvals lead to from it."""
    found, waiting = {start}, [start]
    while waiting:
        new = [stage for stage in graph.get(waiting.pop(), ()) if stage not in found]
        found.update(new)
        waiting.extend(new)
    return found


CHECK = Check("ALR-06", "returned-past-the-desk", check, __doc__, HALAMAN)
