"""What rendering yields: pages and files in memory, nothing written yet."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass

from generator.language import ENGLISH, Language
from generator.pages.brand import Brand

Nav = tuple[tuple[str, str | tuple[tuple[str, str], ...]], ...]
"""A navigation: titles, each with its page or with the titles and pages that it gathers."""


class Frame(enum.Enum):
    """A page that the site builder makes once, for its head, search and navigation around others.

    Links of a frame hold for all pages as deep in the site as itself, which is why there are three.
    The frames themselves are not published.
    """

    ACCOUNT = "frames/deep/account.md"
    """Of the pages of an account, which lead to the others by themselves."""
    NEAR = "frames/near.md"
    DEEP = "frames/deep/page.md"


@dataclass(frozen=True, slots=True, kw_only=True)
class FramedPage:
    """A page of HTML in a frame: the site builder need not make each, however many there are."""

    path: str
    """In the site: 'accounts/harbor-logistics/numbers.html'."""
    frame: Frame
    title: str
    description: str
    html: str
    """All that stands in its article, with the heading."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A light Markdown page, and the HTML that is put into it once the site builder has run."""

    path: str
    """Relative to the docs folder, posix: 'accounts/harbor-logistics.md'."""
    markdown: str
    fragments: Mapping[str, str]
    """By placeholder name ([a-z0-9-]+): the HTML that replaces it."""
    in_frame: FramedPage | None = None
    """The same page as the site has it, where it is one of many alike."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StaticFile:
    """A file that the site carries as it is."""

    path: str
    content: bytes
    is_for_builder: bool = True
    """Whether the site builder may see it: Markdown it would take for a page."""


Piece = Page | FramedPage | StaticFile
"""Anything that rendering adds to a site."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteTree:
    """The whole site before the site builder."""

    pages: tuple[Page, ...]
    files: tuple[StaticFile, ...]
    framed: tuple[FramedPage, ...] = ()
    nav: Nav = ()
    """The navigation, where it is not that of mkdocs.yml."""
    language: Language = ENGLISH
    """What its pages speak, and the site builder's frame around them."""
    nav_also: tuple[tuple[str, str], ...] = ()
    """Titles and pages that the navigation has after its own."""
    brand: Brand | None = None
    """The firm's name, mark and address."""
    nav_below: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()
    """By an entry of the navigation the titles and pages that it gathers besides its own."""
    left_out: frozenset[str] = frozenset()
    """Pages that mkdocs.yml names in the navigation and this site does not have."""
    not_found: str = ""
    """What helps whoever asks for a page that is not there: HTML, links from the site's root."""
    full_text: tuple[str, ...] = ()
    """Paths of the pages whose every word an index holds; without any there is no such index."""
