"""What tests do with processes: a piece of work in a child, the end of all that one began."""

from __future__ import annotations

import os
import time
import traceback
from collections.abc import Callable
from pathlib import Path

HANGS = 300.0
"""Seconds after which what is waited for will not come: no measure of speed."""


def wait_until(is_so: Callable[[], bool], what: str) -> None:
    """Come back as soon as it is so."""
    end = time.monotonic() + HANGS
    while not is_so():
        assert time.monotonic() < end, f"waited {HANGS:.0f} s for: {what}"
        time.sleep(0.01)


def group_is_gone(group: int) -> bool:
    """Whether no process of a group works any more; who was not collected is no longer at work."""
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, its_group, *_ = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it ended meanwhile
        if int(its_group) == group and state not in "ZX":
            return False
    return True


def status_in_child(work: Callable[[], object]) -> int:
    """The exit code of a child that does the work: 0, minus a signal's number, or 1 for a fault."""
    child = os.fork()
    if not child:
        try:
            work()
        except BaseException:  # noqa: BLE001 - pytest must not go on in the child
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
