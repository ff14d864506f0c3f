"""a version takes open cases over and strands one of them

`peralihan` says what becomes of the cases that are open when a version starts. A case stays on the version it was filed
under (`tetap`, also where nothing is written). With `pindah` the open cases of the version before follow it from its
first day on: their answers go along, the applicant is asked once for what is new, approvals stand where the desk is
still there and reads nothing that changed, and what was promised and assessed stays as it was. Nobody may be stranded
by it: refused for what was right when it was filed, without a bill that can be made, or without a way on from where the
file is. Every application that the old version takes is tried, at every position that its file can be in.

## Why this matters

Who filed by the old rules has done all that was asked; a file that nobody can finish is a broken promise, and by law
deemed granted in the end (UU 30/2014, article 53).

## Example

    # izin/uji/2026-01-01.yaml
    - {kode: jenis_usaha, jenis: pilihan, pilihan: {warung: Warung, kios: Kios}, …}
    # izin/uji/2026-07-01.yaml
    peralihan: pindah
    …
    - {kode: jenis_usaha, jenis: pilihan, pilihan: {warung: Warung}, …}

Write instead that those whom the new form would refuse stay on the old version:

    peralihan: {pindah: {yang_ditolak: tetap}}

A stage that has another name now is named, so that what was approved there stands:

    peralihan: {pindah: {tahap: {teknis_lama: teknis}}}
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.check import Check
from generator.checks.tariffs_named import tariffs_named
from generator.checks.versions import Seen, successions, versions_of
from generator.checks.wording import Wording
from generator.finding import Finding, Severity
from generator.model import Catalog, Path
from generator.reading.tks import did_you_mean, listed
from rules.permit import Moving, Permit, Stage
from rules.words import Words

HALAMAN = """\
sebuah versi mengambil alih permohonan yang berjalan dan menelantarkan sebagian

`peralihan` menyebut nasib permohonan yang masih berjalan saat sebuah versi mulai. Permohonan tetap pada versi saat
diajukan (`tetap`, juga bila tidak ditulis). Dengan `pindah`, permohonan versi sebelumnya mengikuti versi ini sejak hari
pertamanya: jawabannya ikut, yang baru ditanyakan diminta sekali dari pemohon, persetujuan tetap bila mejanya masih ada
dan tidak membaca yang berubah, dan yang sudah dijanjikan atau ditetapkan tidak berubah. Tidak seorang pun boleh
terlantar karenanya: ditolak atas hal yang benar saat diajukan, tidak dapat ditagih, atau berkasnya tidak dapat
berlanjut. Setiap permohonan yang diterima versi lama dicoba, di setiap tempat berkasnya dapat berada.

## Mengapa ini penting

Siapa yang mengajukan menurut aturan lama sudah melakukan semua yang diminta; berkas yang tidak dapat diselesaikan
adalah janji yang diingkari, dan akhirnya dianggap dikabulkan (UU 30/2014 pasal 53).

## Contoh

    # izin/uji/2026-01-01.yaml
    - {kode: jenis_usaha, jenis: pilihan, pilihan: {warung: Warung, kios: Kios}, …}
    # izin/uji/2026-07-01.yaml
    peralihan: pindah
    …
    - {kode: jenis_usaha, jenis: pilihan, pilihan: {warung: Warung}, …}

Tulislah bahwa yang akan ditolak formulir baru tetap pada versi lama:

    peralihan: {pindah: {yang_ditolak: tetap}}

Tahap yang berganti nama disebut, sehingga yang sudah disetujui di sana tetap:

    peralihan: {pindah: {tahap: {teknis_lama: teknis}}}
