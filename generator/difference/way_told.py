"""What differs in the way of a file: stages, who looks, how long it takes, and where an approval leads."""

from __future__ import annotations

from collections.abc import Iterator

from generator.difference.pair import NOTHING, Pair, changed, reworded, spelling, unsaid
from generator.difference.questions_told import options_told
from generator.difference.told import Part, Told, Weight, quoted, say
from rules.duration import Duration
from rules.permit import PauseReason, Repair, Reviewer, Stage
from rules.validity import duration_words
from rules.words import Words

YES, NO = Words("ya", "yes"), Words("tidak", "no")
PROMISE = Words("janji layanan", "the promised time")


def way_told(pair: Pair) -> Iterator[Told]:
    """Tell what differs in `alur`."""
    old, new = {stage.code: stage for stage in pair.before.stages}, {stage.code: stage for stage in pair.after.stages}
    for code, stage in new.items():
        if code not in old:
            asked = frozenset(reviewer.agency for reviewer in stage.reviewers)
            yield Told(
                Part.WAY, say("tahap baru: {stage}", "a new stage: {stage}", stage=_stage(stage)), agencies=asked
            )
    for code, stage in old.items():
        if code not in new:
            asked = frozenset(reviewer.agency for reviewer in stage.reviewers)
            says = say("tahap {stage} dihapus", "the stage {stage} is gone", stage=_stage(stage))
            yield Told(Part.WAY, says, agencies=asked)
        else:
            yield from _stage_told(pair, stage, new[code])
    kept = [code for code in old if code in new]
    if kept != [code for code in new if code in old]:
        first = next(iter(new)) != next(iter(old))
        what = Words("urutan tahap", "the order of the stages")
        yield (
            Told(Part.WAY, say("{what} berubah", "{what} has changed", what=what))
            if first
            else spelling(Part.WAY, what)
        )


def deadlines_told(pair: Pair) -> Iterator[Told]:
    """Tell another promise."""
    yield from pair.table(Part.DEADLINES, PROMISE, pair.before.promise, pair.after.promise, duration_words)


def repair_told(pair: Pair) -> Iterator[Told]:
    """Tell another time to repair."""
    old, new = pair.before.repair, pair.after.repair
    if old != new:
        yield changed(
            Part.DEADLINES,
            Words("waktu perbaikan pemohon", "the applicant's time to repair"),
            _repair(old),
            _repair(new),
        )


def _repair(repair: Repair) -> Words:
    clock = (
        Words("jam mulai dari awal", "the clock starts anew")
        if repair.restarts
        else Words("jam berhenti", "the clock stops")
    )
    return say(
        "{time}, paling banyak {n} kali, {clock}",
        "{time}, at most {n} times, {clock}",
        time=duration_words(repair.duration),
        n=repair.at_most,
        clock=clock,
    )


def _stage(stage: Stage) -> Words:
    return Words(f"`{stage.code}`") if stage.name is None else quoted(stage.name)


def _stage_told(pair: Pair, before: Stage, after: Stage) -> Iterator[Told]:
    if before == after:
        return
    what = say("tahap {stage}", "the stage {stage}", stage=_stage(after))
    yield from reworded(
        Part.WORDS,
        say("nama tahap `{code}`", "the name of the stage `{code}`", code=after.code),
        before.name,
        after.name,
    )
    old, new = _desks(before), _desks(after)
    for key, desk in new.items():
        name = quoted(pair.agency(desk.agency))
        if key not in old:
            says = say(
                "{what} kini juga meminta {desk}{when}",
                "{what} now also asks {desk}{when}",
                what=what,
                desk=name,
                when=pair.if_(desk.when),
            )
            yield Told(Part.WAY, says, agencies=frozenset({desk.agency}))
        else:
            yield from _desk_told(pair, what, old[key], desk)
    for key, desk in old.items():
        if key not in new:
            says = say(
                "{what} tidak lagi meminta {desk}",
                "{what} asks {desk} no more",
                what=what,
                desk=quoted(pair.agency(desk.agency)),
            )
            yield Told(Part.WAY, says, agencies=frozenset({desk.agency}))
    if [key for key in old if key in new] != [key for key in new if key in old]:
        says = say("urutan peninjau {what} berubah", "the order of the reviewers of {what} has changed", what=what)
        yield Told(Part.WAY, says, Weight.WORDS)
    next_stage = say("sesudah {what} disetujui", "after the approval of {what}", what=what)
    yield from pair.table(Part.WAY, next_stage, before.approved, after.approved, lambda code: Words(f"`{code}`"))
    for attribute, name in _KEYS.items():
        was, now = _words(getattr(before, attribute)), _words(getattr(after, attribute))
        if was != now:
            yield changed(Part.WAY, say("{what}, {name}", "{what}, {name}", what=what, name=name), was, now)
    said = ("name", "reviewers", "approved", *_KEYS)
    yield from unsaid(Part.WAY, what, before, after, *said)


