"""Doing something with a file, once, and saying so; where it can not be done, saying why on the file as it is now."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Mapping
from dataclasses import replace

from starlette.responses import Response

from rules.command import Command, Refusal
from runtime.cases.case_change import Effect, Kept, Once, Prepare, Said
from runtime.cases.case_entry import ChangedError
from runtime.cases.refusal_words import Named, refusal_words
from runtime.cases.store_fault import StoreUnavailableError
from runtime.cases.submission import KeyReusedError, UploadGoneError
from runtime.chores.assignment import Assignment
from runtime.citizen.fault import mark
from runtime.issuing.case_letter import product_named
from runtime.office.answers_shown import label_of
from runtime.office.case_file_page import Told, file_page
from runtime.office.desk_form import read_key
from runtime.office.desk_visit import StaffVisit
from runtime.office.opened_file import OpenedFile, opened_file
from runtime.office.when import said_moment
from runtime.people.act import Act

FAULTS = mark("Belum tersimpan: ada yang perlu dilengkapi")
NOT_DONE = mark("Tidak tersimpan: keadaan berkas sudah lain")
USED = mark("Formulir ini sudah pernah dikirim dengan isi lain. Periksa keadaan berkas, lalu kirim lagi bila perlu.")
OTHERS = mark("Orang lain sedang mengubah berkas ini. Kirim sekali lagi.")
GONE = mark("Lampirannya tidak ada lagi. Lampirkan sekali lagi.")


async def do(
    opened: OpenedFile,
    act: Act,
    sent: Mapping[str, object],
    command: Command,
    said: Said,
    word: str,
    told: Told,
    prepare: Prepare | None = None,
    during: Effect | None = None,
) -> Response:
    """Do what was decided and go to the file, which says `word`.

    `sent` is the form, whose `kunci` makes it happen once; `told` shows what was typed where it can not be done.
    """
    visit = opened.visit
    key = read_key(str(sent.get("kunci", "")))
    what = repr(sorted((name, value) for name, value in sent.items() if name != "token")).encode()
    once = Once(f"{act.value}:{key}", hashlib.sha256(what).hexdigest()) if key else None
    try:
        kept = await visit.kit.serving.casework.act(
            visit.code, opened.nomor, command, opened.by, said, only_once=once, prepare=prepare, during=during
        )
    except KeyReusedError:
        return await not_done(opened, told, visit.voice.say(USED))
    except UploadGoneError:
        return await not_done(opened, told, visit.voice.say(GONE))
    except ChangedError:
        return await not_done(opened, told, visit.voice.say(OTHERS))
    if isinstance(kept, Kept):
        await _give_out(visit, opened.nomor)
        return visit.to(f"{opened.link}?jadi={word}")
    return await not_done(opened, told, words_of(opened, kept))


def faulty(opened: OpenedFile, told: Told, items: list[tuple[str, str]]) -> Response:
    """Say what is missing, on the page of the file, with all that was typed."""
    return file_page(opened, replace(told, title=opened.visit.voice.say(FAULTS), items=items, status=422))


async def not_done(opened: OpenedFile, told: Told, words: str) -> Response:
    """Show the file as it is now, with why nothing was done and all that was typed; 409."""
    title = opened.visit.voice.say(NOT_DONE)
    now = await opened_file(opened.visit)
    return file_page(now, replace(told, title=title, items=[("keadaan", words)], status=409))


def words_of(opened: OpenedFile, refusal: Refusal) -> str:
    """Say a refusal of the lifecycle."""
    fields = {field.code: field.label for field in opened.case.permit.permit.officer_fields}
    named = Named(
        person=opened.names.person,
        target=lambda target: label_of(opened, target),
        question=lambda code: fields[code].to(opened.visit.lang) if code in fields else code,
        product=lambda code: product_named(opened.case, code).name.to(opened.visit.lang),
        moment=lambda at, lang: said_moment(at, opened.case.city, opened.visit.kit.voices[lang]),
    )
    return refusal_words(refusal, named).to(opened.visit.lang)


async def _give_out(visit: StaffVisit, nomor: str) -> None:
    """Give out the desks that are asked now; what fails here is done by the round of chores."""
    serving, people = visit.kit.serving, visit.kit.people
    assignment = Assignment(serving.store, serving.casework, people.accounts, people.demo)
    with contextlib.suppress(ChangedError, StoreUnavailableError):
        await assignment.of_case(visit.code, nomor)
