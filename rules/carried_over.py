"""What of an application's answers another version of its permit takes over: those to questions that it asks too, of
the same kind.

Gains that nothing of another meaning is read into an answer; loses what is asked no more, which stays with the filing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from rules.field import Field
from rules.kind import Kind
from rules.permit import Permit


def carried_over(before: Permit, after: Permit, answers: Mapping[str, object]) -> dict[str, object]:
    """Return of an applicant's answers, as JSON values, those that the later version takes over."""
    return _carried(before.fields, after.fields, answers)


def _carried(before: Iterable[Field], after: Iterable[Field], answers: Mapping[str, object]) -> dict[str, object]:
    known = {field.code: field for field in before}
    found: dict[str, object] = {}
    for field in after:
        old = known.get(field.code)
        if old is None or old.kind is not field.kind or (value := answers.get(field.code)) is None:
            continue
        if field.kind is Kind.LIST and isinstance(value, list | tuple):
            items = (item for item in value if isinstance(item, Mapping))
            found[field.code] = [_carried(old.items, field.items, item) for item in items]
        else:
            found[field.code] = value
    return found


def newly_asked(before: Permit, after: Permit) -> Iterator[str]:
    """Yield the questions of which no answer is taken over."""
    known = {field.code: field.kind for field in before.fields}
    yield from (field.code for field in after.fields if known.get(field.code) is not field.kind)
