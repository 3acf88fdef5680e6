"""Puts fragments into the pages that the site builder made."""

from __future__ import annotations

import re
from collections.abc import Mapping

from generator.errors import BuildError

MARK = "data-fragment"
# As we write it, and as other builders may write it back: quotes other or gone, space added.
_PLACEHOLDER = re.compile(
    rf"""<div\s+{MARK}\s*=\s*["']?([a-z0-9-]+)["']?\s*>\s*</div\s*>""", re.IGNORECASE
)
# An attribute of that name in any tag. An attribute's value may hold the word.
_LEFT_OVER = re.compile(
    rf"""<[a-z](?:[^<>"']|"[^"<>]*"|'[^'<>]*')*?\s{MARK}(?![^\s=/>])""", re.IGNORECASE
)


def splice(html: str, fragments: Mapping[str, str], *, page: str = "a page") -> str:
    """The page with each placeholder replaced by its fragment.

    What a fragment holds is never looked at again. Raises BuildError when a placeholder has no
    fragment or a fragment no placeholder.
    """
    parts: list[str] = []
    used: set[str] = set()
    end = 0
    for placeholder in _PLACEHOLDER.finditer(html):
        name = placeholder[1]
        if name not in fragments:
            raise BuildError(f"{page} asks for the fragment '{name}', which was not rendered")
        used.add(name)
        parts += (html[end : placeholder.start()], fragments[name])
        end = placeholder.end()
    parts.append(html[end:])
    if any(has_placeholder(between) for between in parts[::2]):
        raise BuildError(f"{page} has a placeholder that the site builder changed")
    if unused := sorted(set(fragments) - used):
        raise BuildError(f"{page} has no place for the fragments {', '.join(unused)}")
    return "".join(parts)


def has_placeholder(html: str) -> bool:
    """Whether a tag is marked as the place of a fragment; text that says so does not count."""
    return MARK in html and _LEFT_OVER.search(html) is not None
