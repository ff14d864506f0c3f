"""`isian/<kode>.yaml`: a group of questions that permits share.

A group stands alone: its conditions test its own questions, so that it means the same in every permit.
"""

from __future__ import annotations

from generator.model import Group
from generator.reading.expect import named_as
from generator.reading.field_entry import once, settled
from generator.reading.form_entry import Form, form
from generator.reading.opened import entries
from generator.reading.sheet import Sheet
from generator.reading.yaml_tree import Node


def group_file(sheet: Sheet, node: Node, named: str) -> Group | None:
    """Read the tree of one group; None when something was found."""
    opened = entries(sheet, node, (), ("kelompok", "isian"), ("kelompok", "isian"))
    code = named_as(sheet, opened, "kelompok", named)
    asked = form(sheet, opened["isian"], ("isian",), {}) if "isian" in opened else Form((), ())
    once(sheet, asked.questions)
    scope = {each.field.code: each.field for each in asked.questions}
    fields = tuple(settled(sheet, each, scope) for each in asked.questions)
    return Group(code, fields, asked.sections, sheet.places()) if sheet.clean else None
