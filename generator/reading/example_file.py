"""`contoh/<izin>.yaml`: examples, their answers typed by the version of the permit in force on their day."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from generator.model import Example, Path, PermitVersion
from generator.reading import tks_permit as tks
from generator.reading.amount import literal, rupiah
from generator.reading.expect import date, duration, name_code, one_of, text, yes
from generator.reading.opened import entries, items, scalar
from generator.reading.sheet import Sheet
from generator.reading.tks import did_you_mean, listed
from generator.reading.yaml_tree import MapNode, Node, ScalarNode
from rules.field import Field
from rules.kind import TEXTS, Kind
from rules.permit import Permit
from rules.words import Words

KEYS = ("catatan", "dasar", "pada", "jawaban", "petugas", "hasil", "sebagian", "usulan")
RESULT_KEYS = (
    *("dokumen", "peninjau", "retribusi", "waktu", "masa_berlaku", "tahap", "jeda", "produk", "dibawa", "akhir"),
)
VISITED, NO_TIME = ", ditinjau", "tanpa waktu"
VERDICTS = ("setuju", "tolak", "kembalikan")
ENDS = ("terbit", "ditolak", "tidak_layak")
_STAGE, _AGENCY = (
    Words("tahap", "stage with a desk"),
    Words("peninjau tahap ini", "reviewer of this stage"),
)
_FEE = Words("pungutan izin ini", "fee of this permit")
_VERDICT, _END = Words("putusan", "verdict"), Words("akhir permohonan", "end of an application")


def example_file(sheet: Sheet, node: Node, permit: str, versions: tuple[PermitVersion, ...]) -> tuple[Example, ...]:
    """Read the tree of one permit's examples."""
    found = []
    for index, each in enumerate(items(sheet, node, ())):
        at: Path = (index,)
        opened = entries(sheet, each, at, KEYS, ("catatan", "pada", "jawaban", "hasil"))
        day = date(sheet, opened["pada"]) if "pada" in opened else ""
        version = _in_force(versions, day)
        if day and version is None:
            first = versions[0].permit.valid_from
            sheet.report(tks.NO_VERSION_YET.at(opened["pada"].place, day=day, code=permit, first=first))
        if version is None or len(opened) < 4:
            continue
        asked = {field.code: field for field in version.permit.fields}
        found.append(
            Example(
                permit,
                index,
                text(sheet, opened["catatan"], 300) if "catatan" in opened else "",
                day,
                _answers(sheet, opened["jawaban"], (*at, "jawaban"), asked) if "jawaban" in opened else {},
                _officers(sheet, opened["petugas"], (*at, "petugas"), version.permit) if "petugas" in opened else {},
                _result(sheet, opened["hasil"], (*at, "hasil"), version.permit) if "hasil" in opened else {},
                yes(sheet, opened["sebagian"]) if "sebagian" in opened else False,
                sheet.at[at],
                yes(sheet, opened["usulan"]) if "usulan" in opened else False,
            )
        )
    return tuple(found)


def _in_force(versions: tuple[PermitVersion, ...], day: str) -> PermitVersion | None:
    started = [version for version in versions if version.permit.valid_from <= day]
    until = started[-1].permit.valid_until if started else None
    return started[-1] if started and (until is None or day < until) else None


def _answers(sheet: Sheet, node: Node, path: Path, asked: Mapping[str, Field]) -> dict[str, object]:
    found: dict[str, object] = {}
    keys = {key.text: key.place for key, _ in node.entries} if isinstance(node, MapNode) else {}
    for code, value in entries(sheet, node, path, None).items():
        field = asked.get(code)
        if field is None:
            known = tuple(asked)
            otherwise = Words(f"yang ditanyakan: {listed(known)}", f"questions there are: {listed(known)}")
            advice = did_you_mean(code, known, otherwise)
            sheet.report(tks.UNKNOWN_ANSWER.at(keys[code], code=code, advice=advice))
            continue
        found[code] = _answer(sheet, value, (*path, code), field)
    return found


def _answer(sheet: Sheet, node: Node, path: Path, field: Field) -> object:
    if field.kind is Kind.LIST:
        inner = {item.code: item for item in field.items}
        return tuple(_answers(sheet, each, (*path, i), inner) for i, each in enumerate(items(sheet, node, path)))
    if field.kind is Kind.CHOICES:
        return tuple(literal(sheet, each, field) for each in items(sheet, node, path))
    if field.kind in TEXTS:
        return text(sheet, node)
    if field.kind is Kind.DATE:
        return date(sheet, node)
    if field.kind is Kind.YES_NO:
        return yes(sheet, node)
    return literal(sheet, node, field)


