"""A page of the form as a visitor sees it: shell, questions, faults, and what the script needs to know."""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from html import escape

from rules.condition.tree import Always, fields_of
from rules.field import Field
from rules.printed import printed_date
from rules.words import Lang
from runtime.cases.drafts import Draft
from runtime.citizen.fault import mark, marks
from runtime.citizen.filling import Filling, fill
from runtime.citizen.first_look import BlankPage, end_of_day
from runtime.citizen.form_page import FormPage, form_pages
from runtime.citizen.shells import Shell
from runtime.citizen.visit import Visit
from runtime.release import PermitRelease
from runtime.voice import capital

FAULT_WORD, SAVED_AS = mark("Galat: "), mark("Draf {nomor} tersimpan. Lihat kodenya")
TO_CORRECT = mark("Ada yang perlu diperbaiki")
OPENED = marks("Jawaban Anda membuka satu pertanyaan lagi", "Jawaban Anda membuka %(num)s pertanyaan lagi")
_FIND, _STEP_AFTER_PAGES = mark("Cari layanan"), 2  # documents, review


@dataclass(frozen=True, slots=True)
class Place:
    """A page of a permit's form."""

    release: PermitRelease
    page: int  # from 0
    lang: Lang

    @property
    def pages(self) -> tuple[FormPage, ...]:
        """Return all pages of the form in the language."""
        return pages_of(self.release, self.lang)

    @property
    def form(self) -> FormPage:
        """Return the page."""
        return self.pages[self.page]

    @property
    def fields(self) -> tuple[Field, ...]:
        """Return the questions of the page."""
        return _fields(self.release, self.page)


@lru_cache(maxsize=200)
def pages_of(release: PermitRelease, lang: Lang) -> tuple[FormPage, ...]:
    """Return the pages of a form, read from its segments once."""
    return form_pages(release.pages[lang])


@lru_cache(maxsize=200)
def _by_code(release: PermitRelease) -> dict[str, Field]:
    return {field.code: field for field in release.permit.fields}


@lru_cache(maxsize=1000)
def _fields(release: PermitRelease, page: int) -> tuple[Field, ...]:
    return tuple(_by_code(release)[code] for code in pages_of(release, "id")[page].fields)


@lru_cache(maxsize=1000)
def _conditional(release: PermitRelease, page: int) -> tuple[Field, ...]:
    """Return the questions of a page that do not always apply, or have such in their items."""
    return tuple(
        field
        for field in _fields(release, page)
        if any(not isinstance(one.shown_when, Always) for one in (field, *field.items))
    )


def blank_page(visit: Visit, place: Place) -> bytes:
    """Return the page for a visitor who has not begun."""
    permit = place.release.permit
    key = (visit.release.digest, visit.code, permit.code, permit.valid_from, place.lang, place.page)
    found = visit.kit.shells.known(key)
    if found is None:
        filling = fill(place.release, {}, visit.kit.store.clock(), visit.voice)
        content = _content(visit, place, filling, {}, (), None)
        found = visit.kit.shells.keep(key, _render(visit, place, filling), content)
    scope = visit.request.scope
    if not scope["query_string"]:
        now = visit.kit.store.clock()
        ready = BlankPage(
            found,
            visit.code,
            visit.cookie,
            visit.kit.settings.secure,
            visit.release.digest,
            end_of_day(now, visit.city.city.zone),
        )
        visit.kit.blank_pages.keep(scope["path"], visit.lang, ready)
    return found.blank(visit.token)


def filled_page(
    visit: Visit,
    place: Place,
    filling: Filling,
    draft: Draft | None,
    faults: Mapping[str, str],
    news: Sequence[tuple[str, str]] = (),
) -> bytes:
    """Return the page with what was typed; `faults` of this page, `news` are questions that an answer has opened."""
    permit = place.release.permit
    number, total = step_of(filling, place)
    key = (
        *(visit.release.digest, visit.code, permit.code, permit.valid_from, place.lang, place.page),
        *(number, total, visit.reviewing),
    )
    shell = visit.kit.shells.known(key)
    if shell is None:
        shell = visit.kit.shells.keep(key, _render(visit, place, filling), {})
    seen_before = (place.page, bool(faults))
    content = None if news else filling.shown.get(seen_before)
    if content is None:
        content = _content(visit, place, filling, faults, news, draft)
        if not news:
            filling.shown[seen_before] = content
    return shell.fill({**content, "token": visit.token})


def shown_pages(filling: Filling, lang: Lang) -> list[int]:
    """Return the pages that have a question which applies."""
    pages = pages_of(filling.release, lang)
    return [index for index, page in enumerate(pages) if any(filling.shows(code) for code in page.fields)]


def step_of(filling: Filling, place: Place) -> tuple[int, int]:
    """Return the number of the step and how many there are."""
    shown = shown_pages(filling, place.lang)
    before = sum(1 for index in shown if index < place.page)
    return before + 1, len(shown) + _STEP_AFTER_PAGES


def seen(place: Place, filling: Filling) -> list[str]:
    """Return the names of the conditional questions that the page shows."""
    return seen_of(_conditional(place.release, place.page), filling)


def seen_of(fields: Iterable[Field], filling: Filling) -> list[str]:
    """Return the names of those questions, and of those of their items, that are conditional and shown."""
    names = []
    for field in fields:
        if not isinstance(field.shown_when, Always):
            names.append(field.code)
        given = filling.typed.get(field.code)
        for item in field.items:
            if not isinstance(item.shown_when, Always):
                count = len(given) if isinstance(given, list) else 1
                names += [f"{field.code}.{index}.{item.code}" for index in range(count)]
    return [name for name in names if filling.shows(name)]


