"""Options of the suite."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--rewrite-cases`."""
    parser.addoption(
        "--rewrite-cases",
        action="store_true",
        help="write what the program now says into the literate cases, and fail, so that the diff is read",
    )
