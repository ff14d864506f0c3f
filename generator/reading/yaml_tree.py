"""YAML text to a tree in which every node knows its place, and every scalar is still the text that was written.

Gains: a place for every node, and a finding for each thing of YAML that a catalog does not use (aliases, tags, merge
keys, duplicates, a second document). Loses: comments, and YAML's own ideas of type. The only module that imports yaml.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

import yaml

from generator.finding import Finding, Label, Place, Said
from generator.reading import kon_words as kon
from generator.reading import tks_text as tks
from generator.reading.source_text import decode
from generator.reading.yaml_fault import Fault, Last, is_bare_range, is_test, missing_space, unequal, why_unreadable
from rules.words import Words


class ScalarNode(NamedTuple):
    """A scalar as text. `quoted`: single or double quotes; `block`: written with `|` or `>`."""

    text: str
    place: Place
    quoted: bool = False
    block: bool = False

    def span(self, start: int, end: int) -> Place:
        """Return the place of characters [start, end) of the text, or the whole place where they do not map one to
        one to the file (escapes, several lines)."""
        quotes = 2 if self.quoted else 0
        one_to_one = self.place.line == self.place.end_line and (
            self.place.end_column - self.place.column == len(self.text) + quotes
        )
        if not one_to_one:
            return self.place
        first = self.place.column + quotes // 2
        return Place(self.place.file, self.place.line, first + start, self.place.line, first + max(end, start + 1))


class ListNode(NamedTuple):
    """A sequence; `flow` when written with brackets."""

    items: tuple[Node, ...]
    place: Place
    flow: bool = False


class MapNode(NamedTuple):
    """A mapping, its keys in the order written; `flow` when written with braces."""

    entries: tuple[tuple[ScalarNode, Node], ...]
    place: Place
    flow: bool = False


Node = ScalarNode | ListNode | MapNode


MOST_LEVELS = 40
_QUOTES, _BLOCKS, _CURLY = ("'", '"'), ("|", ">"), ("“", "”", "„", "‘", "’")
_FIRST = Said(Words("ditulis pertama di sini", "first written here"))


def read_tree(raw: bytes, file: str) -> tuple[Node | None, tuple[Finding, ...]]:
    """Read the bytes of `file`: a tree, or the findings that stand in its way."""
    text, fault = decode(raw, file)
    if text is None:
        return None, (fault,) if fault is not None else ()
    growth = _Growth(file)
    try:
        for event in yaml.parse(text, Loader=yaml.CLoader):
            if not growth.take(event):
                break
    except yaml.MarkedYAMLError as error:
        growth.findings.append(why_unreadable(growth.fault(error, text)))
    except yaml.YAMLError:
        growth.findings.append(tks.NOT_YAML.at(Place(file)))
    if growth.findings:
        return None, tuple(growth.findings)
    if growth.root is None or (isinstance(growth.root, ScalarNode) and not growth.root.text):
        return None, (tks.EMPTY_FILE.at(Place(file)),)
    return growth.root, ()


@dataclass(slots=True)
class _Open:
    """A list or map whose end has not come."""

    start: yaml.SequenceStartEvent | yaml.MappingStartEvent
    is_map: bool
    items: list[Node] = field(default_factory=list)
    entries: dict[str, tuple[ScalarNode, Node]] = field(default_factory=dict)
    key: ScalarNode | None = None
    skipped: bool = False  # the key just read was no word: its value is dropped with it


@dataclass(slots=True)
class _Growth:
    """A tree while its events come in."""

    file: str
    findings: list[Finding] = field(default_factory=list)
    root: Node | None = None
    open: list[_Open] = field(default_factory=list)
    documents: int = 0
    last: ScalarNode | None = None

    def take(self, event: yaml.Event) -> bool:
        """Add one event; False when reading should stop. The commonest events come first: there are thousands."""
        match event:
            case yaml.ScalarEvent(value=value, style=style):
                if event.anchor is not None or event.tag is not None:
                    self._refuse_properties(event)
                if not style and value[:1] in _CURLY:
                    self.findings.append(tks.CURLY_QUOTE.at(self._span(event), sign=value[0]))
                self.last = ScalarNode(value, self._span(event), style in _QUOTES, style in _BLOCKS)
                self._place_node(self.last)
            case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                if event.anchor is not None or event.tag is not None:
                    self._refuse_properties(event)
                if len(self.open) >= MOST_LEVELS:
                    level = str(len(self.open) + 1)
                    self.findings.append(tks.TOO_DEEP.at(self._span(event), most=str(MOST_LEVELS), level=level))
                    return False
                self.open.append(_Open(event, isinstance(event, yaml.MappingStartEvent)))
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                self._place_node(self._closed(self.open.pop(), event))
            case yaml.AliasEvent():
                place = self._span(event)
                self.findings.append(tks.ALIAS.at(place, word=f"*{event.anchor}"))
                self._place_node(ScalarNode("", place))
            case yaml.DocumentStartEvent():
                self.documents += 1
                if self.documents > 1:
                    self.findings.append(tks.SECOND_DOCUMENT.at(self._span(event)))
                return self.documents == 1
            case _:
                pass
        return len(self.findings) < 100

    def fault(self, error: yaml.MarkedYAMLError, text: str) -> Fault:
        """Say what libyaml said, in terms that do not need it."""
        mark = error.problem_mark or error.context_mark
        lines = text.split("\n")
        opened = [_at(o.start.start_mark) for o in reversed(self.open) if o.start.flow_style]
        # A pair inside a list is a map that has no brace of its own.
        flow = next((at for at in opened if lines[at[0]][at[1] : at[1] + 1] in ("[", "{")), None)
        return Fault(
            self.file,
            lines,
            str(error.problem),
            _at(mark) if mark else (0, 0),
            _at(error.context_mark) if error.context_mark else None,
            Last(self.last.place.line - 1, self.last.place.column - 1, self.last.place.end_line - 1, self.last.quoted)
            if self.last
            else None,
            flow,
        )

    def _closed(self, part: _Open, end: yaml.Event) -> Node:
        flow, (line, column) = bool(part.start.flow_style), _at(part.start.start_mark)
        if not part.is_map:
            last = part.items[-1].place if part.items else None
        else:
            last = next(reversed(part.entries.values()))[1].place if part.entries else None
        # The end of a block is where the next thing starts: its last child says better where it ends.
        end_line, end_column = _at(end.end_mark)
        until = (last.end_line, last.end_column) if last and not flow else (end_line + 1, end_column + 1)
        place = Place(self.file, line + 1, column + 1, *until)
        if not part.is_map:
            only = part.items[0] if flow and len(part.items) == 1 else None
            if isinstance(only, ScalarNode) and not only.quoted and is_bare_range(only.text):
                self.findings.append(kon.UNQUOTED_RANGE.at(place, word=f"[{only.text}]"))
            return ListNode(tuple(part.items), place, flow)
        return MapNode(tuple(part.entries.values()), place, flow)

    def _place_node(self, node: Node) -> None:
        """Put a finished node where it belongs: the root, a list, a key, or a value."""
        if not self.open:
            self.root = node
            return
        part = self.open[-1]
        if not part.is_map:
            part.items.append(node)
        elif part.key is not None:
            self._take_value(part, part.key, node)
            part.key = None
        elif part.skipped:
            part.skipped = False
        else:
            self._take_key(part, node)

    def _take_key(self, part: _Open, node: Node) -> None:
        if not isinstance(node, ScalarNode):
            self.findings.append(tks.COMPLEX_KEY.at(node.place))
            part.skipped = True
        elif node.text == "<<" and not node.quoted:
            self.findings.append(tks.MERGE.at(node.place))
            part.skipped = True
        elif not node.text:
            self.findings.append(tks.EMPTY_KEY.at(node.place))
            part.skipped = True
        elif (earlier := part.entries.get(node.text)) is not None:
            self.findings.append(tks.DUPLICATE_KEY.at(node.place, Label(earlier[0].place, _FIRST), key=node.text))
            part.skipped = True
        else:
            part.key = node

    def _take_value(self, part: _Open, key: ScalarNode, node: Node) -> None:
        # In braces a key with no colon is half of a value that held a comma, or lacks the space after its colon.
        bare = part.start.flow_style and isinstance(node, ScalarNode) and not node.text and not node.quoted
        if bare and (node.place.line, node.place.column) == (key.place.end_line, key.place.end_column):
            before = next(reversed(part.entries.values()), None)
            if before is not None and isinstance(before[1], ScalarNode) and "(" in before[1].text and ")" in key.text:
                whole = f"{before[1].text}, {key.text}"
                entry = kon.SPLIT_BY_COMMA if is_test(whole) else tks.SPLIT_BY_COMMA
                self.findings.append(entry.at(before[1].place, whole=whole))
            elif (better := missing_space(key.text)) is not None:
                self.findings.append(tks.NO_SPACE.at(key.place, word=key.text, better=better))
        part.entries[key.text] = (key, node)

    def _refuse_properties(self, event: yaml.ScalarEvent | yaml.SequenceStartEvent | yaml.MappingStartEvent) -> None:
        line, column = _at(event.start_mark)
        place = Place(self.file, line + 1, column + 1, line + 1, column + 2)
        if event.anchor is not None:
            self.findings.append(tks.ALIAS.at(_wide(place, f"&{event.anchor}"), word=f"&{event.anchor}"))
        elif event.tag == "!=" and isinstance(event, yaml.ScalarEvent):
            self.findings.append(unequal(self._span(event), event.value))
        elif event.tag is not None:
            self.findings.append(tks.TAG.at(_wide(place, event.tag), word=str(event.tag)))

    def _span(self, event: yaml.Event) -> Place:
        start, end = event.start_mark, event.end_mark
        assert start is not None
        assert end is not None
        line, column, end_line, end_column = start.line, start.column, end.line, end.column
        if end_column == 0 and end_line > line:  # a block of text ends where the next line starts
            return Place(self.file, line + 1, column + 1, line + 1, column + 2)
        return Place(self.file, line + 1, column + 1, end_line + 1, end_column + 1)


def _at(mark: object) -> tuple[int, int]:
    """Return line and column, from 0; libyaml's marks and PyYAML's own are two classes with one shape."""
    line, column = getattr(mark, "line", 0), getattr(mark, "column", 0)
    return line, column


def _wide(place: Place, word: str) -> Place:
    return Place(place.file, place.line, place.column, place.line, place.column + max(1, min(len(word), 80)))
