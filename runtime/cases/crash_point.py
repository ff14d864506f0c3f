"""Places where a test may end the process as a power cut would; without its environment nothing happens at any.

`SATUPINTU_TITIK_HENTI=after-event:3` ends it when `after-event` is reached for the third time.
"""

from __future__ import annotations

import os
import signal

POINTS = (
    "before-begin",
    "after-idempotency",
    "after-projection",
    "after-event",
    "after-outbox",
    "before-commit",
    "after-commit",
    "before-file-fsync",
    "after-file-fsync",
    "mid-upload",
    "before-response",
    "after-response",
)

_point, _, _times = os.environ.get("SATUPINTU_TITIK_HENTI", "").partition(":")
_left = [int(_times or 1)]


def reached(name: str) -> None:
    """Say that a point is reached."""
    if name != _point:
        return
    _left[0] -= 1
    if _left[0] == 0:
        os.kill(os.getpid(), signal.SIGKILL)
