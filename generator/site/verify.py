"""The staged site before anyone sees it: every page there, no dead link, nothing from outside."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from generator.errors import BuildError
from generator.pages.tree import SiteTree
from generator.site.disk import files_below
from generator.site.files import html_name
from generator.site.not_found import NOT_FOUND
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
    texts = set(_TAG.findall(page))
    for text in texts:
        if text not in known:
            known[text] = _tag_of(text)
    return [known[text] for text in texts]


def css_addresses(css: str) -> Iterator[str]:
    """Addresses outside the site that a style sheet loads."""
    yield from (match[1] for match in _CSS_OUTSIDE.finditer(css))


def style_addresses(page: str) -> Iterator[str]:
    """Addresses outside the site that a page's own style elements load."""
    if "<style" in page:
        for block in _STYLE.finditer(page):
            yield from css_addresses(block[1])


def _tag_of(text: str) -> Tag:
    """One tag, as a browser reads it."""
    name = text[1:].split(maxsplit=1)[0].lower()
    attributes: dict[str, str] = {}
    for attribute, value in _ATTRIBUTE.findall(text):
        attributes.setdefault(attribute.lower(), html.unescape(value.strip("\"'")))
    named = ("id", "name") if name == "a" else ("id",)
    addresses = [_as_fetched(attributes[key]) for key in attributes.keys() & _ADDRESSES]
    if name == "object" and "data" in attributes:
        addresses.append(_as_fetched(attributes["data"]))
    for candidate in attributes.get("srcset", "").split(","):
        addresses += candidate.split()[:1]
    follows = name in _FOLLOWED or (name == "link" and _only_tells(attributes))
    loads = () if follows else addresses
    return Tag(
        ids=tuple(attributes[key] for key in named if key in attributes),
        links=tuple(addresses) if follows else (),
        loads=(*loads, *css_addresses(attributes["style"]))
        if "style" in attributes
        else tuple(loads),
        is_placeholder=MARK in attributes,
    )


def _as_fetched(address: str) -> str:
    """The address as a browser understands it, signs dropped that it overlooks."""
    if address.isprintable() and not address.startswith(" "):
        return address
    return address.translate(_DROPPED).strip(_BLANK)


def _only_tells(attributes: dict[str, str]) -> bool:
    return bool(_TELLING & set(attributes.get("rel", "").lower().split()))


FAULTS_SHOWN = 10
SIGNS_SHOWN = 80
_SCHEME_OR_HOST = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):|[/\\]{2}")
_FOLLOWED_SCHEMES = frozenset({"http", "https", "mailto"})
# Pictures and fonts written into the page itself, and nothing at all
_INLINE = ("data:image/", "data:font/", "data:,")


def verify(site: Path, tree: SiteTree, second: SiteTree | None = None) -> None:
    """Raise BuildError with the first faults and their number if the site cannot be published.

    `second` is the site in a second language, which lies in a folder of that name.
    """
    wanted = list(_wanted(tree))
    if second is not None:
        wanted += [f"{second.language.code}/{name}" for name in _wanted(second)]
    faults = list(_faults(site, wanted))
    if faults:
        more = f"; and {len(faults) - FAULTS_SHOWN:,} more" if len(faults) > FAULTS_SHOWN else ""
        shown = "; ".join(faults[:FAULTS_SHOWN])
        raise BuildError(f"the site is not fit to publish: {shown}{more}")


def _wanted(tree: SiteTree) -> Iterator[str]:
    """The files that a tree asks for."""
    yield from (html_name(page) for page in tree.pages)
    yield from (page.path for page in tree.framed)
    yield from (file.path for file in tree.files)


def _faults(site: Path, wanted: Sequence[str]) -> Iterator[str]:
    names = frozenset(files_below(site))
    yield from (f"{name} is missing" for name in wanted if name not in names)
    pages, known = {}, dict[str, Tag]()
    for name in sorted(names):
        if name.endswith(".html"):
            pages[name] = _page_of(_text(site, name), known)
        elif name.endswith(".css"):
            yield from (
                f"{name}: {_loads(address)}" for address in css_addresses(_text(site, name))
            )
    links = _Links(names, pages)
    for name, page in pages.items():
        yield from (f"{name}: {fault}" for fault in links.faults(name, page))


@dataclass(slots=True)
class _Page:
    """What a page offers to links, and where its own lead."""

    ids: set[str] = field(default_factory=set)
    links: set[str] = field(default_factory=set)
    loads: set[str] = field(default_factory=set)
    has_placeholder: bool = False


def _text(site: Path, name: str) -> str:
    return (site / name).read_bytes().decode("utf-8", "replace")


def _page_of(text: str, known: dict[str, Tag]) -> _Page:
    page = _Page(loads=set(style_addresses(text)))
    for tag in tags_of(text, known):
        page.ids.update(tag.ids)
        page.links.update(tag.links)
        page.loads.update(tag.loads)
        page.has_placeholder |= tag.is_placeholder
    return page


class _Links:
    """Holds each page's addresses against the files of the site and the ids of its pages."""

    def __init__(self, files: frozenset[str], pages: dict[str, _Page]) -> None:
        self._files = files
        self._pages = pages
        self._targets: dict[tuple[str, str], str] = {}

    def faults(self, name: str, page: _Page) -> Iterator[str]:
        """What is wrong with one page."""
        if page.has_placeholder:
            yield "a placeholder is left"
        for address in sorted(page.links | page.loads):
            outside = _SCHEME_OR_HOST.match(address)
            if not outside:
                # its addresses begin at the host's root, and where the site lies there is not known
                fault = None if name.endswith(NOT_FOUND) else self._inward(name, address)
            elif address in page.loads:
                fault = None if address.lower().startswith(_INLINE) else _loads(address)
            else:
                scheme = (outside[1] or "").lower()
                fault = None if scheme in _FOLLOWED_SCHEMES else _not_allowed(address)
            if fault:
                yield fault

    def _inward(self, page: str, address: str) -> str | None:
        """The fault of an address that leads to a file of the site, and maybe a place in it."""
        path, _, place = address.partition("#")
        target = self._target(posixpath.dirname(page), path) if path else page
        if target not in self._files:
            return f"the link {_short(address)} leads nowhere"
        page_there = self._pages.get(target)
        # 'tier=A' is no place: pages that choose among accounts keep there what was chosen
        is_place = bool(place) and "=" not in place
        if is_place and page_there and unquote(place) not in page_there.ids:
            return f"the link {_short(address)} leads to a place that {target} does not have"
        return None

    def _target(self, folder: str, path: str) -> str:
        """The file that a relative address leads to, from a folder of the site."""
        if (folder, path) not in self._targets:
            file = unquote(path.partition("?")[0])
            whole = posixpath.join("" if file.startswith("/") else folder, file.lstrip("/"))
            plain = posixpath.normpath(whole)
            if whole.endswith("/") or plain in {".", folder}:
                plain = posixpath.normpath(posixpath.join(plain, "index.html"))
            self._targets[folder, path] = plain
        return self._targets[folder, path]


def _loads(address: str) -> str:
    return f"loads {_short(address)} from outside"


def _not_allowed(address: str) -> str:
    return f"links to {_short(address)}; only http, https and mailto may be linked to"


def _short(address: str) -> str:
    """An address as a message shows it; a data address would fill the screen."""
    return address if len(address) <= SIGNS_SHOWN else f"{address[:SIGNS_SHOWN]}…"
