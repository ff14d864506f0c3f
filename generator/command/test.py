"""`satupintu test`: the catalog's own examples, on what is built from it."""

from __future__ import annotations

import tempfile
from pathlib import Path

import click

from generator.build import build
from generator.command.path_types import folder_argument
from generator.command.verb import Verb
from generator.examination import examine
from generator.examples import run_examples
from generator.terminal import tell, tell_count, tell_findings
from rules.words import Lang, Words

HELP = Words(
    "Susun KATALOG (bawaan: catalog) di tempat sementara dan jalankan setiap contoh di contoh/ pada hasilnya: "
    "dokumen, peninjau, retribusi, waktu, dan akhirnya dibandingkan dengan yang tertulis.",
    "Build KATALOG (default: catalog) in a place of its own and run every example of contoh/ on it: documents, "
    "reviewers, fee, time and ending are compared with what is written.",
)
NOT_RUN = Words("contoh tidak dijalankan: ada galat", "the examples were not run: there are errors")


def command(lang: Lang) -> click.Command:
    """Make the verb."""

    def run(catalog: Path) -> int:
        examined = examine(catalog)
        if examined.sound is None:
            tell_findings(examined.findings, catalog, lang)
            tell_count(examined.findings, lang)
            tell(NOT_RUN, lang)
            return 1
        with tempfile.TemporaryDirectory(prefix="satupintu-") as folder:
            release = Path(folder) / build(examined.sound, Path(folder))
            found = tuple(run_examples(release, examined.sound))
        tell_findings(found, catalog, lang)
        ran = sum(len(city.examples) for city in examined.sound.cities.values())
        failed = len({finding.at.place for finding in found})
        tell(Words(f"{ran} contoh, {failed} tidak sesuai", f"{ran} examples, {failed} not as written"), lang)
        return int(bool(found))

    return Verb("test", lang, run, HELP, [folder_argument()])
