"""Text from files, names and arguments as it may be printed: it steers no terminal."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable
from typing import Any

_STEERS = frozenset({"Cc", "Cf", "Cs"})
# What JSON lets stand and a terminal obeys: C1 controls, marks that turn text round or hide it
_OBEYED = re.compile(
    "[\x7f-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)


def printable(text: str) -> str:
    """Text without characters that steer a terminal; line ends are for the caller to keep."""
    return "".join(
        character
        if character == "\t" or unicodedata.category(character) not in _STEERS
        else "\N{REPLACEMENT CHARACTER}"
        for character in text
    )


def shown(text: str) -> str:
    """Printable text on one line."""
    return printable(" ".join(text.split()))


def json_text(
    data: Any,
    indent: int | None = None,
    default: Callable[[Any], Any] | None = None,
    *,
    is_tight: bool = False,
) -> str:
    """Data as JSON in which nothing steers a terminal: such signs are written as escapes.

    Tight is without any space.
    """
    separators = (",", ":") if is_tight else None
    text = json.dumps(
        data, indent=indent, ensure_ascii=False, default=default, separators=separators
    )
    return _OBEYED.sub(_escaped, text)


def _escaped(match: re.Match[str]) -> str:
    return json.dumps(match[0])[1:-1]


def columns(text: str) -> int:
    """How many columns of a terminal a text takes: East Asian wide characters take two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
