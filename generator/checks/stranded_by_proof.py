"""Where a version that takes open cases over strands one of them: what its static check does not see."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from generator.checks import ver06_form_now_refused, ver07_application_stranded
from generator.checks.versions import Seen, successions
from generator.checks.wording import Wording, plain
from generator.finding import Finding, Label, Severity
from generator.model import Catalog
from rules.words import Words

REFUSED = Wording(
    "VER-07",
    Severity.ERROR,
    Words(
        "permohonan dengan jawaban ini diterima versi {since} dan akan terlantar: versi ini menolaknya",
        "an application with these answers is taken by the version of {since} and would be stranded: this refuses it",
    ),
    Words("tidak dapat pindah", "can not move"),
    Words(
        "tulis `peralihan: {{pindah: {{yang_ditolak: tetap}}}}`, atau kembalikan aturan yang lama",
        "write `peralihan: {{pindah: {{yang_ditolak: tetap}}}}`, or restore the rule of before",
    ),
)
WHY = plain("yang menolaknya", "what refuses it")


def check(catalog: Catalog) -> Iterator[Finding]:
    """Find open cases that a move would strand."""
    for earlier, later in successions(catalog):
        if later.permit.moving is not None and not later.permit.moving.refused_stay:
            yield from _refused(earlier, later)


def _refused(earlier: Seen, later: Seen) -> Iterator[Finding]:
    for refused in ver06_form_now_refused.refused(earlier, later):
        place = later.at(("peralihan",))
        finding = REFUSED.at(place, Label(refused.at.place, WHY), since=earlier.permit.valid_from)
        yield replace(finding, example=refused.example, telling=refused.telling, region=refused.region)


CHECK = replace(ver07_application_stranded.CHECK, each=check)
