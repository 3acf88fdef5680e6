"""Puts fragments into the pages that the site builder made."""

from __future__ import annotations

import re
from collections.abc import Mapping

from generator.errors import BuildError

# As we write it, and as other builders may write it back: quotes other or gone, space added.
PLACEHOLDER = re.compile(
    r"""<div\s+data-fragment=["']?([a-z0-9-]+)["']?\s*>\s*</div>""", re.IGNORECASE
)
_LEFT_OVER = re.compile(r"<[^>]*\bdata-fragment=", re.IGNORECASE)


def splice(html: str, fragments: Mapping[str, str], *, page: str = "a page") -> str:
    """The page with each placeholder replaced by its fragment.

    What a fragment holds is never looked at again. Raises BuildError when a placeholder has no
    fragment or a fragment no placeholder.
    """
    parts: list[str] = []
    used: set[str] = set()
    end = 0
    for found in PLACEHOLDER.finditer(html):
        name = found[1]
        if name not in fragments:
            raise BuildError(f"{page} asks for the fragment '{name}', which was not rendered")
        used.add(name)
        between = html[end : found.start()]
        _refuse_left_over(between, page)
        parts += (between, fragments[name])
        end = found.end()
    _refuse_left_over(html[end:], page)
    if unused := sorted(set(fragments) - used):
        raise BuildError(f"{page} has no place for the fragments {', '.join(unused)}")
    return "".join((*parts, html[end:]))


def _refuse_left_over(html: str, page: str) -> None:
    if _LEFT_OVER.search(html):
        raise BuildError(f"{page} has a placeholder that the site builder changed")
