"""Whether what clients were told of one case could have happened in some order: linearizability, by search.

A case is one register, its version, that only changes by compare-and-set. An operation takes it from one version to
another, or looks at it; it takes effect at one moment between its beginning and its end. Who was never answered may
have done it at any moment since, or not at all. After Wing and Gong (1993), with Lowe's memory of what was tried.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import inf

Step = tuple[int, int]  # from a version to another; to the same: a look


@dataclass(frozen=True, slots=True)
class Operation:
    """What somebody did: `steps` are those it may have been. One that is not `certain` may not have happened."""

    name: str
    began: float
    ended: float
    steps: frozenset[Step]
    certain: bool = True

    @property
    def looks(self) -> bool:
        """Tell whether it can have changed nothing."""
        return all(before == after for before, after in self.steps)


def disorder(operations: Sequence[Operation], last: int, first: int = 0) -> str | None:
    """Say why no order of these operations leads from the first version to the last, None where one does."""
    return _Search(sorted(operations, key=lambda one: one.began), last).run(first)


@dataclass(frozen=True, slots=True)
class _Place:
    """How far an order has come: which operations are in it, the version, and when its last one to begin began."""

    done: int  # a bit for each operation
    version: int
    latest: float


class _Search:
    """The search for an order."""

    def __init__(self, operations: Sequence[Operation], last: int) -> None:
        self._all = operations
        self._last = last
        self._wanted = sum(1 << number for number, one in enumerate(operations) if one.certain)
        self._deepest = _Place(0, 0, -inf)

    def run(self, first: int) -> str | None:
        start = self._with_looks(_Place(0, first, -inf))
        seen, open_ = {(start.done, start.version)}, [self._next(start)]
        if self._complete(start):
            return None
        while open_:
            place = next(open_[-1], None)
            if place is None:
                open_.pop()
                continue
            place = self._with_looks(place)
            if self._complete(place):
                return None
            if (place.done, place.version) not in seen:
                seen.add((place.done, place.version))
                open_.append(self._next(place))
        return self._stuck()

    def _complete(self, place: _Place) -> bool:
        if place.done.bit_count() >= self._deepest.done.bit_count():
            self._deepest = place
        return place.done & self._wanted == self._wanted and place.version == self._last

    def _candidates(self, place: _Place) -> Iterator[tuple[int, Operation]]:
        """Yield what may come next: nothing that must come earlier is left out, and nothing that came is later."""
        bound, waiting = inf, []
        for number in range((~place.done & (place.done + 1)).bit_length() - 1, len(self._all)):
            one = self._all[number]
            if one.began > bound:
                break
            if not place.done >> number & 1:
                waiting.append((number, one))
                if one.certain:
                    bound = min(bound, one.ended)
        for number, one in waiting:
            if one.began <= bound and one.ended >= place.latest:
                yield number, one

    def _next(self, place: _Place) -> Iterator[_Place]:
        for number, one in self._candidates(place):
            for before, after in one.steps:
                if before == place.version:
                    yield _Place(place.done | 1 << number, after, max(place.latest, one.began))

    def _with_looks(self, place: _Place) -> _Place:
        """Put in at once what only looks and may look here, where that shuts out nothing that may have come before."""
        going = True
        while going:
            going = False
            candidates = list(self._candidates(place))
            closing = min((one.ended for _, one in candidates if not one.certain), default=inf)
            for number, one in candidates:
                here = one.certain and one.looks and (place.version, place.version) in one.steps
                if here and one.began <= max(closing, place.latest):
                    place = _Place(place.done | 1 << number, place.version, max(place.latest, one.began))
                    going = True
                    break
        return place

    def _stuck(self) -> str:
        place = self._deepest
        left = [one for number, one in enumerate(self._all) if one.certain and not place.done >> number & 1]
        named = ", ".join(f"{one.name} {sorted(one.steps)[:4]}" for one in left[:4])
        return f"in no order: at version {place.version} of {self._last} nothing fits of {len(left)} left: {named}"
