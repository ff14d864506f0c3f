"""Findings as JUnit XML, which every build server can show: what blocks publishing is a failure."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from generator.finding import Finding, Severity
from generator.render.sources import Sources
from generator.render.text import as_text
from rules.words import Lang


def as_junit(findings: Sequence[Finding], sources: Sources, lang: Lang) -> str:
    """Write one test case per finding; a clean catalog is one case that passes."""
    failures = str(sum(finding.severity is Severity.ERROR for finding in findings))
    counts = {"name": "satupintu check", "tests": str(max(1, len(findings))), "failures": failures, "errors": "0"}
    suites = Element("testsuites", counts)
    suite = SubElement(suites, "testsuite", {**counts, "skipped": "0"})
    for finding in findings:
        place = finding.at.place
        name = f"{finding.code} {place.line}:{place.column}"
        case = SubElement(suite, "testcase", {"classname": sources.name(place.file), "name": name})
        drawn = as_text([finding], sources, lang)
        if finding.severity is Severity.ERROR:
            failure = SubElement(case, "failure", {"message": finding.says.to(lang), "type": finding.code})
            failure.text = drawn
        else:
            SubElement(case, "system-out").text = drawn
    if not findings:
        SubElement(suite, "testcase", {"classname": sources.name("."), "name": "satupintu check"})
    indent(suites)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(suites, encoding="unicode") + "\n"
