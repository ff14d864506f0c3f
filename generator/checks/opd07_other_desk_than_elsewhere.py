"""a permit is received or signed by another role than every other permit of the city

## Why this matters

Who receives files and who signs letters follows from one delegation, so it is the same for all permits. A single permit
that names another role of the office is most often a slip of the hand: its letters are signed by somebody who may not.

## Example

    penerbitan: {oleh: dpmptsp.verifikator, waktu: 1 hari kerja, tanda_tangan: ya, setuju: terbit}

Write instead, as the other permits do:

    penerbitan: {oleh: dpmptsp.kepala, waktu: 1 hari kerja, tanda_tangan: ya, setuju: terbit}

Where it is right as it is, accept it with its reason:

    diterima: [{temuan: OPD-07, alasan: Ditandatangani sekretaris menurut SK 12/2026.}]
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from generator.checks.check import Check, nothing
from generator.checks.wording import Wording
from generator.finding import Finding, Severity
from generator.model import Catalog, PermitVersion
from rules.permit import Stage
from rules.words import Words

HALAMAN = """\
sebuah izin diterima atau ditandatangani peran lain dari semua izin lain di daerah ini

## Mengapa ini penting

Siapa yang menerima berkas dan siapa yang menandatangani surat mengikuti satu pelimpahan, maka sama untuk semua izin.
Satu izin yang menyebut peran lain di kantor itu biasanya salah tulis: suratnya ditandatangani orang yang tidak berhak.

## Contoh

    penerbitan: {oleh: dpmptsp.verifikator, waktu: 1 hari kerja, tanda_tangan: ya, setuju: terbit}

Tulislah seperti izin lain:

    penerbitan: {oleh: dpmptsp.kepala, waktu: 1 hari kerja, tanda_tangan: ya, setuju: terbit}

Bila memang begitu, terimalah dengan alasannya:

    diterima: [{temuan: OPD-07, alasan: Ditandatangani sekretaris menurut SK 12/2026.}]
"""

WORDING = Wording(
    "OPD-07",
    Severity.WARNING,
    Words(
        "hanya `{permit}` yang {what} `{desk}`; {count} izin lain oleh `{usual}`",
        "only `{permit}` is {what} by `{desk}`; {count} other permits by `{usual}`",
    ),
    Words("hanya di izin ini", "in this permit only"),
    Words("tulis `{usual}`, atau terima dengan alasannya", "write `{usual}`, or accept it with its reason"),
)
RECEIVED, SIGNED = Words("diterima oleh", "received"), Words("ditandatangani oleh", "signed")
ENOUGH = 5  # permits that agree; fewer are no habit
Desk = tuple[str, str | None]


def across(catalog: Catalog) -> Iterator[Finding]:
    """Find the one permit whose receiving or signing role no other permit has."""
    for city in catalog.cities.values():
        latest = [versions[-1] for versions in city.permits.values() if versions]
        first = [version.permit.stages[:1] for version in latest]
        yield from _told(latest, RECEIVED, first, anywhere=False)
        signing = [tuple(stage for stage in version.permit.stages if stage.signature)[:1] for version in latest]
        yield from _told(latest, SIGNED, signing, anywhere=True)


def _told(
    latest: list[PermitVersion], what: Words, stages: list[tuple[Stage, ...]], *, anywhere: bool
) -> Iterator[Finding]:
    """Yield the desks that are alone; another agency is told where `anywhere`, else only another role of the usual."""
    desks = [(version, stage[0], _desk(stage[0])) for version, stage in zip(latest, stages, strict=True) if stage]
    counted = Counter(desk for _, _, desk in desks if desk is not None)
    for version, stage, desk in desks:
        usual, count = counted.most_common(1)[0] if counted else (None, 0)
        if desk is None or usual is None or counted[desk] > 1 or count < ENOUGH:
            continue
        if desk[0] != usual[0] and not anywhere:
            continue
        place = version.places.find("alur", stage.code, "oleh")
        named, often = _name(desk), _name(usual)
        yield WORDING.at(place, permit=version.permit.code, what=what, desk=named, usual=often, count=str(count))


def _desk(stage: Stage) -> Desk | None:
    """Return who is asked at a stage, where it is one role."""
    one = stage.reviewers[0] if len(stage.reviewers) == 1 else None
    return None if one is None else (one.agency, one.role)


def _name(desk: Desk) -> str:
    return desk[0] if desk[1] is None else f"{desk[0]}.{desk[1]}"


CHECK = Check("OPD-07", "other-desk-than-elsewhere", nothing, __doc__, HALAMAN, across)
