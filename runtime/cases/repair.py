"""What a repair comes to: which questions are open, which documents are wanted, and the command that sends it in. Pure.

The answers of a repair are those that were filed, with only the questions of the list put in their place, and those
that appear because of it; anything else that is another is not repaired but refused.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from rules.case_event import ItemKind, RepairItem, RepairReason, Target
from rules.command import Resubmit
from rules.condition.decide import holds
from rules.condition.tree import fields_of
from rules.decision import Decision, RequiredDocument
from rules.field import Field
from rules.kind import Facts
from rules.permit import Permit
from rules.repair_list import Given, compared, document, field
from runtime.cases.examination import Examined
from runtime.documents.upload import APPLICANT, CaseFile, Upload

_FILE, _CHANGED = ItemKind.DOCUMENT, RepairReason.DIFFERS
Copy = tuple[str, int | None]  # of a document, for which item of a `daftar`


@dataclass(frozen=True, slots=True)
class Asked:
    """A question or document of the list, with everybody who asked for it."""

    target: Target
    items: tuple[RepairItem, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A document to be given. `items` say who asked, none where the change itself calls for it (`rule`); `given` waits
    already, `earlier` is what it replaces; one that is not `needed` may stay as it is."""

    target: Target
    rule: RequiredDocument | None
    items: tuple[RepairItem, ...]
    given: Upload | None
    earlier: CaseFile | None
    needed: bool = True

    @property
    def missing(self) -> bool:
        """Tell whether it must be given and was not."""
        return self.needed and self.given is None


@dataclass(frozen=True, slots=True)
class Repair:
    """A repair as far as it has come: what is wanted, and what would be sent in."""

    wanted: tuple[Wanted, ...]
    command: Resubmit

    @property
    def given(self) -> tuple[Upload, ...]:
        """Return the files that come with it."""
        return tuple(one.given for one in self.wanted if one.given is not None)

    @property
    def complete(self) -> bool:
        """Tell whether every document is there."""
        return not any(one.missing for one in self.wanted)


def asked_of(items: Iterable[RepairItem]) -> tuple[Asked, ...]:
    """Group a list by what is to be repaired, in its order; a question is repaired whole."""
    found: dict[Target, list[RepairItem]] = {}
    for item in items:
        found.setdefault(_target(item), []).append(item)
    return tuple(Asked(target, tuple(together)) for target, together in found.items())


def _target(item: RepairItem) -> Target:
    return replace(item.target, item=None) if item.kind is ItemKind.FIELD else item.target


def listed_fields(items: Iterable[RepairItem]) -> frozenset[str]:
    """Return the codes of the questions in a list."""
    return frozenset(item.code for item in items if item.kind is ItemKind.FIELD)


def open_fields(permit: Permit, before: Facts, items: Iterable[RepairItem]) -> tuple[Field, ...]:
    """Return the questions that may be answered: those of the list, and those that did not apply before."""
    listed = listed_fields(items)
    return tuple(field for field in permit.fields if field.code in listed or not holds(field.shown_when, before))


def shown_fields(permit: Permit, before: Facts, after: Facts, items: Iterable[RepairItem]) -> tuple[Field, ...]:
    """Return of the open questions those to show: those of the list, those it has opened, and those it may open."""
    listed = listed_fields(items)
    near = set(listed)
    while more := {f.code for f in permit.fields if not near.isdisjoint(fields_of(f.shown_when))} - near:
        near |= more
    return tuple(
        field
        for field in open_fields(permit, before, items)
        if field.code in listed or field.code in near or holds(field.shown_when, after)
    )


def beyond(permit: Permit, open_: Iterable[Field], names: Iterable[str]) -> tuple[Target, ...]:
    """Return the questions that somebody tried to answer and that are not open; `apoteker.0.nama` names `apoteker`."""
    may, all_ = {field.code for field in open_}, {field.code for field in permit.fields}
    tried = {name.partition(".")[0] for name in names} & all_
    return tuple(Target(ItemKind.FIELD, code) for code in sorted(tried - may))


