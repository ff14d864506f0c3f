"""A catalog folder, read and checked: what it means, and everything its authors should know about it.

Gains one answer to «may this be published?» for every verb that asks. Loses what an officer has accepted in the file
(`diterima`), with a reason, and is no error.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from generator.checks import ALL
from generator.checks.wording import Wording
from generator.finding import Finding, Label, Said, Severity
from generator.in_force import catalog_on, city_on, shared_on
from generator.model import Catalog, CityCatalog, PermitVersion
from generator.outline import Outlines
from generator.proof_cache import kept_proofs
from generator.proving import Proving
from generator.proving import prove as prove_here
from generator.reading.catalog_folder import CityReading, in_order, read_catalog
from generator.reading.folder import look
from rules.words import Words

# What is missing in one place and used in many is one mistake, not as many as there are uses.
OF_A_NAME = frozenset({"TKS-54", "SYR-04", "HKM-01", "OPD-01", "RET-05", "PRD-01"})
OF_EXAMPLES = frozenset({"CTH-02"})
MOST_PLACES = 5  # beside the first; who mends the first finds the others
ALSO = Said(Words("di sini juga", "here too"))

ACCEPTS_NOTHING = Wording(
    "TRM-01",
    Severity.WARNING,
    Words("`{code}` diterima, tetapi tidak ada di berkas ini", "`{code}` is accepted, and not found in this file"),
    Words("tidak menerima apa pun", "accepts nothing"),
    Words("betulkan kodenya, atau hapus dari `diterima`", "mend the code, or delete it from `diterima`"),
)


@dataclass(frozen=True, slots=True)
class Examination:
    """What was read (None when not even one city was) and what was found, in the order of the files."""

    catalog: Catalog | None
    findings: tuple[Finding, ...]

    @property
    def sound(self) -> Catalog | None:
        """Return the catalog if it may be built: it was read, and nothing found is an error."""
        return None if any(finding.severity is Severity.ERROR for finding in self.findings) else self.catalog


def examine(folder: Path, on: date | None = None, *, prove: bool = True) -> Examination:
    """Read a catalog folder and check what was read of it; with a day, only what is in force on it."""
    whole, read = read_catalog(folder)
    catalog = whole if whole is None or on is None else catalog_on(whole, on)
    if catalog is None:
        return _examined(None, read, [])
    found = [finding for check in ALL for finding in check.run(catalog)]
    if prove:
        proving = Proving(side_by_side=False)
        found += [finding for one in provable(catalog, (*read, *found)) for finding in proving.now(one)]
    return _examined(catalog, read, found, by_proof=prove)


def proven(catalog: Catalog, found: Iterable[Finding]) -> Iterator[Finding]:
    """Yield what proofs find in what may be proven, keeping nothing."""
    for one in provable(catalog, found):
        yield from prove_here(one)


def provable(catalog: Catalog, found: Iterable[Finding]) -> Iterator[Catalog]:
    """Yield each permit with the versions in whose files nothing found so far is an error: what is proven of such a one
    follows from the error, and would be gone with it."""
    faulty = {finding.at.place.file for finding in found if finding.severity is Severity.ERROR}
    for name, city in catalog.cities.items():
        for code, versions in city.permits.items():
            if sound := tuple(version for version in versions if version.places.file not in faulty):
                yield Catalog({name: replace(city, permits={code: sound}, examples=())})


def examine_in_turn(
    folder: Path, take: Callable[[CityCatalog], None] | None, on: date | None = None, *, prove: bool = True
) -> Examination:
    """Examine a folder with one permit at a time in memory; the permits of the catalog returned are outlines.

    `take` is given the city with each permit in turn, as long as nothing found so far is an error; where there is none
    to wait for each permit, they are proven side by side. Without `prove` only what is static is found.
    """
    looked = look(folder)
    read, found = list(looked.findings), list[Finding]()
    cities: dict[str, CityCatalog] = {}
    clean = not read
    proving = Proving(side_by_side=take is None)
    for name in looked.cities:
        reading = CityReading(folder, looked, name, kept=kept_proofs() if take is None else None)
        city = reading.shared_part()
        outlines, drawn = Outlines(), dict[str, tuple[PermitVersion, ...]]()
        gone: set[str] = set()
        for permit in reading.permits():
            clean = clean and not reading.findings
            if city is None or not permit.versions:
                continue
            one = replace(
                city, permits={permit.code: permit.versions}, examples=permit.examples, broken=frozenset(reading.broken)
            )
            if on is not None:
                one = city_on(one, on)
                gone |= one.broken
            if not one.permits:
                continue
            drawn[permit.code] = outlines.of(one.permits[permit.code])
            new = [finding for check in ALL for finding in check.each(Catalog({name: one}))]
            for sound in provable(Catalog({name: one}), (*reading.findings, *new)) if prove else ():
                if take is None:
                    proving.later(sound)
                else:
                    new += proving.now(sound)
            clean = clean and not any(finding.severity is Severity.ERROR for finding in new)
            found.extend(new)
            if clean and take is not None:
                take(one)
        read.extend(reading.findings)
        if city is not None:
            whole = replace(city, permits=drawn, broken=frozenset(reading.broken) | gone)
            cities[name] = whole if on is None else shared_on(whole, on)
    found.extend(proving.all())
    if not cities:
        return _examined(None, read, found)
    catalog = Catalog(cities)
    found += [finding for check in ALL for finding in check.across(catalog)]
    return _examined(catalog, read, found, by_proof=prove)


def _examined(
    catalog: Catalog | None, read: Iterable[Finding], found: list[Finding], *, by_proof: bool = True
) -> Examination:
    checked = [] if catalog is None else list(not_accepted(catalog, found))
    if catalog is not None and by_proof:  # else what is accepted may be what a proof finds
        checked += idle(catalog, found)
    return Examination(catalog, tuple(gathered(in_order((*read, *checked)))))


def gathered(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield findings in order, a name that is missing once, with every place that uses it."""
    first: dict[tuple[str, str, str], Finding] = {}
    for number, finding in enumerate(findings):
        name = finding.says.to("id") if finding.code in OF_A_NAME else f"{number}"
        key = (finding.code, finding.at.place.file.partition("/")[0], name)
        earlier = first.get(key)
        first[key] = finding if earlier is None else _also(earlier, finding)
    yield from first.values()


def _also(earlier: Finding, later: Finding) -> Finding:
    if len(earlier.related) == MOST_PLACES:
        return earlier
    return replace(earlier, related=(*earlier.related, Label(later.at.place, ALSO)))


def not_accepted(catalog: Catalog, findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield the findings that the file they stand in does not accept; an error cannot be accepted."""
    accepted = {
        (version.places.file, each.code)
        for city in catalog.cities.values()
        for versions in city.permits.values()
        for version in versions
        for each in version.accepted
    }
    for finding in findings:
        if finding.severity is Severity.ERROR or (finding.at.place.file, finding.code) not in accepted:
            yield finding


def idle(catalog: Catalog, findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield a warning for each `diterima` that accepts nothing: a misspelt code, an error, or what is mended by now.

    On one day nothing is said of it: what is accepted may be found on another.
    """
    found = {(finding.at.place.file, finding.code) for finding in findings if finding.severity is not Severity.ERROR}
    for city in (city for city in catalog.cities.values() if city.on is None):
        for version in (version for versions in city.permits.values() for version in versions):
            for index, each in enumerate(version.accepted):
                if each.code not in OF_EXAMPLES and (version.places.file, each.code) not in found:
                    place = version.places.find("diterima", index, "temuan")
                    yield ACCEPTS_NOTHING.at(place, code=each.code)
