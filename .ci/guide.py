"""The guide as plain Markdown, for who reads it on a git host and has no site: `.ci/guide/`.

Its source is a template for the site; here what follows from the program is filled in, headings
have no marks of the site builder, and pages that only a site has are named without a link.
`make golden` writes the files, a test holds them against the source.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from pathlib import Path

from generator.assess import assess
from generator.pages.engine import Engine
from generator.pages.guide import INDEX, PAGES
from generator.pages.site import Site
from generator.read import Workspace

ROOT = Path(__file__).resolve().parent.parent
FOLDER = Path(__file__).resolve().parent / "guide"
_FRONT = re.compile(r"\A---\n.*?\n---\n\s*", re.DOTALL)
_HEADING = re.compile(r"^(#+ )(.*?) \{: #([a-z0-9-]+)\}$", re.MULTILINE)
_LINK = re.compile(r"\[([^\]\n]*)\]\(([^)\s]+)\)")
_NOTE = "<!-- Made from templates/guide/en/{name}.md by `make golden`: change it there. -->\n\n"


def guide_pages() -> dict[str, str]:
    """By file name the text of each page in English."""
    portfolio = assess(Workspace.at(ROOT), datetime.date(2026, 11, 23))
    site = Site(portfolio=portfolio, engine=Engine())
    texts = {
        Path(page.path).name: _FRONT.sub("", page.made(site, PAGES).markdown) for page in PAGES
    }
    anchors = {
        name: {match[3]: slug(match[2]) for match in _HEADING.finditer(text)}
        for name, text in texts.items()
    }
    return {name: _plain(name, text, anchors) for name, text in texts.items()}


def _plain(name: str, text: str, anchors: Mapping[str, Mapping[str, str]]) -> str:
    """A page without what only the site builder understands."""

    def link(match: re.Match[str]) -> str:
        words, (file, _, anchor) = match[1], match[2].partition("#")
        if file and "://" not in file and file not in anchors:
            return words  # a page of the site
        place = anchors.get(file or name, {}).get(anchor)
        return f"[{words}]({file}#{place})" if place else f"[{words}]({match[2]})"

    plain = _LINK.sub(link, _HEADING.sub(r"\1\2", text.replace('<div class="ap-guide"></div>', "")))
    plain = re.sub(r"\n{3,}", "\n\n", plain).strip()
    index = f"{INDEX}.md"
    back = "" if name == index else f"\n\n[All pages of the guide]({index})"
    return f"{_NOTE.format(name=name.removesuffix('.md'))}{plain}{back}\n"


def slug(heading: str) -> str:
    """The anchor that git hosts give a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
