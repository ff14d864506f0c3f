"""What a child program that opens untrusted files is started in: `python -I confinement.py MEGABYTES SECONDS CHILD …`.

It stands alone (standard library), takes away memory, time, core dumps, new privileges and, where this machine lets it,
the network; then it becomes the child. The child reads in `JARINGAN` whether the network is gone
(`terputus`) or not (`ada`). Gains one place for all of it. Loses a machine that is not Linux.
"""

from __future__ import annotations

import ctypes
import os
import resource
import runpy
import sys
from pathlib import Path

LARGEST_FILE = 256 * 1024 * 1024
MOST_OPEN = 64
_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000
_DIE_WITH_PARENT, _NOT_DUMPABLE, _NO_NEW_PRIVILEGES = 1, 4, 38


def main() -> None:
    """Confine this process and become the child."""
    megabytes, seconds, child = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    os.environ["JARINGAN"] = "terputus" if network_cut() else "ada"
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_DIE_WITH_PARENT, 9, 0, 0, 0)
    libc.prctl(_NOT_DUMPABLE, 0, 0, 0, 0)
    libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    memory = megabytes * 1024 * 1024
    for which, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, LARGEST_FILE),
        (resource.RLIMIT_NOFILE, MOST_OPEN),
    ):
        resource.setrlimit(which, (most, most))
    os.umask(0o077)
    sys.argv = [child, *sys.argv[4:]]
    runpy.run_path(child, run_name="__main__")


def network_cut() -> bool:
    """Leave the machine's network for an empty one; tell whether that was allowed."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(_NEW_NETWORK) == 0:
        return True
    user, group = os.getuid(), os.getgid()
    if libc.unshare(_NEW_USER | _NEW_NETWORK) != 0:
        return False
    for name, text in (("setgroups", "deny"), ("uid_map", f"{user} {user} 1"), ("gid_map", f"{group} {group} 1")):
        try:
            Path("/proc/self", name).write_text(text, encoding="ascii")
        except OSError:
            return True  # nobody inside: files are still opened as before
    return True


if __name__ == "__main__":
    main()
