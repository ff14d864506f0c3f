"""Where two rows of a promise hold for some application: what their static check does not see."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from generator.checks import sla02_two_totals
from generator.checks.decided_table import Area
from generator.checks.gap import overlaps
from generator.checks.wording import Wording
from generator.finding import Finding, Severity
from generator.model import Catalog
from rules.words import Words

WORDING = Wording(
    "SLA-02",
    Severity.ERROR,
    Words(
        "`waktu_total` menjanjikan dua waktu bagi sebagian permohonan",
        "`waktu_total` promises two times to some applications",
    ),
    Words("berlaku bersama baris sebelumnya", "holds with an earlier row"),
    Words("persempit salah satu dari dua baris ini", "narrow one of these two rows"),
)


def check(catalog: Catalog) -> Iterator[Finding]:
    """Find applications that are promised two times."""
    yield from overlaps(catalog, Area.TOTAL, WORDING)


CHECK = replace(sla02_two_totals.CHECK, each=check)
