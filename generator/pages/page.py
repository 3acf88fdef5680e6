"""A page: what its module declares, how its parts are laid out, and the light Markdown it becomes.

Text from playbooks is entity-encoded to the last active character before it gets into Markdown;
what is larger than a sentence goes into fragments, which never meet Markdown.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from generator.language import said, say
from generator.pages.encoder import encode, meta_text
from generator.pages.formats import listed, number
from generator.pages.links import Links, page_href
from generator.pages.site import Site
from generator.pages.tree import Page

_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def front_matter(title: str, description: str, hide: Sequence[str] = ()) -> str:
    """The page's own front matter, so that no first line is ever taken for metadata."""
    lines = ["---", f"title: {_quoted(title)}", f"description: {_quoted(description)}"]
    if hide:
        lines += ["hide:", *(f"  - {part}" for part in hide)]
    return "\n".join([*lines, "---", ""])


def _quoted(text: str) -> str:
    return json.dumps(meta_text(text), ensure_ascii=False)


def heading(level: int, text: str, anchor: str | None = None) -> str:
    """A heading; its text is encoded, its id is ours."""
    mark = f" {{#{_checked(anchor)}}}" if anchor else ""
    return f"{'#' * level} {encode(text)}{mark}"


def placeholder(name: str) -> str:
    """The element that a fragment replaces."""
    return f'<div data-fragment="{_checked(name)}"></div>'


def _checked(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise ValueError(f"'{name}' is no id: small letters, digits, single hyphens")
    return name


@dataclass(frozen=True, slots=True, kw_only=True)
class SkeletonSection:
    """A heading, a sentence for readers and search, and the place of a fragment."""

    anchor: str
    title: str
    sentence: str = ""
    """Plain text; it is encoded here."""


def page_markdown(
    *,
    title: str,
    description: str,
    sections: Sequence[SkeletonSection],
    head: str | None = None,
    sentence: str = "",
    hide: Sequence[str] = (),
) -> str:
    """A whole page: front matter, the title, a sentence, the head's fragment, the sections.

    Each section's placeholder bears its anchor's name; `head` names the fragment under the title.
    """
    blocks = [front_matter(title, description, hide), heading(1, title)]
    if sentence:
        blocks.append(encode(sentence))
    if head:
        blocks.append(placeholder(head))
    for section in sections:
        blocks.append(heading(2, section.title, section.anchor))
        if section.sentence:
            blocks.append(encode(section.sentence))
        blocks.append(placeholder(section.anchor))
    return "\n\n".join(blocks) + "\n"


class Place(NamedTuple):
    """A name, where it leads, and a word beside it."""

    name: str
    href: str
    note: str = ""


def named(names: Sequence[str], most: int = 8) -> str:
    """Names in a line: 'Acme, Harbor and 3 more'."""
    line = listed(names[:most])
    if len(names) <= most:
        return line
    return say("{names} and {count} more", names=line, count=number(len(names) - most))


class Layout:
    """The parts of a page, in the order in which its module adds them.

    Each part is a block of the page's template, which knows the site and the values given with it.
    """

    def __init__(self, site: Site, name: str) -> None:
        """Empty, with the links as seen from this page."""
        self.site = site
        self.links = Links(here=f"portfolio/{name}.html")
        self._template = f"portfolio/{name}.html.j2"
        self._fragments: dict[str, str] = {}
        self._sections: list[SkeletonSection] = []

    @property
    def currency(self) -> str:
        """The reporting currency."""
        return self.site.settings.currencies.reporting_currency

    def head(self, **values: Any) -> None:
        """What stands above all sections: the block 'head'."""
        self._fragments["head"] = self._block("head", values)

    def section(
        self, anchor: str, title: str, *, sentence: str = "", block: str = "", **values: Any
    ) -> None:
        """A section: the block of the anchor's name, or another."""
        self._fragments[anchor] = self._block(block or anchor, values)
        self._sections.append(SkeletonSection(anchor=anchor, title=title, sentence=sentence))

    def _block(self, block: str, values: dict[str, Any]) -> str:
        return self.site.engine.render_block(
            self._template,
            block,
            **{
                "site": self.site,
                "settings": self.site.settings,
                "label": self.site.settings.label,
                "offered": self.site.offered,
                "today": self.site.today,
                "currency": self.currency,
                "links": self.links,
                **values,
            },
        )

    def page(self, path: str, title: str, description: str, sentence: str) -> Page:
        """The page with all parts that were added."""
        markdown = page_markdown(
            title=title,
            description=description,
            sentence=sentence,
            head="head" if "head" in self._fragments else None,
            sections=self._sections,
            hide=("toc",),
        )
        return Page(path=path, markdown=markdown, fragments=self._fragments)


@dataclass(frozen=True, slots=True, kw_only=True)
class PortfolioPage:
    """A page over all accounts, as its module declares it."""

    name: str
    """Of its file, and of its template in templates/portfolio/."""
    title: str
    """A phrase: its heading, and its title in the navigation."""
    description: str
    """A phrase: what it is about, for search engines and link previews."""
    lay_out: Callable[[Layout], str]
    """Adds its parts and gives the sentence under its title, which is the answer."""
    figures: tuple[str, ...] = ()
    """First words of the keys of figures that it shows for all accounts."""
    in_editions: bool = True
    """Whether editions have it; the findings of plans stay in the whole site."""

    @property
    def path(self) -> str:
        """Its Markdown file."""
        return f"portfolio/{self.name}.md"

    @property
    def href(self) -> str:
        """Its address."""
        return page_href(self.path)

    def made(self, site: Site) -> Page:
        """The page of a site."""
        layout = Layout(site, self.name)
        sentence = self.lay_out(layout)
        return layout.page(self.path, said(self.title), said(self.description), sentence)
