"""Every case that can still be read, a JSON line each, for whoever compares rules: its answers, and how far it is.

    .venv/bin/python -m runtime.audit.past_cases

Changes nothing, also while the server runs. What it prints is personal: it goes to the program that asked, and nowhere
else. Cases of people who were forgotten are left out: nobody can read their answers any more.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

from sqlalchemy import select

from rules.version_change import movable
from runtime import json_text
from runtime.cases.casework import Casework
from runtime.cases.journal_tables import case_file
from runtime.cases.snapshot import NothingKeptError, open_snapshot
from runtime.cases.store import Store
from runtime.cases.store_fault import DurabilityError, StoreUnavailableError
from runtime.clock import clock_for
from runtime.documents.shelf import FilesSetting
from runtime.json_text import Json
from runtime.release import BrokenReleaseError
from runtime.releases import Releases
from runtime.settings import SettingError, from_environment
from runtime.vault import SealBrokenError


def main() -> int:
    """Print the cases, and return the exit code."""
    try:
        settings = from_environment(os.environ)
        releases = Releases(settings.release)
        database = open_snapshot(settings.data, settings.database)
    except (SettingError, BrokenReleaseError, NothingKeptError, DurabilityError, StoreUnavailableError) as problem:
        print(problem, file=sys.stderr)
        return 2
    clock = clock_for(settings.clock_starts)
    with Store(settings.data, clock, settings.limits, FilesSetting(settings.files), database=database) as store:
        for case in past_cases(store, releases):
            print(json_text.write(case))
    releases.close()
    return 0


def past_cases(store: Store, releases: Releases) -> Iterator[dict[str, Json]]:
    """Yield the cases of a store, the oldest number first."""
    casework = Casework(store, lambda digest, city: releases.of(digest).cities.get(city))
    columns = (case_file.c.daerah, case_file.c.nomor, case_file.c.stage, case_file.c.ended_at)
    query = select(*columns).order_by(case_file.c.daerah, case_file.c.nomor)
    for daerah, nomor, stage, ended in store.database.read(lambda connection: list(connection.execute(query))):
        try:
            case = casework.open(daerah, nomor)
        except (SealBrokenError, BrokenReleaseError):
            continue  # `satupintu audit` says why
        if case is None:
            continue
        permit, facts = case.permit.permit, case.all_facts
        officers = [field.code for field in permit.officer_fields]
        yield {
            "daerah": daerah,
            "nomor": nomor,
            "izin": permit.code,
            "versi": permit.valid_from,
            "tahap": None if ended is not None else stage or case.state.root,
            "dapat_pindah": movable(case.state),
            "diajukan": case.filed_on.isoformat(),
            "jawaban": _json(case.answers),
            "petugas": _json({code: facts[code] for code in officers if code in facts}),
        }


def _json(answers: object) -> Json:
    return json_text.read(json_text.write(answers))


if __name__ == "__main__":
    sys.exit(main())
