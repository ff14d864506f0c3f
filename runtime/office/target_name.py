"""A question or a document of an application as the name of a control: `isian.luas`, `dokumen.stnk.2`."""

from __future__ import annotations

from rules.case_event import ItemKind, Target


def target_name(target: Target) -> str:
    """Write the name."""
    name = f"{target.kind.value}.{target.code}"
    return name if target.item is None else f"{name}.{target.item}"


def read_target(name: str) -> Target | None:
    """Read a name, None where it is none."""
    kind, _, rest = name.partition(".")
    code, _, item = rest.partition(".")
    if (
        kind not in {one.value for one in ItemKind}
        or not code
        or not (item == "" or (item.isascii() and item.isdigit()))
    ):
        return None
    return Target(ItemKind(kind), code, int(item[:4]) if item else None)
