"""One file while it is being read: what was found in it, and where each part stands."""

from __future__ import annotations

from dataclasses import dataclass, field

from generator.finding import Finding, Place
from generator.model import Path, Places
from generator.reading import tks_text as tks
from generator.reading.yaml_tree import MapNode, Node, ScalarNode

MOST_FINDINGS = 100


@dataclass(slots=True)
class Sheet:
    """`file` is relative to the catalog; `broken` are the codes of questions that could not be read, so that nobody is
    told again about a condition that names one; `later` are those that officers answer; `misnamed` are the maps with
    an unknown key, which may be the one that seems to be missing."""

    file: str
    findings: list[Finding] = field(default_factory=list)
    at: dict[Path, Place] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)
    later: set[str] = field(default_factory=set)
    misnamed: set[Place] = field(default_factory=set)

    @property
    def clean(self) -> bool:
        """Tell whether nothing was found so far."""
        return not self.findings

    @property
    def full(self) -> bool:
        """Tell whether more findings would only be noise."""
        return len(self.findings) > MOST_FINDINGS

    def report(self, *findings: Finding) -> None:
        """Keep findings; past the limit say once that there are more."""
        for finding in findings:
            if len(self.findings) < MOST_FINDINGS:
                self.findings.append(finding)
            elif not self.full:
                self.findings.append(tks.MORE.at(finding.at.place, most=str(MOST_FINDINGS)))

    def mark(self, path: Path, node: Node, key: ScalarNode | None = None) -> None:
        """Remember where `path` stands: a scalar at its value, a part at its key or its first entry."""
        if path in self.at:
            return
        if isinstance(node, ScalarNode) and node.text:
            self.at[path] = node.place
        elif key is not None:
            self.at[path] = key.place
        else:
            self.at[path] = head(node)

    def places(self) -> Places:
        """Return what was marked."""
        return Places(self.file, dict(self.at))


def head(node: Node) -> Place:
    """Return a place on one line: a block map or list is shown at its first key or item."""
    place = node.place
    if place.line == place.end_line:
        return place
    if isinstance(node, MapNode) and node.entries:
        return node.entries[0][0].place
    return Place(place.file, place.line, place.column, place.line, place.column + 1)
