"""Processes to be killed: forked from one that has read the program once, so that a start costs a few milliseconds."""

from __future__ import annotations

import multiprocessing

FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(["tests.faults.warm"])
