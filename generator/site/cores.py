"""Work on accounts spread over the machine's cores; the result is the same as on one."""

from __future__ import annotations

import gc
import multiprocessing
import os
from collections.abc import Callable
from itertools import pairwise
from typing import TypeVar

T = TypeVar("T")

WORTH_SHARING = 40
"""Fewer accounts are done before a second process has begun."""

_work: Callable[[slice], list[object]] | None = None


def over_cores(work: Callable[[slice], list[T]], count: int) -> list[T]:
    """What `work` makes of so many accounts, a share on each core, in the order of the accounts.

    Children are forked, so that they have what the parent has read; where the system cannot fork,
    or for few accounts, all is done here.
    """
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1
    can_fork = "fork" in multiprocessing.get_all_start_methods()
    if cores == 1 or count < WORTH_SHARING or not can_fork:
        return work(slice(0, count))
    global _work  # noqa: PLW0603 - what children are forked with; a closure cannot be sent to them
    _work = work  # type: ignore[assignment]
    bounds = [count * core // cores for core in range(cores + 1)]
    shares = [slice(begin, end) for begin, end in pairwise(bounds)]
    gc.freeze()  # what is there stays shared: no child collects it
    try:
        with multiprocessing.get_context("fork").Pool(cores) as pool:
            made = pool.map(_do, shares, chunksize=1)
    finally:
        gc.unfreeze()
        _work = None
    return [result for share in made for result in share]  # type: ignore[misc]


def _do(share: slice) -> list[object]:
    if _work is None:
        raise RuntimeError("there is no work to share")
    return _work(share)
