"""The form as YAML: the order of questions and pages, with shared groups read in place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generator.model import Group, Path
from generator.reading import tks_permit as tks
from generator.reading.expect import name_code, words
from generator.reading.field_entry import Question, question
from generator.reading.opened import entries, items
from generator.reading.sheet import Sheet
from generator.reading.tks import did_you_mean, listed
from generator.reading.yaml_tree import MapNode, Node
from rules.field import Field, Section
from rules.words import Words

GroupFile = Group | None  # None: its file has findings of its own
APPLICATION = Words("Permohonan", "Application")
UNTITLED = Words("")  # the questions of a group before its first page: they stand on the permit's page


@dataclass(frozen=True, slots=True)
class Form:
    """Questions in order, and the pages they stand on. `broken`: a group it uses could not be read."""

    questions: tuple[Question, ...]
    sections: tuple[Section, ...]
    broken: bool = False


@dataclass(slots=True)
class _Pages:
    """Pages while the entries are read."""

    questions: list[Question]
    pages: list[tuple[Words, list[str]]]
    broken: bool = False

    def add(self, found: Question) -> None:
        self.questions.append(found)
        self.pages[-1][1].append(found.field.code)


def form(sheet: Sheet, node: Node, path: Path, groups: Mapping[str, GroupFile], kinds: Field | None = None) -> Form:
    """Read the entries of `isian`; `kinds` is the built-in question that comes first."""
    growing = _Pages([], [(APPLICATION if kinds is not None else UNTITLED, [])])
    for index, each in enumerate(items(sheet, node, path, at_least=1)):
        keys = {key.text: value for key, value in each.entries} if isinstance(each, MapNode) else {}
        if "kelompok" in keys:
            _group(sheet, each, (*path, index), groups, growing)
        elif "bagian" in keys:
            opened = entries(sheet, each, (*path, index), ("bagian",))
            if "bagian" in opened:
                growing.pages.append((words(sheet, opened["bagian"], (*path, index, "bagian")), []))
        elif (found := question(sheet, each, path[:-1], str(path[-1]))) is not None:
            growing.add(found)
    if kinds is not None:
        growing.questions.insert(0, Question(kinds, ("permohonan",), node.place))
        first = next((page for page in growing.pages if page[1]), growing.pages[0])
        first[1].insert(0, kinds.code)
    sections = tuple(Section(title, tuple(codes)) for title, codes in growing.pages if codes)
    return Form(tuple(growing.questions), sections, growing.broken)


def _group(sheet: Sheet, node: Node, path: Path, groups: Mapping[str, GroupFile], growing: _Pages) -> None:
    opened = entries(sheet, node, path, ("kelompok", "tampil_bila"), ("kelompok",))
    code = name_code(sheet, opened["kelompok"]) if "kelompok" in opened else ""
    if not code:
        return
    if code not in groups:
        known = tuple(sorted(groups))
        otherwise = Words(f"kelompok yang ada: {listed(known)}", f"groups there are: {listed(known)}")
        advice = did_you_mean(code, known, otherwise)
        sheet.report(tks.UNKNOWN_GROUP.at(opened["kelompok"].place, code=code, advice=advice))
        growing.broken = True
        return
    group = groups[code]
    if group is None:
        growing.broken = True
        return
    for at, place in group.places.at.items():
        if len(at) > 1 and isinstance(at[1], str):  # by the code of a question; an index is another line here
            sheet.at.setdefault(at, place)
    starts = {section.fields[0]: section.title for section in group.sections if section.fields and section.title.id}
    for field in group.fields:
        if field.code in starts:
            growing.pages.append((starts[field.code], []))
        gate = opened.get("tampil_bila")
        growing.add(Question(field, ("isian", field.code), opened["kelompok"].place, gate))
