"""What rules say of the items of a `daftar`: each item is decided once, when it is first asked about.

A rule may read the application around the item too; a name of the item comes first, answered or not.
"""

from __future__ import annotations

from collections.abc import Mapping

from rules.engine import RuleBook
from rules.field import Field
from rules.kind import Facts, Value
from rules.ruleset import RuleId, item_fields


class ItemRules:
    """The rules over the items of one application; `manual` is set when the engine failed at one of them."""

    def __init__(self, books: Mapping[str, RuleBook], lists: Mapping[str, Field], facts: Facts) -> None:
        """Decide no item yet."""
        self._books = books
        self._lists = lists
        self._facts = facts
        self._held: dict[tuple[str, int], frozenset[RuleId]] = {}
        self._around: dict[str, dict[str, Value]] = {}
        self.manual: str | None = None

    def holds(self, items: str, index: int, rule: RuleId) -> bool:
        """Tell whether a rule holds for an item of a `daftar`."""
        held = self._held.get((items, index))
        if held is None:
            of_list = self._facts[items]
            assert isinstance(of_list, tuple)
            item = of_list[index]
            assert isinstance(item, Mapping)
            if items not in self._around:
                own = item_fields(self._lists[items])
                self._around[items] = {c: v for c, v in self._facts.items() if c not in own and c != items}
            concluded = self._books[items].decide({**self._around[items], **item})
            self.manual = self.manual or concluded.manual
            held = self._held[items, index] = concluded.held
        return rule in held
