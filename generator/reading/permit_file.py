"""One file of `izin/` to one version of a permit.

Gains: every name of the file in one scope, so that conditions can be read by the kinds of their fields. Loses: YAML.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from generator.model import Accepted, Path, PermitVersion
from generator.reading import tks_permit as tks
from generator.reading.condition_entry import condition
from generator.reading.derived_entry import derived_entries
from generator.reading.expect import (
    FILE,
    FOLDER,
    citation,
    date,
    duration,
    name_code,
    named_as,
    one_of,
    text,
    whole,
    words,
)
from generator.reading.fee_entry import Names, fee
from generator.reading.field_entry import once, options, settled
from generator.reading.flow_entry import durations, stage, steps
from generator.reading.form_entry import Form, GroupFile, form
from generator.reading.moving_entry import moving
from generator.reading.opened import entries, exclude, items, missing
from generator.reading.product_entry import products
from generator.reading.sheet import Sheet
from generator.reading.survey_entry import survey
from generator.reading.table_entry import Values
from generator.reading.validity_entry import validity
from generator.reading.yaml_tree import MapNode, Node, ScalarNode
from rules.citation import Citation
from rules.condition.tree import ALWAYS, Condition
from rules.duration import Duration, Unit
from rules.field import Field, Option
from rules.kind import Kind
from rules.permit import Free, LegalLimit, Permit, Quota, QuotaPeriod, Refusal, Repair, Requirement
from rules.ruleset import as_field
from rules.table import Table
from rules.words import Words

KEYS = (
    "izin", "nama", "jenis", "kode_resmi", "ringkas", "kata_kunci", "berlaku", "peralihan", "pelimpahan", "batas_hukum",
    "dasar_hukum", "permohonan", "masa_berlaku", "isian", "turunan", "syarat", "kelayakan", "alur", "waktu_total",
    "perbaikan", "retribusi", "kuota", "produk", "skm", "standar", "bukti", "sumber", "diterima",
)  # fmt: skip
REQUIREMENT = (
    "dokumen",
    "wajib_bila",
    "catatan",
    "untuk_setiap",
    "dasar",
    "rangkap",
    "kertas",
    "diserahkan",
    "pengganti",
)
PAPERS = ("A5", "A4", "A3", "A2", "A1", "A0", "F4")
COLLECTED = "pengambilan"
WAYS = ("unggah", COLLECTED)
REQUIRED = ("izin", "nama", "jenis", "berlaku", "isian", "alur", "retribusi")
KINDS = ("izin", "nonizin", "layanan")
APPLICATIONS = {
    "baru": Words("Baru", "New"),
    "perpanjangan": Words("Perpanjangan", "Renewal"),
    "perubahan": Words("Perubahan", "Amendment"),
    "pencabutan": Words("Pencabutan", "Revocation"),
    "duplikat": Words("Duplikat", "Duplicate"),
    "daftar_ulang": Words("Daftar ulang", "Re-registration"),
    "balik_nama": Words("Balik nama", "Change of name"),
}
STANDARD = (
    "pengaduan", "sarana", "kompetensi", "pengawasan", "jumlah_pelaksana", "jaminan_pelayanan", "jaminan_keamanan",
    "evaluasi",
)  # fmt: skip
EVIDENCE = ("syarat", "waktu", "biaya", "masa_berlaku", "dasar_hukum")
MARKS = ("F", "F~", "K", "A")
DEEMED = LegalLimit(Duration(5, Unit.WORKING_DAY), Citation("uu-30-2014", "53"))
REPAIR = Repair(Duration(2, Unit.MONTH))
_KIND, _APPLICATION = Words("jenis layanan", "kind of service"), Words("jenis permohonan", "kind of application")
_PERIOD = Words("masa kuota", "period of a quota")
_PAPER, _WAY = Words("ukuran kertas", "paper size"), Words("cara menyerahkan", "way of handing in")
_MARK, _CLOCK = Words("tanda bukti", "mark of evidence"), Words("jalannya jam", "way of the clock")


def permit_file(
    sheet: Sheet, node: Node, groups: Mapping[str, GroupFile], code: str, valid_from: str
) -> PermitVersion | None:
    """Read the tree of `izin/<code>/<valid_from>.yaml`; None when something was found, or a group it uses is broken."""
    opened = entries(sheet, node, (), KEYS, REQUIRED)
    named_as(sheet, opened, "izin", code, FOLDER)
    permit = _permit(sheet, opened, groups, code)
    accepted = _accepted(sheet, opened["diterima"]) if "diterima" in opened else ()
    since = (
        entries(sheet, opened["berlaku"], ("berlaku",), ("mulai", "sampai"), ("mulai",)) if "berlaku" in opened else {}
    )
    if "mulai" in since:
        written = date(sheet, since["mulai"])
        if written and written != valid_from:
            place = since["mulai"].place
            sheet.report(tks.NAME_DIFFERS.at(place, key="mulai", written=written, named=valid_from, what=FILE))
    until = date(sheet, since["sampai"]) if "sampai" in since else None
    if until and until <= valid_from:
        sheet.report(tks.ENDS_BEFORE.at(since["sampai"].place, until=until, since=valid_from))
    if permit is None or not sheet.clean:
        return None
    permit = replace(permit, valid_from=valid_from, valid_until=until)
    return PermitVersion(permit, sheet.places(), accepted)


def _permit(sheet: Sheet, opened: Values, groups: Mapping[str, GroupFile], code: str) -> Permit | None:
    known = len(sheet.findings)
    applications = _applications(sheet, opened["permohonan"]) if "permohonan" in opened else _kinds(("baru",))
    if len(sheet.findings) > known:
        sheet.broken.add("permohonan")
    kinds = Field("permohonan", Kind.CHOICE, Words("Jenis permohonan", "Kind of application"), options=applications)
    asked = form(sheet, opened["isian"], ("isian",), groups, kinds) if "isian" in opened else Form((), ())
    route = steps(sheet, opened["alur"], ("alur",)) if "alur" in opened else ()
    if asked.broken:
        return None
    officers = tuple(each for step in route for desk in step.desks for each in desk.asked)
    once(sheet, (*asked.questions, *officers))
    sheet.later.update(each.field.code for each in officers)
    lists = {each.field.code: each.field for each in asked.questions if each.field.code not in sheet.broken}
    # A list's own derived facts are read first: a count of its items may test them.
    for each in asked.questions:
        if each.counts is not None:
            lists[each.field.code] = settled(sheet, replace(each, shown_when=None), lists)
    derived = derived_entries(sheet, opened["turunan"], ("turunan",), lists) if "turunan" in opened else ()
    form_scope = {**lists, **{each.code: as_field(each) for each in derived}}
    scope = {**form_scope, **{each.field.code: each.field for each in officers}}
    fields = tuple(
        settled(sheet, replace(each, field=lists[each.field.code], counts=None), form_scope)
        for each in asked.questions
        if each.field.code in lists
    )
    name = words(sheet, opened["nama"], ("nama",)) if "nama" in opened else Words("")
    kind = one_of(sheet, opened["jenis"], KINDS, _KIND) if "jenis" in opened else None
    permit = Permit(
        code=code,
        official_code=text(sheet, opened["kode_resmi"], 60) if "kode_resmi" in opened else None,
        name=name,
        kind=kind or "izin",
        valid_from="",
        valid_until=None,
        delegation=citation(sheet, opened["pelimpahan"], ("pelimpahan",)) if "pelimpahan" in opened else None,
        legal_limit=_limit(sheet, opened["batas_hukum"]) if "batas_hukum" in opened else DEEMED,
        legal_basis=_laws(sheet, opened["dasar_hukum"]) if "dasar_hukum" in opened else (),
        applications=applications,
        validity=validity(sheet, opened["masa_berlaku"], ("masa_berlaku",), scope)
        if "masa_berlaku" in opened
        else None,
        sections=asked.sections,
        fields=fields,
        derived=derived,
        requirements=_requirements(sheet, opened["syarat"], form_scope) if "syarat" in opened else (),
        eligibility=_refusals(sheet, opened["kelayakan"], form_scope) if "kelayakan" in opened else (),
        stages=tuple(stage(sheet, step, scope) for step in route),
        promise=durations(sheet, opened["waktu_total"], ("waktu_total",), scope)
        if "waktu_total" in opened
        else Table(()),
        repair=_repair(sheet, opened["perbaikan"]) if "perbaikan" in opened else REPAIR,
        fee=fee(sheet, opened["retribusi"], ("retribusi",), Names(scope, name)) if "retribusi" in opened else Free(),
        products=products(sheet, opened["produk"], ("produk",), scope) if "produk" in opened else (),
        standard=_keyed(sheet, opened["standar"], ("standar",), (*STANDARD, "produk")) if "standar" in opened else (),
        evidence=_evidence(sheet, opened["bukti"]) if "bukti" in opened else (),
        sources=_texts(sheet, opened["sumber"], ("sumber",)) if "sumber" in opened else (),
        search_words=_texts(sheet, opened["kata_kunci"], ("kata_kunci",)) if "kata_kunci" in opened else (),
        summary=words(sheet, opened["ringkas"], ("ringkas",)) if "ringkas" in opened else None,
        quotas=_quotas(sheet, opened["kuota"], form_scope) if "kuota" in opened else (),
        survey=survey(sheet, opened["skm"], ("skm",)) if "skm" in opened else None,
        moving=moving(sheet, opened["peralihan"], ("peralihan",)) if "peralihan" in opened else None,
    )
    return permit


def _kinds(codes: tuple[str, ...]) -> tuple[Option, ...]:
    return tuple(Option(code, APPLICATIONS[code]) for code in codes)


def _applications(sheet: Sheet, node: Node) -> tuple[Option, ...]:
    if isinstance(node, MapNode):
        return options(sheet, node, ("permohonan",))
    found = [one_of(sheet, each, tuple(APPLICATIONS), _APPLICATION) for each in items(sheet, node, ("permohonan",), 1)]
    return _kinds(tuple(code for code in found if code is not None))


def _limit(sheet: Sheet, node: Node) -> LegalLimit:
    opened = entries(sheet, node, ("batas_hukum",), ("waktu", "dasar"), ("waktu", "dasar"))
    return LegalLimit(
        duration(sheet, opened["waktu"]) if "waktu" in opened else DEEMED.duration,
        citation(sheet, opened["dasar"], ("batas_hukum", "dasar")) if "dasar" in opened else DEEMED.citation,
    )


def _laws(sheet: Sheet, node: Node) -> tuple[Citation, ...]:
    path: Path = ("dasar_hukum",)
    return tuple(citation(sheet, each, (*path, index)) for index, each in enumerate(items(sheet, node, path)))


def _requirements(sheet: Sheet, node: Node, scope: Mapping[str, Field]) -> tuple[Requirement, ...]:
    found = []
    for index, each in enumerate(items(sheet, node, ("syarat",))):
        at: Path = ("syarat", index)
        opened = entries(sheet, each, at, REQUIREMENT, ("dokumen",))
        found.append(
            Requirement(
                name_code(sheet, opened["dokumen"]) if "dokumen" in opened else "",
                _needed(sheet, opened, (*at, "wajib_bila"), scope) if "wajib_bila" in opened else ALWAYS,
                words(sheet, opened["catatan"], (*at, "catatan")) if "catatan" in opened else None,
                text(sheet, opened["untuk_setiap"], 60) if "untuk_setiap" in opened else None,
                citation(sheet, opened["dasar"], (*at, "dasar")) if "dasar" in opened else None,
                whole(sheet, opened["rangkap"], 1, 20) if "rangkap" in opened else 1,
                one_of(sheet, opened["kertas"], PAPERS, _PAPER) if "kertas" in opened else None,
                "diserahkan" in opened and one_of(sheet, opened["diserahkan"], WAYS, _WAY) == COLLECTED,
                _instead(sheet, opened, at),
            )
        )
    return tuple(found)


def _instead(sheet: Sheet, opened: Values, path: Path) -> tuple[str, ...]:
    """Read what may be handed in where the document itself is lost; only what is brought can be lost."""
    if "pengganti" not in opened:
        return ()
    brought = opened.get("diserahkan")
    if brought is None:
        missing(sheet, sheet.at[path], "diserahkan")
    elif not isinstance(brought, ScalarNode) or brought.text != COLLECTED:
        exclude(sheet, opened, path, "diserahkan", ("pengganti",))
    at: Path = (*path, "pengganti")
    return tuple(name_code(sheet, each) for each in items(sheet, opened["pengganti"], at, at_least=1))


def _needed(sheet: Sheet, opened: Values, path: Path, scope: Mapping[str, Field]) -> Condition:
    document = opened.get("dokumen")
    subject = f"`{document.text}`" if isinstance(document, ScalarNode) else Words("syarat ini", "this requirement")
    return condition(sheet, opened["wajib_bila"], path, scope, subject)


def _refusals(sheet: Sheet, node: Node, scope: Mapping[str, Field]) -> tuple[Refusal, ...]:
    found = []
    for index, each in enumerate(items(sheet, node, ("kelayakan",))):
        at: Path = ("kelayakan", index)
        keys = ("tolak_bila", "pesan", "dasar")
        opened = entries(sheet, each, at, keys, keys)
        found.append(
            Refusal(
                condition(sheet, opened["tolak_bila"], (*at, "tolak_bila"), scope)
                if "tolak_bila" in opened
                else ALWAYS,
                words(sheet, opened["pesan"], (*at, "pesan")) if "pesan" in opened else Words(""),
                citation(sheet, opened["dasar"], (*at, "dasar")) if "dasar" in opened else Citation(""),
            )
        )
    return tuple(found)


def _quotas(sheet: Sheet, node: Node, scope: Mapping[str, Field]) -> tuple[Quota, ...]:
    found = []
    for index, each in enumerate(items(sheet, node, ("kuota",))):
        at: Path = ("kuota", index)
        needed = ("paling_banyak", "per", "pesan", "dasar")
        opened = entries(sheet, each, at, (*needed, "bila"), needed)
        period = one_of(sheet, opened["per"], tuple(QuotaPeriod), _PERIOD) if "per" in opened else None
        found.append(
            Quota(
                whole(sheet, opened["paling_banyak"], 1, 1_000_000) if "paling_banyak" in opened else 1,
                QuotaPeriod(period or "tahun"),
                words(sheet, opened["pesan"], (*at, "pesan")) if "pesan" in opened else Words(""),
                citation(sheet, opened["dasar"], (*at, "dasar")) if "dasar" in opened else Citation(""),
                condition(sheet, opened["bila"], (*at, "bila"), scope) if "bila" in opened else ALWAYS,
            )
        )
    return tuple(found)


def _repair(sheet: Sheet, node: Node) -> Repair:
    opened = entries(sheet, node, ("perbaikan",), ("waktu", "jam", "paling_banyak"), ("waktu",))
    clock = one_of(sheet, opened["jam"], ("berhenti", "ulang"), _CLOCK) if "jam" in opened else "berhenti"
    return Repair(
        duration(sheet, opened["waktu"]) if "waktu" in opened else REPAIR.duration,
        clock == "ulang",
        whole(sheet, opened["paling_banyak"], 0, 99) if "paling_banyak" in opened else REPAIR.at_most,
    )


def _keyed(sheet: Sheet, node: Node, path: Path, known: tuple[str, ...]) -> tuple[tuple[str, Words], ...]:
    return tuple((key, words(sheet, value, (*path, key))) for key, value in entries(sheet, node, path, known).items())


def _evidence(sheet: Sheet, node: Node) -> tuple[tuple[str, str], ...]:
    opened = entries(sheet, node, ("bukti",), EVIDENCE)
    return tuple((key, one_of(sheet, value, MARKS, _MARK) or "A") for key, value in opened.items())


def _texts(sheet: Sheet, node: Node, path: Path) -> tuple[str, ...]:
    return tuple(text(sheet, each, 300) for each in items(sheet, node, path))


def _accepted(sheet: Sheet, node: Node) -> tuple[Accepted, ...]:
    found = []
    for index, each in enumerate(items(sheet, node, ("diterima",))):
        opened = entries(sheet, each, ("diterima", index), ("temuan", "alasan"), ("temuan", "alasan"))
        if len(opened) == 2:
            found.append(Accepted(text(sheet, opened["temuan"], 20), text(sheet, opened["alasan"], 500)))
    return tuple(found)
