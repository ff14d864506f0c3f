"""The own desk of an officer on a file: what is asked, until when and why, what may be raised, what was typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rules.case_clock import open_desk_due
from rules.case_event import DeskAnswered, Target
from rules.case_state import REFUSAL_STAGE, Desk
from rules.citation import Citation
from rules.cited import cited
from rules.condition.decide import holds
from rules.field import Field
from rules.kind import Kind, Value
from rules.repair_list import raisable
from rules.story_words import lines, sentence
from runtime.citizen.fault import mark
from runtime.citizen.typed import Entry, Typed
from runtime.office.case_words import AGAIN, OWN_REASONS, REASONS
from runtime.office.desk_form import DeskForm, law_name
from runtime.office.opened_file import OpenedFile
from runtime.office.when import When, when
from runtime.people.act import Act
from runtime.people.matrix import act_at_desk
from runtime.voice import Voice

# The path of each act at a desk, below the page of the file.
PATHS: Mapping[Act, str] = {
    Act.VERIFY: "kelengkapan",
    Act.RECOMMEND: "rekomendasi",
    Act.INITIAL: "paraf",
    Act.APPROVE: "persetujuan",
}
APPROVES: Mapping[Act, str] = {
    Act.VERIFY: mark("Lengkap dan benar"),
    Act.RECOMMEND: mark("Beri rekomendasi (setuju)"),
    Act.INITIAL: mark("Bubuhkan paraf (setuju)"),
    Act.APPROVE: mark("Setujui"),
}
TASKS: Mapping[Act, str] = {
    Act.VERIFY: mark("Periksa apakah berkas ini lengkap dan benar."),
    Act.RECOMMEND: mark("Periksa berkas ini menurut tugas instansi Anda, lalu beri jawaban."),
    Act.INITIAL: mark("Periksa berkas ini, lalu bubuhkan paraf."),
    Act.APPROVE: mark("Periksa berkas ini, lalu putuskan."),
}
SIGNING = mark("Periksa berkas ini, lalu tanda tangani.")
ANSWER = mark("Jawab setiap keberatan masyarakat, lalu putuskan apa artinya bagi berkas ini.")
LETTER = mark("Periksa alasan penolakan, lalu tanda tangani suratnya.")


@dataclass(frozen=True, slots=True)
class ShownQuestion:
    """A question of the desk itself, with what was typed."""

    name: str
    label: str
    kind: str
    help: str
    unit: str
    optional: bool
    options: tuple[tuple[str, str], ...]
    typed: str | list[str]
    fault: str


@dataclass(frozen=True, slots=True)
class ShownDesk:
    """A desk, for the page. `person` is who works on it where that is somebody else."""

    stage: str
    place: int
    name: str
    stage_name: str
    task: str
    due: When
    why: str
    days: tuple[str, ...]
    again: str
    path: str
    approve: str
    signature: bool
    visit: str
    needs_visit: bool
    reported: bool
    person: str
    returnable: bool
    rounds: int
    most_rounds: int
    limited: bool


def shown_desk(opened: OpenedFile, desk: Desk, signature: bool) -> ShownDesk:
    """Return the own desk for the page."""
    case, voice = opened.case, opened.visit.voice
    deadline = open_desk_due(case.city, case.permit.permit, desk)
    act = act_at_desk(opened.visit.actor, signing=signature) or Act.RECOMMEND
    return ShownDesk(
        stage=desk.stage,
        place=desk.place,
        name=opened.names.desk(desk.agency, desk.role),
        stage_name=opened.stage_name(desk.stage),
        task=voice.say(ANSWER if opened.state.objected(desk.stage) else _task(desk, act, signature)),
        due=when(desk.due, opened.visit.now, case.city, voice),
        why="" if deadline is None else sentence(deadline.story, voice.lang),
        days=() if deadline is None else lines(deadline.story, voice.lang),
        again="" if desk.again is None else voice.say(AGAIN[desk.again]),
        path=PATHS[Act.APPROVE] if act is Act.SIGN else PATHS.get(act, PATHS[Act.RECOMMEND]),
        approve=voice.say(APPROVES.get(act, APPROVES[Act.RECOMMEND])),
        signature=signature,
        visit=desk.visit or "",
        needs_visit=desk.inspection,
        reported=desk.reported,
        person="" if desk.person in (None, opened.visit.nip) else opened.names.person(desk.person or ""),
        returnable=opened.state.returns < case.permit.permit.repair.at_most,
        rounds=opened.state.rounds,
        most_rounds=case.permit.permit.repair.at_most,
        limited=desk.looked is not None,
    )


def _task(desk: Desk, act: Act, signature: bool) -> str:
    if desk.stage == REFUSAL_STAGE:
        return LETTER
    return SIGNING if signature else TASKS.get(act, TASKS[Act.RECOMMEND])


def may_raise(opened: OpenedFile, desk: Desk) -> frozenset[Target] | None:
    """Return what the desk may ask to be repaired, None for everything; nothing where the rounds are used up."""
    if opened.state.returns >= opened.case.permit.permit.repair.at_most:
        return frozenset()
    return raisable(opened.state, desk)


def questions_of(opened: OpenedFile, stage: str, place: int) -> tuple[Field, ...]:
    """Return the questions of a desk that apply to this file."""
    reviewer = opened.reviewer(stage, place)
    fields = () if reviewer is None else reviewer.officer_fields
    return tuple(field for field in fields if holds(field.shown_when, opened.case.all_facts))


def earlier_answers(opened: OpenedFile, desk: Desk) -> Typed:
    """Return what the desk answered when it last looked, as it could have been typed."""
    answers: dict[str, Value] = {}
    if desk.looked is not None:
        for happened in opened.history:
            if isinstance(happened.event, DeskAnswered) and happened.by.agency == desk.agency:
                answers.update(opened.case.answers_beside(happened.seq))
    return {code: _as_typed(value) for code, value in answers.items()}


def _as_typed(value: Value) -> Entry:
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    return [str(code) for code in value] if isinstance(value, tuple) else str(value)


def shown_questions(
    questions: tuple[Field, ...], form: DeskForm, earlier: Typed, faults: Mapping[str, str], voice: Voice
) -> list[ShownQuestion]:
    """Return the questions of a desk with what was typed, or with what it answered `earlier`."""
    found = []
    for field in questions:
        typed = form.answers.get(field.code, earlier.get(field.code, [] if field.kind is Kind.CHOICES else ""))
        texts = [text for text in typed if isinstance(text, str)] if isinstance(typed, list) else typed
        found.append(
            ShownQuestion(
                name=f"jawab.{field.code}",
                label=field.label.to(voice.lang),
                kind=field.kind.value,
                help="" if field.help is None else field.help.to(voice.lang),
                unit=field.unit or "",
                optional=field.optional,
                options=tuple((option.code, option.label.to(voice.lang)) for option in field.options),
                typed=texts,
                fault=faults.get(f"jawab.{field.code}", ""),
            )
        )
    return found


def reasons(voice: Voice) -> list[tuple[str, str]]:
    """Return the closed list of reasons for a repair."""
    return [(reason.value, voice.say(REASONS[reason])) for reason in OWN_REASONS]


def laws(opened: OpenedFile) -> list[tuple[str, str, Citation]]:
    """Return the articles that a refusal may rest on."""
    found = [one for one in opened.case.permit.lifecycle.citations if isinstance(one, Citation)]
    told = [(law_name(one), cited(one, opened.case.city), one) for one in found]
    return sorted(told, key=lambda law: law[1])
