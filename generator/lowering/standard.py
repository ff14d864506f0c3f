"""A permit to its service standard: the 14 components of PermenPANRB 15/2014, generated where they follow from the
rules and taken from `standar` where only a person can write them.

Components 1 to 6 must be published; 7 to 14 are about how the office works. Loses nothing that an applicant may ask.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.lowering.fee_words import fee_component
from generator.lowering.said import entry, row_entry, said
from rules.citation import Citation
from rules.cited import cited
from rules.city import Agency, City
from rules.codec import Json
from rules.duration import Duration
from rules.field import Field
from rules.permit import PauseReason, Permit, QuotaPeriod, Reviewer, Stage
from rules.printed import printed_duration
from rules.product_words import order_words, promise_words
from rules.ruleset import fact_fields
from rules.validity import duration_words, validity_words
from rules.words import Words

COMPONENTS = (
    ("persyaratan", Words("Persyaratan", "Requirements")),
    ("prosedur", Words("Sistem, mekanisme, dan prosedur", "Procedure")),
    ("waktu", Words("Jangka waktu penyelesaian", "Time")),
    ("biaya", Words("Biaya atau tarif", "Cost")),
    ("produk", Words("Produk pelayanan", "What you receive")),
    ("pengaduan", Words("Penanganan pengaduan, saran, dan masukan", "Complaints and suggestions")),
    ("dasar_hukum", Words("Dasar hukum", "Legal basis")),
    ("sarana", Words("Sarana, prasarana, dan fasilitas", "Facilities")),
    ("kompetensi", Words("Kompetensi pelaksana", "Competence of staff")),
    ("pengawasan", Words("Pengawasan internal", "Internal supervision")),
    ("jumlah_pelaksana", Words("Jumlah pelaksana", "Number of staff")),
    ("jaminan_pelayanan", Words("Jaminan pelayanan", "Guarantee of service")),
    ("jaminan_keamanan", Words("Jaminan keamanan dan keselamatan", "Guarantee of safety")),
    ("evaluasi", Words("Evaluasi kinerja pelaksana", "Evaluation")),
)
PUBLISHED = 6
_PERIODS = {QuotaPeriod.DAY: "day", QuotaPeriod.MONTH: "month", QuotaPeriod.YEAR: "year"}
# Deadlines by kind of complaint: facts 3.7 (as printed on published standards).
USUAL_COMPLAINTS = Words(
    "Sampaikan di loket pengaduan atau SP4N-LAPOR! (lapor.go.id). Dijawab paling lama 5 hari kerja untuk permintaan "
    "informasi, 14 hari kerja untuk pengaduan biasa, dan 60 hari kerja bila perlu pemeriksaan.",
    "Tell us at the complaints desk or through SP4N-LAPOR! (lapor.go.id). Answered within 5 working days for a request "
    "for information, 14 for an ordinary complaint, and 60 where an inquiry is needed.",
)


def standard(permit: Permit, city: City) -> dict[str, Json]:
    """Return the service standard of one permit version."""
    written = dict(permit.standard)
    evidence = dict(permit.evidence)
    fields = fact_fields(permit)
    fee = fee_component(permit.fee, city, fields)
    generated: dict[str, list[Json]] = {
        "persyaratan": list(_requirements(permit, city, fields)),
        "prosedur": [*_procedure(permit, city, fields), *_survey(permit, city)],
        "waktu": list(_time(permit, city, fields)),
        "biaya": fee["entries"],
        "produk": list(_products(permit, fields)),
        "dasar_hukum": [entry(*law_words(citation, city)) for citation in permit.legal_basis],
    }
    components: list[Json] = []
    for number, (key, title) in enumerate(COMPONENTS, start=1):
        entries = list(generated.get(key, []))
        if (words := written.get(key)) is not None:
            entries.append(entry(USUAL_COMPLAINTS if (key, words.id) == ("pengaduan", "baku") else words))
        components.append(
            {
                "number": number,
                "key": key,
                "title": said(title),
                "published": number <= PUBLISHED,
                "entries": entries,
                "tables": fee.get("tables", []) if key == "biaya" else [],
                "evidence": evidence.get("syarat" if key == "persyaratan" else key),
            }
        )
    return {
        "permit": permit.code,
        "version": permit.valid_from,
        "name": said(permit.name),
        "components": components,
        "sources": list(permit.sources),
    }


def law_words(citation: Citation, city: City) -> tuple[Words, str]:
    """Return a law as it is listed, «UU 30/2014 Pasal 53: Undang-Undang Nomor 30 …», and how it is cited."""
    title = next(r for r in city.regulations if r.code == citation.regulation).title
    law = cited(citation, city)
    return Words(f"{law}: {title.id}", f"{law}: {title.to('en')}"), law


def _requirements(permit: Permit, city: City, fields: dict[str, Field]) -> Iterator[Json]:
    documents = {document.code: document for document in city.documents}
    for requirement in permit.requirements:
        name = documents[requirement.document].name
        said = requirement.said
        if requirement.at_collection:
            name = Words(f"{name.id}, dibawa saat surat diambil", f"{name.to('en')}, brought to fetch the letter")
            for other in (documents[code].name for code in requirement.instead):
                name = Words(f"{name.id}; bila hilang: {other.id}", f"{name.to('en')}; if lost: {other.to('en')}")
        if said is not None:
            name = Words(f"{name.id} ({said.id})", f"{name.to('en')} ({said.to('en')})")
        citation = None if requirement.citation is None else cited(requirement.citation, city)
        yield entry(name, citation, requirement.when, fields)
    for quota in permit.quotas:
        limit = Words(
            f"Kuota: paling banyak {quota.at_most} permohonan per {quota.period.value}",
            f"Quota: at most {quota.at_most} applications a {_PERIODS[quota.period]}",
        )
        yield entry(limit, cited(quota.citation, city), quota.when, fields)


MOVES = Words(
    "Permohonan yang diajukan sebelum aturan ini dan belum selesai mengikuti aturan ini",
    "Applications filed before these rules and not ended yet follow these rules",
)


def _procedure(permit: Permit, city: City, fields: dict[str, Field]) -> Iterator[Json]:
    agencies = {agency.code: agency for agency in city.agencies}
    if permit.moving is not None:
        law = permit.moving.citation
        yield entry(MOVES, None if law is None else cited(law, city))
    for stage in permit.stages:
        if stage.end is not None:
            continue
        if stage.notice is not None:
            yield entry(_notice_words(stage, stage.notice, fields))
        elif not stage.reviewers:
            yield entry(_stage_name(stage))
        for reviewer in stage.reviewers:
            words = _desk_words(stage, reviewer, agencies)
            yield entry(_answering(words) if stage.objections else words, None, reviewer.when, fields)


def _survey(permit: Permit, city: City) -> Iterator[Json]:
    if (survey := permit.survey_before(city)) is not None:
        words = Words(
            "Survei kepuasan masyarakat, sebelum surat diunduh; boleh ditolak dengan alasan",
            "The survey of satisfaction, before the letter is fetched; it may be declined with a reason",
        )
        yield entry(words, None if survey.citation is None else cited(survey.citation, city))


def _notice_words(stage: Stage, lasts: Duration, fields: dict[str, Field]) -> Words:
    """Say how long the public is told, and of what."""
    name = _stage_name(stage)
    shown = [fields[code].label for code in stage.announced if code in fields]
    of = Words(
        f": {', '.join(label.id for label in shown)}" if shown else "",
        f": {', '.join(label.to('en') for label in shown)}" if shown else "",
    )
    return Words(
        f"{name.id}: diumumkan kepada umum selama {printed_duration(lasts, 'id')}{of.id}",
        f"{name.to('en')}: announced to the public for {printed_duration(lasts, 'en')}{of.en}",
    )


def _answering(words: Words) -> Words:
    return Words(f"{words.id}, bila ada keberatan masyarakat", f"{words.to('en')}, where anybody objects")


def _stage_name(stage: Stage) -> Words:
    return stage.name or Words(stage.code.replace("_", " ").capitalize())


def _desk_words(stage: Stage, reviewer: Reviewer, agencies: dict[str, Agency]) -> Words:
    name, stage_name = agencies[reviewer.agency].desk(reviewer.role), _stage_name(stage)
    words = Words(f"{stage_name.id}: {name.id}", f"{stage_name.to('en')}: {name.to('en')}")
    if reviewer.duration is None:
        return words
    times = list(dict.fromkeys(row.value for row in reviewer.duration.rows))
    return Words(
        f"{words.id}, {' atau '.join(printed_duration(t, 'id') for t in times)}",
        f"{words.to('en')}, {' or '.join(printed_duration(t, 'en') for t in times)}",
    )


def _time(permit: Permit, city: City, fields: dict[str, Field]) -> Iterator[Json]:
    for row in permit.promise.rows:
        yield row_entry(duration_words(row.value), row, fields)
    for stage in permit.stages:
        for reviewer in stage.reviewers:
            for pause in reviewer.pauses:
                yield entry(_pause_words(stage, pause), cited(pause.citation, city), reviewer.when, fields)
    for product in permit.products:
        for own in product.duration.rows if product.duration is not None else ():
            yield row_entry(_joined(product.name, promise_words(permit, product, own.value)), own, fields)
    limit = permit.legal_limit
    words = duration_words(limit.duration)
    yield entry(
        Words(
            f"Batas menurut hukum: {words.id} sejak berkas lengkap",
            f"Limit by law: {words.to('en')} from the day the file is complete",
        ),
        cited(limit.citation, city),
    )


def _pause_words(stage: Stage, pause: PauseReason) -> Words:
    """Say which pause can occur, how long and how often, and whether the limit by law waits too."""
    at, length = _stage_name(stage), duration_words(pause.at_most)
    times = Words("", "") if pause.times == 1 else Words(f", sampai {pause.times} kali", f", up to {pause.times} times")
    limit = (
        Words("batas menurut hukum tetap berjalan", "the limit by law runs on")
        if pause.limit_stops is None
        else Words("batas menurut hukum ikut berhenti", "the limit by law stands still too")
    )
    may, longest = f"May pause at {at.to('en')}: {pause.reason.to('en')}", f"at most {length.to('en')}"
    return Words(
        f"Dapat dijeda di tahap {at.id}: {pause.reason.id}, paling lama {length.id}{times.id}; {limit.id}",
        f"{may}, {longest}{times.to('en')}; {limit.to('en')}",
    )


def _joined(name: Words, said: Words) -> Words:
    return Words(f"{name.id}: {said.id}", f"{name.to('en')}: {said.to('en')}")


def _products(permit: Permit, fields: dict[str, Field]) -> Iterator[Json]:
    for product in permit.products:
        order = order_words(permit, product)
        name = product.name if order is None else _joined(product.name, order)
        yield entry(name, None, product.when, fields)
        for row in product.validity.rows if product.validity is not None else ():
            words = validity_words(row.value, fields, None)
            said = Words(f"{product.name.id} berlaku {words.id}", f"{product.name.to('en')} valid {words.to('en')}")
            yield row_entry(said, row, fields)
    if permit.validity is not None:
        for row in permit.validity.rows:
            words = validity_words(row.value, fields, None)
            within = Words(f"Berlaku {_within(words.id)}", f"Valid {_within(words.to('en'))}")
            yield row_entry(within, row, fields)


def _within(said: str) -> str:
    """Say the first word as it stands inside of a sentence; an abbreviation stays as it is."""
    return said if said[1:2].isupper() else f"{said[:1].lower()}{said[1:]}"
