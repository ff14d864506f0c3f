"""How long a permit is valid, in words, from the answers given."""

from __future__ import annotations

from datetime import date, timedelta
from typing import assert_never

from rules.duration import Duration, Unit
from rules.field import Field
from rules.kind import Facts
from rules.months import months_after
from rules.permit import AsLongAs, Earliest, Lasting, UntilField, Validity
from rules.printed import printed_date, printed_duration
from rules.words import Words


def duration_words(duration: Duration) -> Words:
    """Say a length of time in both languages: «9 hari kerja», "9 working days"."""
    return Words(printed_duration(duration, "id"), printed_duration(duration, "en"))


def validity_words(validity: Validity, fields: dict[str, Field], facts: Facts | None) -> Words:
    """Say until when a permit will be valid, with the date where an answer already tells it.

    None for the facts: nobody has been asked yet, and every end is named.
    """
    match validity:
        case Lasting(duration):
            words = duration_words(duration)
            return Words(f"{words.id} sejak diterbitkan", f"{words.to('en')} from issue")
        case UntilField(code):
            label = fields[code].label
            answer = None if facts is None else facts.get(code)
            if isinstance(answer, str):
                return Words(f"sampai {printed_date(answer, 'id')}", f"until {printed_date(answer, 'en')}")
            return Words(f"sampai {_within(label.id)}", f"until: {_within(label.to('en'))}")
        case Earliest(ends):
            known = [end for end in ends if facts is None or isinstance(end, Lasting) or end.field in facts]
            known = known or list(ends)
            parts = [validity_words(end, fields, facts) for end in known]
            if len(parts) == 1:
                return parts[0]
            return Words(
                f"yang lebih dulu dari: {'; '.join(p.id for p in parts)}",
                f"whichever is earlier: {'; '.join(p.to('en') for p in parts)}",
            )
        case AsLongAs(words):
            return words
        case _:
            assert_never(validity)


def valid_until(validity: Validity, facts: Facts, issued: date) -> date | None:
    """Return the last day of a permit that is issued on a day; None where it has no end that is a date."""
    match validity:
        case Lasting(duration):
            return _day_after(issued, duration)
        case UntilField(code):
            answer = facts.get(code)
            return date.fromisoformat(answer) if isinstance(answer, str) else None
        case Earliest(ends):
            days = [day for end in ends if (day := valid_until(end, facts, issued)) is not None]
            return min(days, default=None)
        case AsLongAs():
            return None
        case _:
            assert_never(validity)


def _day_after(issued: date, duration: Duration) -> date:
    match duration.unit:
        case Unit.YEAR | Unit.MONTH:
            return months_after(issued, duration.amount * (12 if duration.unit is Unit.YEAR else 1))
        case Unit.CALENDAR_DAY | Unit.WORKING_DAY:  # a permit is valid on days off too
            return issued + timedelta(days=duration.amount)
        case Unit.WORKING_HOUR | Unit.MINUTE:
            return issued
        case _:
            assert_never(duration.unit)


def _within(label: str) -> str:
    """Write a label inside a sentence; what is short for something («STR …») keeps its capitals."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]