def repair_of(
    permit: Permit,
    items: Iterable[RepairItem],
    before: Examined,
    after: Examined,
    held: Iterable[CaseFile],
    waiting: Iterable[Upload],
) -> Repair:
    """Return what a repair comes to. `held` are the applicant's files that count now, `waiting` those given since."""
    items = tuple(items)
    theirs = [one for one in held if one.giver == APPLICANT]
    waits = [one for one in waiting if one.giver == APPLICANT]
    wanted = tuple(_wanted(items, before, after, theirs, waits))
    shifted = [RepairItem(_FILE, one.target.code, _CHANGED, "", 0, one.target.item) for one in wanted if not one.needed]
    was = Given(before.answers, _hashes(theirs), _asks_for(permit, before))
    now = Given(after.answers, _documents_after(before, after, theirs, wanted), _asks_for(permit, after))
    asked = [replace(item, item=None) if item.kind is ItemKind.FIELD else item for item in items]
    found = compared(was, now, (*asked, *shifted))
    return Repair(wanted, Resubmit(found.changed, changed_facts(before.facts, after.facts), found.beyond))


def _asks_for(permit: Permit, examined: Examined) -> frozenset[Target]:
    """Return every question that is open and every document that is owed, answered and given or not."""
    shown = (field(one.code) for one in permit.fields if holds(one.shown_when, examined.facts))
    owed = (document(*copy) for copy, _ in _copies(examined.decision))
    return frozenset((*shown, *owed))


def changed_facts(before: Facts, after: Facts) -> tuple[str, ...]:
    """Return the names of facts that are another, derived ones too."""
    return tuple(sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name)))


def _wanted(
    items: Collection[RepairItem],
    before: Examined,
    after: Examined,
    held: Collection[CaseFile],
    waiting: Collection[Upload],
) -> Iterator[Wanted]:
    """Yield the documents of the list that are still asked for, then those that the change asks for."""
    owed, owes = dict(_copies(before.decision)), dict(_copies(after.decision))
    given = {(one.document, one.item): one for one in waiting}
    earlier = {(one.document, one.item): one for one in held}
    told: set[Copy] = set()
    for asked in asked_of(items):
        if asked.target.kind is not ItemKind.DOCUMENT:
            continue
        for copy in _copies_meant(asked.target, owed, owes):
            told.add(copy)
            yield Wanted(document(*copy), owes.get(copy), asked.items, given.get(copy), earlier.get(copy))
    for copy, rule in owes.items():
        if copy in told:
            continue
        if copy not in owed:
            # One that a repair before this one, or a desk, has brought already stays.
            if copy not in earlier:
                yield Wanted(document(*copy), rule, (), given.get(copy), None)
        elif _is_another(rule, copy[1], before, after):
            yield Wanted(document(*copy), rule, (), given.get(copy), earlier.get(copy), needed=False)


def _copies_meant(target: Target, owed: Collection[Copy], owes: Collection[Copy]) -> tuple[Copy, ...]:
    """Return the copies a target means that are asked for; itself, where nobody but the officer asks for it."""
    if target.item is None and any(code == target.code for code, _ in owes):
        return tuple(copy for copy in owes if copy[0] == target.code)
    copy = target.code, target.item
    gone = copy not in owes and (copy in owed or any(code == target.code for code, _ in owed))
    return () if gone else (copy,)


def _copies(decision: Decision) -> Iterator[tuple[Copy, RequiredDocument]]:
    for rule in decision.documents:
        for item in (None,) if rule.for_each is None else range(rule.copies):
            yield (rule.code, item), rule


def _is_another(rule: RequiredDocument, item: int | None, before: Examined, after: Examined) -> bool:
    """Tell whether the item of a `daftar` that a document is given for is another now."""
    if rule.for_each is None or item is None:
        return False
    return _item(before.facts, rule.for_each, item) != _item(after.facts, rule.for_each, item)


def _item(facts: Facts, code: str, item: int) -> object:
    value = facts.get(code)
    return value[item] if isinstance(value, tuple) and item < len(value) else None


def _hashes(files: Iterable[CaseFile]) -> dict[Target, tuple[str, ...]]:
    found: dict[Target, tuple[str, ...]] = {}
    for one in files:
        target = document(one.document, one.item)
        found[target] = (*found.get(target, ()), one.sha256)
    return found


def _documents_after(
    before: Examined, after: Examined, held: Iterable[CaseFile], wanted: Iterable[Wanted]
) -> Mapping[Target, tuple[str, ...]]:
    """Return the documents as they would be: what is no longer asked for goes, what is given stands in its place."""
    owed, owes = dict(_copies(before.decision)), dict(_copies(after.decision))
    found = {
        target: hashes
        for target, hashes in _hashes(held).items()
        if (target.code, target.item) in owes or (target.code, target.item) not in owed
    }
    for one in wanted:
        if one.given is not None:
            found[one.target] = (one.given.sha256,)
    return found