"""
FIRST = Wording(
    "VER-07",
    Severity.ERROR,
    Words(
        "tidak ada versi `{permit}` sebelum ini yang permohonannya dapat pindah",
        "no version of `{permit}` is before this one, from which cases could move",
    ),
    Words("tidak ada versi lama", "no version before"),
    Words("hapus `peralihan`", "delete `peralihan`"),
)
NOT_THERE = Wording(
    "VER-07",
    Severity.ERROR,
    Words("versi {since} tidak mempunyai tahap `{stage}`", "the version of {since} has no stage `{stage}`"),
    Words("bukan tahap versi lama", "no stage of before"),
    Words("{advice}", "{advice}"),
)
NOT_HERE = Wording(
    "VER-07",
    Severity.ERROR,
    Words(
        "versi ini tidak mempunyai tahap `{stage}` untuk diperiksa",
        "this version has no stage `{stage}` where somebody looks",
    ),
    Words("bukan tahap versi ini", "no stage of this version"),
    Words("{advice}", "{advice}"),
)
NO_BILL = Wording(
    "VER-07",
    Severity.ERROR,
    Words(
        "permohonan yang diajukan sebelum {first} dan pindah tidak dapat ditagih: tarif `{tariff}` belum ada nilainya",
        "cases filed before {first} that move can not be billed: the tariff `{tariff}` has no value yet",
    ),
    Words("mulai {first}", "begins on {first}"),
    Words(
        "tulis nilai `{tariff}` sejak {since} di tarif/{tariff}.yaml, atau `peralihan: tetap`",
        "write the value of `{tariff}` since {since} in tarif/{tariff}.yaml, or `peralihan: tetap`",
    ),
)
LAPSES = Wording(
    "VER-07",
    Severity.WARNING,
    Words(
        "persetujuan `{desk}` di tahap `{stage}` gugur saat pindah, lalu diminta lagi di `{to}`",
        "the approval of `{desk}` at the stage `{stage}` is lost in the move, and asked for again at `{to}`",
    ),
    Words("berganti nama?", "another name?"),
    Words(
        "tulis `tahap: {{{stage}: {to}}}` di bawah `pindah` bila tahapnya sama",
        "write `tahap: {{{stage}: {to}}}` below `pindah` if it is the same stage",
    ),
)
HERE: Path = ("peralihan",)


def check(catalog: Catalog) -> Iterator[Finding]:
    """Find moves that nothing can come of as they are written."""
    following = {id(later.version) for _, later in successions(catalog)}
    for seen in versions_of(catalog):
        if seen.permit.moving is not None and id(seen.version) not in following:
            yield FIRST.at(seen.at(HERE), permit=seen.permit.code)
    for earlier, later in successions(catalog):
        if (moving := later.permit.moving) is not None:
            yield from _stages(earlier.permit, later, moving)
            yield from _lapsing(earlier.permit, later, moving)
            yield from _without_a_bill(earlier.permit, later)


def _stages(before: Permit, later: Seen, moving: Moving) -> Iterator[Finding]:
    old, new = _worked(before), _worked(later.permit)
    for stage, to in moving.stages:
        path: Path = (*HERE, "pindah", "tahap", stage)
        place = later.at(path)
        if stage not in old:
            yield NOT_THERE.at(place, since=before.valid_from, stage=stage, advice=_known(stage, old))
        if to not in new:
            yield NOT_HERE.at(place, stage=to, advice=_known(to, new))


def _known(code: str, stages: dict[str, Stage]) -> Words:
    otherwise = Words(f"tahapnya: {listed(stages, 30)}", f"its stages: {listed(stages, 30)}")
    return did_you_mean(code, stages, otherwise)


def _worked(permit: Permit) -> dict[str, Stage]:
    """Return the stages of a version but for its ends."""
    return {stage.code: stage for stage in permit.stages if stage.end is None}


def _lapsing(before: Permit, later: Seen, moving: Moving) -> Iterator[Finding]:
    """Find stages that are gone while a new one asks the same desk: most likely the same stage by another name."""
    old, new = _worked(before), _worked(later.permit)
    named = {stage for stage, _ in moving.stages}
    for stage in old.values():
        if stage.code in new or stage.code in named:
            continue
        for other in new.values():
            both = [desk for desk in _desks(stage) if desk in _desks(other)]
            if other.code not in old and both and stage.signature == other.signature:
                desk = both[0][0] if both[0][1] is None else f"{both[0][0]}.{both[0][1]}"
                yield LAPSES.at(later.at(HERE), desk=desk, stage=stage.code, to=other.code)
                break


def _desks(stage: Stage) -> list[tuple[str, str | None]]:
    return [(reviewer.agency, reviewer.role) for reviewer in stage.reviewers]


def _without_a_bill(before: Permit, later: Seen) -> Iterator[Finding]:
    """Find tariffs without a value on the first day on which a case that moves can have been filed."""
    series = {(tariff.code, item): values for tariff in later.city.city.tariffs for item, values in tariff.series}
    told: set[str] = set()
    for value, _ in tariffs_named(later):
        first = min((each.valid_from for each in series.get((value.code, value.item), ())), default=before.valid_from)
        if first > before.valid_from and value.code not in told:
            told.add(value.code)
            yield NO_BILL.at(later.at(HERE), first=first, tariff=value.code, since=before.valid_from)


CHECK = Check("VER-07", "application-stranded", check, __doc__, HALAMAN)
