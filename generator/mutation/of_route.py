"""Slips in the route: agencies, reviewers, exits, stages, the signature, and every time."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.mutation.mutant import Mutant, Slip
from generator.mutation.source import Source, scalar_at
from generator.reading.tree_walk import Part, part_at
from generator.reading.yaml_tree import ListNode, MapNode, ScalarNode

_TIME = re.compile(r"([0-9]+) (menit|jam kerja|hari kerja|hari kalender|bulan|tahun)")
_OTHER_UNIT = {"hari kerja": "hari kalender", "hari kalender": "hari kerja", "bulan": "tahun", "tahun": "bulan"}


def of_route(source: Source) -> Iterator[Mutant]:
    """Yield every slip in `alur`, and in the times beside it."""
    route = part_at(source.tree, "alur")
    stages = [key.text for key, _ in route.node.entries] if route and isinstance(route.node, MapNode) else []
    for part in source.parts():
        match part.path, part.node:
            case ("alur", *_, "instansi"), ScalarNode() as node:
                yield from _other_agency(source, node)
            case ("alur", *_, "oleh"), ScalarNode() as node:
                yield from _other_desk(source, node)
            case ("alur", *_, "setuju" | "ke"), ScalarNode() as node if not _is_start(part):
                yield from _other_exit(source, node, stages)
            case ("alur", *_, "serentak"), ListNode() as node:
                for index, _ in enumerate(node.items):
                    if (gone := source.without_item(node, index)) is not None:
                        yield source.mutant(Slip.REVIEWER, gone)
            case ("alur", str()), MapNode() as node:
                yield from _without_stage(source, part)
                yield from _unsigned(source, node)
            case ("alur", *_, "jeda"), ListNode() as node:
                for index, _ in enumerate(node.items):
                    if (gone := source.without_item(node, index)) is not None:
                        yield source.mutant(Slip.ROW, gone)
            case ("alur", *_, "jeda", int(), "paling_lama"), ScalarNode() as node:
                yield from _other_time(source, Slip.STAGE_TIME, node)
            case ("alur", *_, "waktu"), ScalarNode() as node:
                yield from _other_time(source, Slip.STAGE_TIME, node)
            case ("waktu_total", *_), ScalarNode() as node if part.path[-1] in ("waktu", "waktu_total"):
                yield from _other_time(source, Slip.PROMISE, node)
            case _:
                pass


def _is_start(part: Part) -> bool:
    return len(part.path) < 3


def _other_agency(source: Source, node: ScalarNode) -> Iterator[Mutant]:
    known = [agency.code for agency in source.city.agencies if agency.code != source.city.door]
    yield from (source.replaced(Slip.AGENCY, node.place, other) for other in _beside(known, node.text))


def _other_desk(source: Source, node: ScalarNode) -> Iterator[Mutant]:
    code, _, role = node.text.partition(".")
    agency = next((agency for agency in source.city.agencies if agency.code == code), None)
    if agency is None:
        return
    for other in _beside([each.code for each in source.city.agencies], code):
        yield source.replaced(Slip.AGENCY, node.place, f"{other}.{role}" if role else other)
    if role:
        for other in _beside(list(agency.roles), role):
            yield source.replaced(Slip.AGENCY, node.place, f"{code}.{other}")


def _beside(known: list[str], code: str) -> Iterator[str]:
    """Yield those that stand beside a code in a list."""
    if code in known:
        at = known.index(code)
        yield from dict.fromkeys(each for each in (known[at - 1], known[(at + 1) % len(known)]) if each != code)


def _other_exit(source: Source, node: ScalarNode, stages: list[str]) -> Iterator[Mutant]:
    yield from (source.replaced(Slip.EXIT, node.place, other) for other in stages if other != node.text)


def _without_stage(source: Source, part: Part) -> Iterator[Mutant]:
    """Yield the route without a stage: who led to it leads to what followed it."""
    route = part_at(source.tree, "alur")
    following = scalar_at(part.node, "setuju")
    if route is None or not isinstance(route.node, MapNode) or following is None:
        return
    names = [key.text for key, _ in route.node.entries]
    gone = source.without_entry(route.node, names.index(str(part.path[-1])))
    if gone is None:
        return
    leading = [
        each.node
        for each in source.parts()
        if each.path[:1] == ("alur",)
        and each.path[-1] in ("setuju", "ke")
        and isinstance(each.node, ScalarNode)
        and each.node.text == part.path[-1]
    ]
    yield source.mutant(Slip.STAGE, gone, *(source.lines.replaced(node.place, following.text) for node in leading))


def _unsigned(source: Source, stage: MapNode) -> Iterator[Mutant]:
    for index, (key, value) in enumerate(stage.entries):
        gone = source.without_entry(stage, index)
        if key.text == "tanda_tangan" and isinstance(value, ScalarNode) and value.text == "ya" and gone is not None:
            yield source.mutant(Slip.SIGNATURE, gone)


def _other_time(source: Source, slip: Slip, node: ScalarNode) -> Iterator[Mutant]:
    found = _TIME.fullmatch(node.text)
    if found is None:
        return
    amount, unit = int(found[1]), found[2]
    others = [f"{amount + 1} {unit}"] + ([f"{amount - 1} {unit}"] if amount > 1 else [])
    others += [f"{amount} {_OTHER_UNIT[unit]}"] if unit in _OTHER_UNIT else []
    yield from (source.replaced(slip, node.place, other) for other in others)
