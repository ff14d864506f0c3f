"""Findings drawn for a person: the sentence, the line, a caret, and one step to take."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from generator.finding import Finding, Label, Place, Severity
from generator.render.sources import Sources, printable
from rules.condition.as_yaml import yaml_scalar
from rules.condition.presence import is_date
from rules.words import Lang, Words

SEVERITY = {
    Severity.ERROR: Words("galat", "error"),
    Severity.WARNING: Words("peringatan", "warning"),
    Severity.INFO: Words("catatan", "note"),
}
_STYLE = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.INFO: "bold cyan"}
_HELP, _EXAMPLE = Words("bantuan", "help"), Words("contoh", "example")
_REGION, _ROW = Words("selalu bila", "whenever"), Words("tempel", "paste")
_STORY = Words("jalannya", "what happens")
_CLEAN = Words("tidak ada temuan", "no findings")
WIDEST = 160  # characters of a source line that are shown

Piece = tuple[str, str]  # text and its style


def as_text(findings: Sequence[Finding], sources: Sources, lang: Lang) -> str:
    """Draw findings without colour."""
    return "\n".join("".join(text for text, _ in pieces(finding, sources, lang)) for finding in findings)


def summary(findings: Sequence[Finding], lang: Lang) -> str:
    """Count findings by severity: «2 galat, 1 catatan»."""
    counts = ((severity, sum(finding.severity is severity for finding in findings)) for severity in Severity)
    told = [f"{count} {_counted(SEVERITY[severity].to(lang), count, lang)}" for severity, count in counts if count]
    return ", ".join(told) or _CLEAN.to(lang)


def _counted(word: str, count: int, lang: Lang) -> str:
    return f"{word}s" if lang == "en" and count != 1 else word


def pieces(finding: Finding, sources: Sources, lang: Lang) -> Iterator[Piece]:
    """Yield one finding as text and styles."""
    labels = (finding.at, *finding.related)
    width = max(len(str(label.place.line)) for label in labels)
    style = _STYLE[finding.severity]
    yield f"{SEVERITY[finding.severity].to(lang)}[{finding.code}]", style
    yield f": {finding.says.to(lang)}\n", "bold"
    for index, label in enumerate(labels):
        yield from _drawn(
            label, sources, lang, width, "-->" if index == 0 else ":::", "^" if index == 0 else "-", style
        )
    for key, value in told(finding, lang):
        yield f"{' ' * width} = ", "blue"
        yield f"{key}: {value}\n", ""


def told(finding: Finding, lang: Lang) -> Iterator[tuple[str, str]]:
    """Yield what stands below the line: the step, and what shows a proof, each under its word."""
    if finding.help is not None:
        yield _HELP.to(lang), finding.help.to(lang)
    if shown := (finding.example if finding.telling is None else finding.telling):
        yield _EXAMPLE.to(lang), printable(in_a_line(shown))
    if finding.story:
        yield _STORY.to(lang), printable("; ".join(said.to(lang) for said in finding.story))
    if finding.region is not None:
        yield _REGION.to(lang), printable(finding.region.to(lang))
    if finding.row is not None:
        yield _ROW.to(lang), printable(finding.row)


def in_a_line(value: object) -> str:
    """Write a value of a form as YAML on one line, as it stands in `jawaban` of an example."""
    match value:
        case Mapping():
            return "{" + ", ".join(f"{key}: {in_a_line(inner)}" for key, inner in value.items()) + "}"
        case list() | tuple():
            return f"[{', '.join(map(in_a_line, value))}]"
        case bool():
            return "ya" if value else "tidak"
        case Decimal():
            text = f"{value:f}"
            return text.rstrip("0").rstrip(".") if "." in text else text
        case str():
            return value if is_date(value) else yaml_scalar(value)
        case _:
            return str(value)


def _drawn(
    label: Label, sources: Sources, lang: Lang, width: int, arrow: str, mark: str, style: str
) -> Iterator[Piece]:
    place = label.place
    line = sources.line(place.file, place.line)
    yield f"{' ' * width}{arrow} ", "blue"
    if line is None:
        yield f"{sources.name(place.file)}\n", ""
        yield f"{' ' * width} = ", "blue"
        yield f"{label.says.to(lang)}\n", ""
        return
    yield f"{sources.name(place.file)}:{place.line}:{place.column}\n", ""
    shown, column, length = _window(line, place)
    yield f"{' ' * width} |\n{place.line:>{width}} |", "blue"
    yield f" {shown}".rstrip() + "\n", ""
    yield f"{' ' * width} | ", "blue"
    yield f"{' ' * column}{mark * length} {label.says.to(lang)}\n", style


def _window(line: str, place: Place) -> tuple[str, int, int]:
    """Return the part of a line that is shown, and where the caret stands in it and how long it is."""
    column = min(place.column - 1, len(line))
    end = place.end_column - 1 if place.end_line == place.line else len(line)
    length = max(1, min(end, len(line)) - column)
    if len(line) <= WIDEST:
        return line, column, length
    start = max(0, column - WIDEST // 4)
    part = line[start : start + WIDEST]
    before, after = "…" if start else "", "…" if start + WIDEST < len(line) else ""
    column = column - start + len(before)
    return f"{before}{part}{after}", column, max(1, min(length, WIDEST - column))
