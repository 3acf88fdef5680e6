"""Another machine: folders list their files in another order, and the clock is years ahead.

PLAYBOOK_OTHERWISE is 'backwards', or a number for an order by dice; '+N' adds N seconds.
"""

# What pathlib does is what is watched and changed here
from __future__ import annotations

import os
import random
import time
from collections.abc import Iterator
from typing import Any, Self

ORDER, _, LATER = os.environ.get("PLAYBOOK_OTHERWISE", "").partition("+")
scan, list_names, clock = os.scandir, os.listdir, time.time


def reordered(names: list[Any], name_of: Any) -> list[Any]:
    """The same entries in another order."""
    known = sorted(names, key=name_of, reverse=True)
    if ORDER != "backwards":
        random.Random(ORDER).shuffle(known)
    return known


class Entries:
    """What os.scandir gives: to be gone through, and closed."""

    def __init__(self, path: Any = ".") -> None:
        with scan(path) as entries:
            self._entries = iter(reordered(list(entries), lambda entry: entry.name))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __iter__(self) -> Iterator[Any]:
        return self._entries

    def __next__(self) -> Any:
        return next(self._entries)

    def close(self) -> None:
        """Nothing is open any more."""


if ORDER:
    os.scandir = Entries  # type: ignore[assignment]
    os.listdir = lambda path=".": reordered(list_names(path), str)
if LATER:
    time.time = lambda: clock() + int(LATER)
    time.time_ns = lambda: int(time.time() * 1e9)
