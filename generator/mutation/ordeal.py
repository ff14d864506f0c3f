"""One mutant before everything that could notice it: reading, static findings, the permit's examples, proofs.

Stops at the first that says something which nothing says of the catalog as it is. Only what a change can reach is read
again: its permit, or, for a file that permits share, the permits that name it. Gains thousands of mutants on one
machine. Loses nothing that `satupintu check` and `satupintu test` would say of the same catalog.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path

from generator.checks import ALL
from generator.coverage import coverage_of
from generator.edited_text import Lines, edited
from generator.examination import not_accepted, proven
from generator.examples import Compiled, confirmed
from generator.finding import Finding, Severity
from generator.lowering.form_schema import form_schema
from generator.model import Catalog, CityCatalog, Example, PermitVersion
from generator.mutation.every_mutant import mutants_of
from generator.mutation.mutant import Mutant
from generator.mutation.source import Source
from generator.reading.catalog_folder import CityReading, PermitRead
from generator.reading.folder import Folder, look
from generator.reading.source_text import decode
from generator.reading.yaml_tree import read_tree
from rules.city import City
from rules.codec import canonical
from rules.permit import Permit
from rules.release import permit_bytes

Known = frozenset[tuple[str, str]]
SHARED = ("peraturan", "tarif", "isian")
LISTS = ("instansi.yaml", "dokumen.yaml")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a mutant: the code that first noticed it, None where nothing did; `same` where it means what the
    catalog meant, so that there was nothing to notice."""

    mutant: Mutant
    noticed_by: str | None
    same: bool = False


class Ordeal:
    """A catalog as it is, and what is said of it; mutants are held against that."""

    def __init__(self, root: Path, *, prove: bool = True) -> None:
        """Read the catalog. Without `prove` only what costs no proof is asked."""
        folder = look(root)
        self.prove = prove
        self.cities = {name: _CityOrdeal(root, folder, name) for name in folder.cities}

    def mutants(self) -> Iterator[Mutant]:
        """Yield every mutant of every city."""
        for city in self.cities.values():
            for source in city.sources():
                yield from mutants_of(source)

    def verdict(self, mutant: Mutant) -> Verdict:
        """Tell what first notices a mutant."""
        city = self.cities[mutant.city]
        if mutant.file.startswith("izin/"):
            return city.of_permit(mutant, prove=self.prove)
        return city.of_shared(mutant, prove=self.prove)


