"""`satupintu test`: the catalog's own examples, on what is built from it."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import click

from generator.build import build
from generator.command.path_types import folder_argument
from generator.command.verb import Verb, option
from generator.coverage import Coverage, Sort
from generator.examination import examine
from generator.example_report import ExampleReport, Look, report_examples
from generator.examples import Compiled
from generator.finding import Severity
from generator.model import CityCatalog
from generator.terminal import tell, tell_count, tell_findings
from rules.words import Lang, Words

HELP = Words(
    "Susun KATALOG (bawaan: catalog) di tempat sementara dan jalankan setiap contoh di contoh/ pada hasilnya: "
    "dokumen, peninjau, retribusi, waktu, dan akhirnya dibandingkan dengan yang tertulis. Lalu hitung baris, tahap, "
    "dokumen, dan penolakan mana yang dicapai contoh.",
    "Build KATALOG (default: catalog) in a place of its own and run every example of contoh/ on it: documents, "
    "reviewers, fee, time and ending are compared with what is written. Then count which rows, stages, documents and "
    "refusals the examples reach.",
)
PROPOSE = Words(
    "Tulis usul contoh untuk yang belum dicapai, dari pembuktian. Usul bertanda `usulan: ya` dan tidak dihitung sampai "
    "orang memastikannya.",
    "Write examples for what none reaches, from the proof. They are marked `usulan: ya` and count for nothing until a "
    "person confirms them.",
)
NONE_REACHES = Words(
    "`{permit}`: tidak ada permohonan yang dapat mencapai {what}", "`{permit}`: no application can reach {what}"
)
NONE_FOUND = Words(
    "`{permit}`: belum ditemukan permohonan yang mencapai {what}; tulislah contohnya sendiri",
    "`{permit}`: no application was found that reaches {what}; write the example yourself",
)
LANGS: tuple[Lang, Lang] = ("id", "en")
MUTATE = Words(
    "Ubah katalog seperti petugas dapat salah ketik, satu perubahan setiap kali, dan hitung berapa yang diketahui "
    "pemeriksaan, contoh, atau pembuktian.",
    "Change the catalog as an officer may mistype it, one slip at a time, and count how many are noticed by checks, "
    "examples or proofs.",
)
MOST = Words("Sebanyak-banyaknya perubahan ini yang dicoba.", "Try at most so many changes.")
SEED = Words("Benih pilihan perubahan.", "The seed by which changes are chosen.")
FAST = Words("Tanpa pembuktian.", "Without proofs.")
SORTS = {
    Sort.ROW: Words("baris", "rows"),
    Sort.STAGE: Words("tahap", "stages"),
    Sort.DOCUMENT: Words("dokumen", "documents"),
    Sort.REFUSAL: Words("penolakan", "refusals"),
}
NOT_RUN = Words("contoh tidak dijalankan: ada galat", "the examples were not run: there are errors")


def command(lang: Lang) -> click.Command:
    """Make the verb."""

    def run(catalog: Path, propose: bool, mutate: bool, most: int, seed: int, fast: bool) -> int:
        examined = examine(catalog, prove=False)
        if examined.sound is None:
            tell_findings(examined.findings, catalog, lang)
            tell_count(examined.findings, lang)
            tell(NOT_RUN, lang)
            return 1
        with tempfile.TemporaryDirectory(prefix="satupintu-") as folder:
            release = Path(folder) / build(examined.sound, Path(folder))
            report = report_examples(release, examined.sound, proposer(catalog, lang) if propose else None)
        tell_findings(report.findings, catalog, lang)
        click.echo(coverage_table(report, lang), nl=False)
        tell(result(report), lang)
        failed = any(finding.severity is Severity.ERROR for finding in report.findings)
        if mutate and not failed:
            tell_score(catalog, most, seed, lang, prove=not fast)
        return int(failed)

    params = [
        folder_argument(),
        option(lang, "--usulkan", "propose", help=PROPOSE, is_flag=True),
        option(lang, "--mutasi", "mutate", help=MUTATE, is_flag=True),
        option(lang, "--paling-banyak", "most", help=MOST, default=1000, type=click.IntRange(1), metavar="N"),
        option(lang, "--benih", "seed", help=SEED, default=1, type=int, metavar="N"),
        option(lang, "--cepat", "fast", help=FAST, is_flag=True),
    ]
    return Verb("test", lang, run, HELP, params)


def proposer(catalog: Path, lang: Lang) -> Look:
    """Return what writes the missing examples of a permit version beside those that are there."""
    from generator.example_text import example_text
    from generator.proposal import proposals  # loads z3, which no other run needs

    def look(coverage: Coverage, compiled: Compiled, city: CityCatalog) -> None:
        permit = coverage.version.permit
        written = [example for example in city.examples if example.permit == permit.code]
        path = catalog / city.city.code / "contoh" / f"{permit.code}.yaml"
        for proposal in proposals(coverage, compiled, written):
            what = proposal.part.says
            if proposal.example is None:
                none = NONE_REACHES if proposal.proven else NONE_FOUND
                filled = {"permit": permit.code}
                id_, en = (none.to(of).format(**filled, what=what.to(of)) for of in LANGS)
                tell(Words(id_, en), lang)
                continue
            path.parent.mkdir(exist_ok=True)
            with path.open("a", encoding="utf-8", newline="\n") as file:
                file.write(f"\n{example_text(proposal.example, permit)}")
            said = f"{path}: usul yang mencapai {what.id}"
            tell(Words(said, f"{path}: proposed, reaches {what.to('en')}"), lang)

    return look


def tell_score(catalog: Path, most: int, seed: int, lang: Lang, *, prove: bool) -> None:
    """Try mutants, with their number on the terminal meanwhile, and write what was noticed."""
    from generator.mutation.score import score  # half of the program, which no other run needs
    from generator.mutation.told import in_one_line, told

    watched = sys.stderr is not None and sys.stderr.isatty()

    def progress(done: int, of: int) -> None:
        step = max(1, of // 10)
        if watched:
            click.echo(f"\r{done}/{of} ", err=True, nl=done == of)
        elif done == of or done // step > (done - 1) // step:
            click.echo(f"{done}/{of}", err=True)

    tried = score(catalog, most, seed, progress, prove=prove)
    for line in told(tried, lang):
        click.echo(line)
    tell(in_one_line(tried), lang)


def coverage_table(report: ExampleReport, lang: Lang) -> str:
    """Write what the examples of each permit version reach, and the sum, in columns."""
    heads = [Words("izin", "permit"), Words("contoh", "examples"), *map(SORTS.__getitem__, Sort)]
    rows = [[head.to(lang) for head in heads]]
    for each in report.coverage:
        permit = each.version.permit
        counts = [each.count(sort) for sort in Sort]
        rows.append([f"{permit.code} {permit.valid_from}", f"{each.examples}", *(f"{n}/{of}" for n, of in counts)])
    sums = [report.total(sort) for sort in Sort]
    rows.append(["", f"{sum(each.examples for each in report.coverage)}", *(f"{n}/{of}" for n, of in sums)])
    widths = [max(len(row[column]) for row in rows) for column in range(len(heads))]
    lines = (
        "  ".join(cell.ljust(width) if not at else cell.rjust(width) for at, (cell, width) in enumerate(pairs))
        for pairs in (list(zip(row, widths, strict=True)) for row in rows)
    )
    return "".join(f"{line.rstrip()}\n" for line in lines)


def result(report: ExampleReport) -> Words:
    """Say in one line how many examples there are, how many fail, and what is not reached."""
    ran, failed = len(report.outcomes), report.failed
    missed = sum(len(each.unreached) for each in report.coverage)
    return Words(
        f"{ran} contoh, {failed} tidak sesuai, {missed} bagian tidak dicapai",
        f"{ran} examples, {failed} not as written, {missed} parts not reached",
    )
