"""Pages of HTML in the frame that the site builder made around another page.

The builder takes its time over each page that it makes. An account has several, which differ in
nothing but their title and what stands in them; one frame serves them all.
"""

from __future__ import annotations

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
_ADDRESS = re.compile(r"<url>(?:(?!</url>).)*?/frames/(?:(?!</url>).)*?</url>\s*", re.DOTALL)


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


def without_frames(sitemap: str) -> str:
    """The list of a site's pages without the frames."""
    return _ADDRESS.sub("", sitemap)
