"""Where a version that takes open cases over strands one of them: what its static check does not see."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from generator.checks import ver06_form_now_refused, ver07_application_stranded
from generator.checks.story_words import until_moved
from generator.checks.versions import Seen, successions
from generator.checks.wording import Wording, plain
from generator.difference.moved_cases import lost_cases
from generator.finding import Finding, Label, Severity
from generator.model import Catalog
from generator.proof.solver import UnsettledError
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
STRANDED = Wording(
    "VER-07",
    Severity.ERROR,
    Words(
        "permohonan ini terlantar bila pindah: dari `{position}` versi ini tidak sampai ke akhir mana pun",
        "this case is stranded by the move: from `{position}` this version comes to no end",
    ),
    Words("berhenti di sini", "stops here"),
    Words(
        "tulis `peralihan: tetap`, atau sebut tahap yang menggantikan di `tahap`",
        "write `peralihan: tetap`, or name in `tahap` the stage that follows",
    ),
)
UNPROVEN = Wording(
    "VER-07",
    Severity.WARNING,
    Words(
        "tidak terbukti bahwa tidak seorang pun terlantar bila permohonan pindah ke versi ini",
        "it is not proven that nobody is stranded where cases move to this version",
    ),
    Words("tidak terbukti", "not proven"),
    Words(
        "periksa satu per satu dengan `satupintu diff --penyimpanan`, atau tulis `peralihan: tetap`",
        "look at each with `satupintu diff --penyimpanan`, or write `peralihan: tetap`",
    ),
)
WHY = plain("yang menolaknya", "what refuses it")


def check(catalog: Catalog) -> Iterator[Finding]:
    """Find open cases that a move would strand."""
    for earlier, later in successions(catalog):
        if later.permit.moving is None:
            continue
        refused = () if later.permit.moving.refused_stay else tuple(_refused(earlier, later))
        yield from refused or _stranded(earlier, later)


def _stranded(earlier: Seen, later: Seen) -> Iterator[Finding]:
    """Find a case that comes to no end from where it is when it moves."""
    place, before, after = later.at(("peralihan",)), earlier.permit, later.permit
    try:
        lost = lost_cases(before, after, later.city.city)
        settled = ver06_form_now_refused.settled(earlier, later)
    except UnsettledError:
        lost, settled = None, False
    if lost is not None:
        told = until_moved(before, (deed for _, deed in lost.story), after.valid_from)
        yield replace(STRANDED.at(place, position=lost.position), example=lost.answers, story=told)
    elif not settled:
        yield UNPROVEN.at(place)


def _refused(earlier: Seen, later: Seen) -> Iterator[Finding]:
    for refused in ver06_form_now_refused.refused(earlier, later):
        place = later.at(("peralihan",))
        finding = REFUSED.at(place, Label(refused.at.place, WHY), since=earlier.permit.valid_from)
        yield replace(finding, example=refused.example, telling=refused.telling, region=refused.region)


CHECK = replace(ver07_application_stranded.CHECK, each=check)
