"""What keeps a brief brief: the first of many and how many more, text cut short, links below."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from markupsafe import Markup

from generator.pages.formats import shortened, width_of
from generator.pages.rich_text import rich_text

MOST_NOTES = 8
_BLANK = re.compile(r"\n\s*\n")
_ITEM = re.compile(r"\n(?=\s*[-*+] )")
# As rich_text writes it; its addresses are escaped
_LINK = re.compile(r'<a href="(https?://[^"]*)"[^>]*>.*?</a>', re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """The first of many, and how many more there are."""

    shown: tuple[Any, ...]
    more: int

    def __bool__(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.shown)


def cut(found: Sequence[Any], most: float) -> Cut:
    """The first of what is sorted by importance, at least one."""
    shown = tuple(found[: max(1, round(most))])
    return Cut(shown=shown, more=len(found) - len(shown))


@dataclass(slots=True)
class Footnotes:
    """Addresses in the web that paper cannot be clicked for, numbered as they come."""

    addresses: list[str] = field(default_factory=list)

    def number(self, address: str | None) -> int | None:
        """The number under which an address stands below; None for others and beyond."""
        if not address or not address.startswith(("http://", "https://")):
            return None
        if address not in self.addresses:
            if len(self.addresses) == MOST_NOTES:
                return None
            self.addresses.append(address)
        return self.addresses.index(address) + 1


def opening_of(text: str, most: float, footnotes: Footnotes) -> Markup:
    """The beginning of a text, whole paragraphs and points, its links with their numbers."""
    return noted(rich_text(_beginning(text, most)), footnotes)


def noted(html: Markup, footnotes: Footnotes) -> Markup:
    """Rich text with a footnote's number behind each link."""

    def number(found: re.Match[str]) -> str:
        address = unescape(found[1])
        note = footnotes.number(address)
        return f"{found[0]}<sup>{note}</sup>" if note else found[0]

    return Markup(_LINK.sub(number, html))  # noqa: S704 - the text of rich_text and a number


def _beginning(text: str, most: float) -> str:
    """As many whole paragraphs and points of lists as fit; of the first what fits."""
    kept: list[str] = []
    left = most
    for paragraph in _BLANK.split(text.strip()):
        points = _ITEM.split(paragraph)
        fitting = 0
        for point in points:
            left -= width_of(point)
            if left < 0:
                break
            fitting += 1
        if fitting:
            kept.append("\n".join(points[:fitting]))
        if left < 0:
            break
    return "\n\n".join(kept) or shortened(text, most)
