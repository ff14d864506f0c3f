"""Where somebody who was refused can go back to: the questions behind the rules that refuse."""

from __future__ import annotations

from collections.abc import Iterator

from rules.condition.tree import fields_of
from rules.formula import FormulaFault, names
from rules.formula_reader import parse
from rules.permit import Permit
from runtime.citizen.filling import Filling
from runtime.citizen.form_view import pages_of, shown_pages
from runtime.citizen.visit import Visit


def corrections(visit: Visit, filling: Filling) -> list[tuple[str, str]]:
    """Return the link and label of each question the refusing rules rest on; every page, where they rest on none."""
    release = filling.release
    read = [
        name
        for refusal in filling.examined.decision.refusals
        for name in fields_of(release.decider.conditions[refusal.because.rule])
    ]
    asked = dict.fromkeys(code for name in read for code in _behind(release.permit, name))
    labels = {field.code: field.label.to(visit.lang) for field in release.permit.fields}
    pages = pages_of(release, visit.lang)
    here = f"/{visit.code}/izin/{release.permit.code}/isi"
    found = [
        (f"{here}/{number}?dari=periksa#k-{code}", labels[code])
        for code in asked
        for number, page in enumerate(pages, start=1)
        if code in page.fields
    ]
    return found or [
        (f"{here}/{index + 1}?dari=periksa", pages[index].title) for index in shown_pages(filling, visit.lang)
    ]


def _behind(permit: Permit, name: str) -> Iterator[str]:
    """Yield the questions a fact is asked by or computed from; a derived fact rests on no circle."""
    derived = next((one for one in permit.derived if one.code == name), None)
    if derived is None:
        yield name
    elif derived.count_of is not None:
        yield derived.count_of
    elif not isinstance(tree := parse(derived.formula or ""), FormulaFault):
        for part in names(tree):
            yield from _behind(permit, part)
