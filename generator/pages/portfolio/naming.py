"""Names in pages over all accounts: with where they lead, and several of them in a line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from generator.language import say
from generator.pages.formats import listed, number


class Place(NamedTuple):
    """A name, where it leads, and a word beside it."""

    name: str
    href: str
    note: str = ""


def named(names: Sequence[str], most: int = 8) -> str:
    """Names in a line: 'Acme, Harbor and 3 more'."""
    line = listed(names[:most])
    if len(names) <= most:
        return line
    return say("{names} and {count} more", names=line, count=number(len(names) - most))
