"""A new version of a permit: the text of the one in force, with its new first day and the law that changes it.

Everything else stays as the officer wrote it, comments and all. The version before it is not touched: the next one ends
it.
"""

from __future__ import annotations

from generator.edited_text import Edit, Lines, edited
from generator.reading.source_text import decode
from generator.reading.tree_walk import part_at
from generator.reading.yaml_tree import ListNode, Node, read_tree
from generator.scaffold.permit_scaffold import gap


def version_text(raw: bytes, valid_from: str, law: str) -> str:
    """Write the new version from the bytes of the version in force, which was read without a finding."""
    text, _ = decode(raw, "")
    tree, _ = read_tree(raw, "")
    assert text is not None
    assert tree is not None
    lines = Lines(text)
    since = part_at(tree, "berlaku", "mulai")
    assert since is not None
    edits = [lines.replaced(since.node.place, valid_from)]
    if (until := _ended(lines, tree, valid_from)) is not None:
        edits.append(until)
    moves = part_at(tree, "peralihan")
    if moves is not None and moves.key is not None:  # what became of the cases before is no matter of the next version
        edits.append(lines.without_lines(moves.key.place.line, moves.node.place.end_line))
    if (cited := _law_added(lines, tree, law)) is not None:
        edits.append(cited)
    return edited(text, edits)


def _ended(lines: Lines, tree: Node, valid_from: str) -> Edit | None:
    """Take away an end that comes before the new version begins."""
    since, until = part_at(tree, "berlaku", "mulai"), part_at(tree, "berlaku", "sampai")
    if since is None or until is None or lines.slice(until.node.place).strip("\"'") > valid_from:
        return None
    assert until.key is not None
    if until.node.place.line != since.node.place.line:
        return lines.without_lines(until.key.place.line, until.node.place.end_line)
    first, last = lines.replaced(since.node.place, ""), lines.replaced(until.node.place, "")
    return Edit(first.end, last.end, "") if last.start > first.start else None


def _law_added(lines: Lines, tree: Node, law: str) -> Edit | None:
    """Cite the law among those the permit rests on, unless it is there."""
    cited = part_at(tree, "dasar_hukum")
    entry = f"{{peraturan: {law}, pasal: {gap('pasal yang mengubah izin ini; hapus pasal bila seluruhnya')}}}"
    if cited is None:
        since = part_at(tree, "berlaku")
        assert since is not None
        line = since.node.place.end_line
        end = lines.offset(line, len(lines.line(line)) + 1)
        return Edit(end, end, f"\ndasar_hukum:\n  - {entry}")
    assert isinstance(cited.node, ListNode)
    laws = [part_at(item, "peraturan") for item in cited.node.items]
    if any(each is not None and lines.slice(each.node.place) == law for each in laws) or not cited.node.items:
        return None
    last = cited.node.items[-1].place
    if cited.node.flow:
        return lines.after(last, f", {entry}")
    indent = " " * (cited.node.items[-1].place.column - 3)
    end = lines.offset(last.end_line, len(lines.line(last.end_line)) + 1)
    return Edit(end, end, f"\n{indent}- {entry}")
