"""The route as YAML: `alur`, its stages, the desks of each, and where each leads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generator.model import Path
from generator.reading import tks_permit as tks
from generator.reading.condition_entry import condition
from generator.reading.expect import duration, field_code, name_code, one_of, words, yes
from generator.reading.field_entry import Question, questions, settled
from generator.reading.notice_entry import Notice, notice
from generator.reading.opened import entries, exactly_one, exclude, items, missing, scalar
from generator.reading.pause_entry import pauses
from generator.reading.sheet import Sheet
from generator.reading.table_entry import Values, is_table, table
from generator.reading.yaml_tree import MapNode, Node, ScalarNode
from rules.condition.tree import ALWAYS
from rules.duration import Duration
from rules.field import Field
from rules.permit import Reviewer, Stage
from rules.table import Row, Table
from rules.words import Words

KEYS = (
    "nama", "oleh", "waktu", "peninjauan", "isian_petugas", "bila", "serentak", "setuju", "perbaiki", "tolak",
    "tanda_tangan", "di_luar", "pengumuman", "akhir", "jeda",
)  # fmt: skip
DESK_KEYS = ("instansi", "peran", "waktu", "peninjauan", "bila", "isian_petugas", "jeda")
OF_A_DESK = ("waktu", "peninjauan", "isian_petugas", "bila", "jeda")

# A notice to which people can object is a stage of its own.
BESIDE_NO_OBJECTIONS = ("oleh", "serentak", "tanda_tangan", "di_luar")

ENDS = ("terbit", "ditolak")
_END = Words("akhir", "end")


@dataclass(frozen=True, slots=True)
class Desk:
    """A reviewer before its conditions are read."""

    path: Path
    agency: str
    role: str | None
    opened: Values
    asked: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A stage before its conditions are read."""

    code: str
    path: Path
    opened: Values
    desks: tuple[Desk, ...]
    side_by_side: bool
    notice: Notice | None = None


def steps(sheet: Sheet, node: Node, path: Path) -> tuple[Step, ...]:
    """Read the stages' shape and every question their desks answer."""
    opened = entries(sheet, node, path, None, at_least=1)
    keys = {key.text: key for key, _ in node.entries} if isinstance(node, MapNode) else {}
    for key in keys.values():
        sheet.mark((*path, key.text), key)
        field_code(sheet, key)
    return tuple(_step(sheet, code, value, (*path, code)) for code, value in opened.items())


def _step(sheet: Sheet, code: str, node: Node, path: Path) -> Step:
    opened = entries(sheet, node, path, KEYS)
    if "akhir" in opened:
        exclude(sheet, opened, path, "akhir", tuple(key for key in opened if key not in ("akhir", "nama")))
    elif opened and not {"oleh", "serentak", "pengumuman"} & opened.keys():
        sheet.report(tks.NO_DESK.at(sheet.at[path], stage=code))
    told = notice(sheet, opened["pengumuman"], (*path, "pengumuman")) if "pengumuman" in opened else None
    if told is not None and told.objections:
        exclude(sheet, {**opened, "keberatan": opened["pengumuman"]}, path, "keberatan", BESIDE_NO_OBJECTIONS)
    signed, outside = _said_yes(opened, "tanda_tangan"), _said_yes(opened, "di_luar")
    exclude(sheet, opened if signed else {}, path, "tanda_tangan", ("isian_petugas",))
    exclude(sheet, opened if outside else {}, path, "di_luar", ("jeda",))
    if "oleh" in opened and "serentak" in opened:
        exactly_one(sheet, opened, ("oleh", "serentak"), sheet.at[path])
    if "serentak" in opened:
        exclude(sheet, opened, path, "serentak", OF_A_DESK)
        at = (*path, "serentak")
        nodes = items(sheet, opened["serentak"], at, at_least=1)
        desks = tuple(_desk(sheet, each, (*at, i)) for i, each in enumerate(nodes))
        for desk in desks:
            exclude(sheet, {**desk.opened, **signed}, desk.path, "tanda_tangan", ("isian_petugas",))
            exclude(sheet, {**desk.opened, **outside}, desk.path, "di_luar", ("jeda",))
        return Step(code, path, opened, desks, True, told)
    if "oleh" not in opened:
        exclude(sheet, opened, path, "pengumuman", OF_A_DESK)
        desks = () if told is None or not told.objections else (_objections_desk(sheet, told, path),)
        return Step(code, path, opened, desks, False, told)
    agency, role = _named_desk(sheet, opened["oleh"])
    asked = _asked(sheet, opened, path)
    return Step(code, path, opened, (Desk(path, agency, role, opened, asked),), False, told)


def _objections_desk(sheet: Sheet, told: Notice, stage: Path) -> Desk:
    """Return who answers objections: the desk of the stage, written inside its notice."""
    for key, node in told.objections.items():
        sheet.mark((*stage, key), node)
    agency, role = _named_desk(sheet, told.objections["oleh"]) if "oleh" in told.objections else ("", None)
    return Desk(told.path, agency, role, told.objections, ())


