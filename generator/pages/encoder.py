"""User text as text where no template escapes it: in Markdown, in a title, in lines."""

from __future__ import annotations

import re

# Within words of Persian, Hindi and pictures of several signs
_JOINERS = "\u200c\u200d"
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


_ACTIVE = re.compile(r"[\\`*_{}\[\]<>#|~&!$]")
# What begins a list, a line across or a heading's underline where it stands first
_FIRST = re.compile(r"[-+=]|\d+(?=[.)](?:\s|$))")


def as_markdown(text: str) -> str:
    """User text as a line of Markdown for other programs: active signs stand behind a backslash.

    On pages `encode` does this; it is surer and nothing that a person or a model would read.
    """
    line = " ".join(text.split())
    if not line.isprintable():
        line = "".join(sign for sign in line if sign.isprintable() or sign in _JOINERS)
    line = _ACTIVE.sub(r"\\\g<0>", line)
    first = _FIRST.match(line)
    if first is None:
        return line
    at = first.start() if first[0] in "-+=" else first.end()
    return f"{line[:at]}\\{line[at:]}"


def as_html(text: str) -> str:
    """User text between tags; as three replacements, because whole files pass here."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
