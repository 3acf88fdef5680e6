"""The tags of built pages: where they can be linked to, what they link to, what they load."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import NamedTuple

from generator.site.splice import MARK

# Linear. Text from playbooks has its angle brackets escaped, in attributes too, so that whatever
# looks like a tag is one. Tags without attributes have nothing to say here. Second, for quotes
# that are not closed, a tag ends where it seems to.
_TAG = re.compile(r"""<[a-zA-Z][^<>="']*+=(?:(?:[^<>"']++|"[^"<]*+"|'[^'<]*+')*+>|[^<>]*+>)""")
# Attribute by attribute, so that what a description says is never taken for an attribute.
_ATTRIBUTE = re.compile(r"""(?<=[\s"'/])([^\s"'<>/=]++)\s*+=\s*+("[^"]*+"|'[^']*+'|[^\s"'>]++)""")
_ADDRESSES = frozenset(
    {"href", "xlink:href", "src", "action", "formaction", "poster", "background"}
)
_FOLLOWED = frozenset({"a", "area"})
# Links of the head that tell where something is without loading it
_TELLING = frozenset({"canonical", "prev", "next", "alternate", "edit", "author", "license"})
_CSS_OUTSIDE = re.compile(
    r"""(?:url\(|@import)\s*["']?((?:[a-z][a-z0-9+.-]*:)?//[^"')\s;]+)""", re.IGNORECASE
)
_STYLE = re.compile(r"<style\b[^<>]*>([^<]*)", re.IGNORECASE)
# A browser drops these from an address before it looks at it
_DROPPED = str.maketrans("", "", "\t\n\r")
_BLANK = "".join(map(chr, range(33)))


class Tag(NamedTuple):
    """What one tag means to the pages around it."""

    ids: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    """Addresses that a reader may follow."""
    loads: tuple[str, ...] = ()
    """Addresses that a browser fetches by itself, or sends to."""
    is_placeholder: bool = False


def tags_of(page: str, known: dict[str, Tag]) -> list[Tag]:
    """The tags of a page, each once.

    `known` carries them from page to page: most of a site's tags are the same on all its pages.
    """
    found = set(_TAG.findall(page))
    for text in found:
        if text not in known:
            known[text] = _read(text)
    return [known[text] for text in found]


def css_addresses(css: str) -> Iterator[str]:
    """Addresses outside the site that a style sheet loads."""
    yield from (found[1] for found in _CSS_OUTSIDE.finditer(css))


def style_addresses(page: str) -> Iterator[str]:
    """Addresses outside the site that a page's own style elements load."""
    if "<style" in page:
        for block in _STYLE.finditer(page):
            yield from css_addresses(block[1])


def _read(text: str) -> Tag:
    """One tag, as a browser reads it."""
    name = text[1:].split(maxsplit=1)[0].lower()
    given: dict[str, str] = {}
    for attribute, value in _ATTRIBUTE.findall(text):
        given.setdefault(attribute.lower(), html.unescape(value.strip("\"'")))
    named = ("id", "name") if name == "a" else ("id",)
    addresses = [_as_fetched(given[one]) for one in given.keys() & _ADDRESSES]
    if name == "object" and "data" in given:
        addresses.append(_as_fetched(given["data"]))
    for candidate in given.get("srcset", "").split(","):
        addresses += candidate.split()[:1]
    follows = name in _FOLLOWED or (name == "link" and _only_tells(given))
    loads = () if follows else addresses
    return Tag(
        ids=tuple(given[one] for one in named if one in given),
        links=tuple(addresses) if follows else (),
        loads=(*loads, *css_addresses(given["style"])) if "style" in given else tuple(loads),
        is_placeholder=MARK in given,
    )


def _as_fetched(address: str) -> str:
    """The address as a browser understands it, signs dropped that it overlooks."""
    if address.isprintable() and not address.startswith(" "):
        return address
    return address.translate(_DROPPED).strip(_BLANK)


def _only_tells(given: dict[str, str]) -> bool:
    return bool(_TELLING & set(given.get("rel", "").lower().split()))
