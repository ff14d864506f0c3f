"""a question takes another kind of answer than in the version before

One code, one kind: an answer typed for the earlier version is read by the later one, and by whoever compares the two.

## Why this matters

A draft begun before the new version starts would hold an answer that means something else: 2 hectares are not 2 m2.

## Example

    # izin/uji/2026-01-01.yaml
    - {kode: luas, label: Luas ruangan, jenis: desimal, digit: 2, satuan: m2}
    # izin/uji/2026-07-01.yaml
    - {kode: luas, label: Luas ruangan, jenis: pilihan, pilihan: {kecil: Kecil, besar: Besar}}

Write instead a code of its own:

    - {kode: golongan_luas, label: Golongan luas, jenis: pilihan, pilihan: {kecil: Kecil, besar: Besar}}
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.checks.check import Check
from generator.checks.versions import Seen, successions
from generator.checks.wording import Wording, plain
from generator.finding import Finding, Label, Severity
from generator.model import Catalog, Path
from rules.field import Derived, Field
from rules.words import Words

HALAMAN = """\
ada pertanyaan yang berganti jenis jawaban dari versi sebelumnya

Satu kode, satu jenis: jawaban yang diketik untuk versi terdahulu dibaca oleh versi berikutnya.

## Mengapa ini penting

Rancangan permohonan yang dimulai sebelum versi baru berlaku akan berisi jawaban dengan arti lain: 2 hektare bukan 2 m2.

## Contoh

    # izin/uji/2026-01-01.yaml
    - {kode: luas, label: Luas ruangan, jenis: desimal, digit: 2, satuan: m2}
    # izin/uji/2026-07-01.yaml
    - {kode: luas, label: Luas ruangan, jenis: pilihan, pilihan: {kecil: Kecil, besar: Besar}}

Pakailah kode baru:

    - {kode: golongan_luas, label: Golongan luas, jenis: pilihan, pilihan: {kecil: Kecil, besar: Besar}}
"""
WORDING = Wording(
    "VER-04",
    Severity.ERROR,
    Words(
        "`{field}` berganti {what} dari `{old}` ke `{new}` dibanding versi {since}",
        "`{field}` has another {what} than in the version of {since}: `{new}`, not `{old}`",
    ),
    Words("dahulu `{old}`", "was `{old}`"),
    Words("beri pertanyaan ini kode baru", "give this question a new code"),
)
BEFORE = plain("dahulu di sini", "was here")
KIND, UNIT = Words("jenis", "kind"), Words("satuan", "unit")
NO_UNIT = "-"


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question or a derived fact, and where it stands."""

    one: Field | Derived
    path: Path


def check(catalog: Catalog) -> Iterator[Finding]:
    """Find questions of another kind, or in another unit, than in the version before."""
    for earlier, later in successions(catalog):
        before = dict(_asked(earlier))
        for name, now in _asked(later):
            old = before.get(name)
            if old is None:
                continue
            told = {"field": now.one.code, "since": earlier.permit.valid_from}
            if old.one.kind is not now.one.kind:
                label = Label(earlier.at((*old.path, "jenis"), old.path), BEFORE)
                place = later.at((*now.path, "jenis"), now.path)
                yield WORDING.at(place, label, what=KIND, old=old.one.kind.value, new=now.one.kind.value, **told)
            elif old.one.unit != now.one.unit:
                label = Label(earlier.at((*old.path, "satuan"), old.path), BEFORE)
                place = later.at((*now.path, "satuan"), now.path)
                old_unit, new_unit = old.one.unit or NO_UNIT, now.one.unit or NO_UNIT
                yield WORDING.at(place, label, what=UNIT, old=old_unit, new=new_unit, **told)


def _asked(seen: Seen) -> Iterator[tuple[tuple[str, ...], _Asked]]:
    """Yield every question and derived fact by its name, those of items by the name of their `daftar` too."""
    permit = seen.permit
    for field in permit.fields:
        path: Path = ("isian", field.code)
        yield (field.code,), _Asked(field, path)
        for item in field.items:
            yield (field.code, item.code), _Asked(item, (*path, "isian", item.code))
        for derived in field.derived:
            yield (field.code, derived.code), _Asked(derived, (*path, "turunan", derived.code))
    for derived in permit.derived:
        yield (derived.code,), _Asked(derived, ("turunan", derived.code))
    for stage in permit.stages:
        for number, reviewer in enumerate(stage.reviewers):
            desk: Path = ("alur", stage.code, "serentak", number) if stage.side_by_side else ("alur", stage.code)
            for field in reviewer.officer_fields:
                yield (field.code,), _Asked(field, (*desk, "isian_petugas", field.code))


CHECK = Check("VER-04", "kind-changed", check, __doc__, HALAMAN)
