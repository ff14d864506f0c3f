"""The documents an application needs, each with what was given so far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from rules.cited import cited
from rules.city import City, Document
from rules.decision import Decision, RequiredDocument
from runtime.citizen.fault import mark
from runtime.citizen.filling import Filling
from runtime.documents.upload import PRINTED, Upload
from runtime.voice import Voice

ACCEPTED = {"pdf": ".pdf,application/pdf", "jpeg": ".jpg,.jpeg,image/jpeg", "png": ".png,image/png"}
ALL_OPEN, OPEN_AT_ONCE = 16, 8
OR = mark("{first} atau {last}")


@dataclass(frozen=True, slots=True)
class Given:
    """A file that was given, for reading."""

    id: str
    name: str
    size: str


@dataclass(frozen=True, slots=True)
class Paper:
    """One copy of a document that is asked for. `asked` says why, as `rules.decision_told` does. One that is not `open`
    is a line with a link, as a page of all of them would be too heavy. In a repair, `wishes` say who asked for it and
    why, `replaces` is the file there is, and one that is not `needed` may stay as it is."""

    id: str
    code: str
    item: str
    name: str
    note: str
    advice: str
    asked: Mapping[str, str | None]
    formats: str
    accept: str
    megabytes: int
    uploads: tuple[Given, ...]
    fault: str = ""
    open: bool = True
    wishes: tuple[str, ...] = ()
    replaces: str = ""
    needed: bool = True


def kept_anyway(decision: Decision, city: City, uploads: Sequence[Upload], voice: Voice) -> list[dict[str, str]]:
    """Return what was given and will be filed though no rule asks for it: where nothing could be concluded."""
    if decision.manual is None:
        return []
    asked = {document.code for document in decision.documents}
    names = {document.code: document.name.to(voice.lang) for document in city.documents}
    return [
        {"name": names.get(one.document, one.document), "file": one.name, "size": printed_size(one.size, voice)}
        for one in uploads
        if one.document not in asked
    ]


def papers(filling: Filling, city: City, uploads: Sequence[Upload], voice: Voice) -> tuple[Paper, ...]:
    """Return every copy that is asked for, in the order of the permit."""
    kinds = {document.code: document for document in city.documents}
    return tuple(
        paper_of(filling, asked, kinds[asked.code], item, city, uploads, voice)
        for asked in filling.examined.decision.documents
        for item in ([None] if asked.for_each is None else range(asked.copies))
    )


def folded(wanted: Sequence[Paper], unfold: str) -> list[Paper]:
    """Fold what is given and what comes later, where there is much; `unfold` is the id of one to show."""
    if len(wanted) <= ALL_OPEN:
        return list(wanted)
    due = [paper.id for paper in wanted if paper.fault] + [paper.id for paper in wanted if not paper.uploads]
    shown = {unfold, *list(dict.fromkeys(due))[:OPEN_AT_ONCE]}
    return [replace(paper, open=paper.id in shown) for paper in wanted]


def printed_size(size: int, voice: Voice) -> str:
    """Say how large a file is."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))} KB"
    megabytes = f"{size / 1_000_000:.1f}"
    return f"{megabytes if voice.lang == 'en' else megabytes.replace('.', ',')} MB"


def paper_of(
    filling: Filling,
    asked: RequiredDocument,
    kind: Document,
    item: int | None,
    city: City,
    uploads: Sequence[Upload],
    voice: Voice,
) -> Paper:
    """Return one copy, with what was given of it."""
    formats = [PRINTED[one] for one in kind.formats]
    several = voice.say(OR, first=", ".join(formats[:-1]), last=formats[-1]) if len(formats) > 1 else formats[0]
    because = asked.because
    return Paper(
        id=f"d-{asked.code}" if item is None else f"d-{asked.code}-{item}",
        code=asked.code,
        item="" if item is None else str(item),
        name=asked.name.to(voice.lang) + ("" if item is None else f" ({_item_label(filling, asked, item, voice)})"),
        note="" if asked.note is None else asked.note.to(voice.lang),
        advice="" if kind.advice is None else kind.advice.to(voice.lang),
        asked={
            "karena": None if because.words is None else because.words.to(voice.lang),
            "dasar": None if because.citation is None else cited(because.citation, city),
        },
        formats=several,
        accept=",".join(ACCEPTED[one] for one in kind.formats),
        megabytes=kind.max_megabytes,
        uploads=tuple(
            Given(one.id, one.name, printed_size(one.size, voice))
            for one in uploads
            if (one.document, one.item) == (asked.code, item)
        ),
    )


def _item_label(filling: Filling, asked: RequiredDocument, item: int, voice: Voice) -> str:
    fields = filling.release.permit.fields
    label = next((field.label.to(voice.lang) for field in fields if field.code == asked.for_each), "")
    return f"{label} {item + 1}".strip()
