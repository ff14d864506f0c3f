"""`satupintu decide`: one application decided, every part with its reason and its law, as JSON."""

from __future__ import annotations

import json
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from generator.command.chosen_city import CITY, find_city
from generator.command.day_option import day_option
from generator.command.path_types import CATALOG, file_type, folder_type
from generator.command.verb import Verb, option
from generator.examination import examine
from generator.in_force import shared_on, version_on
from generator.model import CityCatalog
from generator.terminal import tell_count, tell_findings
from rules.answers import typed
from rules.decider import Decider
from rules.decision_told import told
from rules.permit import Permit
from rules.words import Lang, Words

HELP = Words(
    "Putuskan permohonan IZIN dengan jawaban dari berkas JSON: kelayakan, dokumen, peninjau tiap tahap, rincian "
    "retribusi, tenggat; masing-masing dengan alasan dan dasar hukumnya.",
    "Decide an application for IZIN with answers from a JSON file: eligibility, documents, reviewers of each stage, "
    "the bill, the deadline; each with its reason and its law.",
)
ANSWERS = Words("Berkas JSON: satu objek, kode isian: jawaban.", "A JSON file: one object, question code: answer.")
ON = Words("Hari pengajuan; tanpa ini sekarang.", "The day of filing; now if left out.")
FOLDER = Words("Folder katalog.", "The catalog folder.")
NOT_JSON = Words("`--jawaban` bukan satu objek JSON", "`--jawaban` is not one JSON object")
OFFICE_OPENS = time(8)


def command(lang: Lang) -> click.Command:
    """Make the verb."""

    def decide(permit: str, answers: Path, on: datetime | None, catalog: Path, city: str | None) -> int:
        given = read_answers(answers, lang)
        examined = examine(catalog)
        if examined.catalog is None:
            tell_findings(examined.findings, catalog, lang)
            tell_count(examined.findings, lang)
            return 1
        chosen = find_city(examined.catalog, permit, city, lang)
        zone = ZoneInfo(chosen.city.zone)
        filed_at = datetime.now(zone) if on is None else datetime.combine(on.date(), OFFICE_OPENS, zone)
        version = in_force(chosen, permit, filed_at.date(), lang)
        city_then = shared_on(chosen, filed_at.date()).city
        decider = Decider(version, city_then)
        facts = decider.facts(given, filed_at.date())
        decision = decider.decide({**facts, **typed(version.officer_fields, given)}, filed_at)
        decider.close()
        # An answer that no question takes, or takes in another form, or that is hidden, decides nothing.
        unused = sorted(set(given) - set(facts) - {field.code for field in version.officer_fields})
        output = {**told(decision, city_then, lang), "tidak_dipakai": unused}
        click.echo(json.dumps(output, ensure_ascii=False, indent=2, default=str))
        return 0

    params: list[click.Parameter] = [
        click.Argument(["permit"], metavar="IZIN"),
        option(lang, "--jawaban", "answers", help=ANSWERS, required=True, type=file_type(), metavar="FILE.json"),
        day_option(lang, ON),
        option(lang, "--katalog", "catalog", help=FOLDER, default=CATALOG, type=folder_type()),
        option(lang, "--daerah", "city", help=CITY, metavar="KODE"),
    ]
    return Verb("decide", lang, decide, HELP, params)


def read_answers(path: Path, lang: Lang) -> dict[str, object]:
    """Read answers with exact numbers; a usage error when they are not one JSON object."""
    try:
        found = json.loads(path.read_bytes(), parse_float=Decimal)
    except (ValueError, RecursionError) as fault:
        raise click.UsageError(f"{NOT_JSON.to(lang)}: {fault}") from fault
    if not isinstance(found, dict):
        raise click.UsageError(NOT_JSON.to(lang))
    return found


def in_force(city: CityCatalog, permit: str, day: date, lang: Lang) -> Permit:
    """Return the version in force on a day; a usage error when there is none."""
    found = version_on(city, permit, day)
    if found is None:
        said = Words(f"`{permit}` tidak berlaku pada {day}", f"`{permit}` is not in force on {day}")
        raise click.UsageError(said.to(lang))
    return found.permit
