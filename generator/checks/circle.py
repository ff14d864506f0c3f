"""Circles in a graph of names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence


def circles(graph: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, ...]]:
    """Yield one circle for each group of names that wait for each other, from its first name in the order given."""
    told: set[str] = set()
    for start in graph:
        if start in told:
            continue
        circle = _back_to(start, graph)
        if circle is not None:
            told.update(circle)
            yield circle


def _back_to(start: str, graph: Mapping[str, Sequence[str]]) -> tuple[str, ...] | None:
    """Return a shortest way from `start` to itself."""
    before: dict[str, str] = {}
    waiting = [start]
    for name in waiting:
        for following in graph.get(name, ()):
            if following == start:
                way = [name]
                while way[-1] != start:
                    way.append(before[way[-1]])
                return tuple(reversed(way))
            if following not in before and following in graph:
                before[following] = name
                waiting.append(following)
    return None


def drawn(circle: Sequence[str]) -> str:
    """Write a circle: `a` → `b` → `a`."""
    return " → ".join(f"`{name}`" for name in (*circle, circle[0]))
