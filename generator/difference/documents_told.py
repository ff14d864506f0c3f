"""What differs in the documents that are asked, and in who is refused before filing."""

from __future__ import annotations

from collections.abc import Iterator

from generator.difference.pair import NOTHING, Pair, changed, reworded, spelling, unsaid
from generator.difference.told import Part, Told, quoted, say
from rules.permit import Refusal, Requirement
from rules.words import Words

ORDER = Words("urutan dokumen", "the order of the documents")


def documents_told(pair: Pair) -> Iterator[Told]:
    """Tell which documents are asked of whom, and were not, and the other way round."""
    old, new = _by_document(pair.before.requirements), _by_document(pair.after.requirements)
    for code, asked in new.items():
        name = quoted(pair.document(code))
        if code not in old:
            for one in asked:
                yield Told(
                    Part.DOCUMENTS,
                    say(
                        "satu dokumen lagi{when}: {name}",
                        "one more document{when}: {name}",
                        when=pair.if_(one.when),
                        name=name,
                    ),
                )
            continue
        yield from _document(pair, name, old[code], asked)
    for code, was in old.items():
        if code not in new:
            for one in was:
                says = say(
                    "satu dokumen kurang{when}: {name}",
                    "one document less{when}: {name}",
                    when=pair.if_(one.when),
                    name=quoted(pair.document(code)),
                )
                yield Told(Part.DOCUMENTS, says)
    if [code for code in old if code in new] != [code for code in new if code in old]:
        yield spelling(Part.DOCUMENTS, ORDER)


def _document(pair: Pair, name: Words, was: list[Requirement], asked: list[Requirement]) -> Iterator[Told]:
    what = say("dokumen {name}", "the document {name}", name=name)
    yield from pair.condition(
        Part.DOCUMENTS,
        tuple(one.when for one in was),
        tuple(one.when for one in asked),
        lambda when: say("{what} kini juga diminta{when}", "{what} is now also asked{when}", what=what, when=when),
        lambda when: say("{what} tidak diminta lagi{when}", "{what} is not asked any more{when}", what=what, when=when),
        say("kapan {what} diminta", "when {what} is asked", what=what),
    )
    for before, after in zip(was, asked, strict=False):
        note = say("catatan {what}", "the note on {what}", what=what)
        yield from reworded(Part.WORDS, note, before.note, after.note)
        yield from pair.law(Part.LAW, what, before.citation, after.citation)
        old, new = _instead(pair, before), _instead(pair, after)
        if old != new:
            yield changed(Part.DOCUMENTS, say("pengganti {what}", "instead of {what}", what=what), old, new)
        yield from unsaid(Part.DOCUMENTS, what, before, after, "when", "note", "citation", "instead")


def _instead(pair: Pair, requirement: Requirement) -> Words:
    """Name what may be handed in where the document is lost."""
    names = [quoted(pair.document(code)) for code in requirement.instead]
    if not names:
        return NOTHING
    return Words(", ".join(name.id for name in names), ", ".join(name.to("en") for name in names))


def _by_document(requirements: tuple[Requirement, ...]) -> dict[str, list[Requirement]]:
    found: dict[str, list[Requirement]] = {}
    for one in requirements:
        found.setdefault(one.document, []).append(one)
    return found


def eligibility_told(pair: Pair) -> Iterator[Told]:
    """Tell who is refused before filing and was not, and the other way round."""
    old, new = list(pair.before.eligibility), list(pair.after.eligibility)
    pairs = _matched(old, new)
    for before, after in pairs:
        yield from _refusal(pair, before, after)
    for before in old:
        if not any(before is one for one, _ in pairs):
            says = say(
                "tidak ditolak lagi{when}: {said}",
                "not refused any more{when}: {said}",
                when=pair.if_(before.when),
                said=quoted(before.message),
            )
            yield Told(Part.ELIGIBILITY, says)
    for after in new:
        if not any(after is one for _, one in pairs):
            says = say(
                "kini ditolak{when}: {said}",
                "now refused{when}: {said}",
                when=pair.if_(after.when),
                said=quoted(after.message),
            )
            yield Told(Part.ELIGIBILITY, says)
    if [before for before, _ in pairs] != [one for one in old if any(one is b for b, _ in pairs)]:
        yield spelling(Part.ELIGIBILITY, Words("urutan penolakan", "the order of the refusals"))


def _refusal(pair: Pair, before: Refusal, after: Refusal) -> Iterator[Told]:
    said = quoted(after.message)
    what = say("penolakan {said}", "the refusal {said}", said=said)
    yield from pair.condition(
        Part.ELIGIBILITY,
        (before.when,),
        (after.when,),
        lambda when: say("kini juga ditolak{when}: {said}", "now also refused{when}: {said}", said=said, when=when),
        lambda when: say(
            "tidak ditolak lagi{when}: {said}", "not refused any more{when}: {said}", said=said, when=when
        ),
        what,
    )
    yield from reworded(Part.WORDS, Words("kata penolakan", "the words of a refusal"), before.message, after.message)
    yield from pair.law(Part.LAW, what, before.citation, after.citation)


def _matched(old: list[Refusal], new: list[Refusal]) -> list[tuple[Refusal, Refusal]]:
    """Match the refusals that say the same, or else rest on the same condition, each once, in the order of the new."""
    left = list(old)
    found: list[tuple[Refusal, Refusal]] = []
    for after in new:
        same = next((one for one in left if one.message == after.message), None)
        same = same or next((one for one in left if one.when == after.when), None)
        if same is not None:
            left = [one for one in left if one is not same]
            found.append((same, after))
    return found
