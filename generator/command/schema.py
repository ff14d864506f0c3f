"""`satupintu schema`: the editor's schema of each permit, where the first line of its file points to."""

from __future__ import annotations

from pathlib import Path

import click

from generator.command.path_types import folder_argument
from generator.command.verb import Verb
from generator.examination import examine
from generator.schemas import write_schemas
from generator.terminal import tell, tell_count
from rules.words import Lang, Words

HELP = Words(
    "Tulis skema editor setiap izin KATALOG (bawaan: catalog) ke <daerah>/.skema/<izin>.json: pelengkapan, penjelasan, "
    "dan tanda salah di VS Code dan editor lain dengan YAML Language Server.",
    "Write the editor's schema of each permit of KATALOG (default: catalog) to <city>/.skema/<permit>.json: "
    "completion, explanations and marked mistakes in VS Code and other editors with the YAML Language Server.",
)


def command(lang: Lang) -> click.Command:
    """Make the verb."""

    def schema(catalog: Path) -> int:
        examined = examine(catalog)
        written = 0 if examined.catalog is None else write_schemas(examined.catalog, catalog)
        tell(Words(f"{written} skema ditulis", f"{written} schemas written"), lang)
        if examined.sound is None:
            tell_count(examined.findings, lang)
            return 1
        return 0

    return Verb("schema", lang, schema, HELP, [folder_argument()])
