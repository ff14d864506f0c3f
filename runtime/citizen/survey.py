"""The survey of satisfaction before a letter is fetched: one short page, once in a case, which holds nobody up.

Whoever does not want to answer says why and goes on; where the survey can not be kept, the letter is handed out all the
same.
"""

from __future__ import annotations

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from rules.case_state import CaseState
from rules.cited import cited
from rules.satisfaction import COST, ELEMENTS, FREE_SCORE, SCORES
from runtime.cases.open_case import OpenCase
from runtime.citizen.fault import mark
from runtime.citizen.own_case import case_path, own_case, own_case_again
from runtime.citizen.product import asks_survey, without_survey
from runtime.citizen.receipt import TITLE as CASE
from runtime.citizen.visit import Visit, chosen_language
from runtime.people.act import Act
from runtime.public.surveys import REASONS, TRAITS, Declined, Filled, Taken

TITLE = mark("Bagaimana layanan kami?")
MISSING, WHY_NOT = mark("{name}: pilih satu"), mark("Pilih alasannya")


async def show(request: Request) -> Response:
    """Ask how satisfied the applicant is."""
    if (chosen := chosen_language(request)) is not None:
        return chosen
    visit = Visit(request)
    case = await own_case(visit, Act.FETCH_PRODUCT)
    if isinstance(case, Response):
        return case
    return _page(visit, case, dict(request.query_params), [])


async def send(request: Request) -> Response:
    """Take the answers, or that there are none, and lead on to the letter."""
    visit = Visit(request)
    pairs = await visit.sent()
    case = await own_case_again(visit, Act.FETCH_PRODUCT, pairs)
    if isinstance(case, Response):
        return case
    sent = dict(reversed(pairs))
    form, faults = _declined(visit, sent) if sent.get("aksi") == "menolak" else _filled(visit, case, sent)
    if form is None and asks_survey(case):
        return _page(visit, case, sent, faults)
    taken = Taken.NOT_ASKED
    if form is not None and asks_survey(case):
        taken = await visit.kit.serving.surveys.take(visit.code, case.key.nomor, form)
    if taken is Taken.FAILED:
        return await without_survey(visit, case, sent.get("surat", ""), sent.get("butir", ""))
    return visit.to(f"{case_path(visit, case)}?{'disurvei' if isinstance(form, Filled) else 'tanpa_survei'}=1")


def _filled(visit: Visit, case: OpenCase, sent: Mapping[str, str]) -> tuple[Filled | None, list[tuple[str, str]]]:
    scores: dict[int, int] = {COST: FREE_SCORE} if free(case.state) else {}
    faults = []
    for one in ELEMENTS:
        chosen = sent.get(f"u{one.number}", "")
        if one.number in scores:
            continue
        if chosen in {str(score) for score in SCORES}:
            scores[one.number] = int(chosen)
        else:
            faults.append((f"u{one.number}", visit.voice.say(MISSING, name=one.name.to(visit.lang))))
    traits = {one.code: sent[one.code] for one in TRAITS if sent.get(one.code) in {code for code, _ in one.classes}}
    return (None, faults) if faults else (Filled(scores, traits), [])


def _declined(visit: Visit, sent: Mapping[str, str]) -> tuple[Declined | None, list[tuple[str, str]]]:
    reason = sent.get("alasan", "")
    return (Declined(reason), []) if reason in REASONS else (None, [("alasan", visit.voice.say(WHY_NOT))])


def free(state: CaseState) -> bool:
    """Tell whether the applicant was billed nothing for any fee, so that there is nothing to ask about the cost."""
    return not any(account.due for account in state.accounts)


def _page(visit: Visit, case: OpenCase, sent: Mapping[str, str], faults: list[tuple[str, str]]) -> Response:
    if not asks_survey(case):
        return visit.to(case_path(visit, case))
    lang, wrong, costless = visit.lang, dict(faults), free(case.state)
    survey = case.permit.permit.survey_before(case.city)
    assert survey is not None
    context = {
        "title": visit.voice.say(TITLE),
        "trail": [(case_path(visit, case), visit.voice.say(CASE, nomor=case.key.nomor))],
        "permit": case.permit.permit.name.to(lang),
        "law": "" if survey.citation is None else cited(survey.citation, case.city),
        "elements": [
            {
                "id": f"u{one.number}",
                "name": one.name.to(lang),
                "question": one.question.to(lang),
                "scores": [(str(score), words.to(lang)) for score, words in zip(SCORES, one.scores, strict=True)],
                "chosen": sent.get(f"u{one.number}", ""),
                "wrong": wrong.get(f"u{one.number}", ""),
            }
            for one in ELEMENTS
            if not (costless and one.number == COST)
        ],
        "free": costless,
        "traits": [
            (
                one.code,
                one.question.to(lang),
                [(code, words.to(lang)) for code, words in one.classes],
                sent.get(one.code),
            )
            for one in TRAITS
        ],
        "reasons": [(code, words.to(lang)) for code, words in REASONS.items()],
        "reason": sent.get("alasan", ""),
        "unreasoned": wrong.get("alasan", ""),
        "items": faults,
        "letter": sent.get("surat", "")[:64],
        "item": sent.get("butir", "")[:8],
        "action": f"{case_path(visit, case)}/survei",
    }
    return visit.page("survey.html", context, 422 if faults else 200)