def _named_desk(sheet: Sheet, node: Node) -> tuple[str, str | None]:
    """Read who looks at a file: `instansi`, or `instansi.peran`."""
    found = scalar(sheet, node)
    agency, _, role = (found.text if found else "").partition(".")
    if found is not None:
        name_code(sheet, found._replace(text=agency))
        if role:
            field_code(sheet, found._replace(text=role))
    return agency, role or None


def _said_yes(opened: Values, key: str) -> Values:
    """Return a key that says yes: where a stage is signed nobody fills in a form, as signing it is the approval; the
    time of an outside body stands still anyway."""
    node = opened.get(key)
    return {key: node} if isinstance(node, ScalarNode) and node.text == "ya" else {}


def _desk(sheet: Sheet, node: Node, path: Path) -> Desk:
    opened = entries(sheet, node, path, DESK_KEYS, ("instansi",))
    agency = name_code(sheet, opened["instansi"]) if "instansi" in opened else ""
    role = field_code(sheet, opened["peran"]) if "peran" in opened else None
    return Desk(path, agency, role, opened, _asked(sheet, opened, path))


def _asked(sheet: Sheet, opened: Values, path: Path) -> tuple[Question, ...]:
    if "isian_petugas" not in opened:
        return ()
    return questions(sheet, opened["isian_petugas"], path, "isian_petugas")


def stage(sheet: Sheet, step: Step, scope: Mapping[str, Field]) -> Stage:
    """Read a stage, now that `scope` holds every name."""
    opened, path = step.opened, step.path
    return Stage(
        step.code,
        name=words(sheet, opened["nama"], (*path, "nama")) if "nama" in opened else None,
        reviewers=tuple(_reviewer(sheet, desk, scope) for desk in step.desks),
        side_by_side=step.side_by_side,
        approved=_approved(sheet, opened["setuju"], (*path, "setuju"), scope) if "setuju" in opened else None,
        returned=field_code(sheet, opened["perbaiki"]) if "perbaiki" in opened else None,
        refused=field_code(sheet, opened["tolak"]) if "tolak" in opened else None,
        signature=yes(sheet, opened["tanda_tangan"]) if "tanda_tangan" in opened else False,
        outside=yes(sheet, opened["di_luar"]) if "di_luar" in opened else False,
        notice=None if step.notice is None else step.notice.lasts,
        end=one_of(sheet, opened["akhir"], ENDS, _END) if "akhir" in opened else None,
        announced=() if step.notice is None else step.notice.announced,
        objections=step.notice is not None and bool(step.notice.objections),
    )


def _reviewer(sheet: Sheet, desk: Desk, scope: Mapping[str, Field]) -> Reviewer:
    opened, path = desk.opened, desk.path
    when = condition(sheet, opened["bila"], (*path, "bila"), scope) if "bila" in opened else ALWAYS
    return Reviewer(
        desk.agency,
        desk.role,
        when,
        durations(sheet, opened["waktu"], (*path, "waktu"), scope) if "waktu" in opened else None,
        _inspection(sheet, opened["peninjauan"], (*path, "peninjauan"), scope) if "peninjauan" in opened else None,
        tuple(settled(sheet, each, scope) for each in desk.asked),
        pauses(sheet, opened["jeda"], (*path, "jeda")) if "jeda" in opened else (),
    )


def durations(sheet: Sheet, node: Node, path: Path, scope: Mapping[str, Field]) -> Table[Duration]:
    """Read a length of time, or a table of them."""
    if not is_table(node):
        return Table((Row(duration(sheet, node)),))

    def value(opened: Values, at: Path) -> Duration | None:
        node = needed(sheet, opened, at, "waktu")
        return None if node is None else duration(sheet, node)

    return table(sheet, node, path, scope, ("waktu",), value)


def _inspection(sheet: Sheet, node: Node, path: Path, scope: Mapping[str, Field]) -> Table[bool]:
    if not is_table(node):
        return Table((Row(yes(sheet, node)),))

    def value(opened: Values, at: Path) -> bool | None:
        node = needed(sheet, opened, at, "peninjauan")
        return None if node is None else yes(sheet, node)

    return table(sheet, node, path, scope, ("peninjauan",), value)


def _approved(sheet: Sheet, node: Node, path: Path, scope: Mapping[str, Field]) -> Table[str]:
    if not is_table(node):
        return Table((Row(field_code(sheet, node)),))

    def value(opened: Values, at: Path) -> str | None:
        node = needed(sheet, opened, at, "ke")
        return None if node is None else field_code(sheet, node)

    return table(sheet, node, path, scope, ("ke",), value)


def needed(sheet: Sheet, opened: Values, at: Path, key: str) -> Node | None:
    """Return the value of a row's own key, or report that it is not written."""
    if key in opened:
        return opened[key]
    missing(sheet, sheet.at[at], key)
    return None
