"""Pages of HTML in the frame that the site builder made around another page.

The builder takes its time over each page that it makes. An account has several, which differ in
nothing but their title and what stands in them; one frame serves them all.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterable

from markupsafe import escape

from generator.errors import BuildError
from generator.pages.page import front_matter, heading, placeholder
from generator.pages.tree import Frame, FramedPage, Page

FRAMES = "frames/"
"""The folder of all frames in the site that the builder makes."""
# Of two words each, so that no builder leaves out the quotes around them
_TITLE, _DESCRIPTION = "frame title", "frame description"
_PLACE = re.compile(
    r"""<h1\b[^<>]*\bid\s*=\s*["']?page\b.*?<div\s+data-fragment\s*=\s*["']?page["']?\s*>\s*</div\s*>""",
    re.DOTALL | re.IGNORECASE,
)
_ENTRY = re.compile(
    r"<url>(?:(?!</url>).)*?/(frames/[a-z/]+\.html)<(?:(?!</url>).)*?</url>\s*", re.DOTALL
)


def frame_pages(framed: Iterable[FramedPage]) -> tuple[Page, ...]:
    """The pages that the builder makes for their frames; none where nothing is framed."""
    used = {page.frame for page in framed}
    return tuple(_frame_page(frame) for frame in Frame if frame in used)


def _frame_page(frame: Frame) -> Page:
    hidden = ("navigation",) if frame is Frame.ACCOUNT else ("toc",)
    parts = (
        front_matter(_TITLE, _DESCRIPTION, hidden),
        heading(1, _TITLE, "page"),
        placeholder("page"),
    )
    return Page(path=frame.value, markdown="\n\n".join(parts) + "\n", fragments={})


def framed(frame: str, page: FramedPage) -> str:
    """The page whole: `frame` is the HTML of its frame as the builder made it."""
    parts = _PLACE.split(frame)
    if len(parts) != 2:
        raise BuildError(f"{page.frame.value} has no place for {page.path}")
    words = {
        _TITLE: escape(page.title),
        _DESCRIPTION: escape(page.description),
        page.frame.value.replace(".md", ".html"): escape(page.path),
    }
    pattern = re.compile("|".join(map(re.escape, words)))
    before, after = (pattern.sub(lambda word: words[word[0]], part) for part in parts)
    return f"{before}{page.html}{after}"


SITEMAP = "sitemap.xml"


def sitemap_files(sitemap: str, pages: Iterable[FramedPage]) -> dict[str, bytes]:
    """The list of pages for search engines, plain and packed, of what the builder wrote."""
    text = all_listed(sitemap, pages).encode()
    return {SITEMAP: text, f"{SITEMAP}.gz": gzip.compress(text, mtime=0)}


def all_listed(sitemap: str, pages: Iterable[FramedPage]) -> str:
    """The list of a site's pages with those in frames, where the builder has the frames."""
    paths: dict[str, list[str]] = {}
    for page in pages:
        paths.setdefault(page.frame.value.replace(".md", ".html"), []).append(page.path)

    def entries(entry: re.Match[str]) -> str:
        return "".join(entry[0].replace(entry[1], escape(path)) for path in paths.get(entry[1], ()))

    return _ENTRY.sub(entries, sitemap)
