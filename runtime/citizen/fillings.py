"""Applications that were worked out lately, so that a page which is only shown again is not worked out again."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable

from runtime.citizen.filling import Filling
from runtime.release import PermitRelease

MOST = 100  # each may hold its pages as they were shown, some 15 KB a page

Key = tuple[object, ...]


class Fillings:
    """The fillings that were needed lately, by draft and revision."""

    def __init__(self) -> None:
        """Begin with none."""
        self._kept: OrderedDict[Key, Filling] = OrderedDict()

    def find(self, key: Key, release: PermitRelease, work_out: Callable[[], Filling]) -> Filling:
        """Return the filling under this key for this release of the permit, working it out where there is none."""
        known = self._kept.get(key)
        if known is not None and known.release is release:
            self._kept.move_to_end(key)
            return known
        fresh = work_out()
        self.keep(key, fresh)
        return fresh

    def keep(self, key: Key, filling: Filling) -> None:
        """Keep a filling, and forget the oldest."""
        self._kept[key] = filling
        while len(self._kept) > MOST:
            self._kept.popitem(last=False)