@dataclass(slots=True)
class _CityOrdeal:
    """One city as it is."""

    root: Path
    folder: Folder
    name: str
    reading: CityReading = field(init=False)
    shared: CityCatalog = field(init=False)
    permits: dict[str, PermitRead] = field(init=False)
    texts: dict[str, str] = field(init=False)
    _each: dict[str, Known] = field(init=False, default_factory=dict)
    _across: Known | None = field(init=False, default=None)
    _proven: dict[str, Known] = field(init=False, default_factory=dict)
    _told: dict[str, Known] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.reading = CityReading(self.root, self.folder, self.name)
        shared = self.reading.shared_part()
        assert shared is not None, "mutants are made of a catalog that can be read"
        self.shared = shared
        self.permits = {permit.code: permit for permit in self.reading.permits() if permit.versions}
        self.texts = {}
        for under in (*SHARED, "izin", *LISTS):
            for file in (under,) if under in LISTS else self.folder.files(self.name, under):
                text, _ = decode((self.root / self.name / file).read_bytes(), file)
                self.texts[file] = text or ""

    def sources(self) -> Iterator[Source]:
        """Yield every file that slips are made in."""
        read = {
            version.places.file.partition("/")[2]: version.permit
            for permit in self.permits.values()
            for version in permit.versions
        }
        for file, text in self.texts.items():
            tree, _ = read_tree(text.encode(), file)
            used = file in read if file.startswith("izin/") else bool(self._using(file))
            if tree is not None and used:
                yield Source(self.shared.city, file, Lines(text), tree, read.get(file))

    def of_permit(self, mutant: Mutant, *, prove: bool) -> Verdict:
        """Tell what notices a slip in a permit."""
        code = mutant.file.split("/")[1]
        reading = self.reading.saying({mutant.file: self.mutated(mutant)})
        permit = reading.permit(code, self.reading.files_by_permit()[code])
        if reading.findings:
            return Verdict(mutant, reading.findings[0].code)
        if _meant(permit) == _meant(self.permits[code]):
            return Verdict(mutant, None, same=True)
        return Verdict(mutant, self._noticed(self.shared, [permit], prove=prove))

    def of_shared(self, mutant: Mutant, *, prove: bool) -> Verdict:
        """Tell what notices a slip in a file that permits share."""
        reading = CityReading(self.root, self.folder, self.name, {mutant.file: self.mutated(mutant)})
        city = reading.shared_part()
        if reading.findings or city is None:
            return Verdict(mutant, reading.findings[0].code)
        using = [self.permits[code] for code in self._using(mutant.file)]
        if mutant.file.startswith("isian/"):  # its questions are those of each permit that uses it
            files = reading.files_by_permit()
            using = [reading.permit(one.code, files[one.code]) for one in using]
            if reading.findings:
                return Verdict(mutant, reading.findings[0].code)
        return Verdict(mutant, self._noticed(city, using, prove=prove))

    def _using(self, file: str) -> list[str]:
        """Return the permits that name a file that permits share."""
        if file in LISTS:
            return list(self.permits)
        named, files = Path(file).stem, self.reading.files_by_permit()
        return [code for code in self.permits if any(named in self.texts[each] for each in files[code])]

    def mutated(self, mutant: Mutant) -> bytes:
        """Return the text of a mutant's file."""
        return edited(self.texts[mutant.file], mutant.edits).encode()

    def _noticed(self, city: CityCatalog, permits: Collection[PermitRead], *, prove: bool) -> str | None:
        """Return the code of the first thing that is said of some permits, and was not said before."""
        whole = replace(city, permits={**self._versions(self.permits.values()), **self._versions(permits)})
        for permit in permits:
            if (code := _new(self._said_of_each(city, permit), self._each_known(permit.code))) is not None:
                return code
        if (code := _new(_across(whole), self._across_known())) is not None:
            return code
        for permit in permits:
            if (code := _new(_by_examples(city.city, permit), self._told_known(permit.code))) is not None:
                return code
        for permit in permits if prove else ():
            if (code := _new(_by_proof(city, permit), self._proven_known(permit.code))) is not None:
                return code
        return None

    def _versions(self, permits: Iterable[PermitRead]) -> dict[str, tuple[PermitVersion, ...]]:
        return {permit.code: permit.versions for permit in permits}

    def _said_of_each(self, city: CityCatalog, permit: PermitRead) -> Iterator[Finding]:
        one = Catalog({self.name: _one(city, permit)})
        for check in ALL:
            yield from not_accepted(one, check.each(one))

    def _each_known(self, code: str) -> Known:
        if code not in self._each:
            self._each[code] = _keys(self._said_of_each(self.shared, self.permits[code]))
        return self._each[code]

    def _across_known(self) -> Known:
        if self._across is None:
            self._across = _keys(_across(replace(self.shared, permits=self._versions(self.permits.values()))))
        return self._across

    def _told_known(self, code: str) -> Known:
        if code not in self._told:
            self._told[code] = _keys(_by_examples(self.shared.city, self.permits[code]))
        return self._told[code]

    def _proven_known(self, code: str) -> Known:
        if code not in self._proven:
            self._proven[code] = _keys(_by_proof(self.shared, self.permits[code]))
        return self._proven[code]


def _meant(permit: PermitRead) -> list[Permit]:
    """Return what the versions say, wherever it is written."""
    return [version.permit for version in permit.versions]


def _one(city: CityCatalog, permit: PermitRead) -> CityCatalog:
    return replace(city, permits={permit.code: permit.versions}, examples=permit.examples)


def _across(city: CityCatalog) -> Iterator[Finding]:
    whole = Catalog({city.city.code: city})
    for check in ALL:
        yield from not_accepted(whole, check.across(whole))


def _by_examples(city: City, permit: PermitRead) -> Iterator[Finding]:
    """Yield what the examples of a permit say against it, the failing ones before what none reaches."""
    with ExitStack() as opened:
        reached = []
        for version in permit.versions:
            compiled = Compiled.of(permit_bytes(version.permit), canonical(form_schema(version.permit)), city)
            opened.callback(compiled.decider.close)
            mine = [example for example in confirmed(permit.examples) if _in_force(permit, example) is version]
            outcomes = []
            for example in mine:
                outcomes.append(compiled.run(example))
                yield from outcomes[-1].findings
            reached.append((version, compiled, outcomes))
        for version, compiled, outcomes in reached:
            one = Catalog({city.code: CityCatalog(city, {}, {permit.code: permit.versions}, (), {})})
            yield from not_accepted(one, coverage_of(version, compiled, outcomes).findings())


def _in_force(permit: PermitRead, example: Example) -> PermitVersion | None:
    begun = [version for version in permit.versions if version.permit.valid_from <= example.on]
    return begun[-1] if begun else None


def _by_proof(city: CityCatalog, permit: PermitRead) -> Iterator[Finding]:
    one = Catalog({city.city.code: _one(city, permit)})
    yield from not_accepted(one, proven(one, ()))


def _keys(findings: Iterable[Finding]) -> Known:
    return frozenset((finding.code, finding.says.to("id")) for finding in findings if _counts(finding))


def _counts(finding: Finding) -> bool:
    return finding.severity is not Severity.INFO


def _new(findings: Iterable[Finding], known: Known) -> str | None:
    """Return the code of the first finding, beside mere notes, that is not known."""
    for finding in findings:
        if _counts(finding) and (finding.code, finding.says.to("id")) not in known:
            return finding.code
    return None
