"""Where a promise has no row for some application: what its static check does not see."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from generator.checks import sla01_no_total
from generator.checks.decided_table import Area
from generator.checks.gap import gaps
from generator.checks.wording import Wording
from generator.finding import Finding, Severity
from generator.model import Catalog
from rules.words import Words

WORDING = Wording(
    "SLA-01",
    Severity.ERROR,
    Words(
        "`waktu_total` tidak menjanjikan waktu bagi sebagian permohonan",
        "`waktu_total` promises no time to some applications",
    ),
    Words("tidak satu baris pun berlaku", "no row holds"),
    Words(
        "tempel baris ini dan isi `waktu`, atau lebarkan salah satu baris",
        "paste this row and fill in `waktu`, or widen one of the rows",
    ),
)


def check(catalog: Catalog) -> Iterator[Finding]:
    """Find applications that are promised no time."""
    yield from gaps(catalog, Area.TOTAL, WORDING)


CHECK = replace(sla01_no_total.CHECK, each=check)
