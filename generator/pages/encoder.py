"""User text as text where no template escapes it: in Markdown, in a title, in lines."""

from __future__ import annotations

import re

_PLAIN = re.compile(r"[^\w \u3000-\u9fff]|_", re.ASCII)
_ENTITY = re.compile(r"&(?=[A-Za-z#])")


def encode(text: str) -> str:
    """User text as a line of Markdown that can only be text: all punctuation is entities."""
    line = " ".join(text.split())
    return _PLAIN.sub(_entity, line)


def _entity(match: re.Match[str]) -> str:
    sign = match[0]
    return f"&#{ord(sign)};" if ord(sign) < 128 else sign  # beyond ASCII nothing is active


def meta_text(text: str) -> str:
    """User text for a page's title or description, which themes print without escaping.

    Angle brackets become look-alikes, because Material strips tags and then undoes the escaping.
    """
    line = " ".join(text.split()).replace("<", "\u2039").replace(">", "\u203a")
    return _ENTITY.sub("&amp;", line).replace('"', "&quot;").replace("'", "&#39;")


def as_html(text: str) -> str:
    """User text between tags; as three replacements, because whole files pass here."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
