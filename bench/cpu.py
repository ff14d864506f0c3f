"""The CPU time that another process has used, from the scheduler's own clock.

Gains nanoseconds where `/proc/PID/stat` counts hundredths of a second, so that a few hundred requests are enough; loses
every system but Linux, whose numbering of these clocks it knows.
"""

from __future__ import annotations

import time

_SCHEDULER = 2  # of the clocks of a process: user, user and system by ticks, and this one


def cpu_seconds(pid: int) -> float:
    """Return the CPU time of all threads of a process, ended ones too."""
    return time.clock_gettime(~pid << 3 | _SCHEDULER)
