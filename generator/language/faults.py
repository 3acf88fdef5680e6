"""What a translator may get wrong and the PO reader lets pass: a quote, a value's place, markup."""

from __future__ import annotations

import re
from collections.abc import Iterable

_PLACE = re.compile(r"\{[^{}]*\}|%\(\w+\)[sd]|%%|<[^<>]*>")


def open_quote(po: str) -> int | None:
    """The first line whose text has no closing quote: its last sign would be lost."""
    for number, line in enumerate(po.splitlines(), start=1):
        text = line.strip()
        if text.startswith(("msg", '"')) and not (text.endswith('"') and text.count('"') > 1):
            return number
    return None


def strange_place(texts: Iterable[str], translation: str) -> str:
    """A place or tag in a translation that the texts do not have; empty when all is well.

    A lone brace, per cent sign or angle bracket is one too, where it would be taken for the
    beginning of one: texts of templates are shown as they are, so no translation brings markup.
    """
    texts = tuple(texts)
    known = {place for text in texts for place in _PLACE.findall(text)}
    for place in _PLACE.findall(translation):
        if place not in known:
            return str(place)
    plain = "".join(_PLACE.sub("", text) for text in texts)
    left = _PLACE.sub("", translation)
    return next((sign for sign in "{}%<>" if sign in left and sign not in plain), "")
