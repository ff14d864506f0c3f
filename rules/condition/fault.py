"""Why the text of a test is not one: a reason, the characters it is about, and the words that fill its sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Reason(StrEnum):
    """One way in which the text of a test can fail to say something; the value is its name in English."""

    UNKNOWN_OPTION = "unknown-option"
    DECIMAL_COMMA = "decimal-comma"
    OTHER_UNIT = "other-unit"
    CURRENCY = "currency-sign"
    NO_ORDER = "no-order"
    LIST_TESTED = "list-tested"
    NOT_A_NUMBER = "not-a-number"
    POINT_AMBIGUOUS = "point-ambiguous"
    NOT_WHOLE = "not-whole"
    TOO_FINE = "too-fine"
    TOO_LONG = "too-long"
    LEADING_NOUGHT = "leading-nought"
    NOT_A_DATE = "not-a-date"
    NOT_YES_NO = "not-yes-no"
    EMPTY_RANGE = "empty-range"
    OPEN_RANGE = "open-range"
    NOT_TWO_SIDES = "not-two-sides"
    OPERATOR = "unknown-operator"
    NOTHING = "nothing-to-compare"
    BRACKET = "bracket-not-closed"
    QUOTE = "quote-not-closed"
    LEFT_OVER = "left-over"
    NOT_WITHOUT_BRACKETS = "not-without-brackets"
    KEYWORD_IN_LIST = "keyword-in-list"


@dataclass(frozen=True, slots=True)
class Fault:
    """Characters [start, end) of the text. `arguments` hold what was written, and often `better`: what to write."""

    reason: Reason
    start: int
    end: int
    arguments: Mapping[str, str] = field(default_factory=dict)