def _officers(sheet: Sheet, node: Node, path: Path, permit: Permit) -> dict[str, object]:
    """Read what each desk of each stage answered and decided."""
    found: dict[str, object] = {}
    stages = {stage.code: stage.reviewers for stage in permit.stages if stage.reviewers}
    for stage, desks in _named(sheet, node, path, stages, _STAGE).items():
        by_agency: dict[str, object] = {}
        agencies = {reviewer.agency: reviewer for reviewer in stages[stage]}
        for agency, desk in _named(sheet, desks, (*path, stage), agencies, _AGENCY).items():
            at = (*path, stage, agency)
            opened = entries(sheet, desk, at, ("jawaban", "putusan", "catatan"))
            asked = {
                field.code: field for each in stages[stage] if each.agency == agency for field in each.officer_fields
            }
            said: dict[str, object] = {}
            if "jawaban" in opened:
                said["jawaban"] = _answers(sheet, opened["jawaban"], (*at, "jawaban"), asked)
            if "putusan" in opened:
                said["putusan"] = one_of(sheet, opened["putusan"], VERDICTS, _VERDICT)
            if "catatan" in opened:
                said["catatan"] = text(sheet, opened["catatan"])
            by_agency[agency] = said
        found[stage] = by_agency
    return found


def _named(sheet: Sheet, node: Node, path: Path, known: Collection[str], what: Words) -> dict[str, Node]:
    """Open a map whose keys are names of the permit's own."""
    keys = {key.text: key for key, _ in node.entries} if isinstance(node, MapNode) else {}
    opened = entries(sheet, node, path, None)
    return {name: value for name, value in opened.items() if one_of(sheet, keys[name], known, what) is not None}


def _result(sheet: Sheet, node: Node, path: Path, permit: Permit) -> dict[str, object]:
    opened = entries(sheet, node, path, RESULT_KEYS)
    found: dict[str, object] = {}
    for key in ("dokumen", "dibawa", "peninjau"):
        if key in opened:
            found[key] = tuple(name_code(sheet, each) for each in items(sheet, opened[key], (*path, key)))
    if "retribusi" in opened:
        found["retribusi"] = _owed(sheet, opened["retribusi"], (*path, "retribusi"), permit)
    if "waktu" in opened:
        found["waktu"] = _length(sheet, opened["waktu"])
    if "masa_berlaku" in opened:
        found["masa_berlaku"] = text(sheet, opened["masa_berlaku"], 300)
    if "tahap" in opened:
        found["tahap"] = _stages(sheet, opened["tahap"], (*path, "tahap"))
    if "jeda" in opened:
        pauses = entries(sheet, opened["jeda"], (*path, "jeda"), None)
        found["jeda"] = {code: _length(sheet, written) for code, written in pauses.items()}
    if "produk" in opened:
        found["produk"] = _products(sheet, opened["produk"], (*path, "produk"))
    if "akhir" in opened:
        found["akhir"] = one_of(sheet, opened["akhir"], ENDS, _END)
    return found


def _products(sheet: Sheet, node: Node, path: Path) -> dict[str, dict[str, str]]:
    """Read what is issued: `{krk: {waktu: 5 hari kerja, masa_berlaku: 6 bulan}, izin: {}}`."""
    found: dict[str, dict[str, str]] = {}
    for code, said in entries(sheet, node, path, None).items():
        opened = entries(sheet, said, (*path, code), ("waktu", "masa_berlaku"))
        found[code] = {}
        if "waktu" in opened:
            length = duration(sheet, opened["waktu"])
            found[code]["waktu"] = f"{length.amount} {length.unit.value}"
        if "masa_berlaku" in opened:
            found[code]["masa_berlaku"] = text(sheet, opened["masa_berlaku"], 300)
    return found


def _owed(sheet: Sheet, node: Node, path: Path, permit: Permit) -> object:
    """Read what is to be paid: of all fees together, or of each by its code."""
    if isinstance(node, MapNode):
        codes = tuple(fee.code for fee in permit.fees if fee.code)
        return {code: _amount(sheet, each) for code, each in _named(sheet, node, path, codes, _FEE).items()}
    return _amount(sheet, node)


def _amount(sheet: Sheet, node: Node) -> int:
    free = isinstance(node, ScalarNode) and node.text == "gratis"
    return 0 if free else rupiah(sheet, node)


def _stages(sheet: Sheet, node: Node, path: Path) -> dict[str, dict[str, str]]:
    """Read who is asked at each stage: `{dinkes: "9 hari kerja, ditinjau"}`, or `tanpa waktu`."""
    return {
        stage: {desk: _of_desk(sheet, said) for desk, said in entries(sheet, desks, (*path, stage), None).items()}
        for stage, desks in entries(sheet, node, path, None).items()
    }


def _of_desk(sheet: Sheet, node: Node) -> str:
    found = scalar(sheet, node)
    if found is None:
        return ""
    said = " ".join(found.text.split())
    time, visited = (said.removesuffix(VISITED), VISITED) if said.endswith(VISITED) else (said, "")
    if time == NO_TIME:
        return f"{time}{visited}"
    return f"{_length(sheet, found._replace(text=time))}{visited}"


def _length(sheet: Sheet, node: Node) -> str:
    length = duration(sheet, node)
    return f"{length.amount} {length.unit.value}"
