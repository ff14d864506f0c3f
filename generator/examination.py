"""A catalog folder, read and checked: what it means, and everything its authors should know about it.

Gains one answer to «may this be published?» for every verb that asks. Loses nothing; findings are in reading order.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from generator.finding import Finding, Severity
from generator.model import Catalog
from generator.reading.catalog_folder import read_catalog


@dataclass(frozen=True, slots=True)
class Examination:
    """What was read (None when not even one city was) and what was found."""

    catalog: Catalog | None
    findings: tuple[Finding, ...]

    @property
    def sound(self) -> Catalog | None:
        """Return the catalog if it may be built: it was read, and nothing found is an error."""
        return None if any(finding.severity is Severity.ERROR for finding in self.findings) else self.catalog


def examine(folder: Path, *, static_only: bool = False) -> Examination:
    """Read a catalog folder and check it; `static_only` leaves out what has to be proven."""
    del static_only
    catalog, findings = read_catalog(folder)
    return Examination(catalog, tuple(sorted(findings, key=lambda finding: finding.sort_key)))
