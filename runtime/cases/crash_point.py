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

_left: dict[str, int] = {}


def end_at(named: str) -> None:
    """End the process when this is reached: `after-event`, `after-event:3`, or nothing."""
    _left.clear()
    point, _, times = named.partition(":")
    if point:
        _left[point] = int(times or 1)


def reached(name: str) -> None:
    """Say that a point is reached."""
    if name not in _left:
        return
    _left[name] -= 1
    if _left[name] == 0:
        os.kill(os.getpid(), signal.SIGKILL)


end_at(os.environ.get("SATUPINTU_TITIK_HENTI", ""))
