"""Every pointer to the law that a permit makes."""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.versions import Seen
from generator.finding import Place
from generator.model import Path, fee_path
from rules.citation import Citation
from rules.permit import Fee, Free


def citations_of(seen: Seen) -> Iterator[tuple[Citation, Place]]:
    """Yield every citation with its place; the default legal limit stands at the top of the file."""
    permit = seen.permit
    if permit.delegation is not None:
        yield permit.delegation, seen.at(("pelimpahan", "peraturan"))
    yield permit.legal_limit.citation, seen.at(("batas_hukum", "dasar", "peraturan"))
    for index, citation in enumerate(permit.legal_basis):
        yield citation, seen.at(("dasar_hukum", index, "peraturan"))
    for index, requirement in enumerate(permit.requirements):
        if requirement.citation is not None:
            yield requirement.citation, seen.at(("syarat", index, "dasar", "peraturan"))
    for index, refusal in enumerate(permit.eligibility):
        yield refusal.citation, seen.at(("kelayakan", index, "dasar", "peraturan"))
    for index, quota in enumerate(permit.quotas):
        yield quota.citation, seen.at(("kuota", index, "dasar", "peraturan"))
    if permit.moving is not None and permit.moving.citation is not None:
        yield permit.moving.citation, seen.at(("peralihan", "pindah", "dasar", "peraturan"))
    yield from _of_pauses(seen)
    if permit.survey is not None and permit.survey.citation is not None:
        yield permit.survey.citation, seen.at(("skm", "dasar", "peraturan"))
    match permit.fee:
        case Free(exempt_by):
            if exempt_by is not None:
                yield exempt_by, seen.at(("retribusi", "dasar", "peraturan"))
        case _:
            for fee in permit.fees:
                yield from _of_fee(seen, fee)


def _of_pauses(seen: Seen) -> Iterator[tuple[Citation, Place]]:
    for stage in seen.permit.stages:
        for place, reviewer in enumerate(stage.reviewers):
            desk: Path = ("alur", stage.code, *(("serentak", place) if stage.side_by_side else ()), "jeda")
            for index, pause in enumerate(reviewer.pauses):
                yield pause.citation, seen.at((*desk, index, "dasar", "peraturan"))
                if pause.limit_stops is not None:
                    yield pause.limit_stops, seen.at((*desk, index, "batas_hukum_berhenti", "peraturan"))


def _of_fee(seen: Seen, fee: Fee) -> Iterator[tuple[Citation, Place]]:
    at = fee_path(fee)
    yield fee.citation, seen.at((*at, "dasar", "peraturan"))
    for factor in fee.factors:
        if factor.citation is not None:
            yield factor.citation, seen.at((*at, "faktor", factor.code, "dasar", "peraturan"))
    for index, component in enumerate(fee.components):
        if component.citation is not None:
            yield component.citation, seen.at((*at, "komponen", index, "dasar", "peraturan"))
    for index, exemption in enumerate(fee.exemptions):
        yield exemption.citation, seen.at((*at, "bebas", index, "dasar", "peraturan"))
