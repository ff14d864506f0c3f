"""The draft a visitor is working on: found by what the session may open, begun, saved."""

from __future__ import annotations

from collections.abc import Mapping

from runtime.cases.attempts import Allowance
from runtime.cases.drafts import Draft
from runtime.citizen.filling import Filling, fill
from runtime.citizen.form_view import Place
from runtime.citizen.typed import Typed, stored
from runtime.citizen.visit import Visit
from runtime.json_text import Json
from runtime.release import PermitRelease


async def current_draft(visit: Visit, permit: str, nomor: str = "") -> Draft | None:
    """Return the visitor's draft of a permit: the one named, else the latest that is not filed."""
    session = await visit.session()
    if session is None:
        return None
    wanted = [nomor] if nomor in session.grants else sorted(session.grants, reverse=True) if not nomor else []
    for number in wanted:
        draft = session.drafts.get(number) or visit.kit.store.drafts.find(visit.code, number)
        if draft is not None and draft.permit == permit and draft.filed_as is None:
            return draft
    return None


def filling_of(visit: Visit, release: PermitRelease, draft: Draft | None) -> Filling:
    """Return the draft's application as it stands."""
    typed: Typed = {} if draft is None else stored(dict(draft.typed))
    return fill(release, typed, visit.kit.store.clock(), visit.voice)


def known_filling(visit: Visit, release: PermitRelease, draft: Draft) -> Filling:
    """Return the same for a page that is only shown again: worked out once for each revision, day and language.

    Not for anything that is decided by the moment: a deadline moves with it.
    """
    return visit.kit.fillings.find(_key(visit, draft), release, lambda: filling_of(visit, release, draft))


def remember_filling(visit: Visit, before: Draft | None, draft: Draft, filling: Filling) -> None:
    """Keep what was worked out for a draft that has just been saved: the next page is shown from it.

    Not where another page has saved something since the draft was read.
    """
    if draft.revision == (1 if before is None else before.revision + 1):
        visit.kit.fillings.keep(_key(visit, draft), filling)


def _key(visit: Visit, draft: Draft) -> tuple[object, ...]:
    return (visit.code, draft.nomor, draft.revision, visit.today, visit.lang)


async def keep(visit: Visit, place: Place, draft: Draft | None, typed: Typed, filling: Filling) -> Draft:
    """Save what was typed on a page, beginning a draft where there is none."""
    drafts, permit = visit.kit.store.drafts, place.release.permit
    written: dict[str, Json] = {code: as_json(entry) for code, entry in typed.items()}
    understood: Mapping[str, Json] = {code: filling.answers.get(code) for code in typed}
    if draft is not None:
        return await drafts.save(visit.code, draft.nomor, permit.valid_from, written, understood)
    limits = visit.kit.store.limits
    await visit.kit.store.attempts.count(
        visit.code,
        Allowance("draft", visit.address, limits.drafts_per_address, limits.drafts_per_address_window),
    )
    known = {code: answer for code, answer in understood.items() if answer is not None}
    begun, _ = await drafts.start(visit.code, permit.code, permit.valid_from, written, known, visit.today.year)
    await visit.grant(begun.nomor)
    return begun


def as_json(entry: str | list[str] | list[dict[str, str | list[str]]]) -> Json:
    """Return what was typed as JSON."""
    if isinstance(entry, str):
        return entry
    copied: list[Json] = []
    for item in entry:
        copied.append(item if isinstance(item, str) else {code: as_json(inner) for code, inner in item.items()})
    return copied