_KEYS = {
    "returned": Words("bila dikembalikan", "when returned"),
    "refused": Words("bila ditolak", "when refused"),
    "signature": Words("tanda tangan", "signature"),
    "outside": Words("di luar kantor", "outside the office"),
    "notice": Words("pengumuman", "public notice"),
    "announced": Words("yang diumumkan", "what is announced"),
    "objections": Words("keberatan masyarakat", "objections by the public"),
    "end": Words("akhir", "end"),
    "side_by_side": Words("serentak", "side by side"),
}


def _words(value: str | bool | Duration | tuple[str, ...] | None) -> Words:
    match value:
        case None | ():
            return NOTHING
        case tuple():
            return Words(", ".join(f"`{code}`" for code in value))
        case bool():
            return YES if value else NO
        case str():
            return Words(f"`{value}`")
        case Duration():
            return duration_words(value)


def _desks(stage: Stage) -> dict[tuple[str, str | None, int], Reviewer]:
    found: dict[tuple[str, str | None, int], Reviewer] = {}
    for reviewer in stage.reviewers:
        again = sum((each.agency, each.role) == (reviewer.agency, reviewer.role) for each in found.values())
        found[(reviewer.agency, reviewer.role, again)] = reviewer
    return found


def _desk_told(pair: Pair, stage: Words, before: Reviewer, after: Reviewer) -> Iterator[Told]:
    if before == after:
        return
    name, asked = quoted(pair.agency(after.agency)), frozenset({after.agency})
    yield from pair.condition(
        Part.WAY,
        (before.when,),
        (after.when,),
        lambda when: say(
            "{stage} kini juga meminta {name}{when}",
            "{stage} now also asks {name}{when}",
            stage=stage,
            name=name,
            when=when,
        ),
        lambda when: say(
            "{stage} tidak lagi meminta {name}{when}",
            "{stage} asks {name} no more{when}",
            stage=stage,
            name=name,
            when=when,
        ),
        say("kapan {name} diminta", "when {name} is asked", name=name),
        asked,
    )
    time = say("waktu {name} di {stage}", "the time of {name} at {stage}", name=name, stage=stage)
    yield from pair.table(Part.DEADLINES, time, before.duration, after.duration, duration_words, asked)
    visit = say("peninjauan oleh {name}", "an inspection by {name}", name=name)
    yield from pair.table(Part.WAY, visit, before.inspection, after.inspection, _words, asked)
    old, new = {one.code: one for one in before.officer_fields}, {one.code: one for one in after.officer_fields}
    for code in dict.fromkeys((*new, *old)):
        was, now = old.get(code), new.get(code)
        one = now or was
        assert one is not None
        question = say("isian petugas {label}", "the officer's question {label}", label=quoted(one.label))
        if was is None or now is None:
            state = Words("baru", "is new") if was is None else Words("dihapus", "is gone")
            says = say(
                "{what} oleh {name}: {state}", "{what} of {name}: {state}", what=question, name=name, state=state
            )
            yield Told(Part.WAY, says, agencies=asked)
        elif was != now:
            yield from options_told(Part.WAY, question, was.options, now.options)
            yield from reworded(Part.WORDS, question, was.label, now.label)
            yield from reworded(
                Part.WORDS, say("bantuan {what}", "the help for {what}", what=question), was.help, now.help
            )
            yield from unsaid(Part.WAY, question, was, now, "options", "label", "help")
    if list(old) != list(new) and set(old) == set(new):
        yield spelling(Part.WAY, say("urutan isian petugas {name}", "the order of the questions of {name}", name=name))
    yield from _pauses_told(pair, name, before, after, asked)
    yield from unsaid(Part.WAY, name, before, after, "when", "duration", "inspection", "officer_fields", "pauses")


def _pauses_told(pair: Pair, name: Words, before: Reviewer, after: Reviewer, asked: frozenset[str]) -> Iterator[Told]:
    old, new = {one.code: one for one in before.pauses}, {one.code: one for one in after.pauses}
    for code in dict.fromkeys((*new, *old)):
        was, now = old.get(code), new.get(code)
        one = now or was
        assert one is not None
        what = say("jeda {reason} oleh {name}", "a pause of {name}: {reason}", reason=quoted(one.reason), name=name)
        if was is not None and now is not None:
            yield from pair.law(Part.DEADLINES, what, was.citation, now.citation)
            stops = say("{what}, batas hukum", "{what}, legal limit", what=what)
            yield from pair.law(Part.DEADLINES, stops, was.limit_stops, now.limit_stops)
        if (said := _pause(was)) != (says := _pause(now)):
            yield changed(Part.DEADLINES, what, said, says, agencies=asked)
    if list(old) != list(new) and set(old) == set(new):
        yield spelling(Part.WAY, say("urutan alasan jeda {name}", "the order of the pauses of {name}", name=name))


def _pause(pause: PauseReason | None) -> Words:
    if pause is None:
        return NOTHING
    limit = (
        Words("batas hukum tetap berjalan", "the legal limit runs on")
        if pause.limit_stops is None
        else Words("batas hukum ikut berhenti", "the legal limit stands still too")
    )
    return say(
        "{reason}, paling lama {time}, paling banyak {n} kali, {limit}",
        "{reason}, at most {time}, at most {n} times, {limit}",
        reason=quoted(pause.reason),
        time=duration_words(pause.at_most),
        n=pause.times,
        limit=limit,
    )