def opened_by(
    seen_now: Iterable[str], seen_before: Container[str], faults: Mapping[str, str]
) -> tuple[list[str], dict[str, str]]:
    """Return the questions that an answer has just opened, and the faults of all others: who has not seen a question
    yet has not answered it wrongly."""
    opened = [
        name
        for name in seen_now
        if name not in seen_before and any(fault == name or fault.startswith(f"{name}.") for fault in faults)
    ]
    new = tuple(f"{name}." for name in opened)
    return opened, {
        name: said for name, said in faults.items() if name not in opened and not (new and name.startswith(new))
    }


def label_of(place: Place, name: str) -> str:
    """Say which question a control belongs to: «Penjaga 2, Nama»."""
    code, _, rest = name.partition(".")
    field = _by_code(place.release)[code]
    index, _, inner = rest.partition(".")
    label = field.label.to(place.lang)
    if not inner:
        return f"{label} {int(index) + 1}" if index else label
    item = next(item for item in field.items if item.code == inner)
    return f"{label} {int(index) + 1}, {item.label.to(place.lang)}"


def trail(visit: Visit, place: Place) -> list[tuple[str, str]]:
    """Return the way back: all services, then this one."""
    permit = place.release.permit
    return [
        (f"/{visit.code}/", visit.voice.say(_FIND)),
        (f"/{visit.code}/izin/{permit.code}", permit.name.to(place.lang)),
    ]


def saved_draft(visit: Visit, draft: Draft) -> dict[str, str]:
    """Return under which number and code a draft is kept, and until when."""
    return {
        "nomor": draft.nomor,
        "code": grouped(visit.kit.store.drafts.code(visit.code, draft.nomor)),
        "until": printed_date(draft.expires_at.date().isoformat(), visit.lang),
    }


def grouped(code: str) -> str:
    """Write a code in groups of four."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


def _render(visit: Visit, place: Place, filling: Filling) -> str:
    permit = place.release.permit
    number, total = step_of(filling, place)
    query = "?dari=periksa" if visit.reviewing else ""
    context = {
        **visit.frame(),
        "holes": Shell.marks(),
        "heading": place.form.title,
        "permit": permit.name.to(place.lang),
        "trail": trail(visit, place),
        "number": number,
        "total": total,
        "action": f"/{visit.code}/izin/{permit.code}/isi/{place.page + 1}{query}",
    }
    return visit.voice.page("form.html", context)


def _content(
    visit: Visit,
    place: Place,
    filling: Filling,
    faults: Mapping[str, str],
    news: Sequence[tuple[str, str]],
    draft: Draft | None,
) -> dict[str, str]:
    fault_word = visit.voice.say(FAULT_WORD)
    beside = {name: capital(said) for name, said in faults.items()}
    return {
        "fault_title": escape(fault_word) if faults else "",
        "summary": summary(visit, place, faults, news) if faults or news else "",
        "facts": as_data(dict(_facts_elsewhere(place, filling))),
        "draft": "" if draft is None else escape(draft.nomor),
        "seen": " ".join(seen(place, filling)),
        "questions": place.form.fill(filling.typed, beside, filling.hidden, fault_word),
        "saved": "" if draft is None else _saved(visit, draft),
    }


def summary(visit: Visit, place: Place, faults: Mapping[str, str], news: Sequence[tuple[str, str]]) -> str:
    """Write the box at the top; by hand, as a template would cost more than the rest of the page."""
    say, out = visit.voice.say, ""
    if news:
        count = visit.voice.count(OPENED, len(news))
        out = f'<div class="kabar" role="status" tabindex="-1" autofocus data-fokus><h2>{escape(count)}</h2>'
        out += f"<ul>{_links(news)}</ul></div>"
    if faults:
        items = [(name, f"{label_of(place, name)}: {said}") for name, said in faults.items()]
        out += '<div class="ringkas-galat" role="alert" tabindex="-1" autofocus data-fokus>'
        out += f"<h2>{escape(say(TO_CORRECT))}</h2><ul>{_links(items)}</ul></div>"
    return out


def _links(items: Sequence[tuple[str, str]]) -> str:
    return "".join([f'<li><a href="#{escape(target)}">{escape(words)}</a></li>' for target, words in items])


def _saved(visit: Visit, draft: Draft) -> str:
    """Say that the draft is kept; its code is one step away, as it is not needed on every page."""
    words = escape(visit.voice.say(SAVED_AS, nomor=draft.nomor))
    return f'<p class="draf"><a href="/{visit.code}/izin/{draft.permit}/tersimpan">{words}</a></p>'


def _facts_elsewhere(place: Place, filling: Filling) -> Iterator[tuple[str, object]]:
    yield from facts_elsewhere(_conditional(place.release, place.page), place.form.fields, filling)


def facts_elsewhere(fields: Iterable[Field], here: Container[str], filling: Filling) -> Iterator[tuple[str, object]]:
    """Yield what conditions of the questions read and the page, which asks those `here`, does not ask."""
    for field in fields:
        for name in fields_of(field.shown_when):
            if name not in here and name in filling.facts:
                yield name, filling.facts[name]


def as_data(facts: Mapping[str, object]) -> str:
    """Write facts for the script, escaped for an attribute."""
    return escape(json.dumps(facts, default=_plain))


def _plain(value: object) -> float:
    assert isinstance(value, Decimal)
    return float(value)
