"""Permits for tests, built on the types of the rules: only what a test says differs from an empty one."""

from __future__ import annotations

from rules.citation import Citation
from rules.duration import Duration, Unit
from rules.field import Derived, Field
from rules.permit import Fee, Free, LegalLimit, Permit, Repair, Stage
from rules.table import Row, Table
from rules.words import Words

PERDA = Citation("perda-pdrd", "lampiran IV")


def permit(
    fee: Fee | Free,
    fields: tuple[Field, ...] = (),
    derived: tuple[Derived, ...] = (),
    stages: tuple[Stage, ...] = (),
) -> Permit:
    """Return a permit that has this fee."""
    return Permit(
        code="uji",
        official_code=None,
        name=Words("Izin uji"),
        kind="izin",
        valid_from="2026-01-01",
        valid_until=None,
        delegation=None,
        legal_limit=LegalLimit(Duration(5, Unit.WORKING_DAY), Citation("uu-30-2014", "53")),
        legal_basis=(),
        applications=(),
        validity=None,
        sections=(),
        fields=fields,
        derived=derived,
        requirements=(),
        eligibility=(),
        stages=stages,
        promise=Table((Row(Duration(5, Unit.WORKING_DAY)),)),
        repair=Repair(Duration(30, Unit.CALENDAR_DAY)),
        fee=fee,
        products=(),
        standard=(),
        evidence=(("biaya", "A"),),
        sources=(),
    )
